// Who asks, and whether they may. [RFC7644 2]
#pragma once

#include <optional>

#include "base/http.h"
#include "fakes/scim/request.h"

namespace fakes::scim {

/// Who the credential stands for; `nobody` where none was sent, empty where it is none that is known here.
[[nodiscard]] std::optional<Caller> caller_of(const base::Headers& headers, const ProviderOptions& options,
                                              const Quirks& quirks);

/// Whether the caller may send the request. Everybody may read the configuration, to learn how to sign in.
/// [RFC7643 5]
[[nodiscard]] bool is_allowed(const Request& request, const Quirks& quirks);

}  // namespace fakes::scim
