// What the client says of its pushes: to the org, to an admin, to the system log.
#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/scim_client/client.h"

namespace fakes::okta::scim_client {
namespace {

/// [Okta provisioning-clients 5.7-09] [Okta provisioning-clients 4.6-06]
EventType event_of(std::string_view action) {
  if (action == "create") return EventType::app_user_push;
  if (action == "link") return EventType::app_user_activate;
  if (action == "password") return EventType::app_user_push_okta_password;
  return action == "deactivate" ? EventType::app_user_deactivate : EventType::app_user_push_profile;
}

/// [Okta provisioning-clients 5.7-10]
EventType event_of_group(std::string_view action, bool failed) {
  if (failed) return EventType::group_push_mapping_update_or_delete_failed_with_error;
  if (action == "remove") return EventType::group_push_delete_appgroup;
  if (action == "rename") return EventType::group_push_updated;
  return action == "members" ? EventType::group_push_push_memberships : EventType::group_push_pushed;
}

TaskStatus status_of(const std::optional<Failure>& failure) { return failure ? TaskStatus::failure : TaskStatus::success; }

}  // namespace

void Client::conclude(const UserWork& work, const UserPushed& done) {
  if (done.action.empty()) return;
  auto& org = *ports_.org;
  const auto* to = app();
  const auto* user = org.find(work.user);
  const auto* app_user = org.find(settings_.app, work.user);
  const auto user_name = app_user == nullptr ? work.user.text() : app_user->user_name;
  const auto detail = done.failure ? done.failure->detail : std::string{};
  TaskRecord record{.at = ports_.clock->now(), .user = work.user, .action = done.action, .status = status_of(done.failure), .detail = detail};
  std::erase(failed_, work);
  if (done.failure) {
    settings_.probing.reached(Probe::okta_push_fails);
    failed_.push_back(work);
    org.sync_failed(settings_.app, work.user);
    record.text = task_text(done.action, user_name, to == nullptr ? "" : to->label, user == nullptr ? user_name : display_name_of(user->profile), detail);
  } else if (work.kind == UserWork::Kind::provision) {
    push_groups_of(work.user);  // [Okta provisioning-clients 4.8-12]
  }
  std::vector<LogTarget> targets;
  if (app_user != nullptr) targets.push_back(Org::target_of(*app_user));
  if (to != nullptr) targets.push_back(Org::target_of(*to));
  if (user != nullptr) targets.push_back(Org::target_of(*user));
  LogOutcome outcome;
  if (done.failure) outcome = {LogResult::failure, push_failure_text(done.action, done.failure->status, detail)};
  org.record(event_of(done.action), Actor::system(), targets, outcome);
  // A creation with a placeholder says so. [Okta provisioning-clients 4.6-06]
  const bool own = to != nullptr && to->provisioning.password && to->provisioning.seed == PasswordSeed::okta;
  if (done.action == "create" && !done.failure) org.record(own ? EventType::app_user_push_okta_password : EventType::app_user_push_password, Actor::system(), targets);
  ports_.trace->note("okta", fmt::format("{} of {}: {}", done.action, work.user.text(), done.failure ? detail : "success"));
  log_.push_back(std::move(record));
}

void Client::conclude(const GroupWork& work, const GroupPushed& done) {
  if (done.action.empty()) return;
  auto& org = *ports_.org;
  const auto detail = done.failure ? done.failure->detail : std::string{};
  std::vector<LogTarget> targets;
  if (const auto* group = org.find(work.group)) targets.push_back(Org::target_of(*group));
  if (const auto* to = app()) targets.push_back(Org::target_of(*to));
  LogOutcome outcome;
  if (done.failure) outcome = {LogResult::failure, detail};
  org.record(event_of_group(done.action, done.failure.has_value()), Actor::system(), std::move(targets), outcome);
  ports_.trace->note("okta", fmt::format("{} of group {}: {}", done.action, work.group.text(), done.failure ? detail : "success"));
  log_.push_back({.at = ports_.clock->now(), .group = work.group, .action = done.action, .status = status_of(done.failure), .detail = detail});
}

}  // namespace fakes::okta::scim_client
