#include "directory/policies/effective_policy.h"

#include <string_view>

#include "directory/associations/graph_walk.h"

namespace directory {
namespace {

bool is_choice(const base::Json& value, std::string_view choice) {
  return value.is_string() && base::as_text(value.get_string()) == choice;
}

}  // namespace

EffectivePolicy effective_policy(Database& db, const System& system) {
  EffectivePolicy effective;
  const std::string_view family = system.os == "windows" ? "windows" : "darwin";
  bool first_user_only = false;
  bool every_user_may = false;
  for (auto& id : reached_ids(db, {GraphType::system, system.id.text()}, GraphType::policy)) {
    const auto policy = find_policy(db, PolicyId{std::move(id)});
    if (!policy || policy->policy_template->os_family != family || policy->value.is_null()) continue;
    switch (policy->policy_template->effect) {
      case PolicyEffect::hide_app:
        effective.hide_app = effective.hide_app || policy->value == true;
        break;
      case PolicyEffect::account_provisioning:
        (is_choice(policy->value, every_user) ? every_user_may : first_user_only) = true;
        break;
    }
  }
  effective.several_users = every_user_may && !first_user_only;
  return effective;
}

}  // namespace directory
