// Groups and their rules as JSON. [Okta provisioning-clients 5.4-02]
#pragma once

#include "base/json.h"
#include "fakes/okta/api/request.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

[[nodiscard]] base::JsonObject group_json(const Group& group, const Request& request);
[[nodiscard]] base::JsonObject rule_json(const GroupRule& rule);

}  // namespace fakes::okta::api
