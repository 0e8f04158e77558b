// Every rule of the catalogue is proved by something, or says why not; a reason that is no longer needed is
// stale.
#include "scenarios/coverage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/engine/library.h"
#include "scenarios/script/rule_references.h"

namespace scenarios {
namespace coverage_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string conformance_folder = LOCKSTEP_SOURCE_DIR "/scenarios/conformance";
const std::string client_folder = LOCKSTEP_SOURCE_DIR "/scenarios/client_conformance";

/// Areas whose rules bind products and clients outside: scripts of this project prove nothing about those,
/// cases do.
bool is_judged_by_cases(std::string_view area) {
  return area == "scim" || area == "clients" || area.ends_with("_client");
}

std::map<std::string, Cover> covers_of_this_tree() {
  const std::string root = LOCKSTEP_SOURCE_DIR;
  std::vector<std::string> folders{root + "/scenarios/library", root + "/scenarios/regressions"};
  for (const auto& folder : {conformance_folder, client_folder}) {
    if (std::filesystem::exists(folder)) folders.push_back(folder);
  }
  const auto files = find_scripts(folders);
  EXPECT_TRUE(files.has_value());
  return covers_of_rules(files.value_or(std::vector<std::string>{}), root);
}

TEST(Coverage, every_rule_is_proved_or_says_why_not) {
  const auto covers = covers_of_this_tree();
  std::vector<std::string> neither;
  std::vector<std::string> stale;
  for (const auto& rule : Catalog::load()->rules()) {
    if (is_judged_by_cases(rule.area)) continue;
    const bool covered = covers.contains(rule.id);
    if (!covered && rule.untested.empty()) neither.push_back(rule.id);
    if (covered && !rule.untested.empty()) stale.push_back(rule.id);
  }
  EXPECT_THAT(neither, IsEmpty())
      << "name each in an expectation or above a test, or give a reason in scenarios/catalog/";
  EXPECT_THAT(stale, IsEmpty()) << "these are proved: take their `untested` away";
}

TEST(Coverage, every_rule_for_products_is_judged_by_a_case_or_says_why_not) {
  if (!std::filesystem::exists(conformance_folder)) GTEST_SKIP() << "this tree has no conformance cases";
  const auto covers = covers_of_this_tree();
  std::vector<std::string> neither;
  std::vector<std::string> stale;
  for (const auto& rule : Catalog::load()->rules()) {
    if (!is_judged_by_cases(rule.area)) continue;
    const auto found = covers.find(rule.id);
    const bool judged = found != covers.end() && !found->second.cases.empty();
    if (!judged && rule.untested.empty()) neither.push_back(rule.id);
    if (judged && !rule.untested.empty()) stale.push_back(rule.id);
  }
  EXPECT_THAT(neither, IsEmpty())
      << "cover each by a case in scenarios/conformance/, or give a reason in scenarios/catalog/";
  EXPECT_THAT(stale, IsEmpty()) << "cases judge these: take their `untested` away";
}

// Trouble that the sync with a tenant, or provisioning from Entra or Okta, runs into while it works.
TEST(Coverage, hazards_that_the_directory_meets_have_a_script) {
  const auto covers = covers_of_this_tree();
  for (const auto* hazard : {"F1", "F2", "F3", "F8", "F15", "F16", "F17", "F18", "F20", "F31", "F32", "F34", "F35", "F36", "F37", "F38", "F50",
                             "F51", "F52", "F53", "F64", "F65", "F66"}) {
    const auto found = covers.find(hazard);
    ASSERT_NE(found, covers.end()) << hazard;
    EXPECT_FALSE(found->second.scripts.empty()) << hazard << " is only shown by tests";
  }
}

/// What is wrong with the scripts of one rule's readings.
std::vector<std::string> faults_of_readings(const Rule& rule) {
  std::vector<std::string> faults;
  std::set<std::string> followed;
  for (const auto& reading : rule.readings) {
    if (reading.scripts.empty()) faults.push_back(fmt::format("{}: no script follows '{}'", rule.id, reading.says));
    for (const auto& name : reading.scripts) {
      const auto script = load_script(LOCKSTEP_SOURCE_DIR "/scenarios/" + name);
      const bool is_in_library = name.starts_with("library/") && script.has_value();
      if (!is_in_library) {
        faults.push_back(fmt::format("{}: {} is no script of the library", rule.id, name));
      } else if (!rules_expected(script->scenario).contains(rule.id)) {
        faults.push_back(fmt::format("{}: {} expects nothing that shows it", rule.id, name));
      }
      if (!followed.insert(name).second) faults.push_back(fmt::format("{}: {} cannot follow two readings", rule.id, name));
    }
  }
  return faults;
}

// Where the articles pull apart each reading is played, so that either can be looked at and either can fail.
TEST(Coverage, every_reading_of_a_tension_has_a_script_that_follows_it) {
  const auto catalog = Catalog::load();
  ASSERT_TRUE(catalog);
  std::size_t tensions = 0;
  for (const auto& rule : catalog->rules()) {
    if (!rule.id.starts_with("RT")) continue;
    ++tensions;
    EXPECT_GE(rule.readings.size(), 2U) << rule.id;
    EXPECT_THAT(faults_of_readings(rule), IsEmpty());
  }
  EXPECT_EQ(tensions, 11U);
}

TEST(Coverage, a_reading_without_a_script_is_told) {
  Rule rule;
  rule.id = "RT1";
  rule.readings = {{"followed", {"library/m365/password_at_save.yaml"}},
                   {"by nothing", {}},
                   {"by what is not there", {"library/none.yaml"}},
                   {"by what is not in the library", {"conformance/scim/create/duplicate_user_name.yaml"}},
                   {"by what is about something else", {"library/entra/usernames.yaml"}},
                   {"by what follows another", {"library/m365/password_at_save.yaml"}}};
  EXPECT_THAT(faults_of_readings(rule),
              ElementsAre("RT1: no script follows 'by nothing'", "RT1: library/none.yaml is no script of the library",
                          "RT1: conformance/scim/create/duplicate_user_name.yaml is no script of the library",
                          "RT1: library/entra/usernames.yaml expects nothing that shows it",
                          "RT1: library/m365/password_at_save.yaml cannot follow two readings"));
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

TEST(Coverage, counts_what_a_conformance_case_covers) {
  const auto path = conformance_folder + "/scim/create/duplicate_user_name.yaml";
  const auto covers = covers_of_rules({path}, "");
  ASSERT_EQ(covers.size(), 1U) << "P-3.3-1 stands in `after` alone";
  EXPECT_THAT(covers.at("P-3.3-7").cases, ElementsAre(path));
  EXPECT_THAT(covers.at("P-3.3-7").scripts, IsEmpty());
}

TEST(Coverage, counts_nothing_of_what_is_neither_script_nor_case) {
  const auto path = ::testing::TempDir() + "neither_script_nor_case.yaml";
  for (const auto* text :
       {"title: T\ncovers: [P-3.3-7]\n", "probe: [\ncovers: [P-3.3-7]\n", "[probe]\n", "probe: 1\n", ""}) {
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_THAT(covers_of_rules({path}, ""), IsEmpty()) << text;
  }
  std::filesystem::remove(path);
  EXPECT_THAT(covers_of_rules({path}, ""), IsEmpty());
}

}  // namespace coverage_test
}  // namespace scenarios
