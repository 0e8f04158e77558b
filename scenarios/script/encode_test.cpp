// A scenario survives being written and read again, whatever is in it.
#include "scenarios/script/encode.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "scenarios/script/decode.h"
#include "scenarios/script/scenario_generator.h"

namespace scenarios {
namespace encode_test {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// The scenario after a round trip; nothing where it cannot be read again, and then the reason is told.
std::optional<Scenario> read_back(const Scenario& scenario) {
  const auto text = encode_scenario(scenario);
  auto decoded = decode_scenario(text);
  if (decoded) return std::move(*decoded);
  const auto& [place, message] = decoded.error();
  ADD_FAILURE() << place.line << ":" << place.column << ": " << message << "\n" << text;
  return std::nullopt;
}

Scenario titled(std::string title) {
  Scenario scenario;
  scenario.title = std::move(title);
  return scenario;
}

/// A scenario with a person and a device, for an action that needs them.
Scenario with_amy_and_a_mac() {
  auto scenario = titled("T");
  scenario.world.devices.emplace_back().name = "mac-1";
  AdminCreateUser amy;
  amy.user = NewPerson("amy");
  scenario.timeline.push_back({{}, {}, VerbStep{std::move(amy)}, {}});
  return scenario;
}

/// The alternative at `index` with random fields, the same ones for the same seed.
template <class Action>
Action drawn(std::size_t index, std::uint64_t seed) {
  const auto generator = rc::gen::exec([index] {
    generated::KnownNames names;
    names.people = {"amy"};
    names.devices = {"mac-1"};
    names.hosts.emplace_back("mac-1");
    return generated::alternative<Action>(index, names);
  });
  return generator(rc::Random(seed), 50).value();
}

RC_GTEST_PROP(EncodeProperties, what_is_written_is_read_as_the_same, ()) {
  const auto scenario = *any_scenario();
  RC_ASSERT(read_back(scenario) == scenario);
}

RC_GTEST_PROP(EncodeProperties, writing_is_stable, ()) {
  const auto text = encode_scenario(*any_scenario());
  const auto decoded = decode_scenario(text);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(encode_scenario(*decoded) == text);
}

RC_GTEST_PROP(EncodeProperties, any_text_survives, ()) {
  auto scenario = titled("T" + *generated::any_text());
  scenario.about = *generated::any_text();
  scenario.covers = {*generated::any_text(), *generated::any_text()};
  RC_ASSERT(read_back(scenario) == scenario);
}

constexpr std::uint64_t draws = 20;

TEST(Encode, every_verb_survives) {
  for (std::size_t index = 0; index < Verb::size; ++index) {
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
      auto scenario = with_amy_and_a_mac();
      Verb verb = drawn<Verb>(index, seed);
      ASSERT_EQ(verb.index(), index);
      scenario.timeline.push_back({{}, {}, VerbStep{verb}, {}});
      EXPECT_EQ(read_back(scenario), scenario) << encode_verb(verb);
    }
  }
}

TEST(Encode, every_observation_survives_in_a_step_and_at_the_end) {
  for (std::size_t index = 0; index < Observation::size; ++index) {
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
      auto scenario = with_amy_and_a_mac();
      Expectation expectation;
      expectation.observation = drawn<Observation>(index, seed);
      ASSERT_EQ(expectation.observation.index(), index);
      scenario.timeline.push_back({{}, {}, expectation, {}});
      scenario.expect.push_back(expectation);
      EXPECT_EQ(read_back(scenario), scenario) << encode_observation(expectation.observation);
    }
  }
}

TEST(Encode, the_generated_scenarios_reach_every_verb_observation_and_modifier) {
  std::set<std::size_t> verbs;
  std::set<std::size_t> observations;
  std::set<Outcome> outcomes;
  std::set<Hold> holds;
  bool at = false;
  bool after = false;
  bool within = false;
  const auto generator = any_scenario();
  rc::Random random(1);
  for (int i = 0; i < 800; ++i) {
    const auto scenario = generator(random.split(), 30).value();
    for (const auto& step : scenario.timeline) {
      at = at || step.at;
      after = after || step.after;
      if (const auto* verb = std::get_if<VerbStep>(&step.action)) {
        verbs.insert(verb->verb.index());
        outcomes.insert(verb->outcome);
      } else {
        observations.insert(std::get<Expectation>(step.action).observation.index());
      }
    }
    for (const auto& expectation : scenario.expect) {
      holds.insert(expectation.hold);
      within = within || expectation.within;
    }
  }
  EXPECT_THAT(verbs, SizeIs(Verb::size));
  EXPECT_THAT(observations, SizeIs(Observation::size));
  EXPECT_THAT(outcomes, SizeIs(3));
  EXPECT_THAT(holds, SizeIs(3));
  EXPECT_TRUE(at && after && within);
}

// The place where each of these has once been something else, or could be.
TEST(Encode, hostile_texts_survive_in_every_place) {
  for (const auto& text : generated::hostile_texts()) {
    auto scenario = with_amy_and_a_mac();
    scenario.title = "T" + text;
    scenario.about = text;
    scenario.covers = {text};
    scenario.world.devices[0].accounts = {{text, SecretName("p"), false, {text, text}}};
    EntraUpdateUser update;
    update.user = PersonRef("amy");
    update.surname = text;
    scenario.timeline.push_back({{}, {}, VerbStep{update}, {}});
    Expectation shows;
    DeviceScreen screen;
    screen.device = DeviceRef("mac-1");
    screen.shows = text;
    shows.observation = screen;
    shows.rules = {text, ""};
    scenario.timeline.push_back({{}, {}, shows, {}});
    scenario.expect.push_back(shows);
    EXPECT_EQ(read_back(scenario), scenario) << "'" << text << "'";
  }
}

TEST(Encode, a_byte_order_mark_survives) {
  const auto scenario = titled(
      "a\xEF\xBB\xBF"
      "b");
  EXPECT_EQ(read_back(scenario), scenario);
  EXPECT_THAT(encode_scenario(scenario), HasSubstr("title: \"a\\uFEFFb\"\n"));
}

TEST(Encode, what_has_its_default_value_is_left_out) {
  EXPECT_EQ(encode_scenario(titled("T")), "lockstep: 1\ntitle: T\n");
  EXPECT_EQ(encode_verb(EntraTestConnection{}), "entra.test_connection: {}");
  HttpSend send;
  send.method = "GET";
  send.path = "/";
  EXPECT_EQ(encode_verb(send), "http.send: {method: GET, path: \"/\"}");
  send.status = 0;
  EXPECT_EQ(encode_verb(send), "http.send: {method: GET, path: \"/\", status: 0}");
}

TEST(Encode, an_optional_that_is_there_is_written_though_it_is_empty_or_false) {
  EntraUpdateUser update;
  update.user = PersonRef("amy");
  update.surname = "";
  EXPECT_EQ(encode_verb(update), "entra.update_user: {user: amy, surname: \"\"}");
  ScimUser look;
  look.user = PersonRef("amy");
  look.active = false;
  EXPECT_EQ(encode_observation(look), "scim.user: {user: amy, active: false}");
}

TEST(Encode, the_start_keeps_its_nanoseconds) {
  auto scenario = titled("T");
  scenario.world.start = default_start + std::chrono::nanoseconds{1};
  EXPECT_EQ(read_back(scenario), scenario);
  EXPECT_THAT(encode_scenario(scenario), EndsWith("  start: 2026-01-05T08:00:00.000000001Z\n"));
  scenario.world.start = default_start + std::chrono::milliseconds{20};
  EXPECT_EQ(read_back(scenario), scenario);
  EXPECT_THAT(encode_scenario(scenario), EndsWith("  start: 2026-01-05T08:00:00.020Z\n"));
}

constexpr auto golden = R"(lockstep: 1
title: "Golden: one of each"
about: "Line one\nline two"
covers: [R1, R2]
needs: [scim, devices]
replay: {seed: 18446744073709551615, shuffle: true}
world:
  start: 2026-03-01T00:00:00.000Z
  network: {latency: 1ms..1s500ms, loss: 1/50}
  directory: {default_state: staged, login_attempts: 3}
  entra: {job: false, interval: 1h, delete: false}
  devices:
    - {name: mac-1, os: macos, accounts: [{name: "true", password: old, admin: true, files: [a.txt, "b: c"]}]}
    - {name: win-1, clock_ahead: 1ns}
timeline:
  - at: 40m
    entra.create_user: {user: amy, given_name: Amy, surname: "O'Hara", assigned: false}
  - after: 1m30s
    entra.provision_on_demand: {user: amy}
    outcome: refused
    rules: [R41]
  - expect: {directory.user: {user: amy, exists: false}}
    within: 2m
    rules: [R3]
  - device.sign_in: {device: mac-1, account: "true", password: old}
    outcome: any
  - network.partition: {from: entra, to: directory}
settle: 1d
expect:
  - directory.user_count: {count: -1}
    hold: never
  - device.keychain: {device: mac-1, account: "true", state: out of sync}
    hold: always
    rules: [R4, R5]
  - entra.log: {user: amy}
    within: 1s
)";

Scenario golden_scenario() {
  using namespace std::chrono_literals;
  auto scenario = titled("Golden: one of each");
  scenario.about = "Line one\nline two";
  scenario.covers = {"R1", "R2"};
  scenario.needs = {"scim", "devices"};
  scenario.replay = {UINT64_MAX, true};
  auto& world = scenario.world;
  world.start = base::Instant{1'772'323'200s};
  world.network = {{1ms, 1500ms}, {1, 50}};
  world.directory.default_state = "staged";
  world.directory.login_attempts = 3;
  world.entra.job = false;
  world.entra.interval = 1h;
  world.entra.remove = false;
  world.devices.resize(2);
  world.devices[0].name = "mac-1";
  world.devices[0].os = "macos";
  world.devices[0].accounts = {{"true", SecretName("old"), true, {"a.txt", "b: c"}}};
  world.devices[1].name = "win-1";
  world.devices[1].clock_ahead = 1ns;

  EntraCreateUser create;
  create.user = NewPerson("amy");
  create.given_name = "Amy";
  create.surname = "O'Hara";
  create.assigned = false;
  const PersonRef amy("amy");
  const DeviceRef mac("mac-1");
  EntraProvisionOnDemand provision;
  provision.user = amy;
  DirectoryUser user;
  user.user = amy;
  user.exists = false;
  EntraLog log;
  log.user = amy;
  scenario.timeline = {
      {40min, {}, VerbStep{create}, {}},
      {{}, 90s, VerbStep{provision, Outcome::refused, {"R41"}}, {}},
      {{}, {}, Expectation{user, Hold::once, 2min, {"R3"}, {}}, {}},
      {{}, {}, VerbStep{DeviceSignIn{mac, "true", SecretName("old")}, Outcome::any}, {}},
      {{}, {}, VerbStep{NetworkPartition{HostRef("entra"), HostRef("directory")}}, {}},
  };
  scenario.settle = 24h;
  scenario.expect = {
      {DirectoryUserCount{-1}, Hold::never, {}, {}, {}},
      {DeviceKeychain{mac, "true", "out of sync"}, Hold::always, {}, {"R4", "R5"}, {}},
      {log, Hold::once, 1s, {}, {}},
  };
  return scenario;
}

TEST(Encode, the_golden_scenario) {
  EXPECT_EQ(encode_scenario(golden_scenario()), golden);
  EXPECT_EQ(decode_scenario(golden).value_or(Scenario{}), golden_scenario());
}

}  // namespace encode_test
}  // namespace scenarios
