#include "fakes/entra/provisioning/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fakes/entra/guid.h"

namespace fakes::entra::provisioning {
namespace {

/// Holds an object for one run; a crash lets go as well, since it destroys the frame.
class Claim {
 public:
  Claim(std::set<ObjectId>& held, const ObjectId& id) : held_(held), at_(held.insert(id).first) {}
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  ~Claim() { held_.erase(at_); }

 private:
  std::set<ObjectId>& held_;
  std::set<ObjectId>::iterator at_;
};

}  // namespace

Service::Service(Ports ports, base::Rng rng, Settings settings)
    : tenant_(ports.tenant),
      clock_(ports.clock),
      transport_(ports.transport),
      trace_(ports.trace),
      rng_(rng),
      settings_(std::move(settings)),
      target_(*clock_, *transport_, *ports.service_tokens, settings_),
      objects_(*clock_, rng.fork("records"), settings_, target_, memory_),
      references_(*tenant_, *clock_, settings_, target_, memory_, objects_),
      sources_(*tenant_, settings_, memory_),
      changed_(*ports.scheduler),
      next_cycle_(clock_->now()) {
  job_id_ = "scim." + rng_.hex(16);  // [Entra provisioning-clients 2.8-07]
  refresh_code();
}

base::Task<void> Service::run_job() {
  if (!status_.quarantine) next_cycle_ = clock_->now();
  for (;;) {
    if (status_.schedule != Schedule::active) {
      co_await changed_.wait("the job to be started");
      continue;
    }
    if (next_cycle_ > clock_->now()) {
      co_await changed_.wait_until(clock_->to_world(next_cycle_), "the next cycle");
      continue;
    }
    next_cycle_ = clock_->now() + settings_.interval;
    if (settings_.defects.contains(Defect::cycle_every_fifty_minutes)) next_cycle_ += std::chrono::minutes{10};
    co_await run_cycle();
    ++cycles_completed_;
  }
}

base::Task<void> Service::run_cycle() {
  tenant_->purge();
  Cycle cycle{.id = make_guid(rng_), .until = tenant_->changes().last(), .generation = generation_, .initial = watermark_ == 0, .began = clock_->now()};
  if (cycle.initial) sources_.take_scope();
  cycle.due = plan(watermark_);
  trace_->note("entra", fmt::format("{} cycle: {} objects to evaluate", cycle.initial ? "initial" : "incremental",
                                    cycle.due.users.size() + cycle.due.groups.size() + cycle.due.gone.size()));
  cycle.endpoint = co_await probe();
  cycle.staged = !force_deletes_ && deletes_too_many(cycle.due);
  // Users, then groups, then what refers from one to another. [Entra provisioning-clients 2.3-06]
  co_await export_objects(&cycle, &cycle.due.users);
  co_await export_objects(&cycle, &cycle.due.groups);
  co_await export_gone(&cycle);
  co_await export_references(&cycle);
  co_await finish(std::move(cycle));
}

base::Task<std::optional<QuarantineError>> Service::probe() {
  for (const auto kind : {ObjectKind::user, ObjectKind::group}) {
    if (!settings_.mapping(kind).enabled) continue;
    for (int i = 0; i < settings_.probes; ++i) {
      auto value = make_guid(rng_);
      const auto failure = co_await target_.probe(kind, std::move(value));
      // Assumed: an endpoint that is down for a moment does not hold the cycle up.
      if (failure && failure->endpoint) co_return failure->endpoint;
    }
  }
  co_return std::nullopt;
}

ChangedObjects Service::plan(std::uint64_t watermark) {
  auto due = sources_.changed_after(watermark);
  std::set<ObjectId> planned;
  for (const auto* ids : {&due.users, &due.groups, &due.gone}) planned.insert(ids->begin(), ids->end());
  const auto add = [&](const ObjectId& id) {
    if (!planned.insert(id).second) return;
    const auto source = sources_.read(id);
    (!source ? due.gone : source->kind() == ObjectKind::user ? due.users : due.groups).push_back(id);
  };
  for (const auto& id : memory_.escrows.due(clock_->now())) add(id);
  for (const auto* waiting : {&memory_.staged, &memory_.unconfirmed}) {
    for (const auto& id : *waiting) add(id);
  }
  if (!settings_.users.enabled) due.users.clear();
  if (!settings_.groups.enabled && !settings_.defects.contains(Defect::pushes_groups_though_off)) due.groups.clear();
  // Who was out of scope before is not told of the end. [Entra provisioning-clients 2.9-06]
  std::erase_if(due.gone, [&](const ObjectId& id) {
    const auto* link = memory_.find(id);
    const auto* before = memory_.evaluation_of(id);
    const bool told = link != nullptr && settings_.mapping(link->kind).enabled && settings_.deletes(link->kind) &&
                      (before == nullptr || before->in_scope);
    if (!told) memory_.escrows.succeed(id, FailureKind::object);
    return !told;
  });
  return due;
}

bool Service::would_delete(const ObjectId& id) const {
  const auto source = sources_.read(id);
  return source && objects_.would_remove(*source);
}

bool Service::deletes_too_many(const ChangedObjects& due) const {
  if (!settings_.deletion_threshold) return false;
  // Disables and deletions of users and groups count alike. [Entra provisioning-clients 2.15-01]
  auto deletions = due.gone.size();
  for (const auto* ids : {&due.users, &due.groups})
    deletions += static_cast<std::size_t>(std::ranges::count_if(*ids, [&](const ObjectId& id) { return would_delete(id); }));
  return deletions > 0 && deletions >= *settings_.deletion_threshold;
}

void Service::stage(Cycle& cycle, const SourceObject& source) {
  memory_.staged.insert(source.id());
  auto record = objects_.begin_record(source, "stageddelete");
  record.status = LogStatus::skipped;
  record.code = "StagedDelete";
  record.reason = "the deletion is withheld until an admin allows it";
  write(std::move(record), cycle.id);
}

base::Task<void> Service::export_objects(Cycle* cycle, const std::vector<ObjectId>* ids) {
  for (const auto& id : *ids) {
    if (cycle->endpoint) co_return;
    // A run on demand may be at work on an older state of the object.
    while (being_processed_.contains(id)) {
      settings_.probing.reached(Probe::cycle_waits_for_a_run_on_demand);
      co_await clock_->sleep_for(std::chrono::seconds{1});
    }
    const auto sequence = tenant_->changes().last();
    auto source = sources_.read(id);
    if (!source) continue;
    const bool is_new = memory_.find(id) == nullptr;
    if (is_new && cycles_completed_ > 0 && settings_.defects.contains(Defect::cycle_creates_nobody)) continue;
    if (cycle->staged && objects_.would_remove(*source)) {
      stage(*cycle, *source);
      continue;
    }
    const Claim claim(being_processed_, id);
    auto exported = co_await objects_.run(&*source, Trigger::cycle);
    const bool failed = exported.record.status == LogStatus::failure;
    conclude(cycle, std::move(exported.record), exported.endpoint, sequence, &*source);
    if (failed) continue;
    const bool waits = memory_.escrows.contains(id, FailureKind::reference);
    // Who never had a manager has nothing to refer to, which is most people of a large tenant.
    if (!waits && !references_.may_be_due(*source)) continue;
    const bool repeats = cycle->initial || waits;
    cycle->references.push_back({*std::move(source), std::move(exported.resource), repeats ? 0 : memory_.references_done(id), Trigger::cycle});
  }
}

base::Task<void> Service::export_gone(Cycle* cycle) {
  for (const auto& id : cycle->due.gone) {
    if (cycle->endpoint) co_return;
    while (being_processed_.contains(id)) co_await clock_->sleep_for(std::chrono::seconds{1});
    const auto* link = memory_.find(id);
    if (link == nullptr) continue;
    if (cycle->staged) {
      stage(*cycle, SourceObject{DirectoryObject(link->kind, id)});
      continue;
    }
    const Claim claim(being_processed_, id);
    auto exported = co_await objects_.remove(id);
    conclude(cycle, std::move(exported.record), exported.endpoint, 0, nullptr);
  }
}

base::Task<void> Service::export_references(Cycle* cycle) {
  for (auto& work : cycle->references) {
    if (cycle->endpoint) co_return;
    const auto id = work.source.id();
    while (being_processed_.contains(id)) co_await clock_->sleep_for(std::chrono::seconds{1});
    const Claim claim(being_processed_, id);
    const auto sequence = tenant_->changes().last();
    auto done = co_await references_.run(std::move(work));
    bool failed = false;
    for (auto& exported : done) {
      failed = failed || exported.record.status == LogStatus::failure;
      conclude(cycle, std::move(exported.record), exported.endpoint, 0, nullptr);
    }
    if (failed) continue;
    memory_.escrows.succeed(id, FailureKind::reference);
    memory_.note_references_done(id, sequence);
  }
}

void Service::conclude(Cycle* cycle, LogRecord record, const std::optional<QuarantineError>& endpoint, std::uint64_t sequence,
                       const SourceObject* source) {
  const auto kind = record.about_reference ? FailureKind::reference : FailureKind::object;
  const bool failed = record.status == LogStatus::failure;
  settings_.probing.sometimes(Probe::object_is_provisioned_at_last, !failed && memory_.escrows.contains(record.object, kind));
  if (settings_.probing.sometimes(Probe::object_cannot_be_provisioned, failed)) {
    record.reason += " " + memory_.escrows.fail(record.object, kind, is_transient(record.code), clock_->now());
  } else {
    memory_.escrows.succeed(record.object, kind);
    memory_.staged.erase(record.object);
  }
  for (const auto& property : record.modified) {
    const bool flows_back = property.display_name.ends_with("department") && !property.old_value.empty();
    if (flows_back && settings_.defects.contains(Defect::departments_flow_back))
      static_cast<void>(tenant_->update(record.object, {{"department", base::json_text(property.old_value)}}));
  }
  if (kind == FailureKind::object && failed) memory_.note_failure(record.object, source == nullptr ? std::nullopt : std::optional(source->in_scope));
  if (kind == FailureKind::object && !failed) {
    std::optional<Memory::Evaluation> evaluation;
    if (source != nullptr) evaluation = {sequence, source->is_soft_deleted(), source->in_scope};
    memory_.note_success(record.object, evaluation);
  }
  const bool succeeded = record.status == LogStatus::success;
  write(std::move(record), cycle == nullptr ? std::string_view() : std::string_view(cycle->id));
  if (cycle == nullptr) return;
  if (succeeded) ++cycle->exported;
  if (settings_.probing.sometimes(Probe::cycle_meets_a_dead_endpoint, endpoint.has_value())) cycle->endpoint = endpoint;
}

void Service::write(LogRecord record, std::string_view cycle_id) {
  record.cycle_id = cycle_id;
  const auto& name = record.kind == ObjectKind::user ? record.user_principal_name : record.name;
  trace_->note("entra", fmt::format("{} of {} {}{}{}", record.action, name,
                                    record.status == LogStatus::success   ? "succeeded"
                                    : record.status == LogStatus::failure ? "failed"
                                                                          : "was skipped",
                                    record.code.empty() ? "" : ": ", record.code));
  log_.push_back(std::move(record));
}

base::Task<std::optional<std::string>> Service::test_connection(std::string random_value) {
  for (const auto kind : {ObjectKind::user, ObjectKind::group}) {
    if (!settings_.mapping(kind).enabled) continue;
    const auto failure = co_await target_.probe(kind, random_value);
    // Assumed: the look-up of a user has shown that the credentials are good; that groups are refused comes to light in the
    // first cycle, since the article has the test succeed before it switches groups off. [rule R25] [rule R32]
    if (failure && kind == ObjectKind::group && !failure->endpoint && failure->code == "InsufficientRights") continue;
    if (!failure && settings_.defects.contains(Defect::no_connection_is_fine)) co_return "SystemForCrossDomainIdentityManagementUnexpectedResponse";
    if (failure) co_return fmt::format("{}: {}", failure->code, failure->endpoint ? failure->endpoint->message : failure->reason);
  }
  co_return std::nullopt;
}

base::Task<LogRecord> Service::provision_on_demand(ObjectId id, std::vector<ObjectId> members) {
  constexpr std::size_t most_calls = 5;
  constexpr std::size_t most_members = 5;
  const auto called = clock_->now();
  std::erase_if(on_demand_calls_, [&](base::Instant at) { return at + std::chrono::seconds{10} <= called; });
  LogRecord refused = objects_.begin_record(SourceObject{DirectoryObject(ObjectKind::user, id)}, "other");
  refused.status = LogStatus::failure;
  if (on_demand_calls_.size() >= most_calls || members.size() > most_members) {
    refused.code = members.size() > most_members ? "TooManyMembers" : "TooManyRequests";
    refused.reason = members.size() > most_members ? "five members at most can be chosen" : "five calls in ten seconds at most are taken";
    co_return refused;
  }
  on_demand_calls_.push_back(called);
  // A cycle may be at work on the same object; two look-ups at once would create it twice.
  while (being_processed_.contains(id)) co_await clock_->sleep_for(std::chrono::seconds{1});
  const auto sequence = tenant_->changes().last();
  const auto source = sources_.read(id);
  if (!source || !settings_.mapping(source->kind()).enabled) {
    refused.code = "ImportSkipped";
    refused.reason = source ? "the mapping of such objects is switched off" : "the object does not exist in the tenant";
    co_return refused;
  }
  const Claim claim(being_processed_, id);
  if (settings_.probes > 0) {
    auto value = make_guid(rng_);
    const auto failure = co_await target_.probe(source->kind(), std::move(value));
    if (failure) {
      refused.code = failure->code;
      refused.reason = failure->reason;
      refused.failure = failure->reason;
      refused.steps = {{.kind = DoneStep::Kind::test_connection, .status = LogStatus::failure}};
      write(refused, {});
      co_return refused;
    }
  }
  auto exported = co_await objects_.run(&*source, Trigger::on_demand);
  conclude(nullptr, exported.record, exported.endpoint, sequence, &*source);
  if (exported.record.status == LogStatus::failure) co_return exported.record;
  ReferenceWork work{*source, std::move(exported.resource), memory_.references_done(id), Trigger::on_demand};
  std::vector<Exported> done;
  if (source->kind() == ObjectKind::user) {
    done = co_await references_.run(std::move(work));
  } else {
    done = co_await references_.add_members(std::move(work), std::move(members));
  }
  for (auto& reference : done) conclude(nullptr, std::move(reference.record), reference.endpoint, 0, nullptr);
  co_return exported.record;
}

base::JsonObject Service::job_json() const {
  std::map<std::string, std::size_t> entries;
  for (const auto& [kind, name] : {std::pair{ObjectKind::user, "User"}, {ObjectKind::group, "Group"}}) {
    if (const auto count = memory_.count(kind); count > 0) entries[name] = count;
  }
  return to_json(status_, job_id_, settings_, entries);
}

LogParties Service::parties() const {
  const auto* app = tenant_->applications().find(settings_.app_id);
  if (app == nullptr) return {tenant_->id(), job_id_, {}, {}};
  return {tenant_->id(), job_id_, app->service_principal.text(), app->display_name};
}

}  // namespace fakes::entra::provisioning
