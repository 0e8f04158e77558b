// The User resource of the Entra integration: which SCIM attribute is which of the directory's, and the JSON of a
// user. Attributes outside the articles' table are ignored on input and absent from output. [rule R58]
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/uri.h"
#include "directory/scim/values.h"
#include "directory/users/user.h"

namespace directory::scim {

inline constexpr std::string_view user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view enterprise_schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// What a SCIM client has in its hands: the attributes and `active`.
struct ResourceState {
  UserAttributes attributes;
  bool active = true;

  bool operator==(const ResourceState&) const = default;
};

using InvalidValue = ScimError;

/// Sets, or with a null value clears, the attribute at `path`: `userName`, `name.givenName`, `emails[type eq
/// "work"].value`, an attribute with its schema URN in any letter case, `costCenter` bare. True where the path
/// is known; unknown paths change nothing. [rule R44] to [rule R57] [RFC7644 3.10]
[[nodiscard]] std::expected<bool, InvalidValue> set_attribute(ResourceState& state, std::string_view path,
                                                             const base::Json& value);

/// Applies every member of a resource as a client posts it.
[[nodiscard]] std::expected<void, InvalidValue> apply_resource(ResourceState& state, const base::JsonObject& resource);

/// `active` is neither suspended nor expired. [rule R49] [rule RT2]
[[nodiscard]] ResourceState state_of(const User& user);

[[nodiscard]] base::JsonObject to_resource(const User& user, const base::Uri& public_url);

}  // namespace directory::scim
