// Which system a request of an agent comes from.
#pragma once

#include <optional>

#include "base/http.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"

namespace directory {

/// The system whose key the request carries.
[[nodiscard]] std::optional<System> system_asking(Core& core, const base::HttpRequest& request);
/// For a request without one: 410 where the agent was told to uninstall itself, 401 for an unknown key.
/// [rule V10]
[[nodiscard]] base::HttpResponse unknown_system(Core& core, const base::HttpRequest& request);
/// The system as one who acts.
[[nodiscard]] Actor actor_of(const System& system);

}  // namespace directory
