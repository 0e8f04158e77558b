#include "scenarios/client/in_world_stage.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "scenarios/client/world_driver.h"
#include "scenarios/engine/population.h"

namespace scenarios::client {
namespace {

/// Of virtual time. What the product cannot do by then it does not do.
constexpr base::Duration longest_task = std::chrono::hours{12};
constexpr base::Duration longest_preparation = std::chrono::days{365};

CastOptions cast_options_of(const InWorldOptions& options) {
  CastOptions out;
  out.seed = options.seed;
  out.defects = options.defects;
  out.store = options.store;
  return out;
}

class InWorldStage final : public Stage {
 public:
  InWorldStage(const WorldSpec& world, const InWorldOptions& options, const ProductMaker& make)
      : cast_(std::make_unique<Cast>(world, cast_options_of(options))), product_(make(*cast_)) {}

  base::Result<void> begin(const Scenario& script) {
    if (!cast_->problem().empty()) return base::fail(cast_->problem());
    std::string problem;
    if (script.world.users) {
      if (!driver_.drive("people", settle(*this, *script.world.users, problem), longest_preparation)) return base::fail("the world's people do not arrive");
      if (!problem.empty()) return base::fail(std::move(problem));
    }
    TaskEnd ready;
    if (!driver_.drive("prepares", prepare(*this, ready), longest_preparation)) return base::fail("the product does not get ready");
    if (ready.kind != TaskEnd::Kind::done) return base::fail(fmt::format("the product does not get ready: {}", ready.detail));
    for (const auto& step : script.timeline) {
      if (auto played = play(step); !played) return played;
    }
    return {};
  }

  Cast& cast() override { return *cast_; }
  std::vector<std::string> hosts() override { return product_->hosts(); }

  base::Result<void> play(Step step) override { return driver_.play(std::move(step)); }
  base::Result<void> look(Step expectation) override { return driver_.look(std::move(expectation)); }

  TaskEnd ask(const Task& task, const std::function<void()>& concluded) override {
    TaskEnd end;
    if (driver_.drive("product", perform_task(*this, task, end), longest_task, concluded)) return end;
    return {TaskEnd::Kind::silent, "it did not come to its end", nullptr};
  }

 private:
  static base::Task<void> settle(InWorldStage& self, const UsersSpec& users, std::string& problem) {
    auto found = co_await import_population(*self.cast_, users);
    problem = std::move(found);
  }
  static base::Task<void> prepare(InWorldStage& self, TaskEnd& end) {
    auto ready = co_await self.product_->prepare();
    end = std::move(ready);
  }
  static base::Task<void> perform_task(InWorldStage& self, const Task& task, TaskEnd& end) {
    auto came = co_await self.product_->perform(task);
    end = std::move(came);
  }

  std::unique_ptr<Cast> cast_;
  WorldDriver driver_{*cast_};
  std::unique_ptr<Product> product_;
};

}  // namespace

StageMaker stages_in_world(ProductMaker make, InWorldOptions options) {
  return [make = std::move(make), options](const Case&, const Scenario& script) -> base::Result<std::unique_ptr<Stage>> {
    auto stage = std::make_unique<InWorldStage>(script.world, options, make);
    if (auto begun = stage->begin(script); !begun) return std::unexpected(begun.error());
    return std::unique_ptr<Stage>(std::move(stage));
  };
}

}  // namespace scenarios::client
