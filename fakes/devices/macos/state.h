// All that a Mac is, as a value.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/devices/account.h"
#include "fakes/devices/notice.h"
#include "fakes/devices/quirks.h"
#include "fakes/devices/sessions.h"

namespace fakes::devices::macos {

/// The login keychain, which has a password of its own. [rule V62]
struct Keychain {
  PasswordId password = PasswordId::none;
  bool operator==(const Keychain&) const = default;
};

struct MacAccount : Account {
  std::optional<Keychain> keychain{};  ///< made at the first sign-in
  bool operator==(const MacAccount&) const = default;
};

struct MacState {
  bool powered = true;
  Membership membership = Membership::none;
  DeviceQuirks quirks{};
  std::map<std::string, MacAccount, std::less<>> accounts{};
  Sessions sessions{};
  Notice notice{};
  std::string offer{};
  bool web_view = false;
  std::string web_host{};

  bool operator==(const MacState&) const = default;
};

enum class MacStage { off, login, desktop, locked, web_view };

[[nodiscard]] MacStage stage_of(const MacState& state);
[[nodiscard]] MacAccount* find(MacState& state, std::string_view name);
[[nodiscard]] const MacAccount* find(const MacState& state, std::string_view name);

enum class KeychainState {
  unlocked,
  locked,      ///< nobody is signed in
  out_of_sync  ///< it still has the previous password, and asks for it [rule R18] [rule V62]
};

[[nodiscard]] std::string_view to_text(KeychainState state);
[[nodiscard]] KeychainState keychain_of(const MacState& state, std::string_view name);

}  // namespace fakes::devices::macos
