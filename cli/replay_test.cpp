// `replay` as people meet it: the timeline, what changed, where it stops, and that looking changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "cli/program_fixture.h"

namespace cli {
namespace replay_test {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto script =
    "lockstep: 1\n"
    "title: Amy comes and goes\n"
    "replay: {seed: 7}\n"
    "world: {devices: [{name: mac-1, os: macos}]}\n"
    "timeline:\n"
    "  - entra.create_user: {user: amy, given_name: Amy, surname: Lee}\n"
    "  - entra.provision_on_demand: {user: amy}\n"
    "  - after: 1h\n"
    "    entra.disable_user: {user: amy}\n"
    "  - expect: {directory.user: {user: amy, state: SUSPENDED}}\n"
    "    within: 1h\n"
    "  - expect: {directory.user_count: {count: 9}}\n";

class Replay : public Program {
 protected:
  Replay() { write("s.yaml", script); }
  [[nodiscard]] Ended replay(std::vector<std::string> more) const {
    more.insert(more.begin(), {"replay", "s.yaml"});
    return call(more);
  }
};

TEST_F(Replay, prints_what_happens_in_order) {
  const auto ended = replay({});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out, StartsWith("s.yaml, seed 7: Amy comes and goes\n"));
  const std::vector<std::string> in_order{"line 6 ",  "entra.create_user: {user: amy, given_name: Amy, surname: Lee} -> ok", "POST /scim/v2/Users -> 201",
                                          "line 7 ",  "line 8 ",                                                            "line 10 ",
                                          "holds: directory.user: ", "DOES NOT HOLD: directory.user_count: {count: 9}; expected "};
  std::size_t from = 0;
  for (const auto& text : in_order) {
    const auto found = ended.out.find(text, from);
    ASSERT_NE(found, std::string::npos) << text << "\n" << ended.out;
    from = found;
  }
  EXPECT_THAT(ended.out, Not(HasSubstr("\n  + ")));
}

TEST_F(Replay, explains_what_each_event_changed) {
  const auto ended = replay({"--explain"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("  + device mac-1: "), ContainsRegex("  \\+ entra user amy[^:]*: .*givenName Amy"),
                               ContainsRegex("directory +acts on POST /scim/v2/Users of entra\n +\\+ directory user amy[^:]*: "),
                               ContainsRegex("entra.disable_user: [^\n]*\n +~ entra user amy[^:]*: accountEnabled true -> false"),
                               ContainsRegex("acts on PATCH /scim/v2/Users/[^\n]*\n +~ directory user amy[^:]*: .*state ACTIVATED -> SUSPENDED")));
}

TEST_F(Replay, looking_changes_nothing) {
  const auto fingerprint = [](const std::string& text) {
    std::smatch match;
    return std::regex_search(text, match, std::regex("fingerprint ([0-9a-f]{16})")) ? match[1].str() : "";
  };
  const auto plain = fingerprint(replay({}).out);
  EXPECT_NE(plain, "");
  EXPECT_EQ(fingerprint(replay({"--explain"}).out), plain);
  EXPECT_THAT(call({"run", "s.yaml", "--no-report", "--format", "json"}).out, HasSubstr(plain));
  EXPECT_NE(fingerprint(replay({"--seed", "8"}).out), plain);
}

TEST_F(Replay, stops_at_a_time_or_at_an_event) {
  const auto whole = replay({}).out;
  const auto at_time = replay({"--until", "30m"});
  EXPECT_EQ(at_time.exit_code, 0) << at_time.err;
  EXPECT_THAT(at_time.out, AllOf(HasSubstr("entra.provision_on_demand"), Not(HasSubstr("entra.disable_user"))));
  EXPECT_THAT(at_time.out, HasSubstr(" events and 30m: stopped, 2 of 3 steps done\n"));
  std::smatch match;
  ASSERT_TRUE(std::regex_search(whole, match, std::regex("#([0-9]+) [^\n]*POST /scim/v2/Users")));
  const auto at_event = replay({"--until", match[1].str()});
  EXPECT_EQ(at_event.exit_code, 0);
  EXPECT_THAT(at_event.out, AllOf(HasSubstr("POST /scim/v2/Users -> 201\n"), HasSubstr("\n\nafter " + match[1].str() + " events and "), HasSubstr(": stopped, 2 of 3 steps done\n")));
  EXPECT_THAT(at_event.out, Not(HasSubstr("entra.disable_user")));
  // What was told until then is what is told of the whole.
  EXPECT_THAT(whole, StartsWith(at_event.out.substr(0, at_event.out.find("\n\nafter "))));
}

TEST_F(Replay, says_what_it_does_not_understand) {
  const auto soon = replay({"--until", "soon"});
  EXPECT_EQ(soon.exit_code, 64);
  EXPECT_EQ(soon.err, "lockstep: --until: 'soon' is neither a time since the start, such as 3h20m, nor the number of an event\n");
  EXPECT_EQ(replay({"--planted", "nothing_like_it"}).exit_code, 64);
  EXPECT_EQ(call({"replay", "missing.yaml"}).exit_code, 64);
  EXPECT_EQ(call({"replay"}).exit_code, 64);
}

TEST_F(Replay, shows_no_secret) {
  // Every secret that a script names begins with these letters.
  const auto ended = call({"replay", LOCKSTEP_SOURCE_DIR "/scenarios/library/entra/password_change_mac.yaml", "--explain"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, Not(HasSubstr("Kq7")));
}

}  // namespace replay_test
}  // namespace cli
