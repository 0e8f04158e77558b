#include "fakes/okta/sign_in/client_authentication.h"

#include "base/encoding.h"
#include "fakes/oidc/client_credentials.h"

namespace fakes::okta::sign_in {

OauthError grant_not_allowed(const App& app) {
  std::string list;
  for (const auto& type : app.oidc->grant_types) list += (list.empty() ? "" : ", ") + type;
  return oauth_error(Fault::grant_not_allowed, {list});
}

std::expected<const App*, OauthError> authenticate(Desk& desk, const Asked& asked) {
  const auto sent = oidc::read_credentials(asked.authorization, asked.form);
  if (sent.secret) desk.witness(*sent.secret);
  const bool in_basic = sent.place == oidc::ClientCredentials::Place::basic;
  if (!in_basic && base::to_lower(asked.authorization).starts_with("basic")) return std::unexpected(oauth_error(Fault::malformed_credentials));
  // Also a client_id alone is one too many beside a header.
  if (in_basic && (asked.form.parameter("client_id") || asked.form.parameter("client_secret")))
    return std::unexpected(oauth_error(Fault::several_credentials));
  if (sent.id.empty()) return std::unexpected(oauth_error(Fault::no_credentials));
  const auto* app = desk.find_client(sent.id);
  if (app == nullptr) return std::unexpected(oauth_error(Fault::unknown_client));
  if (app->oidc->auth_method == "none") return app;
  if (!sent.secret) return std::unexpected(oauth_error(Fault::no_credentials));
  // Assumed: whichever of the two places the client is registered for, the other one does too.
  if (!(app->oidc->client_secret == *sent.secret)) return std::unexpected(oauth_error(Fault::wrong_secret));
  return app;
}

}  // namespace fakes::okta::sign_in
