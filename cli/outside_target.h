// A provider outside the bench, for commands that play scripts against it: what its configuration says, and how it is spoken to.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/target_config.h"
#include "scenarios/engine/cast.h"
#include "scenarios/engine/live_arm.h"

namespace cli {

struct OutsideTarget {
  std::unique_ptr<scenarios::LiveTarget> service;
  scenarios::ExternalTarget external;
};

/// Reads the configuration at `path`, where that is not empty, and names the target in `target` where nobody has. False with a message
/// on standard error where it cannot be read, or where a target outside has none.
[[nodiscard]] bool read_outside_config(const std::string& path, std::string& target, std::optional<TargetConfig>& config);

/// Nothing with a message on standard error where scripts cannot be played with the configuration. Nothing is sent yet.
[[nodiscard]] std::optional<OutsideTarget> prepare_outside_target(const std::string& target, const std::string& path, const TargetConfig& config);

/// Asks the target to forget everybody, where its configuration says how. Why it has not; empty: it has.
[[nodiscard]] std::string reset_target(const OutsideTarget& target);

}  // namespace cli
