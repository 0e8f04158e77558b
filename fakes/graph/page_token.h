// The opaque `$skiptoken` of a list: where the next page begins, of which request, and since when. [Graph Q14] [Graph Q16]
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "fakes/graph/request.h"

namespace fakes::graph {

struct PageToken {
  base::Instant issued{};
  bool eventual = false;        ///< the first page was asked for with `ConsistencyLevel: eventual`
  std::string last_id{};        ///< of the page before
  base::JsonArray last_keys{};  ///< by which it was sorted

  /// Bound to the request's path and options.
  [[nodiscard]] std::string encode(const Request& request) const;
};

/// Empty where it is none, or one of another request.
[[nodiscard]] std::optional<PageToken> decode_page_token(std::string_view text, const Request& request);

/// The token that the request carries, if any; refuses one that has ended or lacks the header of its first page. [Graph E39]
/// [Graph Q9]
[[nodiscard]] Outcome<std::optional<PageToken>> read_page_token(const Request& request, base::Instant now, base::Duration life);
[[nodiscard]] std::unexpected<GraphError> expired_page_token();

}  // namespace fakes::graph
