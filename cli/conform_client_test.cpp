// `conform` of suites whose product is a client, as people call it: products that come with the program, and one outside, over
// real sockets and in real time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program_fixture.h"

namespace cli {
namespace conform_client_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class ConformClient : public Program {
 protected:
  Ended conform(std::vector<std::string> words) {
    std::vector<std::string> all{"conform"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--report", "report"});
    return call(std::move(all));
  }
  std::string verdict_of(const std::string& id) {
    const auto report = Json::parse(read("report/report.json"), nullptr, false);
    if (!report.is_object()) return "no report";
    for (const auto& one : report.at("cases")) {
      if (one.at("id") == id) return one.at("verdict");
    }
    return "no such case";
  }
};

TEST_F(ConformClient, finds_the_mistake_of_a_sample) {
  const auto ended = conform({"graph-client", "--target", "sample", "--quirk", "quotes_not_doubled", "--only", "graph-client/queries"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("graph-client/queries/quotes"), HasSubstr("CG-Q-1")));
  EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "violates");
}

TEST_F(ConformClient, what_is_known_of_the_products_that_come_with_it_fails_nothing) {
  for (const std::string product : {"entra", "okta"}) {
    const auto ended = conform({"scim-client", "--target", product});
    EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  }
  EXPECT_EQ(verdict_of("scim-client/matching/conflict"), "deviates");
}

TEST_F(ConformClient, says_what_it_cannot_take) {
  // The directory provisions nobody.
  EXPECT_EQ(conform({"scim-client", "--target", "core"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--target", "https://x.example"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--quirk", "quotes_not_doubled"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--target", "sample", "--quirk", "quotes_not_dubled"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--listen", "nowhere"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--listen", "0", "--patience", "1m"}).exit_code, 64);
  EXPECT_THAT(conform({"graph-cleint"}).err, HasSubstr("did you mean 'graph-client'?"));
  EXPECT_EQ(conform({"graph-client", "--plan"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--tls"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--run", "true", "--redirect-uri", "http://localhost:1/back"}).exit_code, 64);
  EXPECT_EQ(conform({"oidc-rp", "--run", "true", "--redirect-uri", "back"}).exit_code, 64);
  EXPECT_EQ(conform({"scim", "--run", "true"}).exit_code, 64);
}

TEST_F(ConformClient, a_mistake_of_another_suites_client_is_refused) {
  const auto of_another = conform({"oidc-rp", "--target", "sample", "--quirk", "retry_after_ignored"});
  EXPECT_EQ(of_another.exit_code, 64);
  EXPECT_THAT(of_another.err, AllOf(HasSubstr("'conform graph-client --target sample --quirk retry_after_ignored'"), HasSubstr("'conform scim-client --target sample")));
  const auto of_the_fake = conform({"scim-client", "--target", "sample", "--quirk", "duplicate_accepted"});
  EXPECT_EQ(of_the_fake.exit_code, 64);
  EXPECT_THAT(of_the_fake.err, HasSubstr("'conform scim --target fake --quirk duplicate_accepted'"));
  const auto of_a_client = conform({"scim", "--target", "fake", "--quirk", "no_state_sent"});
  EXPECT_EQ(of_a_client.exit_code, 64);
  EXPECT_THAT(of_a_client.err, HasSubstr("'conform oidc-rp --target sample --quirk no_state_sent'"));
}

TEST_F(ConformClient, a_case_that_cannot_be_played_is_a_bug_of_the_bench) {
  write("cases/graph-client/first/sync.yaml",
        "client_case: 1\ntitle: T\ncovers: [CG-1]\nwhy: W\nfix: F\nsetup:\n  - entra.create_user: {user: ann}\nphases:\n  - given:\n"
        "      - entra.delete_user: {user: ann}\n      - entra.delete_user: {user: ann}\n    ask: sync\nexpect:\n"
        "  - {sends: {of: {}, least: 1}, says: S, source: [Graph G1]}\n");
  const auto ended = conform({"graph-client", "--cases", "cases"});
  EXPECT_EQ(ended.exit_code, 70) << ended.out << ended.err;
  EXPECT_EQ(verdict_of("graph-client/first/sync"), "error");
}

TEST_F(ConformClient, says_how_a_case_is_played_again) {
  static_cast<void>(conform({"graph-client", "--run", "exit 3", "--listen", "127.0.0.1:0", "--patience", "30s", "--seed", "7", "--only", "graph-client/queries/quotes"}));
  const auto report = Json::parse(read("report/report.json"), nullptr, false);
  ASSERT_TRUE(report.is_object());
  const std::string replay = report.at("cases").front().at("replay");
  EXPECT_THAT(replay, HasSubstr(" conform graph-client --run 'exit 3' --listen 127.0.0.1:0 --patience 30s --seed 7 --only graph-client/queries/quotes"));
}

TEST_F(ConformClient, a_command_that_is_not_run_is_not_to_blame) {
  for (const std::string command : {"/nowhere/at/all", "exit 126", "kill -KILL $$"}) {
    const auto ended = conform({"graph-client", "--run", command, "--only", "graph-client/queries/quotes"});
    EXPECT_EQ(ended.exit_code, 2) << command << ended.out << ended.err;
    EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "blocked") << command;
  }
}

TEST_F(ConformClient, where_the_command_is_never_run_nothing_can_be_judged) {
  const auto ended = conform({"graph-client", "--run", "/nowhere/at/all"});
  EXPECT_EQ(ended.exit_code, 2) << ended.out << ended.err;
  EXPECT_EQ(verdict_of("graph-client/first/sync"), "blocked");
  EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "blocked");
}

TEST_F(ConformClient, warns_where_others_can_come) {
  EXPECT_THAT(conform({"graph-client", "--run", "exit 3", "--listen", "0.0.0.0:0", "--only", "graph-client/queries"}).err, HasSubstr("0.0.0.0 is reached from other machines"));
  EXPECT_THAT(conform({"graph-client", "--run", "exit 3", "--only", "graph-client/queries"}).err, Not(HasSubstr("warning")));
}

TEST_F(ConformClient, judges_nothing_of_a_product_without_the_task) {
  const auto ended = conform({"graph-client", "--run", "exit 3", "--only", "graph-client/queries"});
  EXPECT_EQ(ended.exit_code, 2) << ended.err;
  EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "not applicable");
}

TEST_F(ConformClient, is_done_with_a_product_that_does_not_come_to_an_end) {
  const auto ended = conform({"graph-client", "--run", "exec tail -f /dev/null", "--patience", "200ms", "--only", "graph-client/first"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_EQ(verdict_of("graph-client/first/sync"), "violates");
}

TEST_F(ConformClient, interrupted_it_ends_the_product_and_keeps_what_is_certain) {
  // It is asked for one thing, and then comes to no end.
  auto child = start({"conform", "graph-client", "--run", "echo \"at $LOCKSTEP_CASE\"; exec tail -f /dev/null", "--report", "report"});
  EXPECT_THAT(child.wait_for_error_line("at "), HasSubstr("graph-client/first/sync"));
  child.interrupt();
  const auto ended = child.wait();
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  const auto report = Json::parse(read("report/report.json"));
  EXPECT_EQ(report.at("problem"), "interrupted");
  EXPECT_TRUE(report.at("cases").empty()) << report.at("cases");
}

TEST_F(ConformClient, with_nobody_at_the_terminal_nothing_is_judged) {
  const auto ended = conform({"graph-client", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_THAT(ended.err, AllOf(HasSubstr("LOCKSTEP_GRAPH_URL"), HasSubstr("bring your copy")));
  const auto report = Json::parse(read("report/report.json"));
  EXPECT_EQ(report.at("problem"), "standard input has ended");
  EXPECT_TRUE(report.at("cases").empty()) << report.at("cases");
}

TEST_F(ConformClient, whoever_sits_at_the_terminal_says_what_came_of_it) {
  const auto answers = [&](const std::string& typed) {
    Child child("/bin/sh", {"-c", "printf '" + typed + "' | '" LOCKSTEP_PROGRAM "' conform graph-client --listen 0 --only graph-client/queries --report report"}, folder());
    return child.wait();
  };
  const auto without = answers("s\\ns\\ns\\n");
  EXPECT_EQ(without.exit_code, 2) << without.out << without.err;
  EXPECT_THAT(without.err, HasSubstr("look the account up by its display name"));
  EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "not applicable");
  // Done, it is said, but nothing has come.
  const auto nothing = answers("\\n\\n\\n");
  EXPECT_EQ(verdict_of("graph-client/queries/quotes"), "blocked") << nothing.out << nothing.err;
}

TEST_F(ConformClient, judges_a_product_over_sockets_by_the_clock_it_waits_by) {
  const std::vector<std::string> cases{"--only", "graph-client/first", "--only", "graph-client/throttling/seconds", "--only", "graph-client/paging/next_link"};
  const auto judge = [&](const std::string& command) {
    std::vector<std::string> words{"graph-client", "--run", command};
    words.insert(words.end(), cases.begin(), cases.end());
    return conform(words);
  };
  const auto patient = judge(GRAPH_PRODUCT);
  EXPECT_EQ(patient.exit_code, 0) << patient.out << patient.err;
  EXPECT_EQ(verdict_of("graph-client/throttling/seconds"), "conforms");
  EXPECT_EQ(verdict_of("graph-client/paging/next_link"), "conforms");
  const auto hasty = judge(std::string(GRAPH_PRODUCT) + " hasty");
  EXPECT_EQ(verdict_of("graph-client/throttling/seconds"), "deviates") << hasty.out << hasty.err;
  EXPECT_EQ(verdict_of("graph-client/paging/next_link"), "conforms");
}

}  // namespace conform_client_test
}  // namespace cli
