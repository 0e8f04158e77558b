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
  EXPECT_THAT(conform({"graph-cleint"}).err, HasSubstr("did you mean 'graph-client'?"));
  EXPECT_EQ(conform({"graph-client", "--plan"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--tls"}).exit_code, 64);
  EXPECT_EQ(conform({"graph-client", "--run", "true", "--redirect-uri", "http://localhost:1/back"}).exit_code, 64);
  EXPECT_EQ(conform({"oidc-rp", "--run", "true", "--redirect-uri", "back"}).exit_code, 64);
  EXPECT_EQ(conform({"scim", "--run", "true"}).exit_code, 64);
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
