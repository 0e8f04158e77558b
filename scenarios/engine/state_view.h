// What everybody knows at an instant, as words: the users and groups of the directory as its admin API shows them, the accounts of the
// Microsoft tenant and of the Okta org, the devices with their accounts and sessions, and hosts that are down.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scenarios {

class Cast;

/// Things such as `directory user amy`, and what is to be said of each: field to value.
using StateView = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// Seen by a copy of the process that is thrown away, since the directory is asked past the network, which takes events and time: the world
/// is left as it was. What the directory does not show is missing; where it does not run, that is said. Text is redacted. Nothing where the
/// copy dies over it.
[[nodiscard]] std::optional<StateView> look_at_state(Cast& cast);

/// One line a thing that has come (`+`, without what is false of it), changed (`~ field old -> new`) or gone (`-`), by name.
[[nodiscard]] std::vector<std::string> changes_between(const StateView& before, const StateView& after);

/// One line, there and back.
[[nodiscard]] std::string encode_state(const StateView& state);
[[nodiscard]] base::Result<StateView> decode_state(std::string_view line);

}  // namespace scenarios
