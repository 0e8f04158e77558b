// Users and systems as the rules of groups see them: attributes under the names of the admin API.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/associations/graph_object.h"
#include "directory/groups/member_query.h"
#include "directory/store/database.h"

namespace directory {

[[nodiscard]] std::vector<Candidate> all_candidates(Database& db, GraphType type);
[[nodiscard]] std::optional<Candidate> find_candidate(Database& db, GraphType type, const std::string& id);

}  // namespace directory
