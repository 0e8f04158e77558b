#include "serve/saved_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/script/encode.h"

namespace serve {
namespace {

using scenarios::Outcome;

constexpr base::Duration a_little = std::chrono::milliseconds{1};

/// What the step must come to when it is played again; an expectation says so itself.
Outcome outcome_after(std::optional<StepOutcome::Kind> kind) {
  if (kind == StepOutcome::Kind::ok) return Outcome::ok;
  return kind == StepOutcome::Kind::refused ? Outcome::refused : Outcome::any;
}

}  // namespace

std::string saved_script(const ServedWorld& world) {
  auto script = world.scenario();
  script.title = fmt::format("{}, by hand", script.title);
  script.replay.seed = world.seed();
  script.expect.clear();
  std::size_t requests = 0;
  std::size_t switches = 0;
  auto end = world.started();
  for (const auto& input : world.journal().inputs()) {
    requests += std::holds_alternative<Asked>(input->what) ? 1 : 0;
    switches += std::holds_alternative<Switched>(input->what) ? 1 : 0;
    const auto* played = std::get_if<Played>(&input->what);
    if (played == nullptr) continue;
    auto step = played->step;
    // What was due at that very instant had happened by then.
    const auto later = input->at.at > world.started() ? a_little : base::Duration{0};
    const auto begun = input->at.at + later + step.after.value_or(base::Duration{0});
    step.after.reset();
    step.at = begun - world.started();
    if (auto* verb = std::get_if<scenarios::VerbStep>(&step.action)) verb->outcome = outcome_after(world.came_to(input->id));
    script.timeline.push_back(std::move(step));
    end = begun;
  }
  script.settle = std::max(world.now() - end, base::Duration{0});
  std::string notes;
  if (requests > 0) notes += fmt::format("# {} requests came from clients outside, which are not in this script.\n", requests);
  if (switches > 0) notes += fmt::format("# Oddities were switched {} times, which is not in this script.\n", switches);
  if (world.journal().overflowed()) notes += "# More was done than is kept: the last of it is missing.\n";
  return notes + scenarios::encode_scenario(script);
}

}  // namespace serve
