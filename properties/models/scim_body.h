// Bodies as a SCIM client writes them. [RFC7643 4.1] [RFC7644 3.5.2]
#pragma once

#include <string_view>
#include <utility>

#include "base/json.h"

namespace properties::models {

inline constexpr std::string_view core_user = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view enterprise_user = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
inline constexpr std::string_view core_group = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// The body of a PATCH. [RFC7644 3.5.2]
inline base::JsonObject patch_body(base::JsonArray operations) {
  return {{"schemas", base::JsonArray{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}}, {"Operations", std::move(operations)}};
}

/// Where the part of an attribute's path begins that is a member of another: `.givenName` of `name.givenName`, and `:department` of
/// `urn:…:User:department`; npos: it has none.
inline std::size_t end_of_whole(std::string_view path) {
  return path.starts_with(enterprise_user) ? enterprise_user.size() : path.find('.');
}

/// `name.givenName` and `urn:…:User:department` where they belong in a resource.
inline void put_value(base::JsonObject& resource, std::string_view path, base::Json value) {
  const auto at = end_of_whole(path);
  if (at == std::string_view::npos) {
    resource[base::json_key(path)] = std::move(value);
    return;
  }
  auto& whole = resource[base::json_key(path.substr(0, at))];
  if (!whole.is_object()) whole = base::JsonObject{};
  whole.get_object()[base::json_key(path.substr(at + 1))] = std::move(value);
}

}  // namespace properties::models
