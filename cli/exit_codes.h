// The exit codes that every command shares; scenarios/run_record.h says what runs come to.
#pragma once

namespace cli {

inline constexpr int exit_pass = 0;
inline constexpr int exit_usage = 64;  ///< bad usage, or a script that cannot be read
inline constexpr int exit_bench = 70;  ///< a bug of the bench, or of the machine under it

}  // namespace cli
