#include "reports/browser/chromium_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "reports/browser/deadline.h"

extern char** environ;

namespace reports {
namespace {

/// Far more than any answer takes, also on a busy machine; only a browser that hangs meets it.
constexpr std::chrono::seconds patience{90};
constexpr std::chrono::seconds patience_with_its_end{10};

constexpr int descriptor_it_reads = 3;
constexpr int descriptor_it_writes = 4;

std::vector<std::string> arguments_for(const std::filesystem::path& folder) {
  std::vector<std::string> arguments{"--headless",
                                     "--remote-debugging-pipe",
                                     "--user-data-dir=" + (folder / "profile").string(),
                                     "--disable-gpu",
                                     "--disable-quic",
                                     "--disable-dev-shm-usage",
                                     "--disable-background-networking",
                                     "--disable-component-update",
                                     "--disable-default-apps",
                                     "--disable-extensions",
                                     "--disable-sync",
                                     "--no-first-run",
                                     "--no-default-browser-check",
                                     "--force-color-profile=srgb",
                                     "--hide-scrollbars",
                                     "--lang=en-GB"};
  // Its sandbox refuses to work for root.
  if (geteuid() == 0) arguments.emplace_back("--no-sandbox");
  return arguments;
}

/// A descriptor that becomes readable when the process has ended.
int open_process(pid_t process) {
  return static_cast<int>(syscall(SYS_pidfd_open, process, 0));
}

std::expected<pid_t, std::string> spawn(const std::filesystem::path& program,
                                        const std::filesystem::path& folder, int connection) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const auto log = (folder / "log").string();
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  // The connection may itself be 3 or 4: the order keeps it until both are made.
  const int first = connection == descriptor_it_writes ? descriptor_it_writes : descriptor_it_reads;
  const int second = first == descriptor_it_reads ? descriptor_it_writes : descriptor_it_reads;
  posix_spawn_file_actions_adddup2(&actions, connection, first);
  posix_spawn_file_actions_adddup2(&actions, first, second);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  auto arguments = arguments_for(folder);
  auto name = program.string();
  std::vector<char*> argv{name.data()};
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t process = -1;
  const int failed = posix_spawn(&process, program.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0)
    return std::unexpected(fmt::format("{} cannot be started: {}", name, std::strerror(failed)));
  return process;
}

}  // namespace

std::expected<std::unique_ptr<ChromiumProcess>, std::string> ChromiumProcess::start(
    const std::filesystem::path& program) {
  auto folder = (std::filesystem::temp_directory_path() / "lockstep-browser-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return std::unexpected(folder + " cannot be made");
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return std::unexpected(std::string("no socket pair: ") + std::strerror(errno));
  }
  std::unique_ptr<ChromiumProcess> chromium(new ChromiumProcess(folder, ends[0]));
  const auto process = spawn(program, folder, ends[1]);
  close(ends[1]);
  if (!process) return std::unexpected(process.error());
  chromium->process_ = *process;
  return chromium;
}

ChromiumProcess::~ChromiumProcess() {
  close(connection_);
  if (process_ > 0) {
    const int ended = open_process(process_);
    if (ended < 0 || !Deadline(patience_with_its_end).wait_for(ended, POLLIN)) kill(-process_, SIGKILL);
    if (ended >= 0) close(ended);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

bool ChromiumProcess::send(const std::string& message) {
  const Deadline deadline(patience);
  // c_str() ends with the zero byte that ends a message.
  std::size_t sent = 0;
  while (sent < message.size() + 1) {
    const auto count =
        ::send(connection_, message.c_str() + sent, message.size() + 1 - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EINTR) {
      if (!deadline.wait_for(connection_, POLLOUT)) return false;
    } else {
      return false;
    }
  }
  return true;
}

std::string ChromiumProcess::receive() {
  const Deadline deadline(patience);
  for (std::size_t searched = 0;;) {
    if (const auto end = unread_.find('\0', searched); end != std::string::npos) {
      auto message = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return message;
    }
    searched = unread_.size();
    if (!deadline.wait_for(connection_, POLLIN)) return {};
    std::array<char, 65536> buffer{};
    const auto count = recv(connection_, buffer.data(), buffer.size(), 0);
    if (count == 0 || (count < 0 && errno != EINTR)) return {};
    if (count > 0) unread_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::string ChromiumProcess::log() const {
  std::ifstream in(folder_ / "log", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace reports
