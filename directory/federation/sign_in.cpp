#include "directory/federation/sign_in.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/encoding.h"

namespace directory {
namespace {

std::string derived(const base::Secret& vault_key, std::string_view purpose, const base::Secret& state) {
  return base::to_base64url(base::hmac_sha256(vault_key, fmt::format("{} {}", purpose, state.reveal())));
}

/// `application/x-www-form-urlencoded` pairs.
std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += fmt::format("{}={}", name, base::percent_encode(value));
  }
  return out;
}

}  // namespace

std::string FederatedSignIn::nonce() const { return derived(vault_key_, "nonce", state_); }

base::Secret FederatedSignIn::code_verifier() const { return base::Secret(derived(vault_key_, "verifier", state_)); }

std::string FederatedSignIn::code_challenge() const { return base::to_base64url(base::sha256(code_verifier().reveal())); }

std::string FederatedSignIn::authorization_url(const ProviderMetadata& metadata, const IdentityProvider& provider,
                                               const std::string& redirect_uri) const {
  auto uri = metadata.authorization_endpoint;
  const auto challenge = code_challenge();
  const auto once = nonce();
  auto query = form({{"response_type", "code"},
                     {"client_id", provider.client_id},
                     {"redirect_uri", redirect_uri},
                     {"scope", "openid profile email"},
                     {"state", state_.reveal()},
                     {"nonce", once},
                     {"code_challenge", challenge},
                     {"code_challenge_method", "S256"}});
  uri.query = uri.query && !uri.query->empty() ? *uri.query + "&" + query : std::move(query);
  return uri.text();
}

base::HttpRequest FederatedSignIn::token_request(const ProviderMetadata& metadata, const IdentityProvider& provider,
                                                 const base::Secret& client_secret, const base::Secret& code,
                                                 const std::string& redirect_uri) const {
  base::HttpRequest request("POST", metadata.token_endpoint);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  const auto verifier = code_verifier();
  request.body = form({{"grant_type", "authorization_code"},
                       {"code", code.reveal()},
                       {"redirect_uri", redirect_uri},
                       {"code_verifier", verifier.reveal()}});
  if (metadata.secret_in_body) {
    request.body += "&" + form({{"client_id", provider.client_id}, {"client_secret", client_secret.reveal()}});
  } else {
    // Both are form-encoded before they are joined. [RFC6749 2.3.1]
    const auto credentials =
        base::percent_encode(provider.client_id) + ":" + base::percent_encode(client_secret.reveal());
    request.headers.add("Authorization", "Basic " + base::to_base64(credentials));
  }
  return request;
}

bool begin_sign_in(Core& core, const FederatedSignIn& sign_in, const IdentityProviderId& provider,
                   SignInPurpose purpose) {
  auto& db = core.db();
  db.run("DELETE FROM federated_sign_ins WHERE expires <= ?1", core.now());
  const auto under_way = db.first("SELECT count(*) FROM federated_sign_ins", [](Row row) { return row.integer(0); });
  if (under_way.value_or(0) >= most_sign_ins) return false;
  db.run("INSERT INTO federated_sign_ins (state_digest, provider_id, expires, purpose) VALUES (?1, ?2, ?3, ?4)",
         token_digest(sign_in.state()), provider.text(), core.now() + sign_in_lifetime,
         purpose == SignInPurpose::portal ? "portal" : "provisioning");
  return true;
}

std::optional<TakenSignIn> take_sign_in(Core& core, const base::Secret& state) {
  auto& db = core.db();
  const auto digest = token_digest(state);
  auto taken = db.first(
      "SELECT provider_id, purpose FROM federated_sign_ins WHERE state_digest = ?1 AND expires > ?2",
      [](Row row) {
        return TakenSignIn{IdentityProviderId{row.text(0)},
                           row.text(1) == "portal" ? SignInPurpose::portal : SignInPurpose::provisioning};
      },
      digest, core.now());
  db.run("DELETE FROM federated_sign_ins WHERE state_digest = ?1", digest);
  return taken;
}

}  // namespace directory
