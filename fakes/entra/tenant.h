// The users of an Entra tenant and their assignment to the provisioning application. Every change counts a
// sequence up; the provisioning service's watermark is a value of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "base/rng.h"

namespace fakes::entra {

using ObjectId = base::Id<struct ObjectTag>;

/// What an admin enters; empty means not set.
struct Profile {
  std::string user_principal_name;
  std::string mail_nickname;
  std::string display_name;
  std::string given_name;
  std::string surname;
  std::string mail;
  std::string job_title;
  std::string department;
  std::string employee_id;

  bool operator==(const Profile&) const = default;
};

struct User {
  ObjectId id;
  Profile profile;
  bool account_enabled = true;
  bool assigned = false;
  std::optional<base::Instant> soft_deleted{};
  std::uint64_t changed = 0;  ///< sequence of the last change

  /// What the mapping calls IsSoftDeleted. [Entra provisioning-clients 2.9-03]
  [[nodiscard]] bool is_soft_deleted() const { return soft_deleted || !account_enabled || !assigned; }
};

/// The default retention of soft-deleted users. [Entra provisioning-clients 2.12-07]
inline constexpr base::Duration soft_delete_retention = std::chrono::days{30};

class Tenant {
 public:
  Tenant(base::Clock& clock, base::Rng rng) : clock_(&clock), rng_(rng) {}

  /// An error where the user principal name is taken; a missing mail nickname becomes the name's local part.
  base::Result<ObjectId> create_user(Profile profile, bool assigned);
  base::Result<void> update_user(const ObjectId& id, Profile profile);
  base::Result<void> set_account_enabled(const ObjectId& id, bool enabled);
  base::Result<void> set_assigned(const ObjectId& id, bool assigned);
  base::Result<void> soft_delete(const ObjectId& id);
  base::Result<void> restore(const ObjectId& id);
  /// Removes for good; what Entra does by itself after the retention.
  base::Result<void> hard_delete(const ObjectId& id);
  /// Hard-deletes what has been soft-deleted for longer than the retention.
  void purge();

  [[nodiscard]] const User* find(const ObjectId& id) const;
  [[nodiscard]] const User* find_by_upn(std::string_view user_principal_name) const;
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  /// Users changed after `watermark`, in order of change.
  [[nodiscard]] std::vector<User> changed_since(std::uint64_t watermark) const;
  /// Ids that were hard-deleted after `watermark`, in order.
  [[nodiscard]] std::vector<ObjectId> removed_since(std::uint64_t watermark) const;

 private:
  base::Result<User*> living(const ObjectId& id);
  void touch(User& user) { user.changed = ++sequence_; }

  base::Clock* clock_;
  base::Rng rng_;
  std::map<ObjectId, User> users_;
  std::map<std::uint64_t, ObjectId> removed_;
  std::uint64_t sequence_ = 0;
};

}  // namespace fakes::entra
