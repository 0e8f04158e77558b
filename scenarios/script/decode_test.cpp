// What is wrong with a script is said with line, column and, for words, the nearest valid one.
#include "scenarios/script/decode.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/script/fields.h"

namespace scenarios {
namespace decode_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// `line:column: message`, or "" where the script is well-formed.
std::string error_of(std::string_view text) {
  const auto scenario = decode_scenario(text);
  if (scenario) return "";
  const auto& [place, message] = scenario.error();
  return fmt::format("{}:{}: {}", place.line, place.column, message);
}

/// Of a script whose third line is `line`.
std::string error_of_line(std::string_view line) {
  return error_of(fmt::format("lockstep: 1\ntitle: T\n{}\n", line));
}

/// Of a script with two people and a device, whose step begins in line 7, column 5.
std::string error_of_step(std::string_view step) {
  return error_of(
      fmt::format("lockstep: 1\ntitle: T\nworld: {{devices: [{{name: mac-1}}]}}\ntimeline:\n"
                  "  - entra.create_user: {{user: amy}}\n"
                  "  - entra.create_user: {{user: bo}}\n"
                  "  - {}\n",
                  step));
}

/// Of one entry under `expect`, in line 7, column 5.
std::string error_of_expectation(std::string_view expectation) {
  return error_of(
      fmt::format("lockstep: 1\ntitle: T\nworld: {{devices: [{{name: mac-1}}]}}\ntimeline:\n"
                  "  - entra.create_user: {{user: amy}}\nexpect:\n  - {}\n",
                  expectation));
}

Scenario decoded(std::string_view text) {
  auto scenario = decode_scenario(text);
  EXPECT_TRUE(scenario) << error_of(text);
  return scenario.value_or(Scenario{});
}

TEST(Decode, the_examples_of_these_tests_are_well_formed) {
  EXPECT_EQ(error_of_line("about: fine"), "");
  EXPECT_EQ(error_of_step("wait: {for: 1s}"), "");
  EXPECT_EQ(error_of_expectation("directory.user: {user: amy}"), "");
}

// Words that are not known
// ----------------------------------------------------------------------------------------------------

TEST(Decode, names_the_nearest_key_of_a_script) {
  EXPECT_EQ(error_of_line("timelin: []"), "3:1: unknown key 'timelin'; did you mean 'timeline'?");
  EXPECT_EQ(error_of_line("expected: []"), "3:1: unknown key 'expected'; did you mean 'expect'?");
  EXPECT_EQ(error_of("lockstep: 1\ntitel: T\n"), "2:1: unknown key 'titel'; did you mean 'title'?");
  EXPECT_EQ(error_of_line("faults: []"),
            "3:1: unknown key 'faults'; known here: lockstep, title, about, covers, needs, replay, world, "
            "timeline, settle, expect");
}

TEST(Decode, names_the_nearest_key_of_the_world) {
  EXPECT_EQ(error_of_line("world: {networks: {}}"), "3:9: unknown key 'networks'; did you mean 'network'?");
  EXPECT_EQ(error_of_line("world:\n  network: {latenzy: 1s}"),
            "4:13: unknown key 'latenzy'; did you mean 'latency'?");
  EXPECT_EQ(error_of_line("world:\n  devices:\n    - {nam: mac-1}"),
            "5:8: unknown key 'nam'; did you mean 'name'?");
  EXPECT_EQ(error_of_line("world: {devices: [{name: mac-1, accounts: [{name: a, pasword: b}]}]}"),
            "3:54: unknown key 'pasword'; did you mean 'password'?");
}

TEST(Decode, names_the_nearest_verb) {
  EXPECT_EQ(error_of_step("entra.creat_user: {user: cy}"),
            "7:5: unknown key 'entra.creat_user'; did you mean 'entra.create_user'?");
  EXPECT_EQ(error_of_step("device.sing_in: {}"),
            "7:5: unknown key 'device.sing_in'; did you mean 'device.sign_in'?");
  EXPECT_EQ(error_of_step("afer: 1s\n    wait: {for: 1s}"), "7:5: unknown key 'afer'; did you mean 'after'?");
  EXPECT_EQ(error_of_step("wait: {for: 1s}\n    outcom: any"),
            "8:5: unknown key 'outcom'; did you mean 'outcome'?");
}

TEST(Decode, names_the_nearest_field) {
  EXPECT_EQ(error_of_step("entra.update_user: {user: amy, surnam: Lee}"),
            "7:36: unknown key 'surnam'; did you mean 'surname'?");
  EXPECT_EQ(error_of_step("entra.update_user:\n      user: amy\n      deparment: Sales"),
            "9:7: unknown key 'deparment'; did you mean 'department'?");
}

TEST(Decode, names_the_nearest_observation) {
  EXPECT_EQ(error_of_step("expect: {directory.usr: {user: amy}}"),
            "7:14: unknown key 'directory.usr'; did you mean 'directory.user'?");
  EXPECT_EQ(error_of_step("expect: {directory.user: {user: amy, stat: ACTIVATED}}"),
            "7:42: unknown key 'stat'; did you mean 'state'?");
  EXPECT_EQ(error_of_expectation("mail.recieved: {user: amy, kind: activation}"),
            "7:5: unknown key 'mail.recieved'; did you mean 'mail.received'?");
  EXPECT_EQ(error_of_expectation("directory.user: {user: amy}\n    witin: 1s"),
            "8:5: unknown key 'witin'; did you mean 'within'?");
}

TEST(Decode, a_typo_in_a_required_key_is_shown_as_the_typo) {
  EXPECT_EQ(error_of_step("entra.enable_user: {usr: amy}"), "7:25: unknown key 'usr'; did you mean 'user'?");
}

TEST(Decode, says_which_words_there_are_where_one_must_be_chosen) {
  EXPECT_EQ(error_of_line("needs: [scim, portals]"),
            "3:8: 'portals' is none of: scim, admin, portal, devices, mail");
  EXPECT_EQ(error_of_line("world: {entra: {dialect: modern}}"),
            "3:26: 'modern' is none of: classic, compliant");
  EXPECT_EQ(error_of_line("world: {devices: [{name: a, os: linux}]}"),
            "3:33: 'linux' is none of: windows, macos");
  EXPECT_EQ(error_of_step("wait: {for: 1s}\n    outcome: fine"), "8:14: 'fine' is none of: ok, refused, any");
  EXPECT_EQ(error_of_expectation("directory.user: {user: amy}\n    hold: sometimes"),
            "8:11: 'sometimes' is none of: once, always, never");
}

struct Keys {
  std::vector<std::string> names{};
  std::vector<std::string> required_names{};
  template <class Field>
  void required(std::string_view key, Field&, std::string_view) {
    names.emplace_back(key);
    required_names.emplace_back(key);
  }
  template <class Field>
  void optional(std::string_view key, Field&, std::string_view) {
    names.emplace_back(key);
  }
  template <class Field, std::size_t size>
  void choice(std::string_view key, Field&, const std::array<std::string_view, size>&, std::string_view) {
    names.emplace_back(key);
  }
};

template <class Alternative>
Keys keys_of() {
  Keys keys;
  Alternative value{};
  Alternative::describe(value, keys);
  return keys;
}

TEST(Decode, every_verb_and_each_of_its_keys_is_suggested_for_a_typo) {
  Verb::for_each_type([]<class Alternative>() {
    EXPECT_EQ(error_of_step(fmt::format("{}_: {{}}", Alternative::name)),
              fmt::format("7:5: unknown key '{0}_'; did you mean '{0}'?", Alternative::name));
    const auto keys = keys_of<Alternative>();
    for (const auto& key : keys.names) {
      const auto error = error_of_step(fmt::format("{}: {{{}_: 1}}", Alternative::name, key));
      EXPECT_THAT(error, EndsWith(fmt::format(": unknown key '{0}_'; did you mean '{0}'?", key)))
          << Alternative::name;
    }
  });
}

TEST(Decode, every_observation_and_each_of_its_keys_is_suggested_for_a_typo) {
  Observation::for_each_type([]<class Alternative>() {
    EXPECT_EQ(error_of_expectation(fmt::format("{}_: {{}}", Alternative::name)),
              fmt::format("7:5: unknown key '{0}_'; did you mean '{0}'?", Alternative::name));
    const auto keys = keys_of<Alternative>();
    for (const auto& key : keys.names) {
      const auto error = error_of_expectation(fmt::format("{}: {{{}_: 1}}", Alternative::name, key));
      EXPECT_THAT(error, EndsWith(fmt::format(": unknown key '{0}_'; did you mean '{0}'?", key)))
          << Alternative::name;
    }
  });
}

TEST(Decode, every_verb_says_which_key_it_misses) {
  Verb::for_each_type([]<class Alternative>() {
    const auto keys = keys_of<Alternative>();
    if (keys.required_names.empty()) return;
    const auto missing = fmt::format("the key '{}' is missing here: ", keys.required_names.front());
    EXPECT_THAT(error_of_step(fmt::format("{}: {{}}", Alternative::name)),
                AllOf(StartsWith("7:"), HasSubstr(missing)));
    EXPECT_THAT(error_of_step(fmt::format("{}:", Alternative::name)),
                AllOf(StartsWith("7:5: "), HasSubstr(missing)));
  });
}

// Keys that stand twice
// ----------------------------------------------------------------------------------------------------

TEST(Decode, refuses_a_key_that_stands_twice) {
  EXPECT_EQ(error_of_line("title: U"),
            "3:1: the key 'title' stands twice in this map; the first is on line 2");
  EXPECT_EQ(error_of_step("wait: {for: 1s, for: 2s}"),
            "7:21: the key 'for' stands twice in this map; the first is on line 7");
  EXPECT_EQ(error_of_step("at: 1s\n    wait: {for: 1s}\n    at: 2s"),
            "9:5: the key 'at' stands twice in this map; the first is on line 7");
}

// Names of people, devices and hosts
// ----------------------------------------------------------------------------------------------------

TEST(Decode, a_person_must_have_been_introduced) {
  EXPECT_EQ(error_of_step("entra.enable_user: {user: amie}"),
            "7:31: there is no person 'amie' here; did you mean 'amy'?");
  EXPECT_EQ(error_of_step("entra.enable_user: {user: somebody}"), "7:31: there is no person 'somebody' here");
  EXPECT_EQ(error_of_line("timeline:\n  - user.log_in: {user: amy, password: p}"),
            "4:25: there is no person 'amy' here; a step such as entra.create_user introduces one");
  EXPECT_EQ(error_of_expectation("directory.user: {user: any}"),
            "7:28: there is no person 'any' here; did you mean 'amy'?");
  EXPECT_EQ(error_of_step("expect: {scim.user: {user: boo}}"),
            "7:32: there is no person 'boo' here; did you mean 'bo'?");
}

TEST(Decode, a_person_is_not_there_before_the_step_that_introduces_it) {
  EXPECT_EQ(error_of_line("timeline:\n"
                          "  - entra.disable_user: {user: amy}\n"
                          "  - entra.create_user: {user: amy}"),
            "4:32: there is no person 'amy' here; a step such as entra.create_user introduces one");
}

TEST(Decode, a_person_is_introduced_once) {
  EXPECT_EQ(error_of_step("entra.create_user: {user: amy}"), "7:31: the person 'amy' is there already");
  EXPECT_EQ(error_of_step("admin.create_user: {user: bo}"), "7:31: the person 'bo' is there already");
}

TEST(Decode, a_device_must_be_in_the_world) {
  EXPECT_EQ(error_of_step("device.sign_out: {device: mac-2}"),
            "7:31: there is no device 'mac-2' here; did you mean 'mac-1'?");
  EXPECT_EQ(error_of_expectation("device.screen: {device: pc, shows: x}"),
            "7:29: there is no device 'pc' here");
  EXPECT_EQ(error_of_step("device.sign_out: {device: directory}"),
            "7:31: there is no device 'directory' here");
}

TEST(Decode, a_host_is_the_directory_entra_mail_or_a_device) {
  EXPECT_EQ(error_of_step("host.crash: {host: directori}"),
            "7:24: there is no host 'directori' here; did you mean 'directory'?");
  EXPECT_EQ(error_of_step("network.partition: {from: entra, to: mai}"),
            "7:42: there is no host 'mai' here; did you mean 'mail'?");
  for (const auto* host : {"directory", "entra", "mail", "mac-1"}) {
    EXPECT_EQ(error_of_step(fmt::format("host.crash: {{host: {}}}", host)), "") << host;
  }
}

TEST(Decode, two_devices_have_two_names) {
  EXPECT_EQ(error_of_line("world:\n  devices:\n    - {name: a}\n    - {name: b}\n    - {name: a}"),
            "7:7: the device 'a' is there already");
}

TEST(Decode, a_device_is_not_named_like_a_host) {
  for (const auto* host : {"directory", "entra", "mail", "people", "inspector"}) {
    EXPECT_EQ(error_of_line(fmt::format("world:\n  devices:\n    - {{name: {}}}", host)),
              fmt::format("5:7: '{}' is the name of another host", host));
  }
}

TEST(Decode, two_accounts_of_a_device_have_two_names) {
  EXPECT_EQ(
      error_of_line("world:\n  devices:\n    - name: a\n      accounts: [{name: x, password: p}, {name: "
                    "x, password: q}]"),
      "5:7: a has two accounts 'x'");
}

TEST(Decode, a_name_is_a_short_word) {
  for (const auto* name : {"''", "1st", "a b",
                           "gr\xC3\xBC\xC3\x9F"
                           "e",
                           "-a", "\"a\\nb\"", "a/b"}) {
    EXPECT_THAT(error_of_step(fmt::format("entra.create_user: {{user: {}}}", name)),
                AllOf(StartsWith("7:31: '"), HasSubstr("' is no name: a letter, then letters")))
        << name;
  }
  const std::string longest(64, 'a');
  EXPECT_EQ(error_of_step(fmt::format("entra.create_user: {{user: {}}}", longest)), "");
  EXPECT_THAT(error_of_step(fmt::format("entra.create_user: {{user: {}a}}", longest)),
              HasSubstr("is no name"));
  EXPECT_THAT(error_of_step("user.log_in: {user: amy, password: p w}"), StartsWith("7:40: 'p w' is no name"));
}

// Values
// ----------------------------------------------------------------------------------------------------

TEST(Decode, a_duration_is_not_negative) {
  EXPECT_EQ(error_of_line("settle: -1s"), "3:9: the duration '-1s' is negative");
  EXPECT_EQ(error_of_step("at: -40m\n    wait: {for: 1s}"), "7:9: the duration '-40m' is negative");
  EXPECT_EQ(error_of_step("wait: {for: -1ns}"), "7:17: the duration '-1ns' is negative");
  EXPECT_EQ(error_of_expectation("directory.user: {user: amy}\n    within: -1s"),
            "8:13: the duration '-1s' is negative");
  EXPECT_EQ(error_of_line("world: {devices: [{name: a, clock_ahead: -5m}]}"),
            "3:42: the duration '-5m' is negative");
}

TEST(Decode, a_range_ends_after_it_begins) {
  EXPECT_EQ(error_of_line("world: {network: {latency: 80ms..20ms}}"),
            "3:28: the range '80ms..20ms' ends before it begins");
  EXPECT_EQ(error_of_line("world: {network: {latency: -1ms..20ms}}"),
            "3:28: the duration '-1ms' is negative");
  EXPECT_EQ(error_of_line("world: {network: {latency: 1ms..}}"),
            "3:28: a duration is missing; write it like 40m, 90s or 1h30m");
  const auto scenario = decoded("lockstep: 1\ntitle: T\nworld: {network: {latency: 7ms}}\n");
  EXPECT_EQ(scenario.world.network.latency,
            (DurationRange{std::chrono::milliseconds{7}, std::chrono::milliseconds{7}}));
}

TEST(Decode, a_ratio_is_at_most_one_and_has_one_form_for_never_and_always) {
  EXPECT_THAT(error_of_line("world: {network: {loss: 3/2}}"), StartsWith("3:25: '3/2' is not a ratio"));
  EXPECT_THAT(error_of_line("world: {network: {loss: 1/0}}"), StartsWith("3:25: '1/0' is not a ratio"));
  EXPECT_THAT(error_of_line("world: {network: {loss: 0.1}}"), StartsWith("3:25: '0.1' is not a ratio"));
  const auto loss = [](std::string_view ratio) {
    return decoded(fmt::format("lockstep: 1\ntitle: T\nworld: {{network: {{loss: {}}}}}\n", ratio))
        .world.network.loss;
  };
  EXPECT_EQ(loss("1/50"), (base::Ratio{1, 50}));
  EXPECT_EQ(loss("0/7"), (base::Ratio{0, 1}));
  EXPECT_EQ(loss("7/7"), (base::Ratio{1, 1}));
}

// Later than 2100 the instants of a run no longer fit: 60 years of run, then a duration of 100 years.
TEST(Decode, a_run_begins_between_1970_and_2100) {
  const auto error = [](std::string_view start) {
    return error_of_line(fmt::format("world: {{start: '{}'}}", start));
  };
  EXPECT_EQ(error("1970-01-01T00:00:00Z"), "");
  EXPECT_EQ(error("2100-01-01T00:00:00Z"), "");
  EXPECT_EQ(error("2100-01-01T00:00:00.000000001Z"), "3:16: a run begins between 1970 and 2100");
  EXPECT_EQ(error("1970-01-01T00:00:00+00:01"), "3:16: a run begins between 1970 and 2100");
  EXPECT_THAT(error("2026-13-01T00:00:00Z"), StartsWith("3:16: '2026-13-01T00:00:00Z' is not a date-time"));
}

TEST(Decode, refuses_values_of_another_type) {
  EXPECT_EQ(error_of_line("settle: soon"), "3:9: 'soon' is not a duration; write it like 40m, 90s or 1h30m");
  EXPECT_EQ(error_of_line("settle: {}"), "3:9: a duration such as 40m is expected here");
  EXPECT_EQ(error_of_line("replay: {seed: -1}"), "3:16: a whole number from 0 on is expected here");
  EXPECT_EQ(error_of_line("replay: {seed: 18446744073709551616}"), "3:16: a whole number from 0 on is expected here");
  EXPECT_EQ(error_of_line("replay: {shuffle: 1}"), "3:19: true or false is expected here");
  EXPECT_EQ(error_of_line("replay: {sed: 1}"), "3:10: unknown key 'sed'; did you mean 'seed'?");
  EXPECT_EQ(error_of_line("about: [a]"), "3:8: text is expected here");
  EXPECT_EQ(error_of_line("about:"), "3:1: text is expected here");
  EXPECT_EQ(error_of_line("covers: R1"), "3:9: a list is expected here");
  EXPECT_EQ(error_of_line("world: [a]"), "3:8: a map of keys and values is expected here");
  EXPECT_EQ(error_of_line("timeline: {}"), "3:11: a list of steps is expected here");
  EXPECT_EQ(error_of_line("timeline: [wait]"), "3:12: a step is expected here");
  EXPECT_EQ(error_of_line("expect: now"), "3:9: a list of expectations is expected here");
  EXPECT_EQ(error_of_line("expect: [[]]"), "3:10: an expectation is expected here");
  EXPECT_EQ(error_of_step("wait: 1s"), "7:11: a map of keys and values is expected here");
  EXPECT_EQ(error_of_step("wait: {for: [1s]}"), "7:17: a duration such as 40m is expected here");
  EXPECT_EQ(error_of_step("entra.enable_user: {user: [amy]}"), "7:31: a name is expected here");
  EXPECT_EQ(error_of_line("world: {entra: {job: yes}}"), "3:22: true or false is expected here");
  EXPECT_EQ(error_of_line("world: {entra: {job: 'true'}}"), "3:22: true or false is expected here");
  for (const auto* number : {"six", "6.0", "'6'", "0x6", "+6", "6 7", "9223372036854775808", "[6]"}) {
    EXPECT_EQ(error_of_line(fmt::format("world: {{directory: {{login_attempts: {}}}}}", number)),
              "3:37: a whole number is expected here")
        << number;
  }
}

// The head of a script
// ----------------------------------------------------------------------------------------------------

TEST(Decode, a_script_begins_with_its_version) {
  EXPECT_EQ(error_of("lockstep: 2\ntitle: T\n"),
            "1:11: version '2' of scripts is not known; this program reads version 1");
  EXPECT_EQ(error_of("lockstep: '1'\ntitle: T\n"),
            "1:11: version '1' of scripts is not known; this program reads version 1");
  EXPECT_EQ(error_of("lockstep: [1]\ntitle: T\n"),
            "1:11: version '' of scripts is not known; this program reads version 1");
  EXPECT_EQ(error_of("title: T\nlockstep: 1\n"), "1:1: a script begins with 'lockstep: 1'");
  EXPECT_EQ(error_of("{}"), "1:1: a script begins with 'lockstep: 1'");
  for (const auto* text : {"", "# nothing\n", "words", "- a\n"}) {
    EXPECT_EQ(error_of(text), "1:1: a script, which begins with 'lockstep: 1', is expected here") << text;
  }
}

TEST(Decode, a_script_has_a_title) {
  const std::string_view missing = "the key 'title' is missing: one line that says what the script shows";
  EXPECT_EQ(error_of("lockstep: 1\n"), fmt::format("1:1: {}", missing));
  EXPECT_EQ(error_of("lockstep: 1\ntitle: ''\n"), fmt::format("1:1: {}", missing));
}

// Steps and expectations
// ----------------------------------------------------------------------------------------------------

TEST(Decode, a_step_does_one_thing) {
  EXPECT_EQ(error_of_step("wait: {for: 1s}\n    entra.enable_user: {user: amy}"),
            "8:5: a step does one thing; begin another step for this");
  EXPECT_EQ(error_of_step("wait: {for: 1s}\n    expect: {directory.user: {user: amy}}"),
            "7:5: a step does something or expects something, not both");
  EXPECT_EQ(error_of_step("at: 1s"), "7:5: a step needs a verb or 'expect'");
}

TEST(Decode, a_step_begins_at_or_after) {
  EXPECT_EQ(error_of_step("at: 1s\n    after: 1s\n    wait: {for: 1s}"),
            "7:5: a step has 'at' or 'after', not both");
}

TEST(Decode, what_belongs_to_an_expectation_does_not_go_with_a_verb) {
  EXPECT_EQ(error_of_step("wait: {for: 1s}\n    within: 1s"), "8:5: this belongs to an expectation");
  EXPECT_EQ(error_of_step("outcome: any\n    expect: {directory.user: {user: amy}}"),
            "7:5: this belongs to a verb");
  EXPECT_EQ(error_of_step("hold: always\n    expect: {directory.user: {user: amy}}").substr(0, 23),
            "7:5: unknown key 'hold'");
}

TEST(Decode, an_expectation_has_one_observation) {
  EXPECT_EQ(error_of_step("expect: {}"), "7:13: exactly one observation is expected here");
  EXPECT_EQ(error_of_step("expect: directory.user"), "7:13: one observation is expected here");
  EXPECT_EQ(error_of_step("expect: {scim.user: {user: amy}, directory.user: {user: amy}}"),
            "7:13: exactly one observation is expected here");
  EXPECT_EQ(error_of_expectation("scim.user: {user: amy}\n    directory.user: {user: amy}"),
            "8:5: an expectation has one observation; begin another for this");
  EXPECT_EQ(error_of_expectation("rules: [R1]"), "7:5: an expectation needs an observation");
}

TEST(Decode, within_goes_with_what_holds_once) {
  for (const auto* hold : {"always", "never"}) {
    EXPECT_EQ(error_of_expectation(
                  fmt::format("directory.user: {{user: amy}}\n    within: 1m\n    hold: {}", hold)),
              "7:5: 'within' goes with expectations that hold once")
        << hold;
  }
  EXPECT_EQ(error_of_expectation("directory.user: {user: amy}\n    within: 1m\n    hold: once"), "");
}

TEST(Decode, the_first_of_several_errors_is_told) {
  EXPECT_EQ(error_of_line("abou: x\ntimelin: []"), "3:1: unknown key 'abou'; did you mean 'about'?");
  EXPECT_EQ(error_of_step("wait: {for: -1s}\n    outcom: any"), "7:17: the duration '-1s' is negative");
}

// What is read
// ----------------------------------------------------------------------------------------------------

TEST(Decode, reads_what_stands_there) {
  const auto scenario = decoded(
      "lockstep: 1\ntitle: T\ncovers: [R1, R2]\nneeds: [scim]\nworld:\n  start: 2026-02-03T04:05:06.5Z\n"
      "  network: {latency: 1ms..2ms, loss: 1/4}\n  devices:\n    - {name: mac-1, os: macos, poll: 30s}\n"
      "timeline:\n  - at: 5m\n    entra.create_user: {user: amy, surname: '', assigned: false}\n"
      "  - after: 1s\n    entra.test_connection:\n    outcome: refused\n    rules: [R32]\n"
      "  - expect: {scim.user: {user: amy, active: false}}\n    within: 1m\n    rules: [R3]\n"
      "settle: 1h\nexpect:\n  - directory.user_count: {count: 0}\n    hold: never\n");
  EXPECT_EQ(scenario.covers, (std::vector<std::string>{"R1", "R2"}));
  EXPECT_EQ(scenario.needs, (std::vector<std::string>{"scim"}));
  EXPECT_EQ(scenario.world.start.time_since_epoch(), std::chrono::milliseconds{1'770'091'506'500});
  EXPECT_EQ(scenario.world.network.loss, (base::Ratio{1, 4}));
  ASSERT_EQ(scenario.world.devices.size(), 1U);
  EXPECT_EQ(scenario.world.devices[0].os, "macos");
  EXPECT_EQ(scenario.world.devices[0].poll, std::chrono::seconds{30});
  ASSERT_EQ(scenario.timeline.size(), 3U);
  const auto& create = std::get<VerbStep>(scenario.timeline[0].action);
  EntraCreateUser amy;
  amy.user = NewPerson("amy");
  amy.surname = "";
  amy.assigned = false;
  EXPECT_EQ(create.verb, Verb(amy));
  EXPECT_EQ(create.outcome, Outcome::ok);
  EXPECT_EQ(scenario.timeline[0].at, std::chrono::minutes{5});
  EXPECT_EQ(scenario.timeline[0].source.place, (Place{11, 5}));
  const auto& test = std::get<VerbStep>(scenario.timeline[1].action);
  EXPECT_EQ(test.verb, Verb(EntraTestConnection{}));
  EXPECT_EQ(test.outcome, Outcome::refused);
  EXPECT_EQ(test.rules, (std::vector<std::string>{"R32"}));
  const auto& looked = std::get<Expectation>(scenario.timeline[2].action);
  EXPECT_EQ(looked.within, std::chrono::minutes{1});
  EXPECT_EQ(looked.rules, (std::vector<std::string>{"R3"}));
  EXPECT_EQ(looked.source.place.line, 17);
  EXPECT_EQ(scenario.settle, std::chrono::hours{1});
  ASSERT_EQ(scenario.expect.size(), 1U);
  EXPECT_EQ(scenario.expect[0].hold, Hold::never);
  EXPECT_EQ(scenario.expect[0].source.place.line, 22);
}

TEST(DecodeStep, reads_one_step_as_yaml_and_as_json) {
  for (const auto* text : {"network.inject: {fault: answer_instead, to: graph, status: 429, retry_after: 7s}",
                           R"({"network.inject": {"fault": "answer_instead", "to": "graph", "status": 429, "retry_after": "7s"}})"}) {
    const auto step = decode_step(text);
    ASSERT_TRUE(step) << step.error().message;
    const auto* inject = std::get<VerbStep>(step->action).verb.get_if<NetworkInject>();
    ASSERT_NE(inject, nullptr);
    EXPECT_EQ(inject->status, 429);
    EXPECT_EQ(inject->retry_after, std::chrono::seconds{7});
  }
  EXPECT_TRUE(std::holds_alternative<Expectation>(decode_step("expect: {directory.user: {user: amy}}\nwithin: 1m")->action));
}

TEST(DecodeStep, says_what_is_wrong_with_it) {
  EXPECT_EQ(decode_step("entra.create_usr: {user: amy}").error().message, "unknown key 'entra.create_usr'; did you mean 'entra.create_user'?");
  EXPECT_FALSE(decode_step("").has_value());
  EXPECT_FALSE(decode_step("[1, 2]").has_value());
  EXPECT_FALSE(decode_step("entra.test_connection:\nentra.start:").has_value()) << "a step does one thing";
}

}  // namespace decode_test
}  // namespace scenarios
