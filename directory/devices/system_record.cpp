#include "directory/devices/system_record.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "directory/devices/recovery_key.h"
#include "directory/groups/dynamic_membership.h"

namespace directory {
namespace {

std::string select(std::string_view tail) {
  return fmt::format(
      "SELECT {}, display_name, allow_multi_factor_authentication, allow_public_key_authentication, "
      "allow_ssh_password_authentication, allow_ssh_root_login, facts, created FROM systems {}",
      system_columns, tail);
}

/// An agent that was told to go and has not been heard of since is forgotten after this long.
constexpr base::Duration removal_memory = std::chrono::days{30};

constexpr std::array switches{
    std::pair{"allowMultiFactorAuthentication", &SystemSettings::allow_multi_factor_authentication},
    std::pair{"allowPublicKeyAuthentication", &SystemSettings::allow_public_key_authentication},
    std::pair{"allowSshPasswordAuthentication", &SystemSettings::allow_ssh_password_authentication},
    std::pair{"allowSshRootLogin", &SystemSettings::allow_ssh_root_login}};

SystemFacts parse_facts(const std::string& text) {
  const auto json = base::parse_json(text);
  const auto* object = json ? json->if_object() : nullptr;
  return object == nullptr ? SystemFacts{} : read_facts(*object).value_or(SystemFacts{});
}

SystemRecord read_record(Row row) {
  return {read_system(row),
          {row.text(6), row.boolean(7), row.boolean(8), row.boolean(9), row.boolean(10)},
          parse_facts(row.text(11)),
          row.instant(12)};
}

std::vector<FieldChange> differences(const SystemSettings& before, const SystemSettings& after) {
  std::vector<FieldChange> changes;
  if (before.display_name != after.display_name)
    changes.push_back({"displayName", before.display_name, after.display_name});
  const auto word = [](bool on) { return on ? "true" : "false"; };
  for (const auto& [name, member] : switches) {
    if (before.*member != after.*member) changes.push_back({name, word(before.*member), word(after.*member)});
  }
  return changes;
}

}  // namespace

std::optional<SystemRecord> find_system_record(Database& db, const SystemId& id) {
  return db.first(select("WHERE id = ?1"), read_record, id.text());
}

std::vector<SystemRecord> list_system_records(Database& db, std::int64_t skip, std::int64_t limit) {
  std::vector<SystemRecord> records;
  db.query(
      select("ORDER BY created, id LIMIT ?1 OFFSET ?2"), [&](Row row) { records.push_back(read_record(row)); }, limit,
      skip);
  return records;
}

std::vector<SystemRecord> system_records_of(Database& db, std::string_view hostname) {
  std::vector<SystemRecord> records;
  db.query(select("WHERE hostname = ?1 ORDER BY created, id"), [&](Row row) { records.push_back(read_record(row)); }, hostname);
  return records;
}

std::int64_t count_systems(Database& db) {
  return db.first("SELECT count(*) FROM systems", [](Row row) { return row.integer(0); }).value_or(0);
}

SystemFacts facts_of(Database& db, const SystemId& id) {
  const auto text = db.first(
      "SELECT facts FROM systems WHERE id = ?1", [](Row row) { return row.text(0); }, id.text());
  return parse_facts(text.value_or("{}"));
}

bool has_domain_account(Database& db, const SystemId& id, std::string_view account) {
  const auto facts = facts_of(db, id);
  const auto* found = facts.find_account(account);
  return found != nullptr && found->origin == AccountOrigin::domain;
}

base::JsonObject to_json(Core& core, const SystemRecord& record) {
  const auto& system = record.system;
  const bool active =
      core.connections.connected(system.id.text()) || core.now() - system.last_contact < core.options.system_active_for;
  const bool windows = system.os == "windows";
  base::JsonObject out{{"_id", system.id.text()},
                       {"id", system.id.text()},
                       {"organization", core.options.organization},
                       {"hostname", system.hostname},
                       {"displayName", record.settings.display_name},
                       {"os", windows ? "Windows" : "Mac OS X"},
                       {"osFamily", windows ? "windows" : "darwin"},
                       {"active", active},
                       {"lastContact", base::to_rfc3339(system.last_contact)},
                       {"created", base::to_rfc3339(record.created)}};
  for (const auto& [name, member] : switches) out[name] = record.settings.*member;
  for (auto& [name, value] : to_json(record.facts)) out[name] = std::move(value);
  out["userMetrics"] = user_metrics(record.facts);
  // Whether a key is kept is the directory's to know. [rule V69]
  if (has_recovery_key(core.db(), system.id)) {
    if (!out.contains("fde")) out["fde"] = base::JsonObject{};
    out["fde"].get_object()["keyPresent"] = true;
  }
  out["hasServiceAccount"] = record.facts.service_account.has_value();
  return out;
}

SystemRecord change_settings(Core& core, SystemRecord record, SystemSettings settings, const Actor& actor) {
  const auto changes = differences(record.settings, settings);
  if (changes.empty()) return record;
  record.settings = std::move(settings);
  core.db().run(
      "UPDATE systems SET display_name = ?2, allow_multi_factor_authentication = ?3, "
      "allow_public_key_authentication = ?4, "
      "allow_ssh_password_authentication = ?5, allow_ssh_root_login = ?6 WHERE id = ?1",
      record.system.id.text(), record.settings.display_name,
      record.settings.allow_multi_factor_authentication, record.settings.allow_public_key_authentication,
      record.settings.allow_ssh_password_authentication, record.settings.allow_ssh_root_login);
  core.events.write("system_update", core.now(), actor, subject_of(record.system), changes);
  evaluate_candidate(core, GraphType::system, record.system.id.text());  // [rule D52]
  return record;
}

void remove_system(Core& core, const System& system, const Actor& actor) {
  auto& db = core.db();
  db.run("DELETE FROM agent_removals WHERE requested < ?1", core.now() - removal_memory);
  if (core.connections.connected(system.id.text())) {
    db.run(
        "INSERT INTO agent_removals (agent_key_digest, requested) SELECT agent_key_digest, ?2 FROM systems "
        "WHERE id = ?1",
        system.id.text(), core.now());
  }
  db.run("DELETE FROM systems WHERE id = ?1", system.id.text());
  core.events.write("system_delete", core.now(), actor, subject_of(system));
  core.signal_device(system.id.text());
}

bool is_to_be_removed(Database& db, const base::Secret& agent_key) {
  return db.exists("SELECT 1 FROM agent_removals WHERE agent_key_digest = ?1", token_digest(agent_key));
}

}  // namespace directory
