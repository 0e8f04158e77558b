// How the answer of an authorization endpoint reaches the app. [OAuth multiple-response-types 2.1] [OAuth form-post-response-mode 2]
#pragma once

#include <cstdint>
#include <string>

#include "base/http.h"
#include "fakes/oidc/form.h"

namespace fakes::oidc {

enum class ResponseMode : std::uint8_t { query, fragment, form_post };

/// Leads the browser to `redirect_uri`, which may have a query of its own.
[[nodiscard]] base::HttpResponse send_back(ResponseMode mode, const std::string& redirect_uri, const Parameters& parameters);

}  // namespace fakes::oidc
