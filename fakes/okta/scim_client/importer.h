// An import: reads what is in the app, and takes over what an admin or the app's role as the source of profiles lets it.
// [Okta provisioning-clients 4.7-01] to [Okta provisioning-clients 4.7-09] [Okta provisioning-clients 4.12-07]
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/caller.h"
#include "fakes/okta/scim_client/import.h"
#include "fakes/okta/scim_client/settings.h"
#include "fakes/okta/scim_client/user_push.h"

namespace fakes::okta::scim_client {

/// An account that no user of Okta's has, and that waits for an admin to confirm it.
struct ImportedUser {
  Account account;
  UserId match{};  ///< who has that login or e-mail address; empty: nobody
};

class Importer {
 public:
  /// All outlive it.
  Importer(Org& org, Caller& caller, UserPush& users, const Settings& settings)
      : org_(&org), caller_(&caller), users_(&users), settings_(&settings) {}

  base::Task<ImportResult> run();
  [[nodiscard]] const std::vector<ImportedUser>& waiting() const { return waiting_; }
  /// Makes a user of an account, or takes the match, and assigns it: nobody is looked up for it.
  base::Result<UserId> confirm(const std::string& account_id);

  /// Whether the assignment came from here, so that nothing is to be sent; true once.
  bool made_assignment(const UserId& user) { return assigned_.erase(user) > 0; }
  /// Whether the unassignment came from here.
  bool ended_assignment(const std::string& external_id) { return ended_.erase(external_id) > 0; }

 private:
  struct Reading {
    PagedReading users;
    PagedReading groups;
  };
  base::Task<std::optional<std::string>> read_all(Reading* reading);
  base::Task<std::optional<std::string>> read(Collection collection, PagedReading* reading);
  void take_over(const Reading& reading, ImportResult& result);
  void remove_gone(const std::vector<const AppUser*>& gone);
  void follow_source(const std::map<std::string, Account>& accounts);
  void offer(const std::map<std::string, Account>& accounts);
  [[nodiscard]] std::vector<const AppUser*> linked() const;
  [[nodiscard]] bool removes_too_many(std::size_t gone) const;
  [[nodiscard]] UserId match_of(const Account& account) const;

  Org* org_;
  Caller* caller_;
  UserPush* users_;
  const Settings* settings_;
  Snapshot last_users_;
  Snapshot last_groups_;
  std::vector<ImportedUser> waiting_;
  std::set<UserId> assigned_;
  std::set<std::string> ended_;
};

}  // namespace fakes::okta::scim_client
