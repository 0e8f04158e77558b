#include "fakes/entra/sign_in/tokens.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/encoding.h"
#include "fakes/entra/service_token.h"
#include "fakes/oidc/claims.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using oidc::half_hash;
using oidc::put_text;
using oidc::seconds_of;

constexpr std::size_t most_groups = 200;
constexpr std::size_t most_groups_in_front = 6;
constexpr base::Duration skew = std::chrono::minutes{2};

std::string opaque(Desk& desk, std::size_t bytes) { return base::to_base64url(*base::from_hex(desk.rng().hex(bytes))); }

void add_groups(const Desk& desk, JsonObject& claims, const ObjectId& user, std::size_t most) {
  const auto groups = desk.tenant().groups_of(user);
  if (groups.size() <= most) {
    JsonArray ids;
    for (const auto& group : groups) ids.push_back(Json(group.text()));
    claims["groups"] = std::move(ids);
    return;
  }
  claims["_claim_names"] = JsonObject{{"groups", "src1"}};
  claims["_claim_sources"] = JsonObject{
      {"src1", JsonObject{{"endpoint", fmt::format("https://graph.windows.net/{}/users/{}/getMemberObjects", desk.tenant().id(), user.text())}}}};
}

bool is_optional_claim(const Application& app, std::string_view name) {
  return std::ranges::find(app.optional_claims, name) != app.optional_claims.end();
}

void add_profile(const Desk& desk, JsonObject& claims, const DirectoryObject& user) {
  const auto name = user.text("userPrincipalName");
  const auto mail = user.text("mail");
  put_text(claims, "name", user.text("displayName"));
  put_text(claims, "oid", user.id().text());
  put_text(claims, "preferred_username", desk.has(Quirk::preferred_name_is_mail) && !mail.empty() ? mail : name);
}

base::Duration user_token_lifetime(Desk& desk) {
  const auto& options = desk.options();
  const auto drawn = desk.rng().between(options.access_token_shortest, options.access_token_longest);
  return std::chrono::floor<std::chrono::seconds>(drawn);
}

/// The claims by which a version names issuer and client. [Graph K7]
void add_version(const Desk& desk, JsonObject& claims, const Application& app, const std::string& audience) {
  const auto* confirmed = app.public_client ? "0" : "1";
  if (audience == graph_audience) {
    claims["iss"] = fmt::format("https://sts.windows.net/{}/", desk.tenant().id());
    claims["appid"] = app.app_id;
    claims["appidacr"] = confirmed;
    claims["ver"] = "1.0";
  } else {
    claims["iss"] = desk.issuer();
    claims["azp"] = app.app_id;
    claims["azpacr"] = confirmed;
    claims["ver"] = "2.0";
  }
}

Minted mint(Desk& desk, const Application& app, AccessToken token, JsonObject claims) {
  token.app_id = app.app_id;
  token.app_name = app.display_name;
  claims["aud"] = token.audience;
  add_version(desk, claims, app, token.audience);
  const auto issued = seconds_of(token.issued);
  claims["iat"] = issued;
  claims["nbf"] = issued;
  claims["exp"] = seconds_of(token.expires);
  claims["tid"] = desk.tenant().id();
  claims["uti"] = opaque(desk, 16);
  base::Secret text(desk.keys.signing(desk.now()).sign(claims));
  desk.witness(text);
  const auto lifetime = seconds_of(token.expires) - issued;
  desk.access_tokens.add(text, std::move(token), desk.now());
  return {std::move(text), lifetime};
}

JsonArray texts(const std::vector<std::string>& values) {
  JsonArray out;
  for (const auto& value : values) out.push_back(Json(value));
  return out;
}

/// As it should be, or with the flaw that sign-in has been given.
base::Secret sign_id_token(Desk& desk, const Application& app, JsonObject claims) {
  const auto& key = desk.keys.signing(desk.now());
  const auto& flaw = desk.options().token_flaw;
  if (!flaw || oidc::is_of_state(*flaw)) return base::Secret(key.sign(claims));
  const auto secret = app.secrets.empty() ? base::Secret() : app.secrets.back().value;
  std::vector<base::RsaPublicKey> published;
  for (const auto& shown : desk.keys.published(desk.now())) published.push_back(shown.key);
  return oidc::sign_with_flaw(std::move(claims), *flaw, {&key, secret, desk.now(), std::move(published)});
}

}  // namespace

std::string pairwise_subject(const Tenant& tenant, const Application& app, const ObjectId& user) {
  return base::to_base64url(base::sha256(fmt::format("{}|{}|{}", tenant.id(), app.app_id, user.text())));
}

base::Secret make_id_token(Desk& desk, const Application& app, const Grant& grant, Channel channel, const base::Secret* code) {
  const auto& user = *desk.tenant().find(grant.proof.user);
  const auto issued = seconds_of(desk.now());
  JsonObject claims{{"aud", app.app_id}, {"iss", desk.issuer()}, {"iat", issued}, {"nbf", issued}};
  if (desk.has(Quirk::not_before_in_the_future)) claims["nbf"] = seconds_of(desk.now() + skew);
  claims["exp"] = seconds_of(desk.now() + desk.options().id_token_lifetime);
  claims["aio"] = opaque(desk, 48);
  if (code != nullptr) claims["c_hash"] = half_hash(*code);
  if (grant.scopes.email || is_optional_claim(app, "email")) put_text(claims, "email", user.text("mail"));
  if (grant.scopes.profile) add_profile(desk, claims, user);
  put_text(claims, "nonce", grant.nonce);
  claims["rh"] = "1." + opaque(desk, 24);
  put_text(claims, "sid", grant.proof.session_id);
  claims["sub"] = pairwise_subject(desk.tenant(), app, user.id());
  claims["tid"] = desk.tenant().id();
  claims["uti"] = opaque(desk, 16);
  claims["ver"] = "2.0";
  // These three need the scope `profile` as well. [Graph I9]
  for (const auto& [claim, property] : {std::pair{"upn", "userPrincipalName"}, {"given_name", "givenName"}, {"family_name", "surname"}}) {
    if (grant.scopes.profile && is_optional_claim(app, claim)) put_text(claims, claim, user.text(property));
  }
  if (app.group_claims) add_groups(desk, claims, user.id(), channel == Channel::back ? most_groups : most_groups_in_front);
  auto token = sign_id_token(desk, app, std::move(claims));
  desk.witness(token);
  return token;
}

Minted make_user_token(Desk& desk, const Application& app, const Grant& grant, const std::vector<std::string>& granted) {
  const auto& user = *desk.tenant().find(grant.proof.user);
  AccessToken token;
  token.kind = AccessToken::Kind::delegated;
  token.subject = user.id();
  token.audience = grant.scopes.audience;
  token.permissions = granted;
  for (auto& word : grant.scopes.openid_words()) token.permissions.push_back(std::move(word));
  token.issued = desk.now();
  token.expires = desk.now() + user_token_lifetime(desk);
  JsonObject claims{{"name", std::string(user.text("displayName"))},
                    {"oid", user.id().text()},
                    {"scp", grant.scopes.text(granted)},
                    {"sub", pairwise_subject(desk.tenant(), app, user.id())},
                    {"upn", std::string(user.text("userPrincipalName"))}};
  return mint(desk, app, std::move(token), std::move(claims));
}

Minted make_app_token(Desk& desk, const Application& app, const std::string& audience) {
  AccessToken token;
  token.kind = AccessToken::Kind::app;
  token.subject = app.service_principal;
  token.audience = audience;
  if (audience == graph_audience) token.permissions = app.permissions;
  token.issued = desk.now();
  token.expires = desk.now() + desk.options().app_token_lifetime;
  JsonObject claims{{"idtyp", "app"}, {"oid", app.service_principal.text()}, {"sub", app.service_principal.text()}};
  if (!token.permissions.empty()) claims["roles"] = texts(token.permissions);
  return mint(desk, app, std::move(token), std::move(claims));
}

base::Secret make_service_token(Desk& desk) {
  const auto issued = seconds_of(desk.now());
  base::Secret token(desk.keys.signing(desk.now())
                         .sign(JsonObject{{"aud", base::json_text(service_token_audience)},
                                          {"iss", fmt::format("https://sts.windows.net/{}/", desk.tenant().id())},
                                          {"iat", issued},
                                          {"nbf", issued},
                                          {"exp", seconds_of(desk.now() + desk.options().app_token_lifetime)},
                                          {"tid", desk.tenant().id()},
                                          {"ver", "1.0"}}));
  desk.witness(token);
  return token;
}

base::Secret make_refresh_token(Desk& desk, const Grant& grant, const RefreshToken* replaced) {
  RefreshToken token;
  token.grant = grant;
  token.issued = desk.now();
  const auto& options = desk.options();
  token.ends = desk.now() + (grant.single_page ? options.spa_refresh_token_lifetime : options.refresh_token_lifetime);
  if (grant.single_page && replaced != nullptr) token.ends = replaced->ends;
  auto text = desk.new_secret("1.");
  desk.refresh_tokens.add(text, std::move(token), desk.now());
  return text;
}

}  // namespace fakes::entra::sign_in
