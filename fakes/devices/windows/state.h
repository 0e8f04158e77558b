// All that a Windows computer is, as a value.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "fakes/devices/account.h"
#include "fakes/devices/defects.h"
#include "fakes/devices/notice.h"
#include "fakes/devices/quirks.h"
#include "fakes/devices/sessions.h"

namespace fakes::devices::windows {

enum class Edition {
  pro,
  home,  ///< an agent signs nobody out there; who is disabled does not get in again [rule V21]
  server
};

enum class HelloKind {
  device_pin,  ///< opens the account by the password that it stands for [rule V80] [rule V81]
  business     ///< by a key of its own, which no password change touches [rule V82]
};

struct Hello {
  HelloKind kind = HelloKind::device_pin;
  PasswordId pin = PasswordId::none;
  bool biometrics = false;
  bool picture = false;                     ///< a picture password beside the PIN [rule V53]
  PasswordId password = PasswordId::none;   ///< the account's password that it stands for
  bool operator==(const Hello&) const = default;
};

/// What DPAPI keeps for an account: sealed to a password, readable while the session has it open. [rule V83] [rule V84]
struct Vault {
  PasswordId key = PasswordId::none;
  std::set<std::string> secrets{};
  bool open = false;
  bool operator==(const Vault&) const = default;
};

struct WindowsAccount : Account {
  std::optional<Hello> hello{};
  std::optional<Vault> vault{};  ///< made at the first sign-in with a password
  bool operator==(const WindowsAccount&) const = default;
};

struct WindowsState {
  bool powered = true;
  Edition edition = Edition::pro;
  Membership membership = Membership::none;
  DeviceQuirks quirks{};
  Defects defects{};
  std::map<std::string, WindowsAccount, std::less<>> accounts{};
  Sessions sessions{};
  Notice notice{};
  std::string offer{};
  bool web_view = false;
  std::string web_host{};
  /// The directory demands all four classes of characters: only then are they enforced here. [rule V89]
  bool complexity_demanded = false;

  bool operator==(const WindowsState&) const = default;
};

enum class Stage { off, login, desktop, locked, web_view };

[[nodiscard]] Stage stage_of(const WindowsState& state);
[[nodiscard]] WindowsAccount* find(WindowsState& state, std::string_view name);
[[nodiscard]] const WindowsAccount* find(const WindowsState& state, std::string_view name);

}  // namespace fakes::devices::windows
