// Users as JSON, and what a body says of one. [Okta provisioning-clients 5.2-05] [Okta provisioning-clients 5.2-06]
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "fakes/okta/api/request.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

/// Null where there is none.
[[nodiscard]] base::Json time_json(const std::optional<base::Instant>& at);
[[nodiscard]] base::JsonObject profile_json(const Profile& profile);
[[nodiscard]] base::JsonObject credentials_json(const Credentials& credentials);

enum class Links { self_alone, of_the_state };
/// What `okta-response` names is left out. [Okta provisioning-clients 5.2-15]
[[nodiscard]] base::JsonObject user_json(const User& user, const Request& request, Links links);

/// Some members of it as they would be there, for comparisons: none of credentials, links and transitions.
[[nodiscard]] base::JsonObject user_members(const User& user, const std::set<std::string>& names);

/// The `profile` of a body: null clears an attribute.
[[nodiscard]] Outcome<ProfileChanges> read_profile(const base::JsonObject& body);
/// The `credentials` of a body, as an update says them. [Okta provisioning-clients 5.2-01] [Okta provisioning-clients 5.2-11]
[[nodiscard]] Outcome<UserUpdate> read_credentials(const base::JsonObject& body);
/// `{"value": …}` below that name; empty where it is not there.
[[nodiscard]] Outcome<std::optional<base::Secret>> read_value(const base::JsonObject& object, std::string_view name);
[[nodiscard]] Outcome<std::optional<RecoveryQuestion>> read_question(const base::JsonObject& credentials);

}  // namespace fakes::okta::api
