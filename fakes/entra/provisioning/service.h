// The Entra provisioning service: a SCIM client whose job runs an initial cycle and then incremental ones every 40 minutes,
// and which pushes one object at once on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/trace.h"
#include "base/wait.h"
#include "fakes/entra/provisioning/job.h"
#include "fakes/entra/provisioning/memory.h"
#include "fakes/entra/provisioning/object_export.h"
#include "fakes/entra/provisioning/provisioning_log.h"
#include "fakes/entra/provisioning/reference_export.h"
#include "fakes/entra/provisioning/source_reader.h"
#include "fakes/entra/provisioning/target.h"
#include "fakes/entra/service_token.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::provisioning {

/// What the service acts through; all outlive it.
struct Ports {
  Tenant* tenant = nullptr;
  base::Scheduler* scheduler = nullptr;
  base::Clock* clock = nullptr;
  base::HttpTransport* transport = nullptr;
  ServiceTokens* service_tokens = nullptr;
  base::Trace* trace = nullptr;
};

class Service {
 public:
  Service(Ports ports, base::Rng rng, Settings settings);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// The job: cycles for ever, while it is not stopped or disabled. State outlives a task that is cut off.
  base::Task<void> run_job();

  // What an admin does in the portal.
  void start();
  /// A cycle that is running goes on to its end. [Entra provisioning-clients 2.4-10]
  void stop();
  /// The next cycle begins now, and is an initial one where the watermark is forgotten. Links stay, but for `full`.
  /// [Entra provisioning-clients 2.4-08] [Entra provisioning-clients 2.4-09]
  void restart(const ResetScope& scope = default_reset_scope());
  /// Saving a mapping or a scoping filter begins a new initial cycle. [Entra provisioning-clients 2.4-08]
  /// [Entra provisioning-clients 2.17-05]
  void set_mapping(ObjectKind kind, ObjectMapping mapping);
  /// Takes effect with the next initial cycle. [Entra provisioning-clients 2.17-06]
  void set_scope(Scope scope) { settings_.scope = scope; }
  void set_token(base::Secret token) { settings_.token = std::move(token); }
  void set_deletion_threshold(std::optional<std::size_t> threshold) { settings_.deletion_threshold = threshold; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  /// From the next request on.
  void set_quirks(const ClientQuirks& quirks) { settings_.quirks = quirks; }

  /// Evaluates one user now, or a group with up to five chosen members; at most five calls in ten seconds. [rule R41]
  /// [Entra provisioning-clients 2.16-02]
  base::Task<LogRecord> provision_on_demand(ObjectId id, std::vector<ObjectId> members = {});
  /// The "Test Connection" button: a look-up of a random value that must find nothing, for each kind of objects that is
  /// mapped. Empty on success, else what the portal shows. [rule R32] [Entra provisioning-clients 2.2-01]
  /// [Entra provisioning-clients 2.2-03]
  base::Task<std::optional<std::string>> test_connection(std::string random_value);

  [[nodiscard]] const std::deque<LogRecord>& log() const { return log_; }
  [[nodiscard]] std::uint64_t cycles_completed() const { return cycles_completed_; }
  [[nodiscard]] const JobStatus& status() const { return status_; }
  [[nodiscard]] const std::string& job_id() const { return job_id_; }
  /// [Entra provisioning-clients 2.14-13]
  [[nodiscard]] base::JsonObject job_json() const;
  [[nodiscard]] LogParties parties() const;

  /// Which resource of the target is which object: `objectConnections`. [Entra provisioning-clients 2.14-17]
  [[nodiscard]] std::map<ObjectId, Link> links() const { return memory_.links(); }
  /// False where the job is not paused.
  bool remove_link(const ObjectId& id);

 private:
  /// What one cycle has to look at, and what it found out.
  struct Cycle {
    std::string id;
    std::uint64_t until = 0;  ///< the tenant's sequence as it began
    std::uint64_t generation = 0;
    bool initial = false;
    base::Instant began{};
    ChangedObjects due{};
    std::vector<ReferenceWork> references{};
    std::size_t exported = 0;
    bool staged = false;  ///< deletions were withheld
    std::optional<QuarantineError> endpoint{};
  };

  base::Task<void> run_cycle();
  base::Task<std::optional<QuarantineError>> probe();
  [[nodiscard]] ChangedObjects plan(std::uint64_t watermark);
  [[nodiscard]] bool deletes_too_many(const ChangedObjects& due) const;
  [[nodiscard]] bool would_delete(const ObjectId& id) const;
  base::Task<void> export_objects(Cycle* cycle, const std::vector<ObjectId>* ids);
  base::Task<void> export_gone(Cycle* cycle);
  base::Task<void> export_references(Cycle* cycle);
  void stage(Cycle& cycle, const SourceObject& source);
  /// Keeps what was done. `source`: the object as it was evaluated at `sequence`; null: of references, and of who is gone.
  void conclude(Cycle* cycle, LogRecord record, const std::optional<QuarantineError>& endpoint, std::uint64_t sequence, const SourceObject* source);
  void write(LogRecord record, std::string_view cycle_id);
  base::Task<void> finish(Cycle cycle);
  base::Task<void> impose(QuarantineReason reason, QuarantineError error);
  base::Task<void> mail(std::string subject, std::string text);
  void refresh_code();

  Tenant* tenant_;
  base::Clock* clock_;
  base::HttpTransport* transport_;
  base::Trace* trace_;
  base::Rng rng_;
  Settings settings_;
  std::string job_id_;
  Memory memory_;
  Target target_;
  ObjectExport objects_;
  ReferenceExport references_;
  SourceReader sources_;
  base::Event changed_;  ///< what an admin did may let the job go on
  std::uint64_t watermark_ = 0;  ///< 0: the next cycle is an initial one
  std::uint64_t generation_ = 0; ///< counts what makes a running cycle's watermark void
  base::Instant next_cycle_{};
  bool force_deletes_ = false;
  std::uint64_t cycles_completed_ = 0;
  std::set<ObjectId> being_processed_;
  std::vector<base::Instant> on_demand_calls_;
  JobStatus status_;
  std::deque<LogRecord> log_;
};

}  // namespace fakes::entra::provisioning
