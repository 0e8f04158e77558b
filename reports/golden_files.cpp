#include "reports/golden_files.h"

#include <fstream>
#include <iterator>

#include "reports/html_report.h"
#include "reports/json_report.h"
#include "reports/sample_session.h"
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

}  // namespace

std::vector<GoldenFile> golden_files() {
  const auto session = sample_session();
  return {{"reports/golden/session.json", to_json(session)},
          {"reports/golden/session.jsonl", to_json_lines(session)},
          {"reports/golden/session.txt", text_of_sample()},
          {"reports/golden/session.html", to_html(session, sample_rule_text)}};
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
