// The laws, for scripts: what `law.holds` can name.
#pragma once

#include "scenarios/engine/law_book.h"

namespace properties {

/// Lives as long as the program.
[[nodiscard]] const scenarios::LawBook& law_book();

}  // namespace properties
