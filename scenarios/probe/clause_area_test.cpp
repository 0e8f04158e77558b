// Where clauses are filed: under the narrowest section that has a heading, and none is left over.
#include "scenarios/probe/clause_area.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace scenarios::probe {
namespace clause_area_test {

std::string area_of(std::string id, std::string area = "scim") {
  Rule rule;
  rule.id = std::move(id);
  rule.area = std::move(area);
  return area_of_clause(rule);
}

TEST(ClauseArea, is_that_of_the_narrowest_section) {
  EXPECT_EQ(area_of("P-3.4.2-1"), "Query");
  EXPECT_EQ(area_of("P-3.4.2.1-3"), "Query");
  EXPECT_EQ(area_of("P-3.4.2.2-27"), "Query: filters");
  EXPECT_EQ(area_of("P-3.5.2.3-4"), "Change: PATCH");
  EXPECT_EQ(area_of("S-4.1.1-2"), "Users and groups");
  EXPECT_EQ(area_of("C-2-1"), "Query: cursors");
  EXPECT_EQ(area_of("X-4"), "What clients send");
}

TEST(ClauseArea, takes_no_section_for_another_that_begins_alike) {
  EXPECT_EQ(area_of("P-3.1-1"), "Messages");
  EXPECT_EQ(area_of("P-3.10-1"), "Attributes asked for");
  EXPECT_EQ(area_of("P-3.14-1"), "Versions");
}

TEST(ClauseArea, of_another_catalogue_file_is_its_name) {
  EXPECT_EQ(area_of("P-3.3-1", "articles"), "articles");
}

TEST(ClauseArea, is_known_of_every_clause_of_scim) {
  const auto catalog = Catalog::load();
  ASSERT_TRUE(catalog);
  std::size_t clauses = 0;
  for (const auto& rule : catalog->rules()) {
    if (rule.area != "scim") continue;
    ++clauses;
    EXPECT_NE(area_of_clause(rule), "scim") << rule.id;
  }
  EXPECT_GT(clauses, 150U);
}

}  // namespace clause_area_test
}  // namespace scenarios::probe
