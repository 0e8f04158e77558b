#include "cli/compare_benches.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <expected>
#include <filesystem>

#include "cli/exit_codes.h"
#include "cli/places.h"
#include "live/files.h"
#include "reports/bench_comparison.h"
#include "reports/plain_text.h"

namespace cli {
namespace {

constexpr std::size_t longest_figures = 32U << 20U;

std::expected<reports::NamedBench, std::string> read_figures(const std::string& path) {
  const auto text = live::read_file(path, longest_figures);
  if (!text) return std::unexpected(text.error().message);
  auto run = reports::bench_from_json(*text);
  if (!run) return std::unexpected(fmt::format("{}: {}", path, run.error().message));
  return reports::NamedBench{.source = path, .run = std::move(*run)};
}

}  // namespace

bool is_bench_figures(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  const auto text = live::read_file(path, longest_figures);
  return text && reports::is_bench_file(*text);
}

int compare_benches(const CompareCommand& command) {
  if (command.paths.size() != 2) return complain(exit_usage, "of benchmarks two runs can be compared, the earlier one first");
  if (command.format == "html") return complain(exit_usage, "--format html is for reports of conform; of benchmarks there are text and markdown");
  if (command.fail_on_regression) return complain(exit_usage, "--fail-on-regression is for reports of conform; of benchmarks there is --fail-above");
  const auto before = read_figures(command.paths[0]);
  if (!before) return complain(exit_usage, before.error());
  const auto after = read_figures(command.paths[1]);
  if (!after) return complain(exit_usage, after.error());
  const bool as_text = command.format == "text";
  fmt::print("{}", as_text ? reports::bench_comparison_text(*before, *after) : reports::bench_comparison_markdown(*before, *after));
  if (!command.report.empty()) {
    const auto page = (std::filesystem::path(command.report) / "comparison.md").string();
    if (!write_file(page, reports::bench_comparison_markdown(*before, *after))) return exit_bench;
    if (as_text) fmt::print("report: {}\n", page);
  }
  if (command.fail_above <= 0) return exit_pass;
  const auto slower = reports::slower_than(reports::compared_benches(before->run, after->run), command.fail_above);
  if (slower.empty()) return exit_pass;
  return complain(exit_violation, fmt::format("slower than {} times: {}", command.fail_above,
                                              reports::visible(fmt::format("{}", fmt::join(slower, ", ")), reports::Breaks::join)));
}

}  // namespace cli
