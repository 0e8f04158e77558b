// The generator is xoshiro256++ (Blackman and Vigna), seeded through splitmix64; bounds are drawn by Lemire's
// method with rejection.
#include "base/rng.h"

#include <bit>

#include "base/digest.h"

namespace base {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  auto z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace

Rng::Rng(std::uint64_t seed) : key_(seed) {
  auto state = seed;
  for (auto& word : state_) word = splitmix64(state);
}

Rng::Rng(EntropySource& source) : Rng(0) {
  source_ = &source;
}

Rng Rng::fork(std::string_view name) const {
  Digest digest;
  digest.mix(key_);
  digest.mix(name);
  Rng forked{digest.value()};
  forked.source_ = source_;
  return forked;
}

Rng Rng::fork(std::string_view name, std::uint64_t index) const {
  Digest digest;
  digest.mix(key_);
  digest.mix(name);
  digest.mix(index);
  Rng forked{digest.value()};
  forked.source_ = source_;
  return forked;
}

std::uint64_t Rng::next() {
  if (source_ != nullptr) return source_->next();
  const auto result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const auto t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Rng::below(std::uint64_t bound) {
  auto product = static_cast<Wide>(next()) * bound;
  auto low = static_cast<std::uint64_t>(product);
  if (low < bound) {
    const auto threshold = -bound % bound;
    while (low < threshold) {
      product = static_cast<Wide>(next()) * bound;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64);
}

Duration Rng::between(Duration low, Duration high) {
  const auto span = static_cast<std::uint64_t>((high - low).count()) + 1;
  return low + Duration{static_cast<std::int64_t>(below(span))};
}

bool Rng::chance(Ratio ratio) {
  if (ratio.part == 0) return false;
  return below(ratio.whole) < ratio.part;
}

void Rng::fill(std::span<unsigned char> bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    auto word = next();
    for (int i = 0; i < 8 && at < bytes.size(); ++i, word >>= 8)
      bytes[at++] = static_cast<unsigned char>(word);
  }
}

std::string Rng::hex(std::size_t count) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(count * 2);
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = below(256);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace base
