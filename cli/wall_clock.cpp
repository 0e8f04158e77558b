#include "cli/wall_clock.h"

#include <time.h>

namespace cli {
namespace {

base::Duration monotonic_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::chrono::seconds{now.tv_sec} + base::Duration{now.tv_nsec};
}

}  // namespace

Stopwatch::Stopwatch() : begun_(monotonic_now()) {}

base::Duration Stopwatch::elapsed() const {
  return monotonic_now() - begun_;
}

}  // namespace cli
