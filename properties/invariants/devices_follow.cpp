#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Devices that are on, out of trouble and in contact. Whose account could not be made there is not judged: names may be too long or
/// taken.
std::optional<Violation> judge_devices_follow(const FinalView& view) {
  for (const auto& system : view.systems) {
    const auto found = view.cast->devices().find(system.hostname);
    if (found == view.cast->devices().end() || found->second.agent == nullptr || !found->second.device->running()) continue;
    const auto& device = *found->second.device;
    const auto& spec = *std::ranges::find(view.cast->spec().devices, system.hostname, &scenarios::DeviceSpec::name);
    for (const auto* account : device.accounts()) {
      if (!account->managed()) {
        // The agent has made it, and lets nobody in once it has let go of it.
        const bool was_there = std::ranges::count(spec.accounts, account->name, &scenarios::AccountSpec::name) > 0;
        const auto owner = std::ranges::find(view.users, account->name, &DirectoryUserView::username);
        if (account->enabled && !was_there && owner != view.users.end())
          return breach_of("devices-follow", fmt::format("nobody manages {} on {} any more, and it is enabled", account->name, system.hostname));
        continue;
      }
      const auto* user = view.user(account->managed_for);
      const bool bound = std::ranges::count(system.users, account->managed_for) > 0;
      const bool may = user != nullptr && bound && user->state == "ACTIVATED" && !user->locked && !user->password_expired;
      const bool must_not = user == nullptr || user->state != "ACTIVATED";
      if (account->enabled && must_not)
        return breach_of("devices-follow", fmt::format("{} is {}, and enabled on {}", account->name, user == nullptr ? "gone" : user->state, system.hostname));
      if (account->enabled && !bound) return breach_of("devices-follow", fmt::format("{} may not use {}, and is enabled there", account->name, system.hostname));
      if (!account->enabled && may) return breach_of("devices-follow", fmt::format("{} may use {}, and is disabled there", account->name, system.hostname));
    }
    for (const auto& id : system.users) {
      const auto* user = view.user(id);
      if (user == nullptr || user->state != "ACTIVATED" || !user->has_password || user->locked || user->password_expired) continue;
      if (device.find_managed(id) != nullptr || !fakes::devices::name_allowed(user->username, device.platform())) continue;
      const auto* other = device.find_account(user->username);
      const bool may_be_taken = other == nullptr || (!other->managed() && other->kind == fakes::devices::AccountKind::local);
      if (!may_be_taken || device.membership() == fakes::devices::Membership::domain) continue;
      return breach_of("devices-follow", fmt::format("{} may use {}, and has no account there", user->username, system.hostname));
    }
  }
  return std::nullopt;
}

}  // namespace properties
