#include "directory/federation/identity_provider.h"

#include <fmt/format.h>

#include <array>

namespace directory {
namespace {

constexpr std::array provider_types{ProviderType::oidc, ProviderType::google, ProviderType::okta, ProviderType::azure};

IdentityProvider read_provider(Row row) {
  return {IdentityProviderId{row.text(0)},
          row.text(1),
          parse_provider_type(row.text(2)).value_or(ProviderType::oidc),
          row.text(3),
          row.text(4),
          row.text(5),
          row.instant(6)};
}

std::string select_providers(std::string_view tail) {
  return fmt::format("SELECT id, name, type, url, client_id, sealed_secret, created FROM identity_providers {}", tail);
}

std::string context_of(const IdentityProviderId& id) { return "client secret of " + id.text(); }

}  // namespace

std::string_view type_name(ProviderType type) {
  switch (type) {
    case ProviderType::oidc: return "OIDC";
    case ProviderType::google: return "GOOGLE";
    case ProviderType::okta: return "OKTA";
    case ProviderType::azure: return "AZURE";
  }
  return "";
}

std::optional<ProviderType> parse_provider_type(std::string_view name) {
  for (const auto type : provider_types) {
    if (type_name(type) == name) return type;
  }
  return std::nullopt;
}

std::optional<IdentityProvider> find_identity_provider(Database& db) { return db.first(select_providers("LIMIT 1"), read_provider); }

std::optional<IdentityProvider> find_identity_provider(Database& db, const IdentityProviderId& id) {
  return db.first(select_providers("WHERE id = ?1"), read_provider, id.text());
}

void insert_identity_provider(Database& db, const IdentityProvider& provider) {
  db.run(
      "INSERT INTO identity_providers (id, name, type, url, client_id, sealed_secret, created) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      provider.id.text(), provider.name, type_name(provider.type), provider.url, provider.client_id, provider.sealed_secret,
      provider.created);
}

void delete_identity_provider(Database& db, const IdentityProviderId& id) {
  db.run("DELETE FROM identity_providers WHERE id = ?1", id.text());
}

std::optional<std::string> seal_client_secret(const base::Secret& secret, const IdentityProviderId& id,
                                              const base::Secret& vault_key, base::Rng& rng) {
  if (vault_key.reveal().size() != 32) return std::nullopt;
  return base::seal(secret.reveal(), base::sealing_keys_of(vault_key).public_key, context_of(id), rng);
}

std::optional<base::Secret> open_client_secret(const IdentityProvider& provider, const base::Secret& vault_key) {
  if (vault_key.reveal().size() != 32) return std::nullopt;
  return base::open_sealed(provider.sealed_secret, base::sealing_keys_of(vault_key), context_of(provider.id));
}

}  // namespace directory
