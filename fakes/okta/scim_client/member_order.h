// In which order users joined the org's groups: groups list them by id, and a push names them as they came.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "fakes/okta/org/change_feed.h"

namespace fakes::okta::scim_client {

class MemberOrder {
 public:
  /// Members of the group, the first to join first.
  [[nodiscard]] const std::vector<UserId>& of(const GroupId& group, const ChangeFeed& feed);

 private:
  std::uint64_t read_ = 0;
  std::map<GroupId, std::vector<UserId>> members_;
};

}  // namespace fakes::okta::scim_client
