// What a provider says of itself. [RFC7644 4] [RFC7643 5] [RFC7643 6] [RFC7643 7]
#pragma once

#include <expected>

#include "base/http.h"
#include "fakes/scim/provider_options.h"
#include "fakes/scim/request.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

/// The resource types that are served.
[[nodiscard]] const std::vector<const ResourceType*>& served_types(const ProviderOptions& options);

/// Whether the request goes to /ServiceProviderConfig, /ResourceTypes, /Schemas or below.
[[nodiscard]] bool is_discovery(const Request& request);

/// Answers such a request. A filter is refused, sorting and paging have no effect. [RFC7644 4]
[[nodiscard]] std::expected<base::HttpResponse, ScimError> describe_provider(const Request& request,
                                                                             const ProviderOptions& options,
                                                                             const Quirks& quirks);

}  // namespace fakes::scim
