// Steps of timelines that are made here rather than read.
#pragma once

#include <utility>

#include "scenarios/script/scenario.h"

namespace properties {

/// Appends a step; where its outcome is any, what comes of it is left open.
inline void add_step(scenarios::Scenario& scenario, scenarios::Verb verb, scenarios::Outcome outcome = scenarios::Outcome::any,
                     base::Duration after = {}) {
  scenarios::Step step;
  if (after > base::Duration::zero()) step.after = after;
  step.action = scenarios::VerbStep{std::move(verb), outcome};
  scenario.timeline.push_back(std::move(step));
}

}  // namespace properties
