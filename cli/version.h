// The program's version; CMakeLists.txt says the same.
#pragma once

namespace cli {

inline constexpr auto version = "0.1.0";

}  // namespace cli
