// The SCIM side of a user: the userName as it was sent, where the directory's username is derived from it,
// and the attributes that the directory has no column for, as one bounded JSON document beside the user's
// row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "directory/store/database.h"
#include "directory/users/user.h"

namespace directory::scim {

/// Bytes of a document as JSON.
inline constexpr std::size_t largest_document = 64 << 10;

struct UserDocument {
  std::optional<std::string> user_name;  ///< empty: the directory's username is the userName
  base::JsonObject attributes;           ///< canonical SCIM, without what columns hold

  bool operator==(const UserDocument&) const = default;
};

[[nodiscard]] UserDocument find_document(Database& db, const UserId& id);
/// Replaces the document; an empty one is deleted.
void store_document(Database& db, const UserId& id, const UserDocument& document);

/// The user whose SCIM userName this is, without regard to letter case. [RFC7643 4.1.1]
[[nodiscard]] std::optional<UserId> find_by_user_name(Database& db, std::string_view user_name);

}  // namespace directory::scim
