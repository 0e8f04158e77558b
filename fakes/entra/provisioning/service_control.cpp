// How a cycle ends (watermark, quarantine, mails), and what an admin does to the job.
#include <fmt/format.h>

#include <utility>

#include "fakes/entra/provisioning/service.h"

namespace fakes::entra::provisioning {
namespace {

constexpr std::string_view sender = "azure-noreply@microsoft.com";  // [Entra provisioning-clients 2.14-09]
constexpr base::Duration mail_timeout = std::chrono::seconds{30};

}  // namespace

base::Task<void> Service::finish(Cycle cycle) {
  Execution execution{cycle.id, cycle.began, clock_->now(), !cycle.endpoint && !cycle.staged, cycle.exported};
  status_.last_execution = execution;
  if (cycle.endpoint) {
    ++status_.successive_complete_failures;
    auto error = *cycle.endpoint;
    co_await impose(QuarantineReason::quarantine_exception, std::move(error));
    co_return;  // what was due stays due
  }
  if (cycle.generation == generation_) watermark_ = cycle.until;
  if (cycle.staged) {
    QuarantineError error{"TooManyDeletes", "The number of deletions has reached the threshold.", true};
    co_await impose(QuarantineReason::too_many_deletes, std::move(error));
    co_return;
  }
  force_deletes_ = false;
  const EscrowCounts counts{memory_.escrows.count(FailureKind::object), memory_.escrows.count(FailureKind::reference), memory_.healthy()};
  if (const auto reason = escrow_reason(counts, settings_.quarantine)) {
    // The first time, in an initial cycle, the entries are dropped and the job goes on. [Entra provisioning-clients 2.14-10]
    if (cycle.initial && !status_.escrows_pruned) {
      status_.escrows_pruned = true;
      memory_.escrows.clear();
    } else {
      QuarantineError error{std::string(name_of(*reason)), "Too many objects cannot be provisioned.", true};
      co_await impose(*reason, std::move(error));
      co_return;
    }
  }
  // Any cycle that succeeds ends a quarantine. [Entra provisioning-clients 2.14-08]
  if (status_.quarantine) {
    settings_.probing.reached(Probe::quarantine_ends);
    status_.quarantine.reset();
    next_cycle_ = cycle.began + settings_.interval;
    trace_->note("entra", "provisioning has left quarantine");
  }
  status_.successive_complete_failures = 0;
  status_.last_successful_execution = execution;
  if (execution.exported > 0) status_.last_successful_execution_with_exports = execution;
  if (memory_.escrows.size() == 0) {
    if (!status_.steady_state_first_achieved) status_.steady_state_first_achieved = execution.ended;
    status_.steady_state_last_achieved = execution.ended;
  }
  refresh_code();
}

base::Task<void> Service::impose(QuarantineReason reason, QuarantineError error) {
  settings_.probing.reached(Probe::job_is_quarantined);
  const auto now = clock_->now();
  bool tells = false;
  if (!status_.quarantine) {
    status_.quarantine = Quarantine{.current_began = now, .series_began = now};
    tells = true;
  } else {
    auto& held = *status_.quarantine;
    tells = held.reason != reason;
    held.current_began = now;
    ++held.series_count;
  }
  auto& quarantine = *status_.quarantine;
  quarantine.reason = reason;
  quarantine.error = error;
  quarantine.next_attempt = now + settings_.quarantine.retry;
  next_cycle_ = quarantine.next_attempt;
  const bool lost_patience = now - quarantine.series_began > settings_.quarantine.patience;
  if (lost_patience && !settings_.defects.contains(Defect::disabled_job_goes_on)) {
    status_.schedule = Schedule::disabled;
    trace_->note("entra", "provisioning is disabled after too long a quarantine");
  }
  refresh_code();
  trace_->note("entra", fmt::format("provisioning is in quarantine: {}", name_of(reason)));
  if (!tells || settings_.defects.contains(Defect::tells_nobody_of_quarantine)) co_return;
  auto subject = fmt::format("Provisioning is in quarantine: {}", name_of(reason));
  co_await mail(std::move(subject), std::move(error.message));
}

base::Task<void> Service::mail(std::string subject, std::string text) {
  if (settings_.notification_email.empty() || settings_.mail_relay.host.empty()) co_return;
  base::HttpRequest request("POST", settings_.mail_relay);
  request.headers.add("Content-Type", "application/json");
  request.body = base::to_text(base::JsonObject{{"to", base::json_text(settings_.notification_email)},
                                                {"from", base::json_text(sender)},
                                                {"kind", "provisioning"},
                                                {"subject", base::json_text(subject)},
                                                {"text", base::json_text(text)}});
  // A mail that is lost is not sent again.
  const auto result = co_await transport_->send(std::move(request), mail_timeout);
  if (!result) trace_->note("entra", "the notification could not be mailed");
}

void Service::refresh_code() {
  if (settings_.tenant_url.host.empty()) {
    status_.code = StatusCode::not_configured;
  } else if (status_.quarantine) {
    status_.code = StatusCode::quarantine;
  } else if (status_.schedule != Schedule::active) {
    status_.code = StatusCode::paused;
  } else {
    status_.code = status_.last_execution ? StatusCode::active : StatusCode::not_run;
  }
}

void Service::start() {
  status_.schedule = Schedule::active;
  if (!status_.quarantine) next_cycle_ = clock_->now();
  refresh_code();
  changed_.notify_all();
}

void Service::stop() {
  status_.schedule = Schedule::paused;
  refresh_code();
  changed_.notify_all();
}

void Service::restart(const ResetScope& scope) {
  const auto forgets = [&](Reset reset) { return scope.contains(reset) || scope.contains(Reset::full); };
  if (forgets(Reset::watermark)) {
    watermark_ = 0;
    ++generation_;
  }
  if (forgets(Reset::escrows)) {
    memory_.forget_outcomes();
    status_.escrows_pruned = false;
  }
  if (forgets(Reset::connector_data_store)) memory_.forget_objects();
  if (forgets(Reset::quarantine_state)) status_.quarantine.reset();
  if (scope.contains(Reset::force_deletes)) force_deletes_ = true;
  status_.schedule = Schedule::active;
  next_cycle_ = clock_->now();
  refresh_code();
  changed_.notify_all();
}

void Service::set_mapping(ObjectKind kind, ObjectMapping mapping) {
  if (settings_.defects.contains(Defect::saved_mapping_is_ignored)) mapping.rows = settings_.mapping(kind).rows;
  (kind == ObjectKind::user ? settings_.users : settings_.groups) = std::move(mapping);
  watermark_ = 0;
  ++generation_;
  if (!status_.quarantine) next_cycle_ = clock_->now();
  changed_.notify_all();
}

bool Service::remove_link(const ObjectId& id) {
  if (status_.schedule == Schedule::active) return false;
  memory_.unlink(id);
  return true;
}

}  // namespace fakes::entra::provisioning
