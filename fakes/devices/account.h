// A local account of a computer: what both platforms have of it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/devices/password_id.h"

namespace fakes::devices {

enum class Platform { windows, macos };

/// Where an account comes from.
enum class AccountKind {
  local,
  microsoft,  ///< linked to a Microsoft account, which keeps its password [rule V52]
  domain      ///< of the directory that the device has joined [rule V14]
};

/// The directory of its own that a device has joined.
enum class Membership { none, domain, entra };

struct Account {
  std::string name{};
  std::string full_name{};
  bool admin = false;
  /// sudo without a prompt; Windows has no such thing. [rule V11]
  bool sudo_without_password = false;
  /// On macOS: no `;DisabledUser;` in its AuthenticationAuthority. [rule V23]
  bool enabled = true;
  /// The directory user that the agent manages it for; empty while unmanaged. [rule V4] [rule V5]
  std::string managed_for{};
  AccountKind kind = AccountKind::local;
  PasswordId password = PasswordId::none;
  /// Local groups beside that of administrators; unbinding revokes them on Windows. [rule V26]
  std::set<std::string> groups{};
  /// Profile data, to see that a takeover keeps it. [rule V22]
  std::vector<std::string> files{};

  [[nodiscard]] bool managed() const { return !managed_for.empty(); }
  bool operator==(const Account&) const = default;
};

/// The group that unbinding takes an account of Windows out of. [rule V26]
inline constexpr std::string_view users_group = "Users";

/// Equal but for the case of ASCII letters; every name that an account can have is ASCII.
[[nodiscard]] bool same_but_for_case(std::string_view left, std::string_view right);

/// Whether an account of that name can be made: a letter, then letters, digits, `.`, `_`, `-`; at most 20 characters on Windows, 30
/// on a Mac. [rule D29] [rule V55]
[[nodiscard]] bool name_allowed(std::string_view name, Platform platform);

}  // namespace fakes::devices
