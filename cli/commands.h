// One function a command: options in, exit code out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};

/// Reads `A..B` or `N`; empty where it is neither, or ends before it begins.
[[nodiscard]] std::optional<SeedRange> parse_seeds(const std::string& text);

struct RunCommand {
  std::vector<std::string> paths;
  SeedRange seeds;
  std::string arm = "sim";
  std::string target = "core";
  std::string config;
  bool twice = false;
  bool shuffle_ties = false;
  std::string report;
  std::string trace;
  std::string format = "text";
  bool no_report = false;
  std::string dispatch_log;  ///< for the second process of --twice
};

int run(const RunCommand& command);
int check(const std::vector<std::string>& paths);
int list(const std::string& what, bool coverage, const std::string& format);
int explain(const std::string& id);

/// The paths, or the whole library where there are none; empty with a message where they cannot be found.
[[nodiscard]] std::optional<std::vector<std::string>> scripts_at(const std::vector<std::string>& paths);

}  // namespace cli
