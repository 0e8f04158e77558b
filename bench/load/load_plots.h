// The two pictures of a load run as inline SVG: what was answered in each second, and how long it took, percentile by percentile.
#pragma once

#include "bench/load/load_result.h"
#include "reports/html.h"

namespace bench::load {

/// Right and wrong answers a second over time, with the line that Entra asks for. Of long runs a point is the mean of some seconds.
[[nodiscard]] reports::Html throughput_plot(const LoadResult& result);
/// A curve an operation over a logarithmic axis, as HdrHistogram's plots have it: each further nine has the same room.
[[nodiscard]] reports::Html percentile_plot(const LoadResult& result);

}  // namespace bench::load
