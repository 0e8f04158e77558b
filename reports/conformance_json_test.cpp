// The canonical conformance report: against its schema, there and back, and what is said of a report that is
// wrong.
#include "reports/conformance_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "reports/golden_files.h"
#include "reports/sample_conformance.h"
#include "reports/sample_session.h"
#include "reports/schema_check.h"
#include "reports/trace_report.h"

namespace reports {
namespace conformance_json_test {

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Pointer = Json::json_pointer;

Json schema() {
  return Json::parse(conformance_schema());
}

Json sample() {
  return Json::parse(to_json(sample_conformance()));
}

/// With two elements of each list: one of each shape is enough where the whole is looked at again and again.
Json abridged(Json json) {
  if (json.is_array() && json.size() > 2) json.erase(json.begin() + 2, json.end());
  if (json.is_structured()) {
    for (auto& part : json) part = abridged(std::move(part));
  }
  return json;
}

std::string error_of(const std::string& text) {
  const auto record = conformance_from_json(text);
  return record ? "" : record.error().message;
}

/// What is said once something in the sample was changed.
std::string error_after(const std::function<void(Json&)>& change) {
  auto json = sample();
  change(json);
  return error_of(json.dump());
}

TEST(ConformanceJson, is_what_the_published_schema_says) {
  EXPECT_THAT(schema_findings(schema(), sample()), IsEmpty());
  EXPECT_THAT(schema_findings(schema(), Json::parse(approved_text(LOCKSTEP_SOURCE_DIR,
                                                                  "reports/golden/conformance.json"))),
              IsEmpty());
}

TEST(ConformanceJson, has_a_schema_that_refuses_what_is_missing_unknown_or_of_another_type) {
  const auto rules = schema();
  const auto json = abridged(sample());
  const auto flat = json.flatten();
  std::size_t changes = 0;
  for (const auto& item : flat.items()) {
    // One of each shape: the first of every list, and a second exchange's body.
    if (item.key().find_first_of("123456789") != std::string::npos) continue;
    auto changed = json;
    changed[Pointer(item.key())] = Json{{"another", "type"}};
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key();
    const Pointer place(item.key());
    if (!changed.at(place.parent_pointer()).is_object()) continue;
    changed = json;
    changed.at(place.parent_pointer()).erase(place.back());
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key() << " is gone";
    changed = json;
    changed.at(place.parent_pointer())["another"] = "member";
    EXPECT_THAT(schema_findings(rules, changed), Not(IsEmpty())) << item.key() << " has company";
    ++changes;
  }
  EXPECT_GT(changes, 60U);
}

TEST(ConformanceJson, refuses_what_the_schema_refuses) {
  const auto json = sample();
  const auto flat = json.flatten();
  for (const auto& item : flat.items()) {
    if (item.key().find_first_of("123456789") != std::string::npos) continue;
    const Pointer place(item.key());
    auto changed = json;
    changed[place] = Json{{"another", "type"}};
    EXPECT_THAT(error_of(changed.dump()), HasSubstr(item.key().substr(0, item.key().rfind('/'))))
        << item.key();
    if (!changed.at(place.parent_pointer()).is_object()) continue;
    changed = json;
    changed.at(place.parent_pointer()).erase(place.back());
    EXPECT_NE(error_of(changed.dump()), "") << item.key() << " is gone";
    changed = json;
    changed.at(place.parent_pointer())["another"] = "member";
    EXPECT_THAT(error_of(changed.dump()), HasSubstr("\"another\" is no member of this")) << item.key();
  }
}

TEST(ConformanceJson, comes_back_as_the_same_record) {
  const auto text = to_json(sample_conformance());
  const auto record = conformance_from_json(text);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(to_json(*record), text);
  // Bodies come back byte for byte; other text that is no UTF-8 and what headers hold does not.
  const auto original = sample_conformance();
  ASSERT_EQ(record->cases.size(), original.cases.size());
  EXPECT_EQ(record->cases[2].exchanges[0].response_body, original.cases[2].exchanges[0].response_body);
  EXPECT_EQ(record->cases[0].checks, original.cases[0].checks);
  EXPECT_EQ(record->clauses, original.clauses);
  EXPECT_EQ(record->profiles, original.profiles);
  EXPECT_EQ(record->seed, original.seed);
  EXPECT_EQ(record->measured, original.measured);
  EXPECT_EQ(record->started, original.started);
}

TEST(ConformanceJson, says_where_a_report_is_wrong) {
  EXPECT_EQ(error_after([](Json& json) { json["cases"][3]["verdict"] = "fails"; }),
            "/cases/3/verdict: \"fails\" is no verdict");
  EXPECT_EQ(error_after([](Json& json) { json["cases"][1].erase("why"); }), "/cases/1/why: is missing");
  EXPECT_EQ(error_after([](Json& json) { json["seed"] = -1; }), "/seed: is no whole number of 0 or more");
  EXPECT_EQ(error_after([](Json& json) { json["clauses"] = 1; }), "/clauses: is no list");
  EXPECT_EQ(error_after([](Json& json) { json["profiles"][0]["a/b~c"] = 1; }),
            "/profiles/0: \"a/b~c\" is no member of this");
  EXPECT_EQ(
      error_after([](Json& json) { json["cases"][0]["exchanges"][0]["request"]["body_base64"] = "eA=="; }),
      "/cases/0/exchanges/0/request: \"body\" is no member of this");
  EXPECT_EQ(error_after([](Json& json) {
              auto& request = json["cases"][0]["exchanges"][0]["request"];
              request.erase("body");
              request["body_base64"] = "?";
            }),
            "/cases/0/exchanges/0/request/body_base64: is no base64");
  EXPECT_EQ(error_after([](Json& json) { json["cases"][1]["id"] = json["cases"][0]["id"]; }),
            "/cases: \"scim/create/duplicate_user_name\" is the id of two cases");
}

TEST(ConformanceJson, notices_totals_that_do_not_fit_the_cases) {
  EXPECT_EQ(error_after([](Json& json) { json["totals"]["violates"] = 0; }),
            "/totals/violates: says 0, the cases come to 4");
  EXPECT_EQ(error_after([](Json& json) { json["exit_code"] = 0; }),
            "/exit_code: says 0, the cases come to 70");
}

TEST(ConformanceJson, tells_other_documents_from_reports) {
  EXPECT_EQ(error_of("{} x"), "the report is no JSON: something is wrong at line 1, column 4");
  EXPECT_EQ(error_of("{\n\n \"a\": x}"), "the report is no JSON: something is wrong at line 3, column 7");
  EXPECT_EQ(error_of("[]"), "/: is no object");
  EXPECT_EQ(error_after([](Json& json) { json["schema_version"] = "2"; }),
            "/schema_version: is not \"1\", the only one that this version reads");
  EXPECT_EQ(error_after([](Json& json) { json["report"] = "scenarios"; }), "/report: is not \"conformance\"");
}

TEST(ConformanceJson, says_what_another_document_of_ours_is) {
  const auto expect = [](const std::string& text, const std::string& kind) {
    EXPECT_EQ(error_of(text), "this is " + kind + "; what is expected is the report.json of 'conform'");
  };
  expect("", "an empty file");
  expect(golden_text("session.json"), "the report of scripts that were played with 'run'");
  expect(golden_text("session.jsonl"), "what 'run --format json' prints");
  expect(to_trace(sample_session()), "a trace of 'run'");
  expect(golden_text("session.html"), "an HTML page");
  expect(golden_text("conformance.html"), "an HTML page");
  expect(golden_text("conformance.junit.xml"), "an XML file, such as junit.xml");
  expect(golden_text("conformance.csv"), "a table of findings, as CSV");
  expect(golden_text("conformance.md"), "a report in Markdown");
  expect(golden_text("conformance.har"), "a transcript, as HAR");
  expect(golden_text("conformance.sarif"), "a report in SARIF");
  expect(std::string(conformance_schema()), "a JSON Schema");
  expect("# mine\nlockstep_config: 1\n", "a configuration");
  expect("lockstep: 1\ntitle: A script\n", "a script");
}

TEST(ConformanceJson, survives_deep_nesting) {
  const std::string deep(1'000'000, '[');
  EXPECT_THAT(error_of(deep), HasSubstr("no JSON"));
  EXPECT_EQ(error_of(deep + std::string(1'000'000, ']')), "/: is no object");
}

RC_GTEST_PROP(ConformanceJson, reads_any_bytes_without_harm, (const std::string& bytes)) {
  RC_ASSERT(!conformance_from_json(bytes));
}

}  // namespace conformance_json_test
}  // namespace reports
