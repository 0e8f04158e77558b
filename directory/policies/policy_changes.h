// Changes of policies, with their events; the systems that a policy concerns are told. [rule DI51]
#pragma once

#include <string>

#include "directory/core/core.h"
#include "directory/policies/policy.h"

namespace directory {

Policy create_policy(Core& core, std::string name, const PolicyTemplate& policy_template, base::Json value,
                     const Actor& actor);
/// Equal name and value change nothing and write no event.
Policy change_policy(Core& core, const Policy& policy, std::string name, base::Json value,
                     const Actor& actor);
/// Its associations go with it.
void remove_policy(Core& core, const Policy& policy, const Actor& actor);

}  // namespace directory
