// Applications, their connection and features, and who is assigned to them, as JSON.
// [Okta provisioning-clients 5.5-01] [Okta provisioning-clients 5.5-06] [Okta provisioning-clients 5.5-07]
#pragma once

#include "base/json.h"
#include "fakes/okta/api/request.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

[[nodiscard]] base::JsonObject app_json(const App& app, const Request& request);
/// As it is answered to who makes it: with the secret of its client, if it has one.
[[nodiscard]] base::JsonObject new_app_json(const App& app, const Request& request);
[[nodiscard]] base::JsonObject app_user_json(const App& app, const AppUser& user, const Request& request);
[[nodiscard]] base::JsonObject app_group_json(const App& app, const AppGroup& group, const Request& request);
[[nodiscard]] base::JsonObject connection_json(const App& app);
/// The feature USER_PROVISIONING.
[[nodiscard]] base::JsonObject feature_json(const App& app);
[[nodiscard]] base::JsonObject mapping_json(const PushMapping& mapping);

}  // namespace fakes::okta::api
