// What an OpenID provider says of itself: its discovery document and its key set, read strictly.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/jose.h"
#include "base/uri.h"

namespace directory {

/// [OIDC-DISCOVERY 3]
struct ProviderMetadata {
  std::string issuer;  ///< as in the document; may hold `{tenantid}`
  base::Uri authorization_endpoint;
  base::Uri token_endpoint;
  base::Uri jwks_uri;
  bool secret_in_body = false;  ///< client_secret_post, where the token endpoint takes it and Basic it does not
};

/// The address of a provider's discovery document. [OIDC-DISCOVERY 4]
[[nodiscard]] base::Result<base::Uri> discovery_address(std::string_view issuer);

/// An error says what is missing or wrong. The document's issuer must be the one configured, letter for letter, or
/// differ from it in a tenant's place alone: a multi-tenant application of Entra is given the template
/// `https://login.microsoftonline.com/{tenantid}/v2.0`. Endpoints are https, unless the issuer is http on loopback.
[[nodiscard]] base::Result<ProviderMetadata> read_metadata(std::string_view json, std::string_view issuer);

/// The RSA keys of a key set; others are passed over. At most 64 are read. [RFC7517 5]
[[nodiscard]] base::Result<std::vector<base::RsaPublicKey>> read_key_set(std::string_view json);

/// Whether a token's issuer is the template's, with a tenant of letters, digits and hyphens in its place.
[[nodiscard]] bool issuer_matches(std::string_view issuer, std::string_view template_text);

inline constexpr std::size_t largest_provider_answer = std::size_t{256} * 1024;

}  // namespace directory
