// The exit codes that every command shares; scenarios/run_record.h says what runs come to.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>

namespace cli {

inline constexpr int exit_pass = 0;
inline constexpr int exit_violation = 1;
inline constexpr int exit_not_judged = 2;
inline constexpr int exit_usage = 64;  ///< bad usage, or a script that cannot be read
/// What a command needs cannot be had: a port in use, a folder that is locked or not writable, a newer database.
inline constexpr int exit_unavailable = 69;
inline constexpr int exit_bench = 70;  ///< a bug of the bench, or of the machine under it

/// Says what is wrong on standard error; the code is the command's.
inline int complain(int exit_code, std::string_view message) {
  fmt::print(stderr, "lockstep: {}\n", message);
  return exit_code;
}

}  // namespace cli
