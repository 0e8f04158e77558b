// A program beside this one, started by a shell, that is looked after now and then and not waited for.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace live {

class ChildProcess {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  /// `/bin/sh -c COMMAND` in a process group of its own, with these variables beside this program's own; what it prints goes to
  /// standard error.
  [[nodiscard]] static base::Result<ChildProcess> start(const std::string& command, const Variables& variables);
  /// Ends it where it has not ended.
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Its exit code once it has ended, 128 and the number of a signal that ended it; empty while it runs.
  [[nodiscard]] std::optional<int> poll();
  /// Ends it and all that it has started.
  void end();

 private:
  explicit ChildProcess(int id) : id_(id) {}

  int id_ = 0;  ///< 0: it has ended
  int code_ = 0;
};

}  // namespace live
