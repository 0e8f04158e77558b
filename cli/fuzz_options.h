// What the two ways of `fuzz` read alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "properties/generators/drawn_world.h"

namespace cli {

[[nodiscard]] std::uint64_t cores();
/// Nothing where there is no such size.
[[nodiscard]] std::optional<properties::WorldSize> size_named(const std::string& name);

}  // namespace cli
