// The organisation's identity provider as a row. The client secret must be sent to the provider, so it cannot be kept
// as a digest: it is sealed with a key that is not in the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/secret.h"
#include "directory/store/database.h"

namespace directory {

using IdentityProviderId = base::Id<struct IdentityProviderTag>;

/// [rule D90]
enum class ProviderType : std::uint8_t { oidc, google, okta, azure };

struct IdentityProvider {
  IdentityProviderId id;
  std::string name;
  ProviderType type = ProviderType::oidc;
  std::string url;  ///< the issuer, below which the discovery document stands [OIDC-DISCOVERY 4]
  std::string client_id;
  std::string sealed_secret;
  base::Instant created{};
};

/// `OIDC`, `GOOGLE`, `OKTA`, `AZURE`.
[[nodiscard]] std::string_view type_name(ProviderType type);
[[nodiscard]] std::optional<ProviderType> parse_provider_type(std::string_view name);

/// The organisation's, of which there is one at most. [rule D91]
[[nodiscard]] std::optional<IdentityProvider> find_identity_provider(Database& db);
[[nodiscard]] std::optional<IdentityProvider> find_identity_provider(Database& db, const IdentityProviderId& id);
void insert_identity_provider(Database& db, const IdentityProvider& provider);
void delete_identity_provider(Database& db, const IdentityProviderId& id);

/// The client secret in and out of its box; empty where the vault key is not the one that sealed it.
[[nodiscard]] std::optional<std::string> seal_client_secret(const base::Secret& secret, const IdentityProviderId& id,
                                                            const base::Secret& vault_key, base::Rng& rng);
[[nodiscard]] std::optional<base::Secret> open_client_secret(const IdentityProvider& provider, const base::Secret& vault_key);

}  // namespace directory
