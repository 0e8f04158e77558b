// Programs beside this one. A pipe that they inherit says without waiting for time when the last of them has ended.
#include "live/child_process.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

namespace live {
namespace child_process_test {

class ChildProcesses : public ::testing::Test {
 protected:
  ChildProcesses() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
  }
  ~ChildProcesses() override {
    ::close(ends_[0]);
    if (ends_[1] >= 0) ::close(ends_[1]);
  }

  /// What it prints is what read_all reads.
  ChildProcess start(const std::string& command, const ChildProcess::Variables& variables = {}) {
    const int kept = ::dup(STDERR_FILENO);
    ::dup2(ends_[1], STDERR_FILENO);
    auto started = ChildProcess::start(command, variables);
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    ::close(std::exchange(ends_[1], -1));
    EXPECT_TRUE(started.has_value());
    return *std::move(started);
  }
  /// What was written there by all that were started, once they have ended.
  std::string read_all() {
    std::string text;
    std::array<char, 256> buffer{};
    for (auto size = ::read(ends_[0], buffer.data(), buffer.size()); size > 0; size = ::read(ends_[0], buffer.data(), buffer.size())) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }
  /// Returns once it has written so much.
  std::string read_some(std::size_t size) {
    std::string text(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      const auto more = ::read(ends_[0], text.data() + got, size - got);
      if (more <= 0) break;
      got += static_cast<std::size_t>(more);
    }
    text.resize(got);
    return text;
  }
  Ending ending_of(ChildProcess& process) {
    read_all();
    auto ending = process.poll();
    while (!ending) ending = process.poll();
    return *ending;
  }

  std::array<int, 2> ends_{-1, -1};
};

TEST_F(ChildProcesses, says_how_it_has_ended) {
  auto process = start("exit 3");
  EXPECT_EQ(ending_of(process), Ending(Exited{3}));
  EXPECT_EQ(process.poll(), Ending(Exited{3})) << "asked again";
}

TEST_F(ChildProcesses, says_which_signal_has_ended_it) {
  auto process = start("kill -TERM $$");
  EXPECT_EQ(ending_of(process), Ending(Signalled{SIGTERM}));
}

TEST_F(ChildProcesses, a_command_that_is_none_ends_with_127) {
  auto process = start("/nowhere/at/all");
  EXPECT_EQ(ending_of(process), Ending(Exited{127}));
}

TEST_F(ChildProcesses, variables_stand_beside_and_before_those_that_are_there) {
  ::setenv("LOCKSTEP_TEST_OTHER", "kept", 1);
  ::setenv("LOCKSTEP_TEST_TASK", "old", 1);
  auto process = start("printf '%s %s' \"$LOCKSTEP_TEST_TASK\" \"$LOCKSTEP_TEST_OTHER\"", {{"LOCKSTEP_TEST_TASK", "a 'new' one"}});
  EXPECT_EQ(read_all(), "a 'new' one kept");
  ::unsetenv("LOCKSTEP_TEST_OTHER");
  ::unsetenv("LOCKSTEP_TEST_TASK");
}

TEST_F(ChildProcesses, has_nothing_of_what_is_open_here) {
  const int open_here = ::dup(ends_[0]);
  auto process = start("[ -e /proc/self/fd/" + std::to_string(open_here) + " ] && echo open");
  EXPECT_EQ(read_all(), "");
  ::close(open_here);
}

TEST_F(ChildProcesses, reads_nothing_of_what_is_typed_here) {
  auto process = start("cat");
  EXPECT_EQ(read_all(), "");
  EXPECT_EQ(ending_of(process), Ending(Exited{0}));
}

TEST_F(ChildProcesses, is_ended_with_all_that_it_has_started) {
  auto process = start("tail -f /dev/null & tail -f /dev/null");
  EXPECT_EQ(process.poll(), std::nullopt);
  process.end();
  EXPECT_EQ(read_all(), "") << "whoever had the other end of the pipe is gone";
  EXPECT_EQ(process.poll(), Ending(Signalled{SIGTERM}));
  process.end();
}

TEST_F(ChildProcesses, may_put_things_in_order_before_it_ends) {
  auto process = start("trap 'printf orderly; exit 7' TERM; printf ready; tail -f /dev/null & wait");
  EXPECT_EQ(read_some(5), "ready");
  process.end();
  EXPECT_EQ(read_all(), "orderly");
  EXPECT_EQ(process.poll(), Ending(Exited{7}));
}

TEST_F(ChildProcesses, is_ended_at_once_where_it_does_not_listen) {
  auto process = start("trap '' TERM; printf ready; exec tail -f /dev/null");
  EXPECT_EQ(read_some(5), "ready");
  process.end(std::chrono::milliseconds{30});
  EXPECT_EQ(read_all(), "");
  EXPECT_EQ(process.poll(), Ending(Signalled{SIGKILL}));
}

TEST_F(ChildProcesses, what_it_has_started_is_ended_where_that_does_not_listen) {
  auto process = start("(trap '' TERM; printf ready; exec tail -f /dev/null) & wait");
  EXPECT_EQ(read_some(5), "ready");
  process.end(std::chrono::milliseconds{30});
  EXPECT_EQ(read_all(), "") << "whoever had the other end of the pipe is gone";
}

TEST_F(ChildProcesses, heeds_signals_that_are_ignored_here) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  auto process = start("kill -PIPE $$; printf alive");
  std::signal(SIGPIPE, before);
  EXPECT_EQ(read_all(), "");
  EXPECT_EQ(ending_of(process), Ending(Signalled{SIGPIPE}));
}

TEST_F(ChildProcesses, heeds_signals_that_are_blocked_here) {
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  auto process = start("kill -TERM $$; printf alive");
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(read_all(), "");
  EXPECT_EQ(ending_of(process), Ending(Signalled{SIGTERM}));
}

TEST_F(ChildProcesses, goes_when_nobody_looks_after_it_any_more) {
  {
    auto process = start("exec tail -f /dev/null");
    const auto moved = std::move(process);
  }
  EXPECT_EQ(read_all(), "");
}

}  // namespace child_process_test
}  // namespace live
