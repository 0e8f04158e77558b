#include "fakes/entra/guid.h"

#include <fmt/format.h>

namespace fakes::entra {

std::string make_guid(base::Rng& rng) {
  const auto digits = rng.hex(16);
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

}  // namespace fakes::entra
