// A program beside this one, started by a shell, that is looked after now and then and not waited for.
//
// It has a process group of its own, so that all that it has started can be ended with it, and a Ctrl-C at the terminal comes to it by
// whoever looks after it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace live {

/// By itself.
struct Exited {
  int code = 0;
  bool operator==(const Exited&) const = default;
};
/// By a signal; 0: nobody knows by which.
struct Signalled {
  int signal = 0;
  bool operator==(const Signalled&) const = default;
};
/// How a program has ended.
using Ending = std::variant<Exited, Signalled>;

class ChildProcess {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  /// `/bin/sh -c COMMAND` in a process group of its own, with these variables beside this program's own, and with no signal ignored or
  /// blocked; what it prints goes to standard error as it comes.
  [[nodiscard]] static base::Result<ChildProcess> start(const std::string& command, const Variables& variables);
  /// Ends it where it has not ended.
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Empty while it runs.
  [[nodiscard]] std::optional<Ending> poll();
  /// Asks it and all that it has started to end, and ends at once what has not done so in time.
  void end(std::chrono::milliseconds time = std::chrono::seconds{2});

 private:
  explicit ChildProcess(int id) : id_(id) {}

  int id_ = 0;  ///< 0: it has ended
  Ending ending_{};
};

}  // namespace live
