#include "directory/federation/provider_client.h"

#include <fmt/format.h>

#include <algorithm>

namespace directory {
namespace {

constexpr base::Duration answer_timeout = std::chrono::seconds{30};
constexpr base::Duration metadata_lifetime = std::chrono::hours{1};
/// Unknown keys make us ask again no oftener than this, or anybody could make us ask all the time.
constexpr base::Duration keys_pause = std::chrono::seconds{30};

/// Whether a key among these made the signature; a token without `kid` may be any key's.
bool signed_by_one_of(const std::vector<base::RsaPublicKey>& keys, const base::Jwt& token) {
  const auto id = base::string_member(token.header, "kid");
  return std::ranges::any_of(keys, [&](const base::RsaPublicKey& key) {
    return (!id || key.id == *id) && base::verify_rs256(token, key);
  });
}

}  // namespace

base::Task<base::Result<std::string>> ProviderClient::get(base::Uri address) {
  base::HttpRequest request("GET", address);
  request.headers.add("Accept", "application/json");
  auto result = co_await core_->ports.transport->send(std::move(request), answer_timeout);
  if (!result) co_return base::fail("the identity provider does not answer: " + result.error().message);
  if (result->status != 200) co_return base::fail(fmt::format("the identity provider answered {}", result->status));
  co_return std::move(result->body);
}

base::Task<base::Result<ProviderMetadata>> ProviderClient::metadata(IdentityProvider provider) {
  const auto found = known_.find(provider.id);
  if (found != known_.end() && core_->now() < found->second.metadata_read + metadata_lifetime) co_return found->second.metadata;
  const auto address = discovery_address(provider.url);
  if (!address) co_return std::unexpected(address.error());
  const auto text = co_await get(*address);
  if (!text) co_return std::unexpected(text.error());
  auto metadata = read_metadata(*text, provider.url);
  if (!metadata) co_return metadata;
  auto& known = known_[provider.id];
  known.metadata = *metadata;
  known.metadata_read = core_->now();
  co_return metadata;
}

base::Task<base::Result<void>> ProviderClient::read_keys(IdentityProvider provider) {
  const auto described = co_await metadata(provider);
  if (!described) co_return std::unexpected(described.error());
  const auto text = co_await get(described->jwks_uri);
  if (!text) co_return std::unexpected(text.error());
  auto keys = read_key_set(*text);
  if (!keys) co_return std::unexpected(keys.error());
  auto& known = known_[provider.id];
  known.keys = std::move(*keys);
  known.keys_read = core_->now();
  co_return base::Result<void>{};
}

base::Task<base::Result<bool>> ProviderClient::is_genuine(IdentityProvider provider, base::Jwt token) {
  {
    const auto& known = known_[provider.id];
    const bool fresh = core_->now() < known.keys_read + metadata_lifetime;
    if (fresh && signed_by_one_of(known.keys, token)) co_return true;
    if (fresh && core_->now() < known.keys_read + keys_pause) co_return false;
  }
  const auto read = co_await read_keys(provider);
  if (!read) co_return std::unexpected(read.error());
  co_return signed_by_one_of(known_[provider.id].keys, token);
}

base::Task<base::Result<base::Jwt>> ProviderClient::fetch_token(base::HttpRequest request) {
  const auto result = co_await core_->ports.transport->send(std::move(request), answer_timeout);
  if (!result) co_return base::fail("the identity provider does not answer: " + result.error().message);
  if (result->body.size() > largest_provider_answer) co_return base::fail("the token answer is too large");
  const auto body = base::parse_json(result->body);
  for (const auto* name : {"id_token", "access_token", "refresh_token"}) {
    if (auto token = body ? base::string_member(*body, name) : std::nullopt) core_->ports.witness->witness(base::Secret(*token));
  }
  if (result->status != 200 || !body) {
    const auto error = body ? base::string_or(*body, "error", "") : std::string{};
    co_return base::fail(fmt::format("the identity provider answered {} {}", result->status, error.substr(0, 64)));
  }
  co_return base::parse_jwt(base::string_or(*body, "id_token", ""));
}

}  // namespace directory
