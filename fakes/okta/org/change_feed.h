// What has happened in the org, in order, for those who act on it. Each reads from a cursor of its own, the sequence of the last entry
// that it has dealt with: an entry says what changed and in whom, the state itself is read from the org when it is acted on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

enum class Change : std::uint8_t {
  user_created,
  user_updated,      ///< the profile
  user_activated,    ///< from STAGED or DEPROVISIONED
  user_deactivated,
  user_suspended,
  user_unsuspended,
  user_status,       ///< any other change of it
  user_deleted,
  password_set,      ///< there is a new password, whoever set it
  signed_in,         ///< with the clear text of the password [Okta provisioning-clients 4.6-04]
  sessions_cleared,
  group_created,
  group_updated,
  group_deleted,
  member_added,
  member_removed,
  app_created,
  app_updated,       ///< its settings, connection or status
  app_deleted,
  app_user_assigned,
  app_user_updated,    ///< the app profile or the scope, by an admin
  app_user_unassigned,
  app_user_retried,    ///< an admin's Retry [Okta provisioning-clients 4.9-04]
  group_assigned,
  group_unassigned,
  mapping_created,
  mapping_activated,
  mapping_deactivated,
  mapping_pushed_now,  ///< an admin's Push Now [Okta provisioning-clients 4.8-07]
  mapping_left,        ///< unlinked; the app's group stays
  mapping_removed      ///< unlinked; the app's group is to go
};

struct ChangeEntry {
  std::uint64_t sequence = 0;
  base::Instant at{};
  Change what = Change::user_created;
  UserId user{};
  GroupId group{};
  AppId app{};
  MappingId mapping{};
  std::string external_id{};  ///< the app's id of what is unassigned or unlinked
};

class ChangeFeed {
 public:
  /// The sequence of the newest entry; 0: none.
  [[nodiscard]] std::uint64_t last() const { return entries_.size(); }
  /// What a reader with this cursor has not seen.
  [[nodiscard]] std::span<const ChangeEntry> after(std::uint64_t cursor) const {
    const auto all = std::span(entries_);
    return cursor >= all.size() ? std::span<const ChangeEntry>{} : all.subspan(cursor);
  }

  void append(ChangeEntry entry) {
    entry.sequence = entries_.size() + 1;
    entries_.push_back(std::move(entry));
    for (const auto& [key, listener] : listeners_) listener();
  }

  /// Called after each entry, from within the change: a listener wakes somebody and changes nothing itself.
  std::size_t listen(std::function<void()> listener) {
    listeners_.emplace(++last_listener_, std::move(listener));
    return last_listener_;
  }
  void unlisten(std::size_t listener) { listeners_.erase(listener); }

 private:
  std::vector<ChangeEntry> entries_;
  std::map<std::size_t, std::function<void()>> listeners_;
  std::size_t last_listener_ = 0;
};

}  // namespace fakes::okta
