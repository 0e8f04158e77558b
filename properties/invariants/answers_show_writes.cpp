#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Of SCIM alone, whose answers are the resource. [RFC7644 3.5.1] [RFC7644 3.5.2]
std::optional<Violation> judge_answers_show_writes(const FinalView& view) {
  for (const auto& write : attribute_writes(view.cast->world().recorder())) {
    const auto& exchange = *write.exchange;
    if (!exchange.request.target.starts_with("/scim/") || !is_acknowledged(exchange)) continue;
    const auto body = base::parse_json((*exchange.result)->body);
    if (!body) continue;
    const auto request = base::parse_json(exchange.request.body);
    if (request && exchange.request.method != "POST" && asks_for_suspension(*request) && base::bool_member(*body, "active") == true)
      return breach_of("answers-show-writes", fmt::format("{} was asked not to be active, and the answer shows the opposite", write.user), *exchange.concluded);
    const auto shown = values_of_scim_user(*body);
    for (const auto& [name, value] : write.values) {
      const auto found = shown.find(name);
      const auto there = found == shown.end() ? std::nullopt : found->second;
      if (there.value_or("") == value.value_or("")) continue;
      return breach_of("answers-show-writes", fmt::format("{} of {} was set to '{}', and the answer shows '{}'", name, write.user, value.value_or(""), there.value_or("")),
                       *exchange.concluded);
    }
  }
  return std::nullopt;
}

}  // namespace properties
