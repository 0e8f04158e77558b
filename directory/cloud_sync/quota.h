// How many requests a tenant takes from us in a time, so that we ask for no more than it gives: what it refuses counts too.
// A bucket that drains evenly. [Graph T1] [Graph T10]
#pragma once

#include <cstdint>

#include "base/instant.h"

namespace directory {

class Quota {
 public:
  Quota(std::int64_t amount, base::Duration window) : amount_(amount), each_(window / amount) {}

  /// How many more it takes now.
  [[nodiscard]] std::int64_t left(base::Instant now) const;
  void take(base::Instant now, std::int64_t requests);
  /// When it takes so many; `requests` is at most the whole amount.
  [[nodiscard]] base::Instant when(base::Instant now, std::int64_t requests) const;
  /// The tenant says that nothing is left.
  void exhaust(base::Instant now);

 private:
  [[nodiscard]] base::Duration used(base::Instant now) const;

  std::int64_t amount_;
  base::Duration each_;
  base::Instant empty_at_{};  ///< when all that was taken has drained
};

}  // namespace directory
