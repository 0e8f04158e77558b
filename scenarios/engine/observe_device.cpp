// What is to be seen at a device.
#include <fmt/format.h>

#include <algorithm>

#include "fakes/devices/macos.h"
#include "fakes/devices/macos/screen.h"
#include "fakes/devices/screen_text.h"
#include "fakes/devices/windows.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/screen_record.h"

namespace scenarios {

namespace devices = fakes::devices;

namespace {

/// What only a Mac has of an account; null elsewhere.
const devices::macos::MacAccount* mac_account(const devices::Device& device, std::string_view account) {
  const auto* mac = dynamic_cast<const devices::Macos*>(&device);
  return mac == nullptr ? nullptr : devices::macos::find(mac->state(), account);
}

/// False where there is no such list.
bool in_users_and_groups(const devices::Device& device, std::string_view account) {
  const auto* mac = dynamic_cast<const devices::Macos*>(&device);
  if (mac == nullptr) return false;
  const auto names = devices::macos::users_and_groups(mac->state());
  return std::ranges::find(names, account) != names.end();
}

}  // namespace

base::Task<Observed> observe(Cast& cast, DeviceAccount wanted) {
  const auto& device = *cast.device(wanted.device).device;
  const auto subject = fmt::format("account {} on {}", wanted.account, device.name());
  const auto* account = device.find_account(wanted.account);
  const bool should_exist = wanted.exists.value_or(true);
  if (account == nullptr || !should_exist) co_return presence(subject, should_exist, account != nullptr);
  Comparison comparison(subject);
  comparison.compare("enabled", wanted.enabled, account->enabled);
  comparison.compare("managed", wanted.managed, !account->managed_for.empty());
  comparison.compare("admin", wanted.admin, account->admin);
  comparison.compare("full name", wanted.full_name, account->full_name);
  const auto tiles = device.login_screen();
  comparison.compare("listed", wanted.listed, std::ranges::find(tiles, wanted.account) != tiles.end());
  comparison.compare("in Users & Groups", wanted.in_users_and_groups, in_users_and_groups(device, wanted.account));
  comparison.compare("sudo without password", wanted.sudo_without_password, account->sudo_without_password);
  const auto* on_mac = mac_account(device, wanted.account);
  comparison.compare("SecureToken", wanted.secure_token, on_mac != nullptr && on_mac->secure_token);
  comparison.compare("unlocks the disk", wanted.file_vault_user, on_mac != nullptr && on_mac->file_vault_user);
  if (wanted.groups) {
    const auto lists = compared_lists("groups", *wanted.groups, {account->groups.begin(), account->groups.end()});
    comparison.demand(lists.expected, "groups: " + lists.found, lists.holds);
  }
  for (const auto& file : wanted.files) {
    const bool there = std::ranges::find(account->files, file) != account->files.end();
    comparison.demand("file " + file, there ? "file " + file : "no file " + file, there);
  }
  const auto opens = [&](const SecretName& name) { return device.opens(wanted.account, cast.secrets().value(name)); };
  for (const auto& [name, should_open] : {std::pair{wanted.opens_with, true}, {wanted.refuses, false}}) {
    if (!name) continue;
    const bool opened = opens(*name);
    const auto say = [&](bool yes) {
      return fmt::format("password '{}' {}", name->name, yes ? "opens it" : "does not open it");
    };
    comparison.demand(say(should_open), say(opened), opened == should_open);
  }
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DeviceSession wanted) {
  const auto& device = *cast.device(wanted.device).device;
  const auto& sessions = device.sessions();
  const bool open = sessions.has(wanted.account);
  const std::string where = !open ? "nowhere" : !sessions.in_front(wanted.account) ? "behind" : sessions.locked ? "locked" : "front";
  Comparison comparison(fmt::format("session of {} on {}", wanted.account, device.name()));
  comparison.demand(wanted.open ? "open" : "not open", open ? "it is open" : "it is not open", open == wanted.open);
  comparison.compare("where:", wanted.where, where);
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DeviceScreen wanted) {
  const auto& device = *cast.device(wanted.device).device;
  const auto seen = device.screen();
  const auto screen = to_text(seen);
  Comparison comparison("screen of " + device.name());
  if (wanted.shows)
    comparison.demand(fmt::format("shows '{}'", *wanted.shows), screen,
                      screen.find(*wanted.shows) != std::string::npos);
  if (wanted.hides)
    comparison.demand(fmt::format("hides '{}'", *wanted.hides), screen,
                      screen.find(*wanted.hides) == std::string::npos);
  auto observed = comparison.result();
  observed.screen = screen_record(seen, cast.scheduler().now());
  co_return observed;
}

base::Task<Observed> observe(Cast& cast, DevicePopups wanted) {
  const auto& device = *cast.device(wanted.device).device;
  const auto count = std::ranges::count_if(device.popups(), [&](const devices::Popup& popup) {
    return popup.account == wanted.account && popup.text.contains(wanted.text.value_or(""));
  });
  co_return counted(fmt::format("popups for {} on {}{}", wanted.account, device.name(), wanted.text ? fmt::format(" with '{}'", *wanted.text) : ""),
                    count, wanted.count);
}

base::Task<Observed> observe(Cast& cast, DeviceKeychain wanted) {
  const auto* macos = dynamic_cast<devices::Macos*>(cast.device(wanted.device).device.get());
  const auto expected =
      fmt::format("keychain of {} on {}: {}", wanted.account, wanted.device.name, wanted.state);
  if (macos == nullptr) co_return Observed{false, expected, "the device is no Mac"};
  Comparison comparison(fmt::format("keychain of {} on {}", wanted.account, wanted.device.name));
  const std::string state(to_text(macos->keychain(wanted.account)));
  comparison.demand(wanted.state, state, state == wanted.state);
  const auto* account = mac_account(*macos, wanted.account);
  const auto* keychain = account != nullptr && account->keychain ? &*account->keychain : nullptr;
  if (wanted.items) {
    const auto lists = compared_lists("items", *wanted.items, keychain == nullptr ? std::vector<std::string>{} : std::vector<std::string>(keychain->items.begin(), keychain->items.end()));
    comparison.demand(lists.expected, "items: " + lists.found, lists.holds);
  }
  comparison.compare("put aside", wanted.put_aside, account == nullptr ? std::int64_t{0} : static_cast<std::int64_t>(account->put_aside.size()));
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DevicePasswords wanted) {
  const auto& device = *cast.device(wanted.device).device;
  Comparison comparison(fmt::format("locks of {} on {}", wanted.account, device.name()));
  const auto* account = mac_account(device, wanted.account);
  if (account == nullptr) co_return Observed{false, "an account of a Mac", "there is none of that name"};
  const auto locks = [&](std::string_view lock, const std::optional<SecretName>& name, devices::PasswordId id) {
    if (!name) return;
    const bool opens = device.typed(cast.secrets().value(*name)).opens(id);
    comparison.demand(fmt::format("{} opens with '{}'", lock, name->name), fmt::format("{} {} with it", lock, opens ? "opens" : "does not open"), opens);
  };
  locks("login window", wanted.login, account->password);
  locks("FileVault", wanted.file_vault, account->preboot);
  locks("keychain", wanted.keychain, account->keychain ? account->keychain->password : devices::PasswordId::none);
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DeviceSecrets wanted) {
  const auto* windows = dynamic_cast<const devices::Windows*>(cast.device(wanted.device).device.get());
  const auto* account = windows == nullptr ? nullptr : devices::windows::find(windows->state(), wanted.account);
  if (account == nullptr) co_return Observed{false, "an account of Windows", "there is none of that name"};
  const std::vector<std::string> all = account->vault ? std::vector<std::string>(account->vault->secrets.begin(), account->vault->secrets.end()) : std::vector<std::string>{};
  const bool open = account->vault && account->vault->open;
  const auto readable = compared_lists("readable", wanted.readable, open ? all : std::vector<std::string>{});
  const auto sealed = compared_lists("sealed", wanted.sealed, open ? std::vector<std::string>{} : all);
  Comparison comparison(fmt::format("secrets of {} on {}", wanted.account, wanted.device.name));
  comparison.demand(readable.expected, "readable: " + readable.found, readable.holds);
  comparison.demand(sealed.expected, "sealed: " + sealed.found, sealed.holds);
  co_return comparison.result();
}

}  // namespace scenarios
