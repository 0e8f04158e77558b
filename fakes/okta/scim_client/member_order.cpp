#include "fakes/okta/scim_client/member_order.h"

#include <algorithm>

namespace fakes::okta::scim_client {

const std::vector<UserId>& MemberOrder::of(const GroupId& group, const ChangeFeed& feed) {
  for (const auto& entry : feed.after(read_)) {
    read_ = entry.sequence;
    auto& members = members_[entry.group];
    if (entry.what == Change::member_added && std::ranges::count(members, entry.user) == 0) members.push_back(entry.user);
    if (entry.what == Change::member_removed) std::erase(members, entry.user);
  }
  return members_[group];
}

}  // namespace fakes::okta::scim_client
