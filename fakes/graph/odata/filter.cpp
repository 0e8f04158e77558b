#include "fakes/graph/odata/filter.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/instant.h"

namespace fakes::graph {
namespace {

using base::Json;
using entra::DirectoryObject;
using entra::FilterSupport;
using entra::FilterUse;
using entra::Property;
using entra::PropertyType;

FilterUse use_of(Filter::Kind kind) {
  switch (kind) {
    case Filter::Kind::not_equal: return FilterUse::not_equal;
    case Filter::Kind::at_least: return FilterUse::at_least;
    case Filter::Kind::at_most: return FilterUse::at_most;
    case Filter::Kind::in: return FilterUse::in;
    case Filter::Kind::starts_with: return FilterUse::starts_with;
    case Filter::Kind::ends_with: return FilterUse::ends_with;
    default: return FilterUse::equal;
  }
}

/// `list` is the property of the enclosing `any`.
FilterSupport weakest(const Filter& filter, const Property* list, bool negated) {
  const auto* property = filter.property == nullptr ? list : filter.property;
  FilterSupport support = FilterSupport::usual;
  const auto add = [&](FilterSupport other) {
    // In the order none, usual, advanced: none is the weakest, and what needs more decides among the others.
    if (support == FilterSupport::none || other == FilterSupport::none) {
      support = FilterSupport::none;
    } else {
      support = std::max(support, other);
    }
  };
  switch (filter.kind) {
    case Filter::Kind::all_of:
    case Filter::Kind::one_of:
      for (const auto& operand : filter.operands) add(weakest(operand, list, negated));
      return support;
    case Filter::Kind::negation: return weakest(filter.operands.front(), list, !negated);
    case Filter::Kind::any:
      for (const auto& operand : filter.operands) add(weakest(operand, property, negated));
      // Whether there is an element at all.
      if (filter.operands.empty()) add(property->supports(FilterUse::equal));
      return support;
    default: break;
  }
  add(property->supports(use_of(filter.kind)));
  if (std::ranges::any_of(filter.values, [](const Json& value) { return value.is_null(); })) add(property->supports(FilterUse::null));
  if (negated) add(property->supports(FilterUse::negated));
  return support;
}

int compare(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto shared = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < shared; ++i) {
    const auto a = static_cast<unsigned char>(lower(left[i]));
    const auto b = static_cast<unsigned char>(lower(right[i]));
    if (a != b) return a < b ? -1 : 1;
  }
  if (left.size() == right.size()) return 0;
  return left.size() < right.size() ? -1 : 1;
}

std::string_view text_of(const Json& json) { return base::as_text(json.get_string()); }

/// Below, equal or above; empty where the two cannot be compared.
std::optional<int> compare(const Json& value, const Json& literal, PropertyType type) {
  if (value.is_bool() && literal.is_bool()) return static_cast<int>(value.get_bool()) - static_cast<int>(literal.get_bool());
  if (!value.is_string() || !literal.is_string()) return std::nullopt;
  if (type != PropertyType::time) return compare(text_of(value), text_of(literal));
  const auto left = base::parse_rfc3339(text_of(value));
  const auto right = base::parse_rfc3339(text_of(literal));
  if (!left || !right) return std::nullopt;
  if (*left == *right) return 0;
  return *left < *right ? -1 : 1;
}

bool is_equal(const Json& value, const Json& literal, PropertyType type) {
  if (literal.is_null()) return value.is_null();
  return compare(value, literal, type) == 0;
}

bool starts_with(const Json& value, const Json& literal) {
  if (!value.is_string()) return false;
  const auto text = text_of(value);
  const auto beginning = text_of(literal);
  return text.size() >= beginning.size() && compare(text.substr(0, beginning.size()), beginning) == 0;
}

bool ends_with(const Json& value, const Json& literal) {
  if (!value.is_string()) return false;
  const auto text = text_of(value);
  const auto ending = text_of(literal);
  return text.size() >= ending.size() && compare(text.substr(text.size() - ending.size()), ending) == 0;
}

bool holds(const Filter& filter, const Json& value, PropertyType type) {
  const auto& literal = filter.values.front();
  switch (filter.kind) {
    case Filter::Kind::equal: return is_equal(value, literal, type);
    case Filter::Kind::not_equal: return !is_equal(value, literal, type);
    case Filter::Kind::at_least: return compare(value, literal, type).value_or(-1) >= 0;
    case Filter::Kind::at_most: return compare(value, literal, type).value_or(1) <= 0;
    case Filter::Kind::in: return std::ranges::any_of(filter.values, [&](const Json& one) { return is_equal(value, one, type); });
    case Filter::Kind::starts_with: return starts_with(value, literal);
    case Filter::Kind::ends_with: return ends_with(value, literal);
    default: return false;
  }
}

/// `element` is that of the enclosing `any`, or null.
bool matches(const Filter& filter, const DirectoryObject& object, const Json* element) {
  static const Json nothing;
  const auto matches_one = [&](const Filter& operand) { return matches(operand, object, element); };
  switch (filter.kind) {
    case Filter::Kind::all_of: return std::ranges::all_of(filter.operands, matches_one);
    case Filter::Kind::one_of: return std::ranges::any_of(filter.operands, matches_one);
    case Filter::Kind::negation: return !matches_one(filter.operands.front());
    case Filter::Kind::any: {
      const auto* list = object.find(filter.property->name);
      if (list == nullptr || !list->json.is_array()) return false;
      return std::ranges::any_of(list->json.get_array(), [&](const Json& one) {
        return filter.operands.empty() || matches(filter.operands.front(), object, &one);
      });
    }
    default: break;
  }
  if (filter.property == nullptr) return holds(filter, *element, PropertyType::text);
  const auto* value = object.find(filter.property->name);
  return holds(filter, value == nullptr ? nothing : value->json, filter.property->type);
}

}  // namespace

Outcome<FilterSupport> required_support(const Filter& filter) {
  const auto support = weakest(filter, nullptr, false);
  if (support == FilterSupport::none) return unsupported_query("The request uses a filter property that is not indexed");
  return support;
}

bool matches(const Filter& filter, const DirectoryObject& object) { return matches(filter, object, nullptr); }

}  // namespace fakes::graph
