// The catalogue that is built into the program, and what a catalogue file may not be.
#include "scenarios/catalog.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/script/decode.h"
#include "scenarios/script/rule_references.h"

namespace scenarios {
namespace catalog_test {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

Catalog loaded() {
  auto catalog = Catalog::load();
  EXPECT_TRUE(catalog) << (catalog ? "" : catalog.error().message);
  return catalog.value_or(Catalog{});
}

std::string error_of(std::string_view yaml) {
  Catalog catalog;
  const auto added = catalog.add("area", yaml);
  return added ? "" : added.error().message;
}

TEST(Catalog, has_every_rule_of_the_articles) {
  const auto catalog = loaded();
  for (int number = 1; number <= 148; ++number) {
    EXPECT_NE(catalog.find(fmt::format("R{}", number)), nullptr) << "R" << number;
  }
  for (int number = 1; number <= 11; ++number) {
    EXPECT_NE(catalog.find(fmt::format("RT{}", number)), nullptr) << "RT" << number;
  }
}

TEST(Catalog, has_every_hazard) {
  const auto catalog = loaded();
  const std::vector<std::pair<int, int>> numbers{{1, 27}, {30, 40}, {50, 71}};
  for (const auto& [first, last] : numbers) {
    for (int number = first; number <= last; ++number) {
      const auto* hazard = catalog.find(fmt::format("F{}", number));
      ASSERT_NE(hazard, nullptr) << "F" << number;
      EXPECT_EQ(hazard->area, "hazards");
    }
  }
}

TEST(Catalog, has_each_id_once) {
  const auto catalog = loaded();
  std::set<std::string_view> ids;
  for (const auto id : catalog.ids()) EXPECT_TRUE(ids.insert(id).second) << id;
  EXPECT_EQ(ids.size(), catalog.rules().size());
  for (const auto& rule : catalog.rules()) EXPECT_EQ(catalog.find(rule.id), &rule) << rule.id;
}

TEST(Catalog, every_rule_has_a_law_a_reason_a_source_and_how_far_it_is_trusted) {
  const auto catalog = loaded();
  for (const auto& rule : catalog.rules()) {
    EXPECT_THAT(rule.title, Not(IsEmpty())) << rule.id;
    EXPECT_THAT(rule.law, Not(IsEmpty())) << rule.id;
    EXPECT_THAT(rule.why, Not(IsEmpty())) << rule.id;
    EXPECT_THAT(rule.sources, Not(IsEmpty())) << rule.id;
    EXPECT_THAT(rule.trust, AnyOf("firm", "medium", "weak")) << rule.id;
    EXPECT_THAT(rule.area, AnyOf("articles", "clients", "devices", "directory", "entra_client", "hazards", "insights", "okta_client", "scim")) << rule.id;
  }
}

TEST(Catalog, every_key_of_a_source_is_spelled_out) {
  // What is not in the file's list of sources stays as it is, such as S3; then it is a rule that says more.
  const auto catalog = loaded();
  for (const auto& rule : catalog.rules()) {
    for (const auto& source : rule.sources) {
      EXPECT_TRUE(source.size() > 4 || catalog.find(source) != nullptr) << rule.id << ": " << source;
    }
  }
}

// The clauses for service providers
// ----------------------------------------------------------------------------------------------------

std::vector<const Rule*> clauses_of(const Catalog& catalog) {
  std::vector<const Rule*> out;
  for (const auto& rule : catalog.rules()) {
    if (rule.area == "scim") out.push_back(&rule);
  }
  return out;
}

TEST(CatalogOfClauses, has_each_clause_once_with_how_binding_it_is_and_where_it_stands) {
  const auto catalog = loaded();
  const auto clauses = clauses_of(catalog);
  EXPECT_THAT(clauses, SizeIs(297));
  std::set<std::string> ids;
  for (const auto* clause : clauses) {
    EXPECT_TRUE(ids.insert(clause->id).second) << clause->id;
    EXPECT_TRUE(clause->level) << clause->id;
    EXPECT_THAT(clause->link, StartsWith("https://")) << clause->id;
  }
}

TEST(CatalogOfClauses, an_id_says_which_section_is_linked) {
  const auto catalog = loaded();
  const std::map<char, std::string> texts{{'P', "rfc7644"}, {'S', "rfc7643"}, {'C', "rfc9865"}};
  for (const auto* clause : clauses_of(catalog)) {
    const bool from_clients = clause->id.front() == 'X';
    EXPECT_EQ(clause->level == RuleLevel::field, from_clients) << clause->id;
    if (from_clients) continue;
    const auto section = clause->id.substr(2, clause->id.rfind('-') - 2);
    EXPECT_EQ(clause->link, fmt::format("https://www.rfc-editor.org/rfc/{}#section-{}",
                                        texts.at(clause->id.front()), section))
        << clause->id;
    EXPECT_THAT(clause->sources, ElementsAre(EndsWith("(" + section + ")"))) << clause->id;
  }
}

TEST(CatalogOfClauses, names_both_readings_where_the_texts_allow_two) {
  const auto catalog = loaded();
  std::vector<std::string> with_readings;
  for (const auto* clause : clauses_of(catalog)) {
    if (clause->readings.empty()) continue;
    with_readings.push_back(clause->id);
    EXPECT_THAT(clause->readings, SizeIs(2)) << clause->id;
  }
  EXPECT_THAT(with_readings, UnorderedElementsAre("P-3.5.1-2", "P-3.5.2-14", "P-3.5.2.2-7", "P-3.5.2.2-8",
                                                  "P-3.12-5", "S-2.3.1-1", "S-4.2-4", "X-4"));
}

TEST(Catalog, does_not_find_what_is_not_there) {
  const auto catalog = loaded();
  for (const auto* id : {"", "R0", "R149", "r1", "R1 ", "RT12"}) EXPECT_EQ(catalog.find(id), nullptr) << id;
}

// Files that are no catalogue
// ----------------------------------------------------------------------------------------------------

constexpr std::string_view head = "sources: {S: Source}\nrules:\n";

std::string rule(std::string_view id) {
  return fmt::format("  - {{id: {}, title: T, law: L, why: W, source: S, trust: firm}}\n", id);
}

TEST(Catalog, adds_up_files) {
  Catalog catalog;
  EXPECT_TRUE(catalog.add("one", std::string(head) + rule("A1")));
  EXPECT_TRUE(catalog.add("two", std::string(head) + rule("B1") + rule("B2")));
  EXPECT_THAT(catalog.ids(), ElementsAre("A1", "B1", "B2"));
  ASSERT_NE(catalog.find("B1"), nullptr);
  EXPECT_EQ(catalog.find("B1")->area, "two");
  EXPECT_THAT(catalog.find("B1")->sources, ElementsAre("Source"));
}

TEST(Catalog, refuses_an_id_that_stands_twice) {
  EXPECT_EQ(error_of(std::string(head) + rule("A1") + rule("A1")),
            "catalogue area:4:5: this id stands twice: A1");
}

TEST(Catalog, refuses_a_rule_that_lacks_something) {
  EXPECT_EQ(error_of(std::string(head) + rule("A1")), "");
  for (const auto* key : {"id", "title", "law", "why", "source"}) {
    auto text = rule("A1");
    text.replace(text.find(std::string(key) + ":"), 1, "_");
    EXPECT_EQ(error_of(std::string(head) + text),
              "catalogue area:3:5: a rule has an id, a title, a law, a why and a source")
        << key;
  }
}

/// The same with one member more.
std::string rule_with(std::string_view member) {
  return fmt::format("  - {{id: A1, title: T, law: L, why: W, source: S, trust: firm, {}}}\n", member);
}

TEST(Catalog, reads_how_binding_a_rule_is_and_where_it_stands) {
  const std::vector<std::pair<std::string, RuleLevel>> table{
      {"must", RuleLevel::must},     {"must_not", RuleLevel::must_not},
      {"should", RuleLevel::should}, {"should_not", RuleLevel::should_not},
      {"may", RuleLevel::may},       {"implied", RuleLevel::implied},
      {"field", RuleLevel::field}};
  for (const auto& [word, level] : table) {
    Catalog catalog;
    ASSERT_TRUE(
        catalog.add("area", std::string(head) + rule_with("level: " + word + ", link: 'https://a.test/b#c'")))
        << word;
    EXPECT_EQ(catalog.find("A1")->level, level) << word;
    EXPECT_EQ(level_text(level), word);
    EXPECT_EQ(catalog.find("A1")->link, "https://a.test/b#c");
  }
  Catalog plain;
  ASSERT_TRUE(plain.add("area", std::string(head) + rule("A1")));
  EXPECT_EQ(plain.find("A1")->level, std::nullopt);
  EXPECT_EQ(plain.find("A1")->link, "");
}

TEST(Catalog, refuses_a_level_that_it_does_not_know) {
  for (const std::string word : {"shall", "MUST", "must not", ""}) {
    EXPECT_EQ(error_of(std::string(head) + rule_with("level: '" + word + "'")),
              fmt::format("catalogue area:3:71: '{}' is no level", word));
  }
}

TEST(Catalog, refuses_a_link_that_is_not_https) {
  for (const std::string link : {"http://a.test/", "RFC 7644", ""}) {
    EXPECT_EQ(error_of(std::string(head) + rule_with("link: '" + link + "'")),
              "catalogue area:3:70: a link begins with https://")
        << link;
  }
}

TEST(Catalog, reads_readings_with_and_without_their_scripts) {
  Catalog catalog;
  ASSERT_TRUE(catalog.add("area", std::string(head) + rule_with("readings: [One, {says: Other, scripts: [library/a.yaml, library/b.yaml]}]")));
  const auto& readings = catalog.find("A1")->readings;
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_EQ(readings[0].says, "One");
  EXPECT_THAT(readings[0].scripts, IsEmpty());
  EXPECT_EQ(readings[1].says, "Other");
  EXPECT_THAT(readings[1].scripts, ElementsAre("library/a.yaml", "library/b.yaml"));
}

TEST(Catalog, refuses_a_reading_that_says_nothing) {
  EXPECT_EQ(error_of(std::string(head) + rule_with("readings: [{scripts: [library/a.yaml]}]")),
            "catalogue area:3:75: a reading says something");
}

TEST(Catalog, refuses_a_text_that_is_no_list_of_rules) {
  EXPECT_EQ(error_of("rules: []\n"), "catalogue area:1:1: sources and rules are expected");
  EXPECT_EQ(error_of("sources: {}\n"), "catalogue area:1:1: sources and rules are expected");
  EXPECT_EQ(error_of(""), "catalogue area:1:1: sources and rules are expected");
  EXPECT_THAT(error_of("rules: [\n"), HasSubstr("catalogue area:1:8: this '[' is never closed"));
}

// Rules that scripts name
// ----------------------------------------------------------------------------------------------------

TEST(UnknownRules, are_told_with_their_place_and_the_nearest_id) {
  const auto script = decode_scenario(
      "lockstep: 1\n"
      "title: T\n"
      "covers: [R1, R4O]\n"
      "timeline:\n"
      "  - expect: {directory.user_count: {count: 0}}\n"
      "    rules: [R2, X9999]\n"
      "expect:\n"
      "  - directory.user_count: {count: 0}\n"
      "    rules: [RT1, RT0]\n");
  ASSERT_TRUE(script) << script.error().message;
  std::vector<std::string> errors;
  for (const auto& [place, message] : unknown_rules(*script, loaded())) {
    errors.push_back(fmt::format("{}:{}: {}", place.line, place.column, message));
  }
  EXPECT_THAT(errors,
              ElementsAre("3:9: there is no rule 'R4O'; did you mean 'R4'?", "5:5: there is no rule 'X9999'",
                          "8:5: there is no rule 'RT0'; did you mean 'R10'?"));
}

TEST(UnknownRules, are_none_where_all_are_known) {
  const auto script = decode_scenario("lockstep: 1\ntitle: T\ncovers: [R1, RT11]\n");
  ASSERT_TRUE(script) << script.error().message;
  EXPECT_THAT(unknown_rules(*script, loaded()), IsEmpty());
}

TEST(UnknownRules, are_none_in_the_library) {
  const auto catalog = loaded();
  int scripts = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(LOCKSTEP_SOURCE_DIR "/scenarios/library")) {
    if (entry.path().extension() != ".yaml") continue;
    ++scripts;
    std::ifstream in(entry.path(), std::ios::binary);
    const auto script = decode_scenario(std::string(std::istreambuf_iterator<char>(in), {}));
    ASSERT_TRUE(script) << entry.path() << ": " << script.error().message;
    for (const auto& error : unknown_rules(*script, catalog)) {
      ADD_FAILURE() << entry.path().string() << ":" << error.place.line << ": " << error.message;
    }
  }
  EXPECT_GT(scripts, 0);
}

}  // namespace catalog_test
}  // namespace scenarios
