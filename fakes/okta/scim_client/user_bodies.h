// Bodies of requests about users, as values from values. A replacement is what was read with the changes in it: all that the
// client does not know stays, members keep their places, and new ones come after them.
// [Okta provisioning-clients 4.3-06] [Okta provisioning-clients 4.4-02] [Okta provisioning-clients 4.5-01]
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/secret.h"
#include "fakes/okta/scim_client/attributes.h"
#include "fakes/okta/scim_client/client_quirks.h"

namespace fakes::okta::scim_client {

inline constexpr auto user_schema = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr auto enterprise_schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
inline constexpr auto patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

struct NewUser {
  Attributes attributes;
  std::string external_id;  ///< Okta's id of the user
  base::Secret password;
};
[[nodiscard]] base::JsonObject create_body(const NewUser& user, const ClientQuirks& quirks);

/// What an update changes; what is empty stays as it was read.
struct UserChange {
  Attributes attributes{};
  std::optional<std::string> external_id{};
  std::optional<bool> active{};
  std::optional<base::Secret> password{};
};

/// The body of a PUT. [Okta provisioning-clients 4.4-02]
[[nodiscard]] base::JsonObject replacement(base::JsonObject read, const UserChange& change, const ClientQuirks& quirks);

/// The body of a PATCH: one replacement without a path. [Okta provisioning-clients 4.5-01] [Okta provisioning-clients 4.6-02]
[[nodiscard]] base::JsonObject patch_body(const UserChange& change, const ClientQuirks& quirks);

}  // namespace fakes::okta::scim_client
