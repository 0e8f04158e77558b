// The few cryptographic operations that parties need, over OpenSSL and libargon2. Randomness comes in as an
// argument: in a simulation it is the world's, in a server the operating system's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/secret.h"

namespace base {

/// 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// Cost of argon2id. [RFC9106 4]
struct PasswordCost {
  std::uint32_t memory_kib = 19'456;
  std::uint32_t passes = 2;

  /// For simulated worlds, where a hash must cost microseconds.
  static constexpr PasswordCost simulated() { return {.memory_kib = 8, .passes = 1}; }
  bool operator==(const PasswordCost&) const = default;
};

/// Of the prepared password (base/prepared_text.h). A PHC string, `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
[[nodiscard]] std::string hash_password(const Secret& password, PasswordCost cost, Rng& rng);
/// False for a wrong password and for text that is no argon2id PHC string.
[[nodiscard]] bool verify_password(const Secret& password, const std::string& phc);

/// An X25519 key pair, raw 32-byte strings.
struct SealingKeys {
  std::string public_key;
  Secret private_key;
};

[[nodiscard]] SealingKeys make_sealing_keys(Rng& rng);
/// The pair of a private key of 32 bytes.
[[nodiscard]] SealingKeys sealing_keys_of(Secret private_key);

/// 32 bytes. [RFC2104]
[[nodiscard]] std::string hmac_sha256(const Secret& key, std::string_view bytes);

/// Encrypts to the owner of `public_key`: ephemeral X25519, HKDF-SHA256, ChaCha20-Poly1305; `context` is
/// authenticated and must be given again to open. Empty when the key is not 32 bytes or has small order.
[[nodiscard]] std::optional<std::string> seal(std::string_view plaintext, std::string_view public_key,
                                              std::string_view context, Rng& rng);
/// Empty when the box is damaged, for another key, or for another context.
[[nodiscard]] std::optional<Secret> open_sealed(std::string_view box, const SealingKeys& keys,
                                                std::string_view context);

}  // namespace base
