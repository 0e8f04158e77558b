#include "directory/scim/filter_evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>

#include "base/encoding.h"
#include "base/instant.h"
#include "base/prepared_text.h"
#include "directory/scim/values.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonObject;

bool is_ordering(Operator op) {
  return op == Operator::gt || op == Operator::lt || op == Operator::ge || op == Operator::le;
}

bool is_substring(Operator op) {
  return op == Operator::co || op == Operator::sw || op == Operator::ew;
}

/// The attribute whose values a comparison of `found` compares: a complex attribute stands for its `value`.
const Attribute* compared_attribute(const Attribute& attribute) {
  if (attribute.type != AttributeType::complex) return &attribute;
  return attribute.find_sub_attribute("value");
}

template <class T>
bool holds(Operator op, const T& left, const T& right) {
  switch (op) {
    case Operator::eq:
      return left == right;
    case Operator::ne:
      return !(left == right);
    case Operator::gt:
      return left > right;
    case Operator::lt:
      return left < right;
    case Operator::ge:
      return left >= right;
    case Operator::le:
      return left <= right;
    case Operator::co:
    case Operator::sw:
    case Operator::ew:
      return false;
  }
  return false;
}

bool text_holds(Operator op, std::string_view left, std::string_view right) {
  switch (op) {
    case Operator::co:
      return left.find(right) != std::string_view::npos;
    case Operator::sw:
      return left.starts_with(right);
    case Operator::ew:
      return left.ends_with(right);
    default:
      return holds(op, left, right);
  }
}

bool text_compares(const Attribute& attribute, Operator op, const Json& actual, const Json& expected) {
  if (actual.is_string() && expected.is_string() && (op == Operator::eq || op == Operator::ne)) {
    return is_same_value(attribute, actual, expected) == (op == Operator::eq);
  }
  const auto left = text_of(actual);
  const auto right = text_of(expected);
  if (attribute.case_exact) return text_holds(op, left, right);
  return text_holds(op, base::comparison_key(left), base::comparison_key(right));
}

bool date_time_compares(const Attribute& attribute, Operator op, const Json& actual, const Json& expected) {
  const auto left = base::parse_rfc3339(text_of(actual));
  const auto right = base::parse_rfc3339(text_of(expected));
  if (!left || !right || is_substring(op)) return text_compares(attribute, op, actual, expected);
  return holds(op, *left, *right);
}

bool number_compares(Operator op, const Json& actual, const Json& expected) {
  if (!actual.is_number() || !expected.is_number()) return false;
  if (actual.is_int64() && expected.is_int64()) return holds(op, actual.get_int64(), expected.get_int64());
  return holds(op, actual.to_number<double>(), expected.to_number<double>());
}

/// One present value against the value of a comparison, which is not null.
bool value_compares(const Attribute& attribute, Operator op, const Json& actual, const Json& expected) {
  switch (attribute.type) {
    case AttributeType::boolean: {
      const auto left = read_boolean(actual);
      const auto right = read_boolean(expected);
      return left && right && !is_ordering(op) && holds(op, *left, *right);
    }
    case AttributeType::integer:
    case AttributeType::decimal:
      return number_compares(op, actual, expected);
    case AttributeType::date_time:
      return date_time_compares(attribute, op, actual, expected);
    case AttributeType::string:
    case AttributeType::reference:
    case AttributeType::binary:
      return text_compares(attribute, op, actual, expected);
    case AttributeType::complex:
      return false;
  }
  return false;
}

/// Asks `predicate` about each present value of `attribute` in `holder` until it says yes.
template <class Predicate>
bool any_value(const JsonObject& holder, const Attribute& attribute, Predicate predicate) {
  const auto* value = base::member(holder, attribute.name);
  if (value == nullptr || is_absent(*value)) return false;
  const auto* array = value->if_array();
  if (array == nullptr) return predicate(*value);
  return std::ranges::any_of(*array, [&](const Json& one) { return !is_absent(one) && predicate(one); });
}

/// The same for the values of a sub-attribute of each value.
template <class Predicate>
bool any_leaf(const JsonObject& holder, const Attribute& attribute, const Attribute* sub_attribute,
              Predicate predicate) {
  if (sub_attribute == nullptr) return any_value(holder, attribute, predicate);
  return any_value(holder, attribute, [&](const Json& value) {
    return value.is_object() && any_value(value.get_object(), *sub_attribute, predicate);
  });
}

bool is_present(const Json&) {
  return true;
}

bool compares(const JsonObject& holder, const Attribute& attribute, const Attribute* sub_attribute,
              const Comparison& comparison) {
  const auto* leaf = sub_attribute != nullptr ? sub_attribute : &attribute;
  if (leaf->type == AttributeType::complex) {
    if (comparison.value.is_null()) {
      return any_leaf(holder, attribute, sub_attribute, is_present) == (comparison.op == Operator::ne);
    }
    sub_attribute = compared_attribute(attribute);
    leaf = sub_attribute;
    if (leaf == nullptr) return false;
  }
  const auto present = any_leaf(holder, attribute, sub_attribute, is_present);
  if (comparison.value.is_null() || is_absent(comparison.value)) {
    // The empty string is no value: equal to nothing that is present.
    if (comparison.op == Operator::eq) return !present;
    if (comparison.op == Operator::ne) return present;
    if (comparison.value.is_null()) return false;
  }
  if (!present) return comparison.op == Operator::ne;
  return any_leaf(holder, attribute, sub_attribute, [&](const Json& value) {
    return value_compares(*leaf, comparison.op, value, comparison.value);
  });
}

/// Where the paths of a filter start: at a resource, or at one value of an attribute.
struct ResourceScope {
  const JsonObject& resource;
  const ResourceSchema& schema;
};

struct ValueScope {
  const Json& value;
  const Attribute& attribute;
};

template <class Scope>
bool holds_in(const Filter& filter, const Scope& scope);

bool leaf_holds(const Comparison& comparison, const ResourceScope& scope) {
  const auto found = scope.schema.find(comparison.path);
  if (!found || found->attribute == nullptr) return false;
  return compares(holder_of(scope.resource, *found), *found->attribute, found->sub_attribute, comparison);
}

bool leaf_holds(const Presence& presence, const ResourceScope& scope) {
  const auto found = scope.schema.find(presence.path);
  if (!found) return false;
  const auto& holder = holder_of(scope.resource, *found);
  if (found->attribute == nullptr) return !is_absent(holder);
  return any_leaf(holder, *found->attribute, found->sub_attribute, is_present);
}

bool leaf_holds(const ValuePath& value_path, const ResourceScope& scope) {
  const auto found = scope.schema.find(value_path.path);
  if (!found || found->attribute == nullptr) return false;
  return any_value(holder_of(scope.resource, *found), *found->attribute, [&](const Json& value) {
    return matches_value(value_path.filter.front(), value, *found->attribute);
  });
}

/// A value that is no object has one part, `value`, which is itself.
bool leaf_holds(const Comparison& comparison, const ValueScope& scope) {
  if (!scope.value.is_object()) {
    const JsonObject holder{{scope.attribute.name, scope.value}};
    return base::equals_ignoring_case(comparison.path.attribute, "value") &&
           compares(holder, scope.attribute, nullptr, comparison);
  }
  const auto* sub_attribute = scope.attribute.find_sub_attribute(comparison.path.attribute);
  return sub_attribute != nullptr && compares(scope.value.get_object(), *sub_attribute, nullptr, comparison);
}

bool leaf_holds(const Presence& presence, const ValueScope& scope) {
  if (!scope.value.is_object())
    return base::equals_ignoring_case(presence.path.attribute, "value") && !is_absent(scope.value);
  const auto* sub_attribute = scope.attribute.find_sub_attribute(presence.path.attribute);
  return sub_attribute != nullptr && any_value(scope.value.get_object(), *sub_attribute, is_present);
}

bool leaf_holds(const ValuePath&, const ValueScope&) {
  return false;
}

template <class Scope>
struct Evaluator {
  const Scope& scope;

  bool operator()(const All& all) const {
    return std::ranges::all_of(all.parts, [&](const Filter& part) { return holds_in(part, scope); });
  }
  bool operator()(const Any& any) const {
    return std::ranges::any_of(any.parts, [&](const Filter& part) { return holds_in(part, scope); });
  }
  bool operator()(const Not& negation) const { return !holds_in(negation.part.front(), scope); }
  bool operator()(const auto& leaf) const { return leaf_holds(leaf, scope); }
};

template <class Scope>
bool holds_in(const Filter& filter, const Scope& scope) {
  return std::visit(Evaluator<Scope>{scope}, filter.node);
}

base::Result<void> check_comparison(const Attribute& named, const Comparison& comparison) {
  const auto* attribute = compared_attribute(named);
  const auto& value = comparison.value;
  if (value.is_null()) {
    if (comparison.op == Operator::eq || comparison.op == Operator::ne) return {};
    return base::fail(fmt::format("{} null is no comparison", to_text(comparison.op)));
  }
  if (attribute == nullptr) {
    return base::fail(
        fmt::format("{} is complex; compare one of its sub-attributes", excerpt(comparison.path.text())));
  }
  const auto wrong_value = [&](std::string_view wanted) {
    return base::fail(fmt::format("{} is compared with {}", excerpt(comparison.path.text()), wanted));
  };
  const auto wrong_operator = [&](std::string_view type) {
    return base::fail(fmt::format("{} is not for the {} {}", to_text(comparison.op), type,
                                  excerpt(comparison.path.text())));
  };
  switch (attribute->type) {
    case AttributeType::boolean:
      if (is_ordering(comparison.op) || is_substring(comparison.op)) return wrong_operator("boolean");
      if (!read_boolean(value)) return wrong_value("true or false");
      return {};
    case AttributeType::integer:
    case AttributeType::decimal:
      if (is_substring(comparison.op)) return wrong_operator("number");
      if (!value.is_number()) return wrong_value("a number");
      return {};
    case AttributeType::date_time:
      if (!value.is_string()) return wrong_value("a date and time");
      if (!is_substring(comparison.op) && !base::parse_rfc3339(text_of(value)))
        return wrong_value("a date and time");
      return {};
    case AttributeType::binary:
      if (is_ordering(comparison.op)) return wrong_operator("binary");
      [[fallthrough]];
    case AttributeType::string:
    case AttributeType::reference:
      if (value.is_bool()) return wrong_value("a string");
      return {};
    case AttributeType::complex:
      break;
  }
  return wrong_operator("complex attribute");
}

struct ResourceChecker {
  const ResourceSchema& schema;

  base::Result<void> check(const Comparison& comparison) const {
    const auto found = schema.find(comparison.path);
    if (!found || found->attribute == nullptr) return unknown(comparison.path);
    return check_comparison(*found->target(), comparison);
  }
  base::Result<void> check(const Presence& presence) const {
    if (!schema.find(presence.path)) return unknown(presence.path);
    return {};
  }
  base::Result<void> check(const ValuePath& value_path) const {
    const auto found = schema.find(value_path.path);
    if (!found || found->attribute == nullptr) return unknown(value_path.path);
    return check_value_filter(value_path.filter.front(), *found->attribute);
  }
  static base::Result<void> unknown(const AttributePath& path) {
    return base::fail(fmt::format("there is no attribute {}", excerpt(path.text(), 200)));
  }
};

struct ValueChecker {
  const Attribute& attribute;

  [[nodiscard]] const Attribute* find(const AttributePath& path) const {
    if (!path.schema.empty() || !path.sub_attribute.empty()) return nullptr;
    if (attribute.type != AttributeType::complex) {
      return base::equals_ignoring_case(path.attribute, "value") ? &attribute : nullptr;
    }
    return attribute.find_sub_attribute(path.attribute);
  }
  base::Result<void> check(const Comparison& comparison) const {
    const auto* found = find(comparison.path);
    return found == nullptr ? ResourceChecker::unknown(comparison.path)
                            : check_comparison(*found, comparison);
  }
  base::Result<void> check(const Presence& presence) const {
    if (find(presence.path) == nullptr) return ResourceChecker::unknown(presence.path);
    return {};
  }
  base::Result<void> check(const ValuePath& value_path) const {
    return ResourceChecker::unknown(value_path.path);
  }
};

template <class Checker>
base::Result<void> check_in(const Filter& filter, const Checker& checker) {
  const auto each = [&](const std::vector<Filter>& parts) -> base::Result<void> {
    for (const auto& part : parts) {
      if (auto checked = check_in(part, checker); !checked) return checked;
    }
    return {};
  };
  if (const auto* all = std::get_if<All>(&filter.node)) return each(all->parts);
  if (const auto* any = std::get_if<Any>(&filter.node)) return each(any->parts);
  if (const auto* negation = std::get_if<Not>(&filter.node)) return each(negation->part);
  if (const auto* comparison = std::get_if<Comparison>(&filter.node)) return checker.check(*comparison);
  if (const auto* presence = std::get_if<Presence>(&filter.node)) return checker.check(*presence);
  return checker.check(std::get<ValuePath>(filter.node));
}

}  // namespace

base::Result<void> check_filter(const Filter& filter, const ResourceSchema& schema) {
  return check_in(filter, ResourceChecker{schema});
}

base::Result<void> check_value_filter(const Filter& filter, const Attribute& attribute) {
  return check_in(filter, ValueChecker{attribute});
}

bool matches(const Filter& filter, const JsonObject& resource, const ResourceSchema& schema) {
  return holds_in(filter, ResourceScope{resource, schema});
}

bool matches_value(const Filter& filter, const Json& value, const Attribute& attribute) {
  return holds_in(filter, ValueScope{value, attribute});
}

}  // namespace directory::scim
