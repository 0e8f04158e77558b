// What coroutines suspend on: a point in time, and an Event. Both are Asio asynchronous operations, awaited
// without a coroutine frame of their own and usable with any completion token.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <vector>

#include "base/scheduler.h"

namespace base {

/// `co_await Sleep{scheduler, at}` goes on at `at`, at once (through the queue) where that has passed.
class Sleep {
  struct Start {
    Scheduler* scheduler;
    Instant at;

    template <class Handler>
    void operator()(Handler handler) const {
      const auto task = boost::asio::get_associated_executor(handler).task();
      auto& context = *scheduler;
      const auto due = at;
      // From here on nothing of *this is touched: parking a task of a dead host buries the frame it lives in.
      context.arm(
          context.park(task, Work{[handler = std::move(handler)](Wake) mutable { std::move(handler)(); }},
                       "a point in time"),
          due);
    }
  };

 public:
  Sleep(Scheduler& scheduler, Instant at) : start_{&scheduler, at} {}

  template <class Token>
  auto operator()(Token&& token)
      -> decltype(boost::asio::async_initiate<Token, void()>(std::declval<Start>(), token)) {
    return boost::asio::async_initiate<Token, void()>(Start(start_), token);
  }

 private:
  Start start_;
};

/// Something that happens, perhaps often. Waiting never misses a notification that comes after the wait
/// began; it outlives every wait on it.
class Event {
 public:
  explicit Event(Scheduler& scheduler) : scheduler_(&scheduler) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void notify_all() {
    const auto waiters = std::exchange(waiters_, {});
    for (const auto ticket : waiters) scheduler_->wake(ticket);
  }

  class Wait;
  /// `what` appears in reports of stuck runs and must have static storage.
  [[nodiscard]] Wait wait(std::string_view what);
  /// `co_await` gives Wake::due when `deadline` came first.
  [[nodiscard]] Wait wait_until(Instant deadline, std::string_view what);

 private:
  void add(Ticket ticket) {
    if (waiters_.size() >= 16)
      std::erase_if(waiters_, [this](Ticket t) { return !scheduler_->is_parked(t); });
    waiters_.push_back(ticket);
  }

  Scheduler* scheduler_;
  std::vector<Ticket> waiters_;
};

class Event::Wait {
  struct Start {
    Event* event;
    std::optional<Instant> deadline;
    std::string_view what;

    template <class Handler>
    void operator()(Handler handler) const {
      const auto task = boost::asio::get_associated_executor(handler).task();
      const auto [target, limit, reason] = *this;
      auto& scheduler = *target->scheduler_;
      const auto ticket = scheduler.park(
          task, Work{[handler = std::move(handler)](Wake wake) mutable { std::move(handler)(wake); }},
          reason);
      if (limit) scheduler.arm(ticket, *limit);
      if (scheduler.is_parked(ticket)) target->add(ticket);
    }
  };

 public:
  template <class Token>
  auto operator()(Token&& token)
      -> decltype(boost::asio::async_initiate<Token, void(Wake)>(std::declval<Start>(), token)) {
    return boost::asio::async_initiate<Token, void(Wake)>(Start(start_), token);
  }

 private:
  friend class Event;

  explicit Wait(Start start) : start_(start) {}

  Start start_;
};

inline Event::Wait Event::wait(std::string_view what) {
  return Wait{{this, std::nullopt, what}};
}
inline Event::Wait Event::wait_until(Instant deadline, std::string_view what) {
  return Wait{{this, deadline, what}};
}

}  // namespace base
