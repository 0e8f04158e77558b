// A group of the org with its members, who are in it by an admin's hand, by rules, or by both.
// [Okta provisioning-clients 5.4-02] [Okta provisioning-clients 5.4-03]
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

enum class GroupType : std::uint8_t { okta_group, app_group, built_in };

struct GroupProfile {
  std::string name;           ///< 1 to 255 characters
  std::string description{};  ///< to 1024
  bool operator==(const GroupProfile&) const = default;
};

/// Why a user is a member: never for no reason at all.
struct Membership {
  bool by_hand = false;
  std::set<RuleId> by_rules{};
};

struct Group {
  GroupId id;
  GroupType type = GroupType::okta_group;
  GroupProfile profile;
  base::Instant created{};
  base::Instant last_updated{};
  base::Instant last_membership_updated{};
  AppId source{};  ///< of an APP_GROUP
  std::map<UserId, Membership> members{};

  [[nodiscard]] bool has(const UserId& user) const { return members.contains(user); }
};

}  // namespace fakes::okta
