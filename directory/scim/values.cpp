#include "directory/scim/values.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/instant.h"
#include "base/prepared_text.h"

namespace directory::scim {

using base::Json;
using base::JsonObject;

bool is_absent(const JsonObject& object) {
  return std::ranges::all_of(object, [](const auto& member) { return is_absent(member.value()); });
}

bool is_absent(const Json& value) {
  if (value.is_null()) return true;
  if (value.is_string()) return value.get_string().empty();
  if (const auto* object = value.if_object()) return is_absent(*object);
  if (const auto* array = value.if_array())
    return std::ranges::all_of(*array, [](const Json& one) { return is_absent(one); });
  return false;
}

bool is_same_value(const Attribute& attribute, const Json& left, const Json& right) {
  if (!left.is_string() || !right.is_string()) return left == right;
  const auto left_text = base::as_text(left.get_string());
  const auto right_text = base::as_text(right.get_string());
  if (attribute.type == AttributeType::date_time) {
    const auto left_instant = base::parse_rfc3339(left_text);
    const auto right_instant = base::parse_rfc3339(right_text);
    if (left_instant && right_instant) return *left_instant == *right_instant;
  }
  return attribute.case_exact ? left_text == right_text : base::compare_equal(left_text, right_text);
}

std::optional<bool> read_boolean(const Json& value) {
  if (value.is_bool()) return value.get_bool();
  if (!value.is_string()) return std::nullopt;
  const auto word = base::as_text(value.get_string());
  if (base::equals_ignoring_case(word, "true")) return true;
  if (base::equals_ignoring_case(word, "false")) return false;
  return std::nullopt;
}

std::string text_of(const Json& value) {
  return value.is_string() ? std::string(base::as_text(value.get_string())) : base::to_text(value);
}

const JsonObject& holder_of(const JsonObject& resource, const FoundAttribute& found) {
  static const JsonObject nothing;
  if (found.extension == nullptr) return resource;
  const auto* held = base::member(resource, found.extension->id);
  return held != nullptr && held->is_object() ? held->get_object() : nothing;
}

std::expected<Json, ScimError> canonical_scalar(const Attribute& attribute, const Json& value,
                                                Lenience lenience, std::string_view name) {
  const auto wrong = [&](std::string_view wanted) {
    return refuse("invalidValue", fmt::format("{} must be {}", name.substr(0, 200), wanted));
  };
  const bool vendors = lenience == Lenience::vendors;
  if (value.is_null() || (vendors && value.is_string() && value.get_string().empty())) return Json(nullptr);
  switch (attribute.type) {
    case AttributeType::boolean: {
      const auto boolean = vendors || value.is_bool() ? read_boolean(value) : std::nullopt;
      if (!boolean) return wrong("true or false");
      return Json(*boolean);
    }
    case AttributeType::integer:
      if (!value.is_int64()) return wrong("an integer");
      return value;
    case AttributeType::decimal:
      if (!value.is_number()) return wrong("a number");
      return value;
    case AttributeType::complex:
      return wrong("an object");
    default:
      break;
  }
  if (vendors && (value.is_int64() || value.is_uint64())) return Json(base::to_text(value));
  if (!value.is_string()) return wrong("a string");
  const auto text = base::as_text(value.get_string());
  if (attribute.type == AttributeType::date_time && !base::parse_rfc3339(text))
    return wrong("a date and time with its zone");
  if (attribute.type == AttributeType::binary && !base::from_base64(text)) return wrong("base64");
  return value;
}

}  // namespace directory::scim
