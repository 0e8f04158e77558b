// The login window of a device: its web view is a browser with cookies of its own, on the device's network.
#include <fmt/format.h>

#include "scenarios/engine/errand.h"
#include "scenarios/engine/perform_device.h"
#include "scenarios/engine/web_page.h"

namespace scenarios {
namespace {

namespace devices = fakes::devices;

using Begin = Errand<devices::ProvisioningBegun>;
using Completion = Errand<devices::Provisioning>;

base::Task<void> begin_on_device(devices::Agent* agent, std::string username, bool password_sync, std::shared_ptr<Begin> errand) {
  const Ending ending(errand);
  auto begun = co_await agent->begin_provisioning(std::move(username), password_sync);
  errand->outcome = std::move(begun);
}

base::Task<void> complete_on_device(devices::Agent* agent, std::optional<devices::LocalPasscode> passcode,
                                    std::shared_ptr<Completion> errand) {
  const Ending ending(errand);
  auto completed = co_await agent->complete_provisioning(std::move(passcode));
  errand->outcome = std::move(completed);
}

Performed lost_power() { return {Performed::Kind::no_answer, "the device lost power"}; }

Performed from_provisioning(const devices::Provisioning& provisioning) {
  switch (provisioning.kind) {
    case devices::Provisioning::Kind::ok: return {};
    case devices::Provisioning::Kind::offline: return {Performed::Kind::no_answer, "the directory did not answer"};
    case devices::Provisioning::Kind::under_way: return refused("the person is still at the identity provider");
    case devices::Provisioning::Kind::refused: return refused(provisioning.message);
  }
  return {};
}

bool shows_web_view(const Cast::DeviceParty& party) {
  return party.agent != nullptr && party.device->screen().kind == devices::Screen::Kind::web_view;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, DeviceStartProvisioning verb) {
  auto& party = cast.device(verb.device);
  if (party.agent == nullptr || !party.device->running()) co_return no_agent(party);
  const auto& person = cast.person(verb.user);
  const auto errand = std::make_shared<Begin>(cast.scheduler());
  party.host->spawn("login window", begin_on_device(party.agent, person.username, verb.password_sync, errand));
  if (!errand->ended) co_await errand->over.wait("the login window of a device");
  if (!errand->outcome) co_return lost_power();
  if (std::holds_alternative<devices::AsksPassword>(*errand->outcome)) co_return refused("the login window asks for a password");
  if (const auto* ended = std::get_if<devices::Provisioning>(&*errand->outcome)) co_return from_provisioning(*ended);
  const auto& page = std::get<devices::ShowsPage>(*errand->outcome);
  party.web_view = Browser{};
  const auto cookie = page.set_cookie.substr(0, page.set_cookie.find(';'));
  if (const auto equals = cookie.find('='); equals != std::string::npos) {
    const std::string host(cast.directory_request("GET", "/").host());
    party.web_view.cookies[host][cookie.substr(0, equals)] = cookie.substr(equals + 1);
  }
  auto& transport = cast.world().network().transport(*party.host);
  auto outcome = co_await open_sign_in(&transport, &party.web_view, page.address, person.email);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, DeviceEnterPassword verb) {
  auto& party = cast.device(verb.device);
  const auto& page = party.web_view.page;
  if (!shows_web_view(party) || !page || !asks_for_password(*page)) co_return refused("the login window shows no page that asks for a password");
  Typed typed;
  typed.user_name = cast.person(verb.user).email;
  typed.password = cast.secrets().value(verb.password).reveal();
  auto& transport = cast.world().network().transport(*party.host);
  auto outcome = co_await submit(&transport, &party.web_view, std::move(typed));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, DeviceFinishProvisioning verb) {
  auto& party = cast.device(verb.device);
  if (party.agent == nullptr || !party.device->running()) co_return no_agent(party);
  if (verb.as_pin && !verb.passcode) co_return refused("no PIN is chosen");
  std::optional<devices::LocalPasscode> passcode;
  if (verb.passcode) passcode = devices::LocalPasscode{cast.secrets().value(*verb.passcode), verb.as_pin};
  const auto errand = std::make_shared<Completion>(cast.scheduler());
  party.host->spawn("login window", complete_on_device(party.agent, std::move(passcode), errand));
  if (!errand->ended) co_await errand->over.wait("the login window of a device");
  if (!errand->outcome) co_return lost_power();
  co_return from_provisioning(*errand->outcome);
}

base::Task<Performed> perform(Cast& cast, DeviceReinstallAgent verb) {
  auto& party = cast.device(verb.device);
  const bool has_none = !party.has_agent && party.host->up();
  if ((party.agent == nullptr && !has_none) || !party.device->running()) co_return no_agent(party);
  cast.reinstall_agent(party);
  co_return Performed{};
}

}  // namespace scenarios
