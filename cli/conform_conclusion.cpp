#include "cli/conform_conclusion.h"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "cli/conform_reports.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "reports/baseline.h"
#include "reports/conformance_json.h"
#include "reports/conformance_markdown.h"
#include "reports/conformance_text.h"

namespace cli {
namespace {

void print_record(const ConformCommand& command, const scenarios::ConformanceRecord& record) {
  if (command.format == "json") {
    fmt::print("{}", reports::to_json(record));
  } else if (command.format == "markdown") {
    fmt::print("{}", reports::to_markdown(record));
  } else {
    const bool colour = isatty(STDOUT_FILENO) != 0;
    fmt::print("{}{}", reports::conformance_findings(record, colour), reports::conformance_summary(record, colour));
    if (!command.no_report) fmt::print("report: {}/index.html\n", command.report);
  }
}

}  // namespace

std::expected<std::optional<scenarios::ConformanceRecord>, std::string> baseline_of(const ConformCommand& command) {
  if (command.baseline.empty()) return std::nullopt;
  auto read = read_conformance_report(command.baseline);
  if (!read) return std::unexpected(fmt::format("--baseline: {}", read.error()));
  return *std::move(read);
}

int conclude_conform(const ConformCommand& command, scenarios::ConformanceRecord record, const std::optional<scenarios::ConformanceRecord>& baseline) {
  if (baseline) reports::mark_regressions(record, *baseline);
  print_record(command, record);
  if (!command.no_report && !write_conformance_reports(command.report, record)) return exit_bench;
  if (interrupted() || !record.problem.empty()) return exit_interrupted;
  return exit_code(record, !command.baseline.empty());
}

}  // namespace cli
