// Signing keys of simulated identity providers. RSA keys cannot be made from a seed, so worlds choose among these, four of each length;
// everybody knows them, and nothing outside a simulated world or a test may trust them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/jose.h"

namespace base {

inline constexpr std::size_t simulated_keys = 4;

/// Of the modulus. Short keys sign in a sixth of the time; programs of others want long ones for RS256. [RFC7518 3.3]
enum class KeyLength : std::uint8_t { bits_1024, bits_2048 };

/// `index` is below `simulated_keys`.
[[nodiscard]] RsaSigningKey simulated_signing_key(std::size_t index, std::string id, KeyLength length = KeyLength::bits_1024);

}  // namespace base
