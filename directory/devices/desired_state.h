// What a device should look like, as the directory sees it. Each system has a revision that counts up with every
// change that concerns it; an agent's long poll returns when the revision is another than the one it knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

struct System {
  SystemId id;
  std::string hostname;
  std::string os;
  std::string sealing_key;
  base::Instant last_contact{};
  std::int64_t revision = 1;
};

/// Who may use a system, over all paths of the graph together. [rule D61]
struct Binding {
  SystemId system;
  UserId user;
  bool sudo = false;
  bool sudo_without_password = false;
  bool password_sync = true;
};

[[nodiscard]] EventSubject subject_of(const System& system);
/// What read_system() takes from a row, as its first columns.
inline constexpr std::string_view system_columns = "id, hostname, os, sealing_key, last_contact, revision";
[[nodiscard]] System read_system(Row row);

[[nodiscard]] std::optional<System> find_system(Database& db, const SystemId& id);
[[nodiscard]] std::optional<System> find_system_by_agent_key(Database& db, const base::Secret& key);
[[nodiscard]] std::vector<Binding> bindings_of_system(Database& db, const SystemId& id);
[[nodiscard]] std::optional<Binding> find_binding(Database& db, const SystemId& system, const UserId& user);

/// Counts up the revision of each system once, and wakes the agents after the commit.
void touch_systems(Core& core, const std::vector<std::string>& ids);
void touch_every_system(Core& core);
/// Counts up the revision of every system the user is bound to, and wakes their agents after the commit.
void touch_systems_of(Core& core, const UserId& user);
/// Only the first of them; exists for Defect::suspend_forgets_one_device.
void touch_first_system_of(Core& core, const UserId& user);

/// Seals the user's password verifier to every bound device that syncs passwords; a newer hand-off replaces an
/// undelivered one. Devices are given a verifier, never the password.
void hand_off_password(Core& core, const User& user);
/// The same for one system.
void hand_off_password(Core& core, const User& user, const SystemId& system);

/// Hands the password once more to a system that has another one now, where it is kept in step there; and wakes it.
void hand_back_password(Core& core, const User& user, const SystemId& system);

/// The body an agent acts on: `{revision, accounts: [{user_id, local_account, display_name, enabled, sudo,
/// sudo_without_password, password_sync, password_expires, password_authority: directory | scim, handoff: {id, sealed,
/// password_set} | null}], commands: [{id, kind}], hide_app, provisioning_offered, password_rules: {minLength,
/// needsLowercase, needsUppercase, needsNumeric, needsSymbolic}}`. Users without a password are there only where the
/// device keeps one of its own; the others come with their password. [rule V54] [rule D98] [rule V87] [rule V89]
[[nodiscard]] base::JsonObject desired_state(Core& core, const System& system);

/// Tells passwords of one user apart: nanoseconds since the epoch when it was set, 0 without one. A device that
/// changed the password itself is told the stamp, and knows the hand-off that follows for its own.
[[nodiscard]] std::int64_t password_stamp(const User& user);

/// What a hand-off is sealed for; the agent gives it again to open the box.
[[nodiscard]] std::string handoff_context(const SystemId& system, const UserId& user);

}  // namespace directory
