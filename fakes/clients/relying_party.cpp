#include "fakes/clients/relying_party.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "fakes/oidc/claims.h"
#include "fakes/oidc/form.h"

namespace fakes::clients {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonObject;

constexpr base::Duration fetch_timeout = std::chrono::seconds{30};
constexpr std::int64_t clock_tolerance = 120;  ///< seconds
/// A token with a key id that nobody knows must not have the key set fetched each time.
constexpr base::Duration between_looks_for_keys = std::chrono::seconds{10};
constexpr std::string_view session_cookie_name = "rp";
/// As long as a verifier is at least. [RFC7636 4.1]
constexpr std::string_view verifier_of_everybody = "the-same-for-everybody-the-same-for-everybody";

HttpResponse refusal_page(int status, std::string_view why) { return {status, "text/html", fmt::format("<!doctype html><title>Sign-in</title><p role=\"alert\">{}</p>", why)}; }

std::string with_parameters(const std::string& url, const oidc::Parameters& parameters) { return url + (url.contains('?') ? "&" : "?") + oidc::form_text(parameters); }

std::int64_t number_claim(const JsonObject& claims, std::string_view name) {
  const auto* value = base::member(claims, name);
  if (value == nullptr) return -1;
  if (value->is_int64()) return value->get_int64();
  return value->is_uint64() ? static_cast<std::int64_t>(value->get_uint64()) : -1;
}

std::vector<std::string> audiences_of(const JsonObject& claims) {
  std::vector<std::string> out;
  const auto* value = base::member(claims, "aud");
  if (value == nullptr) return out;
  if (value->is_string()) out.emplace_back(base::as_text(value->get_string()));
  if (!value->is_array()) return out;
  for (const auto& one : value->get_array()) {
    if (one.is_string()) out.emplace_back(base::as_text(one.get_string()));
  }
  return out;
}

std::string session_of(const base::HttpRequest& request) {
  const auto cookie = oidc::find_cookie(request, session_cookie_name);
  return cookie ? cookie->reveal() : std::string();
}

}  // namespace

std::string RelyingPartySettings::redirect_uri() const {
  auto uri = own;
  uri.path = "/callback";
  return uri.text();
}

RelyingParty::RelyingParty(base::HttpTransport& transport, base::Clock& clock, base::Rng rng, RelyingPartySettings settings, Quirks quirks)
    : transport_(&transport), clock_(&clock), rng_(rng), settings_(std::move(settings)), quirks_(std::move(quirks)) {}

base::Task<HttpResponse> RelyingParty::handle(base::HttpRequest request) {
  const auto path = request.target.substr(0, request.target.find('?'));
  if (request.method != "GET") co_return HttpResponse(405);
  if (path == "/me") co_return me(request);
  if (path != "/login" && path != "/callback") co_return HttpResponse(404);
  if (path == "/login") {
    auto departure = co_await login();
    co_return departure;
  }
  auto answer = co_await callback(std::move(request));
  co_return answer;
}

HttpResponse RelyingParty::me(const base::HttpRequest& request) const {
  const auto found = sessions_.find(session_of(request));
  if (found == sessions_.end() || found->second.user.empty()) return refusal_page(401, "nobody is signed in");
  return {200, "application/json", base::to_text(JsonObject{{"user", found->second.user}})};
}

base::Task<std::optional<Json>> RelyingParty::get_json(std::string url) {
  const auto uri = base::parse_uri(url);
  if (!uri) co_return std::nullopt;
  base::HttpRequest request("GET", *uri);
  const auto result = co_await transport_->send(std::move(request), fetch_timeout);
  if (!result || result->status != 200) co_return std::nullopt;
  auto body = base::parse_json(result->body);
  if (!body) co_return std::nullopt;
  co_return *std::move(body);
}

base::Task<std::string> RelyingParty::see_to_metadata() {
  if (metadata_) co_return std::string();
  const auto document = co_await get_json(settings_.issuer + "/.well-known/openid-configuration");
  if (!document) co_return std::string("the provider's metadata cannot be had");
  // A document of another issuer is one that somebody has put there. [OIDC-DISCOVERY 4.3]
  if (base::string_or(*document, "issuer", "") != settings_.issuer) co_return std::string("the provider's metadata is of another issuer");
  metadata_ = Metadata{base::string_or(*document, "authorization_endpoint", ""), base::string_or(*document, "token_endpoint", ""), base::string_or(*document, "jwks_uri", "")};
  co_return std::string();
}

base::Task<std::string> RelyingParty::fetch_keys() {
  const auto document = co_await get_json(metadata_->jwks_uri);
  const auto* keys = document ? base::member(*document, "keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) co_return std::string("the provider's keys cannot be had");
  keys_.clear();
  for (const auto& one : keys->get_array()) {
    if (auto key = base::read_jwk(one)) keys_.push_back(*std::move(key));
  }
  co_return std::string();
}

base::Task<HttpResponse> RelyingParty::login() {
  const auto problem = co_await see_to_metadata();
  if (!problem.empty()) co_return refusal_page(502, problem);
  Session session;
  session.state = has(Quirk::state_is_constant) ? std::string("the-same-for-everybody") : rng_.hex(16);
  session.nonce = has(Quirk::nonce_is_constant) ? std::string("1") : rng_.hex(16);
  session.verifier = has(Quirk::challenge_is_constant) ? std::string(verifier_of_everybody) : base::to_base64url(rng_.hex(24));
  oidc::Parameters parameters{{"client_id", settings_.client_id},
                              {"response_type", "code"},
                              {"redirect_uri", settings_.redirect_uri()},
                              {"scope", "openid profile email"}};
  if (sends_state()) parameters.emplace_back("state", session.state);
  if (sends_nonce()) parameters.emplace_back("nonce", session.nonce);
  if (sends_challenge()) {
    parameters.emplace_back("code_challenge", base::to_base64url(base::sha256(session.verifier)));
    parameters.emplace_back("code_challenge_method", "S256");
  }
  const auto id = rng_.hex(16);
  sessions_[id] = std::move(session);
  HttpResponse response(302);
  response.headers.add("Location", with_parameters(metadata_->authorization_endpoint, parameters));
  response.headers.add("Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", session_cookie_name, id));
  co_return response;
}

base::Task<HttpResponse> RelyingParty::callback(base::HttpRequest request) {
  const auto target = base::parse_target(request.target).value_or(base::Target{});
  const auto id = session_of(request);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) co_return refusal_page(400, "no sign-in is under way in this browser");
  const bool looks_at_state = sends_state() && !has(Quirk::state_not_checked) && !has(Quirk::state_alone_not_checked);
  if (looks_at_state && target.parameter("state").value_or("") != found->second.state) co_return refusal_page(400, "this is the answer to another sign-in");
  const auto code = target.parameter("code");
  if (!code) co_return refusal_page(401, "the provider has not signed anybody in");
  auto session = found->second;
  auto person = co_await person_of(*code, std::move(session));
  if (!person) co_return refusal_page(401, person.error().message);
  sessions_[id].user = *person;
  co_return HttpResponse(200, "text/html", "<!doctype html><title>Application</title><p>Welcome</p>");
}

const base::RsaPublicKey* RelyingParty::key_of(std::string_view id) const {
  const auto found = std::ranges::find(keys_, id, &base::RsaPublicKey::id);
  return found == keys_.end() ? nullptr : &*found;
}

base::Task<bool> RelyingParty::is_signed(base::Jwt token) {
  if (has(Quirk::signature_not_checked)) co_return true;
  const auto id = base::string_or(token.header, "kid", "");
  if (keys_.empty() || has(Quirk::keys_fetched_for_each_sign_in)) co_await fetch_keys();
  const bool may_look = !looked_for_key_ || clock_->now() - *looked_for_key_ >= between_looks_for_keys;
  if (key_of(id) == nullptr && may_look && !has(Quirk::new_keys_are_not_fetched)) {
    looked_for_key_ = clock_->now();
    co_await fetch_keys();
  }
  const auto* key = key_of(id);
  if (key == nullptr) co_return has(Quirk::any_key_will_do);
  const auto algorithm = base::string_or(token.header, "alg", "");
  if (has(Quirk::algorithm_is_the_tokens) && algorithm == "none") co_return true;
  if (has(Quirk::algorithm_is_the_tokens) && algorithm == "HS256") {
    const base::Secret public_key(base::to_pem(*key));
    co_return token.signature == base::hmac_sha256(settings_.client_secret, token.signing_input) || token.signature == base::hmac_sha256(public_key, token.signing_input);
  }
  co_return base::verify_rs256(token, *key);
}

std::string RelyingParty::wrong_claim(const JsonObject& claims, const Session& session) const {
  const auto issuer = base::string_or(claims, "iss", "");
  const bool begins = has(Quirk::issuer_checked_by_its_beginning) && issuer.starts_with(settings_.issuer);
  if (issuer != settings_.issuer && !begins && !has(Quirk::issuer_not_checked)) return "iss";
  const auto audiences = audiences_of(claims);
  // Nobody else is trusted here. [OIDC-CORE 3.1.3.7]
  const auto own = std::ranges::count(audiences, settings_.client_id);
  const bool names_others = std::ssize(audiences) > own && !has(Quirk::other_audiences_will_do);
  if ((own == 0 || names_others) && !has(Quirk::audience_not_checked)) return "aud";
  const auto party = base::string_member(claims, "azp");
  if (party && *party != settings_.client_id && !has(Quirk::party_not_checked)) return "azp";
  const auto now = oidc::seconds_of(clock_->now());
  if (number_claim(claims, "exp") < now - clock_tolerance && !has(Quirk::expiry_not_checked)) return "exp";
  const auto begins_at = std::max(number_claim(claims, "nbf"), number_claim(claims, "iat"));
  if (begins_at > now + clock_tolerance && !has(Quirk::times_not_checked)) return "nbf or iat";
  const bool looks_at_nonce = sends_nonce() && !has(Quirk::nonce_not_checked);
  if (looks_at_nonce && base::string_or(claims, "nonce", "") != session.nonce) return "nonce";
  if (base::string_or(claims, "sub", "").empty() && !has(Quirk::subject_not_checked)) return "sub";
  return {};
}

base::Task<base::Result<std::string>> RelyingParty::person_of(std::string code, Session session) {
  const auto endpoint = base::parse_uri(metadata_->token_endpoint);
  if (!endpoint) co_return base::fail("the provider has no token endpoint");
  oidc::Parameters form{{"grant_type", "authorization_code"},
                        {"code", std::move(code)},
                        {"redirect_uri", settings_.redirect_uri()},
                        {"client_id", settings_.client_id},
                        {"client_secret", settings_.client_secret.reveal()}};
  if (sends_challenge()) form.emplace_back("code_verifier", session.verifier);
  base::HttpRequest request("POST", *endpoint);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = oidc::form_text(form);
  const auto result = co_await transport_->send(std::move(request), fetch_timeout);
  const bool is_granted = result && result->status == 200;
  if (!is_granted && has(Quirk::signs_in_without_a_token)) co_return std::string("somebody");
  if (!is_granted) co_return base::fail("the provider gives no token");
  const auto body = base::parse_json(result->body).value_or(Json());
  auto token = base::parse_jwt(base::string_or(body, "id_token", ""));
  if (!token) co_return base::fail(token.error().message);
  auto copy = *token;
  const bool genuine = co_await is_signed(std::move(copy));
  if (!genuine) co_return base::fail("the token is not signed by the provider");
  const auto wrong = wrong_claim(token->claims, session);
  if (!wrong.empty()) co_return base::fail(fmt::format("the token's {} is not acceptable", wrong));
  co_return base::string_or(token->claims, "preferred_username", "somebody");
}

}  // namespace fakes::clients
