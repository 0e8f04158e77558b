// Where a case is played: a world that is served to a product, and the product at its edge. Calls come back once what was asked
// for has come to its end, whoever turns the clock meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/client/client_case.h"
#include "scenarios/client/judge_history.h"
#include "scenarios/engine/cast.h"
#include "scenarios/script/scenario.h"

namespace scenarios::client {

class Stage {
 public:
  virtual ~Stage() = default;
  [[nodiscard]] virtual Cast& cast() = 0;
  /// Hosts from which the product's requests come; scripts mean the first by `product`.
  [[nodiscard]] virtual std::vector<std::string> hosts() = 0;
  /// A step of a script; an error says why it could not be done.
  [[nodiscard]] virtual base::Result<void> play(Step step) = 0;
  /// Whether the observation holds, or comes to within a short while, and what was found.
  [[nodiscard]] virtual base::Result<void> look(Step expectation) = 0;
  /// `concluded` is called after each exchange that has ended, before the product goes on.
  [[nodiscard]] virtual TaskEnd ask(const Task& task, const std::function<void()>& concluded) = 0;
};

/// A stage for one case, whose setup has been played. An error says why there is none: a bug of the case or of the bench.
using StageMaker = std::function<base::Result<std::unique_ptr<Stage>>(const Case&, const Scenario&)>;

}  // namespace scenarios::client
