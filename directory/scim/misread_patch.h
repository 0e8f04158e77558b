// Seeded defects in how a PATCH is read: what servers are known to have made of what Entra and Okta send.
#pragma once

#include <optional>

#include "base/json.h"
#include "directory/core/core.h"

namespace directory::scim {

/// The body as a server with the core's defects takes it; nothing where it has none, so that a directory without them copies nothing.
[[nodiscard]] std::optional<base::JsonObject> as_misread(const Core& core, const base::JsonObject& body);

}  // namespace directory::scim
