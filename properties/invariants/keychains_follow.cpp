#include <fmt/format.h>

#include <algorithm>

#include "fakes/devices/macos.h"
#include "fakes/devices/macos/acts.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

struct LastPassword {
  PasswordSet set;
  std::optional<PasswordSet> before;
};

}  // namespace

/// Where the last password of all was set by its owner on a Mac and reached the directory, that Mac's keychain does not stay with the
/// one before. It may have an earlier one still, where that was set elsewhere and the keychain was never asked to follow. [rule V61]
std::optional<Violation> judge_keychains_follow(const FinalView& view) {
  std::map<std::string, LastPassword, std::less<>> last;
  const auto follows = [&](const std::string& id, const PasswordSet& set) {
    const auto known = last.find(id);
    last[id] = {set, known == last.end() ? std::nullopt : std::optional(known->second.set)};
  };
  for (const auto& set : passwords_set(view)) {
    if (set.user.empty() && set.username.empty()) last.clear();
    if (!set.user.empty()) follows(set.user, set);
    for (const auto& user : view.users) {
      if (set.user.empty() && !set.username.empty() && user.username == set.username) follows(user.id, set);
    }
  }
  for (const auto& [id, passwords] : last) {
    const auto& set = passwords.set;
    const auto party = view.cast->devices().find(set.device);
    const auto* mac = party == view.cast->devices().end() ? nullptr : dynamic_cast<const fakes::devices::Macos*>(party->second.device.get());
    const auto* account = mac == nullptr ? nullptr : mac->find_managed(id);
    const auto* on_mac = account == nullptr ? nullptr : fakes::devices::macos::find(mac->state(), account->name);
    if (on_mac == nullptr || !on_mac->keychain || !set.acknowledged || !passwords.before) continue;
    const auto typed = mac->typed(base::Secret(set.password));
    const auto before = mac->typed(base::Secret(passwords.before->password));
    if (typed.opens(on_mac->password) && !typed.opens(on_mac->keychain->password) && before.opens(on_mac->keychain->password))
      return breach_of("keychains-follow", fmt::format("{} has changed the password on {}, and the keychain keeps the earlier one", account->name, set.device));
  }
  return std::nullopt;
}

}  // namespace properties
