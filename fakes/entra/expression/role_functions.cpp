#include "fakes/entra/expression/families.h"
#include "fakes/entra/expression/roles.h"

namespace fakes::entra::expression {
namespace {

constexpr const char* role_type = "WindowsAzureActiveDirectoryRole";

/// What adds roles writes `displayName`, what replaces them `display`, as the documented bodies do.
base::JsonObject element(const Role& role, RoleChange change) {
  base::JsonObject made{{"primary", false}, {"type", role_type}};
  if (!role.display_name.empty()) made[change == RoleChange::replace ? "display" : "displayName"] = role.display_name;
  made["value"] = role.value;
  return made;
}

Value roles(Arguments& arguments, RoleChange change) {
  arguments.evaluation().outcome.roles = change;
  return arguments.list(0);
}

}  // namespace

std::string to_text(const Role& role) {
  return base::to_text(base::JsonObject{{"id", role.id}, {"value", role.value}, {"displayName", role.display_name}});
}

Role role_of(std::string_view text) {
  const auto json = base::parse_json(text);
  if (!json || !json->is_object()) return Role{{}, std::string(text), {}};
  return Role{base::string_or(*json, "id", ""), base::string_or(*json, "value", ""), base::string_or(*json, "displayName", "")};
}

base::JsonArray created_roles(const Outcome& outcome) {
  base::JsonArray made;
  for (const auto& text : as_list(outcome.value)) made.push_back(element(role_of(text), outcome.roles));
  return made;
}

base::JsonArray patched_roles(const Outcome& outcome) {
  if (outcome.roles == RoleChange::replace) return created_roles(outcome);
  base::JsonArray made;
  for (const auto& text : as_list(outcome.value)) made.push_back(base::JsonObject{{"value", text}});
  return made;
}

Value app_role_assignments(Arguments& arguments) { return roles(arguments, RoleChange::add); }

Value assertive_app_role_assignments(Arguments& arguments) { return roles(arguments, RoleChange::replace); }

/// Assumed: the first of several; which one Entra takes is documented as open.
Value single_app_role_assignment(Arguments& arguments) {
  const auto assigned = arguments.list(0);
  if (assigned.empty()) return {};
  return role_of(assigned.front()).value;
}

}  // namespace fakes::entra::expression
