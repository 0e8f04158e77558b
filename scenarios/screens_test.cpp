// What a run's record keeps of the screens of its devices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/engine/runner.h"
#include "scenarios/engine/screen_record.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace screens_test {

using ::testing::ElementsAre;
using ::testing::SizeIs;

RunRecord run(std::string_view timeline) {
  const auto scenario = decode_scenario(
      "lockstep: 1\ntitle: T\nworld: {entra: {job: false}, devices: [{name: win-1, accounts: [{name: guest, password: own}]}, {name: mac-1, os: macos}]}\n"
      "timeline:\n" + std::string(timeline));
  EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().message);
  return run_scenario(scenario.value_or(Scenario{}), {});
}

std::vector<std::string> shown_by(const RunRecord& record, std::string_view device) {
  std::vector<std::string> texts;
  for (const auto& screen : record.screens) {
    if (screen.device == device) texts.push_back(screen.text);
  }
  return texts;
}

TEST(Screens, are_kept_from_the_start_and_whenever_something_else_is_shown) {
  const auto record = run("  - device.power_off: {device: mac-1}\n"
                          "  - device.sign_in: {device: win-1, account: guest, password: own}\n"
                          "  - device.sign_in: {device: win-1, account: guest, password: own}\n"
                          "  - device.sign_out: {device: win-1}\n");
  EXPECT_THAT(shown_by(record, "win-1"), ElementsAre("login screen: guest", "desktop of guest", "login screen: guest"));
  EXPECT_THAT(shown_by(record, "mac-1"), ElementsAre("login screen: ", "off"));
  EXPECT_EQ(record.screens.front().at, record.started);
}

TEST(Screens, of_a_long_run_are_the_newest) {
  RunRecord record;
  ScreenWatch watch(record, 3);
  fakes::devices::Screen screen;
  screen.device = "win-1";
  for (const auto* message : {"one", "two", "two", "three", "four", "five"}) {
    screen.message = message;
    watch.look(screen, {});
  }
  std::vector<std::string> messages;
  for (const auto& one : record.screens) messages.push_back(one.message);
  EXPECT_THAT(messages, ElementsAre("three", "four", "five"));
  EXPECT_EQ(record.screens_forgotten, 2U) << "what was seen twice is one";
}

TEST(Screens, that_an_expectation_looked_at_are_beside_it) {
  const auto record = run("  - expect: {device.screen: {device: win-1, shows: guest}}\n"
                          "  - expect: {device.session: {device: win-1, account: guest, open: false}}\n");
  ASSERT_THAT(record.judgements, SizeIs(2));
  ASSERT_TRUE(record.judgements[0].screen);
  EXPECT_EQ(record.judgements[0].screen->kind, ScreenRecord::Kind::login);
  EXPECT_THAT(record.judgements[0].screen->tiles, SizeIs(1));
  EXPECT_FALSE(record.judgements[1].screen);
}

}  // namespace screens_test
}  // namespace scenarios
