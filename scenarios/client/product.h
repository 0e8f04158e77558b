// A product that runs inside a world: what the tests judge, and what `conform` judges where nobody has brought one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/task.h"
#include "scenarios/client/client_case.h"
#include "scenarios/client/judge_history.h"
#include "scenarios/engine/cast.h"

namespace scenarios::client {

class Product {
 public:
  virtual ~Product() = default;
  /// From which its requests come, its people's browsers included; the first is its own.
  [[nodiscard]] virtual std::vector<std::string> hosts() const = 0;
  /// What must be before it can be asked for anything.
  virtual base::Task<TaskEnd> prepare() { co_return TaskEnd{}; }
  virtual base::Task<TaskEnd> perform(Task task) = 0;
};

/// In the world of one case, which outlives it.
using ProductMaker = std::function<std::unique_ptr<Product>(Cast&)>;

}  // namespace scenarios::client
