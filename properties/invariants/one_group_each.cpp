#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Graph knows no idempotency: whoever sends a creation twice makes two, and the directory cannot know
/// of the network's second one, nor of one that arrives minutes after it was given up.
std::optional<Violation> judge_one_group_each(const FinalView& view) {
  for (const auto& [befallen, count] : view.cast->world().network().befallen()) {
    const auto fault = sim::name_of(befallen.fault);
    if (befallen.to == "graph" && (fault == "duplicate" || fault == "delay_request")) return std::nullopt;
  }
  std::map<std::string, int, std::less<>> times;
  for (const auto& [id, group] : view.cast->tenant().living(fakes::entra::ObjectKind::group)) {
    if (view.cast->groups_of_entra().contains(id)) continue;
    if (++times[std::string(group.text("displayName"))] == 2)
      return breach_of("one-group-each", fmt::format("{} was made twice at Microsoft", group.text("displayName")));
  }
  return std::nullopt;
}

}  // namespace properties
