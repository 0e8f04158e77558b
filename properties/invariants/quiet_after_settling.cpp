#include <fmt/format.h>

#include <map>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// Longer than two rounds of whoever compares, so that a write that comes back with every round is seen twice.
constexpr base::Duration watched = std::chrono::minutes{110};

/// What was written for good; what is refused is asked for again now and then, and is no write.
std::vector<std::string> writes_in(const sim::Exchange& exchange) {
  std::vector<std::string> writes;
  if (exchange.from == "directory" && exchange.to == "graph") {
    for (const auto& request : graph_requests(exchange)) {
      if (request.method != "GET" && request.done) writes.push_back(fmt::format("{} {} {}", request.method, request.path, request.body));
    }
  }
  const bool provisions = (exchange.from == "entra" || exchange.from == "okta") && exchange.to == "directory";
  const auto& request = exchange.request;
  if (provisions && request.target.starts_with("/scim/") && request.method != "GET" && is_acknowledged(exchange))
    writes.push_back(fmt::format("{} {} {}", request.method, request.target, request.body));
  return writes;
}

}  // namespace

/// Whoever writes the same once more, though nobody has changed anything since, does so for ever.
std::optional<Violation> judge_quiet_after_settling(const FinalView& view) {
  const auto begin = view.cast->scheduler().now() - watched;
  std::map<std::string, int, std::less<>> times;
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.sent < begin) continue;
    for (const auto& write : writes_in(exchange)) {
      if (++times[exchange.from + write] < 2) continue;
      return breach_of("quiet-after-settling", fmt::format("{} goes on writing {}", exchange.from, write.substr(0, 200)), exchange.sent);
    }
  }
  return std::nullopt;
}

}  // namespace properties
