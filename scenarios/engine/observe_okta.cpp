// What is to be seen in the Okta org; the org is theirs, so the looks go straight to it.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/comparison.h"

namespace scenarios {
namespace {

namespace okta = fakes::okta;

std::vector<std::string> group_names(Cast& cast, const okta::UserId& user) {
  std::vector<std::string> names;
  for (const auto& id : cast.okta().groups_of(user)) {
    if (id != cast.okta().everyone()) names.push_back(cast.okta().find(id)->profile.name);
  }
  return names;
}

/// Names that the script knows; ids of whoever else is there.
std::vector<std::string> people_in(Cast& cast, const okta::Group& group) {
  std::vector<std::string> names;
  for (const auto& [id, membership] : group.members) {
    const auto known = std::ranges::find_if(cast.people(), [&](const auto& entry) { return entry.second.okta_id == id; });
    names.push_back(known == cast.people().end() ? id.text() : known->first);
  }
  return names;
}

bool is_about(const okta::LogEvent& event, const Person* person) {
  if (person == nullptr || !person->okta_id) return false;
  return std::ranges::any_of(event.targets, [&](const okta::LogTarget& target) { return target.id == person->okta_id->text(); });
}

}  // namespace

base::Task<Observed> observe(Cast& cast, OktaUser wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("user {} of Okta", person.name);
  const auto* user = person.okta_id ? cast.okta().find(*person.okta_id) : nullptr;
  if (user == nullptr || !wanted.exists.value_or(true)) co_return presence(subject, wanted.exists.value_or(true), user != nullptr);
  Comparison comparison(subject);
  comparison.compare("status", wanted.status, std::string(name_of(user->status)));
  comparison.compare("given name", wanted.given_name, okta::value_or_empty(user->profile, "firstName"));
  comparison.compare("surname", wanted.surname, okta::value_or_empty(user->profile, "lastName"));
  comparison.compare("department", wanted.department, okta::value_or_empty(user->profile, "department"));
  if (wanted.groups) {
    const auto lists = compared_lists("groups", *wanted.groups, group_names(cast, user->id));
    comparison.demand(lists.expected, "groups: " + lists.found, lists.holds);
  }
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, OktaAssignment wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("assignment of {}", person.name);
  const auto* assignment = person.okta_id ? cast.okta().find(cast.okta_app(), *person.okta_id) : nullptr;
  if (assignment == nullptr || !wanted.exists.value_or(true)) {
    const bool exists = assignment != nullptr && assignment->status != okta::AppUserStatus::deprovisioned;
    co_return presence(subject, wanted.exists.value_or(true), exists);
  }
  Comparison comparison(subject);
  comparison.compare("status", wanted.status, std::string(name_of(assignment->status)));
  comparison.compare("sync", wanted.sync, std::string(name_of(assignment->sync_state)));
  comparison.compare("scope", wanted.scope, std::string(assignment->scope == okta::AssignmentScope::user ? "USER" : "GROUP"));
  comparison.compare("linked", wanted.linked, !assignment->external_id.empty());
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, OktaGroup wanted) {
  const auto subject = fmt::format("group {} of Okta", wanted.group);
  const auto* group = cast.okta_group(wanted.group);
  if (group == nullptr || !wanted.exists.value_or(true)) co_return presence(subject, wanted.exists.value_or(true), group != nullptr);
  if (!wanted.members) co_return presence(subject, true, true);
  std::vector<std::string> names;
  for (const auto& person : *wanted.members) names.push_back(person.name);
  co_return compared_lists(subject + ", members", std::move(names), people_in(cast, *group));
}

base::Task<Observed> observe(Cast& cast, OktaPush wanted) {
  const auto subject = fmt::format("push of group {}", wanted.group);
  const auto* mapping = cast.okta_push(wanted.group);
  if (mapping == nullptr || !wanted.exists.value_or(true)) co_return presence(subject, wanted.exists.value_or(true), mapping != nullptr);
  Comparison comparison(subject);
  const auto* status = mapping->status == okta::MappingStatus::active ? "ACTIVE" : mapping->status == okta::MappingStatus::inactive ? "INACTIVE" : "ERROR";
  comparison.compare("status", wanted.status, std::string(status));
  comparison.compare("known", wanted.linked, !mapping->external_id.empty());
  if (wanted.error) comparison.demand("error with " + *wanted.error, "error " + mapping->error, mapping->error.find(*wanted.error) != std::string::npos);
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, OktaLog wanted) {
  const auto known = wanted.user ? cast.people().find(wanted.user->name) : cast.people().end();
  const auto* person = known == cast.people().end() ? nullptr : &known->second;
  const auto count = std::ranges::count_if(cast.okta().log().events(), [&](const okta::LogEvent& event) {
    return okta::info_of(event.type).name == wanted.type && (!wanted.user || is_about(event, person)) &&
           (!wanted.result || name_of(event.outcome.result) == *wanted.result) &&
           (!wanted.reason || event.outcome.reason.find(*wanted.reason) != std::string::npos);
  });
  co_return counted(fmt::format("events {}{} of Okta's log", wanted.type, wanted.user ? " about " + wanted.user->name : ""), count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, OktaImport wanted) {
  const auto& imports = cast.okta_client().imports();
  if (imports.empty()) co_return Observed{false, "the last import", "there was none"};
  const auto& last = imports.back();
  Comparison comparison("the last import");
  comparison.compare("scanned", wanted.scanned, last.users.scanned);
  comparison.compare("new", wanted.added, last.users.added);
  comparison.compare("updated", wanted.updated, last.users.updated);
  comparison.compare("removed", wanted.removed, last.users.removed);
  comparison.compare("groups", wanted.groups, last.groups.scanned);
  comparison.compare("waiting", wanted.waiting, static_cast<std::int64_t>(cast.okta_client().waiting_imports().size()));
  comparison.compare("held back", wanted.held_back, last.held_back);
  comparison.compare("failed", wanted.failed, last.problem.has_value());
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, OktaTasks wanted) {
  const auto& person = cast.person(wanted.user);
  std::int64_t count = 0;
  for (const auto& record : cast.okta_client().log()) {
    const auto* status = record.status == fakes::okta::scim_client::TaskStatus::success ? "success" : "failure";
    if (!person.okta_id || record.user != *person.okta_id) continue;
    if (wanted.action && record.action != *wanted.action) continue;
    if (wanted.status && status != *wanted.status) continue;
    ++count;
  }
  co_return counted(fmt::format("pushes of {}: {} {}", person.name, wanted.action.value_or("any action"),
                                wanted.status.value_or("of any status")),
                    count, wanted.count);
}

}  // namespace scenarios
