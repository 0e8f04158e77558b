// Whether operations of clients that overlap can be put in one order in which a single copy of the thing, used by one client at a time,
// would have given the same answers. The search is that of Wing and Gong with the memory of Lowe: a set of operations that is done and
// the state it has led to are tried once. A history over several things is linearizable where it is for each of them, so each is
// searched alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace properties {

/// When an operation began and ended, as its client saw it. Nothing: no answer came; it has happened at some later time, or never.
struct Interval {
  base::Instant invoked{};
  std::optional<base::Instant> returned{};
};

/// The thing used by one client at a time.
class Sequential {
 public:
  /// Numbers that stand for states; the first state of all is 0.
  using State = std::size_t;

  virtual ~Sequential() = default;
  /// The states that the operation may lead to from that one, with the answer that it got or, without one, with any. Empty: it cannot
  /// have happened there.
  virtual std::vector<State> after(State state, std::size_t operation) = 0;
};

struct Linearization {
  enum class Verdict {
    ordered,     ///< there is an order
    impossible,  ///< there is none
    too_large    ///< the search was given up
  };
  Verdict verdict = Verdict::ordered;
  /// Indices of operations. Where there is no order: the longest beginning of one, which nothing could follow.
  std::vector<std::size_t> order{};
  std::uint64_t tried = 0;  ///< places of the search
};

/// `most`: places after which it is given up.
[[nodiscard]] Linearization find_order(const std::vector<Interval>& operations, Sequential& thing, std::uint64_t most = 1'000'000);

}  // namespace properties
