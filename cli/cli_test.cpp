// The built program as people and CI meet it: exit codes, messages, files.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/encoding.h"
#include "cli/program_fixture.h"

namespace cli {
namespace cli_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr auto head = "lockstep: 1\ntitle: T\n";
const std::string passes = std::string(head) + "timeline:\n  - wait: {for: 1m}\n";
const std::string violates =
    std::string(head) + "timeline:\n  - expect: {directory.user_count: {count: 3}}\n    rules: [R40]\n";
/// Forty polls a second for two virtual years: more than the budget of events, and seconds of real time.
const std::string endless = std::string(head) +
                            "world: {devices: [{name: mac-1, poll: 1ms}]}\n"
                            "timeline:\n  - wait: {for: 730d}\n";

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Scripts that cannot be read
// ----------------------------------------------------------------------------------------------------

struct BadScript {
  std::string_view name;
  std::string text;
  std::string_view error;  ///< after the path
};

std::vector<BadScript> bad_scripts() {
  const std::string top = head;
  return {
      {"typo.yaml", top + "timelin: []\n", ":3:1: unknown key 'timelin'; did you mean 'timeline'?"},
      {"duplicate.yaml", top + "title: U\n",
       ":3:1: the key 'title' stands twice in this map; the first is on line 2"},
      {"unknown_user.yaml", top + "timeline:\n  - entra.enable_user: {user: amy}\n",
       ":4:31: there is no person 'amy' here; a step such as entra.create_user introduces one"},
      {"negative.yaml", top + "settle: -1s\n", ":3:9: the duration '-1s' is negative"},
      {"latin1.yaml",
       top + "about: gr\xFC\xDF"
             "e\n",
       ":3:10: the byte 0xFC here is not UTF-8; save the script as UTF-8"},
      {"nul.yaml", top + "about: a" + std::string(1, '\0') + "b\n",
       ":3:9: a NUL byte stands here; a script is plain text"},
      {"deep.yaml", top + "about: " + std::string(100, '[') + std::string(100, ']') + "\n",
       ":3:71: nested more than 64 levels deep here"},
      {"long.yaml", top + "about: " + std::string(10 << 20, 'x') + "\n",
       ": the script is longer than the 1048576 bytes that are read"},
      {"brackets.yaml", std::string(10 << 20, '['),
       ": the script is longer than the 1048576 bytes that are read"},
      {"brackets_1mb.yaml", std::string(1 << 20, '['), ":1:65: nested more than 64 levels deep here"},
      {"empty.yaml", "", ":1:1: a script, which begins with 'lockstep: 1', is expected here"},
      {"binary.yaml",
       std::string("\x7F"
                   "ELF\2\1\1\0\0\0\xFF",
                   11),
       ":1:1: the control character 0x7F stands here"},
  };
}

TEST_F(Program, says_where_a_script_is_wrong_at_once) {
  for (const auto& [name, text, error] : bad_scripts()) {
    write(std::string(name), text);
    for (const auto* command : {"run", "check"}) {
      const auto ended = call({command, std::string(name)});
      EXPECT_EQ(ended.exit_code, 64) << command << " " << name;
      EXPECT_EQ(ended.out, "") << command << " " << name;
      EXPECT_THAT(first_line(ended.err), StartsWith(std::string(name) + std::string(error))) << command;
      EXPECT_THAT(lines_of(ended.err), SizeIs(1)) << command;
      EXPECT_LT(ended.took, at_once) << command << " " << name;
    }
  }
}

TEST_F(Program, says_which_path_leads_to_no_script) {
  std::filesystem::create_directories(folder() / "folder" / "inner.yaml");
  const std::pair<std::string, std::string> table[] = {
      {"missing.yaml", "missing.yaml: there is no such file or folder\n"},
      {"folder", "folder: there is no script (*.yaml) in this folder\n"},
      {"folder/inner.yaml", "folder/inner.yaml: there is no script (*.yaml) in this folder\n"},
      {"", ": there is no such file or folder\n"},
      {"/dev/zero", "/dev/zero: the script is longer than the 1048576 bytes that are read\n"},
  };
  for (const auto& [path, error] : table) {
    for (const auto* command : {"run", "check"}) {
      const auto ended = call({command, path});
      EXPECT_EQ(ended.exit_code, 64) << command << " " << path;
      EXPECT_EQ(ended.err, error) << command;
      EXPECT_LT(ended.took, at_once) << command << " " << path;
    }
  }
}

TEST_F(Program, names_every_bad_script_of_a_folder_and_plays_none_of_it) {
  write("all/a.yaml", passes);
  write("all/b.yaml", "lockstep: 2\n");
  write("all/sub/c.yaml", "nonsense");
  const auto ended = call({"run", "all", "--no-report"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_EQ(ended.out, "");
  const auto lines = lines_of(ended.err);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[0], StartsWith("all/b.yaml:1:11: "));
  EXPECT_THAT(lines[1], StartsWith("all/sub/c.yaml:1:1: "));
}

TEST_F(Program, check_also_looks_at_the_rules_that_a_script_names) {
  write("s.yaml", std::string(head) + "covers: [R1, R4O]\n");
  const auto ended = call({"check", "s.yaml"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_EQ(ended.err, "s.yaml:3:9: there is no rule 'R4O'; did you mean 'R4'?\n");
  write("s.yaml", passes);
  EXPECT_EQ(call({"check", "s.yaml"}).out, "1 script is well-formed\n");
}

// Exit codes of runs
// ----------------------------------------------------------------------------------------------------

TEST_F(Program, exits_with_0_where_all_conforms) {
  write("s.yaml", passes);
  const auto ended = call({"run", "s.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  EXPECT_THAT(ended.out, AllOf(StartsWith("conforms "), HasSubstr("\n1 run: 1 conforms\n")));
}

TEST_F(Program, exits_with_1_and_the_whole_story_where_something_is_violated) {
  write("good.yaml", passes);
  write("bad.yaml", violates);
  const auto ended = call({"run", "good.yaml", "bad.yaml", "--seed", "7", "--no-report"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("bad.yaml:4"), HasSubstr("R40"),
                               HasSubstr("./lockstep run bad.yaml --seed 7\n"), HasSubstr("2 runs: ")));
}

TEST_F(Program, says_how_to_play_a_run_again_as_a_shell_reads_it) {
  write("it's bad.yaml", violates);
  const auto ended = call({"run", "it's bad.yaml", "--shuffle", "--no-report"});
  EXPECT_THAT(ended.out, HasSubstr("./lockstep run 'it'\\''s bad.yaml' --seed 1 --shuffle\n"));
}

TEST_F(Program, exits_with_2_where_nothing_could_be_judged) {
  write("s.yaml", std::string(head) + "needs: [scim, devices]\ntimeline:\n  - wait: {for: 1m}\n");
  write("config.yaml", "lockstep_config: 1\nauth: {token_file: token}\n");
  write("token", "abc\n");
  const auto ended = call(
      {"run", "s.yaml", "--target", "http://127.0.0.1:9/scim", "--config", "config.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.out, HasSubstr("not applicable"));
}

TEST_F(Program, says_what_a_script_cannot_do_with_a_configuration) {
  write("s.yaml", passes);
  write("token", "abc\n");
  write("basic", "user:word\n");
  const std::map<std::string, std::string> problems{
      {"auth: {basic_file: basic}", "basic_file is for conform"},
      {"auth: {token_file: token}\nrate: 5", "rate is for conform"},
      {"auth: {oauth: {token_url: \"https://login.test/t\", client_id: a, client_secret_file: token}}", "oauth is for conform"},
      {"timeout: 5s", "token_file: PATH} is missing"},
  };
  for (const auto& [settings, problem] : problems) {
    write("config.yaml", "lockstep_config: 1\n" + settings + "\n");
    const auto ended = call({"run", "s.yaml", "--target", "http://127.0.0.1:9/scim", "--config", "config.yaml", "--no-report"});
    EXPECT_EQ(ended.exit_code, 64) << settings;
    EXPECT_THAT(ended.err, HasSubstr(problem));
  }
}

TEST_F(Program, exits_with_70_where_the_bench_itself_failed) {
  write("s.yaml", std::string(head) + "world: {entra: {job: false}}\ntimeline:\n  - wait: {for: 36500d}\n");
  const auto ended = call({"run", "s.yaml", "--no-report"});
  EXPECT_EQ(ended.exit_code, 70);
  EXPECT_THAT(ended.out, HasSubstr("gave up after 60 years"));
}

TEST_F(Program, plays_every_seed_of_a_range) {
  write("s.yaml", passes);
  const auto ended = call({"run", "s.yaml", "--seeds", "3..5", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0);
  const auto lines = lines_of(ended.out);
  ASSERT_GT(lines.size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(lines[i], HasSubstr(fmt::format(" seed {} ", i + 3)));
}

TEST_F(Program, plays_the_library_beside_it_where_no_path_is_given) {
  const auto ended = call({"run", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("onboarding_mac.yaml"));
}

TEST_F(Program, plays_over_loopback) {
  write("s.yaml",
        std::string(head) + "timeline:\n  - http.send: {method: GET, path: /, as: admin, status: 404}\n");
  const auto ended = call({"run", "s.yaml", "--arm", "live", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out;
}

TEST_F(Program, proves_in_a_second_process_that_a_run_repeats_itself) {
  // A path that JSON writes with escapes.
  write("quoted \"s\" \\.yaml", passes);
  const auto ended = call({"run", "quoted \"s\" \\.yaml", "--seeds", "1..3", "--twice", "--no-report"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
}

// Usage
// ----------------------------------------------------------------------------------------------------

TEST_F(Program, help_names_every_command_and_exit_code) {
  const auto ended = call({"--help"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  for (const auto* word :
       {"run", "check", "list", "explain", "test", "bench", "package", "Exit codes: 0 pass, 1 violation"}) {
    EXPECT_THAT(ended.out, HasSubstr(word));
  }
  for (const auto* command : {"run", "check", "list", "explain"}) {
    const auto help = call({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr(command));
  }
}

TEST_F(Program, tells_its_version) {
  const auto ended = call({"--version"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, "0.1.0\n");
}

TEST_F(Program, exits_with_64_for_what_it_does_not_know) {
  write("s.yaml", passes);
  const std::vector<std::vector<std::string>> table{
      {},
      {"dance"},
      {"--loud"},
      {"run", "s.yaml", "--loud"},
      {"run", "s.yaml", "--arm", "left"},
      {"run", "s.yaml", "--format", "xml"},
      {"run", "s.yaml", "--seed", "1", "--seeds", "1..2"},
      {"run", "s.yaml", "--seed", "-1"},
      {"run", "s.yaml", "--seed", "one"},
      {"run", "s.yaml", "--target", "nowhere"},
      {"run", "s.yaml", "--target", "https://vendor.test/scim"},
      {"run", "s.yaml", "--target", "https://vendor.test/scim", "--config", "missing.yaml"},
      {"run", "s.yaml", "--target", "https://vendor.test/scim?a=b"},
      {"check"},
      {"list"},
      {"list", "songs"},
      {"explain"},
  };
  for (const auto& arguments : table) {
    const auto ended = call(arguments);
    EXPECT_EQ(ended.exit_code, 64) << ::testing::PrintToString(arguments);
    EXPECT_EQ(ended.out, "") << ::testing::PrintToString(arguments);
    EXPECT_NE(ended.err, "") << ::testing::PrintToString(arguments);
  }
}

TEST_F(Program, exits_with_64_for_what_is_no_range_of_seeds) {
  write("s.yaml", passes);
  for (const auto* seeds : {"", "abc", "1..", "..3", "5..1", "1..2..3", "-1..2", "1.5", "1...3", " 1",
                            "0x1..0x2", "1..18446744073709551616"}) {
    const auto ended = call({"run", "s.yaml", "--no-report", fmt::format("--seeds={}", seeds)});
    EXPECT_EQ(ended.exit_code, 64) << "'" << seeds << "'";
    EXPECT_EQ(ended.out, "") << "'" << seeds << "'";
  }
  const auto ended = call({"run", "s.yaml", "--seeds", "5..1"});
  EXPECT_EQ(ended.err, "lockstep: '5..1' is no range of seeds; write it like 1..50\n");
}

TEST_F(Program, does_not_play_twice_what_it_cannot_start_anew) {
  write("s.yaml", std::string(head) + "needs: [scim]\n");
  write("config.yaml", "lockstep_config: 1\nauth: {token_file: token}\n");
  write("token", "abc\n");
  const auto ended =
      call({"run", "s.yaml", "--twice", "--target", "http://127.0.0.1:9/scim", "--config", "config.yaml"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_EQ(ended.err, "lockstep: --twice needs the core; a target outside does not begin anew\n");
}

TEST_F(Program, explains_rules_and_suggests_the_nearest) {
  const auto known = call({"explain", "R42"});
  EXPECT_EQ(known.exit_code, 0);
  EXPECT_THAT(known.out, AllOf(StartsWith("R42  "), HasSubstr("\n  Why: "), HasSubstr("\n  Source: "),
                               HasSubstr("onboarding_mac.yaml")));
  EXPECT_THAT(call({"explain", "RT2"}).out,
              AllOf(HasSubstr("\n  A reading: Active follows R49"), HasSubstr("\n    followed by scenarios/library/entra/expiry_looks_disabled.yaml\n")));
  const auto unknown = call({"explain", "R4O"});
  EXPECT_EQ(unknown.exit_code, 64);
  EXPECT_EQ(unknown.err, "lockstep: there is no rule 'R4O'; did you mean 'R4'?\n");
  EXPECT_EQ(call({"explain", "nothing like it"}).err,
            "lockstep: there is no rule 'nothing like it'; './lockstep list rules' lists them\n");
}

TEST_F(Program, explains_how_binding_a_clause_is_and_where_it_stands) {
  const auto clause = call({"explain", "P-3.3-7"});
  EXPECT_EQ(clause.exit_code, 0);
  EXPECT_THAT(clause.out, AllOf(StartsWith("P-3.3-7  "), HasSubstr("\n  Level: must\n"),
                                HasSubstr("\n  Link: https://www.rfc-editor.org/rfc/rfc7644#section-3.3\n"),
                                HasSubstr("duplicate_user_name.yaml")));
  EXPECT_THAT(call({"explain", "R42"}).out, AllOf(Not(HasSubstr("Level:")), Not(HasSubstr("Link:"))));
}

TEST_F(Program, lists_facts_with_their_tests_and_explains_one) {
  EXPECT_THAT(call({"list", "facts"}).out, HasSubstr("\nGraph E10 "));
  EXPECT_THAT(call({"list", "facts", "--coverage"}).out,
              AllOf(HasSubstr("\n         test      scenarios/probe/validator_test.cpp Validator."), HasSubstr("\n         untested  ")));
  EXPECT_THAT(call({"list", "facts", "--format", "markdown"}).out, StartsWith("# Facts without a test\n"));
  const auto one = call({"explain", "Entra provisioning-clients 3.1-03"});
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_THAT(one.out, AllOf(StartsWith("Entra provisioning-clients 3.1-03\n\n  24 required tests"), HasSubstr("\n  Source: a result of"),
                             HasSubstr("holds_24_required_tests_and_seven_previews")));
}

std::string page(const std::string& name) {
  std::ifstream in(LOCKSTEP_SOURCE_DIR "/docs/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(Program, the_pages_of_operations_and_of_facts_are_up_to_date) {
  EXPECT_THAT(call({"list", "operations"}).out,
              AllOf(StartsWith("Microsoft Graph: "), HasSubstr("  modelled  GET /users/delta "), HasSubstr("  absent    GET /users/{}/photo "),
                    HasSubstr("\nSign-in with Microsoft Entra: "), HasSubstr("\nOkta's management API: "), HasSubstr("\nSign-in with Okta: ")));
  EXPECT_TRUE(page("operations.md") == call({"list", "operations", "--format", "markdown"}).out)
      << "write it anew: ./lockstep list operations --format markdown > docs/operations.md";
  EXPECT_TRUE(page("facts-without-a-test.md") == call({"list", "facts", "--format", "markdown"}).out)
      << "write it anew: ./lockstep list facts --format markdown > docs/facts-without-a-test.md";
}

// [rule R36] [rule R44] [rule R47]
TEST_F(Program, previews_what_provisioning_would_do_with_the_users_of_a_tenant) {
  write("users.csv", "userPrincipalName,displayName,mail\namy@contoso.example,Amy Lee,amy@contoso.example\no'neil@contoso.example,O Neil,\n");
  const auto fresh = call({"preview", "--users", "users.csv"});
  EXPECT_EQ(fresh.exit_code, 1);
  EXPECT_THAT(fresh.out, AllOf(HasSubstr("refused   amy@contoso.example\n    why       an e-mail address cannot be the username  R44\n"),
                               HasSubstr("\"userName\":\"amy@contoso.example\"")));
  EXPECT_THAT(fresh.err, HasSubstr("0 of 2 users would be created, 2 refused"));
  const auto mended = call({"preview", "--users", "users.csv", "--mapping", "article", "--format", "json"});
  const auto users = nlohmann::json::parse(mended.out);
  ASSERT_EQ(users.size(), 2U);
  EXPECT_EQ(users[0]["outcome"], "created");
  EXPECT_EQ(users[0]["body"]["userName"], "amy");
  EXPECT_EQ(users[1]["outcome"], "refused");
  EXPECT_EQ(users[1]["rules"], nlohmann::json::array({"R44"}));
  const auto missing = call({"preview", "--users", "none.csv"});
  EXPECT_EQ(missing.exit_code, 64);
  EXPECT_THAT(missing.err, HasSubstr("none.csv"));
}

TEST_F(Program, lists_scenarios_rules_and_verbs) {
  EXPECT_THAT(call({"list", "scenarios"}).out, HasSubstr("onboarding_mac.yaml\n    A new person"));
  EXPECT_THAT(call({"list", "rules"}).out, AllOf(HasSubstr("\nR42 "), HasSubstr("\nRT11 ")));
  EXPECT_THAT(
      call({"list", "rules", "--coverage"}).out,
      AllOf(
          HasSubstr("\n         script    "), HasSubstr("\n         test      "),
          HasSubstr("\n         case      "), HasSubstr("\n         proven    by suspend_forgets_sessions\n"),
          HasSubstr(" rules that scripts expect are proven: "),
          HasSubstr(
              " rules are proved by an expectation, a test that carries their id or a conformance case; ")));
  EXPECT_THAT(call({"list", "cases"}).out, AllOf(HasSubstr("scim/create/duplicate_user_name "), HasSubstr(" must   critical P-3.3-7\n    A second user")));
  EXPECT_THAT(call({"list", "quirks"}).out, AllOf(HasSubstr("\nduplicate_accepted "), HasSubstr("\ndelta_replays "), HasSubstr("\nthrottled_once "), HasSubstr("\nwindows_folds_names ")));
  EXPECT_THAT(call({"list", "defects"}).out, HasSubstr(" directory  R7\n    a rule of a group"));
  EXPECT_THAT(call({"list", "verbs"}).out, HasSubstr("\nentra.create_user\n"));
  EXPECT_THAT(call({"list", "verbs", "--format", "markdown"}).out, StartsWith("# The script language\n"));
}

// Output for other programs
// ----------------------------------------------------------------------------------------------------

TEST_F(Program, writes_lines_of_json) {
  write("good.yaml", passes);
  write("bad.yaml", violates);
  const auto ended =
      call({"run", "good.yaml", "bad.yaml", "--seeds", "1..2", "--format", "json", "--no-report"});
  EXPECT_EQ(ended.exit_code, 1);
  const auto lines = lines_of(ended.out);
  ASSERT_THAT(lines, SizeIs(4));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto json = Json::parse(lines[i], nullptr, false);
    ASSERT_FALSE(json.is_discarded()) << lines[i];
    EXPECT_EQ(json["script"], i < 2 ? "good.yaml" : "bad.yaml");
    EXPECT_EQ(json["seed"], i % 2 + 1);
    EXPECT_EQ(json["verdict"], i < 2 ? "conforms" : "violates");
    EXPECT_EQ(json["virtual_time"], i < 2 ? "1m" : json["virtual_time"]);
    EXPECT_THAT(json["fingerprint"].get<std::string>(), MatchesRegex("[0-9a-f]{16}"));
  }
}

TEST_F(Program, writes_reports_and_a_trace_where_it_is_told) {
  write("s.yaml", violates);
  const auto ended = call({"run", "s.yaml", "--report", "made/here", "--trace", "made/there/trace.jsonl"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out, EndsWith("report: made/here/index.html\n"));
  const auto report = Json::parse(read("made/here/report.json"), nullptr, false);
  ASSERT_FALSE(report.is_discarded());
  EXPECT_EQ(report["exit_code"], 1);
  EXPECT_EQ(report["runs"][0]["script"], "s.yaml");
  EXPECT_EQ(report["runs"][0]["judgements"][0]["rules"][0], "R40");
  EXPECT_THAT(base::to_lower(read("made/here/index.html").substr(0, 15)), "<!doctype html>");
  const auto trace = lines_of(read("made/there/trace.jsonl"));
  EXPECT_FALSE(trace.empty());
  for (const auto& line : trace) EXPECT_FALSE(Json::parse(line, nullptr, false).is_discarded()) << line;
}

TEST_F(Program, writes_its_report_to_out_unless_told_otherwise) {
  write("s.yaml", passes);
  EXPECT_EQ(call({"run", "s.yaml"}).exit_code, 0);
  EXPECT_NE(read("out/report/report.json"), "");
  EXPECT_NE(read("out/report/index.html"), "");
  std::filesystem::remove_all(folder() / "out");
  EXPECT_EQ(call({"run", "s.yaml", "--no-report"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder() / "out"));
}

TEST_F(Program, exits_with_70_where_a_report_cannot_be_written) {
  write("s.yaml", passes);
  const auto ended = call({"run", "s.yaml", "--report", "s.yaml/report"});
  EXPECT_EQ(ended.exit_code, 70);
  EXPECT_THAT(ended.err, HasSubstr("lockstep: s.yaml/report/report.json cannot be written\n"));
}

TEST_F(Program, shows_no_secret_anywhere) {
  // Every secret that a script names begins with these letters.
  constexpr std::string_view beginning = "Kq7";
  const auto script = LOCKSTEP_SOURCE_DIR "/scenarios/library/entra/password_change_mac.yaml";
  const auto ended = call({"run", script, "--report", "r", "--trace", "trace.jsonl"});
  EXPECT_EQ(ended.exit_code, 0);
  const std::pair<std::string_view, std::string> texts[] = {{"standard output", ended.out},
                                                            {"standard error", ended.err},
                                                            {"report.json", read("r/report.json")},
                                                            {"index.html", read("r/index.html")},
                                                            {"trace.jsonl", read("trace.jsonl")}};
  for (const auto& [name, text] : texts) {
    EXPECT_EQ(text.find(beginning), std::string::npos) << name;
    EXPECT_EQ(text.find(base::to_base64(beginning)), std::string::npos) << name;
  }
  EXPECT_THAT(texts[2].second, HasSubstr("[redacted]"));
}

// Ctrl-C
// ----------------------------------------------------------------------------------------------------

TEST_F(Program, an_interrupt_ends_it_after_the_run_it_is_in_with_all_it_has) {
  write("s.yaml", passes);
  auto child = start({"run", "s.yaml", "--seeds", "1..1000000000", "--report", "r"});
  child.wait_for_a_line();
  child.interrupt();
  const auto ended = child.wait();
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_THAT(ended.err, HasSubstr("lockstep: interrupted; what was played until then is in the report\n"));
  const auto lines = lines_of(ended.out);
  const auto played =
      std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("conforms "); });
  EXPECT_GT(played, 0);
  EXPECT_THAT(ended.out, HasSubstr(fmt::format("\n{} run", played)));
  EXPECT_EQ(Json::parse(read("r/report.json"), nullptr, false)["runs"].size(), played);
}

TEST_F(Program, a_second_interrupt_ends_it_at_once) {
  write("a.yaml", passes);
  write("b.yaml", endless);
  auto child = start({"run", "a.yaml", "b.yaml", "--no-report"});
  child.wait_for_a_line();
  child.wait_while_it_computes();
  const auto ended = child.interrupt_until_it_ends();
  EXPECT_EQ(ended.signal, SIGINT);
}

}  // namespace cli_test
}  // namespace cli
