// What a rule has to say about a place in the tree, and how a line excuses itself.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tidy {

struct Finding {
  std::string file;
  std::size_t line = 0;
  std::string rule;
  std::string advice;  ///< what to do instead

  auto operator<=>(const Finding&) const = default;
};

/// `file:line: rule: what to do instead`.
[[nodiscard]] inline std::string to_text(const Finding& finding) {
  return finding.file + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " + finding.advice;
}

inline void append(std::vector<Finding>& findings, std::vector<Finding> more) {
  for (auto& finding : more) findings.push_back(std::move(finding));
}

/// `tidy-allow: <rule>: <reason>` in a comment: findings of that rule on that line are accepted.
struct Allowance {
  std::string file;
  std::size_t line = 0;
  std::string rule;
  std::string reason;

  bool operator==(const Allowance&) const = default;
};

}  // namespace tidy
