#include "fakes/okta/scim_client/client.h"

#include <fmt/format.h>

#include <algorithm>

namespace fakes::okta::scim_client {
namespace {

std::optional<base::Duration> interval_of(ImportSchedule schedule) {
  switch (schedule) {
    case ImportSchedule::manual:
      break;
    case ImportSchedule::hourly:
      return std::chrono::hours{1};
    case ImportSchedule::daily:
      return std::chrono::days{1};
    case ImportSchedule::weekly:
      return std::chrono::weeks{1};
  }
  return std::nullopt;
}

}  // namespace

Client::Client(Ports ports, base::Rng rng, Settings settings)
    : ports_(ports),
      settings_(std::move(settings)),
      caller_(*ports.org, *ports.clock, *ports.transport, *ports.witness, settings_),
      users_(*ports.org, caller_, *ports.witness, rng.fork("placeholders"), settings_),
      groups_(*ports.org, caller_, settings_),
      importer_(*ports.org, caller_, users_, settings_),
      wake_(*ports.scheduler) {
  listener_ = ports_.org->changes().listen([this] { wake_.notify_all(); });
}

Client::~Client() { ports_.org->changes().unlisten(listener_); }

base::Task<void> Client::run() {
  for (;;) {
    ports_.org->settle();
    read_feed();
    if (import_is_due()) {
      co_await import();
      continue;
    }
    const auto next = next_instant();
    const auto now = ports_.clock->now();
    if (!works_.empty() && works_.front().due <= now) {
      co_await do_first();
      continue;
    }
    if (next && *next > now) {
      co_await wake_.wait_until(ports_.clock->to_world(*next), "a change to push");
    } else {
      co_await wake_.wait("a change to push");
    }
  }
}

std::optional<base::Instant> Client::next_instant() const {
  std::optional<base::Instant> next;
  const auto consider = [&](base::Instant at) { next = next ? std::min(*next, at) : at; };
  const auto due = ports_.org->next_due();
  if (due && *due > ports_.clock->now()) consider(*due);
  if (!works_.empty()) consider(works_.front().due);
  if (next_import_) consider(*next_import_);
  return next;
}

void Client::read_feed() {
  for (const auto& entry : ports_.org->changes().after(cursor_)) {
    cursor_ = entry.sequence;
    take(entry);
  }
}

void Client::add(base::Instant at, std::variant<UserWork, GroupWork, DiscoverEntitlements> what) {
  works_.push_back({at + settings_.delay, std::move(what)});
}

void Client::take(const ChangeEntry& entry) {
  using enum UserWork::Kind;
  if (!entry.app.empty()) {
    if (entry.app == settings_.app) take_of_app(entry);
    return;
  }
  switch (entry.what) {
    case Change::user_updated:
      if (settings_.defects.contains(Defect::updates_stay)) return;
      return add(entry.at, UserWork{update, entry.user});
    case Change::password_set:  // [Okta provisioning-clients 4.6-04]
      if (settings_.defects.contains(Defect::password_changes_stay)) return;
      return add(entry.at, UserWork{password, entry.user});
    case Change::signed_in:
      if (settings_.quirks.has(ClientQuirk::password_at_sign_in)) add(entry.at, UserWork{password, entry.user});
      return;
    case Change::user_suspended:
      return tell_of(entry, Defect::suspensions_are_told);
    case Change::user_status:
      return tell_of(entry, Defect::lockouts_are_told);
    case Change::group_updated:
    case Change::member_added:
    case Change::member_removed:
      return take_of_group(entry);
    default:
      return;  // a suspension is told to nobody, and neither is the deletion of who is deactivated [Okta provisioning-clients 4.5-04] [Okta provisioning-clients 4.5-05]
  }
}

void Client::tell_of(const ChangeEntry& entry, Defect defect) {
  if (!settings_.defects.contains(defect)) return;
  const auto* user = ports_.org->find(entry.user);
  const auto* assignment = app() == nullptr ? nullptr : app()->assignment_of(entry.user);
  const bool out = user != nullptr && (user->status == UserStatus::locked_out || user->status == UserStatus::suspended);
  if (out && assignment != nullptr) add(entry.at, UserWork{UserWork::Kind::deactivate, entry.user, assignment->external_id});
}

void Client::take_of_app(const ChangeEntry& entry) {
  using enum UserWork::Kind;
  switch (entry.what) {
    case Change::app_user_assigned:
      if (!importer_.made_assignment(entry.user)) add(entry.at, UserWork{provision, entry.user});
      return;
    case Change::app_user_updated:
      return add(entry.at, UserWork{update, entry.user});
    case Change::app_user_unassigned:  // [Okta provisioning-clients 4.5-03]
      if (settings_.defects.contains(Defect::deletions_stay)) return;
      if (!importer_.ended_assignment(entry.external_id)) add(entry.at, UserWork{deactivate, entry.user, entry.external_id});
      return;
    case Change::app_user_retried:
      retry(entry.user);
      return;
    case Change::mapping_created:
    case Change::mapping_activated:  // memberships at once [Okta provisioning-clients 4.8-14]
      return add(entry.at, GroupWork{GroupWork::Kind::push, entry.mapping, entry.group});
    case Change::mapping_pushed_now:
      return add(entry.at, GroupWork{GroupWork::Kind::push_now, entry.mapping, entry.group});
    case Change::mapping_removed:  // [Okta provisioning-clients 4.8-13]
      groups_.forget(entry.mapping);
      return add(entry.at, GroupWork{GroupWork::Kind::remove, entry.mapping, entry.group, entry.external_id});
    case Change::mapping_left:
      return groups_.forget(entry.mapping);
    case Change::app_created:
    case Change::app_updated:
      return take_app(entry);
    default:
      return;
  }
}

void Client::take_app(const ChangeEntry& entry) {
  const auto* now = app();
  const bool provisions = now != nullptr && now->provisions();
  if (provisions && settings_.entitlements && !discovered_) add(entry.at, DiscoverEntitlements{});
  discovered_ = provisions;
}

void Client::take_of_group(const ChangeEntry& entry) {
  const auto* to = app();
  if (to == nullptr) return;
  for (const auto& [id, mapping] : to->push_mappings) {
    if (mapping.group == entry.group) add(entry.at, GroupWork{GroupWork::Kind::push, id, entry.group});
  }
}

base::Task<void> Client::do_first() {
  const auto what = works_.front().what;
  if (const auto* work = std::get_if<UserWork>(&what)) {
    const auto done = co_await users_.perform(*work);
    conclude(*work, done);
  } else if (const auto* group = std::get_if<GroupWork>(&what)) {
    const auto done = co_await groups_.perform(*group);
    conclude(*group, done);
  } else {
    const auto failure = co_await discover();
    log_.push_back({.at = ports_.clock->now(), .action = "entitlements", .status = failure ? TaskStatus::failure : TaskStatus::success,
                    .detail = failure ? failure->detail : ""});
  }
  works_.pop_front();
}

bool Client::retry(const UserId& user) {
  const auto [first, last] = std::ranges::stable_partition(failed_, [&](const UserWork& work) { return work.user != user; });
  const std::vector<UserWork> again(first, last);
  failed_.erase(first, last);
  settings_.probing.sometimes(Probe::okta_push_is_tried_again, !again.empty());
  for (const auto& work : again) add(ports_.clock->now(), work);
  wake_.notify_all();
  return !again.empty();
}

void Client::push_groups_of(const UserId& user) {
  const auto* to = app();
  if (to == nullptr) return;
  for (const auto& [id, mapping] : to->push_mappings) {
    const auto* group = ports_.org->find(mapping.group);
    if (group != nullptr && group->has(user)) works_.push_back({ports_.clock->now(), GroupWork{GroupWork::Kind::push, id, mapping.group}});
  }
}

void Client::request_import() {
  import_requested_ = true;
  wake_.notify_all();
}

bool Client::import_is_due() {
  const auto now = ports_.clock->now();
  const auto interval = interval_of(settings_.import_schedule);
  if (!interval) next_import_.reset();
  if (interval && !next_import_) next_import_ = now + *interval;
  return import_requested_ || (next_import_ && *next_import_ <= now);
}

base::Task<void> Client::import() {
  auto result = co_await importer_.run();
  import_requested_ = false;
  next_import_.reset();  // an interval from now
  ports_.trace->note("okta", fmt::format("import: {}", result.problem.value_or(summary_of(result))));
  imports_.push_back(std::move(result));
}

base::Task<base::Result<void>> Client::complete_authorization(std::string code) {
  auto outcome = co_await caller_.exchange(std::move(code));
  co_return outcome;
}

}  // namespace fakes::okta::scim_client
