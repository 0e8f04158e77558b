// Why an act is refused before anything of the account is looked at: what is on the screen does not take it.
#pragma once

#include "fakes/devices/macos/state.h"
#include "fakes/devices/outcome.h"

namespace fakes::devices::macos {

/// ok where macOS runs.
[[nodiscard]] Outcome needs_system(const MacState& state);
/// ok on somebody's desktop; not behind a lock screen, and not while the keychain's prompt waits.
[[nodiscard]] Outcome needs_desktop(const MacState& state);
/// ok where an administrator of the Mac is in front.
[[nodiscard]] Outcome needs_administrator(const MacState& state);

}  // namespace fakes::devices::macos
