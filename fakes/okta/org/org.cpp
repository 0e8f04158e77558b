#include "fakes/okta/org/org.h"

#include <algorithm>

namespace fakes::okta {

Org::Org(base::Clock& clock, base::Rng rng, OrgOptions options, base::SecretWitness* witness)
    : clock_(&clock), rng_(rng), options_(std::move(options)), witness_(witness), log_(rng.fork("system log")) {
  user_type_ = draw_id("oty");
  everyone_ = GroupId{draw_id("00g")};
  Group group{.id = everyone_, .type = GroupType::built_in, .profile = {"Everyone", "All users in your organization"}};
  group.created = group.last_updated = group.last_membership_updated = now();
  groups_.emplace(everyone_, std::move(group));
}

std::string Org::draw_id(std::string_view prefix) {
  constexpr std::size_t length = 20;  // [Okta provisioning-clients 5.1-10]
  auto id = std::string(prefix) + rng_.hex(length / 2);
  id.resize(length);
  return id;
}

void Org::witness(const base::Secret& secret) const {
  if (witness_ != nullptr && !secret.empty()) witness_->witness(secret);
}

void Org::witness(const App& app) const {
  witness(app.connection.token);
  if (app.oidc) witness(app.oidc->client_secret);
}

void Org::changed(Change what, const User& user) { changed({.what = what, .user = user.id}); }

void Org::changed(ChangeEntry entry) {
  entry.at = now();
  changes_.append(std::move(entry));
}

const LogEvent& Org::record(EventType type, const Actor& actor, std::vector<LogTarget> targets, LogOutcome outcome,
                            std::map<std::string, std::string> debug_data) {
  return log_.write(now(), type, actor, std::move(targets), std::move(outcome), std::move(debug_data));
}

LogTarget Org::target_of(const User& user) { return {user.id.text(), "User", user.login(), display_name_of(user.profile)}; }
LogTarget Org::target_of(const Group& group) { return {group.id.text(), "UserGroup", "unknown", group.profile.name}; }
LogTarget Org::target_of(const App& app) { return {app.id.text(), "AppInstance", app.label, app.label}; }
LogTarget Org::target_of(const AppUser& user) { return {user.user.text(), "AppUser", user.user_name, user.user_name}; }

const User* Org::find(const UserId& id) const {
  const auto found = users_.find(id);
  return found == users_.end() ? nullptr : &found->second;
}

const Group* Org::find(const GroupId& id) const {
  const auto found = groups_.find(id);
  return found == groups_.end() ? nullptr : &found->second;
}

const GroupRule* Org::find(const RuleId& id) const {
  const auto found = rules_.find(id);
  return found == rules_.end() ? nullptr : &found->second;
}

const App* Org::find(const AppId& id) const {
  const auto found = apps_.find(id);
  return found == apps_.end() ? nullptr : &found->second;
}

const AppUser* Org::find(const AppId& app, const UserId& user) const {
  const auto* found = find(app);
  if (found == nullptr) return nullptr;
  const auto of_user = found->users.find(user);
  return of_user == found->users.end() ? nullptr : &of_user->second;
}

const App* Org::find_client(std::string_view client_id) const {
  const auto found = std::ranges::find_if(apps_, [&](const auto& entry) { return entry.second.oidc && entry.second.oidc->client_id == client_id; });
  return found == apps_.end() ? nullptr : &found->second;
}

const User* Org::find_by_login(std::string_view login) const {
  const auto found = logins_.find(folded(login));
  return found == logins_.end() ? nullptr : find(found->second);
}

std::set<UserId> Org::find_by_email(std::string_view email) const {
  const auto found = emails_.find(folded(email));
  return found == emails_.end() ? std::set<UserId>{} : found->second;
}

void Org::enter_names(const User& user) {
  logins_.emplace(folded(user.login()), user.id);
  emails_[folded(value_or_empty(user.profile, "email"))].insert(user.id);
}

void Org::strike_names(const User& user) {
  logins_.erase(folded(user.login()));
  const auto sharers = emails_.find(folded(value_or_empty(user.profile, "email")));
  sharers->second.erase(user.id);
  if (sharers->second.empty()) emails_.erase(sharers);
}

const User* Org::find_user(std::string_view id_or_login) const {
  if (const auto* user = find(UserId{std::string(id_or_login)})) return user;
  if (const auto* user = find_by_login(id_or_login)) return user;
  if (id_or_login.empty() || id_or_login.contains('@')) return nullptr;
  // [Okta provisioning-clients 5.2-12]
  const auto beginning = folded(id_or_login) + "@";
  const auto first = logins_.lower_bound(beginning);
  if (first == logins_.end() || !first->first.starts_with(beginning)) return nullptr;
  const auto second = std::next(first);
  if (second != logins_.end() && second->first.starts_with(beginning)) return nullptr;
  return find(first->second);
}

std::vector<GroupId> Org::groups_of(const UserId& id) const {
  const auto found = member_of_.find(id);
  return found == member_of_.end() ? std::vector<GroupId>{} : std::vector<GroupId>(found->second.begin(), found->second.end());
}

Outcome<User*> Org::user_of(const UserId& id) {
  settle();
  const auto found = users_.find(id);
  if (found == users_.end()) return refuse(ErrorCode::not_found, id.text() + " (User)");
  return &found->second;
}

Outcome<User*> Org::user_for(const UserId& id, Operation operation) {
  auto user = user_of(id);
  if (!user) return user;
  if ((*user)->transitioning_to) return refuse(ErrorCode::still_in_transition, "status");  // [Okta provisioning-clients 5.2-04]
  const auto step = step_of((*user)->status, operation);
  if (const auto* code = std::get_if<ErrorCode>(&step)) return refuse(*code, std::string(name_of(operation)));
  return user;
}

Outcome<Group*> Org::group_of(const GroupId& id) {
  settle();
  const auto found = groups_.find(id);
  if (found == groups_.end()) return refuse(ErrorCode::not_found, id.text() + " (UserGroup)");
  return &found->second;
}

Outcome<GroupRule*> Org::rule_of(const RuleId& id) {
  settle();
  const auto found = rules_.find(id);
  if (found == rules_.end()) return refuse(ErrorCode::not_found, id.text() + " (GroupRule)");
  return &found->second;
}

Outcome<App*> Org::app_of(const AppId& id) {
  settle();
  const auto found = apps_.find(id);
  if (found == apps_.end()) return refuse(ErrorCode::not_found, id.text() + " (AppInstance)");
  return &found->second;
}

}  // namespace fakes::okta
