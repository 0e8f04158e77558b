// Chromium as a child process that is spoken to over its descriptors 3 and 4: no port is opened. Its profile
// is an empty folder which goes with it.
#pragma once

#include <sys/types.h>

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

namespace reports {

class ChromiumProcess {
 public:
  /// Errors say what went wrong, for a person.
  [[nodiscard]] static std::expected<std::unique_ptr<ChromiumProcess>, std::string> start(
      const std::filesystem::path& program);
  ChromiumProcess(const ChromiumProcess&) = delete;
  ChromiumProcess& operator=(const ChromiumProcess&) = delete;
  /// Hangs up, which ends Chromium; kills its process group where that takes too long. Reaps it in any case.
  ~ChromiumProcess();

  /// Ends each message with a zero byte. False: Chromium has gone or does not take it.
  [[nodiscard]] bool send(const std::string& message);
  /// The next message without its zero byte. Empty: none came in time, or Chromium has gone.
  [[nodiscard]] std::string receive();

  /// What it wrote to its standard error; noise unless something fails.
  [[nodiscard]] std::string log() const;

 private:
  ChromiumProcess(std::filesystem::path folder, int connection)
      : folder_(std::move(folder)), connection_(connection) {}

  std::filesystem::path folder_;
  int connection_;
  pid_t process_ = -1;
  std::string unread_;
};

}  // namespace reports
