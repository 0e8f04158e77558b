#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
/// 503 is the honest answer of whom the disk fails. [rule DI40]
std::optional<Violation> judge_no_server_error(const FinalView& view) {
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.to != "directory" || is_doubtful(exchange)) continue;
    const auto status = (*exchange.result)->status;
    if (status < 500 || status == 503) continue;
    return breach_of("no-server-error", fmt::format("{} {} was answered {}", exchange.request.method, exchange.request.target, status), *exchange.concluded);
  }
  return std::nullopt;
}

}  // namespace properties
