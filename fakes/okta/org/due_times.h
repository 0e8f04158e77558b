// Whose transition or lock ends when: one instant a user, and the earliest of all is at hand.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

class DueTimes {
 public:
  void set(const UserId& user, base::Instant at) {
    erase(user);
    by_user_.emplace(user, at);
    in_order_.emplace(at, user);
  }
  void erase(const UserId& user) {
    const auto known = by_user_.find(user);
    if (known == by_user_.end()) return;
    in_order_.erase({known->second, user});
    by_user_.erase(known);
  }
  /// Of several at one instant the one with the least id.
  [[nodiscard]] std::optional<std::pair<base::Instant, UserId>> first() const {
    return in_order_.empty() ? std::nullopt : std::optional(*in_order_.begin());
  }

 private:
  std::map<UserId, base::Instant> by_user_;
  std::set<std::pair<base::Instant, UserId>> in_order_;
};

}  // namespace fakes::okta
