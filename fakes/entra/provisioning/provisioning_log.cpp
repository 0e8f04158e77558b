#include "fakes/entra/provisioning/provisioning_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace fakes::entra::provisioning {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

Json text(std::string_view value) { return base::json_text(value); }

Json text_or_null(std::string_view value) { return value.empty() ? Json() : base::json_text(value); }

/// Who has to act. [Entra provisioning-clients 2.13-05] [Entra provisioning-clients 2.13-07]
std::string_view category_of(std::string_view code) {
  if (is_transient(code)) return "NonServiceFailure";
  return "Failure";
}

std::string_view recommendation_for(std::string_view code) {
  if (is_transient(code)) return "The operation is retried automatically.";
  if (code == "InsufficientRights") return "Check the credentials and what the target allows them.";
  if (code == "InvalidAnchor") return "Restart provisioning so that the object is matched anew.";
  return {};
}

Json system_json(std::string_view name, std::string_view id) {
  return JsonObject{{"id", text(id)}, {"displayName", text(name)}, {"details", JsonObject{}}};
}

Json identity_json(const LogRecord& record, bool source) {
  const auto id = source ? std::string_view(record.object.text()) : std::string_view(record.target_id);
  JsonObject details;
  if (source && !record.user_principal_name.empty()) details["userPrincipalName"] = text(record.user_principal_name);
  return JsonObject{{"id", text(id)},
                    {"displayName", text(source ? std::string_view(record.name) : std::string_view())},
                    {"identityType", record.kind == ObjectKind::user ? "User" : "Group"},
                    {"details", std::move(details)}};
}

Json steps_json(const LogRecord& record) {
  JsonArray array;
  for (const auto& step : steps_of(record)) {
    JsonObject details;
    for (const auto& [name, value] : step.details) details[base::json_key(name)] = text(value);
    array.push_back(JsonObject{{"name", text(step.name)},
                               {"provisioningStepType", text(name_of(step.type))},
                               {"status", text(name_of(step.status))},
                               {"description", text(step.description)},
                               {"details", std::move(details)}});
  }
  return array;
}

Json modified_json(const std::vector<ModifiedProperty>& modified) {
  JsonArray array;
  for (const auto& property : modified) {
    array.push_back(JsonObject{{"displayName", text(property.display_name)},
                               {"oldValue", text_or_null(property.old_value)},
                               {"newValue", text_or_null(property.new_value)}});
  }
  return array;
}

Json status_json(const LogRecord& record) {
  Json error;
  if (!record.code.empty()) {
    error = JsonObject{{"errorCode", text(record.code)},
                       {"reason", text(record.reason)},
                       {"additionalDetails", nullptr},
                       {"errorCategory", text(category_of(record.code))},
                       {"recommendedAction", text_or_null(recommendation_for(record.code))}};
  }
  return JsonObject{{"status", text(name_of(record.status))}, {"errorInformation", std::move(error)}};
}

std::string_view export_step_name(std::string_view action) {
  if (action == "create") return "EntryExportAdd";
  return action == "delete" ? "EntryExportDelete" : "EntryExportUpdate";
}

std::string_view spelled(bool truth) { return truth ? "True" : "False"; }

LogStep scoping_step(const ScopeFindings& scope, LogStatus status) {
  const bool entitled = scope.active && scope.in_scope;
  return {.name = "EntrySynchronizationScoping",
          .type = StepType::scoping,
          .status = status,
          .description = entitled ? "the object is in scope" : "the object is not in scope",
          .details = {{"IsActive", std::string(spelled(scope.active))},
                      {"Assigned", std::string(spelled(scope.assigned))},
                      {"IsInProvisioningScope", std::string(spelled(scope.in_scope))},
                      {"IsEffectivelyEntitledForProvisioning", std::string(spelled(entitled))},
                      {"IsInProvisioningScopeDisplayName", std::string(spelled(scope.in_scope))},
                      {"ScopeEvaluationResult", "{}"}}};
}

LogStep write_step(const LogRecord& record, LogStatus status) {
  LogStep step{.name = export_step_name(record.action), .type = StepType::exporting, .status = status};
  if (status == LogStatus::failure) {
    step.description = record.failure;
    step.details = {{"ErrorCode", record.code}};
  } else {
    step.description = fmt::format("{} succeeded", record.action);
  }
  return step;
}

LogStep shown_step(const LogRecord& record, const DoneStep& step) {
  using enum DoneStep::Kind;
  switch (step.kind) {
    case test_connection: return {.name = "TestConnection", .type = StepType::import, .status = step.status, .description = record.failure};
    case import:
      return {.name = "EntryImport", .type = StepType::import, .status = step.status, .description = "the object was read from the tenant",
              .details = {{"objectId", record.object.text()}, {"displayName", record.name}}};
    case scoping: return scoping_step(record.scope, step.status);
    case match: return {.name = "EntrySynchronizationMatching", .type = StepType::matching, .status = step.status, .description = "a resource matches"};
    case no_match: return {.name = "EntrySynchronizationMatching", .type = StepType::matching, .status = step.status, .description = "no resource matches"};
    case skip:
      return {.name = "EntrySynchronizationSkip", .type = StepType::processing, .status = step.status, .description = record.reason,
              .details = {{"SkipReason", record.code}}};
    case write: return write_step(record, step.status);
    case reference: break;
  }
  return {.name = "EntryExportUpdate", .type = StepType::reference_resolution, .status = step.status,
          .description = step.status == LogStatus::success ? "the reference was written" : record.failure};
}

/// Which of the five stages a step belongs to.
std::size_t stage_of(DoneStep::Kind kind) {
  using enum DoneStep::Kind;
  switch (kind) {
    case test_connection: return 0;
    case import: return 1;
    case scoping: return 2;
    case match:
    case no_match: return 3;
    case skip:
    case write:
    case reference: break;
  }
  return 4;
}

}  // namespace

std::string_view name_of(LogStatus status) {
  static constexpr std::array<std::string_view, 4> names{"success", "failure", "skipped", "warning"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(StepType type) {
  static constexpr std::array<std::string_view, 6> names{"import", "scoping", "matching", "processing", "referenceResolution", "export"};
  return names[static_cast<std::size_t>(type)];
}

std::vector<LogStep> steps_of(const LogRecord& record) {
  std::vector<LogStep> steps;
  for (const auto& step : record.steps) steps.push_back(shown_step(record, step));
  return steps;
}

JsonObject to_json(const LogRecord& record, const LogParties& parties) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(record.took).count();
  return {{"id", text(record.id)},
          {"activityDateTime", text(base::to_rfc3339(record.at))},
          {"tenantId", text(parties.tenant_id)},
          {"jobId", text(parties.job_id)},
          {"cycleId", text(record.cycle_id)},
          {"changeId", text(record.change_id)},
          {"provisioningAction", text(record.action)},
          {"durationInMilliseconds", static_cast<std::int64_t>(milliseconds)},
          {"initiatedBy", JsonObject{{"id", ""}, {"displayName", "Azure AD Provisioning Service"}, {"initiatorType", "system"}}},
          {"servicePrincipal", JsonObject{{"id", text(parties.service_principal_id)}, {"displayName", text(parties.service_principal_name)}}},
          {"sourceSystem", system_json("Azure Active Directory", parties.tenant_id)},
          {"targetSystem", system_json(parties.service_principal_name, parties.service_principal_id)},
          {"sourceIdentity", identity_json(record, true)},
          {"targetIdentity", identity_json(record, false)},
          {"provisioningStatusInfo", status_json(record)},
          {"provisioningSteps", steps_json(record)},
          {"modifiedProperties", modified_json(record.modified)}};
}

std::vector<OnDemandStage> on_demand_stages(const LogRecord& record) {
  std::vector<OnDemandStage> stages{{"testConnection"}, {"importUser"}, {"determineIfUserIsInScope"}, {"matchUser"}, {"performAction"}};
  for (const auto& step : record.steps) {
    stages[0].status = step.kind == DoneStep::Kind::test_connection ? step.status : LogStatus::success;
    stages[stage_of(step.kind)].status = step.status;
  }
  return stages;
}

JsonObject on_demand_json(const LogRecord& record) {
  static constexpr std::array<std::string_view, 4> results{"Success", "Failure", "Skipped", "Warning"};
  const JsonObject key{{"subjects", JsonArray{JsonObject{{"objectId", text(record.object.text())}, {"objectTypeName", record.kind == ObjectKind::user ? "User" : "Group"}}}}};
  const JsonObject value{{"result", text(results[static_cast<std::size_t>(record.status)])},
                         {"action", text(record.action)},
                         {"errorCode", text_or_null(record.code)},
                         {"reason", text_or_null(record.reason)},
                         {"provisioningSteps", steps_json(record)},
                         {"modifiedProperties", modified_json(record.modified)}};
  return {{"key", base::to_text(key)}, {"value", base::to_text(value)}};
}

std::vector<LogRecord> retained(const std::deque<LogRecord>& log, base::Instant now, std::chrono::days days) {
  std::vector<LogRecord> kept;
  std::ranges::copy_if(log, std::back_inserter(kept), [&](const LogRecord& record) { return record.at + days >= now; });
  return kept;
}

std::string_view error_code(int status) {
  if (status == 401 || status == 403 || status == 405) return "InsufficientRights";
  if (status == 404) return "InvalidAnchor";
  if (status == 409) return "Conflict";
  if (status == 422) return "UnprocessableEntity";
  if (status == 429) return "TooManyRequests";
  if (status == 501) return "NotImplemented";
  if (status >= 500) return "InternalServerError";
  return "SystemForCrossDomainIdentityManagementBadRequest";
}

bool is_transient(std::string_view code) { return code == "TooManyRequests" || code == "InternalServerError" || code == "Timeout"; }

std::string seven_digits(base::Instant instant) {
  const auto text = base::to_rfc3339(instant);
  const auto ticks = instant.time_since_epoch().count() / 100 % 10'000'000;
  return fmt::format("{}.{:07}Z", text.substr(0, text.find('.')), ticks);
}

}  // namespace fakes::entra::provisioning
