#include "fakes/devices/macos/gates.h"

namespace fakes::devices::macos {

Outcome needs_system(const MacState& state) {
  switch (stage_of(state)) {
    case MacStage::off: return Outcome::off;
    case MacStage::setup: return Outcome::in_setup;
    case MacStage::preboot: return Outcome::preboot;
    default: return Outcome::ok;
  }
}

Outcome needs_desktop(const MacState& state) {
  switch (stage_of(state)) {
    case MacStage::desktop: return Outcome::ok;
    case MacStage::keychain_prompt: return Outcome::in_use;
    case MacStage::locked: return Outcome::locked;
    case MacStage::login:
    case MacStage::web_view: return Outcome::not_signed_in;
    default: return needs_system(state);
  }
}

Outcome needs_administrator(const MacState& state) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  return in_front(state)->admin ? Outcome::ok : Outcome::not_administrator;
}

}  // namespace fakes::devices::macos
