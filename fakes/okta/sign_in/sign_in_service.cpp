#include "fakes/okta/sign_in/sign_in_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/oidc/form.h"
#include "fakes/okta/api/api_error.h"
#include "fakes/okta/sign_in/discovery.h"
#include "fakes/okta/sign_in/introspection.h"
#include "fakes/okta/sign_in/logout.h"
#include "fakes/okta/sign_in/pages.h"
#include "fakes/okta/sign_in/user_info.h"

namespace fakes::okta::sign_in {
namespace {

using enum Fidelity;

constexpr std::size_t longest_body = std::size_t{64} * 1024;
constexpr std::size_t longest_target = std::size_t{16} * 1024;
constexpr std::string_view openid_document = "/.well-known/openid-configuration";
constexpr std::string_view oauth_document = "/.well-known/oauth-authorization-server";

// clang-format off
constexpr fakes::Operation operation_table[] = {
    {"GET /.well-known/openid-configuration"},
    {"GET /.well-known/oauth-authorization-server"},
    {"GET /oauth2/{id}/.well-known/openid-configuration"},
    {"GET /oauth2/{id}/.well-known/oauth-authorization-server"},
    {"GET {server}/v1/keys", partial, "no keys of single clients"},
    {"GET {server}/v1/authorize", partial, "no consent, sessionToken, request, idp; no access policies"},
    {"POST {server}/v1/token", partial, "authorization_code, refresh_token, password and, of custom servers, client_credentials; no client_assertion, no token exchange"},
    {"POST {server}/v1/introspect"},
    {"POST {server}/v1/revoke"},
    {"GET {server}/v1/userinfo", partial, "no claim groups, no custom claims"},
    {"GET {server}/v1/logout"},
    {"GET /login/login.htm", partial, "passwords only: no second factor, no other identity providers"},
    {"POST /login/login.htm", partial, "a form where Okta's page has a script that calls /api/v1/authn or /idp/idx"},
    {"POST /login/expired-password", partial, "as above"},
    {"GET /app/UserHome", partial, "labels of the apps"},
    {"POST {server}/v1/par", absent},
    {"POST {server}/v1/device/authorize", absent},
    {"POST {server}/v1/bc/authorize", absent},
    {"POST {server}/v1/interact", absent},
    {"POST {server}/v1/clients", absent},
};
// clang-format on

/// `/v1/par` of `POST {server}/v1/par`.
const fakes::Operation* find_absent(std::string_view path) {
  const auto found = std::ranges::find_if(operation_table, [&](const auto& operation) {
    const auto place = operation.name.find('}');
    return operation.fidelity == absent && place != std::string_view::npos && operation.name.substr(place + 1) == path;
  });
  return found == std::end(operation_table) ? nullptr : &*found;
}

base::HttpResponse not_modelled(const fakes::Operation& operation) {
  return oidc::json_answer(501, {{"error", "server_error"}, {"error_description", fmt::format("{} is not modelled", operation.name)}});
}

/// The server's id and the path below it, of a path below `/oauth2`.
struct Place {
  std::string_view server;
  std::string_view rest;
};

Place split(std::string_view below) {
  if (below.starts_with("/v1/")) return {{}, below};
  const auto slash = below.find('/', 1);
  return slash == std::string_view::npos ? Place{below.substr(1), {}} : Place{below.substr(1, slash - 1), below.substr(slash)};
}

}  // namespace

SignInService::SignInService(SignInPorts ports, const base::Rng& rng, SignInOptions options)
    : desk_(ports, rng, std::move(options)), authorize_(desk_), login_(desk_), token_endpoint_(desk_) {}

base::Task<base::HttpResponse> SignInService::handle(base::HttpRequest request) { co_return answer(request); }

bool SignInService::serves(std::string_view path) {
  return path.starts_with("/oauth2/") || path.starts_with("/.well-known/") || path.starts_with("/login/") || path.starts_with("/app/");
}

base::HttpResponse SignInService::answer(const base::HttpRequest& request) {
  if (request.body.size() > longest_body) return base::HttpResponse(413);
  if (request.target.size() > longest_target) return base::HttpResponse(414);
  desk_.reached_by(request);
  const auto asked = Desk::read(request);
  if (!asked) return error_page("invalid_request", "The request cannot be read.");
  const std::string_view path = asked->query.path;
  const bool gets = request.method == "GET";
  const bool posts = request.method == "POST";
  auto& org = *desk_.find_server({});
  if (path == openid_document || path == oauth_document) return at_server(org, path, *asked);
  if (path == login_path) {
    if (gets) return login_.show(*asked);
    return posts ? login_.take_password(*asked) : oidc::wrong_method("GET, POST");
  }
  if (path == change_path) return posts ? login_.take_new_password(*asked) : oidc::wrong_method("POST");
  if (path == home_path) return gets ? login_.home(*asked) : oidc::wrong_method("GET");
  constexpr std::string_view servers = "/oauth2";
  if (!path.starts_with("/oauth2/")) return base::HttpResponse(404);
  const auto place = split(path.substr(servers.size()));
  auto* server = desk_.find_server(place.server);
  if (server == nullptr) return not_found("AuthorizationServer", place.server);
  return at_server(*server, place.rest, *asked);
}

base::HttpResponse SignInService::at_server(AuthorizationServer& server, std::string_view path, const Asked& asked) {
  const bool gets = asked.method == "GET";
  const bool posts = asked.method == "POST";
  const bool either = gets || posts;
  constexpr std::string_view both = "GET, POST";
  if (path == openid_document) return gets ? oidc::json_answer(200, discovery_document(server, Metadata::openid)) : oidc::wrong_method("GET");
  if (path == oauth_document) return gets ? oidc::json_answer(200, discovery_document(server, Metadata::oauth)) : oidc::wrong_method("GET");
  if (path == "/v1/keys") return gets ? key_set(desk_, server) : oidc::wrong_method("GET");
  if (path == "/v1/authorize") return either ? authorize_.begin(server, asked) : oidc::wrong_method(both);
  if (path == "/v1/authorize/redirect") return gets ? authorize_.go_on(server, asked) : oidc::wrong_method("GET");
  if (path == "/v1/token") return posts ? token_endpoint_.handle(server, asked) : oidc::wrong_method("POST");
  if (path == "/v1/introspect") return posts ? introspect(desk_, server, asked) : oidc::wrong_method("POST");
  if (path == "/v1/revoke") return posts ? revoke(desk_, server, asked) : oidc::wrong_method("POST");
  if (path == "/v1/userinfo") return either ? user_info(desk_, server, asked) : oidc::wrong_method(both);
  if (path == "/v1/logout") return either ? log_out(desk_, server, asked) : oidc::wrong_method(both);
  if (const auto* operation = find_absent(path)) return not_modelled(*operation);
  return base::HttpResponse(404);
}

base::HttpResponse SignInService::not_found(std::string_view kind, std::string_view id) {
  const auto error = api::no_such(kind, id).error();
  return oidc::json_answer(error.http_status(), api::error_body(error, desk_.new_id("oae")));
}

void SignInService::roll_keys(oidc::SigningKeys::Notice notice) {
  for (auto& server : desk_.servers()) server.keys.roll(desk_.now(), notice);
}

void SignInService::forget_old_keys() {
  for (auto& server : desk_.servers()) server.keys.forget_old_keys();
}

std::span<const fakes::Operation> operations() { return operation_table; }

}  // namespace fakes::okta::sign_in
