#include "scenarios/engine/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "base/encoding.h"
#include "base/wait.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/graph_program.h"
#include "scenarios/engine/mapped.h"
#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using base::Json;

std::string password_status(const Json& user) {
  if (!base::bool_member(user, "activated").value_or(false)) return "pending";
  if (base::bool_member(user, "account_locked").value_or(false)) return "locked";
  if (base::bool_member(user, "password_expired").value_or(false)) return "expired";
  return "active";
}

/// The first of a list answer's `list_key`, if there is one.
const Json* first_of(const base::Result<Json>& body, std::string_view list_key) {
  const auto* list = body ? base::member(*body, list_key) : nullptr;
  return list != nullptr && list->is_array() && !list->get_array().empty() ? &list->get_array().front()
                                                                           : nullptr;
}

base::Task<Observed> observe(Cast& cast, DirectoryUser wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("user {} of the directory", person.username);
  const auto path =
      fmt::format("/api/systemusers?filter=username:$eq:{}", base::percent_encode(person.username));
  const auto answer =
      co_await cast.ask_directory(cast.inspector(), "GET", path, std::nullopt, Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return not_seen(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  const auto* user = first_of(body, "results");
  const bool should_exist = wanted.exists.value_or(true);
  if (user == nullptr || !should_exist) co_return presence(subject, should_exist, user != nullptr);
  Comparison comparison(subject);
  comparison.compare("state", wanted.state, base::string_or(*user, "state", ""));
  comparison.compare("password", wanted.password, password_status(*user));
  comparison.compare("username", wanted.username, base::string_or(*user, "username", ""));
  comparison.compare("email", wanted.email, base::string_or(*user, "email", ""));
  comparison.compare("given name", wanted.given_name, base::string_or(*user, "firstname", ""));
  comparison.compare("surname", wanted.surname, base::string_or(*user, "lastname", ""));
  comparison.compare("department", wanted.department, base::string_or(*user, "department", ""));
  comparison.compare("job title", wanted.job_title, base::string_or(*user, "jobTitle", ""));
  comparison.compare("employee id", wanted.employee_id, base::string_or(*user, "employeeIdentifier", ""));
  comparison.compare("display name", wanted.display_name, base::string_or(*user, "displayname", ""));
  comparison.compare("location", wanted.location, base::string_or(*user, "location", ""));
  comparison.compare("cost centre", wanted.cost_center, base::string_or(*user, "costCenter", ""));
  comparison.compare("employee type", wanted.employee_type, base::string_or(*user, "employeeType", ""));
  comparison.compare("company", wanted.company, base::string_or(*user, "company", ""));
  comparison.compare("has a manager", wanted.has_manager, !base::string_or(*user, "manager", "").empty());
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DirectoryUserCount wanted) {
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", "/api/systemusers?limit=1",
                                                  std::nullopt, Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return not_seen("users of the directory", from_response(answer));
  const auto body = base::parse_json(answer->body);
  const auto count = body ? base::integer_member(*body, "totalCount").value_or(-1) : -1;
  co_return counted("users of the directory", count, wanted.count);
}

/// The entry of a local account in a system's record; null where there is none.
const Json* metrics_of(const Json& system, std::string_view account) {
  const auto* list = base::member(system, "userMetrics");
  if (list == nullptr || !list->is_array()) return nullptr;
  for (const auto& entry : list->get_array()) {
    if (base::string_or(entry, "userName", "") == account) return &entry;
  }
  return nullptr;
}

/// [rule V15]
void compare_account(Comparison& comparison, const DirectorySystem& wanted, const Json& system) {
  const auto* account = metrics_of(system, *wanted.account);
  const bool should_exist = wanted.account_exists.value_or(true);
  const auto say = [&](bool there) { return fmt::format("{}account {}", there ? "" : "no ", *wanted.account); };
  comparison.demand(say(should_exist), say(account != nullptr), (account != nullptr) == should_exist);
  if (account == nullptr) return;
  const auto flag = [&](std::string_view name) { return base::bool_member(*account, name).value_or(false); };
  comparison.compare("managed", wanted.managed, flag("managed"));
  comparison.compare("admin", wanted.admin, flag("admin"));
  comparison.compare("suspended", wanted.suspended, flag("suspended"));
  comparison.compare("SecureToken", wanted.secure_token, flag("secureTokenEnabled"));
}

base::Task<Observed> observe(Cast& cast, DirectorySystem wanted) {
  const auto subject = fmt::format("record of {} in the directory", wanted.device.name);
  const auto path = fmt::format("/api/systems?filter=hostname:$eq:{}", base::percent_encode(wanted.device.name));
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", path, std::nullopt, Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return not_seen(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  const auto* system = first_of(body, "results");
  const bool should_exist = wanted.exists.value_or(true);
  if (system == nullptr || !should_exist) co_return presence(subject, should_exist, system != nullptr);
  const auto* disk = base::member(*system, "fde");
  const auto of_disk = [&](std::string_view name) { return disk != nullptr && base::bool_member(*disk, name).value_or(false); };
  Comparison comparison(subject);
  comparison.compare("active", wanted.active, base::bool_member(*system, "active").value_or(false));
  comparison.compare("os", wanted.os, base::string_or(*system, "os", ""));
  comparison.compare("disk encrypted", wanted.disk_encrypted, of_disk("active"));
  comparison.compare("recovery key", wanted.recovery_key, of_disk("keyPresent"));
  if (wanted.account) compare_account(comparison, wanted, *system);
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DirectoryEvents wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("events {} about {}", wanted.type, person.username);
  base::JsonObject query{
      {"service", base::JsonArray{"directory"}}, {"start_time", "1970-01-01T00:00:00Z"}, {"limit", 10'000}};
  const auto answer = co_await cast.ask_directory(cast.inspector(), "POST", "/insights/directory/v1/events",
                                                  std::move(query), Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return not_seen(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  std::int64_t count = 0;
  if (body && body->is_array()) {
    for (const auto& event : body->get_array()) {
      const auto* resource = base::member(event, "resource");
      if (resource == nullptr || base::string_or(event, "event_type", "") != wanted.type) continue;
      if (base::string_or(*resource, "username", "") == person.username) ++count;
    }
  }
  co_return counted(subject, count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, ScimUser wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("SCIM user {}", person.username);
  const auto path =
      fmt::format("/scim/v2/Users?filter=userName+eq+%22{}%22", base::percent_encode(person.username));
  const auto answer =
      co_await cast.ask_directory(cast.inspector(), "GET", path, std::nullopt, Cast::Credentials::scim);
  if (!answer || !answer->ok()) co_return not_seen(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  const auto* user = first_of(body, "Resources");
  const bool should_exist = wanted.exists.value_or(true);
  if (user == nullptr || !should_exist) co_return presence(subject, should_exist, user != nullptr);
  const auto* enterprise = base::member(*user, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
  Comparison comparison(subject);
  comparison.compare("active", wanted.active, base::bool_member(*user, "active").value_or(true));
  comparison.compare("department", wanted.department,
                     enterprise != nullptr ? base::string_or(*enterprise, "department", "") : std::string{});
  co_return comparison.result();
}

/// Of a person or a group, whichever `subject` names.
template <class Wanted>
Observed provisioning_records(Cast& cast, const std::string& subject, const std::optional<fakes::entra::ObjectId>& id, const Wanted& wanted) {
  std::int64_t count = 0;
  for (const auto& record : cast.provisioning().log()) {
    if (!id || record.object != *id) continue;
    if (wanted.action && record.action != *wanted.action) continue;
    if (wanted.status && fakes::entra::provisioning::name_of(record.status) != *wanted.status) continue;
    if (wanted.code && record.code != *wanted.code) continue;
    ++count;
  }
  return counted(fmt::format("provisioning log of {}: {} {} {}", subject, wanted.action.value_or("any action"),
                             wanted.status.value_or("of any status"), wanted.code.value_or("")),
                 count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, EntraSignIns wanted) {
  const auto& person = cast.person(wanted.user);
  std::int64_t count = 0;
  for (const auto& record : cast.entra_sign_in_log().records()) {
    if (!person.entra_id || record.user != *person.entra_id) continue;
    if (!wanted.error || record.error_code == *wanted.error) ++count;
  }
  const auto what = !wanted.error ? std::string("of any outcome") : *wanted.error == 0 ? "that succeeded" : fmt::format("with AADSTS{}", *wanted.error);
  co_return counted(fmt::format("sign-ins of {} at Entra {}", person.name, what), count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, EntraLog wanted) {
  const auto& person = cast.person(wanted.user);
  co_return provisioning_records(cast, person.name, person.entra_id, wanted);
}

base::Task<Observed> observe(Cast& cast, EntraGroupLog wanted) {
  const auto group = cast.tenant_groups().find(wanted.group);
  const auto id = group == cast.tenant_groups().end() ? std::optional<fakes::entra::ObjectId>() : std::optional(group->second);
  co_return provisioning_records(cast, wanted.group, id, wanted);
}

base::Task<Observed> observe(Cast& cast, EntraJob wanted) {
  const auto job = cast.provisioning().job_json();
  const auto& status = job.at("status").as_object();
  Comparison comparison("provisioning job");
  comparison.compare("status", wanted.status, base::string_or(status, "code", ""));
  comparison.compare("schedule", wanted.schedule, base::string_or(job.at("schedule"), "state", ""));
  comparison.compare("reason", wanted.reason, base::string_or(status.at("quarantine"), "reason", "none"));
  co_return comparison.result();
}

/// The first thing in which the copy is not what the tenant holds; empty where there is none.
std::string difference_of_users(const fakes::entra::Tenant& tenant, const fakes::graph::DeltaReader& copy) {
  const auto& users = tenant.living(fakes::entra::ObjectKind::user);
  for (const auto& [id, held] : copy.objects()) {
    const auto user = users.find(fakes::entra::ObjectId{id});
    if (user == users.end()) return fmt::format("it holds {}, who is not there", id);
    for (const auto property : copied_properties) {
      const auto* value = user->second.find(property);
      const auto* copied = base::member(held, property);
      const bool same = (value == nullptr ? Json() : value->json) == (copied == nullptr ? Json() : *copied);
      if (!same) return fmt::format("another {} of {}", property, user->second.text("userPrincipalName"));
    }
  }
  for (const auto& [id, user] : users) {
    if (!copy.objects().contains(id.text())) return fmt::format("it lacks {}", user.text("userPrincipalName"));
  }
  return {};
}

std::string difference_of_groups(const fakes::entra::Tenant& tenant, const fakes::graph::DeltaReader& copy) {
  const auto& groups = tenant.living(fakes::entra::ObjectKind::group);
  for (const auto& [id, held] : copy.objects()) {
    if (!groups.contains(fakes::entra::ObjectId{id})) return fmt::format("it holds {}, which is not there", id);
  }
  for (const auto& [id, group] : groups) {
    const auto name = group.text("displayName");
    const auto held = copy.objects().find(id.text());
    if (held == copy.objects().end()) return fmt::format("it lacks {}", name);
    if (base::string_or(held->second, "displayName", "") != name) return fmt::format("another name of {}", name);
    std::set<std::string> members;
    for (const auto& [member, since] : tenant.members_of(id).present) members.insert(member.text());
    if (copy.members_of(id.text()) != members) return fmt::format("other members of {}", name);
  }
  return {};
}

base::Task<Observed> observe(Cast& cast, GraphCopy wanted) {
  const auto& copy = cast.graph_program().copy_of(wanted.of);
  const auto& counts = copy.counts();
  const auto difference = wanted.of == "users" ? difference_of_users(cast.tenant(), copy) : difference_of_groups(cast.tenant(), copy);
  Comparison comparison(fmt::format("the program's copy of the {}", wanted.of));
  comparison.demand(wanted.true_copy ? "as the tenant" : "not as the tenant", difference.empty() ? "as the tenant" : difference,
                    difference.empty() == wanted.true_copy);
  comparison.compare("count", wanted.count, static_cast<std::int64_t>(copy.objects().size()));
  comparison.compare("resyncs", wanted.resyncs, static_cast<std::int64_t>(counts.resyncs));
  comparison.compare("empty pages", wanted.empty_pages, counts.empty_pages > 0);
  comparison.compare("repeated entries", wanted.repeated, counts.repeated > 0);
  comparison.compare("changes told of", wanted.notified, cast.graph_program().told_of(wanted.of));
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, MailReceived wanted) {
  const auto& person = cast.person(wanted.user);
  const auto mails = cast.mail().mails_to(person.email);
  const auto count = std::ranges::count(mails, wanted.kind, &fakes::mail::Mail::kind);
  co_return counted(fmt::format("{} mails to {}", wanted.kind, person.email), count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, PortalSession wanted) {
  const auto& person = cast.person(wanted.user);
  const auto expected =
      fmt::format("portal session of {}: {}", person.name, wanted.open ? "open" : "not open");
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", "/portal/session", std::nullopt,
                                                  Cast::Credentials::portal, &person);
  if (!answer) co_return not_seen(expected, from_response(answer));
  const bool open = answer->status == 200;
  co_return Observed{open == wanted.open, expected, open ? "it is open" : "it is not open"};
}

}  // namespace

base::Task<Observed> observe(Cast& cast, const Observation& observation) {
  if (const auto* mapping = mapping_of(cast, observation)) return observe_mapped(cast, *mapping, observation);
  return observation.visit([&cast](const auto& alternative) { return observe(cast, alternative); });
}

base::Task<Observed> observe_within(Cast& cast, const Observation& observation, base::Duration within) {
  auto& scheduler = cast.scheduler();
  const auto deadline = scheduler.now() + within;
  const auto pause = std::clamp<base::Duration>(within / 50, std::chrono::seconds{1}, std::chrono::minutes{1});
  for (;;) {
    auto observed = co_await observe(cast, observation);
    if (observed.holds || scheduler.now() >= deadline) co_return observed;
    co_await base::Sleep(scheduler, std::min(deadline, scheduler.now() + pause));
  }
}

}  // namespace scenarios
