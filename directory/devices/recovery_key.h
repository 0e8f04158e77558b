// The recovery key of a system's encrypted disk in escrow: its agent hands in each key that it makes, and whoever may
// manage devices reads the newest. [rule V69] [rule D123]
#pragma once

#include <optional>

#include "base/json.h"
#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"

namespace directory {

inline constexpr std::size_t longest_recovery_key = 128;

/// `{sequence, key}`, inside a transaction: 204 once the key is kept, also for one that was handed in before; a key
/// that is older than the one kept changes nothing. 400 for what cannot be read, 409 where there is no vault key to
/// seal it with. Each new key is an event of the systems service. [rule DI52]
[[nodiscard]] Decided take_recovery_key(Core& core, const System& system, const base::JsonObject& body);

/// The newest key; nothing where there is none, or the vault key is not the one that sealed it.
[[nodiscard]] std::optional<base::Secret> find_recovery_key(Core& core, const SystemId& system);
[[nodiscard]] bool has_recovery_key(Database& db, const SystemId& system);

}  // namespace directory
