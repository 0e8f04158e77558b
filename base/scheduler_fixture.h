// What the scheduler's tests share: a bench with one host, and coroutines that log what happens to them. When
// a frame is destroyed is logged by a local of it; leaks and uses after a kill are left to the sanitizers.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/task.h"
#include "base/wait.h"

namespace base {

using Lines = std::vector<std::string>;

inline Instant at_second(std::int64_t count) {
  return Instant{std::chrono::seconds{count}};
}

/// Logs "<name> gone" when it is destroyed.
class Mark {
 public:
  Mark(Lines& lines, std::string name) : lines_(lines), name_(std::move(name)) {}
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;
  ~Mark() { lines_.push_back(name_ + " gone"); }

 private:
  Lines& lines_;
  std::string name_;
};

/// A scheduler with one host, and what its tasks have logged.
struct Bench {
  explicit Bench(SchedulerOptions options = {}) : scheduler(options), host(scheduler.make_scope("host")) {}

  void start(std::string name, Task<void> task) { spawn(scheduler, host, std::move(name), std::move(task)); }
  RunEnd run(std::int64_t until_second = 1'000) { return scheduler.run_until(at_second(until_second)); }

  Lines lines;  // outlives the scheduler, whose frames log when they are destroyed
  Scheduler scheduler;
  std::shared_ptr<Scope> host;
};

inline Task<void> log_at(Scheduler& scheduler, Lines& lines, std::int64_t second, std::string text) {
  co_await Sleep(scheduler, at_second(second));
  lines.push_back(std::move(text));
}

inline Task<void> log_wake(Event& event, Lines& lines, std::string text) {
  const auto wake = co_await event.wait("a signal");
  lines.push_back(text + (wake == Wake::notified ? " notified" : " due"));
}

inline Task<void> log_wake_until(Event& event, Lines& lines, std::int64_t deadline, std::string text) {
  const auto wake = co_await event.wait_until(at_second(deadline), "a signal or its deadline");
  lines.push_back(text + (wake == Wake::notified ? " notified" : " due"));
}

inline Task<void> notify_at(Scheduler& scheduler, Event& event, std::int64_t second) {
  co_await Sleep(scheduler, at_second(second));
  event.notify_all();
}

inline Task<void> sleep_marked(Scheduler& scheduler, Lines& lines, std::string name) {
  const Mark mark(lines, name);
  co_await Sleep(scheduler, at_second(100));
  lines.push_back(name + " woke");
}

inline Task<void> wait_marked(Event& event, Lines& lines, std::string name) {
  const Mark mark(lines, name);
  co_await event.wait("a signal");
  lines.push_back(name + " woke");
}

inline Task<int> sleep_nested(Scheduler& scheduler, Lines& lines, int depth) {
  const Mark mark(lines, fmt::format("level {}", depth));
  if (depth == 0) {
    co_await Sleep(scheduler, at_second(100));
    co_return 0;
  }
  const int below = co_await sleep_nested(scheduler, lines, depth - 1);
  lines.push_back("a killed level went on");
  co_return below + 1;
}

inline Task<void> run_nested(Scheduler& scheduler, Lines& lines, int depth) {
  const int levels = co_await sleep_nested(scheduler, lines, depth);
  lines.push_back(fmt::format("{} levels", levels));
}

inline Task<void> kill_at(Scheduler& scheduler, std::shared_ptr<Scope> victim, Lines& lines,
                          std::int64_t second) {
  co_await Sleep(scheduler, at_second(second));
  lines.push_back("killing");
  scheduler.kill(*victim);
  lines.push_back("killed");
}

inline Task<void> spin(Scheduler& scheduler, std::int64_t period_in_seconds) {
  for (;;) {
    const auto next = scheduler.now() + std::chrono::seconds{period_in_seconds};
    co_await Sleep(scheduler, next);
  }
}

inline Task<void> fail_at(Scheduler& scheduler, std::int64_t second, std::string message) {
  co_await Sleep(scheduler, at_second(second));
  throw std::invalid_argument(message);
}

inline Task<void> run_to_the_end(Lines& lines, std::string text) {
  lines.push_back(std::move(text));
  co_return;
}

/// The pending tasks as "scope: task waits for what[ until second]".
inline Lines pending_lines(const Scheduler& scheduler) {
  Lines lines;
  for (const auto& pending : scheduler.pending()) {
    auto line = fmt::format("{}: {} waits for {}", pending.scope, pending.task, pending.waiting_for);
    if (pending.timed)
      line += fmt::format(" until {}", (pending.until - Instant{}) / std::chrono::seconds{1});
    lines.push_back(line);
  }
  return lines;
}

/// The error with which the run ends, or "none".
inline std::string failure_of(Bench& bench) {
  try {
    bench.run();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "none";
}

// Order

class NotifyWhenGone {
 public:
  explicit NotifyWhenGone(Event& event) : event_(event) {}
  NotifyWhenGone(const NotifyWhenGone&) = delete;
  NotifyWhenGone& operator=(const NotifyWhenGone&) = delete;
  ~NotifyWhenGone() { event_.notify_all(); }

 private:
  Event& event_;
};

class SpawnWhenGone {
 public:
  SpawnWhenGone(Scheduler& scheduler, std::shared_ptr<Scope> scope, Lines& lines)
      : scheduler_(scheduler), scope_(std::move(scope)), lines_(lines) {}
  SpawnWhenGone(const SpawnWhenGone&) = delete;
  SpawnWhenGone& operator=(const SpawnWhenGone&) = delete;
  ~SpawnWhenGone() {
    spawn(scheduler_, scope_, "last wish", run_to_the_end(lines_, "a last wish came true"));
  }

 private:
  Scheduler& scheduler_;
  std::shared_ptr<Scope> scope_;
  Lines& lines_;
};

inline Task<void> count_wakes(Event& event, int& wakes) {
  for (;;) {
    co_await event.wait("a signal");
    ++wakes;
  }
}

inline Task<void> sleep_and_notify_when_gone(Scheduler& scheduler, Event& event) {
  const NotifyWhenGone notify(event);
  co_await Sleep(scheduler, at_second(100));
}

inline Task<void> sleep_and_spawn_when_gone(Scheduler& scheduler, std::shared_ptr<Scope> scope,
                                            Lines& lines) {
  const SpawnWhenGone last_wish(scheduler, scope, lines);
  co_await Sleep(scheduler, at_second(100));
}

}  // namespace base
