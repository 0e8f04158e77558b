// Where things are on this machine: the library of scripts, relative to the program. Scripts stay files where the program
// is installed too, rather than being compiled in: people name them, read them and copy them.
#pragma once

#include <string>

namespace cli {

/// The folder that holds scenarios/library, scenarios/regressions and scenarios/conformance; empty where there is none.
/// Of a program PREFIX/bin/lockstep with PREFIX/share/lockstep/scenarios it is PREFIX/share/lockstep, else it is found
/// upwards of the program.
[[nodiscard]] std::string project_root();
/// Whether the program stands beside its installed library rather than in the project's tree.
[[nodiscard]] bool is_installed();
/// What people type to start this program: `lockstep` where it is installed, else `./lockstep`, the script at the
/// project's root.
[[nodiscard]] std::string program_name();
/// A text for people in which `./lockstep` stands for program_name().
[[nodiscard]] std::string as_called(std::string text);
/// The path; where nothing is there, and it does not begin at the root, the same path below project_root() if
/// something is there. So `scenarios/library/entra` means the same folder wherever the program is called.
[[nodiscard]] std::string found_path(const std::string& path);
/// A path as it is shown: relative to the working directory, or to project_root(), where it lies below it and can be named
/// so.
[[nodiscard]] std::string shown_path(const std::string& path);
/// This program's own path.
[[nodiscard]] std::string program_path();

/// Writes a file, making its folder; false with a message on standard error where that fails.
bool write_file(const std::string& path, const std::string& text);

}  // namespace cli
