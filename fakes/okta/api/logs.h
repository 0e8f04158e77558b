// The system log: lists between two times, and polling. [Okta provisioning-clients 5.7-01] [Okta provisioning-clients 5.7-02]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply list_logs(const Call& call);

/// [Okta provisioning-clients 5.7-03]
[[nodiscard]] base::JsonObject log_event_json(const LogEvent& event);

}  // namespace fakes::okta::api
