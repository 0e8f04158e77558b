// The seeded defects that `fuzz` and `run` plant into a world.
#pragma once

#include <optional>
#include <string>

#include "scenarios/engine/seeded_defects.h"

namespace cli {

/// The set with the defect of that name alone, or with none where the name is empty; empty with a message on standard error where
/// there is no such defect.
[[nodiscard]] std::optional<scenarios::SeededDefects> planted(const std::string& name);

}  // namespace cli
