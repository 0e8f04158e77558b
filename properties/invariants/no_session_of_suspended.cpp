#include <fmt/format.h>

#include "fakes/devices/session_bounds.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

constexpr std::string_view suspended_law = "no-session-of-suspended";

/// A session counts wherever it goes on: in front, locked or behind the login screen. Windows Home ends none, and is judged by who
/// gets in, not by who stays. [rule V21]
std::optional<Violation> judge_devices(const FinalView& view, const DirectoryUserView& user) {
  for (const auto& [name, party] : view.cast->devices()) {
    const auto& device = *party.device;
    const auto* account = device.find_managed(user.id);
    if (account == nullptr || !device.sessions().has(account->name) || !device.ends_sessions_of_disabled()) continue;
    const auto& bound = fakes::devices::connected;
    Violation violation{std::string(suspended_law),
                        fmt::format("{} is suspended and signed in at {}: {} [{}]", user.username, name, bound.law, bound.rule), {}};
    violation.expectation.observation = scenarios::DeviceSession{scenarios::DeviceRef{name}, account->name, false};
    violation.expectation.rules = {"R20", "V20"};
    return violation;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Violation> judge_no_session_of_suspended(const FinalView& view) {
  for (const auto& user : view.users) {
    if (user.state != "SUSPENDED") continue;
    if (auto violation = judge_devices(view, user)) return violation;
    for (const auto& [person, open] : view.portal_sessions) {
      if (!open || view.cast->people().at(person).username != user.username) continue;
      Violation violation{
          std::string(suspended_law), fmt::format("{} is suspended and logged in to the portal", user.username), {}};
      violation.expectation.observation = scenarios::PortalSession{scenarios::PersonRef{person}, false};
      violation.expectation.rules = {"D18"};
      return violation;
    }
  }
  return std::nullopt;
}

}  // namespace properties
