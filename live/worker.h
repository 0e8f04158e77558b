// A process of its own, a copy of this one: for what may bring its process down, what SQLite's random generator, which is one a process,
// would make depend on what was done before, and what must leave no trace.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace live {

/// The child of a fork that answers lines with lines.
class Worker {
 public:
  using Answer = std::function<std::string(std::string_view line)>;

  /// `answer` runs in the child and sees the memory of the parent as it is now. Neither lines nor answers hold newlines.
  explicit Worker(const Answer& answer);
  /// Ends the child, whatever it is doing.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Asks; the worker must be idle.
  void ask(std::string_view line);
  [[nodiscard]] bool busy() const { return busy_; }
  /// What it was asked last.
  [[nodiscard]] const std::string& asked() const { return asked_; }
  [[nodiscard]] int descriptor() const { return from_child_; }

  struct Received {
    std::optional<std::string> answer{};  ///< none yet, or none any more
    std::string death{};                  ///< how the child has ended: `killed by signal 11`; empty while it lives
  };
  /// Takes what is there to be read.
  Received receive();

 private:
  pid_t child_ = -1;
  int to_child_ = -1;
  int from_child_ = -1;
  bool busy_ = false;
  std::string asked_;
  std::string received_;
};

/// Asks an idle worker and waits until it has answered or died.
[[nodiscard]] Worker::Received ask_and_wait(Worker& worker, std::string_view line);

/// Waits until one of them has something to say or has died, at most `milliseconds`; their indices.
[[nodiscard]] std::vector<std::size_t> wait_for_workers(const std::vector<Worker*>& workers, int milliseconds);

}  // namespace live
