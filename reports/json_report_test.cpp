// The canonical JSON against its golden files, and the promises that other programs build on.
#include "reports/json_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/golden_files.h"
#include "reports/sample_session.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

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
                "events", "parties", "steps",   "judgements", "exchanges",    "exchanges_forgotten",
                "notes",  "pending", "replay",  "measured"}));
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

}  // namespace
}  // namespace reports
