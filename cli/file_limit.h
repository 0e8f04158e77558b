// How many files, and so connections, this process may have open.
#pragma once

#include <cstddef>

namespace cli {

/// Raises the limit to `wanted` where the system allows it; how many there may be now.
std::size_t raise_file_limit(std::size_t wanted);

}  // namespace cli
