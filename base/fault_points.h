// Fault points: places in a part that now and then do what is unusual and yet right, such as a batch of one or a wake-up for nothing, so
// that interleavings come about which the quiet path never has. A point is active for a whole run or not at all, and an active one fires
// by a ratio, each from a stream of its own: without one of them the others fire as they did. Off wherever something is served.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string_view>

#include "base/enumerated.h"
#include "base/ratio.h"
#include "base/rng.h"

namespace base {

/// One row of a part's table.
template <class Point>
struct FaultPointRow {
  Point point;
  std::string_view name;   ///< as in the enumeration and in a script
  std::string_view place;  ///< file below the part's folder, in which it stands once
  std::string_view what;   ///< what the part does when it fires, for people
};

/// What a part's code asks; it outlives the part, so that streams go on where an incarnation ends.
template <class Point>
class FaultPoints {
 public:
  FaultPoints(Rng rng, Ratio fires) : rng_(rng), ratio_(fires) {}

  void activate(const FaultPointRow<Point>& row) { streams_.emplace(row.point, rng_.fork(row.name)); }
  /// Of a point that is not active: never, and nothing is drawn.
  [[nodiscard]] bool fires(Point point) {
    const auto stream = streams_.find(point);
    return stream != streams_.end() && stream->second.chance(ratio_);
  }

 private:
  Rng rng_;
  Ratio ratio_;
  std::map<Point, Rng> streams_;
};

/// Whether a part's table is in the order of its enumeration. For a static_assert beside each.
template <class Point, std::size_t size>
[[nodiscard]] constexpr bool is_fault_point_table(const std::array<FaultPointRow<Point>, size>& rows) {
  return is_in_order_of(rows, &FaultPointRow<Point>::point);
}

}  // namespace base
