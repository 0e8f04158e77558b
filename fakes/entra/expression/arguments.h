// What an implementation of a function sees: its arguments, evaluated when it asks for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/entra/expression/evaluation.h"
#include "fakes/entra/expression/syntax.h"

namespace fakes::entra::expression {

/// One evaluation: the context, what it has found out so far, and its first error. Errors stick: once there is one, values are
/// null and what is computed from them is dropped.
struct Evaluation {
  Context* context = nullptr;
  Outcome outcome{};
  bool ignores_empty = false;  ///< an IgnoreFlowIfNullOrEmpty met null or nothing
  std::optional<EvaluationError> error{};
};

[[nodiscard]] Value evaluate(const Expression& expression, Evaluation& evaluation);
/// Whether the condition of an IIF holds: it never does where an attribute in it is null or empty.
/// [Entra provisioning-clients 2.19-13]
[[nodiscard]] bool condition_holds(const Expression& condition, Evaluation& evaluation);

class Arguments {
 public:
  Arguments(const Call& call, std::size_t offset, Evaluation& evaluation)
      : call_(&call), offset_(offset), evaluation_(&evaluation) {}

  [[nodiscard]] std::size_t size() const { return call_->arguments.size(); }
  /// Whether argument `i`, from 0, is there and not left empty.
  [[nodiscard]] bool given(std::size_t i) const { return i < size() && !is_empty(call_->arguments[i]); }
  [[nodiscard]] const Expression& expression(std::size_t i) const { return call_->arguments[i]; }
  [[nodiscard]] Evaluation& evaluation() { return *evaluation_; }
  [[nodiscard]] Context& context() { return *evaluation_->context; }
  [[nodiscard]] bool failed() const { return evaluation_->error.has_value(); }

  /// Null where the argument is not given.
  [[nodiscard]] Value value(std::size_t i);
  /// Empty for null; refuses lists of several values.
  [[nodiscard]] std::optional<std::string> text(std::size_t i);
  /// The empty text for null.
  [[nodiscard]] std::string text_or_empty(std::size_t i) { return text(i).value_or(std::string()); }
  /// Refuses null and what is no number.
  [[nodiscard]] std::int64_t integer(std::size_t i);
  [[nodiscard]] Texts list(std::size_t i) { return as_list(value(i)); }

  /// Notes the error and gives null to return.
  Value fail(ErrorCode code, std::string_view reason);
  /// False, with an error, where a text has become too long.
  bool fits(std::size_t size);

 private:
  const Call* call_;
  std::size_t offset_;
  Evaluation* evaluation_;
};

}  // namespace fakes::entra::expression
