#include "fakes/okta/sign_in/tokens.h"

#include <algorithm>

#include "base/jose.h"
#include "fakes/oidc/claims.h"
#include "fakes/oidc/form.h"

namespace fakes::okta::sign_in {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using oidc::half_hash;
using oidc::put_text;
using oidc::seconds_of;

JsonArray texts(const std::vector<std::string>& values) {
  JsonArray out;
  for (const auto& value : values) out.push_back(Json(value));
  return out;
}

void put_attribute(JsonObject& claims, std::string_view claim, const User& user, std::string_view attribute) {
  put_text(claims, claim, value_or_empty(user.profile, attribute));
}

/// `en_US` of a profile is `en-US` in a claim.
std::string locale_of(const User& user) {
  auto locale = value_or_empty(user.profile, "locale");
  std::ranges::replace(locale, '_', '-');
  return locale;
}

void add_profile_claims(JsonObject& claims, const App& app, const User& user) {
  put_text(claims, "name", display_name_of(user.profile));
  put_text(claims, "preferred_username", name_in_app(app, user));
  for (const auto& [claim, attribute] : {std::pair{"nickname", "nickName"},
                                         {"given_name", "firstName"},
                                         {"middle_name", "middleName"},
                                         {"family_name", "lastName"},
                                         {"profile", "profileUrl"},
                                         {"zoneinfo", "timezone"}})
    put_attribute(claims, claim, user, attribute);
  put_text(claims, "locale", locale_of(user));
  claims["updated_at"] = seconds_of(user.last_updated);
}

void add_address_claim(JsonObject& claims, const User& user) {
  JsonObject address;
  for (const auto& [claim, attribute] : {std::pair{"street_address", "streetAddress"},
                                         {"locality", "city"},
                                         {"region", "state"},
                                         {"postal_code", "zipCode"},
                                         {"country", "countryCode"}})
    put_attribute(address, claim, user, attribute);
  if (!address.empty()) claims["address"] = std::move(address);
}

/// `/oauth2/default` of `https://ORG/oauth2/default`.
std::string_view below_host(std::string_view issuer) {
  constexpr std::string_view slashes = "://";
  const auto host = issuer.find(slashes);
  if (host == std::string_view::npos) return issuer;
  const auto path = issuer.find('/', host + slashes.size());
  return path == std::string_view::npos ? std::string_view() : issuer.substr(path);
}

}  // namespace

base::Secret make_access_token(Desk& desk, AuthorizationServer& server, const App& app, const Grant& grant) {
  AccessToken token;
  token.grant = grant;
  token.id = desk.new_id("AT.");
  token.issued = desk.now();
  token.ends = desk.now() + desk.options().access_token_lifetime;
  const auto* user = grant.proof ? desk.org().find(grant.proof->user) : nullptr;
  token.subject = user == nullptr ? grant.client_id : name_in_app(app, *user);
  JsonObject claims{{"ver", 1},
                    {"jti", token.id},
                    {"iss", server.issuer},
                    {"aud", server.audience},
                    {"iat", seconds_of(token.issued)},
                    {"exp", seconds_of(token.ends)},
                    {"cid", grant.client_id}};
  if (user != nullptr) claims["uid"] = user->id.text();
  claims["scp"] = texts(grant.scopes);
  claims["sub"] = token.subject;
  base::Secret text(server.keys.signing(desk.now()).sign(claims));
  desk.witness(text);
  desk.access_tokens.add(text, std::move(token), desk.now());
  return text;
}

base::Secret make_id_token(Desk& desk, AuthorizationServer& server, const App& app, const Grant& grant, const Companions& companions) {
  const auto& user = *desk.org().find(grant.proof->user);
  JsonObject claims{{"sub", user.id.text()},
                    {"ver", 1},
                    {"iss", server.issuer},
                    {"aud", grant.client_id},
                    {"iat", seconds_of(desk.now())},
                    {"exp", seconds_of(desk.now() + desk.options().id_token_lifetime)},
                    {"jti", desk.new_id("ID.")},
                    {"amr", JsonArray{Json("pwd")}},
                    {"idp", desk.options().org_id},
                    {"auth_time", seconds_of(grant.proof->at)}};
  put_text(claims, "nonce", grant.nonce);
  if (companions.access_token != nullptr) claims["at_hash"] = half_hash(*companions.access_token);
  if (companions.code != nullptr) claims["c_hash"] = half_hash(*companions.code);
  if (companions.access_token == nullptr || desk.has(Quirk::claims_all_in_id_token)) {
    add_scope_claims(desk, claims, app, user, grant);
  } else {
    if (grant.has("profile")) {
      put_text(claims, "name", display_name_of(user.profile));
      put_text(claims, "preferred_username", name_in_app(app, user));
    }
    if (grant.has("email")) put_attribute(claims, "email", user, "email");
  }
  base::Secret text(server.keys.signing(desk.now()).sign(claims));
  desk.witness(text);
  return text;
}

base::Secret make_refresh_token(Desk& desk, const Grant& grant) {
  RefreshToken token;
  token.grant = grant;
  token.ends = desk.now() + desk.options().refresh_token_idle;
  auto text = desk.new_secret();
  desk.refresh_tokens.add(text, std::move(token), desk.now());
  return text;
}

void add_scope_claims(const Desk& desk, JsonObject& claims, const App& app, const User& user, const Grant& grant) {
  if (grant.has("profile")) add_profile_claims(claims, app, user);
  if (grant.has("email")) {
    put_attribute(claims, "email", user, "email");
    claims["email_verified"] = !desk.has(Quirk::email_unverified);
  }
  if (grant.has("address")) add_address_claim(claims, user);
  if (grant.has("phone")) put_attribute(claims, "phone_number", user, "primaryPhone");
}

std::optional<JsonObject> read_token(Desk& desk, AuthorizationServer& server, std::string_view text) {
  const auto token = base::parse_jwt(text);
  if (!token) return std::nullopt;
  const auto id = base::string_or(token->header, "kid", "");
  const auto keys = server.keys.published(desk.now());
  const auto key = std::ranges::find_if(keys, [&](const auto& published) { return published.key.id == id; });
  if (key == keys.end() || !base::verify_rs256(*token, key->key)) return std::nullopt;
  const auto ends = base::integer_member(token->claims, "exp");
  if (!ends || *ends <= seconds_of(desk.now())) return std::nullopt;
  // Issued by this server, under whichever of the org's names.
  if (below_host(base::string_or(token->claims, "iss", "")) != below_host(server.issuer)) return std::nullopt;
  return token->claims;
}

}  // namespace fakes::okta::sign_in
