#include "scenarios/proven/proven_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scenarios::proven {
namespace proven_table_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto nothing = "proven: 1\nunproven: {}\n";

ProvenTable two_defects() {
  auto table = read_proven_table(
      "proven: 1\nturned:\n  first:\n    library/a.yaml: [R1, R2]\n    library/b.yaml: []\n  second:\n    library/b.yaml: [R1]\n", nothing);
  EXPECT_TRUE(table.has_value());
  return table.value_or(ProvenTable{});
}

std::string error_of(std::string_view turned, std::string_view unproven = nothing) {
  const auto table = read_proven_table(turned, unproven);
  return table ? "" : table.error().message;
}

TEST(ProvenTable, several_defects_prove_a_rule_together) {
  const auto table = two_defects();
  const auto proof = proof_of(table, "R1", {"library/a.yaml", "library/b.yaml"});
  EXPECT_THAT(proof.defects, ElementsAre("first", "second"));
  EXPECT_THAT(proof.missed, IsEmpty());
  EXPECT_TRUE(proof.holds());
}

TEST(ProvenTable, a_script_that_stays_green_on_the_rule_is_missed) {
  const auto proof = proof_of(two_defects(), "R2", {"library/a.yaml", "library/b.yaml"});
  EXPECT_THAT(proof.missed, ElementsAre("library/b.yaml"));
  EXPECT_FALSE(proof.holds());
}

TEST(ProvenTable, a_rule_without_a_defect_is_not_proven) {
  EXPECT_FALSE(proof_of(two_defects(), "R3", {}).holds());
}

TEST(ProvenTable, is_read_as_it_was_written) {
  const auto table = two_defects();
  const auto again = read_proven_table(write_turned(table.turned), nothing);
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->turned, table.turned);
  const auto none = read_proven_table(write_turned({{"silent", {}}}), nothing);
  ASSERT_TRUE(none.has_value()) << none.error().message;
  EXPECT_TRUE(none->turned.contains("silent"));
}

TEST(ProvenTable, refuses_what_it_cannot_mean) {
  EXPECT_THAT(error_of("turned: {}\n"), HasSubstr("proven: 1"));
  EXPECT_THAT(error_of("proven: 2\nturned: {}\n"), HasSubstr("a number from 1 to 1"));
  EXPECT_THAT(error_of("proven: 1\nturned:\n  a:\n    b.yaml: [R1, R1]\n"), HasSubstr("twice"));
  EXPECT_THAT(error_of("proven: 1\nturned:\n  a: [R1]\n"), HasSubstr("map of scripts"));
  EXPECT_THAT(error_of("proven: 1\nturned: {}\n", "proven: 1\nunproven: {R1: ''}\n"), HasSubstr("reason"));
  EXPECT_THAT(error_of("proven: 1\nturned: {}\nother: 1\n"), HasSubstr("other"));
}

TEST(ProvenTable, knows_the_scripts_of_this_project) {
  EXPECT_EQ(path_in_library("/tree/scenarios/library/entra/usernames.yaml"), "library/entra/usernames.yaml");
  EXPECT_EQ(path_in_library("scenarios/regressions/x.yaml"), "regressions/x.yaml");
  EXPECT_EQ(path_in_library("/tree/scenarios/conformance/scim/x.yaml"), "");
  EXPECT_EQ(path_in_library("mine.yaml"), "");
}

TEST(ProvenTable, is_built_into_the_program) {
  const auto table = load_proven_table();
  EXPECT_TRUE(table) << table.error().message;
}

}  // namespace proven_table_test
}  // namespace scenarios::proven
