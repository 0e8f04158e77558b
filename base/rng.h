// The one source of randomness: owned, seeded, integers only. A stream is forked by name, and a fork depends
// on its ancestors' names and the seed but not on how much they have drawn: a new draw in one place leaves
// the values of every other stream as they were.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.h"
#include "base/ratio.h"

namespace base {

/// Words that nobody can foretell: what a served party draws from in place of a seed.
class EntropySource {
 public:
  virtual ~EntropySource() = default;
  virtual std::uint64_t next() = 0;
};

class Rng {
 public:
  explicit Rng(std::uint64_t seed);
  /// Draws from `source`, which outlives it and its forks: seeded streams can be computed from what they gave.
  explicit Rng(EntropySource& source);

  [[nodiscard]] Rng fork(std::string_view name) const;
  [[nodiscard]] Rng fork(std::string_view name, std::uint64_t index) const;

  std::uint64_t next();

  /// Uniform in [0, bound); bound >= 1.
  std::uint64_t below(std::uint64_t bound);

  /// Uniform in [low, high], both ends included.
  Duration between(Duration low, Duration high);

  bool chance(Ratio ratio);

  void fill(std::span<unsigned char> bytes);

  /// `count` random bytes as lower-case hexadecimal digits, two a byte.
  std::string hex(std::size_t count);

  template <class T>
  T& pick(std::span<T> choices) {
    return choices[below(choices.size())];
  }

  /// Fisher and Yates; std::shuffle differs between standard libraries.
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      const auto j = below(i);
      std::swap(items[i - 1], items[j]);
    }
  }

 private:
  std::uint64_t key_;
  std::array<std::uint64_t, 4> state_;
  EntropySource* source_ = nullptr;  ///< null: the stream of the seed
};

}  // namespace base
