// Applications: themselves, their provisioning connection and features, and the groups pushed to them.
// [Okta provisioning-clients 5.5-06] [Okta provisioning-clients 5.5-07]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_app(const Call& call);
[[nodiscard]] Reply list_apps(const Call& call);
[[nodiscard]] Reply read_app(const Call& call);
[[nodiscard]] Reply replace_app(const Call& call);
[[nodiscard]] Reply delete_app(const Call& call);
[[nodiscard]] Reply activate_app(const Call& call);
[[nodiscard]] Reply deactivate_app(const Call& call);

[[nodiscard]] Reply read_connection(const Call& call);
[[nodiscard]] Reply set_connection(const Call& call);
[[nodiscard]] Reply activate_connection(const Call& call);
[[nodiscard]] Reply deactivate_connection(const Call& call);
[[nodiscard]] Reply list_features(const Call& call);
[[nodiscard]] Reply read_feature(const Call& call);
[[nodiscard]] Reply update_feature(const Call& call);

}  // namespace fakes::okta::api
