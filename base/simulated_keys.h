// Signing keys of simulated identity providers. RSA keys cannot be made from a seed, so worlds choose among these four;
// everybody knows them, and nothing outside a simulated world or a test may trust them.
#pragma once

#include <cstddef>
#include <string>

#include "base/jose.h"

namespace base {

inline constexpr std::size_t simulated_keys = 4;

/// RSA-1024, which signs in a sixth of the time of RSA-2048; `index` is below `simulated_keys`.
[[nodiscard]] RsaSigningKey simulated_signing_key(std::size_t index, std::string id);

}  // namespace base
