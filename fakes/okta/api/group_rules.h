// The rules that put users into groups. [Okta provisioning-clients 4.12-06]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_rule(const Call& call);
[[nodiscard]] Reply list_rules(const Call& call);
[[nodiscard]] Reply read_rule(const Call& call);
[[nodiscard]] Reply replace_rule(const Call& call);
[[nodiscard]] Reply delete_rule(const Call& call);
[[nodiscard]] Reply activate_rule(const Call& call);
[[nodiscard]] Reply deactivate_rule(const Call& call);

}  // namespace fakes::okta::api
