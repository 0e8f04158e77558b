#include "serve/world_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "scenarios/script/decode.h"
#include "serve/embedded.h"
#include "serve/party.h"

namespace serve {
namespace {

scenarios::Scenario world_that_comes_along(std::string_view name) {
  auto scenario = scenarios::decode_scenario(embedded_text(name));
  if (!scenario) throw std::logic_error(fmt::format("{}: {}", name, scenario.error().message));
  return *std::move(scenario);
}

}  // namespace

scenarios::Scenario small_company(base::Instant start, bool with_devices) {
  auto scenario = world_that_comes_along("small_company");
  if (with_devices) scenario.world.devices = world_that_comes_along("devices").world.devices;
  scenario.world.start = start;
  return scenario;
}

std::string unfit_to_serve(const scenarios::Scenario& scenario) {
  const auto is_outside = [](const auto& device) { return device.name == outside_host; };
  if (std::ranges::any_of(scenario.world.devices, is_outside)) return fmt::format("a device cannot be called '{}', as who asks from outside is", outside_host);
  return {};
}

}  // namespace serve
