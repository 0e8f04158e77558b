// The file that says how to reach a provider outside the bench.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace cli {

/// Reads `lockstep_config: 1` and `auth: {token_file: PATH}`; the token file's path is relative to the config
/// file.
[[nodiscard]] base::Result<base::Secret> read_target_token(const std::string& config_path);

}  // namespace cli
