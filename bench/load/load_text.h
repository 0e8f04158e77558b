// A load run as text for a terminal: a row an operation, the errors, the verdict.
#pragma once

#include <string>

#include "bench/load/load_result.h"
#include "bench/load/verdict.h"

namespace bench::load {

/// `417 µs`, `12.3 ms`, `1.25 s`.
[[nodiscard]] std::string shown(base::Duration duration);
/// `entra-initial, 200 users, 4 clients, 25 requests a second`
[[nodiscard]] std::string shown(const LoadPlan& plan);
/// What readers of the figures have to know, a sentence each.
[[nodiscard]] std::vector<std::string> remarks_on(const LoadResult& result);
[[nodiscard]] std::string load_text(const LoadResult& result, const LoadVerdict& verdict);

}  // namespace bench::load
