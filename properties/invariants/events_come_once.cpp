#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Two events that differ in nothing but their ids tell of the same; what happens again happens at another moment.
std::optional<Violation> judge_events_come_once(const FinalView& view) {
  // What arrives at somebody who stands still is done at one moment.
  if (script_did(view, "host.pause", directory_host)) return std::nullopt;
  std::map<std::string, bool, std::less<>> seen;
  for (const auto& event : view.events) {
    auto content = event.get_object();
    content.erase("id");
    if (seen.emplace(base::to_text(base::Json(content)), true).second) continue;
    const auto* resource = base::member(event, "resource");
    const auto at = base::parse_rfc3339(base::string_or(event, "timestamp", ""));
    return breach_of("events-come-once",
                     fmt::format("{} about {} is told twice", base::string_or(event, "event_type", ""), resource == nullptr ? "" : base::string_or(*resource, "username", "")),
                     at ? *at : base::Instant::max());
  }
  return std::nullopt;
}

}  // namespace properties
