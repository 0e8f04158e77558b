// What somebody does at the keyboard of a device.
#include <fmt/format.h>

#include "fakes/devices/macos.h"
#include "scenarios/engine/errand.h"
#include "scenarios/engine/perform_device.h"

namespace scenarios {
namespace {

namespace devices = fakes::devices;

using ChangeErrand = Errand<devices::PasswordChange>;
using ProvisioningErrand = Errand<devices::Provisioning>;

base::Task<void> provision_on_device(devices::Agent& agent, std::string username, base::Secret password,
                                     std::optional<devices::LocalPasscode> passcode,
                                     std::shared_ptr<ProvisioningErrand> errand) {
  const Ending ending(errand);
  errand->outcome =
      co_await agent.provision_account(std::move(username), std::move(password), std::move(passcode));
}

base::Task<void> change_on_device(devices::Agent& agent, std::string account, base::Secret old_password,
                                  base::Secret new_password, std::shared_ptr<ChangeErrand> errand) {
  const Ending ending(errand);
  errand->outcome =
      co_await agent.change_password(std::move(account), std::move(old_password), std::move(new_password));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, DeviceSignIn verb) {
  const auto password = cast.secrets().value(verb.password);
  const auto by = verb.by == "tile" ? devices::By::tile : devices::By::typed_name;
  co_return from_device(cast.device(verb.device).device->sign_in(verb.account, password, by));
}

base::Task<Performed> perform(Cast& cast, DeviceSignOut verb) {
  co_return from_device(cast.device(verb.device).device->sign_out());
}

base::Task<Performed> perform(Cast& cast, DeviceChangePassword verb) {
  auto& party = cast.device(verb.device);
  if (party.agent == nullptr || !party.device->powered()) co_return no_agent(party);
  if (party.device->session() != verb.account || party.device->locked())
    co_return refused(fmt::format("{} is not signed in", verb.account));
  const auto errand = std::make_shared<ChangeErrand>(cast.scheduler());
  party.host->spawn("password app",
                    change_on_device(*party.agent, verb.account, cast.secrets().value(verb.old_password),
                                     cast.secrets().value(verb.new_password), errand));
  if (!errand->ended) co_await errand->over.wait("a password change on a device");
  if (!errand->outcome) co_return Performed{Performed::Kind::no_answer, "the device lost power"};
  switch (*errand->outcome) {
    case devices::PasswordChange::ok:
      co_return Performed{};
    case devices::PasswordChange::offline:
      co_return Performed{Performed::Kind::no_answer, "the directory did not answer"};
    default:
      co_return refused(std::string(to_text(*errand->outcome)));
  }
}

base::Task<Performed> perform(Cast& cast, DeviceProvisionAccount verb) {
  auto& party = cast.device(verb.device);
  if (party.agent == nullptr || !party.device->powered()) co_return no_agent(party);
  if (verb.as_pin && !verb.passcode) co_return refused("no PIN is chosen");
  std::optional<devices::LocalPasscode> passcode;
  if (verb.passcode) passcode = devices::LocalPasscode{cast.secrets().value(*verb.passcode), verb.as_pin};
  const auto errand = std::make_shared<ProvisioningErrand>(cast.scheduler());
  party.host->spawn("login window",
                    provision_on_device(*party.agent, cast.person(verb.user).username,
                                        cast.secrets().value(verb.password), std::move(passcode), errand));
  if (!errand->ended) co_await errand->over.wait("a provisioning at a device");
  if (!errand->outcome) co_return Performed{Performed::Kind::no_answer, "the device lost power"};
  switch (errand->outcome->kind) {
    case devices::Provisioning::Kind::ok:
      co_return Performed{};
    case devices::Provisioning::Kind::offline:
      co_return Performed{Performed::Kind::no_answer, "the directory did not answer"};
    case devices::Provisioning::Kind::refused:
    case devices::Provisioning::Kind::under_way:
      co_return refused(errand->outcome->message);
  }
  co_return refused("");
}

base::Task<Performed> perform(Cast& cast, DeviceLock verb) {
  co_return from_device(cast.device(verb.device).device->lock());
}

base::Task<Performed> perform(Cast& cast, DeviceSwitchUser verb) {
  co_return from_device(cast.device(verb.device).device->switch_user());
}

base::Task<Performed> perform(Cast& cast, DeviceRestart verb) {
  co_return from_device(cast.device(verb.device).device->act(devices::PersonAct(devices::Restart{})));
}

base::Task<Performed> perform(Cast& cast, DeviceDisableAccount verb) {
  co_return from_device(cast.device(verb.device).device->act(devices::PersonAct(devices::DisableAccount{verb.account})));
}

base::Task<Performed> perform(Cast& cast, DeviceEnableAccount verb) {
  auto& device = *cast.device(verb.device).device;
  // On a Mac by dscl, which takes `;DisabledUser;` away. [rule V23]
  if (auto* mac = dynamic_cast<devices::Macos*>(&device)) {
    co_return from_device(mac->act(devices::macos::Act(devices::macos::RemoveDisabledToken{verb.account})));
  }
  co_return from_device(device.act(devices::PersonAct(devices::EnableAccount{verb.account})));
}

base::Task<Performed> perform(Cast& cast, DeviceResetPassword verb) {
  auto& device = *cast.device(verb.device).device;
  const auto password = cast.secrets().value(verb.password);
  co_return from_device(device.act(devices::PersonAct(devices::ResetPassword{verb.account, {device.remember(password)}})));
}

base::Task<Performed> perform(Cast& cast, DevicePowerOff verb) {
  auto& party = cast.device(verb.device);
  if (!party.host->up() || !party.device->powered()) co_return refused("the device is off already");
  party.host->crash();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, DevicePowerOn verb) {
  auto& party = cast.device(verb.device);
  if (party.host->up() && party.device->powered()) co_return refused("the device is on already");
  // A device that was shut down on command has no power, though its host is there.
  if (party.host->up()) party.host->crash();
  party.host->start();
  co_return Performed{};
}

}  // namespace scenarios
