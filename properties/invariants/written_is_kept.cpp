#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

struct Expected {
  std::optional<std::string> value;
  base::Instant until{};  ///< when the request that brought it was concluded
  bool is_known = false;
};

}  // namespace

/// What two requests under way at once leave behind is open, and so is what became of a request without an answer.
std::optional<Violation> judge_written_is_kept(const FinalView& view) {
  std::map<std::pair<std::string, std::string>, Expected> expected;
  for (const auto& write : attribute_writes(view.cast->world().recorder())) {
    const auto& exchange = *write.exchange;
    if (!is_acknowledged(exchange) && !is_doubtful(exchange)) continue;
    for (const auto& [name, value] : write.values) {
      auto& entry = expected[{write.user, name}];
      const bool overlaps = exchange.sent < entry.until;
      const auto concluded = is_doubtful(exchange) ? base::Instant::max() : *exchange.concluded;
      entry = {value, std::max(entry.until, concluded), !overlaps && is_acknowledged(exchange)};
    }
  }
  for (const auto& [key, entry] : expected) {
    const auto* user = view.user(key.first);
    if (user == nullptr || !entry.is_known) continue;
    const auto there = base::string_or(user->shown, key.second, "");
    if (there == entry.value.value_or("")) continue;
    return breach_of("written-is-kept", fmt::format("{} of {} was set to '{}', and is '{}'", key.second, user->username, entry.value.value_or(""), there));
  }
  return std::nullopt;
}

}  // namespace properties
