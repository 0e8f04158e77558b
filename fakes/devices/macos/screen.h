// What a Mac shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fakes/devices/macos/state.h"
#include "fakes/devices/screen.h"

namespace fakes::devices::macos {

/// Whether the window that is up, FileVault's or that of the login, offers the account by name. [rule V24] [rule V25] [rule V33]
[[nodiscard]] bool has_tile(const MacState& state, const MacAccount& account);
/// Names in Users & Groups. [rule V24]
[[nodiscard]] std::vector<std::string> users_and_groups(const MacState& state);
[[nodiscard]] Screen screen_of(const MacState& state, std::string_view device);

}  // namespace fakes::devices::macos
