// When requests are due. At a rate the n-th one is due at start + n / rate, whatever became of those before: a service that stalls
// cannot put off what it will be measured by, which is the fault called coordinated omission. Without a rate each client sends its
// next request when the last one is answered: then a stall is one slow request a client, and reports have to say so.
#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"

namespace bench::load {

class Pace {
 public:
  /// `rate` is requests a second and above zero; `start` is a time of the same clock as the due times.
  static Pace open(double rate, base::Duration start) { return {rate, start}; }
  static Pace closed() { return {std::nullopt, {}}; }

  /// When the next request is due; empty: once it can be sent.
  std::optional<base::Duration> next();
  /// The next request is the first one again: what came before a pause is no backlog.
  void begin_at(base::Duration start);

  [[nodiscard]] bool is_open() const { return rate_.has_value(); }

 private:
  Pace(std::optional<double> rate, base::Duration start) : rate_(rate), start_(start) {}

  std::optional<double> rate_;
  base::Duration start_;
  std::uint64_t taken_ = 0;
};

/// What is measured of one request, times of one clock.
struct Timing {
  base::Duration latency{};  ///< since it was due
  base::Duration service{};  ///< since it was sent
};
[[nodiscard]] Timing timing_of(std::optional<base::Duration> due, base::Duration sent, base::Duration answered);

}  // namespace bench::load
