// The provisioning log: a record for each object that was evaluated, with the steps that led to the outcome.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra::provisioning {

/// [Entra provisioning-clients 2.20-04]
enum class LogStatus : std::uint8_t { success, failure, skipped, warning };
[[nodiscard]] std::string_view name_of(LogStatus status);

/// [Entra provisioning-clients 2.20-05]
enum class StepType : std::uint8_t { import, scoping, matching, processing, reference_resolution, exporting };
[[nodiscard]] std::string_view name_of(StepType type);

/// A step as the log shows it.
struct LogStep {
  std::string_view name;  ///< EntryExportAdd, EntryExportUpdate, … [Entra provisioning-clients 2.20-06]
  StepType type = StepType::import;
  LogStatus status = LogStatus::success;
  std::string description{};
  std::vector<std::pair<std::string, std::string>> details{};  ///< by name, in order
};

/// [Entra provisioning-clients 2.20-07]
struct ModifiedProperty {
  std::string display_name;
  std::string old_value;
  std::string new_value;
};

/// A step as it is kept: a record for each object adds up, so that what a step says is made when it is shown.
struct DoneStep {
  enum class Kind : std::uint8_t { test_connection, import, scoping, match, no_match, skip, write, reference };
  Kind kind = Kind::import;
  LogStatus status = LogStatus::success;
};

/// What the evaluation found out about the object's scope. [Entra provisioning-clients 2.16-05] [Entra provisioning-clients 2.20-09]
struct ScopeFindings {
  bool active = false;
  bool assigned = false;
  bool in_scope = false;
};

struct LogRecord {
  std::string id{};
  std::string cycle_id{};
  std::string change_id{};
  base::Instant at{};
  base::Duration took{};
  ObjectId object{};
  ObjectKind kind = ObjectKind::user;
  std::string name{};       ///< display name
  std::string user_principal_name{};
  std::string target_id{};  ///< empty where there is none
  std::string action{};     ///< create, update, disable, delete, stagedDelete, other [Entra provisioning-clients 2.20-03]
  LogStatus status = LogStatus::success;
  std::string code{};       ///< RedundantExport, NotEffectivelyEntitled, …; empty on success
  std::string reason{};
  std::vector<DoneStep> steps{};
  ScopeFindings scope{};
  std::string failure{};    ///< of the step that failed; the reason says besides when it is tried again
  std::vector<ModifiedProperty> modified{};
  bool about_reference = false;  ///< manager or members
};

/// The service's parts that each record names.
struct LogParties {
  std::string tenant_id;
  std::string job_id;
  std::string service_principal_id;
  std::string service_principal_name;
};

[[nodiscard]] std::vector<LogStep> steps_of(const LogRecord& record);

/// A `provisioningObjectSummary` of Graph. [Entra provisioning-clients 2.20-02] [Entra provisioning-clients 2.20-08]
[[nodiscard]] base::JsonObject to_json(const LogRecord& record, const LogParties& parties);

/// How each of the five stages of a run on demand ended: test of the connection, import, scope, match, action; a stage that was
/// not reached is skipped. [Entra provisioning-clients 2.16-01]
struct OnDemandStage {
  std::string_view name;
  LogStatus status = LogStatus::skipped;
};
[[nodiscard]] std::vector<OnDemandStage> on_demand_stages(const LogRecord& record);
/// The answer of `provisionOnDemand`: key and value are JSON within texts. [Entra provisioning-clients 2.16-04]
[[nodiscard]] base::JsonObject on_demand_json(const LogRecord& record);

/// Records of the last `days`: 30 with a premium licence, 7 without. [Entra provisioning-clients 2.20-01]
[[nodiscard]] std::vector<LogRecord> retained(const std::deque<LogRecord>& log, base::Instant now, std::chrono::days days);

/// The code for an answer that is no success. [Entra provisioning-clients 2.13-04] [Entra provisioning-clients 2.13-07]
[[nodiscard]] std::string_view error_code(int status);
/// Failures that the next cycle retries, without escrow. [Entra provisioning-clients 2.13-05] [Entra provisioning-clients 2.13-06]
[[nodiscard]] bool is_transient(std::string_view code);

/// `2026-01-05T08:00:00.0000000Z`. [Entra provisioning-clients 2.13-03]
[[nodiscard]] std::string seven_digits(base::Instant instant);

}  // namespace fakes::entra::provisioning
