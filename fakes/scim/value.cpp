#include "fakes/scim/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "fakes/scim/comparison.h"

namespace fakes::scim {
namespace {

using Accepted = std::expected<base::Json, ScimError>;
using Type = Attribute::Type;

std::unexpected<ScimError> refuse(const Attribute& attribute, std::string_view why) {
  return std::unexpected(bad_request("invalidValue", fmt::format("\"{}\" {}", attribute.name, why)));
}

Accepted wrong_type(const Attribute& attribute, const base::Json& sent, const Quirks& quirks, std::string_view why) {
  if (quirks.has(Quirk::wrong_type_stored)) return sent;
  return refuse(attribute, why);
}

Accepted accepted_boolean(const Attribute& attribute, const base::Json& sent, const Quirks& quirks) {
  if (sent.is_bool()) return sent;
  if (sent.is_string() && !quirks.has(Quirk::boolean_text_refused)) {
    const auto text = base::to_lower(base::as_text(sent.get_string()));
    const bool is_boolean = text == "true" || text == "false";
    if (is_boolean && quirks.has(Quirk::boolean_text_kept)) return sent;
    if (is_boolean && attribute.name == "primary" && quirks.has(Quirk::primary_text_kept)) return sent;
    if (is_boolean && quirks.has(Quirk::boolean_text_is_true)) return true;
    if (is_boolean) return text == "true";
  }
  return wrong_type(attribute, sent, quirks, "is a boolean: true or false");
}

Accepted accepted_text(const Attribute& attribute, const base::Json& sent, const Quirks& quirks) {
  if (!sent.is_string()) return wrong_type(attribute, sent, quirks, "is a text");
  const auto text = base::as_text(sent.get_string());
  if (text.empty()) return quirks.has(Quirk::empty_text_stored) ? sent : base::Json();
  if (attribute.type == Type::date_time && !date_time_of(text)) {
    return wrong_type(attribute, sent, quirks, "is a dateTime, as in 2026-01-05T08:00:00Z");
  }
  if (attribute.type == Type::binary && !base::from_base64(text)) {
    return wrong_type(attribute, sent, quirks, "is binary, written in base64");
  }
  return sent;
}

Accepted accepted_members(const Attribute& attribute, const base::JsonObject& sent, const Quirks& quirks) {
  base::JsonObject accepted;
  for (const auto& [name, value] : sent) {
    const auto* sub_attribute = find_sub_attribute(attribute, {name.data(), name.size()}, quirks);
    if (sub_attribute == nullptr) continue;
    const bool ignored = sub_attribute->mutability == Attribute::Mutability::read_only;
    if (ignored && !quirks.has(Quirk::read_only_sub_attribute_written)) continue;
    if (value.is_null() && quirks.has(Quirk::null_member_refused)) return refuse(*sub_attribute, "cannot be null");
    auto sub_value = accepted_value(*sub_attribute, value, quirks);
    if (!sub_value) return sub_value;
    if (!sub_value->is_null()) accepted[base::json_key(sub_attribute->name)] = *std::move(sub_value);
  }
  if (accepted.empty()) return base::Json();
  return accepted;
}

Accepted accepted_complex(const Attribute& attribute, const base::Json& sent, const Quirks& quirks) {
  if (sent.is_object()) return accepted_members(attribute, sent.get_object(), quirks);
  const auto* value = default_sub_attribute(attribute);
  if (sent.is_string() && value != nullptr && !attribute.multi_valued && !quirks.has(Quirk::bare_reference_refused)) {
    if (sent.get_string().empty() && quirks.has(Quirk::empty_reference_stored)) return base::JsonObject{{"value", ""}};
    return accepted_members(attribute, {{base::json_key(value->name), sent}}, quirks);
  }
  return wrong_type(attribute, sent, quirks, "is complex: an object of its sub-attributes");
}

/// The one value within an array of it.
const base::Json& unwrapped(const Attribute& attribute, const base::Json& sent) {
  if (!sent.is_array() || sent.get_array().size() != 1) return sent;
  const auto& element = sent.get_array().front();
  if (attribute.type == Type::complex) return element.is_object() ? element : sent;
  const auto* value = base::member(element, "value");
  return value == nullptr ? sent : *value;
}

Accepted accepted_single(const Attribute& attribute, const base::Json& wrapped, const Quirks& quirks) {
  const auto& sent = quirks.has(Quirk::wrapped_value_refused) ? wrapped : unwrapped(attribute, wrapped);
  if (sent.is_null()) return base::Json();
  switch (attribute.type) {
    case Type::complex: return accepted_complex(attribute, sent, quirks);
    case Type::boolean: return accepted_boolean(attribute, sent, quirks);
    case Type::integer:
      return sent.is_int64() || sent.is_uint64() ? sent : wrong_type(attribute, sent, quirks, "is an integer");
    case Type::decimal: return sent.is_number() ? sent : wrong_type(attribute, sent, quirks, "is a number");
    default: return accepted_text(attribute, sent, quirks);
  }
}

/// Adds an element, unless it is there already.
void add_distinct(const Attribute& attribute, base::JsonArray& values, base::Json element, const Quirks& quirks) {
  const bool known = std::ranges::any_of(values, [&](const base::Json& value) {
    return is_same_value(attribute, value, element, quirks);
  });
  if (!known || quirks.has(Quirk::add_duplicates_values)) values.push_back(std::move(element));
}

Accepted accepted_array(const Attribute& attribute, const base::Json& sent, const Quirks& quirks) {
  base::JsonArray values;
  if (sent.is_null()) return values;
  const bool one_object = sent.is_object() && attribute.type == Type::complex;
  if (one_object && quirks.has(Quirk::one_object_refused)) return refuse(attribute, "has several values: an array of them");
  if (!sent.is_array() && !one_object) return wrong_type(attribute, sent, quirks, "has several values: an array of them");
  const auto elements = one_object ? base::JsonArray{sent} : sent.get_array();
  for (const auto& element : elements) {
    auto value = accepted_single(attribute, element, quirks);
    if (!value) return value;
    if (!value->is_null()) add_distinct(attribute, values, *std::move(value), quirks);
  }
  if (std::ranges::count_if(values, is_primary) > 1 && !quirks.has(Quirk::several_primaries_kept)) {
    return refuse(attribute, "has more than one primary value");
  }
  return values;
}

}  // namespace

std::expected<base::Json, ScimError> accepted_value(const Attribute& attribute, const base::Json& sent,
                                                    const Quirks& quirks) {
  return attribute.multi_valued ? accepted_array(attribute, sent, quirks) : accepted_single(attribute, sent, quirks);
}

bool is_same_value(const Attribute& attribute, const base::Json& left, const base::Json& right, const Quirks& quirks) {
  const auto* value = default_sub_attribute(attribute);
  const auto* left_value = base::member(left, "value");
  const auto* right_value = base::member(right, "value");
  if (value == nullptr || left_value == nullptr || right_value == nullptr) return left == right;
  if (compare_values(*value, *left_value, *right_value, quirks) != 0) return false;
  const auto* left_type = base::member(left, "type");
  const auto* right_type = base::member(right, "type");
  const auto* type = find_sub_attribute(attribute, "type", {});
  return type == nullptr || left_type == nullptr || right_type == nullptr ||
         compare_values(*type, *left_type, *right_type, quirks) == 0;
}

void keep_one_primary(base::JsonArray& values, std::size_t kept) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != kept && is_primary(values[i])) values[i].get_object()["primary"] = false;
  }
}

bool is_primary(const base::Json& value) {
  return base::bool_member(value, "primary").value_or(false);
}

}  // namespace fakes::scim
