// The token that Entra itself sends to a SCIM endpoint whose secret token an admin has left blank. A port: sign-in makes it,
// the provisioning service sends it, and neither knows the other. [Entra provisioning-clients 2.1-16]
#pragma once

#include <string_view>

#include "base/secret.h"

namespace fakes::entra {

/// For whom it is, for every tenant and every app.
inline constexpr std::string_view service_token_audience = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

class ServiceTokens {
 public:
  virtual ~ServiceTokens() = default;
  /// A JWT that is valid now, signed with the tenant's key.
  [[nodiscard]] virtual base::Secret service_token() = 0;
};

}  // namespace fakes::entra
