#include <fmt/format.h>

#include <set>

#include "base/encoding.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

std::optional<Violation> judge_no_duplicate_user(const FinalView& view) {
  std::set<std::string> usernames;
  std::set<std::string> emails;
  std::set<std::string> objects;
  for (const auto& user : view.users) {
    const bool username_taken = !usernames.insert(base::to_lower(user.username)).second;
    const bool email_taken = !emails.insert(base::to_lower(user.email)).second;
    const bool object_taken = !user.external_id.empty() && !objects.insert(user.external_id).second;
    if (!username_taken && !email_taken && !object_taken) continue;
    Violation violation{"no-duplicate-user", fmt::format("{} exists twice", user.username), {}};
    violation.since = created_at(view.cast->world().recorder(), user.id);
    violation.expectation.observation =
        scenarios::DirectoryUserCount{static_cast<std::int64_t>(view.users.size()) - 1};
    return violation;
  }
  return std::nullopt;
}

}  // namespace properties
