// A schema as /Schemas shows it. [RFC7643 7] [RFC7643 8.7.1]
#pragma once

#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/schema.h"

namespace fakes::scim {

/// All but `meta`, which depends on where the provider is.
[[nodiscard]] base::JsonObject describe(const Schema& schema, const Quirks& quirks);

}  // namespace fakes::scim
