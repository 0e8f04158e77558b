// What a signed-in person or an app is handed: ID tokens, access tokens, and the answer of the token endpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

/// A pseudonym of the user for one app: another app sees another. [Graph I8] [Graph I10]
[[nodiscard]] std::string pairwise_subject(const Tenant& tenant, const Application& app, const ObjectId& user);

/// How a token reaches the app: through the browser, or from the token endpoint.
enum class Channel : std::uint8_t { front, back };

/// Signed. A `code` that the token travels beside is hashed into it. [Graph I8] [Graph I11]
[[nodiscard]] base::Secret make_id_token(Desk& desk, const Application& app, const Grant& grant, Channel channel, const base::Secret* code = nullptr);

/// An access token and how long it lasts.
struct Minted {
  base::Secret token;
  std::int64_t lifetime = 0;  ///< seconds
};

[[nodiscard]] Minted make_user_token(Desk& desk, const Application& app, const Grant& grant, const std::vector<std::string>& granted);
[[nodiscard]] Minted make_app_token(Desk& desk, const Application& app, const std::string& audience);

/// What Entra sends to an endpoint that has no token of its own. [Entra provisioning-clients 2.1-16]
[[nodiscard]] base::Secret make_service_token(Desk& desk);

/// A new refresh token; one of a single-page app keeps the end of `replaced`. [Graph K20]
[[nodiscard]] base::Secret make_refresh_token(Desk& desk, const Grant& grant, const RefreshToken* replaced);

}  // namespace fakes::entra::sign_in
