// A load run as JSON; docs/load.md describes its members.
#pragma once

#include <string>

#include "bench/load/load_result.h"
#include "bench/load/verdict.h"

namespace bench::load {

[[nodiscard]] std::string load_json(const LoadResult& result, const LoadVerdict& verdict);

}  // namespace bench::load
