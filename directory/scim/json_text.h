// Boost.JSON's string_view is not the standard's; these two say so in one place.
#pragma once

#include <string_view>

#include "base/json.h"

namespace directory::scim {

[[nodiscard]] inline boost::json::string_view json_key(std::string_view name) {
  return {name.data(), name.size()};
}
[[nodiscard]] inline base::Json json_text(std::string_view value) {
  return base::Json(json_key(value));
}

}  // namespace directory::scim
