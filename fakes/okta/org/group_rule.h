// A rule that puts users into groups by their attributes. The facts only name rules; the rest is what Okta's own pages are known to
// say of them. Assumed: states, and what may be done in which. [Okta provisioning-clients 4.12-06]
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

/// INVALID: a group or an attribute that it names is gone; it puts nobody anywhere.
enum class RuleStatus : std::uint8_t { inactive, active, invalid };

struct GroupRule {
  RuleId id;
  std::string name;        ///< 1 to 50 characters, unique
  std::string expression;  ///< `user.department == "Sales"`
  std::set<GroupId> groups;
  std::set<UserId> excluded{};
  RuleStatus status = RuleStatus::inactive;
  base::Instant created{};
  base::Instant last_updated{};
};

}  // namespace fakes::okta
