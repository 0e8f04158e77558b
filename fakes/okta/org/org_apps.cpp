// Applications, who is assigned to them, and which groups are pushed. [Okta provisioning-clients 5.5-01] to [Okta provisioning-clients 5.5-07]
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fakes/okta/org/org.h"

namespace fakes::okta {
namespace {

constexpr std::size_t longest_label = 100;

/// The user's attribute that an app profile's attribute is filled from; empty where an admin fills it.
std::string_view mapped_from(std::string_view attribute) {
  if (attribute == "givenName") return "firstName";
  if (attribute == "familyName") return "lastName";
  const auto own = default_attributes();
  const auto found = std::ranges::find(own, attribute);
  return found == own.end() ? std::string_view{} : *found;
}

Outcome<void> check_oidc(const OidcClient& client) {
  constexpr std::array<std::string_view, 3> methods{"client_secret_basic", "client_secret_post", "none"};
  if (std::ranges::count(methods, client.auth_method) == 0) return invalid_field("token_endpoint_auth_method", "The value is not supported");
  const bool redirects = client.grant_types.contains("authorization_code") || client.grant_types.contains("implicit");
  if (redirects && client.redirect_uris.empty()) return invalid_field("redirect_uris", "The field cannot be left blank");
  return {};
}

}  // namespace

Outcome<AppId> Org::create_app(const NewApp& wanted, const Actor& /*actor*/) {
  constexpr std::size_t secret_bytes = 20;
  settle();
  if (wanted.label.empty() || wanted.label.size() > longest_label) return invalid_field("label", "The field must have 1 to 100 characters");
  if (wanted.oidc) {
    if (auto checked = check_oidc(*wanted.oidc); !checked) return std::unexpected(checked.error());
    if (!wanted.oidc->client_id.empty() && find_client(wanted.oidc->client_id) != nullptr) return invalid_field("client_id", "The value is taken");
  }
  App app{.id = AppId{draw_id("0oa")}, .label = wanted.label};
  app.name = wanted.name.empty() ? fmt::format("{}_{}_1", options_.name, wanted.label) : wanted.name;
  app.made_from = wanted.made_from;
  app.can_provision = wanted.can_provision;
  app.connection = wanted.connection;
  app.provisioning = wanted.provisioning;
  app.oidc = wanted.oidc;
  if (app.oidc && app.oidc->client_id.empty()) app.oidc->client_id = app.id.text();
  if (app.oidc && app.oidc->client_secret.empty() && app.oidc->auth_method != "none") {
    app.oidc->client_secret = base::Secret(rng_.hex(secret_bytes));
  }
  witness(app);
  app.created = app.last_updated = now();
  const auto id = app.id;
  apps_.emplace(id, std::move(app));
  changed({.what = Change::app_created, .app = id});
  return id;
}

Outcome<void> Org::set_provisioning(const AppId& id, const ProvisioningSettings& settings, const Actor& /*actor*/) {
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if (!(*app)->can_provision) return invalid_field("features", "The app does not support provisioning");
  (*app)->provisioning = settings;
  (*app)->last_updated = now();
  changed({.what = Change::app_updated, .app = id});
  return {};
}

Outcome<void> Org::set_connection(const AppId& id, const ProvisioningConnection& connection, const Actor& /*actor*/) {
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if (!(*app)->can_provision) return invalid_field("connection", "The app does not support provisioning");
  (*app)->connection = connection;
  witness(**app);
  (*app)->last_updated = now();
  changed({.what = Change::app_updated, .app = id});
  return {};
}

Outcome<void> Org::set_oidc(const AppId& id, const OidcClient& client, const Actor& /*actor*/) {
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if (auto checked = check_oidc(client); !checked) return checked;
  const auto* holder = find_client(client.client_id);
  if (client.client_id.empty() || (holder != nullptr && holder->id != id)) return invalid_field("client_id", "The value is empty or taken");
  (*app)->oidc = client;
  witness(**app);
  (*app)->last_updated = now();
  changed({.what = Change::app_updated, .app = id});
  return {};
}

Outcome<void> Org::set_app_label(const AppId& id, std::string label, const Actor& /*actor*/) {
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if (label.empty() || label.size() > longest_label) return invalid_field("label", "The field must have 1 to 100 characters");
  (*app)->label = std::move(label);
  (*app)->last_updated = now();
  changed({.what = Change::app_updated, .app = id});
  return {};
}

Outcome<void> Org::set_app_status(const AppId& id, AppStatus status, const Actor& /*actor*/) {
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if ((*app)->status == status) return {};
  (*app)->status = status;
  (*app)->last_updated = now();
  changed({.what = Change::app_updated, .app = id});
  return {};
}

Outcome<void> Org::remove_app(const AppId& app_id, const Actor& /*actor*/) {
  const auto id = app_id;  // which may be the app's own
  const auto app = app_of(id);
  if (!app) return std::unexpected(app.error());
  if ((*app)->status == AppStatus::active) return invalid_field("status", "An active app cannot be deleted");
  apps_.erase(id);
  changed({.what = Change::app_deleted, .app = id});
  return {};
}

Outcome<AppUser*> Org::assigned(App& app, const UserId& user) {
  if (app.assignment_of(user) == nullptr) return refuse(ErrorCode::not_found, user.text() + " (AppUser)");
  return &app.users.at(user);
}

// [Okta provisioning-clients 5.5-03]
Outcome<void> Org::check_assignment(const App& app, const User& user, const NewAssignment& assignment) const {
  if (app.status == AppStatus::inactive) return invalid_field("app", "The app is not active");
  for (const auto& [attribute, value] : assignment.profile) {
    const auto source = mapped_from(attribute);
    if (!source.empty() && value_or_empty(user.profile, source) != value) return refuse(ErrorCode::mapped_attribute, attribute);
  }
  return {};
}

Outcome<void> Org::assign(const AppId& app_id, const UserId& user_id, const NewAssignment& assignment, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto user = user_of(user_id);
  if (!user) return std::unexpected(user.error());
  if ((*user)->transitioning_to) return refuse(ErrorCode::still_in_transition, "status");
  if ((*user)->status == UserStatus::deprovisioned) return refuse(ErrorCode::inactive_user, "status");
  const auto* present = (*app)->assignment_of(user_id);
  if (present != nullptr && present->scope == AssignmentScope::user) return refuse(ErrorCode::already_assigned, "id");
  if (auto checked = check_assignment(**app, **user, assignment); !checked) return checked;
  if (present == nullptr) {
    start_assignment(**app, **user, AssignmentScope::user, assignment, actor);
    return {};
  }
  (*app)->users.at(user_id).scope = AssignmentScope::user;
  return update_assignment(app_id, user_id, assignment, actor);
}

Outcome<void> Org::update_assignment(const AppId& app_id, const UserId& user_id, const NewAssignment& assignment, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto found = assigned(**app, user_id);
  if (!found) return std::unexpected(found.error());
  const auto& user = users_.at(user_id);
  if (auto checked = check_assignment(**app, user, assignment); !checked) return checked;
  auto& kept = **found;
  const bool new_name = assignment.user_name && *assignment.user_name != kept.user_name;
  if (new_name) kept.user_name = *assignment.user_name;
  if (assignment.user_name) kept.own_user_name = kept.user_name != user.login();
  for (const auto& [attribute, value] : assignment.profile) kept.profile[attribute] = value;
  kept.last_updated = now();
  if ((*app)->provisions() && (*app)->provisioning.update) kept.sync_state = SyncState::out_of_sync;
  record(EventType::app_membership_update, actor, {target_of(kept), target_of(**app), target_of(user)});
  if (new_name) record(EventType::app_membership_change_username, actor, {target_of(kept), target_of(**app), target_of(user)});
  changed({.what = Change::app_user_updated, .user = user_id, .app = app_id, .external_id = kept.external_id});
  return {};
}

Outcome<void> Org::unassign(const AppId& app_id, const UserId& user_id, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto found = assigned(**app, user_id);
  if (!found) return std::unexpected(found.error());
  // Assumed: who is assigned by groups alone is unassigned by leaving them.
  if ((*found)->scope == AssignmentScope::group) return invalid_field("scope", "The user is assigned by a group");
  (*found)->scope = AssignmentScope::group;
  reconcile(**app, users_.at(user_id), actor);
  return {};
}

Outcome<void> Org::assign_group(const AppId& app_id, const GroupId& group_id, int priority, const Actor& actor) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto group = group_of(group_id);
  if (!group) return std::unexpected(group.error());
  if ((*app)->status == AppStatus::inactive) return invalid_field("app", "The app is not active");
  const auto known = (*app)->groups.find(group_id);
  if (known != (*app)->groups.end()) {
    known->second.priority = priority;
    return {};
  }
  (*app)->groups.emplace(group_id, AppGroup{.group = group_id, .priority = priority, .last_updated = now()});
  changed({.what = Change::group_assigned, .group = group_id, .app = app_id});
  for (const auto& [member, membership] : (*group)->members) reconcile(**app, users_.at(member), actor);
  return {};
}

Outcome<void> Org::update_group_assignment(const AppId& app_id, const GroupId& group_id, const Profile& profile, const Actor& /*actor*/) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto known = (*app)->groups.find(group_id);
  if (known == (*app)->groups.end()) return refuse(ErrorCode::not_found, group_id.text() + " (ApplicationGroupAssignment)");
  known->second.profile = profile;
  known->second.last_updated = now();
  for (const auto& [member, membership] : groups_.at(group_id).members) {
    if ((*app)->assignment_of(member) == nullptr) continue;
    changed({.what = Change::app_user_updated, .user = member, .app = app_id, .external_id = (*app)->users.at(member).external_id});
  }
  return {};
}

Outcome<void> Org::unassign_group(const AppId& app_id, const GroupId& group, const Actor& actor) {
  const auto group_id = group;  // which may be the assignment's own
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  if ((*app)->groups.erase(group_id) == 0) return refuse(ErrorCode::not_found, group_id.text() + " (ApplicationGroupAssignment)");
  changed({.what = Change::group_unassigned, .group = group_id, .app = app_id});
  for (const auto& [member, membership] : groups_.at(group_id).members) reconcile(**app, users_.at(member), actor);
  return {};
}

bool Org::has_group_of(const App& app, const UserId& user) const {
  return std::ranges::any_of(app.groups, [&](const auto& entry) { return groups_.at(entry.first).has(user); });
}

/// Makes the assignment what the groups and the admins say it should be. [Okta provisioning-clients 4.5-03]
void Org::reconcile(App& app, User& user, const Actor& actor) {
  const auto* present = app.assignment_of(user.id);
  const bool by_group = user.status != UserStatus::deprovisioned && has_group_of(app, user.id);
  if (present == nullptr && by_group) start_assignment(app, user, AssignmentScope::group, {}, actor);
  if (present != nullptr && present->scope == AssignmentScope::group && !by_group) end_assignment(app, user, actor);
}

void Org::reconcile_all(User& user, const Actor& actor) {
  for (auto& [id, app] : apps_) reconcile(app, user, actor);
}

/// [Okta provisioning-clients 4.5-08]
void Org::leave_apps(User& user, const Actor& actor) {
  for (auto& [id, app] : apps_) {
    if (app.assignment_of(user.id) != nullptr) end_assignment(app, user, actor);
  }
}

// [Okta provisioning-clients 4.9-05]
void Org::start_assignment(App& app, User& user, AssignmentScope scope, const NewAssignment& assignment, const Actor& actor) {
  AppUser made{.user = user.id, .scope = scope};
  made.user_name = assignment.user_name.value_or(user.login());
  made.own_user_name = made.user_name != user.login();
  made.profile = assignment.profile;
  made.status = app.provisions() ? AppUserStatus::staged : AppUserStatus::active;
  made.sync_state = app.provisions() ? SyncState::out_of_sync : SyncState::disabled;
  made.created = made.last_updated = made.status_changed = now();
  auto& kept = app.users[user.id] = std::move(made);
  record(EventType::app_membership_add, actor, {target_of(kept), target_of(app), target_of(user)});
  if (app.provisions()) record(EventType::app_membership_provision, actor, {target_of(kept), target_of(app), target_of(user)});
  changed({.what = Change::app_user_assigned, .user = user.id, .app = app.id});
}

/// The app profile goes, the app's id of the user is told to who reads the feed. [Okta provisioning-clients 5.3-03]
void Org::end_assignment(App& app, User& user, const Actor& actor) {
  auto& kept = app.users.at(user.id);
  kept.status = AppUserStatus::deprovisioned;
  kept.sync_state = SyncState::disabled;
  kept.profile.clear();
  kept.last_updated = kept.status_changed = now();
  record(EventType::app_membership_remove, actor, {target_of(kept), target_of(app), target_of(user)});
  if (app.provisions() && app.provisioning.deactivate) {
    record(EventType::app_membership_deprovision, actor, {target_of(kept), target_of(app), target_of(user)});
  }
  changed({.what = Change::app_user_unassigned, .user = user.id, .app = app.id, .external_id = kept.external_id});
}

Outcome<void> Org::retry_assignment(const AppId& app_id, const UserId& user_id, const Actor& /*actor*/) {
  const auto app = app_of(app_id);
  if (!app) return std::unexpected(app.error());
  const auto found = assigned(**app, user_id);
  if (!found) return std::unexpected(found.error());
  if ((*found)->sync_state != SyncState::error) return invalid_field("syncState", "There is no failed task");
  (*found)->sync_state = SyncState::out_of_sync;
  changed({.what = Change::app_user_retried, .user = user_id, .app = app_id, .external_id = (*found)->external_id});
  return {};
}

void Org::fall_out_of_sync(const UserId& user, bool (*is_sent)(const ProvisioningSettings&)) {
  for (auto& [id, app] : apps_) {
    if (!app.provisions() || !is_sent(app.provisioning) || app.assignment_of(user) == nullptr) continue;
    app.users.at(user).sync_state = SyncState::out_of_sync;
  }
}

void Org::sync_started(const AppId& app_id, const UserId& user) {
  const auto app = apps_.find(app_id);
  if (app == apps_.end() || app->second.assignment_of(user) == nullptr) return;
  app->second.users.at(user).sync_state = SyncState::syncing;
}

void Org::sync_succeeded(const AppId& app_id, const UserId& user, const std::string& external_id) {
  const auto app = apps_.find(app_id);
  if (app == apps_.end() || app->second.assignment_of(user) == nullptr) return;
  auto& kept = app->second.users.at(user);
  kept.external_id = external_id;
  kept.sync_state = SyncState::synchronized;
  kept.last_sync = now();
  if (kept.status == AppUserStatus::provisioned) return;
  kept.status = AppUserStatus::provisioned;
  kept.status_changed = kept.last_updated = now();
}

void Org::sync_failed(const AppId& app_id, const UserId& user) {
  const auto app = apps_.find(app_id);
  if (app == apps_.end() || app->second.assignment_of(user) == nullptr) return;
  app->second.users.at(user).sync_state = SyncState::error;
}

}  // namespace fakes::okta
