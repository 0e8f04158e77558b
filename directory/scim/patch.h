// PATCH bodies, in the RFC's form and in the dialects that provisioning clients send.
#pragma once

#include <expected>

#include "base/json.h"
#include "directory/scim/user_resource.h"

namespace directory::scim {

inline constexpr std::size_t most_operations = 1000;

/// Applies all operations or, with an error, none that the caller keeps. `op` in any letter case; `replace` and
/// `add` without a path take an object whose keys may be dotted paths; `remove` needs a path. Unknown attributes
/// are ignored. [RFC7644 3.5.2] [Entra provisioning-clients 2.1-08] [Entra provisioning-clients 2.8-03]
[[nodiscard]] std::expected<void, InvalidValue> apply_patch(ResourceState& state, const base::JsonObject& body);

}  // namespace directory::scim
