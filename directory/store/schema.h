// The database's schema as a list of migrations; the n-th brings a database from version n to n + 1.
#pragma once

#include <span>

namespace directory {

[[nodiscard]] std::span<const char* const> migrations();

}  // namespace directory
