// The rows of a space-time diagram in the order of time: what happens at which height, before anything is
// drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/html_parts.h"

namespace reports {

struct DiagramRow {
  enum class Kind { step, sent, delivered, concluded, judgement, left_out, pause };

  Kind kind = Kind::pause;
  base::Instant at{};
  bool exchange = false;     ///< a phase of an exchange, not a band across the lanes
  std::size_t position = 0;  ///< in the run's steps, exchanges or judgements
  std::size_t count = 0;     ///< of exchanges left out
  base::Duration length{0};  ///< of a pause
};

/// A pause stands for each span of a minute or more in which nothing of the diagram happens. At one instant
/// steps come first and judgements last.
[[nodiscard]] std::vector<DiagramRow> diagram_rows(const RunView& view);

/// The run's parties in its order, then those that only exchanges name. Of more than six, those that say or
/// hear nothing are left out.
[[nodiscard]] std::vector<std::string> lanes_of(const RunView& view);

}  // namespace reports
