// Comparing the histories of two runs: the simulated arm's and the live arm's must be equal once the few
// things that a real connection adds are taken away.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/run_record.h"

namespace scenarios {

/// All that normalisation drops: the stamp and the framing of a connection. [RFC9110 6.6.1] [RFC9112 6, 9]
inline constexpr std::array<std::string_view, 5> dropped_headers{"Date", "Connection", "Keep-Alive",
                                                                 "Content-Length", "Transfer-Encoding"};

/// The first difference in exchanges, notes, steps or judgements, in words; empty where the histories are
/// equal.
[[nodiscard]] std::optional<std::string> first_difference(const RunRecord& left, const RunRecord& right);

}  // namespace scenarios
