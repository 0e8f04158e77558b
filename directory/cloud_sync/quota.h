// How many requests a tenant takes from us in a time, so that we ask for no more than it gives: what it refuses counts too.
// A bucket that drains evenly. Where the tenant refuses although there should be room, it gives less than we were told, or gives
// it to others as well: from then on we go slower, and faster again bit by bit. [Graph T1] [Graph T10]
#pragma once

#include <cstdint>

#include "base/instant.h"

namespace directory {

class Quota {
 public:
  Quota(std::int64_t amount, base::Duration window) : window_(window / amount * amount), fastest_(window / amount), each_(fastest_) {}

  /// How many more it takes now.
  [[nodiscard]] std::int64_t left(base::Instant now) const;
  void take(base::Instant now, std::int64_t requests);
  /// When it takes so many; `requests` is at most the whole amount.
  [[nodiscard]] base::Instant when(base::Instant now, std::int64_t requests) const;
  /// So many that they take no longer than a second to drain; at least one.
  [[nodiscard]] std::int64_t in_a_second() const;
  /// The tenant says that nothing is left until then.
  void exhaust(base::Instant until);
  /// It refuses more than it should.
  void slow_down(base::Instant now);

 private:
  [[nodiscard]] base::Duration used(base::Instant now) const;

  base::Duration window_;
  base::Duration fastest_;    ///< for one request, as we were told
  base::Duration each_;       ///< for one request, as it has shown
  base::Instant changed_{};   ///< when that changed last
  base::Instant empty_at_{};  ///< when all that was taken has drained
};

}  // namespace directory
