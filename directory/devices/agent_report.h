// What an agent tells of its own accord: facts about the system, hand-offs and commands that are done,
// attempts to sign in. Reports may come twice: each part of one is idempotent.
#pragma once

#include "directory/core/core.h"
#include "directory/devices/desired_state.h"

namespace directory {

inline constexpr std::size_t largest_report = 256 << 10;

/// `{facts, handoffs_done: [id], commands_done: [id], login_attempts: […]}`, all optional. 204, or 400 naming
/// what cannot be read; nothing of the report counts then.
[[nodiscard]] Decided take_report(Core& core, const System& system, const base::JsonObject& body);

}  // namespace directory
