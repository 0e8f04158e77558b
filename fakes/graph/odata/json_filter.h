// `$filter` over records that are no directory objects: comparisons of members, joined by `and`. The logs are asked so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

struct JsonFilter {
  enum class Kind : std::uint8_t { equal, not_equal, at_least, at_most, above, below, starts_with };
  struct Condition {
    Kind kind = Kind::equal;
    std::vector<std::string> path{};  ///< `status/errorCode`
    bool in_list = false;             ///< of the first member's elements one has to hold: `targetResources/any(t:t/id eq 'x')`
    base::Json value{};
  };
  std::vector<Condition> conditions{};  ///< all have to hold
};

[[nodiscard]] Outcome<JsonFilter> parse_json_filter(std::string_view text);
/// Texts compare without regard to letter case, times as times, numbers as numbers.
[[nodiscard]] bool matches(const JsonFilter& filter, const base::JsonObject& record);

}  // namespace fakes::graph
