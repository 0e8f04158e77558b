// Policies of the organisation as rows. Which systems one is bound to is in the association graph; what they
// bring about on one system is in effective_policy.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "directory/policies/policy_template.h"
#include "directory/store/database.h"

namespace directory {

using PolicyId = base::Id<struct PolicyTag>;

struct Policy {
  PolicyId id;
  std::string name;
  const PolicyTemplate* policy_template = nullptr;
  base::Json value;  ///< of the template's field; null: not filled in
  base::Instant created{};
};

inline constexpr std::size_t longest_policy_name = 255;
inline constexpr std::int64_t most_policies = 1'000;

[[nodiscard]] std::optional<Policy> find_policy(Database& db, const PolicyId& id);
/// In order of creation, then id.
[[nodiscard]] std::vector<Policy> list_policies(Database& db, std::int64_t skip, std::int64_t limit);
[[nodiscard]] std::int64_t count_policies(Database& db);

void insert_policy(Database& db, const Policy& policy);
/// Name and value.
void update_policy(Database& db, const Policy& policy);
void delete_policy(Database& db, const PolicyId& id);

}  // namespace directory
