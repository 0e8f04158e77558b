// The smaller conformance reports against their golden files, and the promises that files cannot show: that
// no credential gets out, that each format stays well-formed whatever a product answers, and what counts as
// what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/property_tree/xml_parser.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/encoding.h"
#include "reports/baseline.h"
#include "reports/conformance_csv.h"
#include "reports/conformance_json.h"
#include "reports/conformance_junit.h"
#include "reports/conformance_markdown.h"
#include "reports/conformance_text.h"
#include "reports/conformance_view.h"
#include "reports/golden_files.h"
#include "reports/har.h"
#include "reports/plain_text.h"
#include "reports/sample_conformance.h"
#include "reports/sarif.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace conformance_test {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ConformanceRecord record_of(std::vector<CaseRecord> cases) {
  ConformanceRecord record;
  record.product = "P";
  record.cases = std::move(cases);
  return record;
}

class ConformanceGolden : public testing::TestWithParam<std::string> {};

TEST_P(ConformanceGolden, matches) {
  const auto path = "reports/golden/" + GetParam();
  EXPECT_EQ(approved_text(LOCKSTEP_SOURCE_DIR, path), golden_text(GetParam()))
      << path << " differs; build and run reports_approve, then read the difference";
}

TEST_P(ConformanceGolden, shows_no_credential_and_no_escape_and_is_utf8) {
  const auto text = golden_text(GetParam());
  EXPECT_THAT(text, Not(HasSubstr(std::string(forgotten_token))));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_TRUE(base::is_utf8(text));
}

INSTANTIATE_TEST_SUITE_P(Conformance, ConformanceGolden,
                         testing::Values("conformance.json", "conformance.txt", "conformance.junit.xml",
                                         "conformance.csv", "conformance.md", "conformance.har",
                                         "conformance.sarif", "comparison_of_two.txt",
                                         "comparison_of_two.md", "comparison_of_two.html",
                                         "comparison.txt", "comparison.md", "comparison.html"),
                         [](const auto& file) {
                           auto name = file.param;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

TEST(ShownExchange, has_variables_in_place_of_credentials) {
  const HeaderList headers{{"authorization", "Bearer abc"},
                           {"Authorization", "bearer $WRONG_TOKEN"},
                           {"AUTHORIZATION", "Basic YTpi"},
                           {"Authorization", "abc"},
                           {"Authorization", "not a scheme: x"},
                           {"Proxy-Authorization", "Digest x=1"},
                           {"Cookie", "session=1"},
                           {"X-API-Key", "k"},
                           {"Authorization", ""},
                           {"Accept", "*/*"}};
  const HeaderList shown{{"authorization", "Bearer $TOKEN"},
                         {"Authorization", "bearer $WRONG_TOKEN"},
                         {"AUTHORIZATION", "Basic $CREDENTIALS"},
                         {"Authorization", "$TOKEN"},
                         {"Authorization", "not $TOKEN"},
                         {"Proxy-Authorization", "Digest $TOKEN"},
                         {"Cookie", "$COOKIE"},
                         {"X-API-Key", "$API_KEY"},
                         {"Authorization", "$TOKEN"},
                         {"Accept", "*/*"}};
  EXPECT_EQ(shown_headers(headers), shown);
}

scenarios::ExchangeRecord request(std::string method, std::string target, HeaderList headers,
                                  std::string body) {
  scenarios::ExchangeRecord exchange;
  exchange.method = std::move(method);
  exchange.target = std::move(target);
  exchange.request_headers = std::move(headers);
  exchange.request_body = std::move(body);
  return exchange;
}

TEST(CurlCommand, repeats_a_request) {
  ConformanceRecord record;
  record.target = "https://scim.example:8443/scim/v2";
  EXPECT_EQ(curl_command(
                record, request("GET", "/scim/v2/Users", {{"Host", "x"}, {"Authorization", "Bearer s"}}, "")),
            "curl -i https://scim.example:8443/scim/v2/Users -H \"Authorization: Bearer $TOKEN\"");
  EXPECT_EQ(
      curl_command(record,
                   request("POST", "/Users", {{"Content-Type", "a/b"}, {"X", ""}}, R"({"it":"it's $HOME"})")),
      R"(curl -i -X POST https://scim.example:8443/Users -H 'Content-Type: a/b' -H 'X;' --data-raw '{"it":"it'\''s $HOME"}')");
}

TEST(CurlCommand, names_the_origin_where_it_is_not_known) {
  ConformanceRecord record;
  record.target = "core";
  EXPECT_EQ(curl_command(record, request("DELETE", "/Users/[1]/../$(id)", {}, "")),
            "curl -i -g --path-as-is -X DELETE \"$ORIGIN\"'/Users/[1]/../$(id)'");
  EXPECT_EQ(curl_command(record, request("HEAD", "/Users", {}, "")), "curl -i -I \"$ORIGIN\"/Users");
}

TEST(CurlCommand, sends_bytes_that_a_terminal_could_misread) {
  ConformanceRecord record;
  record.target = "http://a";
  EXPECT_EQ(curl_command(record, request("PUT", "/", {}, std::string("\x1b\0\xff", 3))),
            "echo GwD/ | base64 -d | curl -i -X PUT http://a/ -H Content-Type: --data-binary @-");
  EXPECT_THAT(curl_command(record, request("PUT", "/", {{"A\n", "b\x1b[0m"}}, std::string(20'000, 'x'))),
              HasSubstr("-H 'A : b[U+001B][0m' -H Content-Type: --data-binary @body"));
}

TEST(Causes, fold_chains_of_blocked_cases_under_the_first) {
  const auto record = record_of({case_of("a", Verdict::blocked, "b"), case_of("b", Verdict::blocked, "c"),
                                 case_of("c", Verdict::violates), case_of("d", Verdict::blocked, "gone"),
                                 case_of("e", Verdict::conforms)});
  const ConformanceIndex index(record);
  const auto causes = causes_of(record, index);
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes[0].found, &record.cases[2]);
  EXPECT_THAT(causes[0].blocked, ElementsAre(&record.cases[0], &record.cases[1]));
  EXPECT_EQ(causes[1].found, nullptr);
  EXPECT_EQ(causes[1].id, "gone");
  EXPECT_THAT(causes[1].blocked, ElementsAre(&record.cases[3]));
}

TEST(Causes, end_where_cases_block_each_other) {
  const auto record = record_of({case_of("a", Verdict::blocked, "b"), case_of("b", Verdict::blocked, "a"),
                                 case_of("c", Verdict::blocked, "c")});
  std::size_t told = 0;
  for (const auto& cause : causes_of(record, ConformanceIndex(record)))
    told += cause.blocked.size() + (cause.found ? 1 : 0);
  EXPECT_GE(told, 3U);
}

TEST(Causes, put_what_counts_first_and_what_was_known_last) {
  auto known = case_of("known", Verdict::violates);
  known.known = "because";
  auto stale = case_of("stale", Verdict::conforms);
  stale.known = "because";
  stale.stale = true;
  auto low = case_of("low", Verdict::violates);
  low.severity = scenarios::Severity::low;
  auto high = case_of("high", Verdict::violates);
  high.severity = scenarios::Severity::high;
  const auto record =
      record_of({known, case_of("unclear", Verdict::unclear), case_of("deviates", Verdict::deviates), stale,
                 low, high, case_of("error", Verdict::error)});
  std::vector<std::string> order;
  for (const auto& cause : causes_of(record, ConformanceIndex(record))) order.push_back(cause.id);
  EXPECT_THAT(order, ElementsAre("error", "high", "low", "stale", "deviates", "unclear", "known"));
}

TEST(Baseline, marks_what_is_new_or_worse) {
  const auto before = record_of({case_of("same", Verdict::violates), case_of("worse", Verdict::deviates),
                                 case_of("better", Verdict::violates), case_of("broke", Verdict::conforms),
                                 case_of("blocked", Verdict::conforms), case_of("seen", Verdict::blocked)});
  auto record = record_of({case_of("same", Verdict::violates), case_of("worse", Verdict::violates),
                           case_of("better", Verdict::deviates), case_of("broke", Verdict::deviates),
                           case_of("blocked", Verdict::blocked, "broke"), case_of("seen", Verdict::violates),
                           case_of("new", Verdict::violates), case_of("new_and_good", Verdict::conforms)});
  record.cases[0].regressed = true;
  mark_regressions(record, before);
  std::vector<std::string> regressed;
  for (const auto& one : record.cases) {
    if (one.regressed) regressed.push_back(one.id);
  }
  EXPECT_THAT(regressed, ElementsAre("worse", "broke", "seen", "new"));
  EXPECT_EQ(record.baseline, ", 1970-01-01T00:00:00.000Z");
}

TEST(ConformanceText, fits_into_its_columns_but_for_commands) {
  std::istringstream lines(golden_text("conformance.txt"));
  for (std::string line; std::getline(lines, line);) {
    const auto text = line.substr(std::min(line.size(), line.find_first_not_of(' ')));
    if (text.starts_with("curl ") || text.starts_with("echo ") || text.starts_with("lockstep ")) continue;
    EXPECT_LE(count_characters(line), 110U) << line;
  }
}

TEST(ConformanceText, has_colours_where_they_are_asked_for_only) {
  const auto record = sample_conformance();
  EXPECT_THAT(case_line(record.cases[0], true), HasSubstr("\x1b[1;31mviolates      \x1b[0m"));
  EXPECT_THAT(conformance_findings(record, false) + conformance_summary(record, false),
              Not(HasSubstr("\x1b")));
}

TEST(ConformanceText, says_nothing_where_there_is_nothing_to_say) {
  EXPECT_EQ(conformance_findings(record_of({case_of("a", Verdict::conforms)}), false), "");
  EXPECT_THAT(conformance_summary(record_of({}), false), HasSubstr("Nothing was judged"));
}

TEST(Headline, says_the_worst_first) {
  EXPECT_EQ(headline(record_of({case_of("a", Verdict::conforms)})),
            "P meets every requirement that could be judged");
  EXPECT_EQ(headline(record_of({case_of("a", Verdict::violates), case_of("b", Verdict::violates)})),
            "P violates 2 requirements");
  EXPECT_EQ(headline(record_of({case_of("a", Verdict::blocked), case_of("b", Verdict::not_applicable)})),
            "P could not be judged");
  EXPECT_EQ(headline(record_of({case_of("a", Verdict::violates), case_of("b", Verdict::error)})),
            "The bench failed in 1 case");
}

boost::property_tree::ptree parsed(const std::string& xml) {
  std::istringstream in(xml);
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(in, tree);
  return tree;
}

TEST(Junit, counts_as_the_exit_code_does) {
  auto known = case_of("x/a/known", Verdict::violates);
  known.known = "CON-1";
  auto stale = case_of("x/a/stale", Verdict::conforms);
  stale.stale = true;
  auto record =
      record_of({case_of("x/a/1", Verdict::violates), known, stale, case_of("x/a/2", Verdict::deviates),
                 case_of("x/b/3", Verdict::blocked), case_of("x/b/4", Verdict::not_applicable),
                 case_of("x/b/5", Verdict::unclear), case_of("x/b/6", Verdict::error)});
  const auto tree = parsed(to_junit(record));
  const auto& suites = tree.get_child("testsuites");
  EXPECT_EQ(suites.get<int>("<xmlattr>.tests"), 8);
  EXPECT_EQ(suites.get<int>("<xmlattr>.failures"), 2);
  EXPECT_EQ(suites.get<int>("<xmlattr>.errors"), 1);
  EXPECT_EQ(suites.get<int>("<xmlattr>.skipped"), 3);
  EXPECT_EQ(suites.count("testsuite"), 2U);
  record.baseline = "before";
  EXPECT_EQ(parsed(to_junit(record)).get<int>("testsuites.<xmlattr>.failures"), 1)
      << "nothing has become worse";
}

TEST(Junit, says_what_was_expected_and_how_to_repeat_it) {
  const auto tree = parsed(golden_text("conformance.junit.xml"));
  const auto& suites = tree.get_child("testsuites");
  std::string failure;
  for (const auto& [name, suite] : suites) {
    for (const auto& [kind, one] : suite) {
      if (kind == "testcase" &&
          one.get<std::string>("<xmlattr>.classname") == "scim.create.duplicate_user_name") {
        failure = one.get<std::string>("failure");
      }
    }
  }
  EXPECT_THAT(failure, HasSubstr("expected: 409\nfound: 201\n"));
  EXPECT_THAT(failure, HasSubstr("-H \"Authorization: Bearer $TOKEN\""));
}

RC_GTEST_PROP(Junit, holds_characters_of_xml_only, (const std::string& bytes)) {
  const auto text = xml_text(bytes + "\xEF\xBF\xBE\xEF\xBF\xBF");
  RC_ASSERT(base::is_utf8(text));
  RC_ASSERT(text.find_first_of("<>\"'") == std::string::npos);
  RC_ASSERT(text.find("\xEF\xBF\xBE") == std::string::npos);
  RC_ASSERT(text.find("\xEF\xBF\xBF") == std::string::npos);
  for (const char c : text) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n');
}

TEST(Csv, quotes_what_it_holds) {
  EXPECT_EQ(csv_field("a \"b\", c\nd"), "\"a \"\"b\"\", c\nd\"");
}

TEST(Csv, lets_no_spreadsheet_run_a_formula) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1",
                                 "\xEF\xBC\x9D"
                                 "1"}) {
    EXPECT_THAT(csv_field(text), testing::StartsWith("\"'")) << text;
  }
  EXPECT_EQ(csv_field("a=1"), "\"a=1\"");
}

/// Fields of a line, unquoted, as RFC 4180 has it.
std::vector<std::vector<std::string>> csv_lines(const std::string& text) {
  std::vector<std::vector<std::string>> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    std::string field;
    EXPECT_EQ(text[at], '"');
    for (++at; text[at] != '"' || text.substr(at, 2) == "\"\""; ++at) {
      field += text[at];
      if (text[at] == '"') ++at;
    }
    lines.back().push_back(field);
    ++at;
    if (text[at] == ',') {
      ++at;
    } else {
      EXPECT_EQ(text.substr(at, 2), "\r\n");
      at += 2;
      if (at < text.size()) lines.emplace_back();
    }
  }
  return lines;
}

TEST(Csv, has_a_line_for_each_case_that_needs_a_person) {
  const auto record = sample_conformance();
  const auto lines = csv_lines(to_csv(record));
  std::size_t expected = 1;
  for (const auto& one : record.cases) expected += !holds(one.verdict) || one.stale ? 1 : 0;
  ASSERT_EQ(lines.size(), expected);
  for (const auto& line : lines) EXPECT_EQ(line.size(), 19U);
  EXPECT_EQ(lines[1][0], "error");
  EXPECT_EQ(lines[2][1], "scim/create/duplicate_user_name");
}

TEST(Markdown, leaves_no_character_that_could_be_markup) {
  EXPECT_EQ(
      in_markdown("*a* _b_ [c](d) <e> `f` | g\n# h ~i~ \\ !"),
      "&#42;a&#42; &#95;b&#95; &#91;c&#93;(d) &#60;e&#62; &#96;f&#96; &#124; g &#35;<!-- --> h &#126;i&#126; "
      "&#92; &#33;");
  EXPECT_EQ(in_markdown("@octocat https://a.b"), "&#64;<!-- -->octocat https&#58;//a&#46;b");
}

TEST(Markdown, has_blocks_that_their_text_cannot_close) {
  EXPECT_EQ(code_block("sh", "a\n````\nb"), "`````sh\na\n````\nb\n`````\n\n");
}

TEST(Markdown, fits_into_a_comment_and_counts_what_does_not) {
  const auto text = to_markdown(large_conformance(2'000));
  EXPECT_LT(count_characters(text), 65'536U);
  EXPECT_THAT(text, HasSubstr("150 more findings are in the HTML report."));
  EXPECT_THAT(text, HasSubstr("more findings are in the HTML report.\n\n"));
}

TEST(Markdown, opens_only_elements_of_its_own) {
  auto text = golden_text("conformance.md");
  text = std::regex_replace(text, std::regex("(`{3,})[^]*?\n\\1\n"), "");
  static const std::regex ours("</?(?:sub|code|details|summary|br)>|<!-- -->");
  EXPECT_EQ(std::regex_replace(text, ours, "").find('<'), std::string::npos);
}

TEST(Har, has_every_exchange_and_a_page_for_each_case_that_sent_one) {
  const auto record = sample_conformance();
  const auto log = nlohmann::json::parse(to_har(record))["log"];
  std::size_t exchanges = 0;
  std::size_t cases = 0;
  for (const auto& one : record.cases) {
    exchanges += one.exchanges.size();
    cases += one.exchanges.empty() ? 0 : 1;
  }
  EXPECT_EQ(log["version"], "1.2");
  EXPECT_EQ(log["entries"].size(), exchanges);
  EXPECT_EQ(log["pages"].size(), cases);
  const auto& first = log["entries"][0];
  EXPECT_EQ(first["request"]["url"], "https://scim.contoso.example/scim/v2/Users");
  EXPECT_EQ(first["time"], 41);
  EXPECT_EQ(first["response"]["content"]["mimeType"], "application/scim+json");
  for (const auto& entry : log["entries"]) {
    for (const auto* member : {"startedDateTime", "time", "request", "response", "cache", "timings"}) {
      EXPECT_TRUE(entry.contains(member)) << member;
    }
  }
}

TEST(Har, keeps_bytes_that_are_no_utf8_and_says_why_there_is_no_answer) {
  const auto entries = nlohmann::json::parse(to_har(sample_conformance()))["log"]["entries"];
  const auto& lost =
      *std::ranges::find_if(entries, [](const auto& entry) { return entry.contains("_failure"); });
  EXPECT_EQ(lost["response"]["status"], 0);
  EXPECT_THAT(lost["request"]["postData"]["comment"].template get<std::string>(),
              testing::StartsWith("base64: "));
  const auto& odd = *(std::ranges::find(entries, lost) - 1);
  EXPECT_EQ(odd["response"]["content"]["encoding"], "base64");
  EXPECT_EQ(base::from_base64(odd["response"]["content"]["text"].template get<std::string>()),
            sample_conformance().cases[2].exchanges[0].response_body);
}

TEST(Sarif, has_a_result_for_each_finding_and_suppresses_what_is_known) {
  const auto run = nlohmann::json::parse(to_sarif(sample_conformance()))["runs"][0];
  std::vector<std::string> results;
  for (const auto& result : run["results"]) {
    results.push_back(result["level"].get<std::string>() + (result.contains("suppressions") ? " known" : ""));
    EXPECT_TRUE(result.contains("locations"));
  }
  EXPECT_THAT(results,
              ElementsAre("error", "error", "error", "error", "warning", "warning", "note", "error known"));
  EXPECT_EQ(run["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "scenarios/conformance/scim/errors/hostile_%3Cscript%3E.yaml");
  for (const auto& rule : run["tool"]["driver"]["rules"]) {
    EXPECT_TRUE(!rule.contains("helpUri") || rule["helpUri"].get<std::string>().starts_with("https://"));
  }
}

}  // namespace conformance_test
}  // namespace reports
