// What an agent reports about its system, under the names that the admin API shows. A report replaces the one
// before; what it does not name is unknown and not shown. [rule D123] [rule V15]
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace directory {

/// How an account came to the device; agents manage only what is local to it.
enum class AccountOrigin {
  local,
  microsoft,  ///< linked to a Microsoft account: enabled and disabled only [rule V52]
  domain      ///< of a directory that the device has joined [rule V14]
};

/// One entry of `userMetrics`.
struct UserMetrics {
  std::string user_name;
  bool managed = false;
  bool admin = false;
  bool suspended = false;
  bool secure_token_enabled = false;
  AccountOrigin origin = AccountOrigin::local;  ///< reported, and not part of the documented entry
};

/// Of the agent's own account on a Mac, which grants secure tokens. [rule V69] [rule V70]
struct ServiceAccountState {
  bool has_secure_token = false;
  bool password_apfs_valid = false;
  bool password_od_valid = false;
};

struct SystemFacts {
  std::optional<std::string> version;
  std::optional<std::string> os_name;  ///< `Windows 11 Pro`
  std::optional<std::string> arch;
  std::optional<std::string> serial_number;
  std::optional<std::string> agent_version;
  bool azure_ad_joined = false;
  std::optional<std::string> domain_name;  ///< of the domain that the system is part of
  std::optional<bool> fde_active;
  std::optional<bool> fde_key_present;
  std::optional<ServiceAccountState> service_account;
  std::vector<UserMetrics> accounts;

  /// Member of a directory of its own, which then owns its accounts.
  [[nodiscard]] bool is_joined() const { return azure_ad_joined || domain_name.has_value(); }
  [[nodiscard]] const UserMetrics* find_account(std::string_view name) const;
};

inline constexpr std::size_t longest_fact = 255;
inline constexpr std::size_t most_accounts = 500;

/// Reads a report. Unknown members are ignored; an error names the member that has the wrong type or size.
[[nodiscard]] std::expected<SystemFacts, std::string> read_facts(const base::JsonObject& report);
/// Facts as they are reported and stored: read_facts() of it gives them again.
[[nodiscard]] base::JsonObject to_json(const SystemFacts& facts);
/// `userMetrics` as documented.
[[nodiscard]] base::JsonArray user_metrics(const SystemFacts& facts);

}  // namespace directory
