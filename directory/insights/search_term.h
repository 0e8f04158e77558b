// The search_term of an event query: conditions on fields, joined by and, or and not, as the vendor's API publishes
// them, both as `{"field": value}` and as `{"field": …, "operator": …, "value": …}`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"

namespace directory {

/// The names between the dots of a path such as `initiated_by.email`.
[[nodiscard]] std::vector<std::string> split_path(std::string_view path);

class SearchTerm {
 public:
  /// An object with one of `and`, `or`, `not`. The error says what is wrong with it: an unknown operator, a value that
  /// the operator cannot compare, a field that is not searchable or named twice, too many terms or too deep ones.
  static base::Result<SearchTerm> parse(const base::Json& json);

  /// Whether the event is one that is searched for. Values compare without regard to letter case: the log keeps them
  /// as they were, and compares them as though they had been lowered when they were stored. [rule DI10]
  [[nodiscard]] bool matches(const base::Json& event) const;

  /// The event types that a match must be one of, lowered, where the term limits them.
  [[nodiscard]] std::optional<std::vector<std::string>> event_types() const;
  /// Whether being one of event_types() is all that it asks.
  [[nodiscard]] bool asks_for_event_types_alone() const;

 private:
  enum class Kind { all_of, any_of, none_of, test };
  enum class Operator { eq, ne, contains, starts_with, ends_with, in, not_in, lt, gt, lte, gte, before, after };
  struct OperatorName;
  static const OperatorName operators[13];
  class Parser;

  base::Result<void> take(const base::Json& value);
  [[nodiscard]] bool tests_true(const base::Json& value) const;
  [[nodiscard]] bool is_about_event_types() const;

  Kind kind_ = Kind::all_of;
  std::vector<SearchTerm> terms_;
  std::vector<std::string> path_;
  Operator operator_ = Operator::eq;
  std::vector<std::string> values_;  ///< lowered
  double number_ = 0;
  base::Instant instant_{};
};

}  // namespace directory
