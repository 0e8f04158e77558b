#include "live/worker.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace live {
namespace {

/// False at the end of the pipe.
bool write_line(int descriptor, std::string_view line) {
  std::string text(line);
  text += '\n';
  for (std::string_view rest = text; !rest.empty();) {
    const auto written = ::write(descriptor, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Appends what is there; false at the end of the pipe.
bool read_more(int descriptor, std::string& buffer) {
  std::array<char, 65'536> chunk{};
  for (;;) {
    const auto count = ::read(descriptor, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    buffer.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
  }
}

std::optional<std::string> take_line(std::string& buffer) {
  const auto end = buffer.find('\n');
  if (end == std::string::npos) return std::nullopt;
  auto line = buffer.substr(0, end);
  buffer.erase(0, end + 1);
  return line;
}

/// The child's life: it ends with the pipe.
[[noreturn]] void serve(int from_parent, int to_parent, const Worker::Answer& answer) {
  std::string buffer;
  do {
    while (const auto line = take_line(buffer)) {
      if (!write_line(to_parent, answer(*line))) ::_exit(0);
    }
  } while (read_more(from_parent, buffer));
  ::_exit(0);
}

std::string death_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", WTERMSIG(status));
  return fmt::format("exited with {}", WEXITSTATUS(status));
}

void make_pipe(std::array<int, 2>& ends) {
  if (::pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
}

}  // namespace

Worker::Worker(const Answer& answer) {
  std::array<int, 2> down{};
  std::array<int, 2> up{};
  make_pipe(down);
  make_pipe(up);
  const auto parent = ::getpid();
  child_ = ::fork();
  if (child_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child_ == 0) {
    // Ctrl-C reaches the whole group; the parent says when it is over.
    ::signal(SIGINT, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);
    ::close(down[1]);
    ::close(up[0]);
    serve(down[0], up[1], answer);
  }
  ::close(down[0]);
  ::close(up[1]);
  to_child_ = down[1];
  from_child_ = up[0];
}

Worker::~Worker() {
  ::close(to_child_);
  ::close(from_child_);
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  static_cast<void>(death_of(child_));
}

void Worker::ask(std::string_view line) {
  asked_ = line;
  busy_ = true;
  // Where the child is dead already, receive() tells.
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  static_cast<void>(write_line(to_child_, line));
  ::sigaction(SIGPIPE, &before, nullptr);
}

Worker::Received Worker::receive() {
  Received out;
  const bool open = read_more(from_child_, received_);
  out.answer = take_line(received_);
  if (out.answer) busy_ = false;
  if (!open) out.death = death_of(std::exchange(child_, -1));
  return out;
}

std::vector<std::size_t> wait_for_workers(const std::vector<Worker*>& workers, int milliseconds) {
  std::vector<pollfd> waits;
  for (const auto* worker : workers) waits.push_back({.fd = worker->descriptor(), .events = POLLIN, .revents = 0});
  std::vector<std::size_t> ready;
  if (::poll(waits.data(), waits.size(), milliseconds) <= 0) return ready;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i].revents != 0) ready.push_back(i);
  }
  return ready;
}

Worker::Received ask_and_wait(Worker& worker, std::string_view line) {
  worker.ask(line);
  for (;;) {
    if (wait_for_workers({&worker}, 1'000).empty()) continue;
    auto received = worker.receive();
    if (received.answer || !received.death.empty()) return received;
  }
}

}  // namespace live
