#include "fakes/oidc/client_credentials.h"

#include "base/encoding.h"

namespace fakes::oidc {
namespace {

/// Both parts are form-encoded before they are joined. [RFC6749 2.3.1]
std::optional<ClientCredentials> read_basic(std::string_view header) {
  constexpr std::string_view scheme = "basic ";
  if (!base::to_lower(header.substr(0, scheme.size())).starts_with(scheme)) return std::nullopt;
  const auto text = base::from_base64(header.substr(scheme.size()));
  const auto colon = text ? text->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  const auto id = base::percent_decode(text->substr(0, colon), true);
  auto secret = base::percent_decode(text->substr(colon + 1), true);
  if (!id || !secret) return std::nullopt;
  return ClientCredentials{*id, base::Secret(std::move(*secret)), ClientCredentials::Place::basic};
}

}  // namespace

ClientCredentials read_credentials(std::string_view authorization, const base::Target& form) {
  if (auto basic = read_basic(authorization)) return std::move(*basic);
  ClientCredentials sent{form.parameter("client_id").value_or(""), {}, ClientCredentials::Place::form};
  if (auto secret = form.parameter("client_secret"); secret && !secret->empty()) sent.secret = base::Secret(std::move(*secret));
  return sent;
}

}  // namespace fakes::oidc
