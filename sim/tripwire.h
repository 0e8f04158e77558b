// While a guard lives, reading a real clock, drawing entropy, starting a thread or opening a socket aborts
// the program with the place that did it: a simulated run must depend on nothing of the kind.
#pragma once

namespace sim {

class TripwireGuard {
 public:
  TripwireGuard();
  ~TripwireGuard();
  TripwireGuard(const TripwireGuard&) = delete;
  TripwireGuard& operator=(const TripwireGuard&) = delete;
};

/// Lifts all guards for a while: the live arm carries bytes over real sockets.
class TripwirePause {
 public:
  TripwirePause();
  ~TripwirePause();
  TripwirePause(const TripwirePause&) = delete;
  TripwirePause& operator=(const TripwirePause&) = delete;

 private:
  int armed_before_;
};

/// Threads of this process, from the kernel; 1 in a simulated run.
[[nodiscard]] int thread_count();

}  // namespace sim
