// Two runs of the benchmarks side by side, read from the JSON that Google Benchmark writes: what takes more time than before, and what
// less.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reports {

/// What one benchmark came to. Of several repetitions it is the median.
struct BenchFigure {
  std::string name;
  double nanoseconds = 0;         ///< of the processor, an iteration
  std::optional<double> items{};  ///< a second
  std::string failure{};          ///< why there are no figures; empty: there are

  bool operator==(const BenchFigure&) const = default;
};

struct BenchRun {
  std::string machine;  ///< "host, 4 processors"
  std::string date;
  std::vector<BenchFigure> figures;  ///< in the order of the file, no two of a name
};

/// Whether somebody means the file as one, from what stands in it; it need not be complete.
[[nodiscard]] bool is_bench_file(std::string_view text);

/// An error names the place in the file, as `/benchmarks/3/cpu_time: is missing`. Spreads and complexities are left out; of the mean
/// there is use only where there is no median.
[[nodiscard]] base::Result<BenchRun> bench_from_json(std::string_view text);

/// A benchmark in two runs; empty where one lacks it.
struct ComparedBench {
  std::string name;
  std::optional<BenchFigure> before;
  std::optional<BenchFigure> after;

  /// The time after by the time before; empty where one of them is not to be had.
  [[nodiscard]] std::optional<double> time_ratio() const;
  [[nodiscard]] std::optional<double> items_ratio() const;
};

/// From here on, either way, a ratio is marked.
inline constexpr double marked_change = 0.10;

/// In the order of the earlier run, what is new behind it.
[[nodiscard]] std::vector<ComparedBench> compared_benches(const BenchRun& before, const BenchRun& after);

/// Names of those that take more than `limit` times the time of before, and of those that have failed and had not; what is in one run
/// only is not among them.
[[nodiscard]] std::vector<std::string> slower_than(const std::vector<ComparedBench>& compared, double limit);

/// A run and what a person calls it.
struct NamedBench {
  std::string source;
  BenchRun run;
};

/// For a terminal: 110 columns.
[[nodiscard]] std::string bench_comparison_text(const NamedBench& before, const NamedBench& after);
[[nodiscard]] std::string bench_comparison_markdown(const NamedBench& before, const NamedBench& after);

}  // namespace reports
