// How a person is sent to the identity provider, from the portal or from the login window of a device.
#pragma once

#include <string>

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/federation/provider_client.h"
#include "directory/federation/sign_in.h"

namespace directory {

/// The cookie that binds a sign-in to the browser that began it. [RFC6749 10.12]
inline constexpr std::string_view sign_in_cookie = "federation";

[[nodiscard]] std::string federation_redirect_uri(const Core& core);

/// A sign-in that can be stored with begin_sign_in(), and what the browser needs for it.
struct Departure {
  FederatedSignIn sign_in;
  std::string location;    ///< the provider's page
  std::string set_cookie;  ///< as of a Set-Cookie header, for this directory's host
};

/// An error where the provider does not answer. Both pointers outlive the call.
[[nodiscard]] base::Task<base::Result<Departure>> prepare_departure(Core* core, ProviderClient* client,
                                                                    IdentityProvider provider);

}  // namespace directory
