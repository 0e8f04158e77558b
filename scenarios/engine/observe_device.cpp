// What is to be seen at a device.
#include <fmt/format.h>

#include <algorithm>

#include "fakes/devices/macos.h"
#include "fakes/devices/screen_text.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/screen_record.h"

namespace scenarios {

namespace devices = fakes::devices;

base::Task<Observed> observe(Cast& cast, DeviceAccount wanted) {
  const auto& device = *cast.device(wanted.device).device;
  const auto subject = fmt::format("account {} on {}", wanted.account, device.name());
  const auto* account = device.find_account(wanted.account);
  const bool should_exist = wanted.exists.value_or(true);
  if (account == nullptr || !should_exist) {
    co_return Observed{(account != nullptr) == should_exist,
                       fmt::format("{}: {}", subject, should_exist ? "exists" : "does not exist"),
                       account != nullptr ? "it exists" : "it does not exist"};
  }
  Comparison comparison(subject);
  comparison.compare("enabled", wanted.enabled, account->enabled);
  comparison.compare("managed", wanted.managed, !account->managed_for.empty());
  comparison.compare("admin", wanted.admin, account->admin);
  comparison.compare("full name", wanted.full_name, account->full_name);
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
  const bool open = device.sessions().has(wanted.account);
  co_return Observed{open == wanted.open,
                     fmt::format("session of {} on {}: {}", wanted.account, device.name(),
                                 wanted.open ? "open" : "not open"),
                     open ? "it is open" : "it is not open"};
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

base::Task<Observed> observe(Cast& cast, DeviceKeychain wanted) {
  const auto* macos = dynamic_cast<devices::Macos*>(cast.device(wanted.device).device.get());
  const auto expected =
      fmt::format("keychain of {} on {}: {}", wanted.account, wanted.device.name, wanted.state);
  if (macos == nullptr) co_return Observed{false, expected, "the device is no Mac"};
  const auto state = to_text(macos->keychain(wanted.account));
  co_return Observed{state == wanted.state, expected, std::string(state)};
}

}  // namespace scenarios
