#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// The last password that somebody is sure to have, where nothing that came later or at the same time is in doubt.
std::map<std::string, std::string, std::less<>> sure_passwords(const FinalView& view) {
  std::map<std::string, std::string, std::less<>> sure;
  for (const auto& set : passwords_set(view)) {
    std::string id = set.user;
    for (const auto& user : view.users) {
      if (!set.username.empty() && user.username == set.username) id = user.id;
    }
    if (id.empty()) {
      sure.clear();  // it may be anybody's
    } else if (set.acknowledged) {
      sure[id] = set.password;
    } else {
      sure.erase(id);
    }
  }
  return sure;
}

}  // namespace

std::optional<Violation> judge_passwords_agree(const FinalView& view) {
  const auto sure = sure_passwords(view);
  for (const auto& system : view.systems) {
    const auto found = view.cast->devices().find(system.hostname);
    if (found == view.cast->devices().end() || found->second.agent == nullptr || !found->second.device->running()) continue;
    const auto& device = *found->second.device;
    for (const auto& id : system.users) {
      const auto* user = view.user(id);
      const auto* account = device.find_managed(id);
      const auto password = sure.find(id);
      if (user == nullptr || account == nullptr || password == sure.end() || user->state != "ACTIVATED" || !account->enabled || user->locked) continue;
      if (!device.opens(account->name, base::Secret(password->second)))
        return breach_of("passwords-agree", fmt::format("the account of {} on {} does not open with the directory's password", user->username, system.hostname));
    }
  }
  return std::nullopt;
}

}  // namespace properties
