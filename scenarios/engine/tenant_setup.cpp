#include "scenarios/engine/tenant_setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/entra/provisioning/default_mappings.h"
#include "fakes/entra/provisioning/schema_json.h"
#include "fakes/entra/provisioning/users_csv.h"

namespace scenarios {

namespace provisioning = fakes::entra::provisioning;

namespace {

std::size_t count_of(std::int64_t number) { return static_cast<std::size_t>(std::max<std::int64_t>(number, 0)); }

}  // namespace

provisioning::ObjectMapping user_mapping_named(std::string_view name) {
  return name == "default" ? provisioning::default_user_mapping() : provisioning::article_mapping();
}

std::expected<provisioning::Settings, std::string> provisioning_settings(const EntraSpec& spec) {
  const auto& set = spec.provisioning;
  provisioning::Settings settings;
  settings.interval = spec.interval;
  settings.dialect = spec.dialect == "compliant" ? provisioning::PatchDialect::compliant : provisioning::PatchDialect::classic;
  settings.users = user_mapping_named(set.mapping);
  settings.groups = provisioning::default_group_mapping();
  settings.groups.enabled = set.mapping == "default";
  if (!set.schema.path.empty()) {
    auto schema = provisioning::read_schema(set.schema.text);
    if (!schema) return std::unexpected(fmt::format("{}: {}", set.schema.path, schema.error()));
    settings.users = std::move(schema->users);
    settings.groups = std::move(schema->groups);
  }
  settings.groups.enabled = set.groups.value_or(settings.groups.enabled);
  settings.users.create = settings.users.create && spec.create;
  settings.users.update = settings.users.update && spec.update;
  settings.users.remove = settings.users.remove && spec.remove;
  settings.scope = set.scope == "all" ? provisioning::Scope::all : provisioning::Scope::assigned;
  settings.notification_email = set.notify.value_or("");
  if (set.deletion_threshold) settings.deletion_threshold = count_of(*set.deletion_threshold);
  if (set.quarantine_from) settings.quarantine.evaluated_from = count_of(*set.quarantine_from);
  settings.probes = static_cast<int>(std::clamp<std::int64_t>(set.probes, 0, 3));
  settings.skip_out_of_scope_deletions = set.skip_out_of_scope_deletions;
  for (const auto& name : set.quirks) {
    const auto quirk = provisioning::client_quirk_named(name);
    if (!quirk) return std::unexpected(fmt::format("world.entra.provisioning.quirks: there is no quirk '{}'", name));
    settings.quirks.add(*quirk);
  }
  return settings;
}

std::expected<void, std::string> add_tenant_users(const EntraSpec& spec, fakes::entra::Tenant& tenant, fakes::entra::Application& app, base::Rng rng, base::SecretWitness& witness) {
  if (spec.users.path.empty()) return {};
  auto read = provisioning::read_users_csv(spec.users.text);
  if (!read) return std::unexpected(fmt::format("{}: {}", spec.users.path, read.error()));
  for (auto& user : read->users) {
    const base::Secret password("Aa1-" + rng.hex(6));
    witness.witness(password);
    user.properties["passwordProfile"] = base::JsonObject{{"password", password.reveal()}};
    // Whoever has users of a domain has verified it.
    const auto name = base::string_or(base::Json(user.properties), "userPrincipalName", "");
    const auto domain = name.substr(std::min(name.find('@'), name.size() - 1) + 1);
    if (!domain.empty() && tenant.domains().find(domain) == nullptr) tenant.domains().add({.name = domain});
    const auto id = tenant.create(fakes::entra::ObjectKind::user, user.properties);
    if (!id) return std::unexpected(fmt::format("{}: line {}: {}", spec.users.path, user.line, id.error().text));
    if (const auto assigned = tenant.assign(app, *id); !assigned) return std::unexpected(assigned.error().text);
  }
  return {};
}

}  // namespace scenarios
