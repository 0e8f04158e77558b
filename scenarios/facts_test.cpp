// Every fact has a test or a reason, every citation is of a fact, and what a file of facts may not be.
#include "scenarios/facts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace scenarios {
namespace facts_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Whether the parts that the facts describe are complete: then a fact without a test needs a reason, and few may do with one.
/// Until then the share is told and holds nobody up.
constexpr bool tests_are_complete = true;
constexpr double most_without_a_test = 0.05;

Facts loaded() {
  auto facts = Facts::load();
  EXPECT_TRUE(facts) << (facts ? "" : facts.error().message);
  return facts.value_or(Facts{});
}

const std::vector<CoveringTest>& tests_of_this_tree() {
  static const auto tests = find_covering_tests(LOCKSTEP_SOURCE_DIR);
  return tests;
}

struct Chapter {
  std::string_view begins;
  std::size_t facts;
};

TEST(Facts, hold_each_chapter_as_a_whole) {
  constexpr Chapter chapters[] = {
      {"Graph B", 10},  {"Graph C", 9},   {"Graph DL", 19}, {"Graph E", 43}, {"Graph F", 36}, {"Graph GR", 17}, {"Graph I", 15}, {"Graph K", 15},
      {"Graph N", 10},  {"Graph O", 10},  {"Graph P", 9},   {"Graph Q", 21}, {"Graph T", 12}, {"Graph U", 49},  {"Graph X", 10}, {"Graph G", 27},
      {"Entra provisioning-clients 1-", 17},    {"Entra provisioning-clients 2.1-", 22},  {"Entra provisioning-clients 2.2-", 5},
      {"Entra provisioning-clients 2.3-", 12},  {"Entra provisioning-clients 2.4-", 13},  {"Entra provisioning-clients 2.5-", 8},
      {"Entra provisioning-clients 2.6-", 8},   {"Entra provisioning-clients 2.7-", 16},  {"Entra provisioning-clients 2.8-", 8},
      {"Entra provisioning-clients 2.9-", 10},  {"Entra provisioning-clients 2.10-", 10}, {"Entra provisioning-clients 2.11-", 4},
      {"Entra provisioning-clients 2.12-", 7},  {"Entra provisioning-clients 2.13-", 12}, {"Entra provisioning-clients 2.14-", 17},
      {"Entra provisioning-clients 2.15-", 5},  {"Entra provisioning-clients 2.16-", 6},  {"Entra provisioning-clients 2.17-", 6},
      {"Entra provisioning-clients 2.18-", 16}, {"Entra provisioning-clients 2.19-", 26}, {"Entra provisioning-clients 2.20-", 10},
      {"Entra provisioning-clients 3.1-", 26},  {"Entra provisioning-clients 3.2-", 5},   {"Entra provisioning-clients 3.3-", 2},
      {"Entra provisioning-clients 7.1-", 38},
      {"Okta provisioning-clients 4.1-", 13}, {"Okta provisioning-clients 4.2-", 3}, {"Okta provisioning-clients 4.3-", 14},
      {"Okta provisioning-clients 4.4-", 9}, {"Okta provisioning-clients 4.5-", 12}, {"Okta provisioning-clients 4.6-", 6},
      {"Okta provisioning-clients 4.7-", 9}, {"Okta provisioning-clients 4.8-", 16}, {"Okta provisioning-clients 4.9-", 9},
      {"Okta provisioning-clients 4.12-", 7}, {"Okta provisioning-clients 5.1-", 11}, {"Okta provisioning-clients 5.2-", 15},
      {"Okta provisioning-clients 5.3-", 14}, {"Okta provisioning-clients 5.4-", 5}, {"Okta provisioning-clients 5.5-", 7},
      {"Okta provisioning-clients 5.6-", 7}, {"Okta provisioning-clients 5.7-", 13}, {"Okta provisioning-clients 5.8-", 4},
      {"Okta provisioning-clients 6-", 14}, {"Okta provisioning-clients 7.2-", 20}};
  const auto facts = loaded();
  for (const auto& chapter : chapters) {
    const auto begins = [&](const Fact& fact) { return fact.id.starts_with(chapter.begins); };
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count_if(facts.all(), begins)), chapter.facts) << chapter.begins;
  }
}

TEST(Facts, say_what_the_file_says) {
  const auto facts = loaded();
  ASSERT_NE(facts.find("Graph G4"), nullptr);
  EXPECT_THAT(facts.find("Graph G4")->says, HasSubstr("@odata.context"));
  EXPECT_EQ(facts.find("Graph"), nullptr);
  EXPECT_EQ(facts.find("Graph E999"), nullptr);
}

TEST(Facts, every_fact_has_a_test_or_a_reason) {
  const auto facts = loaded();
  const auto tested = tests_of_facts(tests_of_this_tree());
  std::vector<std::string> neither;
  std::size_t without = 0;
  for (const auto& fact : facts.all()) {
    if (tested.contains(fact.id)) continue;
    ++without;
    if (fact.untested.empty()) neither.push_back(fact.id);
  }
  const auto share = static_cast<double>(without) / static_cast<double>(std::max<std::size_t>(facts.all().size(), 1));
  fmt::print("{} facts, {} without a test ({:.1f} %), {} of these without a reason\n", facts.all().size(), without, 100 * share,
             neither.size());
  if (!tests_are_complete) return;
  EXPECT_THAT(neither, IsEmpty()) << "cite each above a test, or give a reason in scenarios/facts/";
  EXPECT_LE(share, most_without_a_test);
}

TEST(Facts, a_reason_stands_for_no_fact_that_has_a_test) {
  const auto tested = tests_of_facts(tests_of_this_tree());
  std::vector<std::string> stale;
  const auto facts = loaded();
  for (const auto& fact : facts.all()) {
    if (!fact.untested.empty() && tested.contains(fact.id)) stale.push_back(fact.id);
  }
  EXPECT_THAT(stale, IsEmpty()) << "these are tested: take their `untested` away";
}

/// Of Entra, chapter 6 compares two clients, and chapter 9 says what nobody knows: there is nothing in them to test. Of Okta, 4.10 and 4.11
/// are the steps of its test suites, which conformance cases and scripts play. A chapter as a whole is no fact either.
bool is_no_fact(std::string_view id) {
  constexpr std::string_view okta = "Okta provisioning-clients ";
  for (const std::string_view chapter : {"Entra provisioning-clients 6-", "Entra provisioning-clients 9-", "Okta provisioning-clients 4.10-",
                                         "Okta provisioning-clients 4.11-", "Okta provisioning-clients 9-"}) {
    if (id.starts_with(chapter)) return true;
  }
  return id.starts_with(okta) && id.find('-', okta.size()) == std::string_view::npos;
}

TEST(Facts, whatever_is_cited_is_there) {
  const auto facts = loaded();
  std::vector<std::string> unknown;
  for (const auto& one : find_cited_facts(LOCKSTEP_SOURCE_DIR)) {
    if (facts.find(one.id) == nullptr && !is_no_fact(one.id)) unknown.push_back(fmt::format("{}: {}", one.place, one.id));
  }
  EXPECT_THAT(unknown, IsEmpty());
}

TEST(Facts, few_rest_on_nothing_but_a_reason) {
  const auto facts = loaded();
  const auto excused = static_cast<double>(std::ranges::count_if(facts.all(), [](const Fact& fact) { return !fact.untested.empty(); }));
  EXPECT_LE(excused, most_without_a_test * static_cast<double>(facts.all().size()));
}

// Files
// ----------------------------------------------------------------------------------------------------

constexpr std::string_view head = "cited_as: Graph\nsources: {S: Source}\nreasons: {R: A reason.}\nfacts:\n";

std::string error_of(std::string_view rest) {
  Facts facts;
  const auto added = facts.add("file", std::string(head) + std::string(rest));
  return added ? "" : added.error().message;
}

TEST(FactFiles, are_read_with_sources_and_reasons_spelled_out) {
  Facts facts;
  ASSERT_TRUE(facts.add("file", std::string(head) + "  - {id: A1, says: Says., source: S, trust: low, untested: R}\n"
                                                    "  - {id: A2, says: More., source: S, trust: firm, untested: Its own.}\n"));
  const auto* first = facts.find("Graph A1");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->says, "Says.");
  EXPECT_EQ(first->source, "Source");
  EXPECT_EQ(first->trust, "low");
  EXPECT_EQ(first->untested, "A reason.");
  EXPECT_EQ(facts.find("Graph A2")->untested, "Its own.");
  EXPECT_THAT(facts.prefixes(), ElementsAre("Graph"));
}

TEST(FactFiles, are_refused_with_their_place) {
  EXPECT_EQ(error_of("  - {id: A1, says: X, source: S, trust: firm}\n"), "");
  EXPECT_EQ(error_of("  - {id: A1, says: X, source: S, trust: firm}\n  - {id: A1, says: X, source: S, trust: firm}\n"),
            "facts file:6:5: this id stands twice: Graph A1");
  EXPECT_EQ(error_of("  - {id: A1, says: X, source: T, trust: firm}\n"), "facts file:5:5: 'T' is none of the sources");
  EXPECT_EQ(error_of("  - {id: A1, says: X, source: S, trust: weak}\n"), "facts file:5:5: trust is firm, medium or low");
  EXPECT_EQ(error_of("  - {id: A1, source: S, trust: firm}\n"), "facts file:5:5: a fact has an id, says something, and has a source");
  EXPECT_EQ(error_of("  - {id: A1, says: X, source: S, trust: firm, why: X}\n"), "facts file:5:5: 'why' is no part of a fact");
  EXPECT_THAT(Facts{}.add("file", "facts: []\n").error().message, HasSubstr("cited_as, sources and facts are expected"));
}

// What is told of them
// ----------------------------------------------------------------------------------------------------

TEST(FactTests, are_found_and_the_rest_is_listed_with_its_reason) {
  Facts facts;
  ASSERT_TRUE(facts.add("file", std::string(head) + "  - {id: A1, says: First., source: S, trust: low}\n"
                                                    "  - {id: A2, says: Second., source: S, trust: firm, untested: R}\n"
                                                    "  - {id: A3, says: Third., source: S, trust: firm}\n"));
  const std::vector<CoveringTest> tests{{"a_test.cpp", "Suite.one", {}, {"Graph A1"}}, {"a_test.cpp", "Suite.two", {"R1"}, {"Graph A1"}}};
  EXPECT_THAT(tests_of_facts(tests).at("Graph A1"), ElementsAre("a_test.cpp Suite.one", "a_test.cpp Suite.two"));
  const auto page = markdown_of_untested(facts, tests);
  EXPECT_THAT(page, HasSubstr("Of the 3 facts in `scenarios/facts/`, 1 are cited by a test and 2 are not (66.7 %)."));
  EXPECT_THAT(page, HasSubstr("\n| Graph A2 | Second. | A reason. |\n| Graph A3 | Third. | no reason is given |\n"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("First.")));
}

}  // namespace facts_test
}  // namespace scenarios
