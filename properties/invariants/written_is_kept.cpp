#include <fmt/format.h>

#include "properties/invariants/attribute_history.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// What two requests under way at once leave behind is open, and so is what became of a request without an answer: see
/// clients-agree-on-an-order.
std::optional<Violation> judge_written_is_kept(const FinalView& view) {
  std::optional<Violation> first;
  for (const auto& [key, history] : attribute_histories(view.cast->world().recorder())) {
    const auto& [user, attribute] = key;
    if (attribute == presence_key) continue;
    for (const auto& operation : history) {
      if (operation.kind != AttributeOperation::Kind::read) continue;
      const auto expected = only_value_at(history, operation);
      if (!expected || *expected == operation.value) continue;
      const auto& exchange = *operation.exchange;
      const auto since = seen_at(operation);
      if (first && first->since <= since) continue;
      const auto* shown = view.user(user);
      first = breach_of("written-is-kept",
                        fmt::format("{} of {} was set to '{}', and {} shows '{}'", attribute, shown == nullptr ? user : shown->username, *expected,
                                    is_own_look(exchange) ? "the last look" : fmt::format("{} {}", exchange.request.method, exchange.request.target), operation.value),
                        since);
    }
  }
  return first;
}

}  // namespace properties
