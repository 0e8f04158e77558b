// What was done by hand, as a script that does it again.
#pragma once

#include <string>

#include "serve/served_world.h"

namespace serve {

/// The world's script, and after its timeline the steps that came from outside, each at its time and with the outcome that it had; the world
/// then goes on for as long as it did. What clients have asked and which oddities were switched is not in it, which its first lines say.
[[nodiscard]] std::string saved_script(const ServedWorld& world);

}  // namespace serve
