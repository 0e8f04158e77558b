// What a filter means for a resource.
#include "fakes/scim/filter.h"

#include <algorithm>
#include <string>

#include "fakes/scim/comparison.h"

namespace fakes::scim {
namespace {

using Kind = Condition::Kind;

/// The single values at a path, without the empty ones.
std::vector<const base::Json*> values_at(const AttributePath& path, const base::JsonObject& resource, const Quirks& quirks) {
  const auto* holder = &resource;
  if (path.extension != nullptr) {
    const auto* extension = base::member_ignoring_case(resource, path.extension->id);
    if (extension == nullptr || !extension->is_object()) return {};
    holder = &extension->get_object();
  }
  const auto* attribute = base::member_ignoring_case(*holder, path.attribute->name);
  if (attribute == nullptr) return {};
  std::vector<const base::Json*> values{attribute};
  if (const auto* array = attribute->if_array()) {
    values.clear();
    for (const auto& element : *array) values.push_back(&element);
    if (quirks.has(Quirk::filter_first_value_only) && values.size() > 1) values.resize(1);
  }
  if (path.sub_attribute != nullptr) {
    for (auto& value : values) {
      value = value->is_object() ? base::member_ignoring_case(value->get_object(), path.sub_attribute->name) : nullptr;
    }
  }
  std::erase_if(values, [&](const base::Json* value) {
    return value == nullptr || is_empty_value(*value);
  });
  return values;
}

bool is_part(Operator op, std::string_view text, std::string_view part, const Quirks& quirks) {
  if (op == Operator::co && quirks.has(Quirk::filter_co_as_sw)) return text.starts_with(part);
  if (op == Operator::sw && quirks.has(Quirk::filter_sw_as_co)) op = Operator::co;
  if (op == Operator::ew && quirks.has(Quirk::filter_ew_as_co)) op = Operator::co;
  if (op == Operator::sw && quirks.has(Quirk::filter_sw_needs_more) && text == part) return false;
  if (op == Operator::co) return text.find(part) != std::string_view::npos;
  return op == Operator::sw ? text.starts_with(part) : text.ends_with(part);
}

bool is_beyond_ascii(const base::Json& json) {
  return json.is_string() && std::ranges::any_of(json.get_string(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Whether one value compares so; `pr` and null are dealt with before.
bool compares(const Attribute& attribute, Operator op, const base::Json& value, const base::Json& operand,
              const Quirks& quirks) {
  if (op == Operator::eq && quirks.has(Quirk::filter_eq_ignores_booleans) && value.is_bool()) return false;
  if (op == Operator::eq && quirks.has(Quirk::filter_eq_ignores_letters_beyond_ascii) && is_beyond_ascii(operand)) return false;
  if (op == Operator::eq && quirks.has(Quirk::filter_eq_as_sw) && value.is_string() && operand.is_string()) op = Operator::sw;
  if (op == Operator::ne && quirks.has(Quirk::filter_ne_never_matches)) return false;
  auto order = compare_values(attribute, value, operand, quirks);
  const bool other_case = attribute.name == "userName" && quirks.has(Quirk::user_name_with_case) && value != operand;
  if (order == 0 && other_case) order = std::partial_ordering::unordered;
  switch (op) {
    case Operator::eq: return order == 0;
    case Operator::ne: return order != 0;
    case Operator::gt: return order > 0 || (quirks.has(Quirk::filter_gt_as_ge) && order == 0);
    case Operator::ge: return order >= 0;
    case Operator::lt: return order < 0;
    case Operator::le: return order < 0 || (!quirks.has(Quirk::filter_le_as_lt) && order == 0);
    default: break;
  }
  return is_part(op, comparable_text(attribute, value, quirks), comparable_text(attribute, operand, quirks), quirks);
}

bool holds_comparison(const Condition& condition, const base::JsonObject& resource, const Quirks& quirks) {
  const auto& path = condition.path;
  const auto& attribute = path.sub_attribute != nullptr ? *path.sub_attribute : *path.attribute;
  const auto values = values_at(path, resource, quirks);
  if (condition.op == Operator::pr) {
    if (quirks.has(Quirk::filter_pr_finds_all)) return true;
    const bool blind = quirks.has(Quirk::filter_complex_never_present) && attribute.type == Attribute::Type::complex;
    return !values.empty() && !blind;
  }
  if (condition.operand.is_null()) return values.empty() == (condition.op == Operator::eq);
  if (values.empty()) return condition.op == Operator::ne && !quirks.has(Quirk::filter_ne_needs_value);
  return std::ranges::any_of(values, [&](const base::Json* value) {
    return compares(attribute, condition.op, *value, condition.operand, quirks);
  });
}

/// The values of an attribute as if they were one, each sub-attribute with all that it has anywhere.
base::JsonObject blended(const std::vector<const base::Json*>& values) {
  base::JsonObject blend;
  for (const auto* value : values) {
    if (!value->is_object()) continue;
    for (const auto& [name, sub_value] : value->get_object()) {
      auto& all = blend[name];
      if (!all.is_array()) all.emplace_array();
      all.get_array().push_back(sub_value);
    }
  }
  return blend;
}

bool holds(const Condition& condition, const base::JsonObject& resource, const Quirks& quirks) {
  const auto holds_here = [&](const Condition& part) { return holds(part, resource, quirks); };
  switch (condition.kind) {
    case Kind::comparison: return holds_comparison(condition, resource, quirks);
    case Kind::all: return std::ranges::all_of(condition.parts, holds_here);
    case Kind::any: return std::ranges::any_of(condition.parts, holds_here);
    case Kind::negation: return !holds_here(condition.parts.front());
    case Kind::same_value: break;
  }
  const auto values = values_at(condition.path, resource, quirks);
  const auto& part = condition.parts.front();
  if (quirks.has(Quirk::filter_value_path_across_values)) return holds(part, blended(values), quirks);
  return std::ranges::any_of(values, [&](const base::Json* value) {
    return value->is_object() && holds(part, value->get_object(), quirks);
  });
}

}  // namespace

bool matches(const Filter& filter, const base::JsonObject& resource) {
  return holds(filter.root, resource, filter.quirks);
}

}  // namespace fakes::scim
