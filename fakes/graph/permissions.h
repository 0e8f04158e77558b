// What a token may do. Each operation names the permissions of which one suffices; updates of users look at each property
// they set. On behalf of a user nothing works that the user may not do. [Graph P1] to [Graph P9]
#pragma once

#include <string_view>

#include "fakes/graph/call.h"

namespace fakes::graph {

/// Names separated by spaces; one of them suffices. Empty: none does.
struct Permit {
  enum class Admin : std::uint8_t { nobody_special, users, groups };
  std::string_view app{};
  std::string_view delegated{};
  /// What the signed-in user has to be an administrator of.
  Admin admin = Admin::nobody_special;
  /// Scopes that suffice where the user of the path is the one signed in.
  std::string_view own{};
};

/// Has one of these permissions.
[[nodiscard]] bool has_one(const entra::AccessToken& token, std::string_view names);
/// Whether the operation may be called at all.
[[nodiscard]] bool allows(const Call& call, const Permit& permit);

/// Whether an update of the user may set all of these properties; it fails as a whole. [Graph P6]
[[nodiscard]] bool may_update(const Call& call, const DirectoryObject& user, const base::JsonObject& changes);
/// Holders of a directory role are left alone by all but the highest roles. [Graph P5]
[[nodiscard]] bool may_touch(const Call& call, const ObjectId& user);
/// Whether lists show more than id and type of objects of that kind. [Graph GR13]
[[nodiscard]] bool may_read(const Call& call, ObjectKind kind);

}  // namespace fakes::graph
