// Cases for clients as they are read, and what those that come with the program may not be.
#include "scenarios/client/decode_client_case.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "scenarios/catalog.h"
#include "scenarios/facts.h"

namespace scenarios::client {
namespace decode_client_case_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string shipped_cases = std::string(LOCKSTEP_SOURCE_DIR) + "/scenarios/client_conformance";

std::string error_in(const std::string& text) {
  const auto read = decode_client_case(text, "graph-client/x", *client_suite_named("graph-client"));
  return read ? "" : fmt::format("{}: {}", read.error().place.line, read.error().message);
}

constexpr std::string_view beginning = "client_case: 1\ntitle: T\ncovers: [CG-1]\nwhy: W\nfix: F\n";

std::string with(std::string_view rest) { return std::string(beginning) + std::string(rest); }

TEST(ClientCase, is_read) {
  EXPECT_EQ(error_in(with("phases:\n  - {name: a, ask: sync}\nexpect:\n  - {sends: {of: {method: GET}, least: 1}, in: a, says: S, source: [Graph G1]}\n")), "");
}

TEST(ClientCase, says_what_is_wrong_and_where) {
  EXPECT_THAT(error_in("title: T\n"), HasSubstr("client_case: 1"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sink}\nexpect:\n  - {follows: next_link, says: S, source: [Graph G1]}\n")), HasSubstr("sync"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sync}\nexpect:\n  - {follow: next_link, says: S, source: [Graph G1]}\n")), HasSubstr("follows"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sync}\nexpect:\n  - {follows: next_link}\n")), HasSubstr("names its source"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sync, ends: done}\n")), HasSubstr("says why"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sync}\nexpect:\n  - {follows: next_link, in: b, says: S, source: [Graph G1]}\n")), HasSubstr("no phase is called 'b'"));
  EXPECT_THAT(error_in(with("phases:\n  - {name: a, ask: sync}\n")), HasSubstr("expects something"));
}

TEST(ClientCase, has_its_steps_checked_as_those_of_scripts) {
  const auto given = [](const std::string& step) {
    return error_in(with(fmt::format("phases:\n  - name: a\n    given:\n      - {}\n    ask: sync\nexpect:\n  - {{follows: next_link, says: S, source: [Graph G1]}}\n", step)));
  };
  EXPECT_EQ(given("network.inject: {fault: reset_after, from: product, to: graph}"), "");
  EXPECT_THAT(given("network.inject: {fault: reset_after, from: prodct, to: graph}"), HasSubstr("prodct"));
  EXPECT_THAT(given("entra.delete_user: {user: nobody}"), HasSubstr("nobody"));
  EXPECT_THAT(given("graph.sett: {}"), HasSubstr("graph.set"));
}

TEST(ClientCase, means_the_products_own_host_by_product) {
  const Value step{{"network.inject", {{"from", "product"}, {"to", "graph"}, {"body", "product"}}}};
  const auto placed = with_product_host(step, "outside");
  EXPECT_EQ(placed["network.inject"]["from"], "outside");
  EXPECT_EQ(placed["network.inject"]["to"], "graph");
  EXPECT_EQ(placed["network.inject"]["body"], "product");
}

TEST(ClientCases, that_come_with_the_program_can_be_read) {
  for (const auto& info : client_suites()) {
    const auto suite = load_client_suite(shipped_cases, info);
    ASSERT_TRUE(suite) << suite.error().text;
    EXPECT_GE(suite->cases.size(), 15U) << info.name;
    EXPECT_THAT(suite->cases.front().id, HasSubstr("/first/"));
  }
}

/// All that a case names as its sources.
std::set<std::string> sources_of(const Case& one) {
  std::set<std::string> out;
  for (const auto& expect : one.expect) out.insert(expect.sources.begin(), expect.sources.end());
  for (const auto& phase : one.phases) out.insert(phase.ends_sources.begin(), phase.ends_sources.end());
  return out;
}

TEST(ClientCases, name_rules_of_the_catalogue_and_facts_that_there_are) {
  const auto catalog = Catalog::load();
  const auto facts = Facts::load();
  ASSERT_TRUE(catalog && facts);
  std::vector<std::string> unknown;
  for (const auto& info : client_suites()) {
    const auto suite = load_client_suite(shipped_cases, info);
    ASSERT_TRUE(suite);
    for (const auto& one : suite->cases) {
      for (const auto& rule : one.covers) {
        if (catalog->find(rule) == nullptr) unknown.push_back(one.id + ": " + rule);
      }
      for (const auto& source : sources_of(one)) {
        const bool is_fact = std::ranges::any_of(facts->prefixes(), [&](const std::string& prefix) { return source.starts_with(prefix + " "); });
        if (is_fact && facts->find(source) == nullptr) unknown.push_back(one.id + ": " + source);
      }
    }
  }
  EXPECT_THAT(unknown, IsEmpty());
}

TEST(ClientCases, have_a_reference_that_is_up_to_date) {
  std::ifstream in(shipped_cases + "/README.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(page, HasSubstr(client_cases_reference())) << "./lockstep list client-cases";
}

}  // namespace decode_client_case_test
}  // namespace scenarios::client
