// What an Entra admin does with groups and with the provisioning of the app.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/perform.h"
#include "scenarios/engine/tenant_setup.h"

namespace scenarios {

namespace provisioning = fakes::entra::provisioning;
using fakes::entra::ObjectId;
using fakes::entra::ObjectKind;

namespace {

Performed from_outcome(const fakes::entra::Outcome<void>& outcome) { return outcome ? Performed{} : refused(outcome.error().text); }

/// A group and a member of the tenant.
struct Membership {
  ObjectId group;
  ObjectId user;
};

std::expected<Membership, Performed> membership(Cast& cast, const PersonInGroup& verb) {
  const auto group = cast.tenant_groups().find(verb.group);
  if (group == cast.tenant_groups().end()) return std::unexpected(refused(fmt::format("the tenant has no group '{}'", verb.group)));
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) return std::unexpected(refused(fmt::format("{} has no account in the tenant", person.name)));
  return Membership{group->second, *person.entra_id};
}

std::expected<provisioning::MappingSource, std::string> source_of(const EntraSetMapping& verb) {
  if (verb.attribute) return provisioning::Direct{*verb.attribute};
  if (verb.constant) return provisioning::Constant{*verb.constant};
  auto written = provisioning::read_formula(*verb.expression);
  if (!written) return std::unexpected(written.error().message);
  return *std::move(written);
}

/// The mapping with one row replaced, added or deleted.
std::expected<provisioning::ObjectMapping, std::string> with_row(provisioning::ObjectMapping mapping, const EntraSetMapping& verb) {
  auto target = provisioning::parse_path(*verb.target);
  if (!target) return std::unexpected(fmt::format("\"{}\" is no target attribute", *verb.target));
  const auto found = std::ranges::find(mapping.rows, *verb.target, [](const provisioning::MappingRow& row) { return row.target.text; });
  if (!verb.attribute && !verb.constant && !verb.expression) {
    if (found != mapping.rows.end()) mapping.rows.erase(found);
    return mapping;
  }
  auto source = source_of(verb);
  if (!source) return std::unexpected(source.error());
  if (found != mapping.rows.end()) {
    found->source = *std::move(source);
  } else {
    mapping.rows.push_back({*std::move(target), *std::move(source)});
  }
  return mapping;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, EntraCreateGroup verb) {
  const bool unified = verb.kind == "microsoft365";
  base::JsonObject properties{{"displayName", base::json_text(verb.group)},
                              {"mailEnabled", unified},
                              {"mailNickname", unified ? fmt::format("group{}", cast.groups_of_entra().size()) : std::string("group")},
                              {"securityEnabled", !unified}};
  if (unified) properties["groupTypes"] = base::JsonArray{"Unified"};
  if (verb.kind == "dynamic") {
    properties["groupTypes"] = base::JsonArray{"DynamicMembership"};
    properties["membershipRule"] = "(user.department -eq \"Sales\")";
  }
  const auto id = cast.tenant().create(ObjectKind::group, properties);
  if (!id) co_return refused(id.error().text);
  cast.groups_of_entra().insert(*id);
  cast.tenant_groups()[verb.group] = *id;
  if (verb.assigned) co_return from_outcome(cast.tenant().assign(cast.provisioned_app(), *id));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraDeleteGroup verb) {
  if (const auto known = cast.tenant_groups().find(verb.group); known != cast.tenant_groups().end()) {
    co_return from_outcome(cast.tenant().remove(known->second));
  }
  // One that somebody else has made is known by its name alone.
  for (const auto& [id, group] : cast.tenant().living(ObjectKind::group)) {
    if (group.text("displayName") == verb.group) co_return from_outcome(cast.tenant().remove(id));
  }
  co_return refused(fmt::format("the tenant has no group '{}'", verb.group));
}

base::Task<Performed> perform(Cast& cast, EntraAddMember verb) {
  const auto both = membership(cast, verb);
  if (!both) co_return both.error();
  co_return from_outcome(cast.tenant().add_member(both->group, both->user));
}

base::Task<Performed> perform(Cast& cast, EntraRemoveMember verb) {
  const auto both = membership(cast, verb);
  if (!both) co_return both.error();
  co_return from_outcome(cast.tenant().remove_member(both->group, both->user));
}

base::Task<Performed> perform(Cast& cast, EntraSetManager verb) {
  const auto& person = cast.person(verb.user);
  const auto manager = verb.manager ? cast.person(*verb.manager).entra_id : std::nullopt;
  if (!person.entra_id || (verb.manager && !manager)) co_return refused("one of them has no account in the tenant");
  co_return from_outcome(cast.tenant().set_manager(*person.entra_id, manager));
}

base::Task<Performed> perform(Cast& cast, EntraSetMapping verb) {
  auto& service = cast.provisioning();
  auto mapping = service.settings().users;
  if (verb.mapping) {
    if (std::ranges::find(attribute_mappings, *verb.mapping) == attribute_mappings.end()) co_return refused(fmt::format("there is no mapping '{}'", *verb.mapping));
    mapping.rows = user_mapping_named(*verb.mapping).rows;
  }
  if (verb.target) {
    auto changed = with_row(std::move(mapping), verb);
    if (!changed) co_return refused(changed.error());
    mapping = *std::move(changed);
  }
  service.set_mapping(ObjectKind::user, std::move(mapping));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraSwitchGroups verb) {
  auto mapping = cast.provisioning().settings().groups;
  mapping.enabled = verb.on;
  cast.provisioning().set_mapping(ObjectKind::group, std::move(mapping));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraSetScope verb) {
  cast.provisioning().set_scope(verb.scope == "all" ? provisioning::Scope::all : provisioning::Scope::assigned);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraSetScopingFilter verb) {
  auto mapping = cast.provisioning().settings().users;
  mapping.filters.clear();
  if (verb.attribute) {
    const auto scope_operator = provisioning::scope_operator_named(verb.scope_operator);
    if (!scope_operator) co_return refused(fmt::format("there is no operator '{}'", verb.scope_operator));
    const provisioning::ScopeClause clause{*verb.attribute, *scope_operator, verb.value.value_or("")};
    if (const auto supported = provisioning::check_clause(ObjectKind::user, clause); !supported) co_return refused(supported.error());
    mapping.filters.push_back({"filter", {clause}});
  }
  cast.provisioning().set_mapping(ObjectKind::user, std::move(mapping));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraSetSecretToken verb) {
  if (verb.blank && verb.token) co_return Performed{Performed::Kind::refused, "a blank field holds no token"};
  cast.provisioning().set_token(verb.blank ? base::Secret() : verb.token ? cast.secrets().value(*verb.token) : cast.scim_token());
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraStart) {
  cast.provisioning().start();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraStop) {
  cast.provisioning().stop();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraRestartProvisioning verb) {
  const auto scope = provisioning::parse_reset_scope(verb.reset.value_or(""));
  if (!scope) co_return refused(scope.error());
  cast.provisioning().restart(*scope);
  co_return Performed{};
}

}  // namespace scenarios
