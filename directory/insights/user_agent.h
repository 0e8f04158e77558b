// What a User-Agent header tells of the program and the system it ran on, in the fields of the event log.
#pragma once

#include <string_view>

#include "base/json.h"

namespace directory {

/// `{name, major, minor, build, os, os_name, device}` of the header's first product, or of the browser that it
/// names; what cannot be told is empty, and a device "Other". [rule DI20] [RFC9110 10.1.5]
[[nodiscard]] base::JsonObject user_agent_fields(std::string_view header);

}  // namespace directory
