// What a report shows first: the judgements and steps of a run that did not hold, and the exchanges behind
// them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scenarios/run_record.h"

namespace reports {

/// In the order of reports: what needs a person first.
inline constexpr std::array all_verdicts{scenarios::Verdict::error,    scenarios::Verdict::violates,
                                         scenarios::Verdict::deviates, scenarios::Verdict::unclear,
                                         scenarios::Verdict::blocked,  scenarios::Verdict::conforms,
                                         scenarios::Verdict::refused,  scenarios::Verdict::not_applicable};

/// Position in `all_verdicts`.
[[nodiscard]] std::size_t rank(scenarios::Verdict verdict);

/// False where a person has to look: error, violates, deviates, unclear, and blocked, which follows from
/// another.
[[nodiscard]] bool holds(scenarios::Verdict verdict);

/// A judgement or a step that does not hold; exactly one pointer is set, into the run.
struct Finding {
  const scenarios::JudgementRecord* judgement = nullptr;
  const scenarios::StepRecord* step = nullptr;
  std::size_t position = 0;  ///< among the run's judgements or steps

  [[nodiscard]] scenarios::Verdict verdict() const { return judgement ? judgement->verdict : step->verdict; }
  [[nodiscard]] base::Instant at() const { return judgement ? judgement->at : step->at; }
  [[nodiscard]] int line() const { return judgement ? judgement->line : step->line; }
  [[nodiscard]] std::string_view what() const { return judgement ? judgement->what : step->what; }
};

/// By rank, then by time, steps before judgements. `run` must outlive the result.
[[nodiscard]] std::vector<Finding> findings_of(const scenarios::RunRecord& run);

/// Whether the run needs a person: it or something in it does not hold, or it was not played to the end.
[[nodiscard]] bool needs_attention(const scenarios::RunRecord& run);

/// Whether an answer may still have come after the end.
[[nodiscard]] inline bool is_under_way(const scenarios::ExchangeRecord& exchange) {
  return exchange.status == 0 && !exchange.concluded;
}

struct Evidence {
  std::vector<const scenarios::ExchangeRecord*> exchanges;  ///< oldest first
  std::size_t forgotten = 0;  ///< named by the judgement and no longer in the record
};

/// The exchanges that a judgement names, or the last five sent until a step.
[[nodiscard]] Evidence evidence_for(const scenarios::RunRecord& run, const Finding& finding);

/// Positions in `run.exchanges`, ascending by the time they were sent.
[[nodiscard]] std::vector<std::size_t> in_sending_order(const scenarios::RunRecord& run);

/// The same for at most `limit` exchanges. Where there are more, those nearest to a finding stay, or the
/// first ones of a run without findings.
[[nodiscard]] std::vector<std::size_t> select_exchanges(const scenarios::RunRecord& run, std::size_t limit);

/// Runs of each verdict, in the order of `all_verdicts`.
[[nodiscard]] std::array<std::size_t, all_verdicts.size()> count_verdicts(const scenarios::Session& session);
/// What all runs took together.
[[nodiscard]] base::Duration total_virtual_time(const scenarios::Session& session);
[[nodiscard]] base::Duration total_wall_time(const scenarios::Session& session);

}  // namespace reports
