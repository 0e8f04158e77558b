// An Okta org as its admins see it: users with their lifecycle, their passwords, and who is assigned to the SCIM
// application. What an admin does queues the pushes that follow from it; the SCIM client sends them.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/wait.h"

namespace fakes::okta {

/// `00u` and 17 characters. [Okta provisioning-clients 5.1-10]
using UserId = base::Id<struct UserTag>;

/// The part of Okta's states that provisioning depends on. [Okta provisioning-clients 5.3-11]
enum class UserStatus { staged, provisioned, active, suspended, deprovisioned };

/// The profile attributes that the application's mapping uses. [Okta provisioning-clients 5.2-09]
struct Profile {
  std::string login;  ///< an e-mail address, unique without regard to case
  std::string email;
  std::string first_name;
  std::string last_name;
  std::string display_name{};
  std::string title{};
  std::string department{};
  std::string cost_center{};
  std::string employee_number{};

  bool operator==(const Profile&) const = default;
};

struct User {
  UserId id;
  Profile profile;
  UserStatus status = UserStatus::staged;
  std::optional<base::Secret> password{};
  bool assigned = false;  ///< to the application
};

/// One thing that the application has to be told. [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.6-04]
struct Push {
  enum class Kind { create, update, password, deactivate };
  Kind kind = Kind::create;
  UserId user;
};

class Org {
 public:
  Org(base::Scheduler& scheduler, base::Rng rng) : rng_(rng), queued_(scheduler) {}

  /// With a password and `activate` the user is active at once; without a password provisioned; not activated, staged.
  /// [Okta provisioning-clients 5.2-02] An error where the login is no e-mail address or is taken.
  base::Result<UserId> create_user(Profile profile, std::optional<base::Secret> password, bool activate);
  base::Result<void> update_user(const UserId& id, Profile profile);
  /// An admin or the user sets a password; it makes a provisioned user active.
  base::Result<void> set_password(const UserId& id, base::Secret password);
  base::Result<void> activate(const UserId& id);
  /// Removes the assignment; the user and its data stay. [Okta provisioning-clients 4.5-08]
  base::Result<void> deactivate(const UserId& id);
  /// Sends nothing to the application. [Okta provisioning-clients 4.5-04]
  base::Result<void> suspend(const UserId& id);
  base::Result<void> unsuspend(const UserId& id);
  /// Deactivates a user who is not, and deletes one who is. [Okta provisioning-clients 5.3-08]
  base::Result<void> remove(const UserId& id);
  base::Result<void> assign(const UserId& id);
  base::Result<void> unassign(const UserId& id);

  [[nodiscard]] const User* find(const UserId& id) const;

  /// The oldest push that waits, which stays until it is done: a crash between repeats it.
  [[nodiscard]] std::optional<Push> next_push() const;
  void push_done() { pushes_.pop_front(); }
  void queue(Push push);
  /// Notified when a push is queued.
  [[nodiscard]] base::Event& queued() { return queued_; }

 private:
  base::Result<User*> living(const UserId& id);

  base::Rng rng_;
  base::Event queued_;
  std::map<UserId, User> users_;
  std::deque<Push> pushes_;
};

}  // namespace fakes::okta
