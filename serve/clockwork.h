// How far a served world runs, and when: by the driver's pace, for what is asked from outside, and where somebody moves the
// clock by hand. Between two turns the sockets have theirs.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "serve/clock_driver.h"
#include "serve/served_world.h"

namespace serve {

/// For so much virtual time a stepped world runs on for a request or a step from outside. What is not answered by then, a
/// held poll say, waits for whoever moves the clock.
inline constexpr base::Duration grace = std::chrono::seconds{2};

/// What a move of the clock by hand has come to.
struct MoveEnd {
  bool cut_off = false;         ///< the world was taken back meanwhile
  std::optional<bool> quiet{};  ///< of a move until it is quiet: whether it is
};

class Clockwork {
 public:
  Clockwork(ServedWorld& world, ClockMode mode, std::function<base::Duration()> steady)
      : world_(&world), driver_(mode, std::move(steady), world.now()) {}

  [[nodiscard]] ClockMode mode() const { return driver_.mode(); }
  void set_mode(ClockMode mode) { driver_.set_mode(mode, world_->now()); }

  /// Something from outside has been put in, and is concluded.
  void begun(std::uint64_t id) { graces_.insert_or_assign(id, world_->now() + grace); }
  void concluded(std::uint64_t id) { graces_.erase(id); }
  [[nodiscard]] bool is_overdue(std::uint64_t id) const;

  [[nodiscard]] bool moving() const { return move_.has_value(); }
  /// One at a time.
  void advance_to(base::Instant to);
  /// Until no message has been sent for `quiet_for`, and no further than `at_most`.
  void run_until_quiet(base::Duration quiet_for, base::Instant at_most);
  [[nodiscard]] std::optional<MoveEnd> take_move_end() { return std::exchange(ended_, std::nullopt); }

  /// Runs for a while, and no further than to the first answer; true where there is more to run at once.
  bool turn();
  /// How long in real time nothing is to be run; empty: until something comes from outside.
  [[nodiscard]] std::optional<base::Duration> wait();
  /// The world is another one, or at another instant.
  void world_taken_back();

 private:
  struct Move {
    base::Instant to{};  ///< of one until it is quiet: where it is looked next
    std::optional<base::Duration> quiet_for{};
    base::Instant at_most{};
    std::uint64_t sent = 0;  ///< exchanges when it was looked last
  };

  [[nodiscard]] base::Instant limit();
  [[nodiscard]] std::uint64_t sent() { return world_->cast().world().recorder().exchange_count(); }
  void settle_move();
  void end_move(MoveEnd end);

  ServedWorld* world_;
  ClockDriver driver_;
  std::map<std::uint64_t, base::Instant> graces_;  ///< until when, of what is under way
  std::optional<Move> move_;
  std::optional<MoveEnd> ended_;
};

}  // namespace serve
