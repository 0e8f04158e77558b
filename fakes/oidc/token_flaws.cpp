#include "fakes/oidc/token_flaws.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/crypto.h"
#include "base/encoding.h"
#include "base/simulated_keys.h"
#include "fakes/oidc/claims.h"

namespace fakes::oidc {
namespace {

using base::JsonArray;
using base::JsonObject;

// clang-format off
constexpr TokenFlawRow flaws[] = {
    {TokenFlaw::issuer_of_another, "issuer_of_another", "iss is another provider", "OpenID Connect Core 3.1.3.7, 2"},
    {TokenFlaw::issuer_begins_alike, "issuer_begins_alike", "iss begins as the provider's does and goes on", "OpenID Connect Core 3.1.3.7, 2"},
    {TokenFlaw::no_issuer, "no_issuer", "there is no iss", "OpenID Connect Core 2"},
    {TokenFlaw::audience_of_another, "audience_of_another", "aud is another app", "OpenID Connect Core 3.1.3.7, 3"},
    {TokenFlaw::no_audience, "no_audience", "there is no aud", "OpenID Connect Core 2"},
    {TokenFlaw::several_audiences, "several_audiences", "aud lists an app that is not known as well, and there is no azp", "OpenID Connect Core 3.1.3.7, 3"},
    {TokenFlaw::party_of_another, "party_of_another", "azp is another app", "OpenID Connect Core 3.1.3.7, 5"},
    {TokenFlaw::expired, "expired", "exp was an hour ago", "OpenID Connect Core 3.1.3.7, 9"},
    {TokenFlaw::no_expiry, "no_expiry", "there is no exp", "OpenID Connect Core 2"},
    {TokenFlaw::not_yet_valid, "not_yet_valid", "nbf is in an hour", "RFC 7519 4.1.5"},
    {TokenFlaw::issued_in_the_future, "issued_in_the_future", "iat is in an hour", "OpenID Connect Core 3.1.3.7, 10"},
    {TokenFlaw::nonce_of_another, "nonce_of_another", "nonce is that of another sign-in", "OpenID Connect Core 3.1.3.7, 11"},
    {TokenFlaw::no_nonce, "no_nonce", "there is no nonce, though one was sent", "OpenID Connect Core 3.1.3.7, 11"},
    {TokenFlaw::no_subject, "no_subject", "there is no sub", "OpenID Connect Core 2"},
    {TokenFlaw::signature_broken, "signature_broken", "a bit of the signature is another", "OpenID Connect Core 3.1.3.7, 6"},
    {TokenFlaw::claims_changed, "claims_changed", "a claim was changed after the token was signed", "OpenID Connect Core 3.1.3.7, 6"},
    {TokenFlaw::signed_by_another, "signed_by_another", "another key signed it under the provider's key id", "OpenID Connect Core 3.1.3.7, 6"},
    {TokenFlaw::key_unknown, "key_unknown", "a key signed it that is not in the key set", "OpenID Connect Core 10.1.1"},
    {TokenFlaw::unsigned_token, "unsigned_token", "alg is none, and there is no signature", "RFC 8725 3.2"},
    {TokenFlaw::signed_with_client_secret, "signed_with_client_secret", "alg is HS256, by the client secret, where RS256 is announced", "OpenID Connect Core 3.1.3.7, 7"},
    {TokenFlaw::signed_with_public_key, "signed_with_public_key", "alg is HS256, by the public key in PEM, which everybody knows", "RFC 8725 2.1"},
    {TokenFlaw::state_of_another, "state_of_another", "the browser comes back with a state that was not sent", "RFC 6749 10.12"},
    {TokenFlaw::no_state, "no_state", "the browser comes back without the state that was sent", "RFC 6749 10.12"},
};
// clang-format on

constexpr base::Duration far_off = std::chrono::hours{1};
constexpr std::string_view another_issuer = "https://login.elsewhere.example/v2.0";
constexpr std::string_view another_app = "00000000-0000-0000-0000-00000000beef";

/// A key of the pool that the key set does not show, as long as the one that signs: libraries refuse short ones for their length.
base::RsaSigningKey another_key(const FlawedSigning& signing, const std::string& id) {
  constexpr std::size_t short_modulus = 1024 / 8;
  const auto& own = signing.key->public_key();
  const auto length = own.modulus.size() > short_modulus ? base::KeyLength::bits_2048 : base::KeyLength::bits_1024;
  std::optional<base::RsaSigningKey> other;
  for (std::size_t i = 0; i < base::simulated_keys; ++i) {
    auto key = base::simulated_signing_key(i, id, length);
    const auto& modulus = key.public_key().modulus;
    if (modulus == own.modulus) continue;
    const bool is_shown = std::ranges::find(signing.published, modulus, &base::RsaPublicKey::modulus) != signing.published.end();
    if (!other || !is_shown) other = std::move(key);
    if (!is_shown) break;
  }
  return *std::move(other);
}

std::string input_of(std::string_view algorithm, const std::string& key_id, const JsonObject& claims) {
  const JsonObject header{{"alg", base::json_text(algorithm)}, {"kid", key_id}, {"typ", "JWT"}};
  return base::to_base64url(base::to_text(header)) + "." + base::to_base64url(base::to_text(claims));
}

std::string with_hmac(const std::string& key_id, const JsonObject& claims, const base::Secret& secret) {
  const auto input = input_of("HS256", key_id, claims);
  return input + "." + base::to_base64url(base::hmac_sha256(secret, input));
}

/// The key in PEM: what a check that is handed the provider's key takes for the shared secret where the token says HS256.
base::Secret public_key_text(const base::RsaPublicKey& key) { return base::Secret(base::to_pem(key)); }

std::string with_broken_signature(const std::string& token) {
  const auto dot = token.rfind('.') + 1;
  auto bytes = base::from_base64url(token.substr(dot)).value_or(std::string(1, '\0'));
  bytes[bytes.size() / 2] = static_cast<char>(static_cast<unsigned char>(bytes[bytes.size() / 2]) ^ 1U);
  return token.substr(0, dot) + base::to_base64url(bytes);
}

/// The signature of these claims behind others.
std::string with_changed_claims(const std::string& token, const JsonObject& claims, const std::string& key_id) {
  auto changed = claims;
  changed["name"] = "Somebody Else";
  return input_of("RS256", key_id, changed) + token.substr(token.rfind('.'));
}

std::string text_or_empty(const JsonObject& claims, std::string_view name) {
  const auto* value = base::member(claims, name);
  return value != nullptr && value->is_string() ? std::string(base::as_text(value->get_string())) : std::string();
}

/// Flaws that the claims bear; whether it is one of these.
bool spoil(JsonObject& claims, TokenFlaw flaw, base::Instant now) {
  switch (flaw) {
    case TokenFlaw::issuer_of_another:
      claims["iss"] = base::json_text(another_issuer);
      return true;
    case TokenFlaw::issuer_begins_alike:
      claims["iss"] = text_or_empty(claims, "iss") + ".elsewhere.example";
      return true;
    case TokenFlaw::no_issuer:
      claims.erase("iss");
      return true;
    case TokenFlaw::audience_of_another:
      claims["aud"] = base::json_text(another_app);
      return true;
    case TokenFlaw::no_audience:
      claims.erase("aud");
      return true;
    case TokenFlaw::several_audiences: {
      const auto own = text_or_empty(claims, "aud");
      JsonArray audiences;
      audiences.push_back(base::json_text(own));
      audiences.push_back(base::json_text(another_app));
      claims["aud"] = std::move(audiences);
      claims.erase("azp");
      return true;
    }
    case TokenFlaw::party_of_another:
      claims["azp"] = base::json_text(another_app);
      return true;
    case TokenFlaw::expired:
      for (const auto* name : {"iat", "nbf"}) claims[name] = seconds_of(now - 2 * far_off);
      claims["exp"] = seconds_of(now - far_off);
      return true;
    case TokenFlaw::no_expiry:
      claims.erase("exp");
      return true;
    case TokenFlaw::not_yet_valid:
      claims["nbf"] = seconds_of(now + far_off);
      claims["exp"] = seconds_of(now + 2 * far_off);
      return true;
    case TokenFlaw::issued_in_the_future:
      claims["iat"] = seconds_of(now + far_off);
      claims["exp"] = seconds_of(now + 2 * far_off);
      return true;
    case TokenFlaw::nonce_of_another:
      claims["nonce"] = "the nonce of another sign-in";
      return true;
    case TokenFlaw::no_nonce:
      claims.erase("nonce");
      return true;
    case TokenFlaw::no_subject:
      claims.erase("sub");
      return true;
    default:
      return false;
  }
}

}  // namespace

std::span<const TokenFlawRow> all_token_flaws() { return flaws; }

std::optional<TokenFlaw> token_flaw_named(std::string_view name) {
  const auto found = std::ranges::find(flaws, name, &TokenFlawRow::name);
  if (found == std::end(flaws)) return std::nullopt;
  return found->flaw;
}

bool is_of_state(TokenFlaw flaw) { return flaw == TokenFlaw::state_of_another || flaw == TokenFlaw::no_state; }

base::Secret sign_with_flaw(JsonObject claims, TokenFlaw flaw, const FlawedSigning& signing) {
  const auto& key = *signing.key;
  const auto& key_id = key.public_key().id;
  if (spoil(claims, flaw, signing.now)) return base::Secret(key.sign(claims));
  switch (flaw) {
    case TokenFlaw::signature_broken:
      return base::Secret(with_broken_signature(key.sign(claims)));
    case TokenFlaw::claims_changed:
      return base::Secret(with_changed_claims(key.sign(claims), claims, key_id));
    case TokenFlaw::signed_by_another:
      return base::Secret(another_key(signing, key_id).sign(claims));
    case TokenFlaw::key_unknown:
      return base::Secret(another_key(signing, "a key that nobody has published").sign(claims));
    case TokenFlaw::unsigned_token:
      return base::Secret(input_of("none", key_id, claims) + ".");
    case TokenFlaw::signed_with_client_secret:
      return base::Secret(with_hmac(key_id, claims, signing.client_secret));
    case TokenFlaw::signed_with_public_key:
      return base::Secret(with_hmac(key_id, claims, public_key_text(key.public_key())));
    default:
      return base::Secret(key.sign(claims));
  }
}

}  // namespace fakes::oidc
