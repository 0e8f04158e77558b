// Is a run a pure function of its script and seed? Plays it twice in one process, the second time on a heap
// whose free memory lies in another order, and names the first event in which the two differ.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/engine/runner.h"

namespace scenarios {

/// Where two runs of the same script and seed part.
struct Divergence {
  std::uint64_t event = 0;  ///< number of the first differing dispatch; 0: no dispatches were logged
  std::string text;         ///< event, task and causal parent, from both sides, for people
};

struct Twice {
  RunRecord first;
  std::optional<Divergence> divergence;
};

[[nodiscard]] Twice run_twice(const Scenario& scenario, RunOptions options);

/// One side of a comparison.
struct RunTrace {
  std::uint64_t fingerprint = 0;
  std::vector<sim::LoggedDispatch> dispatches;
  std::vector<sim::Note> notes;
};

[[nodiscard]] std::optional<Divergence> compare(const RunTrace& left, const RunTrace& right);

/// Allocates chunks of many sizes and frees half of them in an order drawn from the seed: while this lives,
/// the allocator hands out addresses in another order than before.
class ShakenHeap {
 public:
  explicit ShakenHeap(std::uint64_t seed);

 private:
  std::vector<std::unique_ptr<char[]>> kept_;
};

}  // namespace scenarios
