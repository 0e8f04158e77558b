// A load run as one self-contained page: the verdict, the figures, both pictures, the errors. No other file, no network, no script of
// its own.
#pragma once

#include <string>

#include "bench/load/load_result.h"
#include "bench/load/verdict.h"

namespace bench::load {

[[nodiscard]] std::string load_html(const LoadResult& result, const LoadVerdict& verdict);

}  // namespace bench::load
