// `report compare` over two runs of the benchmarks rather than over reports of `conform`.
#pragma once

#include <string>

#include "cli/commands.h"

namespace cli {

/// Whether the file is one that `./lockstep bench` writes. Not so where it cannot be read.
[[nodiscard]] bool is_bench_figures(const std::string& path);

/// Prints the two side by side; the exit code of the command.
[[nodiscard]] int compare_benches(const CompareCommand& command);

}  // namespace cli
