// Seeded defects in how a PATCH is read: what servers are known to have made of what Entra and Okta send.
#pragma once

#include "base/json.h"
#include "directory/core/core.h"

namespace directory::scim {

/// The body as a server with the core's defects takes it; without any, the body itself.
[[nodiscard]] base::JsonObject as_misread(const Core& core, const base::JsonObject& body);

}  // namespace directory::scim
