// Commands over reports that are there already: nothing is judged, and no product is asked.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/compare_benches.h"
#include "cli/conform_reports.h"
#include "cli/exit_codes.h"
#include "cli/merge_campaigns.h"
#include "cli/places.h"
#include "reports/baseline.h"
#include "reports/comparison_html.h"
#include "reports/comparison_markdown.h"
#include "reports/comparison_text.h"
#include "reports/conformance_text.h"
#include "reports/conformance_view.h"
#include "reports/joined_report.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/catalog.h"
#include "scenarios/probe/profiles.h"
#include "scenarios/probe/suite.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

/// Where `render` writes without being told; empty for a file that is not the report of a folder, beside
/// which half a dozen others would come as a surprise.
std::string folder_of(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path;
  const fs::path file(path);
  if (file.filename() != "report.json") return "";
  return file.has_parent_path() ? file.parent_path().string() : ".";
}

/// As people know a report: the folder, where it is the report.json of one.
std::string source_of(const std::string& path) {
  const auto file = fs::path(path).lexically_normal();
  const auto folder = file.filename() == "report.json" || !file.has_filename() ? file.parent_path() : file;
  return folder.empty() ? "." : folder.string();
}

/// Where the page of a report can be had from a page in `from`, as a relative URL; empty where there is none.
std::string page_of(const std::string& path, const std::string& from) {
  std::error_code error;
  const auto folder = folder_of(path);
  const auto page = fs::path(folder) / "index.html";
  if (folder.empty() || !fs::is_regular_file(page, error)) return "";
  const auto way = fs::proximate(fs::weakly_canonical(page, error), fs::weakly_canonical(from, error), error);
  std::string url;
  for (const auto& part : way) url += (url.empty() ? "" : "/") + base::percent_encode(part.string());
  return error || way.is_absolute() ? "" : url;
}

std::string shown_as(const std::string& format, const std::vector<reports::ComparedReport>& compared) {
  if (format == "markdown") return reports::comparison_markdown(compared);
  return format == "html" ? reports::comparison_html(compared) : reports::comparison_text(compared);
}

bool has_become_worse(const reports::ComparedReport& before, scenarios::ConformanceRecord after) {
  reports::mark_regressions(after, before.record);
  return std::ranges::any_of(after.cases,
                             [](const auto& one) { return one.regressed && !reports::is_known(one); });
}

/// Of the suite and the catalogue that come with the program; empty where it has no such suite.
reports::SuiteOrder order_of(const std::string& suite, const scenarios::Catalog& catalog) {
  reports::SuiteOrder order;
  const auto cases = scenarios::probe::load_suite(project_root() + "/scenarios/conformance", suite);
  if (cases) {
    for (const auto& one : cases->cases) order.cases.push_back(one.id);
  }
  if (const auto* info = scenarios::client::client_suite_named(suite)) {
    const auto of_clients = scenarios::client::load_client_suite(project_root() + "/scenarios/client_conformance", *info);
    if (of_clients) {
      for (const auto& one : of_clients->cases) order.cases.push_back(one.id);
    }
  }
  for (const auto& rule : catalog.rules()) order.clauses.push_back(rule.id);
  return order;
}

/// Whether the file is the report.json of the folder, which writing a report there would move away.
bool lies_in(const std::string& path, const std::string& folder) {
  std::error_code error;
  const auto own = folder_of(path);
  return !own.empty() && fs::weakly_canonical(own, error) == fs::weakly_canonical(folder, error);
}

}  // namespace

int render_report(const RenderCommand& command) {
  const auto record = read_conformance_report(command.path);
  if (!record) return complain(exit_usage, record.error());
  const auto folder = command.report.empty() ? folder_of(command.path) : command.report;
  if (folder.empty()) {
    return complain(exit_usage, fmt::format("{} is no report.json in a folder of its own: say where to write "
                                            "with --report DIR",
                                            command.path));
  }
  if (!write_conformance_reports(folder, *record)) return exit_bench;
  fmt::print("report: {}\n", (fs::path(folder) / "index.html").string());
  return exit_pass;
}

int compare_reports(const CompareCommand& command) {
  if (command.paths.size() < 2)
    return complain(exit_usage, "two or more reports can be compared, the earlier one first");
  if (is_bench_figures(command.paths.front())) return compare_benches(command);
  if (command.fail_above > 0) return complain(exit_usage, "--fail-above is for benchmarks; of reports of conform there is --fail-on-regression");
  if (command.fail_on_regression && command.paths.size() != 2) {
    return complain(exit_usage, "--fail-on-regression is for two reports, the earlier one first");
  }
  const auto folder = command.report.empty() ? std::string(".") : command.report;
  std::vector<reports::ComparedReport> compared;
  for (const auto& path : command.paths) {
    auto record = read_conformance_report(path);
    if (!record) return complain(exit_usage, record.error());
    compared.push_back({std::move(*record), source_of(path), page_of(path, folder)});
  }
  fmt::print("{}", shown_as(command.format, compared));
  if (!command.report.empty()) {
    const auto page = (fs::path(folder) / "comparison.html").string();
    const auto markdown = (fs::path(folder) / "comparison.md").string();
    if (!write_file(page, reports::comparison_html(compared))) return exit_bench;
    if (!write_file(markdown, reports::comparison_markdown(compared))) return exit_bench;
    if (command.format == "text") fmt::print("report: {}\n", page);
  }
  const bool failed = command.fail_on_regression && has_become_worse(compared[0], compared[1].record);
  return failed ? exit_violation : exit_pass;
}

int merge_reports(const MergeCommand& command) {
  if (command.paths.size() < 2) return complain(exit_usage, "two or more parts can be merged");
  if (is_campaign(command.paths.front())) return merge_campaigns(command);
  std::vector<reports::ReportPart> parts;
  for (const auto& path : command.paths) {
    auto record = read_conformance_report(path);
    if (!record) return complain(exit_usage, record.error());
    if (lies_in(path, command.report)) {
      return complain(exit_usage, fmt::format("--report: {} is the folder of a part", command.report));
    }
    parts.push_back({std::move(*record), source_of(path)});
  }
  const auto catalog = scenarios::Catalog::load();
  if (!catalog) return complain(exit_bench, catalog.error().message);
  const auto conflict = command.last_wins ? reports::OnConflict::last_wins : reports::OnConflict::refuse;
  auto whole = reports::joined_report(parts, conflict, order_of(parts.front().record.suite, *catalog));
  if (!whole) return complain(exit_usage, whole.error().message);
  whole->profiles = scenarios::probe::profiles_of(*whole);
  fmt::print("{}", reports::conformance_summary(*whole, isatty(STDOUT_FILENO) != 0));
  if (!write_conformance_reports(command.report, *whole)) return exit_bench;
  fmt::print("report: {}\n", (fs::path(command.report) / "index.html").string());
  return reports::exit_code_of(*whole);
}

}  // namespace cli
