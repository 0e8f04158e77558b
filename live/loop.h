// The thread of a served party: a scheduler in real time and the sockets' events, in turns. What has become ready
// by one turn runs in the next, all of it, before the loop looks at the sockets again.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "base/scheduler.h"
#include "live/wall_clock.h"

namespace live {

class Loop {
 public:
  explicit Loop(TimeSources sources = system_time());
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] base::Scheduler& scheduler() { return scheduler_; }
  [[nodiscard]] base::Clock& clock() { return clock_; }

  /// Until stop(); can be run again. An exception that escapes a task comes out here.
  void run();
  /// Ends run() after the turn that it is in.
  void stop() { stopped_ = true; }

 private:
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  RealTime time_;
  base::Scheduler scheduler_;
  WallClock clock_{scheduler_};
  bool stopped_ = false;
};

}  // namespace live
