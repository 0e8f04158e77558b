// What somebody does at a Mac.
#include "fakes/devices/macos.h"
#include "scenarios/engine/perform_device.h"

namespace scenarios {
namespace {

namespace devices = fakes::devices;
namespace macos = fakes::devices::macos;

/// Does it at the device, where that is a Mac.
template <class Do>
Performed at_mac(Cast& cast, const DeviceRef& device, Do&& act) {
  auto* mac = dynamic_cast<devices::Macos*>(cast.device(device).device.get());
  if (mac == nullptr) return refused("the device is no Mac");
  return from_device(act(*mac));
}

macos::Breakage breakage_of(std::string_view word) {
  if (word == "no_token") return macos::Breakage::no_token;
  if (word == "od_password") return macos::Breakage::od_password;
  return word == "apfs_password" ? macos::Breakage::apfs_password : macos::Breakage::missing;
}

macos::KeychainButton button_of(std::string_view word) {
  if (word == "create_new") return macos::KeychainButton::create_new;
  return word == "update" ? macos::KeychainButton::update : macos::KeychainButton::go_on;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, DeviceUpdateKeychain verb) {
  const auto previous = cast.secrets().value(verb.password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.update_keychain(previous); });
}

base::Task<Performed> perform(Cast& cast, DeviceAnswerKeychainPrompt verb) {
  macos::KeychainChoice choice{.button = button_of(verb.choice)};
  const auto previous = verb.previous ? cast.secrets().value(*verb.previous) : base::Secret{};
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) {
    if (verb.previous) choice.previous = mac.typed(previous);
    return mac.act(macos::Act(choice));
  });
}

base::Task<Performed> perform(Cast& cast, DeviceSaveKeychainItem verb) {
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.act(macos::Act(macos::SaveItem{verb.item})); });
}

base::Task<Performed> perform(Cast& cast, DeviceConfirmPassword verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.act(macos::Act(macos::ConfirmNow{mac.typed(password)})); });
}

base::Task<Performed> perform(Cast& cast, DeviceGivePreviousPassword verb) {
  if (!verb.previous) {
    co_return at_mac(cast, verb.device, [](devices::Macos& mac) { return mac.act(macos::Act(macos::SkipPrevious{})); });
  }
  const auto previous = cast.secrets().value(*verb.previous);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.act(macos::Act(macos::GivePrevious{mac.typed(previous)})); });
}

base::Task<Performed> perform(Cast& cast, DeviceChangeInSettings verb) {
  const auto present = cast.secrets().value(verb.old_password);
  const auto password = cast.secrets().value(verb.new_password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.change_in_settings(present, password); });
}

base::Task<Performed> perform(Cast& cast, DeviceCompleteSetup verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) {
    return mac.complete_setup(verb.account, verb.full_name.value_or(verb.account), password);
  });
}

base::Task<Performed> perform(Cast& cast, DeviceUnlockDisk verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) { return mac.unlock_disk(verb.account, password); });
}

base::Task<Performed> perform(Cast& cast, DeviceTurnOnFileVault verb) {
  co_return at_mac(cast, verb.device, [](devices::Macos& mac) { return mac.act(macos::Act(macos::TurnFileVaultOn{})); });
}

base::Task<Performed> perform(Cast& cast, DeviceAddToFileVault verb) {
  const auto password = cast.secrets().value(verb.password);
  const auto by_password = cast.secrets().value(verb.by_password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) {
    return mac.act(macos::Act(macos::AddToFileVault{verb.account, mac.typed(password), verb.by, mac.typed(by_password)}));
  });
}

base::Task<Performed> perform(Cast& cast, DeviceGrantSecureToken verb) {
  const auto from_password = cast.secrets().value(verb.from_password);
  const auto to_password = cast.secrets().value(verb.to_password);
  co_return at_mac(cast, verb.device, [&](devices::Macos& mac) {
    return mac.act(macos::Act(macos::GrantToken{verb.from, mac.typed(from_password), verb.to, mac.typed(to_password)}));
  });
}

base::Task<Performed> perform(Cast& cast, DeviceBreakServiceAccount verb) {
  co_return at_mac(cast, verb.device,
                   [&](devices::Macos& mac) { return mac.act(macos::Act(macos::BreakServiceAccount{breakage_of(verb.how)})); });
}

base::Task<Performed> perform(Cast& cast, DeviceChooseWifi verb) {
  co_return at_mac(cast, verb.device, [](devices::Macos& mac) { return mac.act(macos::Act(macos::ChooseWifi{})); });
}

base::Task<Performed> perform(Cast& cast, DeviceRefreshLoginWindow verb) {
  co_return at_mac(cast, verb.device, [](devices::Macos& mac) { return mac.act(macos::Act(macos::RefreshLoginWindow{})); });
}

}  // namespace scenarios
