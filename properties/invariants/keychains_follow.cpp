#include <fmt/format.h>

#include <algorithm>

#include "fakes/devices/macos.h"
#include "fakes/devices/macos/acts.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// Where the last password of all was set by its owner on a Mac and reached the directory, that Mac's keychain has it.
std::optional<Violation> judge_keychains_follow(const FinalView& view) {
  std::map<std::string, PasswordSet, std::less<>> last;
  for (const auto& set : passwords_set(view)) {
    if (set.user.empty() && !set.username.empty()) {
      for (const auto& user : view.users) {
        if (user.username == set.username) last[user.id] = set;
      }
    } else if (set.user.empty()) {
      last.clear();
    } else {
      last[set.user] = set;
    }
  }
  for (const auto& [id, set] : last) {
    const auto party = view.cast->devices().find(set.device);
    const auto* mac = party == view.cast->devices().end() ? nullptr : dynamic_cast<const fakes::devices::Macos*>(party->second.device.get());
    const auto* account = mac == nullptr ? nullptr : mac->find_managed(id);
    const auto* on_mac = account == nullptr ? nullptr : fakes::devices::macos::find(mac->state(), account->name);
    if (on_mac == nullptr || !on_mac->keychain || !set.acknowledged) continue;
    const auto typed = mac->typed(base::Secret(set.password));
    if (typed.opens(on_mac->password) && !typed.opens(on_mac->keychain->password))
      return breach_of("keychains-follow", fmt::format("{} has changed the password on {}, and the keychain keeps the earlier one", account->name, set.device));
  }
  return std::nullopt;
}

}  // namespace properties
