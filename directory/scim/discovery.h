// What the provider says of itself, in the policy of the integration that asks: the same facts that the other
// routes act on. [RFC7643 5] [RFC7643 6] [RFC7643 7] [RFC7644 4]
#pragma once

#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "directory/scim/policy.h"

namespace directory::scim {

[[nodiscard]] base::JsonObject service_provider_config(const Policy& policy, std::string_view base_url);

/// Each with its `meta`.
[[nodiscard]] base::JsonArray resource_types(const Policy& policy, std::string_view base_url);
[[nodiscard]] base::JsonArray schemas(const Policy& policy, std::string_view base_url);

}  // namespace directory::scim
