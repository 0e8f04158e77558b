#include "reports/browser/deadline.h"

#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace reports {

Deadline::Deadline(std::chrono::seconds span) : timer_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {
  itimerspec spec{};
  spec.it_value.tv_sec = span.count();
  timerfd_settime(timer_, 0, &spec, nullptr);
}

Deadline::~Deadline() {
  close(timer_);
}

bool Deadline::wait_for(int descriptor, short events) const {
  for (;;) {
    std::array<pollfd, 2> waited{{{descriptor, events, 0}, {timer_, POLLIN, 0}}};
    if (poll(waited.data(), waited.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    if (waited[0].revents != 0) return true;
    if (waited[1].revents != 0) return false;
  }
}

}  // namespace reports
