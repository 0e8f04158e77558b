#include "scenarios/engine/twice.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace scenarios {
namespace {

constexpr std::size_t dispatches_compared = 1'000'000;

std::string describe(const sim::LoggedDispatch& dispatch) {
  return fmt::format("{} at {}", dispatch.task, base::to_rfc3339(dispatch.at));
}

std::string side(const RunTrace& trace, std::size_t index) {
  if (index >= trace.dispatches.size()) return "nothing: the run was over";
  const auto& dispatch = trace.dispatches[index];
  auto text = fmt::format("event {}: {}", dispatch.id, describe(dispatch));
  if (dispatch.parent > 0 && dispatch.parent <= trace.dispatches.size()) {
    text += fmt::format(", caused by event {}: {}", dispatch.parent,
                        describe(trace.dispatches[dispatch.parent - 1]));
  }
  return text;
}

std::string notes_of(const RunTrace& trace, std::uint64_t dispatch) {
  std::string text;
  for (const auto& note : trace.notes) {
    if (note.dispatch == dispatch) text += fmt::format("\n    {} noted: {}", note.party, note.text);
  }
  return text;
}

RunTrace trace_of(Cast& cast) {
  const auto& recorder = cast.world().recorder();
  return {
      recorder.fingerprint(), recorder.dispatch_log(), {recorder.notes().begin(), recorder.notes().end()}};
}

}  // namespace

std::optional<Divergence> compare(const RunTrace& left, const RunTrace& right) {
  if (left.fingerprint == right.fingerprint) return std::nullopt;
  const auto shared = std::min(left.dispatches.size(), right.dispatches.size());
  std::size_t differing = 0;
  while (differing < shared && left.dispatches[differing].digest == right.dispatches[differing].digest)
    ++differing;
  // A dispatch's digest is taken as it starts: what it did itself shows in the next one, or at the end.
  const bool same_start = differing > 0 && differing < shared &&
                          left.dispatches[differing].task == right.dispatches[differing].task &&
                          left.dispatches[differing].at == right.dispatches[differing].at &&
                          left.dispatches[differing].parent == right.dispatches[differing].parent;
  const bool all_alike = differing == shared && left.dispatches.size() == right.dispatches.size();
  const auto index = differing > 0 && (same_start || all_alike) ? differing - 1 : differing;
  const auto& longer = left.dispatches.size() < right.dispatches.size() ? right : left;
  Divergence divergence;
  divergence.event = index < longer.dispatches.size() ? longer.dispatches[index].id : 0;
  divergence.text = fmt::format("the runs part in event {}\n  one run:   {}{}\n  the other: {}{}",
                                divergence.event, side(left, index), notes_of(left, divergence.event),
                                side(right, index), notes_of(right, divergence.event));
  return divergence;
}

Twice run_twice(const Scenario& scenario, RunOptions options) {
  options.cast.recorder.dispatches_logged = dispatches_compared;
  RunTrace first;
  RunTrace second;
  const auto inspect = options.inspect;
  Twice twice;
  options.inspect = [&](Cast& cast) {
    first = trace_of(cast);
    if (inspect) inspect(cast);
  };
  twice.first = run_scenario(scenario, options);
  const ShakenHeap shaken(options.cast.seed);
  options.inspect = [&](Cast& cast) { second = trace_of(cast); };
  static_cast<void>(run_scenario(scenario, options));
  twice.divergence = compare(first, second);
  return twice;
}

ShakenHeap::ShakenHeap(std::uint64_t seed) {
  base::Rng rng{seed};
  std::vector<std::unique_ptr<char[]>> chunks;
  for (std::size_t size = 16; size <= 4096; size += size < 512 ? 16 : 128) {
    for (int i = 0; i < 64; ++i) chunks.push_back(std::make_unique<char[]>(size));
  }
  rng.shuffle(std::span(chunks));
  // The kept half lies between the freed ones, which therefore do not melt into one block again.
  const auto half = chunks.begin() + static_cast<std::ptrdiff_t>(chunks.size() / 2);
  kept_.assign(std::make_move_iterator(chunks.begin()), std::make_move_iterator(half));
}

}  // namespace scenarios
