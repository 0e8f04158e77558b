// Which comment counts for which test, and that nothing else does.
#include "scenarios/test_coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scenarios {
namespace test_coverage_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The macros are put together here, so that this file's own text is no test of the rules it speaks of.
const std::string test = "TE" "ST(";
const std::string graph = "[Gra" "ph ";
const std::string entra = "[Ent" "ra provisioning-clients ";

TEST(TestCoverage, takes_ids_from_the_comment_lines_directly_above) {
  const auto found = covering_tests("a_test.cpp", "// [rule R44]: no address\n// [rule D29] [RFC7644 3.3] [rule D5a]\n" + test +
                                                      "Suite, one) {\n}\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].path, "a_test.cpp");
  EXPECT_EQ(found[0].name, "Suite.one");
  EXPECT_THAT(found[0].rules, ElementsAre("R44", "D29", "D5a"));
}

TEST(TestCoverage, takes_facts_from_the_comment_lines_directly_above_and_from_nowhere_else) {
  const auto found = covering_tests("a_test.cpp", "// " + graph + "E10]: the first\n// [rule R44] " + entra + "2.7-05, 2.7-06] " + graph +
                                                      "E10, Q1]\n" + test + "Suite, one_Q2) {\n  // " + graph + "Q3]\n}\n// " + graph +
                                                      "Q4]\n\n" + test + "Suite, two) {\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].facts, ElementsAre("Graph E10", "Entra provisioning-clients 2.7-05", "Entra provisioning-clients 2.7-06",
                                          "Graph Q1"));
  EXPECT_THAT(found[0].rules, ElementsAre("R44"));
}

TEST(TestCoverage, a_citation_may_go_on_in_the_next_line_of_the_comment) {
  const auto found = covering_tests("a_test.cpp", "// " + entra.substr(0, 6) + "\n// " + entra.substr(7) + "2.7-05,\n//   2.7-06]\n" + test +
                                                      "Suite, one) {\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].facts, ElementsAre("Entra provisioning-clients 2.7-05", "Entra provisioning-clients 2.7-06"));
}

TEST(TestCoverage, a_citation_of_anything_else_is_no_fact) {
  EXPECT_THAT(facts_cited_in("// [Graphs E10] [Oktas provisioning-clients 4.1-01] " + graph + "E11"), IsEmpty());
  EXPECT_THAT(facts_cited_in("// [Entra how-provisioning-works] [RFC7644 3.3]"), IsEmpty());
}

TEST(TestCoverage, finds_citations_in_every_source_of_this_tree) {
  const auto found = find_cited_facts(LOCKSTEP_SOURCE_DIR);
  EXPECT_TRUE(std::ranges::any_of(found, [](const CitedFact& one) {
    return one.place.starts_with("directory/scim/policy.cpp:") && one.id == "Entra provisioning-clients 1-02";
  }));
}

TEST(TestCoverage, takes_ids_from_the_name) {
  const auto found = covering_tests("a_test.cpp", test + "Suite, is_refused_R44_DI20) {\n" + test + "Suite, says_R2D2) {\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].rules, ElementsAre("R44", "DI20"));
}

TEST(TestCoverage, takes_nothing_from_elsewhere) {
  for (const auto& source :
       {"// [rule R44]\n\n" + test + "Suite, after_a_gap) {\n", "// [rule R44]\nclass Fixture {};\n" + test + "Suite, one) {\n",
        test + "Suite, one) {\n  // [rule R44]\n}\n", "// rule R44\n" + test + "Suite, one) {\n",
        "// [rule Rx] [rule 44] [rule R] [rule V07] [rule R44\n" + test + "Suite, one) {\n", std::string("// [rule R44]\n")}) {
    EXPECT_THAT(covering_tests("a_test.cpp", source), IsEmpty()) << source;
  }
}

TEST(TestCoverage, a_name_may_stand_on_the_next_line_and_an_id_counts_once) {
  const auto found = covering_tests("a_test.cpp", "// [rule R44] [rule R44]\n" + test + "Suite,\n     ends_R44) {\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].name, "Suite.ends_R44");
  EXPECT_THAT(found[0].rules, ElementsAre("R44"));
}

TEST(TestCoverage, finds_the_tests_of_this_tree) {
  const auto found = find_covering_tests(LOCKSTEP_SOURCE_DIR);
  const auto is_known = [](const CoveringTest& test_of_r42) {
    return test_of_r42.name == "ScimCreate.a_new_user_waits_for_a_password_R42" && test_of_r42.rules.front() == "R42";
  };
  EXPECT_TRUE(std::ranges::any_of(found, is_known));
  for (const auto& one : found) EXPECT_FALSE(one.path.starts_with("build")) << one.path;
}

}  // namespace test_coverage_test
}  // namespace scenarios
