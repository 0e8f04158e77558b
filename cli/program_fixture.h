// The built program as a child process, for tests: arguments in, exit code and both outputs back.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "cli/wall_clock.h"

extern char** environ;

namespace cli {

/// Longer than that an answer does not take that comes at once; sanitizers slow the program down thirtyfold.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr base::Duration at_once = std::chrono::seconds{20};
#else
inline constexpr base::Duration at_once = std::chrono::milliseconds{900};
#endif
#else
inline constexpr base::Duration at_once = std::chrono::milliseconds{900};
#endif

/// How a call of the program ended.
struct Ended {
  int exit_code = -1;  ///< -1: a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
  base::Duration took{0};
};

/// A running program; wait() is called once.
class Child {
 public:
  Child(const std::string& program, std::vector<std::string> arguments, const std::filesystem::path& folder) {
    EXPECT_EQ(pipe2(out_.data(), O_CLOEXEC), 0);
    EXPECT_EQ(pipe2(err_.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out_[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_[1], STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    // Whoever runs the tests may have these ignored, and that would be inherited.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigaddset(&interrupt, SIGTERM);
    posix_spawnattr_setsigdefault(&attributes, &interrupt);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    EXPECT_EQ(posix_spawn(&pid_, program.c_str(), &actions, &attributes, argv.data(), environ), 0) << program;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(out_[1]);
    close(err_[1]);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    close(out_[0]);
    close(err_[0]);
  }

  /// Returns once its standard output has a line, or has ended.
  void wait_for_a_line() {
    while (ended_.out.find('\n') == std::string::npos && append(out_[0], ended_.out)) {
    }
  }

  /// The first line of its standard error with this text, once it is there; empty where the output ends before.
  std::string wait_for_error_line(const std::string& text) {
    for (;;) {
      const auto found = ended_.err.find(text);
      const auto end = found == std::string::npos ? found : ended_.err.find('\n', found);
      if (end != std::string::npos) {
        const auto begin = ended_.err.rfind('\n', found);
        return ended_.err.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin + 1));
      }
      if (!append(err_[0], ended_.err)) return {};
    }
  }

  /// Returns once it has computed for a tenth of a second more.
  void wait_while_it_computes() const {
    const auto enough = ticks() + sysconf(_SC_CLK_TCK) / 10;
    while (ticks() < enough && kill(pid_, 0) == 0) {
    }
  }

  void interrupt() const { kill(pid_, SIGINT); }
  void terminate() const { kill(pid_, SIGTERM); }
  void cut_off() const { kill(pid_, SIGKILL); }
  /// Interrupts it again and again until it is gone.
  Ended interrupt_until_it_ends() {
    int status = 0;
    while (waitpid(pid_, &status, WNOHANG) == 0) interrupt();
    return conclude(status);
  }

  /// Memory that it has resident, in bytes.
  [[nodiscard]] long resident() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/statm");
    long all = 0;
    long resident = 0;
    in >> all >> resident;
    return resident * sysconf(_SC_PAGESIZE);
  }

  [[nodiscard]] bool runs() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
  }

  /// `meanwhile` is done again and again until it has ended, where there is something to do.
  Ended wait(const std::function<void()>& meanwhile = {}) {
    bool out_open = true;
    bool err_open = true;
    while (out_open || err_open) {
      std::array<pollfd, 2> ready{pollfd{out_open ? out_[0] : -1, POLLIN, 0},
                                  pollfd{err_open ? err_[0] : -1, POLLIN, 0}};
      if (poll(ready.data(), ready.size(), meanwhile ? 0 : -1) < 0) break;
      if (meanwhile) meanwhile();
      if (ready[0].revents != 0) out_open = append(out_[0], ended_.out);
      if (ready[1].revents != 0) err_open = append(err_[0], ended_.err);
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    return conclude(status);
  }

 private:
  /// False at the end of the output.
  static bool append(int from, std::string& to) {
    std::array<char, 65536> buffer{};
    const auto size = read(from, buffer.data(), buffer.size());
    if (size <= 0) return false;
    to.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }

  /// Of the processor that it has used in user mode: the fourteenth word, the second one is in brackets.
  [[nodiscard]] long ticks() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    std::istringstream words(text.substr(text.rfind(')') + 1));
    std::string word;
    for (int i = 3; i <= 14; ++i) words >> word;
    return std::strtol(word.c_str(), nullptr, 10);
  }

  Ended conclude(int status) {
    pid_ = 0;
    ended_.took = stopwatch_.elapsed();
    if (WIFEXITED(status)) ended_.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) ended_.signal = WTERMSIG(status);
    return ended_;
  }

  Stopwatch stopwatch_;
  std::array<int, 2> out_{};
  std::array<int, 2> err_{};
  pid_t pid_ = 0;
  Ended ended_;
};

/// Runs the program in an empty folder of its own.
class Program : public ::testing::Test {
 protected:
  Program() {
    auto pattern = ::testing::TempDir() + "lockstep_cli_XXXXXX";
    const auto* made = mkdtemp(pattern.data());
    EXPECT_NE(made, nullptr) << pattern;
    folder_ = pattern;
  }
  ~Program() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] Child start(std::vector<std::string> arguments) const {
    return {LOCKSTEP_PROGRAM, std::move(arguments), folder_};
  }
  [[nodiscard]] Ended call(std::vector<std::string> arguments) const {
    Child child(LOCKSTEP_PROGRAM, std::move(arguments), folder_);
    return child.wait();
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace cli
