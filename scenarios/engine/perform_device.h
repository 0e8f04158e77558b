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

}  // namespace scenarios
