#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

std::optional<Violation> judge_never_deleted_at_microsoft(const FinalView& view) {
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.from != "directory" || exchange.to != "graph") continue;
    for (const auto& request : graph_requests(exchange)) {
      if (request.method != "DELETE" || !request.path.starts_with("/users/")) continue;
      return breach_of("never-deleted-at-microsoft", fmt::format("the directory has sent DELETE {}", request.path), exchange.sent);
    }
  }
  return std::nullopt;
}

}  // namespace properties
