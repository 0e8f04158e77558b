#include "live/loop.h"

#include <algorithm>
#include <chrono>

namespace live {
namespace {

/// How long a wall clock that was set forward may go unnoticed.
constexpr base::Duration longest_wait = std::chrono::minutes{1};

base::SchedulerOptions without_end(base::Instant start) {
  return {.start = start, .shuffle_ties = std::nullopt, .event_budget = UINT64_MAX};
}

}  // namespace

Loop::Loop(TimeSources sources)
    : work_(context_.get_executor()), time_(std::move(sources)), scheduler_(without_end(time_.read())) {}

void Loop::run() {
  stopped_ = false;
  for (;;) {
    scheduler_.advance_to(time_.read());
    scheduler_.run_until(scheduler_.now());
    if (stopped_) return;
    if (const auto due = scheduler_.next_due()) {
      context_.run_one_for(std::clamp(*due - time_.read(), base::Duration{0}, longest_wait));
    } else {
      context_.run_one();
    }
    context_.poll();
  }
}

}  // namespace live
