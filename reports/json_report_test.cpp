// The canonical JSON against its golden files, and the promises that other programs build on.
#include "reports/json_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/golden_files.h"
#include "reports/sample_session.h"
#include "reports/schema_check.h"

namespace reports {
namespace json_report_test {

using Json = nlohmann::ordered_json;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& item : object.items()) out.push_back(item.key());
  return out;
}

class JsonGolden : public testing::TestWithParam<std::string> {};

TEST_P(JsonGolden, matches) {
  const auto path = "reports/golden/" + GetParam();
  EXPECT_EQ(approved_text(LOCKSTEP_SOURCE_DIR, path), golden_text(GetParam()))
      << path << " differs; build and run reports_approve, then read the difference";
}

INSTANTIATE_TEST_SUITE_P(JsonReport, JsonGolden, testing::Values("session.json", "session.jsonl"),
                         [](const auto& file) { return file.param == "session.json" ? "whole" : "lines"; });

TEST(JsonReport, has_keys_in_a_fixed_order) {
  const auto json = Json::parse(to_json(sample_session()));
  EXPECT_EQ(keys(json),
            (std::vector<std::string>{"schema_version", "version", "exit_code", "totals", "runs"}));
  EXPECT_EQ(keys(json["runs"][0]),
            (std::vector<std::string>{
                "script", "title",   "about",   "covers",     "seed",         "arm",
                "target", "verdict", "problem", "started",    "virtual_time", "fingerprint",
                "events", "parties", "steps",   "judgements", "screens",      "screens_forgotten",
                "exchanges", "exchanges_forgotten", "notes", "pending", "replay", "measured"}));
}

Json schema() { return Json::parse(approved_text(LOCKSTEP_SOURCE_DIR, "reports/schema/run-report.schema.json")); }

TEST(JsonReport, is_what_the_published_schema_says) {
  EXPECT_THAT(schema_findings(schema(), Json::parse(to_json(sample_session()))), IsEmpty());
}

/// With the first element of each list: one of each shape is enough where the whole is looked at again and again.
Json abridged(Json json) {
  if (json.is_array() && json.size() > 1) json.erase(json.begin() + 1, json.end());
  if (json.is_structured()) {
    for (auto& part : json) part = abridged(std::move(part));
  }
  return json;
}

TEST(JsonReport, has_a_schema_that_refuses_what_is_missing_unknown_or_of_another_type) {
  const auto rules = schema();
  auto session = sample_session();
  session.runs.erase(session.runs.begin());
  auto& run = session.runs[0];
  run.judgements.erase(run.judgements.begin(), run.judgements.end() - 1);
  run.screens.erase(run.screens.begin(), run.screens.begin() + 8);  // one with a prompt comes first
  const auto json = abridged(Json::parse(to_json(session)));
  std::size_t changes = 0;
  const auto places = json.flatten();
  for (const auto& item : places.items()) {
    const Json::json_pointer place(item.key());
    auto changed = json;
    changed[place] = Json{{"another", "type"}};
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key();
    if (!changed.at(place.parent_pointer()).is_object()) continue;
    changed = json;
    changed.at(place.parent_pointer()).erase(place.back());
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key() << " is gone";
    changed = json;
    changed.at(place.parent_pointer())["another"] = "member";
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key() << " has company";
    ++changes;
  }
  EXPECT_GT(changes, 80U);
}

TEST(JsonReport, holds_what_was_on_a_screen_that_was_looked_at) {
  const auto judgements = Json::parse(to_json(sample_session()))["runs"][1]["judgements"];
  EXPECT_TRUE(judgements[0]["screen"].is_null());
  EXPECT_EQ(judgements[3]["screen"]["kind"], "desktop");
  EXPECT_EQ(judgements[3]["screen"]["popups"].size(), 2U);
  EXPECT_TRUE(judgements[3]["screen"]["prompt"].is_null());
}

TEST(JsonReport, differs_between_equal_runs_in_what_is_measured_only) {
  auto slower = sample_session();
  for (auto& run : slower.runs) run.measured.wall *= 3;
  auto left = Json::parse(to_json(sample_session()));
  auto right = Json::parse(to_json(slower));
  EXPECT_NE(left, right);
  for (auto* json : {&left, &right}) {
    for (auto& run : (*json)["runs"]) run.erase("measured");
  }
  EXPECT_EQ(left, right);
}

TEST(JsonReport, keeps_64_bits_and_bytes_that_are_no_utf8) {
  const auto run = Json::parse(to_json(sample_session()))["runs"][1];
  EXPECT_EQ(run["seed"].get<std::uint64_t>(), 18'446'744'073'709'551'615ULL);
  const auto& request = run["exchanges"][6]["request"];
  EXPECT_FALSE(request.contains("body"));
  EXPECT_TRUE(request.contains("body_base64"));
}

TEST(JsonReport, tells_a_missing_answer_from_an_empty_one) {
  const auto exchanges = Json::parse(to_json(sample_session()))["runs"][1]["exchanges"];
  EXPECT_EQ(exchanges[2]["response"]["body"], "");
  EXPECT_TRUE(exchanges[3]["response"].is_null());
  EXPECT_TRUE(exchanges[3]["delivered"].is_null());
  EXPECT_EQ(exchanges[3]["failure"], "no answer within the time-out");
}

TEST(JsonReport, of_no_runs_is_still_a_document) {
  const auto json = Json::parse(to_json({.version = "0.1.0", .runs = {}}));
  EXPECT_EQ(json["exit_code"], 0);
  EXPECT_TRUE(json["runs"].is_array());
  EXPECT_EQ(to_json_lines({.version = "0.1.0", .runs = {}}), "");
}

TEST(JsonLines, begins_each_line_with_the_same_keys) {
  const auto lines = to_json_lines(sample_session());
  const auto first = Json::parse(lines.substr(0, lines.find('\n')));
  EXPECT_EQ(keys(first), (std::vector<std::string>{"script", "seed", "arm", "target", "verdict",
                                                   "virtual_time", "fingerprint", "events"}));
  EXPECT_EQ(first["virtual_time"], "41m250ms");
}

}  // namespace json_report_test
}  // namespace reports
