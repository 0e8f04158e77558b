// What became of a login and a password. [Okta provisioning-clients 5.3-14]
#pragma once

#include <cstdint>

#include "fakes/okta/org/ids.h"

namespace fakes::okta {

enum class SignInResult : std::uint8_t {
  signed_in,
  wrong,             ///< nobody of that login, the wrong password, or none to check
  locked_out,        ///< as of now or before; whether the password was right is not told
  password_expired,  ///< it was right, and has to be changed before anything else
  not_allowed        ///< the state does not allow it: STAGED, PROVISIONED, RECOVERY, SUSPENDED, DEPROVISIONED
};

struct SignInOutcome {
  SignInResult result = SignInResult::wrong;
  UserId user{};  ///< empty where there is none of that login

  [[nodiscard]] bool ok() const { return result == SignInResult::signed_in; }
};

}  // namespace fakes::okta
