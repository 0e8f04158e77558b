// What the verbs at devices share.
#pragma once

#include <string>

#include "fakes/devices/outcome.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

/// What the device says to whoever is in front of it.
inline Performed from_device(fakes::devices::Outcome outcome) {
  return outcome == fakes::devices::Outcome::ok ? Performed{} : refused(std::string(to_text(outcome)));
}

/// Why nothing can be asked of the agent of a device.
inline Performed no_agent(const Cast::DeviceParty& party) {
  return refused(party.has_agent ? "the device is off" : "the device has no agent");
}

}  // namespace scenarios
