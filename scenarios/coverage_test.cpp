// Every rule of the catalogue is proved by something, or says why not; a reason that is no longer needed is stale.
#include "scenarios/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/catalog.h"
#include "scenarios/engine/library.h"

namespace scenarios {
namespace {

using ::testing::IsEmpty;

std::map<std::string, Cover> covers_of_this_tree() {
  const std::string root = LOCKSTEP_SOURCE_DIR;
  const auto scripts = find_scripts({root + "/scenarios/library", root + "/scenarios/regressions"});
  EXPECT_TRUE(scripts.has_value());
  return covers_of_rules(scripts.value_or(std::vector<std::string>{}), root);
}

TEST(Coverage, every_rule_is_proved_or_says_why_not) {
  const auto covers = covers_of_this_tree();
  std::vector<std::string> neither;
  std::vector<std::string> stale;
  for (const auto& rule : Catalog::load()->rules()) {
    const bool covered = covers.contains(rule.id);
    if (!covered && rule.untested.empty()) neither.push_back(rule.id);
    if (covered && !rule.untested.empty()) stale.push_back(rule.id);
  }
  EXPECT_THAT(neither, IsEmpty()) << "name each in an expectation or above a test, or give a reason in scenarios/catalog/";
  EXPECT_THAT(stale, IsEmpty()) << "these are proved: take their `untested` away";
}

TEST(Coverage, every_rule_that_something_names_is_in_the_catalogue) {
  const auto catalog = Catalog::load();
  std::vector<std::string> unknown;
  for (const auto& [id, cover] : covers_of_this_tree()) {
    if (catalog->find(id) == nullptr) unknown.push_back(id);
  }
  EXPECT_THAT(unknown, IsEmpty());
}

TEST(Coverage, counts_expectations_and_not_the_header) {
  const auto covers = covers_of_rules({LOCKSTEP_SOURCE_DIR "/scenarios/library/entra/takeover_mac.yaml"}, "");
  EXPECT_TRUE(covers.contains("V54"));
  EXPECT_FALSE(covers.contains("V50")) << "it stands in `covers` alone";
}

}  // namespace
}  // namespace scenarios
