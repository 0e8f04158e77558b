#include "scenarios/proof/proof_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace scenarios::proof {
namespace proof_table_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(ProofTable, is_read_with_all_it_says) {
  const auto table = read_proof_table(
      "proof: 1\n"
      "switches:\n  one: [scim/a/b, {scim/c/d: refused}]\n"
      "beside:\n  one:\n    why: It cannot be told apart.\n    cases: [{scim/e/f: unclear}]\n"
      "unseen: [two]\n"
      "unproven:\n  P-1-1: Nobody can do it.\n");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_THAT(table->expected("one"), ElementsAre(Pair("scim/a/b", Turn::red), Pair("scim/c/d", Turn::refused),
                                                  Pair("scim/e/f", Turn::unclear)));
  EXPECT_EQ(table->switches.at("one").size(), 2U);
  EXPECT_EQ(table->beside.at("one").why, "It cannot be told apart.");
  EXPECT_THAT(table->expected("two"), ElementsAre());
  EXPECT_THAT(table->unseen, ElementsAre("two"));
  EXPECT_THAT(table->unproven, ElementsAre(Pair("P-1-1", "Nobody can do it.")));
}

struct Wrong {
  std::string text;
  Place place;
  std::string says;
};

TEST(ProofTable, refuses_with_the_place_what_means_nothing) {
  const std::string head = "proof: 1\n";
  for (const auto& [text, place, says] : {
           Wrong{"switches: {}\n", {1, 1}, "proof: 1"},
           Wrong{"proof: 2\n", {1, 8}, "number from 1 to 1"},
           Wrong{head + "swiches: {}\n", {2, 1}, "did you mean 'switches'"},
           Wrong{head + "switches:\n  one: []\n", {3, 8}, "list of cases"},
           Wrong{head + "switches:\n  one: scim/a\n", {3, 8}, "list of cases"},
           Wrong{head + "switches:\n  one: [scim/a, scim/a]\n", {3, 17}, "twice"},
           Wrong{head + "switches:\n  one: [{scim/a: green}]\n", {3, 18}, "none of: refused, unclear"},
           Wrong{head + "switches:\n  one: [[scim/a]]\n", {3, 9}, "its id, or {ID: refused}"},
           Wrong{head + "beside:\n  one: {cases: [scim/a]}\n", {3, 8}, "both why and cases"},
           Wrong{head + "beside:\n  one: {why: \"\", cases: [scim/a]}\n", {3, 14}, "a reason"},
           Wrong{head + "switches:\n  one: [scim/a]\nbeside:\n  one: {why: W, cases: [scim/a]}\n", {5, 3}, "among its switches"},
           Wrong{head + "switches:\n  one: [scim/a]\nunseen: [one]\n", {4, 10}, "unseen, and turns cases red"},
           Wrong{head + "beside:\n  one: {why: W, cases: [scim/a]}\nunseen: [one]\n", {4, 10}, "unseen, and turns cases red"},
           Wrong{head + "unseen: [one, one]\n", {2, 15}, "twice"},
           Wrong{head + "unproven:\n  P-1-1: \"\"\n", {3, 10}, "a reason"},
       }) {
    const auto table = read_proof_table(text);
    ASSERT_FALSE(table) << text;
    EXPECT_EQ(table.error().place, place) << text << table.error().place.line << ":" << table.error().place.column;
    EXPECT_THAT(table.error().message, HasSubstr(says)) << text;
  }
}

}  // namespace proof_table_test
}  // namespace scenarios::proof
