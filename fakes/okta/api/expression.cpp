#include "fakes/okta/api/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/encoding.h"
#include "base/instant.h"

namespace fakes::okta::api {
namespace {

using base::Json;
using Kind = Expression::Kind;

bool is_order(Operator op) { return op == Operator::gt || op == Operator::ge || op == Operator::lt || op == Operator::le; }

/// Negative, zero or positive; empty where the two have no order.
std::optional<int> compare(const Json& value, const Json& wanted) {
  if (value.is_number() && wanted.is_number()) {
    const auto left = value.to_number<double>();
    const auto right = wanted.to_number<double>();
    return left < right ? -1 : static_cast<int>(left > right);
  }
  if (!value.is_string() || !wanted.is_string()) return std::nullopt;
  const auto left = base::as_text(value.get_string());
  const auto right = base::as_text(wanted.get_string());
  const auto left_time = base::parse_rfc3339(left);
  const auto right_time = base::parse_rfc3339(right);
  if (left_time && right_time) return *left_time < *right_time ? -1 : static_cast<int>(*left_time > *right_time);
  return base::to_lower(left).compare(base::to_lower(right));
}

bool has_part(const Json& value, const Json& wanted, Operator op) {
  if (!value.is_string() || !wanted.is_string()) return false;
  const auto text = base::to_lower(base::as_text(value.get_string()));
  const auto part = base::to_lower(base::as_text(wanted.get_string()));
  if (op == Operator::sw) return text.starts_with(part);
  return op == Operator::ew ? text.ends_with(part) : text.contains(part);
}

bool is_present(const Json& value) {
  if (value.is_null()) return false;
  if (value.is_string()) return !value.get_string().empty();
  return !value.is_array() || !value.get_array().empty();
}

bool holds(const Expression& expression, const Json& value) {
  const auto& operand = expression.operand;
  const auto order = compare(value, operand);
  const bool is_equal = order ? *order == 0 : value == operand;
  switch (expression.op) {
    case Operator::eq: return is_equal;
    case Operator::ne: return !is_equal;
    case Operator::co:
    case Operator::sw:
    case Operator::ew: return has_part(value, operand, expression.op);
    case Operator::gt: return order && *order > 0;
    case Operator::ge: return order && *order >= 0;
    case Operator::lt: return order && *order < 0;
    case Operator::le: return order && *order <= 0;
    case Operator::pr: return is_present(value);
  }
  return false;
}

/// Some value at the rest of the path that the comparison holds for.
bool some_holds(const Expression& expression, const Json& at, std::string_view path) {
  if (at.is_array()) {
    return std::ranges::any_of(at.get_array(), [&](const Json& entry) { return some_holds(expression, entry, path); });
  }
  if (path.empty()) return holds(expression, at);
  const auto dot = std::min(path.find('.'), path.size());
  const auto* next = base::member(at, path.substr(0, dot));
  return next != nullptr && some_holds(expression, *next, path.substr(std::min(dot + 1, path.size())));
}

void collect_members(const Expression& expression, std::set<std::string>& into) {
  if (expression.kind == Kind::comparison) into.insert(expression.path.substr(0, expression.path.find('.')));
  for (const auto& part : expression.parts) collect_members(part, into);
}

}  // namespace

bool matches(const Expression& expression, const Json& json) {
  const auto each = [&](const Expression& part) { return matches(part, json); };
  switch (expression.kind) {
    case Kind::all: return std::ranges::all_of(expression.parts, each);
    case Kind::any: return std::ranges::any_of(expression.parts, each);
    case Kind::negation: return !each(expression.parts.front());
    case Kind::comparison: break;
  }
  if (expression.op != Operator::ne) return some_holds(expression, json, expression.path);
  auto equal = expression;
  equal.op = Operator::eq;
  return !some_holds(equal, json, expression.path);
}

std::set<std::string> members_of(const Expression& expression) {
  std::set<std::string> out;
  collect_members(expression, out);
  return out;
}

std::string objection(const Expression& expression, std::span<const Filterable> attributes) {
  if (expression.kind != Kind::comparison) {
    for (const auto& part : expression.parts) {
      if (auto found = objection(part, attributes); !found.empty()) return found;
    }
    return {};
  }
  const auto attribute = std::ranges::find(attributes, expression.path, &Filterable::path);
  if (attribute == attributes.end()) return fmt::format("there is no filter by {}", expression.path);
  if (expression.op == Operator::eq || (attribute->has_order && is_order(expression.op))) return {};
  return fmt::format("{} is not compared in that way", expression.path);
}

bool mentions(const Expression& expression, std::string_view path) {
  if (expression.kind == Kind::comparison) return expression.path == path;
  return std::ranges::any_of(expression.parts, [&](const Expression& part) { return mentions(part, path); });
}

}  // namespace fakes::okta::api
