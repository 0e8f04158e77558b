// Judging a product outside: the session on a loop in real time, over sockets.
#pragma once

#include <expected>
#include <string>

#include "cli/target_config.h"
#include "scenarios/probe/session.h"

namespace cli {

/// Plays the suite against the configuration's target. An error says what is wrong with the configuration, or why a token
/// cannot be had; a target that cannot be reached is a finding, not an error.
[[nodiscard]] std::expected<scenarios::probe::SessionResult, std::string> judge_outside(
    const scenarios::probe::Suite& suite, const scenarios::Catalog& catalog, const TargetConfig& config,
    scenarios::probe::SessionOptions options);

/// Whether the host is this machine's loopback: localhost, 127.0.0.0/8, [::1].
[[nodiscard]] bool is_loopback(const base::Uri& url);

}  // namespace cli
