// How an observation's wishes are held against what is there, attribute by attribute, and put into words.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"

namespace scenarios {

/// Gathers what was asked for and what is there, attribute by attribute.
class Comparison {
 public:
  explicit Comparison(std::string subject) : subject_(std::move(subject)) {}

  template <class T>
  void compare(std::string_view what, const std::optional<T>& wanted, const T& actual) {
    if (!wanted) return;
    demand(fmt::format("{} {}", what, *wanted), fmt::format("{} {}", what, actual), *wanted == actual);
  }

  void demand(std::string expected, std::string found, bool holds) {
    expected_.push_back(std::move(expected));
    found_.push_back(std::move(found));
    holds_ = holds_ && holds;
  }

  [[nodiscard]] Observed result() const {
    const auto expected = expected_.empty() ? "to be there" : fmt::format("{}", fmt::join(expected_, ", "));
    const auto found = found_.empty() ? "it is there" : fmt::format("{}", fmt::join(found_, ", "));
    return {holds_, fmt::format("{}: {}", subject_, expected), found};
  }

 private:
  std::string subject_;
  std::vector<std::string> expected_;
  std::vector<std::string> found_;
  bool holds_ = true;
};

/// "at least one" or the number.
inline Observed counted(std::string what, std::int64_t count, const std::optional<std::int64_t>& wanted) {
  const bool holds = wanted ? count == *wanted : count > 0;
  return {holds, fmt::format("{}: {}", what, wanted ? std::to_string(*wanted) : "at least one"),
          std::to_string(count)};
}

/// What could not be looked at.
inline Observed not_seen(std::string expected, const Performed& answer) {
  return {false, std::move(expected), "cannot be seen: " + answer.detail};
}

/// Whether something is there at all.
inline Observed presence(std::string_view subject, bool should_exist, bool exists) {
  return {exists == should_exist, fmt::format("{}: {}", subject, should_exist ? "exists" : "does not exist"),
          exists ? "it exists" : "it does not exist"};
}

/// An exact list, in any order of the two.
inline Observed compared_lists(std::string subject, std::vector<std::string> wanted, std::vector<std::string> found) {
  std::ranges::sort(wanted);
  std::ranges::sort(found);
  const auto text = [](const std::vector<std::string>& list) { return list.empty() ? std::string("none") : fmt::format("{}", fmt::join(list, ", ")); };
  return {wanted == found, fmt::format("{}: {}", subject, text(wanted)), text(found)};
}

}  // namespace scenarios
