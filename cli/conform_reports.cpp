#include "cli/conform_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/places.h"
#include "live/files.h"
#include "reports/conformance_csv.h"
#include "reports/conformance_html.h"
#include "reports/conformance_json.h"
#include "reports/conformance_junit.h"
#include "reports/conformance_markdown.h"
#include "reports/har.h"
#include "reports/sarif.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using scenarios::ConformanceRecord;

constexpr std::string_view extension = ".json";

/// Nothing where there is no report, or none that this version reads.
std::optional<ConformanceRecord> report_if_any(const fs::path& path) {
  auto record = read_conformance_report(path.string());
  if (!record) return std::nullopt;
  return std::move(*record);
}

/// Whether both are of one run; reports made twice of it are no history.
bool is_same(const ConformanceRecord& left, const ConformanceRecord& right) {
  return left.started == right.started && reports::to_json(left) == reports::to_json(right);
}

/// "2026-01-05T08-00-00.000Z.json": sorts by time, and is a name everywhere.
std::string history_name(const ConformanceRecord& record) {
  auto name = base::to_rfc3339(record.started);
  std::ranges::replace(name, ':', '-');
  return name.append(extension);
}

/// Only names that history_name() gives: other files in the folder are not ours.
bool is_history_name(std::string_view name) {
  constexpr std::string_view pattern = "dddd-dd-ddTdd-dd-dd.dddZ.json";
  return std::ranges::equal(
      name, pattern, [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
}

/// Oldest first.
std::vector<fs::path> history_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (is_history_name(at->path().filename().string())) files.push_back(at->path());
  }
  std::ranges::sort(files);
  return files;
}

/// False where the report of the last run cannot be moved.
bool keep_last_report(const fs::path& folder, const ConformanceRecord& record) {
  const auto last = report_if_any(folder / "report.json");
  if (!last || is_same(*last, record)) return true;
  const auto history = folder / "history";
  std::error_code error;
  fs::create_directories(history, error);
  const auto kept = history / history_name(*last);
  fs::rename(folder / "report.json", kept, error);
  if (error) {
    fmt::print(stderr, "lockstep: {} cannot be written: {}\n", kept.string(), error.message());
    return false;
  }
  auto files = history_files(history);
  for (std::size_t i = 0; i + history_kept < files.size(); ++i) fs::remove(files[i], error);
  return true;
}

std::vector<ConformanceRecord> history_of(const fs::path& folder, const ConformanceRecord& record) {
  std::vector<ConformanceRecord> history;
  for (const auto& file : history_files(folder / "history")) {
    auto earlier = report_if_any(file);
    if (!earlier || earlier->suite != record.suite || earlier->product != record.product) continue;
    if (!is_same(*earlier, record)) history.push_back(std::move(*earlier));
  }
  return history;
}

}  // namespace

std::expected<ConformanceRecord, std::string> read_conformance_report(const std::string& path) {
  constexpr std::size_t longest = 128U << 20U;
  std::error_code error;
  const auto file = fs::is_directory(path, error) ? (fs::path(path) / "report.json").string() : path;
  const auto text = live::read_file(file, longest);
  if (!text) return std::unexpected(text.error().message);
  auto record = reports::conformance_from_json(*text);
  if (!record) return std::unexpected(fmt::format("{}: {}", file, record.error().message));
  return std::move(*record);
}

bool write_conformance_reports(const std::string& folder, const ConformanceRecord& record) {
  bool written = keep_last_report(folder, record);
  written = write_file(folder + "/report.json", reports::to_json(record)) && written;
  written =
      write_file(folder + "/index.html", reports::to_html(record, history_of(folder, record))) && written;
  written = write_file(folder + "/junit.xml", reports::to_junit(record)) && written;
  written = write_file(folder + "/report.md", reports::to_markdown(record)) && written;
  written = write_file(folder + "/findings.csv", reports::to_csv(record)) && written;
  written = write_file(folder + "/transcript.har", reports::to_har(record)) && written;
  written = write_file(folder + "/report.sarif", reports::to_sarif(record)) && written;
  return written;
}

}  // namespace cli
