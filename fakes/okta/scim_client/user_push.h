// What one app is told of one user: created or linked, updated, given a password, deactivated. Users are never deleted.
// [Okta provisioning-clients 4.3-04] [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.5-06]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/rng.h"
#include "base/secret.h"
#include "base/task.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/answers.h"
#include "fakes/okta/scim_client/attributes.h"
#include "fakes/okta/scim_client/caller.h"
#include "fakes/okta/scim_client/settings.h"
#include "fakes/okta/scim_client/user_bodies.h"

namespace fakes::okta::scim_client {

struct UserWork {
  enum class Kind : std::uint8_t { provision, update, password, deactivate };
  Kind kind = Kind::provision;
  UserId user;
  std::string external_id{};  ///< of who is no longer assigned

  bool operator==(const UserWork&) const = default;
};

/// What became of it.
struct UserPushed {
  std::string action{};  ///< empty where there was nothing to send
  std::optional<Failure> failure{};
};

class UserPush {
 public:
  /// All outlive it.
  UserPush(Org& org, Caller& caller, base::SecretWitness& witness, base::Rng rng, const Settings& settings)
      : org_(&org), caller_(&caller), witness_(&witness), rng_(rng), settings_(&settings) {}

  base::Task<UserPushed> perform(UserWork work);

  /// Whose account was there before Okta, and is known from an import: nobody looks it up.
  void know(const UserId& user, Attributes attributes) { pushed_[user] = std::move(attributes); }

 private:
  base::Task<UserPushed> provision(UserId user);
  base::Task<std::optional<Failure>> create(UserId user, Attributes attributes);
  base::Task<std::optional<Failure>> link(UserId user, Attributes attributes, base::JsonObject hit);
  base::Task<std::optional<Failure>> push_profile(UserId user, std::string external_id, Attributes attributes, UserChange changes);
  base::Task<UserPushed> update(UserId user);
  base::Task<UserPushed> push_password(UserId user);
  base::Task<UserPushed> deactivate(UserId user, std::string external_id);
  /// Reads, then writes: by a replacement, or where the template has it so by a PATCH. [Okta provisioning-clients 4.4-01]
  base::Task<std::optional<Failure>> change(std::string external_id, UserChange changes, bool by_patch);

  [[nodiscard]] const App* app() const { return org_->find(settings_->app); }
  [[nodiscard]] bool patches() const;
  [[nodiscard]] ProvisioningSettings provisioning() const;
  [[nodiscard]] bool seeds_own_password() const;
  [[nodiscard]] base::Secret seed_password(const UserId& user);
  [[nodiscard]] std::optional<base::Secret> own_password(const UserId& user) const;

  Org* org_;
  Caller* caller_;
  base::SecretWitness* witness_;
  base::Rng rng_;
  const Settings* settings_;
  std::map<UserId, Attributes> pushed_;  ///< as the app was last told
};

}  // namespace fakes::okta::scim_client
