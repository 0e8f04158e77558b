#include "fakes/entra/provisioning/job.h"

#include <fmt/format.h>

#include <array>

#include "base/encoding.h"

namespace fakes::entra::provisioning {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

struct ResetName {
  Reset reset;
  std::string_view name;
};

constexpr std::array reset_names{
    ResetName{Reset::connector_data_store, "ConnectorDataStore"}, ResetName{Reset::escrows, "Escrows"},
    ResetName{Reset::watermark, "Watermark"},                     ResetName{Reset::quarantine_state, "QuarantineState"},
    ResetName{Reset::full, "Full"},                               ResetName{Reset::force_deletes, "ForceDeletes"},
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// `PT40M`, `P1D`: whole minutes.
std::string iso_duration(base::Duration span) {
  constexpr std::int64_t in_a_day = std::chrono::minutes(std::chrono::days{1}).count();
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
  if (minutes % in_a_day == 0) return fmt::format("P{}D", minutes / in_a_day);
  return fmt::format("PT{}M", minutes);
}

Json execution_json(const std::optional<Execution>& execution) {
  if (!execution) return {};
  return JsonObject{{"activityIdentifier", base::json_text(execution->cycle_id)},
                    {"countEntitled", 0},
                    {"countExported", static_cast<std::int64_t>(execution->exported)},
                    {"state", execution->succeeded ? "Succeeded" : "Failed"},
                    {"timeBegan", base::json_text(base::to_rfc3339(execution->began))},
                    {"timeEnded", base::json_text(base::to_rfc3339(execution->ended))}};
}

Json instant_json(const std::optional<base::Instant>& instant) { return instant ? base::json_text(base::to_rfc3339(*instant)) : Json(); }

std::string_view name_of(Schedule schedule) {
  static constexpr std::array<std::string_view, 3> names{"Active", "Paused", "Disabled"};
  return names[static_cast<std::size_t>(schedule)];
}

}  // namespace

Settings new_app_settings() {
  Settings settings;
  settings.users = default_user_mapping();
  settings.groups = default_group_mapping();
  return settings;
}

ResetScope default_reset_scope() { return {Reset::quarantine_state, Reset::watermark, Reset::escrows}; }

std::expected<ResetScope, std::string> parse_reset_scope(std::string_view text) {
  if (trimmed(text).empty()) return default_reset_scope();
  ResetScope scope;
  for (auto rest = text; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto word = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (base::equals_ignoring_case(word, "None")) continue;
    const auto found = std::ranges::find_if(reset_names, [&](const ResetName& each) { return base::equals_ignoring_case(each.name, word); });
    if (found == reset_names.end()) return std::unexpected(fmt::format("there is no reset scope \"{}\"", word));
    scope.insert(found->reset);
  }
  return scope;
}

std::string_view name_of(StatusCode code) {
  static constexpr std::array<std::string_view, 5> names{"NotConfigured", "NotRun", "Active", "Paused", "Quarantine"};
  return names[static_cast<std::size_t>(code)];
}

JsonObject to_json(const JobStatus& status, std::string_view job_id, const Settings& settings,
                   const std::map<std::string, std::size_t>& entries_by_type) {
  JsonArray entries;
  for (const auto& [type, count] : entries_by_type)
    entries.push_back(JsonObject{{"key", base::json_text(type)}, {"value", static_cast<std::int64_t>(count)}});
  JsonObject shown{{"code", base::json_text(name_of(status.code))},
                   {"countSuccessiveCompleteFailures", status.successive_complete_failures},
                   {"escrowsPruned", status.escrows_pruned},
                   {"steadyStateFirstAchievedTime", instant_json(status.steady_state_first_achieved)},
                   {"steadyStateLastAchievedTime", instant_json(status.steady_state_last_achieved)},
                   {"troubleshootingUrl", nullptr},
                   {"lastExecution", execution_json(status.last_execution)},
                   {"lastSuccessfulExecution", execution_json(status.last_successful_execution)},
                   {"lastSuccessfulExecutionWithExports", execution_json(status.last_successful_execution_with_exports)},
                   {"progress", JsonArray{}},
                   {"quarantine", status.quarantine ? Json(to_json(*status.quarantine)) : Json()},
                   {"synchronizedEntryCountByType", std::move(entries)}};
  const auto interval = status.code == StatusCode::quarantine ? settings.quarantine.retry : settings.interval;
  JsonArray job_settings;
  if (settings.deletion_threshold) {
    job_settings.push_back(JsonObject{{"name", "QuarantineTooManyDeletesThreshold"}, {"value", std::to_string(*settings.deletion_threshold)}});
  }
  return {{"id", base::json_text(job_id)},
          {"templateId", "scim"},
          {"schedule", JsonObject{{"expiration", nullptr}, {"interval", iso_duration(interval)}, {"state", base::json_text(name_of(status.schedule))}}},
          {"status", std::move(shown)},
          {"synchronizationJobSettings", std::move(job_settings)}};
}

}  // namespace fakes::entra::provisioning
