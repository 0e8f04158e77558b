#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

struct Told {
  int created = 0;
  int deleted = 0;
  std::string state;  ///< the last that an event has told
};

std::string state_of(std::string_view type) {
  if (type == "user_suspended") return "SUSPENDED";
  return type == "user_unsuspended" || type == "user_activated" ? "ACTIVATED" : "";
}

Violation broken(std::string text) { return breach_of("events-tell-what-happened", std::move(text)); }

}  // namespace

std::optional<Violation> judge_events_tell_what_happened(const FinalView& view) {
  const bool in_order = !script_did(view, "host.set_clock", directory_host);
  std::map<std::string, Told, std::less<>> told;
  for (const auto& event : view.events) {
    const auto* resource = base::member(event, "resource");
    if (resource == nullptr || base::string_or(*resource, "type", "") != "systemuser") continue;
    if (!base::bool_member(event, "success").value_or(true)) continue;
    auto& about = told[base::string_or(*resource, "id", "")];
    const auto type = base::string_or(event, "event_type", "");
    if (type == "user_create") ++about.created;
    if (type == "user_delete") ++about.deleted;
    if (const auto state = state_of(type); !state.empty()) about.state = state;
  }
  for (const auto& user : view.users) {
    const auto& about = told[user.id];
    if (about.created != 1) return broken(fmt::format("{} events tell of the creation of {}", about.created, user.username));
    if (about.deleted != 0) return broken(fmt::format("an event tells of the deletion of {}, who is there", user.username));
    if (in_order && !about.state.empty() && about.state != user.state) return broken(fmt::format("{} is {}, and the last event tells of {}", user.username, user.state, about.state));
    if (about.state.empty() && user.state == "SUSPENDED") return broken(fmt::format("{} is SUSPENDED, and no event tells of it", user.username));
  }
  for (const auto& [id, about] : told) {
    if (view.user(id) == nullptr && about.created > 0 && about.deleted != 1) return broken(fmt::format("{} events tell of the deletion of {}", about.deleted, id));
  }
  return std::nullopt;
}

}  // namespace properties
