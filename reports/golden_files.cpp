#include "reports/golden_files.h"

#include <fstream>
#include <iterator>
#include <span>

#include "reports/comparison_html.h"
#include "reports/comparison_markdown.h"
#include "reports/comparison_text.h"
#include "reports/conformance_csv.h"
#include "reports/conformance_html.h"
#include "reports/conformance_json.h"
#include "reports/conformance_junit.h"
#include "reports/conformance_markdown.h"
#include "reports/conformance_text.h"
#include "reports/har.h"
#include "reports/html_report.h"
#include "reports/json_report.h"
#include "reports/sample_conformance.h"
#include "reports/sample_session.h"
#include "reports/sarif.h"
#include "reports/text_report.h"

namespace reports {
namespace {

std::string text_of_sample() {
  const auto session = sample_session();
  std::string out;
  for (const auto& run : session.runs) out += run_line(run, false, Seeds::shown);
  for (const auto& run : session.runs) {
    const auto text = failures(run, sample_rule_text, false);
    if (!text.empty()) out += "\n" + text;
  }
  return out + "\n" + summary(session, false);
}

std::string text_of_conformance(const scenarios::ConformanceRecord& record) {
  std::string out;
  for (const auto& one : record.cases) out += case_line(one, false);
  return out + conformance_findings(record, false) + "\n" + conformance_summary(record, false);
}

/// Files of the tree end their lines with a line feed alone.
std::string with_line_feeds(std::string text) {
  std::erase(text, '\r');
  return text;
}

}  // namespace

std::vector<GoldenFile> golden_files() {
  const auto session = sample_session();
  const auto conformance = sample_conformance();
  const auto reports = compared_conformance();
  const auto two = std::span(reports).first(2);
  return {{"reports/golden/session.json", to_json(session)},
          {"reports/golden/session.jsonl", to_json_lines(session)},
          {"reports/golden/session.txt", text_of_sample()},
          {"reports/golden/session.html", to_html(session, sample_rule_text)},
          {"reports/golden/conformance.html", to_html(conformance, earlier_conformance())},
          {"reports/golden/conformance.json", to_json(conformance)},
          {"reports/golden/conformance.txt", text_of_conformance(conformance)},
          {"reports/golden/conformance.junit.xml", to_junit(conformance)},
          {"reports/golden/conformance.csv", with_line_feeds(to_csv(conformance))},
          {"reports/golden/conformance.md", to_markdown(conformance)},
          {"reports/golden/conformance.har", to_har(conformance)},
          {"reports/golden/conformance.sarif", to_sarif(conformance)},
          {"reports/golden/comparison_of_two.txt", comparison_text(two)},
          {"reports/golden/comparison_of_two.md", comparison_markdown(two)},
          {"reports/golden/comparison_of_two.html", comparison_html(two)},
          {"reports/golden/comparison.txt", comparison_text(reports)},
          {"reports/golden/comparison.md", comparison_markdown(reports)},
          {"reports/golden/comparison.html", comparison_html(reports)}};
}

std::string golden_text(const std::string& name) {
  for (auto& file : golden_files()) {
    if (file.path.ends_with("/" + name)) return file.text;
  }
  return "";
}

std::string approved_text(const std::string& source_root, const std::string& path) {
  std::ifstream in(source_root + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace reports
