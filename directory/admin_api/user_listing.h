// Lists of users: plain pages come from the store in order; a filter, a search or an order goes through all
// of them, one at a time, and keeps what the order needs. [rule D27]
#pragma once

#include "base/json.h"
#include "directory/admin_api/list_query.h"
#include "directory/core/core.h"

namespace directory {

/// `{results, totalCount}`.
[[nodiscard]] base::JsonObject list_users(Core& core, const ListQuery& query);

}  // namespace directory
