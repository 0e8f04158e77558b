#include "base/json.h"

#include <fmt/format.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>

#include "base/encoding.h"

namespace base {
namespace {

/// The parser turns 1e400 into infinity, which no JSON text can say.
bool is_finite(const Json& json) {
  if (const auto* number = json.if_double()) return std::isfinite(*number);
  if (const auto* array = json.if_array()) return std::ranges::all_of(*array, is_finite);
  if (const auto* object = json.if_object()) {
    return std::ranges::all_of(*object, [](const auto& pair) { return is_finite(pair.value()); });
  }
  return true;
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::error_code error;
  auto value = boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error) return fail(fmt::format("not JSON: {}", error.message()));
  if (!is_finite(value)) return fail("not JSON: a number is too large");
  return value;
}

std::string to_text(const Json& json) {
  return boost::json::serialize(json);
}

const Json* member(const JsonObject& object, std::string_view name) {
  return object.if_contains({name.data(), name.size()});
}

const Json* member(const Json& json, std::string_view name) {
  const auto* object = json.if_object();
  return object == nullptr ? nullptr : member(*object, name);
}

const Json* member_ignoring_case(const JsonObject& object, std::string_view name) {
  if (const auto* exact = member(object, name)) return exact;
  for (const auto& pair : object) {
    if (equals_ignoring_case({pair.key().data(), pair.key().size()}, name)) return &pair.value();
  }
  return nullptr;
}

std::optional<std::string> string_member(const Json& json, std::string_view name) {
  const auto* found = member(json, name);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(as_text(found->get_string()));
}

std::string string_or(const Json& json, std::string_view name, std::string_view fallback) {
  return string_member(json, name).value_or(std::string(fallback));
}

std::optional<bool> bool_member(const Json& json, std::string_view name) {
  const auto* found = member(json, name);
  if (found == nullptr || !found->is_bool()) return std::nullopt;
  return found->get_bool();
}

std::optional<std::int64_t> integer_member(const Json& json, std::string_view name) {
  const auto* found = member(json, name);
  if (found == nullptr || !found->is_int64()) return std::nullopt;
  return found->get_int64();
}

}  // namespace base
