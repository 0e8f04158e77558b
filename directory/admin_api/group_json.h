// Groups in the shapes of the admin API. [rule D50] [rule D51]
#pragma once

#include <optional>

#include "base/http.h"
#include "base/json.h"
#include "directory/groups/group.h"
#include "directory/store/database.h"

namespace directory {

/// A group with the state of its rule: error flags and counts of suggestions.
[[nodiscard]] base::JsonObject to_json(Database& db, const Group& group);

/// Takes over what the body names; the answer that says why not.
[[nodiscard]] std::optional<base::HttpResponse> apply_group_fields(GroupFields& fields, GraphType type,
                                                                   const base::JsonObject& body);

}  // namespace directory
