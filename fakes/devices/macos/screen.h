// What a Mac shows.
#pragma once

#include <string>
#include <string_view>

#include "fakes/devices/macos/state.h"
#include "fakes/devices/screen.h"

namespace fakes::devices::macos {

/// Whether the login window offers the account by name. [rule V24]
[[nodiscard]] bool has_tile(const MacState& state, const MacAccount& account);
[[nodiscard]] Screen screen_of(const MacState& state, std::string_view device);

}  // namespace fakes::devices::macos
