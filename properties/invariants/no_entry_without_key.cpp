#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// Whether a request shows anything that could be a key: nothing, or one that nobody has issued, is none.
bool shows_key(const base::HttpRequest& request) {
  const auto key = request.headers.find("x-api-key");
  const auto bearer = request.headers.find("Authorization");
  if (key && *key != scenarios::stranger_key) return true;
  return bearer && *bearer != fmt::format("Bearer {}", scenarios::stranger_key);
}

/// The interfaces that ask for one; discovery goes without. [RFC7644 4]
bool is_guarded(std::string_view target) {
  return target.starts_with("/api/") || target.starts_with("/scim/v2/Users") || target.starts_with("/scim/v2/Groups");
}

}  // namespace

std::optional<Violation> judge_no_entry_without_key(const FinalView& view) {
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    const auto& request = exchange.request;
    if (exchange.to != "directory" || !is_acknowledged(exchange) || !is_guarded(request.target) || shows_key(request)) continue;
    return breach_of("no-entry-without-key",
                     fmt::format("{} {} was answered {} without a valid key", request.method, request.target, (*exchange.result)->status), *exchange.concluded);
  }
  return std::nullopt;
}

}  // namespace properties
