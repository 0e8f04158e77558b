#include "fakes/okta/sign_in/user_info.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/oidc/form.h"
#include "fakes/okta/sign_in/tokens.h"

namespace fakes::okta::sign_in {
namespace {

constexpr int unauthorized = 401;
constexpr int forbidden = 403;

/// [RFC6750 3]
base::HttpResponse challenge(int status, const OauthError& error) {
  base::HttpResponse response(status);
  response.headers.add("WWW-Authenticate", fmt::format("Bearer error=\"{}\", error_description=\"{}\"", error.error, error.text));
  response.headers.add("Cache-Control", "no-store, no-cache");
  return response;
}

}  // namespace

base::HttpResponse user_info(Desk& desk, const AuthorizationServer& server, const Asked& asked) {
  constexpr std::string_view scheme = "bearer ";
  const std::string_view header = asked.authorization;
  const bool is_bearer = base::to_lower(header.substr(0, scheme.size())) == scheme;
  const auto* token = is_bearer ? desk.access_tokens.find(header.substr(scheme.size())) : nullptr;
  const bool good = token != nullptr && token->grant.server == server.id && token->grant.proof && desk.holds(*token);
  if (!good) return challenge(unauthorized, oauth_error(Fault::bad_access_token));
  const auto& grant = token->grant;
  if (std::ranges::none_of(std::initializer_list<std::string_view>{"profile", "email", "address", "phone"}, [&](auto scope) { return grant.has(scope); }))
    return challenge(forbidden, oauth_error(Fault::insufficient_scope));
  const auto& user = *desk.org().find(grant.proof->user);
  base::JsonObject body{{"sub", user.id.text()}};
  add_scope_claims(desk, body, *desk.find_client(grant.client_id), user, grant);
  return oidc::json_answer(200, body);
}

}  // namespace fakes::okta::sign_in
