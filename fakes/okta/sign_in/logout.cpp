#include "fakes/okta/sign_in/logout.h"

#include <fmt/format.h>

#include "fakes/oidc/form.h"
#include "fakes/oidc/html.h"
#include "fakes/okta/sign_in/pages.h"
#include "fakes/okta/sign_in/tokens.h"

namespace fakes::okta::sign_in {
namespace {

base::HttpResponse show(Fault fault) {
  const auto error = oauth_error(fault);
  return error_page(error.error, error.text);
}

}  // namespace

base::HttpResponse log_out(Desk& desk, AuthorizationServer& server, const Asked& asked) {
  const auto claims = read_token(desk, server, asked.parameter("id_token_hint"));
  // An access token has a client id of its own and no audience that is one.
  const auto* app = claims ? desk.find_client(base::string_or(*claims, "aud", "")) : nullptr;
  if (app == nullptr) return show(Fault::bad_id_token);
  auto next = asked.parameter("post_logout_redirect_uri");
  if (!next.empty() && !oidc::holds(app->oidc->post_logout_redirect_uris, next)) return show(Fault::bad_logout_uri);
  const auto* session = desk.live_session(asked);
  const bool ends = session != nullptr && session->user.text() == base::string_or(*claims, "sub", "");
  if (ends) desk.org().close_session(SessionId(session->id), Desk::client_of(asked));
  if (const auto state = asked.parameter("state"); !next.empty() && !state.empty())
    next += (next.contains('?') ? "&" : "?") + oidc::form_text({{"state", state}});
  auto response = oidc::redirect(next.empty() ? std::string(login_path) : next);
  if (ends) response.headers.add("Set-Cookie", fmt::format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=None", session_cookie));
  return response;
}

}  // namespace fakes::okta::sign_in
