// What the ways of `fuzz` read alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "properties/generators/drawn_world.h"

namespace cli {

/// Worker processes: as many as asked for, or one for each core.
[[nodiscard]] std::uint64_t jobs_of(const FuzzCommand& command);
/// Failures after which nothing further is played.
[[nodiscard]] std::uint64_t most_failures(const FuzzCommand& command);
/// Nothing where there is no such size.
[[nodiscard]] std::optional<properties::WorldSize> size_named(const std::string& name);

}  // namespace cli
