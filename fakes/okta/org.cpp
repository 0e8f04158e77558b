#include "fakes/okta/org.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace fakes::okta {
namespace {

base::Error wrong_status(std::string_view action) {
  return base::Error{fmt::format("E0000038: the user's status does not allow {}", action)};
}

bool is_address(std::string_view login) {
  const auto at = login.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < login.size();
}

}  // namespace

base::Result<UserId> Org::create_user(Profile profile, std::optional<base::Secret> password, bool activate) {
  if (!is_address(profile.login)) return base::fail("E0000001: the login is not an e-mail address");
  for (const auto& [id, user] : users_) {
    if (base::equals_ignoring_case(user.profile.login, profile.login)) {
      return base::fail("E0000001: login: an object with this field already exists in the organisation");
    }
  }
  const UserId id{"00u" + rng_.hex(9).substr(0, 17)};
  User user{id, std::move(profile)};
  if (activate) user.status = password ? UserStatus::active : UserStatus::provisioned;
  user.password = std::move(password);
  users_.emplace(id, std::move(user));
  return id;
}

base::Result<User*> Org::living(const UserId& id) {
  const auto found = users_.find(id);
  if (found == users_.end()) return base::fail("E0000007: the user does not exist");
  return &found->second;
}

base::Result<void> Org::update_user(const UserId& id, Profile profile) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->profile == profile) return {};
  (*user)->profile = std::move(profile);
  if ((*user)->assigned) queue({Push::Kind::update, id});
  return {};
}

base::Result<void> Org::set_password(const UserId& id, base::Secret password) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status == UserStatus::deprovisioned) return std::unexpected(wrong_status("a new password"));
  (*user)->password = std::move(password);
  if ((*user)->status == UserStatus::provisioned) (*user)->status = UserStatus::active;
  if ((*user)->assigned) queue({Push::Kind::password, id});
  return {};
}

base::Result<void> Org::activate(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  auto& status = (*user)->status;
  if (status == UserStatus::deprovisioned) {
    status = UserStatus::provisioned;  // [Okta provisioning-clients 5.3-12]
  } else if (status == UserStatus::staged) {
    status = (*user)->password ? UserStatus::active : UserStatus::provisioned;
  } else {
    return base::fail("E0000016: the user is active already");
  }
  return {};
}

base::Result<void> Org::deactivate(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status == UserStatus::deprovisioned) return std::unexpected(wrong_status("a deactivation"));
  (*user)->status = UserStatus::deprovisioned;
  if (std::exchange((*user)->assigned, false)) queue({Push::Kind::deactivate, id});
  return {};
}

base::Result<void> Org::suspend(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status != UserStatus::active) return base::fail("E0000001: only an active user can be suspended");
  (*user)->status = UserStatus::suspended;
  return {};
}

base::Result<void> Org::unsuspend(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status != UserStatus::suspended) return base::fail("E0000001: the user is not suspended");
  (*user)->status = UserStatus::active;
  return {};
}

base::Result<void> Org::remove(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status != UserStatus::deprovisioned) return deactivate(id);
  users_.erase(id);
  return {};
}

base::Result<void> Org::assign(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->status == UserStatus::deprovisioned) return base::fail("E0000117: the user is inactive");
  if ((*user)->assigned) return base::fail("E0000062: the user is assigned already");
  (*user)->assigned = true;
  queue({Push::Kind::create, id});
  return {};
}

base::Result<void> Org::unassign(const UserId& id) {
  auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if (!(*user)->assigned) return base::fail("E0000007: the user is not assigned");
  (*user)->assigned = false;
  queue({Push::Kind::deactivate, id});
  return {};
}

const User* Org::find(const UserId& id) const {
  const auto found = users_.find(id);
  return found == users_.end() ? nullptr : &found->second;
}

std::optional<Push> Org::next_push() const {
  if (pushes_.empty()) return std::nullopt;
  return pushes_.front();
}

void Org::queue(Push push) {
  pushes_.push_back(std::move(push));
  queued_.notify_all();
}

}  // namespace fakes::okta
