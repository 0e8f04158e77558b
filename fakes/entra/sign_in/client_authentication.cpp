#include "fakes/entra/sign_in/client_authentication.h"

#include <algorithm>

#include "fakes/oidc/client_credentials.h"

namespace fakes::entra::sign_in {

std::expected<Client, SignInError> authenticate(Desk& desk, const Asked& asked, bool needs_secret) {
  const auto sent = oidc::read_credentials(asked.authorization, asked.form);
  if (sent.secret) desk.witness(*sent.secret);
  if (sent.id.empty()) return std::unexpected(sign_in_error(Aadsts::parameter_missing, {"client_id"}));
  if (auto error = check_app(desk.tenant(), sent.id)) return std::unexpected(*error);
  auto* app = desk.tenant().applications().find(sent.id);
  if (!sent.secret) {
    if (needs_secret) return std::unexpected(sign_in_error(Aadsts::secret_missing));
    return Client{app, false};
  }
  const auto held = std::ranges::find_if(app->secrets, [&](const auto& secret) { return secret.value == *sent.secret; });
  // The id of a secret is what people paste by mistake. [Graph F22]
  if (held == app->secrets.end()) return std::unexpected(sign_in_error(Aadsts::wrong_secret, {sent.id}));
  if (held->ends <= desk.now()) return std::unexpected(sign_in_error(Aadsts::secret_expired, {sent.id}));
  return Client{app, true};
}

}  // namespace fakes::entra::sign_in
