// Runs a world until something in it has come to its end: a step of a script, an observation, what a product was asked for.
// Events go one at a time, so that whoever looks on sees each exchange as soon as it has ended.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "base/task.h"
#include "scenarios/engine/cast.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/script/scenario.h"

namespace scenarios::client {

class WorldDriver {
 public:
  /// The cast outlives it.
  explicit WorldDriver(Cast& cast) : cast_(&cast) {}

  /// A verb, or an expectation as look() takes it; an error says why it could not be done, or did not come out as the step says.
  [[nodiscard]] base::Result<void> play(Step step);
  /// Whether the observation holds, or comes to; an error says what was found.
  [[nodiscard]] base::Result<void> look(Step expectation);

  /// False where the work is not over within `span` of virtual time; then it is ended. What it refers to need not outlive the call.
  bool drive(std::string_view name, base::Task<void> work, base::Duration span, const std::function<void()>& concluded = {});

 private:
  static base::Task<void> perform_verb(WorldDriver& self, const Step& step, Performed& performed);
  static base::Task<void> watch(WorldDriver& self, const Expectation& wanted, Observed& observed);
  base::RunEnd run_one(base::Instant limit);

  Cast* cast_;
};

}  // namespace scenarios::client
