// One authorization server of the org: the org's own, or one that it has made. Each has an issuer, scopes and keys of its own.
// [Okta provisioning-clients 5.8-01]
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/oidc/signing_keys.h"

namespace fakes::okta::sign_in {

struct AuthorizationServer {
  std::string id{};        ///< empty: the org's own
  std::string base{};      ///< `https://ORG/oauth2`, `https://ORG/oauth2/default`
  std::string issuer{};    ///< `https://ORG`, `https://ORG/oauth2/default`
  std::string audience{};  ///< of its access tokens
  std::vector<std::string> scopes{};  ///< beyond `reserved_scopes`
  oidc::SigningKeys keys;

  [[nodiscard]] bool is_org() const { return id.empty(); }
};

/// Those that every server has.
inline constexpr std::initializer_list<std::string_view> reserved_scopes{"openid", "profile", "email", "address", "phone", "offline_access", "groups"};

[[nodiscard]] bool is_reserved(std::string_view scope);

}  // namespace fakes::okta::sign_in
