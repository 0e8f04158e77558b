// `conform` of a suite whose product is a client: graph-client, oidc-rp, scim-client.
#pragma once

#include "cli/commands.h"
#include "scenarios/client/client_suite.h"

namespace cli {

[[nodiscard]] int conform_client(const ConformCommand& command, const scenarios::client::SuiteInfo& info);

}  // namespace cli
