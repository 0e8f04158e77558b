#include "fakes/entra/provisioning/quarantine.h"

#include <array>

namespace fakes::entra::provisioning {

std::string_view name_of(QuarantineReason reason) {
  static constexpr std::array<std::string_view, 8> names{
      "EncounteredBaseEscrowThreshold", "EncounteredTotalEscrowThreshold", "EncounteredEscrowProportionThreshold",
      "EncounteredQuarantineException", "QuarantinedOnDemand",             "TooManyDeletes",
      "IngestionInterrupted",           "Unknown"};
  return names[static_cast<std::size_t>(reason)];
}

std::optional<QuarantineReason> escrow_reason(const EscrowCounts& counts, const QuarantineThresholds& thresholds) {
  if (counts.failures + counts.references > thresholds.with_references) return QuarantineReason::total_escrow_threshold;
  if (counts.failures < thresholds.evaluated_from) return std::nullopt;
  if (counts.failures > thresholds.failures) return QuarantineReason::base_escrow_threshold;
  const auto evaluated = counts.failures + counts.successes;
  if (counts.failures * 100 > evaluated * static_cast<std::size_t>(thresholds.percent)) return QuarantineReason::escrow_proportion_threshold;
  return std::nullopt;
}

base::JsonObject to_json(const Quarantine& quarantine) {
  return {{"currentBegan", base::to_rfc3339(quarantine.current_began)},
          {"seriesBegan", base::to_rfc3339(quarantine.series_began)},
          {"seriesCount", quarantine.series_count},
          {"nextAttempt", base::to_rfc3339(quarantine.next_attempt)},
          {"reason", base::json_text(name_of(quarantine.reason))},
          {"error", base::JsonObject{{"code", quarantine.error.code},
                                     {"message", quarantine.error.message},
                                     {"tenantActionable", quarantine.error.tenant_actionable}}}};
}

}  // namespace fakes::entra::provisioning
