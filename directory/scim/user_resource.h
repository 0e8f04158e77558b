// The User resource: which SCIM attribute is which of the directory's, the JSON of a user, and what a
// canonical resource says of one. Attributes without a column of their own live in the user's document; which
// of them an integration sees at all is its schema's to say. [rule R44] to [rule R58]
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "directory/scim/scim_error.h"
#include "directory/scim/user_document.h"
#include "directory/users/user.h"

namespace directory::scim {

/// What an integration's policy leaves of a user.
enum class Detail {
  table,    ///< the articles' table alone, the username as userName [rule R58]
  document  ///< all of RFC 7643, the userName as it was sent
};

/// A group of a user, as the read-only attribute `groups` lists it. [RFC7643 4.1.2]
struct GroupReference {
  std::string id;
  std::string name;
};

/// Everything that the JSON of a user is made from.
struct UserView {
  User user;
  UserDocument document;
  std::vector<GroupReference> groups;
  std::optional<User> manager;
};

/// The userName that a client of that detail is told.
[[nodiscard]] const std::string& user_name_of(const User& user, const UserDocument& document, Detail detail);

/// `active` is neither suspended nor expired, unless an expiry is not to show (`ScimExpiry`). [rule R49] [rule RT2]
[[nodiscard]] bool is_active(const User& user);

/// The resource with `schemas`, `id` and `meta`; `base_url` as in responses.h.
[[nodiscard]] base::JsonObject to_resource(const UserView& view, Detail detail, std::string_view base_url);

/// What a canonical resource says of a user; what it leaves out is unassigned.
struct UserWrite {
  std::string user_name;
  UserAttributes attributes;  ///< all but the username, which the policy derives
  base::JsonObject document;
  std::optional<bool> active;
  std::optional<base::Secret> password;
};

/// Attributes that SCIM does not know keep what `before` has. The address is that of the primary e-mail, else
/// of the one of type work, else the first. [rule R47]
[[nodiscard]] std::expected<UserWrite, ScimError> read_user(base::JsonObject resource, UserAttributes before,
                                                            Detail detail);

}  // namespace directory::scim
