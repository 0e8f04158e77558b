#include "fakes/entra/sign_in/user_info.h"

#include <algorithm>

#include "fakes/entra/sign_in/tokens.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {

using oidc::json_answer;
using oidc::put_text;

base::HttpResponse user_info(const Desk& desk, const base::HttpRequest& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.headers.find("Authorization").value_or("");
  const auto token = header.starts_with(scheme) ? desk.access_tokens.find_token(header.substr(scheme.size())) : std::nullopt;
  const auto has = [&](std::string_view word) { return std::ranges::find(token->permissions, word) != token->permissions.end(); };
  const auto* user = token ? desk.tenant().find(token->subject) : nullptr;
  const auto* app = token ? desk.tenant().applications().find(token->app_id) : nullptr;
  if (user == nullptr || app == nullptr || token->expires <= desk.now() || token->audience != graph_audience || !has("openid")) {
    auto response = json_answer(401, {{"error", base::JsonObject{{"code", "InvalidAuthenticationToken"}, {"message", "Access token validation failure."}}}});
    response.headers.add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return response;
  }
  base::JsonObject body{{"sub", pairwise_subject(desk.tenant(), *app, user->id())}};
  if (has("profile")) {
    put_text(body, "name", user->text("displayName"));
    put_text(body, "family_name", user->text("surname"));
    put_text(body, "given_name", user->text("givenName"));
    put_text(body, "picture", "https://graph.microsoft.com/v1.0/me/photo/$value");
  }
  if (has("email")) put_text(body, "email", user->text("mail"));
  return json_answer(200, body);
}

}  // namespace fakes::entra::sign_in
