// Errors of the control port as problem details. [RFC9457 3]
#pragma once

#include <string_view>

#include "base/http.h"
#include "base/json.h"

namespace serve {

[[nodiscard]] base::HttpResponse problem(int status, std::string_view detail);
[[nodiscard]] base::HttpResponse json_answer(int status, base::JsonObject body);

}  // namespace serve
