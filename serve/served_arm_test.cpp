// The library in the served arm: each script's world as it is served, its timeline played first, tells the history of a simulated run,
// exchange by exchange and byte by byte. Who is beyond it, an edge and accounts for programs from outside, changes nothing in it.
#include <gmock/gmock.h>

#include <algorithm>

#include "scenarios/engine/library.h"
#include "scenarios/engine/record_exchanges.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/store_template.h"
#include "scenarios/history.h"
#include "serve/clockwork.h"

namespace serve {
namespace served_arm_test {

/// Behind the last step; no timer of anybody's is due just then.
constexpr base::Duration aftermath = std::chrono::minutes{50} + std::chrono::nanoseconds{1};

std::string arm_library() { return LOCKSTEP_SOURCE_DIR "/scenarios/library"; }

std::string arm_test_name(const ::testing::TestParamInfo<std::string>& script) {
  auto name = script.param.substr(arm_library().size() + 1);
  std::ranges::replace_if(
      name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
}

class ServedArm : public ::testing::TestWithParam<std::string> {
 protected:
  static scenarios::RunRecord simulated(scenarios::Scenario scenario, std::uint64_t seed) {
    scenario.expect.clear();
    scenario.settle = aftermath;
    scenarios::RunOptions options;
    options.cast.seed = seed;
    // A served world begins with a migrated store, whose first writes cost other times, and signs with longer keys.
    const auto store = scenarios::make_store_template();
    options.cast.store = &store;
    options.cast.signing_keys = base::KeyLength::bits_2048;
    return scenarios::run_scenario(scenario, options);
  }

  static scenarios::RunRecord served(scenarios::Scenario scenario, std::uint64_t seed) {
    scenarios::RunRecord record;
    auto made = ServedWorld::make({std::move(scenario), seed});
    if (!made) {
      record.problem = made.error().message;
      return record;
    }
    auto& world = **made;
    Clockwork clockwork(world, ClockMode{}, [] { return base::Duration{0}; });
    clockwork.advance_to(world.now() + aftermath);
    while (clockwork.moving()) clockwork.turn();
    scenarios::copy_redacted(world.cast().world().recorder(), record);
    return record;
  }
};

TEST_P(ServedArm, tells_the_same_history) {
  const auto script = scenarios::load_script(GetParam());
  ASSERT_TRUE(script) << script.error().text;
  auto in_simulation = simulated(script->scenario, 1);
  auto from_outside = served(script->scenario, 1);
  ASSERT_EQ(from_outside.problem, "");
  for (auto* record : {&in_simulation, &from_outside}) {
    record->steps.clear();
    record->judgements.clear();
    record->notes.clear();
    record->screens.clear();
  }
  // A served world keeps fewer.
  auto& all = in_simulation.exchanges;
  const auto kept = from_outside.exchanges.size();
  ASSERT_GE(all.size(), kept);
  all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kept));
  EXPECT_EQ(scenarios::first_difference(in_simulation, from_outside), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Scripts, ServedArm, ::testing::ValuesIn(scenarios::find_scripts({arm_library()}).value_or(std::vector<std::string>{})), arm_test_name);

}  // namespace served_arm_test
}  // namespace serve
