// A system as an administrator sees it: its row, what its agent reported, and what an administrator has set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/devices/system_facts.h"

namespace directory {

/// The members that an administrator may change.
struct SystemSettings {
  std::string display_name;
  bool allow_multi_factor_authentication = false;
  bool allow_public_key_authentication = true;
  bool allow_ssh_password_authentication = true;
  bool allow_ssh_root_login = false;

  bool operator==(const SystemSettings&) const = default;
};

struct SystemRecord {
  System system;
  SystemSettings settings;
  SystemFacts facts;
  base::Instant created{};
};

[[nodiscard]] std::optional<SystemRecord> find_system_record(Database& db, const SystemId& id);
/// In order of creation, then id.
[[nodiscard]] std::vector<SystemRecord> list_system_records(Database& db, std::int64_t skip,
                                                            std::int64_t limit);
/// Those of that host name, in the same order.
[[nodiscard]] std::vector<SystemRecord> system_records_of(Database& db, std::string_view hostname);
[[nodiscard]] std::int64_t count_systems(Database& db);
[[nodiscard]] SystemFacts facts_of(Database& db, const SystemId& id);
/// Whether the account that an agent would take over is the domain's, as its last report has it. [rule V14]
[[nodiscard]] bool has_domain_account(Database& db, const SystemId& id, std::string_view account);

/// The documented fields, as far as they are known. [rule D123]
[[nodiscard]] base::JsonObject to_json(Core& core, const SystemRecord& record);

/// Stores new settings; equal ones change nothing and write no event.
SystemRecord change_settings(Core& core, SystemRecord record, SystemSettings settings, const Actor& actor);
/// Removes the record with its bindings. A connected agent is told to uninstall itself; users and data stay
/// on the device in any case. [rule V10] [rule D122]
void remove_system(Core& core, const System& system, const Actor& actor);
/// Whether the agent with this key was told to go. It is told again until it stops asking.
[[nodiscard]] bool is_to_be_removed(Database& db, const base::Secret& agent_key);

}  // namespace directory
