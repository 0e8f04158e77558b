// Holds a history against what a case expects of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/client/client_case.h"
#include "scenarios/client/seen.h"

namespace scenarios::client {

/// What came of one task.
struct TaskEnd {
  enum class Kind {
    done,
    refused,  ///< not done, or the person was not let in
    cannot,   ///< the product has no such task
    silent,   ///< it did not come to an end in time
    not_run   ///< nobody could ask it
  };
  Kind kind = Kind::done;
  std::string detail{};   ///< why not
  Value result = nullptr;  ///< what the product says it knows; null: it says nothing
};

/// What an expectation came to.
struct Judgement {
  bool applies = true;  ///< whether there was anything to judge
  std::vector<Difference> differences{};
  std::vector<std::uint64_t> exchanges{};  ///< that it was judged by
};

/// Whether an exchange is one that the pattern means.
[[nodiscard]] bool fits(const Pattern& pattern, const Seen& seen);
/// In what it differs from the pattern.
[[nodiscard]] std::vector<Difference> differences(const Pattern& pattern, const Seen& seen);
/// The pattern in words: "GET /v1.0/users answered 429".
[[nodiscard]] std::string pattern_text(const Pattern& pattern);
/// The law in words, for reports.
[[nodiscard]] std::string law_text(const Law& law);

/// How long an answer asks to be left alone from `at` on: seconds, also with a fraction, or until a date. Empty where it does not
/// say, or nothing that can be read. [RFC9110 10.2.3] [Graph E40]
[[nodiscard]] std::optional<base::Duration> retry_after_of(const base::Headers& answer, base::Instant at);

/// Of every law but State, which needs the world. `phases`: the numbers of those it is about; `ends`: by phase.
[[nodiscard]] Judgement judge(const Law& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>& ends);

}  // namespace scenarios::client
