// What happened in a run, in the order of time: steps, judgements and notes.
#pragma once

#include "reports/html_parts.h"

namespace reports {

/// A row of the timeline; exactly one pointer is set.
struct Moment {
  base::Instant at{};
  const scenarios::StepRecord* step = nullptr;
  const scenarios::NoteRecord* note = nullptr;
  const scenarios::JudgementRecord* judgement = nullptr;
  std::size_t position = 0;  ///< among the run's steps, notes or judgements
};

/// By time; at one instant steps, then notes, then judgements.
[[nodiscard]] std::vector<Moment> moments_of(const scenarios::RunRecord& run);

[[nodiscard]] Html timeline(const RunView& view);

}  // namespace reports
