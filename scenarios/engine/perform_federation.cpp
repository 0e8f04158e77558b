// Signing in to the directory through an identity provider, and what Entra's admin does for it.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/perform.h"
#include "scenarios/engine/web_page.h"

namespace scenarios {
namespace {

using base::JsonObject;
using fakes::oidc::SigningKeys;

constexpr std::string_view policy_name = "Everybody from the identity provider";

Performed no_such_app(const std::string& name) { return refused(fmt::format("no app '{}' is registered in Entra", name)); }

/// What the admin enters of an app that is registered with a provider: its type, its issuer, and the app's id and secret.
std::optional<JsonObject> provider_of(Cast& cast, const AdminAddIdentityProvider& verb) {
  JsonObject oidc;
  std::string type;
  if (const auto* entra = cast.registered_app(verb.app)) {
    type = "AZURE";
    oidc = {{"clientId", entra->app_id}, {"clientSecret", entra->secrets.back().value.reveal()}, {"url", cast.entra_issuer()}};
  } else if (const auto* okta = cast.okta_sign_in_app(verb.app)) {
    type = "OKTA";
    oidc = {{"clientId", okta->oidc->client_id}, {"clientSecret", okta->oidc->client_secret.reveal()}, {"url", cast.okta_issuer(verb.server)}};
  } else {
    return std::nullopt;
  }
  return JsonObject{{"name", verb.app}, {"type", type}, {"oidc", std::move(oidc)}};
}

/// The routing policy's id; it is made where there is none.
base::Task<std::expected<std::string, Performed>> routing_policy(Cast& cast) {
  const auto listed = co_await ask_as_admin(cast, "GET", "/api/v2/identity-provider/policies", std::nullopt);
  if (!listed || !listed->ok()) co_return std::unexpected(from_response(listed));
  const auto list = base::parse_json(listed->body);
  const auto* results = list ? base::member(*list, "results") : nullptr;
  if (list && list->is_array()) results = &*list;
  if (results != nullptr && results->is_array()) {
    for (const auto& entry : results->get_array()) {
      if (base::string_or(entry, "name", "") == policy_name) co_return base::string_or(entry, "id", "");
    }
  }
  JsonObject body{{"name", std::string(policy_name)}};
  const auto made = co_await ask_as_admin(cast, "POST", "/api/v2/identity-provider/policies", std::move(body));
  if (!made || !made->ok()) co_return std::unexpected(from_response(made));
  co_return base::string_or(base::parse_json(made->body).value_or(base::Json{}), "id", "");
}

/// The portal's session is in the browser once its page is there.
void keep_portal_session(Person* person) {
  for (const auto& [host, jar] : person->browser.cookies) {
    if (const auto session = jar.find("session"); session != jar.end() && person->browser.page && host == person->browser.page->address.host)
      person->portal_session = base::Secret(session->second);
  }
}

/// Sends the form that is open.
base::Task<Performed> submit(Cast& cast, Person* person, Typed typed) {
  auto& transport = cast.world().network().transport(cast.browsers());
  auto outcome = co_await submit(&transport, &person->browser, std::move(typed));
  if (outcome.kind == Performed::Kind::ok) keep_portal_session(person);
  co_return outcome;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, EntraSetPassword verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return refused(fmt::format("{} has no account in the tenant", person.name));
  const fakes::entra::PasswordChange change{cast.secrets().value(verb.password), verb.temporary, false};
  const auto done = cast.tenant().reset_password(*person.entra_id, change);
  co_return done ? Performed{} : refused(done.error().text);
}

base::Task<Performed> perform(Cast& cast, EntraRevokeSessions verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return refused(fmt::format("{} has no account in the tenant", person.name));
  const auto done = cast.tenant().revoke_sessions(*person.entra_id);
  co_return done ? Performed{} : refused(done.error().text);
}

base::Task<Performed> perform(Cast& cast, EntraRegisterApp verb) {
  if (cast.registered_app(verb.app) != nullptr) co_return refused(fmt::format("the app '{}' is registered already", verb.app));
  auto& app = cast.tenant().applications().register_app(verb.app);
  // As the directory's instructions for Entra say. [rule D99]
  app.redirect_uris = {cast.sign_in_callback()};
  app.id_tokens_enabled = true;
  app.optional_claims = {"email", "upn"};
  app.delegated = {"email", "profile"};
  app.single_sign_on = fakes::entra::SingleSignOn::oidc;
  const auto ends = cast.tenant().now() + verb.secret_lasts;
  const auto& secret = cast.tenant().applications().add_secret(app, "directory", ends);
  cast.world().recorder().witness(secret.value);
  cast.add_registered_app(verb.app, app.app_id);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraExpireSecret verb) {
  auto* app = cast.registered_app(verb.app);
  if (app == nullptr) co_return no_such_app(verb.app);
  for (auto& secret : app->secrets) secret.ends = std::min(secret.ends, cast.tenant().now());
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraEndAccessTokens) {
  cast.entra_sign_in().end_access_tokens();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraRollSigningKeys verb) {
  cast.entra_sign_in().roll_keys(verb.announced ? SigningKeys::Notice::announced : SigningKeys::Notice::none);
  if (!verb.keep_old) cast.entra_sign_in().forget_old_keys();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraSpoilSignIn verb) {
  const auto flaw = fakes::oidc::token_flaw_named(verb.flaw);
  if (!flaw && verb.flaw != sign_in_flaws.front()) co_return refused(fmt::format("sign-in has no flaw '{}'", verb.flaw));
  cast.entra_sign_in().options().token_flaw = flaw;
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, AdminAddIdentityProvider verb) {
  auto body = provider_of(cast, verb);
  if (!body) co_return refused(fmt::format("no app '{}' is registered with a provider", verb.app));
  const auto result = co_await ask_as_admin(cast, "POST", "/api/v2/identity-providers", *std::move(body));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminRouteUser verb) {
  const auto policy = co_await routing_policy(cast);
  if (!policy) co_return policy.error();
  const auto user = co_await directory_id(cast, cast.browsers(), cast.person(verb.user));
  if (!user) co_return user.error();
  JsonObject body{{"op", "add"}, {"type", "idp_routing_policy"}, {"id", *policy}};
  const auto result = co_await ask_as_admin(cast, "POST", fmt::format("/api/v2/users/{}/associations", *user), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, UserOpenSignIn verb) {
  auto& person = cast.person(verb.user);
  person.browser.page.reset();
  JsonObject body{{"username", person.username}};
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/portal/sign-in", std::move(body), Cast::Credentials::none);
  if (!result || !result->ok()) co_return from_response(result);
  const auto answer = base::parse_json(result->body).value_or(base::Json{});
  const auto address = base::parse_uri(base::string_or(answer, "location", ""));
  if (!address) co_return refused("the portal asks for a password of its own");
  const std::string cookie(result->headers.find("Set-Cookie").value_or(""));
  const auto equals = cookie.find('=');
  if (equals != std::string::npos) {
    const auto host = cast.directory_request("GET", "/").host();
    person.browser.cookies[host][cookie.substr(0, equals)] = cookie.substr(equals + 1, cookie.find(';') - equals - 1);
  }
  auto& transport = cast.world().network().transport(cast.browsers());
  auto outcome = co_await open_sign_in(&transport, &person.browser, *address, person.email);
  if (outcome.kind == Performed::Kind::ok) keep_portal_session(&person);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, UserEnterPassword verb) {
  auto& person = cast.person(verb.user);
  if (!person.browser.page || !asks_for_password(*person.browser.page)) co_return refused("no page that asks for a password is open in the browser");
  Typed typed{person.email, cast.secrets().value(verb.password).reveal(), {}};
  auto outcome = co_await submit(cast, &person, std::move(typed));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, UserEnterNewPassword verb) {
  auto& person = cast.person(verb.user);
  if (!person.browser.page || !asks_for_new_password(*person.browser.page)) co_return refused("no page that asks for a new password is open in the browser");
  Typed typed{person.email, cast.secrets().value(verb.password).reveal(), cast.secrets().value(verb.new_password).reveal()};
  auto outcome = co_await submit(cast, &person, std::move(typed));
  co_return outcome;
}

}  // namespace scenarios
