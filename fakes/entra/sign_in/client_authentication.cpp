#include "fakes/entra/sign_in/client_authentication.h"

#include <algorithm>

#include "base/encoding.h"

namespace fakes::entra::sign_in {
namespace {

struct Credentials {
  std::string app_id;
  std::optional<base::Secret> secret;
};

/// Both parts are form-encoded before they are joined. [RFC6749 2.3.1]
std::optional<Credentials> read_basic(std::string_view header) {
  constexpr std::string_view scheme = "basic ";
  if (!base::to_lower(header.substr(0, scheme.size())).starts_with(scheme)) return std::nullopt;
  const auto text = base::from_base64(header.substr(scheme.size()));
  const auto colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  const auto id = base::percent_decode(text->substr(0, colon), true);
  auto secret = base::percent_decode(text->substr(colon + 1), true);
  if (!id || !secret) return std::nullopt;
  return Credentials{*id, base::Secret(std::move(*secret))};
}

Credentials read_credentials(const Asked& asked) {
  if (auto basic = read_basic(asked.authorization)) return std::move(*basic);
  Credentials sent{asked.form.parameter("client_id").value_or(""), {}};
  if (auto secret = asked.form.parameter("client_secret"); secret && !secret->empty()) sent.secret = base::Secret(std::move(*secret));
  return sent;
}

}  // namespace

std::expected<Client, SignInError> authenticate(Desk& desk, const Asked& asked, bool needs_secret) {
  const auto sent = read_credentials(asked);
  if (sent.secret) desk.witness(*sent.secret);
  if (sent.app_id.empty()) return std::unexpected(sign_in_error(Aadsts::parameter_missing, {"client_id"}));
  if (auto error = check_app(desk.tenant(), sent.app_id)) return std::unexpected(*error);
  auto* app = desk.tenant().applications().find(sent.app_id);
  if (!sent.secret) {
    if (needs_secret) return std::unexpected(sign_in_error(Aadsts::secret_missing));
    return Client{app, false};
  }
  const auto held = std::ranges::find_if(app->secrets, [&](const auto& secret) { return secret.value == *sent.secret; });
  // The id of a secret is what people paste by mistake. [Graph F22]
  if (held == app->secrets.end()) return std::unexpected(sign_in_error(Aadsts::wrong_secret, {sent.app_id}));
  if (held->ends <= desk.now()) return std::unexpected(sign_in_error(Aadsts::secret_expired, {sent.app_id}));
  return Client{app, true};
}

}  // namespace fakes::entra::sign_in
