// What sign-in publishes of itself: discovery documents, key sets, and which hosts are one cloud.
#pragma once

#include <string_view>

#include "base/json.h"
#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

/// Of a tenant by its id or a domain, or of /common and /organizations, whose issuer is a template. [Graph I1] to [Graph I5]
[[nodiscard]] base::JsonObject discovery_document(const Desk& desk, std::string_view tenant_name);
/// [Graph I6]
[[nodiscard]] base::JsonObject key_set(Desk& desk, std::string_view tenant_name);
/// What client libraries ask before they trust an address.
[[nodiscard]] base::JsonObject instance_document(const Desk& desk);

}  // namespace fakes::entra::sign_in
