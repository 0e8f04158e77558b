// No missed defect and no false alarm: every single defect of the broken provider turns red what the table says, and
// nothing else. docs/conform.md states how large the table is.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <expected>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/sanitized.h"
#include "scenarios/proof/bench.h"
#include "scenarios/proof/proof_table.h"

namespace scenarios::proof {
namespace proof_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<fakes::scim::QuirkInfo> switches_to_play() {
  constexpr std::size_t step = base::sanitized ? 60 : 1;
  std::vector<fakes::scim::QuirkInfo> out;
  const auto all = fakes::scim::all_quirks();
  for (std::size_t i = 0; i < all.size(); i += step) out.push_back(all[i]);
  return out;
}

std::string text_of(const std::string& path) {
  std::ifstream in(std::string(LOCKSTEP_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::expected<ProofTable, ScriptError>& read_once() {
  static const auto table = read_proof_table(text_of("scenarios/proof/scim.yaml"));
  return table;
}

const ProofTable& table() {
  return *read_once();
}

class Proof : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(bench().problem(), IsEmpty());
    ASSERT_TRUE(read_once()) << "scenarios/proof/scim.yaml:" << read_once().error().place.line << ":"
                             << read_once().error().place.column << ": " << read_once().error().message;
  }
};

class Switch : public Proof, public ::testing::WithParamInterface<fakes::scim::QuirkInfo> {};

TEST_P(Switch, turns_red_what_looks_at_it_and_nothing_else) {
  const auto& quirk = GetParam();
  const auto expected = table().expected(quirk.name);
  const auto found = bench().findings(quirk.quirk);
  std::string wrong;
  for (const auto& [id, turn] : expected) {
    const auto one = found.find(id);
    if (one == found.end()) {
      wrong += fmt::format("\n  missing  {} ({})", id, to_text(turn));
    } else if (one->second.verdict != to_text(turn)) {
      wrong += fmt::format("\n  {} instead of {}  {}: {}", one->second.verdict, to_text(turn), id, one->second.shown);
    }
  }
  for (const auto& [id, finding] : found) {
    if (!expected.contains(id)) wrong += fmt::format("\n  extra    {} ({}): {}", id, finding.verdict, finding.shown);
  }
  EXPECT_THAT(wrong, IsEmpty()) << quirk.name << ": " << quirk.what << " [" << quirk.clause << "]";
}

INSTANTIATE_TEST_SUITE_P(Scim, Switch, ::testing::ValuesIn(switches_to_play()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_F(Proof, holds_every_switch_and_no_other) {
  std::set<std::string, std::less<>> names;
  for (const auto& quirk : fakes::scim::all_quirks()) names.emplace(quirk.name);
  std::set<std::string, std::less<>> listed = table().unseen;
  for (const auto& [name, cases] : table().switches) listed.insert(name);
  for (const auto& [name, beside] : table().beside) listed.insert(name);
  EXPECT_EQ(listed, names);
}

// What the vendors' suites ask carries the vendors' clauses; a case of the RFCs names what it looks at.
TEST_F(Proof, a_case_that_finds_a_switch_covers_its_clause) {
  for (const auto& quirk : fakes::scim::all_quirks()) {
    const auto own = table().switches.find(quirk.name);
    if (own == table().switches.end()) continue;
    for (const auto& [id, turn] : own->second) {
      const auto one = bench().cases().find(id);
      ASSERT_NE(one, bench().cases().end()) << quirk.name << ": there is no case " << id;
      const auto& covers = one->second->covers;
      const bool looks_at_it = !id.starts_with("scim/") || std::ranges::find(covers, quirk.clause) != covers.end();
      EXPECT_TRUE(looks_at_it) << quirk.name << ": " << id << " does not cover " << quirk.clause;
    }
  }
}

TEST_F(Proof, every_clause_that_can_be_broken_has_a_switch_or_says_why_not) {
  std::set<std::string, std::less<>> proven;
  for (const auto& [name, cases] : table().switches) {
    for (const auto& [id, turn] : cases) {
      const auto one = bench().cases().find(id);
      if (one != bench().cases().end()) proven.insert(one->second->covers.begin(), one->second->covers.end());
    }
  }
  std::vector<std::string> neither;
  std::vector<std::string> stale;
  for (const auto& rule : bench().catalog().rules()) {
    if (rule.area != "scim") continue;
    const bool explained = table().unproven.contains(rule.id);
    if (rule.untested.empty() && !proven.contains(rule.id) && !explained) neither.push_back(rule.id);
    if (explained && (proven.contains(rule.id) || !rule.untested.empty())) stale.push_back(rule.id);
  }
  for (const auto& [id, why] : table().unproven) {
    const auto* rule = bench().catalog().find(id);
    if (rule == nullptr || rule->area != "scim") stale.push_back(id);
  }
  EXPECT_THAT(neither, IsEmpty()) << "give each a switch in fakes/scim that a case sees, or a reason under unproven:";
  EXPECT_THAT(stale, IsEmpty()) << "these are proven, not judged at all, or no clauses: take them from unproven:";
}

TEST_F(Proof, is_as_large_as_the_documentation_says) {
  std::size_t turned = 0;
  std::size_t beside = 0;
  for (const auto& [name, cases] : table().switches) turned += cases.size();
  for (const auto& [name, one] : table().beside) beside += one.cases.size();
  EXPECT_THAT(text_of("scenarios/proof/README.md"),
              HasSubstr(fmt::format("| {} | {} | {} | {} | {} |", fakes::scim::all_quirks().size(), turned, beside,
                                    table().unseen.size(), table().unproven.size())));
  EXPECT_THAT(text_of("docs/conform.md"), HasSubstr(fmt::format("{} single defects", fakes::scim::all_quirks().size())));
}

}  // namespace proof_test
}  // namespace scenarios::proof
