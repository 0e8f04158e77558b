#include "fakes/okta/scim_client/importer.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/scim_client/mapping.h"
#include "fakes/okta/scim_client/requests.h"

namespace fakes::okta::scim_client {
namespace {

std::map<std::string, Account> accounts_in(const PagedReading& reading) {
  std::map<std::string, Account> out;
  for (const auto& [id, resource] : reading.resources()) out.emplace(id, account_of(resource));
  return out;
}

std::map<std::string, base::JsonObject> active_in(const PagedReading& reading) {
  std::map<std::string, base::JsonObject> out;
  for (const auto& [id, resource] : reading.resources()) {
    if (account_of(resource).active) out.emplace(id, resource);
  }
  return out;
}

/// The attributes of Okta's profile that an account fills.
Profile profile_of(const Account& account) {
  Profile profile;
  const auto put = [&](const char* attribute, const std::string& value) {
    if (!value.empty()) profile[attribute] = value;
  };
  put("login", account.user_name.contains('@') ? account.user_name : account.email);
  put("email", account.email);
  put("firstName", account.given_name);
  put("lastName", account.family_name);
  put("displayName", account.display_name);
  return profile;
}

}  // namespace

base::Task<ImportResult> Importer::run() {
  ImportResult result;
  result.at = org_->now();
  const auto* app = org_->find(settings_->app);
  if (app == nullptr || !app->provisions()) {
    result.problem = "provisioning is not enabled";
    co_return result;
  }
  org_->record(EventType::import_start, Actor::system(), {Org::target_of(*app)});
  Reading reading;
  result.problem = co_await read_all(&reading);
  if (!result.problem) take_over(reading, result);
  app = org_->find(settings_->app);
  if (app == nullptr) co_return result;
  const LogOutcome outcome{result.problem ? LogResult::failure : LogResult::success, result.problem.value_or("")};
  org_->record(result.held_back ? EventType::import_roadblock : EventType::import_complete, Actor::system(), {Org::target_of(*app)}, outcome);
  co_return result;
}

base::Task<std::optional<std::string>> Importer::read_all(Reading* reading) {
  if (settings_->import_schema) {
    // [Okta provisioning-clients 4.1-10] Assumed: in the order in which entitlements are discovered.
    const auto types = co_await caller_->call("GET", "/ResourceTypes");
    if (auto failure = failure_of(types)) co_return failure->detail;
    const auto schemas = co_await caller_->call("GET", "/Schemas");
    if (auto failure = failure_of(schemas)) co_return failure->detail;
  }
  auto problem = co_await read(Collection::users, &reading->users);
  if (problem || !settings_->import_groups) co_return problem;
  problem = co_await read(Collection::groups, &reading->groups);
  co_return problem;
}

base::Task<std::optional<std::string>> Importer::read(Collection collection, PagedReading* reading) {
  for (;;) {
    const auto path = page_path(collection, reading->start());
    const auto answer = co_await caller_->call("GET", path);
    auto page = page_of(answer);
    if (!page) co_return page.error().detail;
    const auto more = reading->take(*std::move(page));
    if (!more) co_return more.error().detail;
    if (!*more) co_return std::nullopt;
  }
}

std::vector<const AppUser*> Importer::linked() const {
  std::vector<const AppUser*> out;
  const auto* app = org_->find(settings_->app);
  if (app == nullptr) return out;
  for (const auto& [id, user] : app->users) {
    if (app->assignment_of(id) != nullptr && !user.external_id.empty()) out.push_back(&user);
  }
  return out;
}

/// Per app and per org. [Okta provisioning-clients 4.7-08]
bool Importer::removes_too_many(std::size_t gone) const {
  std::int64_t of_org = 0;
  std::int64_t of_app = 0;
  for (const auto& [id, app] : org_->apps()) {
    const auto assigned = std::ranges::count_if(app.users, [&](const auto& entry) { return app.assignment_of(entry.first) != nullptr; });
    of_org += assigned;
    if (id == settings_->app) of_app = assigned;
  }
  const auto removed = static_cast<std::int64_t>(gone);
  return exceeds(removed, of_app, settings_->safeguard.of_app) || exceeds(removed, of_org, settings_->safeguard.of_org);
}

void Importer::take_over(const Reading& reading, ImportResult& result) {
  const auto accounts = accounts_in(reading.users);
  const auto users = snapshot_of(active_in(reading.users));  // [Okta provisioning-clients 4.7-06]
  const auto groups = snapshot_of(reading.groups.resources());
  auto before = last_users_;
  std::vector<const AppUser*> gone;
  for (const auto* user : linked()) {
    // Assumed: whom Okta has pushed is not new to it.
    const auto read = users.find(user->external_id);
    if (read != users.end()) before.try_emplace(read->first, read->second);
    if (!accounts.contains(user->external_id)) gone.push_back(user);
  }
  for (const auto* one : {&reading.users, &reading.groups}) result.findings.insert(result.findings.end(), one->findings().begin(), one->findings().end());
  result.users = counts_between(before, users);
  result.groups = counts_between(last_groups_, groups);
  if (removes_too_many(gone.size())) {
    result.held_back = true;
    result.problem = fmt::format("{} assignments would be removed, which the safeguard does not let happen", gone.size());
    return;
  }
  last_users_ = users;
  last_groups_ = groups;
  remove_gone(gone);
  follow_source(accounts);
  offer(accounts);
}

void Importer::remove_gone(const std::vector<const AppUser*>& gone) {
  for (const auto* user : gone) {
    const auto id = user->user;
    const auto external_id = user->external_id;
    // Assumed: who is assigned by groups stays so; only leaving them ends that.
    if (org_->unassign(settings_->app, id, Actor::system())) ended_.insert(external_id);
  }
}

/// The app is the source of profiles: it says what they hold, and who is inactive there is deactivated.
/// [Okta provisioning-clients 4.12-07]
void Importer::follow_source(const std::map<std::string, Account>& accounts) {
  const auto* app = org_->find(settings_->app);
  if (!app->provisioning.profile_source) return;
  for (const auto* linked_user : linked()) {
    const auto account = accounts.find(linked_user->external_id);
    if (account == accounts.end()) continue;
    const auto user = linked_user->user;
    if (!account->second.active) {
      ended_.insert(account->first);
      (void)org_->deactivate(user, Actor::system());
      continue;
    }
    UserUpdate update;
    for (auto& [attribute, value] : profile_of(account->second)) update.profile.emplace(attribute, value);
    if (org_->update_user(user, update, Actor::system())) users_->know(user, attributes_of(*org_, *app, *app->assignment_of(user), *settings_));
  }
}

void Importer::offer(const std::map<std::string, Account>& accounts) {
  waiting_.clear();
  std::set<std::string> known;
  for (const auto* user : linked()) known.insert(user->external_id);
  for (const auto& [id, account] : accounts) {
    if (account.active && !known.contains(id)) waiting_.push_back({account, match_of(account)});
  }
}

UserId Importer::match_of(const Account& account) const {
  const auto* user = org_->find_by_login(account.user_name);
  if (user == nullptr) user = org_->find_by_login(account.email);
  return user == nullptr ? UserId{} : user->id;
}

base::Result<UserId> Importer::confirm(const std::string& account_id) {
  const auto found = std::ranges::find(waiting_, account_id, [](const ImportedUser& imported) { return imported.account.id; });
  if (found == waiting_.end()) return base::fail("there is no account to confirm");
  auto user = found->match;
  if (user.empty()) {
    fakes::okta::NewUser wanted;
    wanted.profile = profile_of(found->account);
    const auto made = org_->create_user(wanted, Actor::system());
    if (!made) return base::fail(sentence_of(made.error()));
    user = *made;
  }
  const auto assigned = org_->assign(settings_->app, user, {}, Actor::system());
  if (!assigned) return base::fail(sentence_of(assigned.error()));
  org_->sync_succeeded(settings_->app, user, account_id);
  const auto* app = org_->find(settings_->app);
  users_->know(user, attributes_of(*org_, *app, *app->assignment_of(user), *settings_));
  assigned_.insert(user);
  waiting_.erase(found);
  return user;
}

}  // namespace fakes::okta::scim_client
