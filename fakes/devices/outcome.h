// How something that was asked of a computer ended: one list for both platforms, for people, administrators and agents.
#pragma once

#include <string_view>

namespace fakes::devices {

enum class Outcome {
  ok,
  off,
  preboot,   ///< FileVault's window is up, the operating system is not
  in_setup,  ///< Setup Assistant is up
  no_such_account,
  not_shown,  ///< there is no tile of it to choose
  disabled,
  wrong_password,
  wrong_pin,
  no_pin,           ///< none is set, or no such gesture
  password_needed,  ///< the password was changed on a different device [rule V81]
  in_use,           ///< somebody else, or another window, is in front
  not_signed_in,
  locked,
  not_administrator,
  not_offered,  ///< there is no such thing on the screen
  not_here,     ///< neither this platform nor this kind of account has it
  too_simple,   ///< the rules for passwords are not met [rule V89]
  no_secure_token,
  exists,
  name_not_allowed,
  blocked,
  already
};

[[nodiscard]] std::string_view to_text(Outcome outcome);

}  // namespace fakes::devices
