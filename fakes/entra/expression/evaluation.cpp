#include "fakes/entra/expression/evaluation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <compare>
#include <utility>

#include "fakes/entra/expression/arguments.h"
#include "fakes/entra/expression/functions.h"

namespace fakes::entra::expression {
namespace {

bool holds(Comparator comparator, std::strong_ordering order) {
  switch (comparator) {
    case Comparator::equal:
      return order == 0;
    case Comparator::unequal:
      return order != 0;
    case Comparator::greater:
      return order > 0;
    case Comparator::at_least:
      return order >= 0;
    case Comparator::less:
      return order < 0;
    case Comparator::at_most:
      break;
  }
  return order <= 0;
}

void fail(Evaluation& evaluation, ErrorCode code, std::size_t offset, std::string text) {
  if (!evaluation.error) evaluation.error = EvaluationError{code, offset, std::move(text)};
}

/// Assumed: as numbers where one side is a number and the other can be read as one, else as texts, where letter case counts.
Value compared(const Expression& expression, const Comparison& comparison, Evaluation& evaluation) {
  const auto left = evaluate(comparison.sides.front(), evaluation);
  const auto right = evaluate(comparison.sides.back(), evaluation);
  if (is_null(left) || is_null(right)) return false;
  const bool one_is_number = std::holds_alternative<std::int64_t>(left) || std::holds_alternative<std::int64_t>(right);
  const auto left_number = as_integer(left);
  const auto right_number = as_integer(right);
  if (one_is_number && left_number && right_number) {
    return holds(comparison.comparator, *left_number <=> *right_number);
  }
  const auto left_text = as_text(left);
  const auto right_text = as_text(right);
  if (!left_text || !right_text) {
    fail(evaluation, ErrorCode::wrong_type, expression.offset,
         fmt::format("{} compares single values; one side is {}", sign(comparison.comparator),
                     kind_of(left_text ? right : left)));
    return {};
  }
  return holds(comparison.comparator, left_text->compare(*right_text) <=> 0);
}

struct Visitor {
  const Expression* expression;
  Evaluation* evaluation;

  Value operator()(const Empty&) const { return {}; }
  Value operator()(const Attribute& attribute) const { return evaluation->context->attribute(attribute.name); }
  Value operator()(const Text& text) const { return text.text; }
  Value operator()(const Number& number) const { return number.value; }
  Value operator()(const Boolean& boolean) const { return boolean.value; }
  Value operator()(const Constant& constant) const { return constant.name; }
  Value operator()(const Comparison& comparison) const { return compared(*expression, comparison, *evaluation); }
  Value operator()(const Call& call) const {
    Arguments arguments(call, expression->offset, *evaluation);
    if (call.function->evaluate == nullptr) return arguments.fail(ErrorCode::bad_argument, call.function->refused_because);
    auto value = call.function->evaluate(arguments);
    if (const auto* text = std::get_if<std::string>(&value)) arguments.fits(text->size());
    return value;
  }
};

/// Whether an attribute that the expression names is null or empty.
bool names_nothing(const Expression& expression, const Context& context) {
  return std::ranges::any_of(attributes_of(expression),
                             [&](const std::string& name) { return is_null_or_empty(context.attribute(name)); });
}

}  // namespace

Value evaluate(const Expression& expression, Evaluation& evaluation) {
  if (evaluation.error) return {};
  auto value = std::visit(Visitor{&expression, &evaluation}, expression.node);
  if (evaluation.error) return {};
  return value;
}

bool condition_holds(const Expression& condition, Evaluation& evaluation) {
  if (names_nothing(condition, *evaluation.context)) return false;
  const auto value = evaluate(condition, evaluation);
  if (evaluation.error || is_null(value)) return false;
  const auto truth = as_truth(value);
  if (!truth) {
    fail(evaluation, ErrorCode::wrong_type, condition.offset,
         fmt::format("a condition is True or False; this one is {}", kind_of(value)));
  }
  return truth.value_or(false);
}

Value Arguments::value(std::size_t i) { return given(i) ? evaluate(expression(i), *evaluation_) : Value{}; }

std::optional<std::string> Arguments::text(std::size_t i) {
  const auto found = value(i);
  auto text = as_text(found);
  if (!text && !is_null_or_empty(found)) {
    fail(ErrorCode::wrong_type, fmt::format("argument {} is one text; this one is {}", i + 1, kind_of(found)));
  }
  return text;
}

std::int64_t Arguments::integer(std::size_t i) {
  const auto found = value(i);
  if (is_null_or_empty(found)) {
    fail(ErrorCode::missing_value, fmt::format("argument {} is a whole number; this one is {}", i + 1,
                                               is_null(found) ? "null" : "empty"));
    return 0;
  }
  const auto number = as_integer(found);
  if (!number) fail(ErrorCode::wrong_type, fmt::format("argument {} is a whole number; this one is {}", i + 1, kind_of(found)));
  return number.value_or(0);
}

Value Arguments::fail(ErrorCode code, std::string_view reason) {
  expression::fail(*evaluation_, code, offset_, fmt::format("{}: {}", call_->function->name, reason));
  return {};
}

bool Arguments::fits(std::size_t size) {
  if (size <= longest_text) return true;
  fail(ErrorCode::too_long, fmt::format("texts are at most {} bytes long", longest_text));
  return false;
}

std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::wrong_type:
      return "wrong_type";
    case ErrorCode::missing_value:
      return "missing_value";
    case ErrorCode::bad_argument:
      return "bad_argument";
    case ErrorCode::bad_date:
      return "bad_date";
    case ErrorCode::bad_pattern:
      return "bad_pattern";
    case ErrorCode::out_of_range:
      return "out_of_range";
    case ErrorCode::too_long:
      return "too_long";
    case ErrorCode::no_randomness:
      break;
  }
  return "no_randomness";
}

std::string log_text(const Outcome& outcome) {
  if (outcome.redacted) return std::string(redacted_text);
  return fmt::format("{}", fmt::join(as_list(outcome.value), ", "));
}

std::expected<Outcome, EvaluationError> evaluate(const Expression& expression, Context& context) {
  Evaluation evaluation{&context, {}, false, std::nullopt};
  auto value = evaluate(expression, evaluation);
  if (evaluation.error) return std::unexpected(*std::move(evaluation.error));
  evaluation.outcome.ignored = evaluation.ignores_empty && is_null_or_empty(value);
  evaluation.outcome.value = std::move(value);
  return std::move(evaluation.outcome);
}

}  // namespace fakes::entra::expression
