// Keeps the table of bindings in step with the graph: who gained a way to a system is bound and handed the
// password, who lost the last one is unbound, and the systems concerned hear of it. Called after every change
// of the graph, in its transaction.
#pragma once

#include <vector>

#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

void refresh_bindings_of_users(Core& core, const std::vector<UserId>& users);
void refresh_bindings_of_systems(Core& core, const std::vector<SystemId>& systems);

}  // namespace directory
