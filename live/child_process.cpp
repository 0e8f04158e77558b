#include "live/child_process.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace live {
namespace {

constexpr int signals_from = 128;

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

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : signals_from + WTERMSIG(status); }

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
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), values.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return base::fail(fmt::format("'{}' cannot be started: {}", command, std::strerror(failed)));
  return ChildProcess(child);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept : id_(std::exchange(other.id_, 0)), code_(other.code_) {}

ChildProcess::~ChildProcess() { end(); }

std::optional<int> ChildProcess::poll() {
  if (id_ == 0) return code_;
  int status = 0;
  const auto ended = ::waitpid(id_, &status, WNOHANG);
  if (ended == 0) return std::nullopt;
  code_ = ended == id_ ? code_of(status) : signals_from;
  id_ = 0;
  return code_;
}

void ChildProcess::end() {
  if (id_ == 0) return;
  ::kill(-id_, SIGKILL);
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  code_ = code_of(status);
  id_ = 0;
}

}  // namespace live
