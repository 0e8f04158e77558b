// Answers as they go out: bodies, error bodies, media types. [RFC7644 3.8] [RFC7644 3.12]
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

inline constexpr std::string_view list_schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

[[nodiscard]] base::HttpResponse json_answer(int status, const base::JsonObject& body, const Quirks& quirks);

[[nodiscard]] base::JsonObject error_body(const ScimError& error, const Quirks& quirks);
[[nodiscard]] base::HttpResponse error_answer(const ScimError& error, const Quirks& quirks);

}  // namespace fakes::scim
