// What changed between two views of a world, in words; and the view itself, there and back as a line.
#include "scenarios/engine/state_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace state_view_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(StateView, says_what_has_come_changed_and_gone) {
  const StateView before{{"user amy", {{"state", "STAGED"}, {"locked", "false"}}}, {"user bob", {{"state", "ACTIVE"}}}, {"user zoe", {}}};
  const StateView after{{"user amy", {{"state", "ACTIVE"}, {"locked", "false"}, {"mail", "a"}}},
                        {"user cat", {{"admin", "false"}, {"state", "STAGED"}}},
                        {"user zoe", {}}};
  EXPECT_THAT(changes_between(before, after),
              ElementsAre("~ user amy: state STAGED -> ACTIVE, mail nothing -> a", "- user bob", "+ user cat: state STAGED"));
  EXPECT_THAT(changes_between(after, after), IsEmpty());
}

TEST(StateView, comes_back_from_a_line) {
  const StateView view{{"a \"b\"\n", {{"k", "v\n"}}}, {"nothing", {}}};
  const auto line = encode_state(view);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto back = decode_state(line);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(*back, view);
  EXPECT_FALSE(decode_state("[").has_value());
  EXPECT_FALSE(decode_state("[]").has_value());
}

TEST(StateView, shows_what_every_party_knows) {
  const auto scenario = decode_scenario(R"(lockstep: 1
title: T
world: {devices: [{name: mac-1, os: macos, accounts: [{name: ann, password: p}]}]}
timeline:
  - entra.create_user: {user: amy, given_name: Amy}
  - entra.provision_on_demand: {user: amy}
  - okta.create_user: {user: oli}
  - admin.create_group: {group: Staff}
  - admin.add_to_group: {group: Staff, user: amy}
  - host.crash: {host: mail}
)");
  ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
  StateView view;
  RunOptions options;
  options.inspect = [&](Cast& cast) { view = look_at_state(cast).value_or(StateView{}); };
  const auto record = run_scenario(*scenario, options);
  EXPECT_EQ(record.problem, "");
  EXPECT_EQ(view["directory user amy"]["state"], "ACTIVATED");
  EXPECT_EQ(view["directory group Staff"]["members"], "amy");
  EXPECT_EQ(view["entra user amy@example.test"]["givenName"], "Amy");
  EXPECT_EQ(view["device mac-1"]["screen"], "login");
  EXPECT_EQ(view["device mac-1 account ann"]["enabled"], "true");
  EXPECT_EQ(view["host mail"]["state"], "down");
  EXPECT_TRUE(std::ranges::any_of(view, [](const auto& thing) { return thing.first.starts_with("okta user oli"); }));
}

/// Of a run that is not asked for as a whole.
TEST(Runner, plays_no_further_than_it_is_asked_to) {
  const auto scenario = decode_scenario("lockstep: 1\ntitle: T\ntimeline:\n  - wait: {for: 1h}\n  - wait: {for: 1h}\n");
  ASSERT_TRUE(scenario.has_value());
  RunOptions options;
  options.until = std::chrono::minutes{90};
  const auto part = run_scenario(*scenario, options);
  EXPECT_EQ(part.problem, "");
  EXPECT_FALSE(part.finished);
  EXPECT_EQ(part.virtual_time, std::chrono::minutes{90});
  EXPECT_EQ(part.steps.size(), 1U);

  std::uint64_t events = 0;
  options.until.reset();
  options.look_on = [&](Cast&, const RunRecord&) { return ++events < 5; };
  const auto five = run_scenario(*scenario, options);
  EXPECT_EQ(five.events, 5U);
  EXPECT_FALSE(five.finished);

  // Who only looks on changes nothing.
  options.look_on = [](Cast&, const RunRecord&) { return true; };
  const auto watched = run_scenario(*scenario, options);
  EXPECT_TRUE(watched.finished);
  EXPECT_EQ(watched.fingerprint, run_scenario(*scenario, {}).fingerprint);
}

}  // namespace state_view_test
}  // namespace scenarios
