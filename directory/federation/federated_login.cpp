#include "directory/federation/federated_login.h"

#include <fmt/format.h>

#include "directory/devices/federated_provisioning.h"
#include "directory/federation/id_token.h"
#include "directory/federation/routing_policy.h"
#include "directory/portal/sessions.h"
#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;
using base::Secret;

}  // namespace

void FederatedLogin::add_routes(Router& router) {
  router.add_waiting("POST", "/portal/sign-in", [this](RoutedRequest request) { return begin(std::move(request)); });
  router.add_waiting("GET", "/oauth/callback", [this](RoutedRequest request) { return callback(std::move(request)); });
}

base::Task<HttpResponse> FederatedLogin::begin(RoutedRequest request) {
  const auto body = read_object(request.http);
  if (!body) co_return body.error();
  const auto name = base::string_or(*body, "username", "");
  if (name.empty()) co_return error_response(400, "username is required");
  const auto user = find_login(core_->db(), name);
  const bool everybody = core_->has(Defect::routing_is_for_everybody);
  if (!user || (!everybody && !signs_in_at_provider(core_->db(), user->id))) {
    co_return json_response(200, JsonObject{{"method", "password"}});
  }
  const auto provider = find_identity_provider(core_->db());
  if (!provider) co_return json_response(200, JsonObject{{"method", "password"}});
  const auto departure = co_await prepare_departure(core_, client_, *provider);
  if (!departure) co_return error_response(502, departure.error().message);
  auto answer = core_->transact([&]() -> Decided {
    if (!find_identity_provider(core_->db(), provider->id)) return error_response(409, "the identity provider has gone");
    if (!begin_sign_in(*core_, departure->sign_in, provider->id, SignInPurpose::portal)) {
      return error_response(503, "too many people are signing in");
    }
    auto response = json_response(200, JsonObject{{"method", "federated"}, {"location", departure->location}});
    response.headers.add("Set-Cookie", departure->set_cookie);
    return response;
  });
  co_return answer;
}

base::Task<HttpResponse> FederatedLogin::callback(RoutedRequest request) {
  const Secret state(request.target.parameter("state").value_or(""));
  const auto kept_state = cookie(request.http, sign_in_cookie);
  // A state that this browser did not begin would sign it in as somebody else. [RFC6749 10.12]
  if (state.empty() || !kept_state || !(*kept_state == state)) {
    co_return error_response(400, "no sign-in is under way in this browser");
  }
  std::optional<TakenSignIn> taken;
  const auto stored = core_->transact([&] {
    taken = take_sign_in(*core_, state);
    return HttpResponse(204);
  });
  if (!stored.ok()) co_return stored;
  const auto provider = taken ? find_identity_provider(core_->db(), taken->provider) : std::nullopt;
  if (!provider) co_return error_response(400, "the sign-in has expired; begin again");
  const Secret code(request.target.parameter("code").value_or(""));
  if (code.empty()) {
    const auto error = request.target.parameter("error").value_or("no code");
    Refused refused{401, "the identity provider did not sign the person in: " + error.substr(0, 64)};
    co_return refuse(*taken, state, refused);
  }
  core_->ports.witness->witness(code);
  FederatedSignIn sign_in(state, core_->ports.vault_key);
  const auto email = co_await ask_provider(*provider, std::move(sign_in), code);
  if (!email) co_return refuse(*taken, state, email.error());
  if (taken->purpose == SignInPurpose::provisioning) co_return conclude_device_sign_in(*core_, state, *email);
  co_return let_in(*email);
}

HttpResponse FederatedLogin::refuse(const TakenSignIn& sign_in, const Secret& state, const Refused& refused) {
  if (sign_in.purpose == SignInPurpose::provisioning) refuse_device_sign_in(*core_, state, refused.why);
  return error_response(refused.status, refused.why);
}

base::Task<std::expected<std::string, FederatedLogin::Refused>> FederatedLogin::ask_provider(IdentityProvider provider,
                                                                                             FederatedSignIn sign_in,
                                                                                             Secret code) {
  const auto refuse = [](int status, std::string why) { return std::unexpected(Refused{status, std::move(why)}); };
  const auto client_secret = open_client_secret(provider, core_->ports.vault_key);
  if (!client_secret) co_return refuse(502, "the client secret cannot be opened: the vault key is another");
  core_->ports.witness->witness(*client_secret);
  const auto metadata = co_await client_->metadata(provider);
  if (!metadata) co_return refuse(502, metadata.error().message);
  auto request = sign_in.token_request(*metadata, provider, *client_secret, code, federation_redirect_uri(*core_));
  const auto token = co_await client_->fetch_token(std::move(request));
  if (!token) co_return refuse(502, token.error().message);
  const auto genuine = co_await client_->is_genuine(provider, *token);
  if (!genuine) co_return refuse(502, genuine.error().message);
  if (!*genuine) co_return refuse(401, "the token is not signed by the identity provider");
  TokenExpectation expected;
  expected.issuer = metadata->issuer;
  expected.client_id = provider.client_id;
  expected.nonce = sign_in.nonce();
  expected.now = core_->now();
  expected.skew = core_->options.federation_clock_skew;
  // A template takes any tenant's token; the url that the admin entered says which one is meant.
  if (issuer_matches(provider.url, metadata->issuer)) expected.issuer = provider.url;
  const auto checked = check_claims(token->claims, expected);
  if (!checked) co_return refuse(401, fmt::format("the token's {} is not acceptable", checked.error()));
  auto email = email_of(token->claims, provider.type);
  if (!email) co_return refuse(401, fmt::format("the token's {} is not acceptable", email.error()));
  co_return std::move(*email);
}

HttpResponse FederatedLogin::let_in(const std::string& email) {
  return core_->transact([&]() -> Decided {
    const auto user = find_user_by_email(core_->db(), email);  // [rule D96]
    if (!user) return error_response(403, "nobody here has the e-mail address of that account");
    const auto conclude = [&](std::string why) {
      Event event{"user_login_attempt", actor_of(*user), subject_of(*user)};
      event.success = why.empty();
      event.error_message = std::move(why);
      core_->events.write(core_->now(), event);
    };
    // Whatever was true when the person set out may have changed meanwhile.
    if (user->state != UserState::activated) {
      conclude("the user is not active");
      return kept(error_response(403, "the user is not active"));
    }
    if (!signs_in_at_provider(core_->db(), user->id)) {
      conclude("no routing policy sends the user to the identity provider");
      return kept(error_response(403, "this person signs in with a password"));
    }
    conclude({});
    if (core_->has(Defect::federated_login_opens_no_session)) return HttpResponse(204);
    return open_session(*core_, *user);
  });
}

}  // namespace directory
