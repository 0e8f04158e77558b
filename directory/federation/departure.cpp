#include "directory/federation/departure.h"

#include <fmt/format.h>

namespace directory {

std::string federation_redirect_uri(const Core& core) { return core.options.public_url.text() + "oauth/callback"; }

base::Task<base::Result<Departure>> prepare_departure(Core* core, ProviderClient* client, IdentityProvider provider) {
  const auto metadata = co_await client->metadata(provider);
  if (!metadata) co_return std::unexpected(metadata.error());
  FederatedSignIn sign_in(core->new_token(), core->ports.vault_key);
  core->ports.witness->witness(sign_in.code_verifier());
  auto location = sign_in.authorization_url(*metadata, provider, federation_redirect_uri(*core));
  auto cookie = fmt::format("{}={}; Path=/oauth; HttpOnly; Secure; SameSite=Lax", sign_in_cookie, sign_in.state().reveal());
  co_return Departure{std::move(sign_in), std::move(location), std::move(cookie)};
}

}  // namespace directory
