// Passwords that everybody tries first: those with at least the eight characters that any policy asks for.
#pragma once

#include <string_view>

namespace directory {

/// `password` in lower case.
[[nodiscard]] bool is_common_password(std::string_view password);

}  // namespace directory
