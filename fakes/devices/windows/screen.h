// What a Windows computer shows.
#pragma once

#include <string_view>

#include "fakes/devices/screen.h"
#include "fakes/devices/windows/state.h"

namespace fakes::devices::windows {

/// Whether the login screen offers the account by name. [rule V27]
[[nodiscard]] bool has_tile(const WindowsState& state, const WindowsAccount& account);
[[nodiscard]] Screen screen_of(const WindowsState& state, std::string_view device);

}  // namespace fakes::devices::windows
