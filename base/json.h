// JSON on the hot paths of the core, the fakes and the network. This header alone names the engine
// (Boost.JSON: objects keep insertion order, numbers print the same everywhere); reports and tests use
// nlohmann/json.
#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

/// Strict RFC 8259, at most 64 levels deep; a duplicate key keeps the last value. Integers are exact; a number with a
/// fraction or an exponent may be off in its last digits.
[[nodiscard]] Result<Json> parse_json(std::string_view text);
[[nodiscard]] std::string to_text(const Json& json);

/// The member of that exact name, or null where `json` is no object or lacks it.
[[nodiscard]] const Json* member(const Json& json, std::string_view name);
[[nodiscard]] const Json* member(const JsonObject& object, std::string_view name);
/// The member whose name differs at most in ASCII case. [RFC7643 2.1]
[[nodiscard]] const Json* member_ignoring_case(const JsonObject& object, std::string_view name);

/// The string member of that name; empty where it is missing or no string.
[[nodiscard]] std::optional<std::string> string_member(const Json& json, std::string_view name);
[[nodiscard]] std::string string_or(const Json& json, std::string_view name, std::string_view fallback);
[[nodiscard]] std::optional<bool> bool_member(const Json& json, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> integer_member(const Json& json, std::string_view name);

// The engine's string_view is not the standard's: these three say so in one place.
[[nodiscard]] inline std::string_view as_text(const boost::json::string& string) {
  return {string.data(), string.size()};
}
[[nodiscard]] inline boost::json::string_view json_key(std::string_view name) { return {name.data(), name.size()}; }
[[nodiscard]] inline Json json_text(std::string_view value) { return Json(json_key(value)); }

}  // namespace base
