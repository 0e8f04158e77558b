// Functions that choose, ask and convert.
#include <algorithm>

#include "fakes/entra/expression/families.h"

namespace fakes::entra::expression {
namespace {

/// Whether all that the source names is as it was, so that the documented fault of Switch strikes.
/// [Entra provisioning-clients 2.19-26]
bool is_forgotten(const Expression& source, const Context& context) {
  if (!context.forgets_unchanged()) return false;
  const auto names = attributes_of(source);
  return !names.empty() && std::ranges::all_of(names, [&](const std::string& name) { return context.unchanged(name); });
}

}  // namespace

Value iif(Arguments& arguments) {
  const bool holds = condition_holds(arguments.expression(0), arguments.evaluation());
  return arguments.value(holds ? 1 : 2);
}

/// A source that is null is the empty text, which a key can stand for. [Entra provisioning-clients 2.19-25]
Value switch_by_key(Arguments& arguments) {
  if (is_forgotten(arguments.expression(0), arguments.context())) return {};
  const auto source = arguments.text_or_empty(0);
  for (std::size_t i = 2; i + 1 < arguments.size(); i += 2) {
    if (arguments.failed()) return {};
    if (arguments.text_or_empty(i) == source) return arguments.value(i + 1);
  }
  return arguments.value(1);
}

Value coalesce(Arguments& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto value = arguments.value(i);
    if (!is_null(value)) return value;
  }
  return {};
}

Value is_null(Arguments& arguments) { return is_null(arguments.value(0)); }

Value is_null_or_empty(Arguments& arguments) { return is_null_or_empty(arguments.value(0)); }

Value is_present(Arguments& arguments) { return !is_null_or_empty(arguments.value(0)); }

Value is_string(Arguments& arguments) { return as_text(arguments.value(0)).has_value(); }

Value negation(Arguments& arguments) {
  const auto source = arguments.value(0);
  return !as_truth(source).value_or(false);
}

/// Assumed: null is False, and a text has to write a number or a boolean.
Value c_bool(Arguments& arguments) {
  const auto value = arguments.value(0);
  if (is_null(value)) return false;
  const auto truth = as_truth(value);
  if (!truth) return arguments.fail(ErrorCode::wrong_type, "neither a number nor True or False");
  return *truth;
}

Value c_str(Arguments& arguments) {
  const auto text = arguments.text(0);
  if (!text) return {};
  return *text;
}

Value bit_and(Arguments& arguments) {
  const auto one = arguments.integer(0);
  const auto other = arguments.integer(1);
  return one & other;
}

Value ignore_flow_if_null_or_empty(Arguments& arguments) {
  auto value = arguments.value(0);
  if (is_null_or_empty(value)) arguments.evaluation().ignores_empty = true;
  return value;
}

Value redact(Arguments& arguments) {
  arguments.evaluation().outcome.redacted = true;
  return arguments.value(0);
}

}  // namespace fakes::entra::expression
