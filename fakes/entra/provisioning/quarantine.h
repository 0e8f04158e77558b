// Quarantine: when a job gets into it, how long it stays, and what an admin reads of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"

namespace fakes::entra::provisioning {

/// [Entra provisioning-clients 2.14-11]
enum class QuarantineReason : std::uint8_t {
  base_escrow_threshold,
  total_escrow_threshold,
  escrow_proportion_threshold,
  quarantine_exception,  ///< credentials that are not accepted, an endpoint that is not there
  quarantined_on_demand,
  too_many_deletes,
  ingestion_interrupted,
  unknown
};
/// `EncounteredBaseEscrowThreshold`, …
[[nodiscard]] std::string_view name_of(QuarantineReason reason);

/// [Entra provisioning-clients 2.14-02] [Entra provisioning-clients 2.14-03] [Entra provisioning-clients 2.14-04]
struct QuarantineThresholds {
  std::size_t evaluated_from = 5'000;  ///< failures, without those of references
  std::size_t failures = 40'000;       ///< more than this many
  int percent = 40;                    ///< more than this share of all evaluated objects
  std::size_t with_references = 60'000;
  base::Duration retry = std::chrono::days{1};      ///< between cycles in quarantine [Entra provisioning-clients 2.14-06]
  base::Duration patience = std::chrono::days{28};  ///< after which the job is disabled [Entra provisioning-clients 2.14-07]

  bool operator==(const QuarantineThresholds&) const = default;
};

struct EscrowCounts {
  std::size_t failures = 0;   ///< of users and groups
  std::size_t references = 0; ///< of managers and members
  std::size_t successes = 0;
};

/// Whether so many failures are too many. [Entra provisioning-clients 2.14-05]
[[nodiscard]] std::optional<QuarantineReason> escrow_reason(const EscrowCounts& counts, const QuarantineThresholds& thresholds);

struct QuarantineError {
  std::string code;
  std::string message;
  bool tenant_actionable = true;
};

struct Quarantine {
  base::Instant current_began{};
  base::Instant series_began{};
  int series_count = 1;
  base::Instant next_attempt{};
  QuarantineReason reason = QuarantineReason::unknown;
  QuarantineError error{};
};

/// [Entra provisioning-clients 2.14-14]
[[nodiscard]] base::JsonObject to_json(const Quarantine& quarantine);

}  // namespace fakes::entra::provisioning
