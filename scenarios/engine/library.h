// Scripts on disk: finding them, reading them.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/decode.h"

namespace scenarios {

/// A script that could be read.
struct LoadedScript {
  std::string path;
  Scenario scenario;
};

/// Why a path gives no script: `path:line:column: message`, or `path: message`.
struct LoadError {
  std::string path;
  std::string text;
};

/// Every `.yaml` under the paths, folders searched through in order of their names. A path that does not
/// exist, holds no script, or is larger than a script may be is an error.
[[nodiscard]] std::expected<std::vector<std::string>, LoadError> find_scripts(
    const std::vector<std::string>& paths);

[[nodiscard]] std::expected<LoadedScript, LoadError> load_script(const std::string& path);

}  // namespace scenarios
