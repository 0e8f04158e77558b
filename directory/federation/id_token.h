// An identity provider's statement of who has signed in, and every check that makes it one.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/jose.h"
#include "directory/federation/identity_provider.h"

namespace directory {

/// What a token must agree with.
struct TokenExpectation {
  std::string issuer;     ///< the provider's, or a template of it
  std::string client_id;  ///< the audience
  std::string nonce;
  base::Instant now{};
  base::Duration skew{};  ///< how far the provider's clock may be from ours
};

/// Issuer, audience, authorised party, times and nonce; an error names the claim. The signature is checked before.
/// [OIDC-CORE 3.1.3.7]
[[nodiscard]] std::expected<void, std::string> check_claims(const base::JsonObject& claims, const TokenExpectation& expected);

/// The e-mail address that pairs the token with a user: `email`, and for Entra `upn` or `preferred_username` where that
/// is missing. An error where there is none or the provider says that it is not verified. [rule D96] [rule D99]
[[nodiscard]] std::expected<std::string, std::string> email_of(const base::JsonObject& claims, ProviderType type);

}  // namespace directory
