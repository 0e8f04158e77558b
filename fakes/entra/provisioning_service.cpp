#include "fakes/entra/provisioning_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"

namespace fakes::entra {
namespace {

constexpr base::Duration request_timeout = std::chrono::seconds{30};
constexpr base::Duration escrow_lifetime = std::chrono::days{28};

/// The pause before the next attempt on a failed object. [Entra provisioning-clients 2.13-02]
base::Duration escrow_pause(int attempts) {
  if (attempts <= 1) return std::chrono::hours{6};
  if (attempts == 2) return std::chrono::hours{12};
  return std::chrono::hours{24};
}

/// Failures that the next cycle retries, without escrow. [Entra provisioning-clients 2.13-06]
bool is_transient(const LogRecord& record) {
  return record.code == "TooManyRequests" || record.code == "InternalServerError" || record.code == "Timeout";
}

std::string error_code(int status) {
  if (status == 401 || status == 403 || status == 405) return "InsufficientRights";
  if (status == 404) return "InvalidAnchor";
  if (status == 409) return "Conflict";
  if (status == 422) return "UnprocessableEntity";
  if (status == 429) return "TooManyRequests";
  if (status >= 500) return "InternalServerError";
  return "SystemForCrossDomainIdentityManagementBadRequest";
}

/// Resources of a list answer, or nothing where it is none.
const base::JsonArray* resources_of(const base::Json& list) {
  const auto* resources = base::member(list, "Resources");
  return resources != nullptr && resources->is_array() ? &resources->get_array() : nullptr;
}

/// What is left of a user who is gone.
SourceUser nobody(const ObjectId& id) { return SourceUser{DirectoryObject(ObjectKind::user, id)}; }

/// Holds a user for one run; a crash lets go as well, since it destroys the frame.
class Claim {
 public:
  Claim(std::set<ObjectId>& held, ObjectId id) : held_(held), id_(std::move(id)) { held_.insert(id_); }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  ~Claim() { held_.erase(id_); }

 private:
  std::set<ObjectId>& held_;
  ObjectId id_;
};

}  // namespace

ProvisioningService::ProvisioningService(Tenant& tenant, base::Clock& clock, base::HttpTransport& transport,
                                         base::Trace& trace, ProvisioningConfig config)
    : tenant_(&tenant), clock_(&clock), transport_(&transport), trace_(&trace), config_(std::move(config)) {}

base::Task<void> ProvisioningService::run_job() {
  for (;;) {
    const auto started = clock_->now();
    co_await cycle();
    ++cycles_completed_;
    const auto next = started + config_.interval;
    co_await clock_->sleep_until(next);
  }
}

base::Task<void> ProvisioningService::cycle() {
  tenant_->purge();
  const auto until = tenant_->changes().last();
  auto due = changed_since(watermark_);
  auto removed = removed_since(watermark_);
  for (const auto& [id, escrow] : escrows_) {
    if (escrow.next_attempt > clock_->now()) continue;
    auto& list = source_of(id) ? due : removed;
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
  }
  trace_->note("entra", fmt::format("{} cycle: {} users to evaluate", watermark_ == 0 ? "initial" : "incremental",
                                    due.size() + removed.size()));
  for (const auto& id : due) {
    // A run on demand may be at work on an older state of the user.
    while (being_processed_.contains(id)) co_await clock_->sleep_for(std::chrono::seconds{1});
    const auto current = source_of(id);
    if (!current) continue;
    const auto outcome = co_await process(*current, config_.dialect);
    conclude(outcome);
  }
  for (const auto& id : removed) {
    const auto link = links_.find(id);
    // A user unassigned before is out of scope, and the target never hears of its end. [Entra provisioning-clients 2.9-06]
    if (link == links_.end() || unassigned_.contains(id) || !config_.remove) {
      escrows_.erase(id);
      continue;
    }
    const auto outcome = co_await remove_linked(id, link->second);
    conclude(outcome);
  }
  watermark_ = until;
}

std::optional<SourceUser> ProvisioningService::source_of(const ObjectId& id) const {
  const auto* object = tenant_->find(id);
  if (object == nullptr) object = tenant_->find_deleted(id);
  if (object == nullptr || object->kind() != ObjectKind::user) return std::nullopt;
  return SourceUser{*object, is_assigned(id)};
}

bool ProvisioningService::is_assigned(const ObjectId& id) const {
  const auto* app = tenant_->applications().find(config_.app_id);
  return app != nullptr && app->is_assigned(id);
}

std::vector<ObjectId> ProvisioningService::changed_since(std::uint64_t watermark) const {
  std::map<std::uint64_t, ObjectId> changed;
  const auto* app = tenant_->applications().find(config_.app_id);
  for (const auto* users : {&tenant_->living(ObjectKind::user), &tenant_->deleted(ObjectKind::user)}) {
    for (const auto& [id, user] : *users) {
      const auto assigned = app == nullptr ? 0 : tenant_->assignment_changed(*app, id);
      if (const auto last = std::max(user.changed, assigned); last > watermark) changed.emplace(last, id);
    }
  }
  std::vector<ObjectId> ids;
  for (auto& [sequence, id] : changed) ids.push_back(std::move(id));
  return ids;
}

std::vector<ObjectId> ProvisioningService::removed_since(std::uint64_t watermark) const {
  std::vector<ObjectId> ids;
  const auto& changes = tenant_->changes();
  for (auto at = changes.after(watermark); at != changes.end(); ++at) {
    if (at->second.gone && at->second.kind == ObjectKind::user) ids.push_back(at->second.id);
  }
  return ids;
}

base::Task<LogRecord> ProvisioningService::provision_on_demand(ObjectId id) {
  // A cycle may be at work on the same user; two look-ups at once would create it twice.
  while (being_processed_.contains(id)) co_await clock_->sleep_for(std::chrono::seconds{1});
  const auto user = source_of(id);
  if (!user) {
    co_return record(nobody(id), "other", LogStatus::failure, "ImportSkipped", "the user does not exist in the tenant");
  }
  // [Entra provisioning-clients 2.16-06]: the flag does not apply here.
  const auto outcome = co_await process(*user, PatchDialect::classic);
  conclude(outcome);
  co_return outcome;
}

base::Task<std::optional<std::string>> ProvisioningService::test_connection(std::string random_value) {
  const auto path = fmt::format("/Users?filter=userName+eq+%22{}%22", base::percent_encode(random_value));
  const auto result = co_await call("GET", path, std::nullopt);
  if (!result) co_return "the endpoint cannot be reached: " + result.error().message;
  if (result->status == 401) co_return "the credentials are not accepted";
  if (result->status != 200) co_return fmt::format("a {} was returned where 200 was expected", result->status);
  const auto list = base::parse_json(result->body);
  if (!list || base::integer_member(*list, "totalResults") != 0) co_return "the answer is no empty list";
  co_return std::nullopt;
}

base::Task<LogRecord> ProvisioningService::process(SourceUser user, PatchDialect dialect) {
  const Claim claim(being_processed_, user.id());
  if (user.assigned) {
    unassigned_.erase(user.id());
  } else {
    unassigned_.insert(user.id());
  }
  LogRecord outcome;
  const auto link = links_.find(user.id());
  if (link != links_.end()) {
    outcome = co_await update_linked(user, link->second, std::nullopt, dialect);
  } else {
    outcome = co_await create_or_match(user, dialect);
  }
  co_return outcome;
}

base::Task<LogRecord> ProvisioningService::create_or_match(SourceUser user, PatchDialect dialect) {
  // Never seen and not entitled: nothing is created, and nothing is looked up.
  // [Entra provisioning-clients 2.3-11] [Entra provisioning-clients 2.20-09] [rule D44]
  if (user.is_soft_deleted()) {
    co_return record(user, "other", LogStatus::skipped, "NotEffectivelyEntitled",
                     user.assigned ? "the user is disabled or deleted" : "the user is not assigned to the application");
  }
  const auto path = "/Users?filter=" + matching_filter(user);
  const auto found = co_await call("GET", path, std::nullopt);
  if (!found || found->status != 200) co_return failure(user, "other", found);
  const auto list = base::parse_json(found->body);
  const auto total = list ? base::integer_member(*list, "totalResults").value_or(-1) : -1;
  if (total < 0) co_return record(user, "other", LogStatus::failure, "SystemForCrossDomainIdentityManagementServiceIncompatible");
  if (total > 1) co_return record(user, "other", LogStatus::failure, "DuplicateTargetEntries");
  const auto* resources = resources_of(*list);
  if (total == 1 && resources != nullptr && !resources->empty()) {
    const auto anchor = base::string_or(resources->front(), "id", "");
    links_[user.id()] = anchor;
    auto outcome = co_await update_linked(user, anchor, resources->front(), dialect);
    co_return outcome;
  }
  if (!config_.create) co_return record(user, "create", LogStatus::skipped, "NotPermitted", "Create is switched off");
  auto body = create_body(config_.mapping, user);
  const auto created = co_await call("POST", "/Users", std::move(body));
  if (!created || created->status != 201) co_return failure(user, "create", created);
  const auto resource = base::parse_json(created->body);
  const auto id = resource ? base::string_member(*resource, "id") : std::nullopt;
  if (!id) {
    co_return record(user, "create", LogStatus::failure, "SystemForCrossDomainIdentityManagementServiceIncompatible",
                     "the created resource has no id");
  }
  links_[user.id()] = *id;
  co_return record(user, "create", LogStatus::success);
}

base::Task<LogRecord> ProvisioningService::update_linked(SourceUser user, std::string anchor, std::optional<base::Json> target,
                                                         PatchDialect dialect) {
  const auto action = user.is_soft_deleted() ? "disable" : "update";
  if (!config_.update) co_return record(user, action, LogStatus::skipped, "NotPermitted", "Update is switched off");
  const auto path = "/Users/" + base::percent_encode(anchor);
  if (!target) {
    const auto read = co_await call("GET", path, std::nullopt);
    if (!read || read->status != 200) co_return failure(user, action, read);
    auto parsed = base::parse_json(read->body);
    if (!parsed || !parsed->is_object()) {
      co_return record(user, action, LogStatus::failure, "SystemForCrossDomainIdentityManagementServiceIncompatible");
    }
    target = std::move(*parsed);
  }
  auto body = update_body(config_.mapping, user, *target, dialect);
  if (!body) co_return record(user, action, LogStatus::skipped, "RedundantExport");
  const auto patched = co_await call("PATCH", path, std::move(*body));
  if (!patched || !patched->ok()) co_return failure(user, action, patched);
  co_return record(user, action, LogStatus::success);
}

base::Task<LogRecord> ProvisioningService::remove_linked(ObjectId id, std::string anchor) {
  const auto gone = nobody(id);
  const auto path = "/Users/" + base::percent_encode(anchor);
  const auto result = co_await call("DELETE", path, std::nullopt);
  if (!result || (!result->ok() && result->status != 404)) co_return failure(gone, "delete", result);
  links_.erase(id);
  co_return record(gone, "delete", LogStatus::success);
}

base::Task<base::HttpResult> ProvisioningService::call(std::string method, std::string path,
                                                       std::optional<base::JsonObject> body) {
  // No User-Agent: the real service sends none either. [Entra provisioning-clients 2.1-18]
  base::Uri uri = config_.tenant_url;
  uri.query.reset();
  while (uri.path.ends_with('/')) uri.path.pop_back();
  base::HttpRequest request(std::move(method), uri);
  request.target = uri.path + path;
  request.headers.add("Authorization", "Bearer " + config_.token.reveal());
  request.headers.add("Accept", "application/scim+json");
  if (body) {
    request.headers.add("Content-Type", "application/scim+json");
    request.body = base::to_text(*body);
  }
  auto result = co_await transport_->send(std::move(request), request_timeout);
  co_return result;
}

LogRecord ProvisioningService::record(const SourceUser& user, std::string action, LogStatus status, std::string code,
                                      std::string reason) const {
  return {clock_->now(), user.id(), std::string(user.object.text("userPrincipalName")), std::move(action), status, std::move(code), std::move(reason)};
}

LogRecord ProvisioningService::failure(const SourceUser& user, std::string action, const base::HttpResult& result) const {
  if (!result) return record(user, std::move(action), LogStatus::failure, "Timeout", result.error().message);
  return record(user, std::move(action), LogStatus::failure, error_code(result->status),
                fmt::format("the target answered {}", result->status));
}

void ProvisioningService::conclude(const LogRecord& outcome) {
  log_.push_back(outcome);
  static constexpr std::array words{"succeeded", "failed", "was skipped"};
  trace_->note("entra", fmt::format("{} of {} {}{}{}", outcome.action, outcome.user_principal_name,
                                    words[static_cast<std::size_t>(outcome.status)], outcome.code.empty() ? "" : ": ",
                                    outcome.code));
  if (outcome.status != LogStatus::failure) {
    escrows_.erase(outcome.user);
    return;
  }
  auto& escrow = escrows_.try_emplace(outcome.user, Escrow{outcome.at}).first->second;
  if (is_transient(outcome)) {
    escrow.next_attempt = clock_->now();
    return;
  }
  ++escrow.attempts;
  escrow.next_attempt = clock_->now() + escrow_pause(escrow.attempts);
  if (escrow.next_attempt - escrow.began > escrow_lifetime) escrows_.erase(outcome.user);
}

std::string ProvisioningService::matching_filter(const SourceUser& user) const {
  for (const auto& row : config_.mapping) {
    if (!row.matching) continue;
    const auto value = mapped_value(row, user);
    const auto text = value && value->is_string() ? std::string(base::as_text(value->get_string())) : std::string{};
    return fmt::format("{}+eq+%22{}%22", row.target, base::percent_encode(text));
  }
  return "id+eq+%22%22";
}

}  // namespace fakes::entra
