#include "directory/policies/policy_changes.h"

#include <utility>

#include "directory/associations/association_changes.h"
#include "directory/associations/graph_walk.h"

namespace directory {
namespace {

EventSubject subject_of(const Policy& policy) {
  return {"policy", policy.id.text(), policy.name};
}

}  // namespace

Policy create_policy(Core& core, std::string name, const PolicyTemplate& policy_template, base::Json value,
                     const Actor& actor) {
  Policy policy{PolicyId{core.new_id()}, std::move(name), &policy_template, std::move(value), core.now()};
  insert_policy(core.db(), policy);
  core.events.write("policy_create", core.now(), actor, subject_of(policy));
  return policy;
}

Policy change_policy(Core& core, const Policy& policy, std::string name, base::Json value,
                     const Actor& actor) {
  std::vector<FieldChange> changes;
  if (policy.name != name) changes.push_back({"name", policy.name, name});
  if (policy.value != value) {
    changes.push_back(
        {std::string(policy.policy_template->field.name), base::to_text(policy.value), base::to_text(value)});
  }
  if (changes.empty()) return policy;
  Policy changed = policy;
  changed.name = std::move(name);
  changed.value = std::move(value);
  update_policy(core.db(), changed);
  core.events.write("policy_update", core.now(), actor, subject_of(changed), changes);
  touch_systems(core, reached_ids(core.db(), {GraphType::policy, policy.id.text()}, GraphType::system));
  return changed;
}

void remove_policy(Core& core, const Policy& policy, const Actor& actor) {
  leave_graph(core, {GraphType::policy, policy.id.text()});
  delete_policy(core.db(), policy.id);
  core.events.write("policy_delete", core.now(), actor, subject_of(policy));
}

}  // namespace directory
