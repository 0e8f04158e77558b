#include "fakes/scim/comparison.h"

#include <algorithm>

#include "base/encoding.h"
#include "fakes/scim/text.h"

namespace fakes::scim {
namespace {

std::partial_ordering compare_numbers(const base::Json& left, const base::Json& right) {
  if (left.is_int64() && right.is_int64()) return left.get_int64() <=> right.get_int64();
  return left.to_number<double>() <=> right.to_number<double>();
}

bool is_case_exact(const Attribute& attribute, const Quirks& quirks) {
  if (quirks.has(Quirk::case_exact_ignored)) return false;
  return attribute.case_exact;
}

}  // namespace

std::optional<base::Instant> date_time_of(std::string_view text) {
  auto instant = base::parse_rfc3339(text);
  if (!instant) instant = base::parse_rfc3339(std::string(text) + "Z");
  if (!instant) return std::nullopt;
  return *instant;
}

std::string comparable_text(const Attribute& attribute, const base::Json& value, const Quirks& quirks) {
  if (!value.is_string()) return base::to_text(value);
  const auto text = base::as_text(value.get_string());
  if (is_case_exact(attribute, quirks)) return std::string(text);
  if (quirks.has(Quirk::text_not_prepared)) return base::to_lower(text);
  return prepared(text, LetterCase::folded);
}

std::partial_ordering compare_values(const Attribute& attribute, const base::Json& left, const base::Json& right,
                                     const Quirks& quirks) {
  if (left.is_number() && right.is_number()) return compare_numbers(left, right);
  if (left.is_bool() && right.is_bool()) return left.get_bool() <=> right.get_bool();
  if (!left.is_string() || !right.is_string()) return std::partial_ordering::unordered;
  if (attribute.type == Attribute::Type::date_time && !quirks.has(Quirk::date_times_as_text)) {
    const auto left_instant = date_time_of(base::as_text(left.get_string()));
    const auto right_instant = date_time_of(base::as_text(right.get_string()));
    if (!left_instant || !right_instant) return std::partial_ordering::unordered;
    return *left_instant <=> *right_instant;
  }
  return comparable_text(attribute, left, quirks) <=> comparable_text(attribute, right, quirks);
}

bool is_empty_value(const base::Json& value) {
  if (value.is_null()) return true;
  if (const auto* text = value.if_string()) return text->empty();
  if (const auto* array = value.if_array()) return std::ranges::all_of(*array, is_empty_value);
  if (const auto* object = value.if_object()) {
    return std::ranges::all_of(*object, [](const auto& pair) { return is_empty_value(pair.value()); });
  }
  return false;
}

}  // namespace fakes::scim
