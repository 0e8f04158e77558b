// The scripts can fail: every seeded defect turns red what the table says, and no script that does not name one of the rules that
// the defect breaks. Every rule that scripts expect is proven by such defects, or says why not.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/sanitized.h"
#include "scenarios/catalog.h"
#include "scenarios/engine/cast.h"
#include "scenarios/proven/seeded_library.h"

namespace scenarios::proven {
namespace proven_test {

using ::testing::IsEmpty;
using ::testing::Not;

const SeededLibrary& library() {
  static const SeededLibrary read(LOCKSTEP_SOURCE_DIR);
  return read;
}

const base::Result<ProvenTable>& table() {
  static const auto read = load_proven_table();
  return read;
}

std::vector<SeededDefect> defects_under_rules() {
  std::vector<SeededDefect> out;
  std::ranges::copy_if(all_seeded_defects(), std::back_inserter(out), [](const SeededDefect& defect) { return !defect.rules.empty(); });
  return out;
}

/// A pass over the library takes a minute under sanitizers.
std::vector<SeededDefect> defects_to_play() {
  constexpr std::size_t step = base::sanitized ? 50 : 1;
  const auto all = defects_under_rules();
  std::vector<SeededDefect> out;
  for (std::size_t i = 0; i < all.size(); i += step) out.push_back(all[i]);
  return out;
}

class Proven : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(library().problem(), IsEmpty());
    ASSERT_TRUE(table()) << table().error().message;
  }
};

class Seeded : public Proven, public ::testing::WithParamInterface<SeededDefect> {};

TEST_P(Seeded, turns_red_what_the_table_says) {
  const auto& defect = GetParam();
  const auto found = library().play(defect);
  const auto row = table()->turned.find(defect.name);
  const Turned expected = row == table()->turned.end() ? Turned{} : row->second;
  EXPECT_EQ(write_turned({{std::string(defect.name), found}}), write_turned({{std::string(defect.name), expected}}))
      << defect.what << "; the target approve_proven writes what is so now";
}

INSTANTIATE_TEST_SUITE_P(All, Seeded, ::testing::ValuesIn(defects_to_play()), [](const auto& info) { return std::string(info.param.name); });

TEST_F(Proven, table_has_a_row_for_every_defect_under_rules_and_no_other) {
  Names wanted;
  for (const auto& defect : defects_under_rules()) wanted.emplace(defect.name);
  Names listed;
  for (const auto& [name, turned] : table()->turned) listed.insert(name);
  EXPECT_EQ(listed, wanted);
}

TEST_F(Proven, every_rule_of_a_defect_is_found_broken_by_some_script) {
  std::vector<std::string> unseen;
  for (const auto& defect : defects_under_rules()) {
    const auto row = table()->turned.find(defect.name);
    for (const auto& rule : defect.rules) {
      const bool seen = row != table()->turned.end() && std::ranges::any_of(row->second, [&](const auto& turned) { return turned.second.contains(rule); });
      if (!seen) unseen.push_back(fmt::format("{}: {}", defect.name, rule));
    }
  }
  EXPECT_THAT(unseen, IsEmpty()) << "the scripts assert too little, or the defect is not against the rule";
}

TEST_F(Proven, a_script_that_turns_red_names_a_rule_of_the_defect) {
  std::vector<std::string> beside;
  for (const auto& defect : defects_under_rules()) {
    const auto row = table()->turned.find(defect.name);
    if (row == table()->turned.end()) continue;
    for (const auto& [path, rules] : row->second) {
      const auto* script = library().find(path);
      ASSERT_NE(script, nullptr) << path;
      const bool names = std::ranges::any_of(defect.rules, [&](const auto& rule) { return script->named.contains(rule); });
      if (!names) beside.push_back(fmt::format("{}: {}", defect.name, path));
    }
  }
  EXPECT_THAT(beside, IsEmpty());
}

TEST_F(Proven, every_rule_that_scripts_expect_is_proven_or_says_why_not) {
  const auto catalog = Catalog::load();
  ASSERT_TRUE(catalog) << catalog.error().message;
  std::vector<std::string> neither;
  std::vector<std::string> stale;
  for (const auto& [rule, scripts] : library().covers()) {
    // What others do is no defect of ours.
    const auto* found = catalog->find(rule);
    if (found != nullptr && found->area == "hazards") continue;
    const auto proof = proof_of(*table(), rule, scripts);
    const bool explained = table()->unproven.contains(rule);
    if (!proof.holds() && !explained) neither.push_back(fmt::format("{} ({})", rule, fmt::join(proof.missed, ", ")));
    if (proof.holds() && explained) stale.push_back(rule);
  }
  for (const auto& [rule, why] : table()->unproven) {
    if (!library().covers().contains(rule)) stale.push_back(rule);
  }
  EXPECT_THAT(neither, IsEmpty()) << "seed a defect against each that all its scripts see, or say why not in scenarios/proven/unproven.yaml";
  EXPECT_THAT(stale, IsEmpty()) << "these are proven, or no script expects them: take them from scenarios/proven/unproven.yaml";
}

TEST(SeededDefects, have_names_of_their_own_and_break_rules_of_the_catalogue) {
  const auto catalog = Catalog::load();
  ASSERT_TRUE(catalog) << catalog.error().message;
  std::set<std::string_view> names;
  for (const auto& defect : all_seeded_defects()) {
    EXPECT_TRUE(names.insert(defect.name).second) << defect.name << " stands in two tables";
    EXPECT_THAT(defect.what, Not(IsEmpty())) << defect.name;
    for (const auto& rule : defect.rules) EXPECT_NE(catalog->find(rule), nullptr) << defect.name << " breaks " << rule;
  }
}

TEST(SeededDefects, a_world_has_none_unless_it_is_told_to) { EXPECT_EQ(CastOptions{}.defects, SeededDefects{}); }

}  // namespace proven_test
}  // namespace scenarios::proven
