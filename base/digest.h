// The 64-bit chained digest behind every fingerprint. Integer arithmetic only, so that it is the same on
// every toolchain; not a cryptographic hash.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace base {

/// 128 bits for products; a compiler extension that all our compilers have.
__extension__ using Wide = unsigned __int128;

/// Order-sensitive: mixing the same values in another order gives another digest.
class Digest {
 public:
  constexpr void mix(std::uint64_t word) {
    // One multiply of the whole state per word, as in the wyhash family: about 1 ns.
    const auto product = static_cast<Wide>(state_ ^ 0x9E3779B97F4A7C15ULL) * (word ^ 0xD1B54A32D192ED03ULL);
    state_ = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64) ^
             (state_ << 1 | state_ >> 63);
  }

  /// Mixes the length, then the bytes eight at a time in little-endian order.
  void mix(std::string_view bytes) {
    mix(static_cast<std::uint64_t>(bytes.size()));
    while (!bytes.empty()) {
      std::uint64_t word = 0;
      const auto taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
      std::memcpy(&word, bytes.data(), taken);
      mix(word);
      bytes.remove_prefix(taken);
    }
  }

  [[nodiscard]] constexpr std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0x6C6F636B73746570ULL;
};

[[nodiscard]] inline std::uint64_t digest_of(std::string_view bytes) {
  Digest digest;
  digest.mix(bytes);
  return digest.value();
}

}  // namespace base
