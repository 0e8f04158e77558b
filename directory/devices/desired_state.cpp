#include "directory/devices/desired_state.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/encoding.h"
#include "directory/devices/account_provisioning.h"
#include "directory/devices/commands.h"
#include "directory/passwords/password_policy.h"
#include "directory/policies/effective_policy.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

void seal_for(Core& core, const User& user, const System& system) {
  core.probes.always(Probe::handoff_has_a_password, user.password_hash.has_value());
  auto rng = core.ports.rng.fork("seal", core.ports.rng.next());
  const auto box = base::seal(*user.password_hash, system.sealing_key, handoff_context(system.id, user.id), rng);
  if (!box) {
    core.ports.trace->note("directory", fmt::format("the sealing key of {} is not usable", system.hostname));
    return;
  }
  core.db().run(
      "INSERT INTO handoffs (id, system_id, user_id, sealed, created) VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT (system_id, user_id) DO UPDATE SET id = excluded.id, sealed = excluded.sealed, created = excluded.created",
      core.new_id(), system.id.text(), user.id.text(), *box, core.now());
}

/// Under the names that the settings have. [rule D110]
base::JsonObject rules_json(const ComplexityRules& rules) {
  return {{"minLength", rules.min_length},
          {"needsLowercase", rules.needs_lowercase},
          {"needsUppercase", rules.needs_uppercase},
          {"needsNumeric", rules.needs_numeric},
          {"needsSymbolic", rules.needs_symbolic}};
}

constexpr std::string_view binding_columns = "system_id, user_id, sudo, sudo_without_password, password_sync";

Binding read_binding(Row row) {
  return {SystemId{row.text(0)}, UserId{row.text(1)}, row.boolean(2), row.boolean(3), row.boolean(4)};
}

}  // namespace

System read_system(Row row) {
  System system;
  system.id = SystemId{row.text(0)};
  system.hostname = row.text(1);
  system.os = row.text(2);
  system.sealing_key = row.text(3);
  system.last_contact = row.instant(4);
  system.revision = row.integer(5);
  return system;
}

EventSubject subject_of(const System& system) { return {"system", system.id.text(), system.hostname}; }

std::optional<System> find_system(Database& db, const SystemId& id) {
  return db.first(fmt::format("SELECT {} FROM systems WHERE id = ?1", system_columns), read_system, id.text());
}

std::optional<System> find_system_by_agent_key(Database& db, const base::Secret& key) {
  return db.first(fmt::format("SELECT {} FROM systems WHERE agent_key_digest = ?1", system_columns), read_system,
                  token_digest(key));
}

std::vector<Binding> bindings_of_system(Database& db, const SystemId& id) {
  std::vector<Binding> bindings;
  db.query(fmt::format("SELECT {} FROM bindings WHERE system_id = ?1 ORDER BY user_id", binding_columns),
           [&](Row row) { bindings.push_back(read_binding(row)); }, id.text());
  return bindings;
}

std::optional<Binding> find_binding(Database& db, const SystemId& system, const UserId& user) {
  return db.first(fmt::format("SELECT {} FROM bindings WHERE system_id = ?1 AND user_id = ?2", binding_columns),
                  read_binding, system.text(), user.text());
}

void touch_systems(Core& core, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  base::JsonArray list;
  for (const auto& id : ids) list.emplace_back(id);
  core.db().run("UPDATE systems SET revision = revision + 1 WHERE id IN (SELECT value FROM json_each(?1))",
                base::to_text(list));
  for (const auto& id : ids) core.signal_device(id);
}

void touch_every_system(Core& core) {
  core.db().query("UPDATE systems SET revision = revision + 1 RETURNING id",
                  [&](Row row) { core.signal_device(row.text(0)); });
}

void touch_systems_of(Core& core, const UserId& user) {
  // Most changes are of people without a device, and the update sets tables up before it finds nothing.
  if (!core.db().exists("SELECT 1 FROM bindings WHERE user_id = ?1", user.text())) return;
  core.db().query(
      "UPDATE systems SET revision = revision + 1 WHERE id IN (SELECT system_id FROM bindings WHERE user_id = ?1) "
      "RETURNING id",
      [&](Row row) { core.signal_device(row.text(0)); }, user.text());
}

void touch_first_system_of(Core& core, const UserId& user) {
  const auto first = core.db().first("SELECT min(system_id) FROM bindings WHERE user_id = ?1",
                                     [](Row row) { return row.optional_text(0); }, user.text());
  if (first && *first) touch_systems(core, {**first});
}

void hand_off_password(Core& core, const User& user) {
  std::vector<SystemId> ids;
  core.db().query("SELECT system_id FROM bindings WHERE user_id = ?1 AND password_sync = 1 ORDER BY system_id",
                  [&](Row row) { ids.emplace_back(row.text(0)); }, user.id.text());
  if (core.has(Defect::handoff_reaches_one_device) && ids.size() > 1) ids.resize(1);
  for (const auto& id : ids) hand_off_password(core, user, id);
}

void hand_off_password(Core& core, const User& user, const SystemId& id) {
  if (const auto system = find_system(core.db(), id)) seal_for(core, user, *system);
}

void hand_back_password(Core& core, const User& user, const SystemId& id) {
  const auto binding = find_binding(core.db(), id, user.id);
  if (!binding || !binding->password_sync || !user.password_hash) return;
  hand_off_password(core, user, id);
  touch_systems(core, {id.text()});
}

namespace {

bool may_sign_in(const Core& core, const User& user, const Binding& binding) {
  core.probes.sometimes(Probe::suspended_user_is_shut_out, user.state == UserState::suspended);
  if (core.has(Defect::device_ignores_suspension) && user.state == UserState::suspended) return true;
  if (core.has(Defect::device_ignores_locks) && user.locked) return true;
  core.probes.sometimes(Probe::account_has_a_local_password, !binding.password_sync);
  return binding.password_sync ? user.may_use_resources() : user.may_sign_in_with_local_password();
}

}  // namespace

base::JsonObject desired_state(Core& core, const System& system) {
  base::JsonArray accounts;
  for (const auto& binding : bindings_of_system(core.db(), system.id)) {
    const auto user = find_user(core.db(), binding.user);
    const bool must_have_password = binding.password_sync && !core.has(Defect::binds_without_password);
    if (!user || (must_have_password && !user->password_hash)) continue;
    base::Json expires;  // of the password that opens the account
    if (binding.password_sync && user->password_expires) expires = base::to_rfc3339(*user->password_expires);
    const auto authority =
        user->password_terms.authority == PasswordAuthority::directory ? std::string_view("directory") : "scim";
    base::JsonObject account{{"user_id", user->id.text()},
                             {"local_account", core.has(Defect::binds_by_username) ? user->attributes.username : user->local_account()},
                             {"display_name", core.has(Defect::shows_username_as_full_name)
                                                  ? user->attributes.username
                                                  : user->attributes.displayname.value_or(user->attributes.username)},
                             {"enabled", may_sign_in(core, *user, binding)},
                             {"sudo", binding.sudo && !core.has(Defect::never_an_administrator)},
                             {"sudo_without_password", binding.sudo_without_password},
                             {"password_sync", binding.password_sync},  // [rule D98]
                             {"password_expires", std::move(expires)},    // [rule V87]
                             {"password_authority", base::json_text(authority)},
                             {"handoff", nullptr}};
    const auto handoff = core.db().first(
        "SELECT id, sealed FROM handoffs WHERE system_id = ?1 AND user_id = ?2",
        [&](Row row) {
          return base::JsonObject{{"id", row.text(0)},
                                  {"sealed", base::to_base64(row.text(1))},
                                  {"password_set", password_stamp(*user)}};
        },
        system.id.text(), user->id.text());
    if (handoff) account["handoff"] = *handoff;
    accounts.push_back(std::move(account));
  }
  base::JsonArray commands;
  for (const auto& command : pending_commands(core.db(), system.id)) {
    if (command.kind == CommandKind::erase && core.has(Defect::erasure_is_not_sent)) continue;
    const auto kind = command_name(command.kind);
    commands.push_back(base::JsonObject{{"id", command.id}, {"kind", base::json_text(kind)}});
  }
  return {{"revision", system.revision},
          {"accounts", std::move(accounts)},
          {"commands", std::move(commands)},
          {"hide_app", effective_policy(core.db(), system).hide_app && !core.has(Defect::app_stays_shown)},
          {"provisioning_offered", why_not_offered(core, system).empty()},
          {"password_rules", rules_json(complexity_of(core.settings.password_policy))}};
}

std::int64_t password_stamp(const User& user) {
  return user.password_set ? user.password_set->time_since_epoch().count() : 0;
}

std::string handoff_context(const SystemId& system, const UserId& user) {
  return fmt::format("password of {} for {}", user.text(), system.text());
}

}  // namespace directory
