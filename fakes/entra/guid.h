// Object ids as Entra makes them.
#pragma once

#include <string>

#include "base/rng.h"

namespace fakes::entra {

/// 8-4-4-4-12 hexadecimal digits.
[[nodiscard]] std::string make_guid(base::Rng& rng);

}  // namespace fakes::entra
