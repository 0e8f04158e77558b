// How far long work has come: one line on a terminal, nothing elsewhere.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace cli {

class Progress {
 public:
  Progress() : shown_(isatty(STDERR_FILENO) != 0) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t number, std::size_t all, std::string_view what) const {
    if (shown_) fmt::print(stderr, "\r\033[K[{}/{}] {}", number, all, what);
  }
  void show(std::string_view what) const {
    if (shown_) fmt::print(stderr, "\r\033[K{}", what);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\033[K");
  }

 private:
  bool shown_;
};

}  // namespace cli
