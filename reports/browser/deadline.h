// A span of real time as a file descriptor, so that whoever waits for bytes waits for its end in the same
// poll. No clock is read: nothing here knows what time it is.
#pragma once

#include <chrono>
#include <string>

namespace reports {

class Deadline {
 public:
  explicit Deadline(std::chrono::seconds span);
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline();

  /// Returns once `descriptor` is ready for `events` (POLLIN, POLLOUT) or closed: true. False: the span is
  /// over.
  [[nodiscard]] bool wait_for(int descriptor, short events) const;

 private:
  int timer_;
};

}  // namespace reports
