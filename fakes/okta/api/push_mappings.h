// Groups that are pushed to an application. Its facts say what an admin's page does; the addresses and bodies are those of the API
// that does the same. [Okta provisioning-clients 4.8-12] to [Okta provisioning-clients 4.8-15]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_mapping(const Call& call);
[[nodiscard]] Reply list_mappings(const Call& call);
[[nodiscard]] Reply read_mapping(const Call& call);
/// Its status.
[[nodiscard]] Reply update_mapping(const Call& call);
[[nodiscard]] Reply delete_mapping(const Call& call);

}  // namespace fakes::okta::api
