#include "live/child_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace live {
namespace {

/// Between two looks at whether all have ended.
constexpr std::chrono::milliseconds between_looks{10};

/// This program's environment with the variables in the place of those of the same name.
std::vector<std::string> environment_with(const ChildProcess::Variables& variables) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto name = text.substr(0, text.find('='));
    bool replaced = false;
    for (const auto& [other, value] : variables) replaced = replaced || other == name;
    if (!replaced) out.push_back(text);
  }
  for (const auto& [name, value] : variables) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

Ending ending_of(int status) {
  if (WIFEXITED(status)) return Exited{WEXITSTATUS(status)};
  return Signalled{WTERMSIG(status)};
}

/// What this program ignores or blocks its children would too, and a pipe's end would not end them.
void reset_signals(posix_spawnattr_t& attributes) {
  sigset_t all;
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  posix_spawnattr_setsigdefault(&attributes, &all);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
}

bool is_anybody_in(pid_t group) { return ::kill(-group, 0) == 0 || errno != ESRCH; }

}  // namespace

base::Result<ChildProcess> ChildProcess::start(const std::string& command, const Variables& variables) {
  std::vector<std::string> words{"/bin/sh", "-c", command};
  auto environment = environment_with(variables);
  auto arguments = pointers_to(words);
  auto values = pointers_to(environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", 0, 0);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  // Not the ports that are listened at: whatever is left of the product would keep them.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  reset_signals(attributes);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), values.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return base::fail(fmt::format("'{}' cannot be started: {}", command, std::strerror(failed)));
  return ChildProcess(child);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept : id_(std::exchange(other.id_, 0)), ending_(other.ending_) {}

ChildProcess::~ChildProcess() { end(); }

std::optional<Ending> ChildProcess::poll() {
  if (id_ == 0) return ending_;
  int status = 0;
  const auto ended = ::waitpid(id_, &status, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
  ending_ = ended == id_ ? ending_of(status) : Signalled{};
  id_ = 0;
  return ending_;
}

void ChildProcess::end(std::chrono::milliseconds time) {
  if (id_ == 0) return;
  const auto group = id_;
  ::kill(-group, SIGTERM);
  for (auto passed = std::chrono::milliseconds{0}; passed < time; passed += between_looks) {
    static_cast<void>(poll());
    if (!is_anybody_in(group)) return;
    ::poll(nullptr, 0, static_cast<int>(between_looks.count()));
  }
  ::kill(-group, SIGKILL);
  if (id_ == 0) return;
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ending_ = ending_of(status);
  id_ = 0;
}

}  // namespace live
