// Where things are on this machine: the library of scripts, relative to the program.
#pragma once

#include <string>

namespace cli {

/// The folder that holds scenarios/library and scenarios/regressions, found upwards of the program; empty
/// where there is none.
[[nodiscard]] std::string project_root();
/// A path as it is shown: relative to the working directory where it lies below it.
[[nodiscard]] std::string shown_path(const std::string& path);
/// This program's own path.
[[nodiscard]] std::string program_path();

/// Writes a file, making its folder; false with a message on standard error where that fails.
bool write_file(const std::string& path, const std::string& text);

}  // namespace cli
