// The operations on event hooks. [Okta provisioning-clients 5.7-13]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_hook(const Call& call);
[[nodiscard]] Reply list_hooks(const Call& call);
[[nodiscard]] Reply read_hook(const Call& call);
[[nodiscard]] Reply replace_hook(const Call& call);
[[nodiscard]] Reply delete_hook(const Call& call);
[[nodiscard]] Reply verify_hook(const Call& call);
[[nodiscard]] Reply activate_hook(const Call& call);
[[nodiscard]] Reply deactivate_hook(const Call& call);

[[nodiscard]] base::JsonObject hook_json(const EventHook& hook);

}  // namespace fakes::okta::api
