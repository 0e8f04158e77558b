#include "fakes/entra/tenant.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace fakes::entra {
namespace {

/// 8-4-4-4-12 hexadecimal digits.
std::string make_guid(base::Rng& rng) {
  const auto digits = rng.hex(16);
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

}  // namespace

base::Result<ObjectId> Tenant::create_user(Profile profile, bool assigned) {
  if (profile.user_principal_name.find('@') == std::string::npos) {
    return base::fail(fmt::format("'{}' is no user principal name", profile.user_principal_name));
  }
  if (find_by_upn(profile.user_principal_name) != nullptr) {
    return base::fail(fmt::format("another object has the user principal name '{}'", profile.user_principal_name));
  }
  if (profile.mail_nickname.empty()) {
    profile.mail_nickname = profile.user_principal_name.substr(0, profile.user_principal_name.find('@'));
  }
  User user;
  user.id = ObjectId{make_guid(rng_)};
  user.profile = std::move(profile);
  user.assigned = assigned;
  touch(user);
  const auto id = user.id;
  users_.emplace(id, std::move(user));
  return id;
}

base::Result<User*> Tenant::living(const ObjectId& id) {
  const auto found = users_.find(id);
  if (found == users_.end()) return base::fail(fmt::format("there is no user {}", id.text()));
  return &found->second;
}

base::Result<void> Tenant::update_user(const ObjectId& id, Profile profile) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  const auto* holder = find_by_upn(profile.user_principal_name);
  if (holder != nullptr && holder->id != id) {
    return base::fail(fmt::format("another object has the user principal name '{}'", profile.user_principal_name));
  }
  if ((*user)->profile == profile) return {};
  (*user)->profile = std::move(profile);
  touch(**user);
  return {};
}

base::Result<void> Tenant::set_account_enabled(const ObjectId& id, bool enabled) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->account_enabled == enabled) return {};
  (*user)->account_enabled = enabled;
  touch(**user);
  return {};
}

base::Result<void> Tenant::set_assigned(const ObjectId& id, bool assigned) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->assigned == assigned) return {};
  (*user)->assigned = assigned;
  touch(**user);
  return {};
}

base::Result<void> Tenant::soft_delete(const ObjectId& id) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->soft_deleted) return base::fail("the user is deleted already");
  (*user)->soft_deleted = clock_->now();
  touch(**user);
  return {};
}

base::Result<void> Tenant::restore(const ObjectId& id) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  if (!(*user)->soft_deleted) return base::fail("the user is not deleted");
  (*user)->soft_deleted.reset();
  touch(**user);
  return {};
}

base::Result<void> Tenant::hard_delete(const ObjectId& id) {
  const auto user = living(id);
  if (!user) return std::unexpected(user.error());
  // A user unassigned before is out of scope, and the provisioning service never hears of its end.
  // [Entra provisioning-clients 2.9-06]
  const bool in_scope = (*user)->assigned;
  users_.erase(id);
  ++sequence_;
  if (in_scope) removed_.emplace(sequence_, id);
  return {};
}

void Tenant::purge() {
  std::vector<ObjectId> due;
  for (const auto& [id, user] : users_) {
    if (user.soft_deleted && clock_->now() - *user.soft_deleted >= soft_delete_retention) due.push_back(id);
  }
  for (const auto& id : due) static_cast<void>(hard_delete(id));
}

const User* Tenant::find(const ObjectId& id) const {
  const auto found = users_.find(id);
  return found == users_.end() ? nullptr : &found->second;
}

const User* Tenant::find_by_upn(std::string_view user_principal_name) const {
  for (const auto& [id, user] : users_) {
    if (base::equals_ignoring_case(user.profile.user_principal_name, user_principal_name)) return &user;
  }
  return nullptr;
}

std::vector<User> Tenant::changed_since(std::uint64_t watermark) const {
  std::vector<User> changed;
  for (const auto& [id, user] : users_) {
    if (user.changed > watermark) changed.push_back(user);
  }
  std::ranges::sort(changed, {}, &User::changed);
  return changed;
}

std::vector<ObjectId> Tenant::removed_since(std::uint64_t watermark) const {
  std::vector<ObjectId> out;
  for (auto at = removed_.upper_bound(watermark); at != removed_.end(); ++at) out.push_back(at->second);
  return out;
}

}  // namespace fakes::entra
