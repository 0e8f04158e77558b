// The scopes of a request: what of OpenID Connect is asked for, and what of which resource.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/applications.h"
#include "fakes/entra/sign_in/aadsts.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::sign_in {

struct Scopes {
  bool openid = false;
  bool profile = false;
  bool email = false;
  bool offline_access = false;
  std::string audience;             ///< of the access token; Graph's where no resource is named
  std::string resource_name;        ///< as people know it
  std::vector<std::string> wanted;  ///< of the resource, without its name
  bool all_granted = false;         ///< `.default`

  /// As tokens and answers list them: those of the resource, then those of OpenID Connect.
  [[nodiscard]] std::string text(const std::vector<std::string>& granted) const;
  [[nodiscard]] std::vector<std::string> openid_words() const;
};

/// 70011 for a text that is no list of scopes, for `.default` beside others and for scopes of two resources; 500011 for a
/// resource that is not in the tenant.
[[nodiscard]] std::expected<Scopes, SignInError> parse_scopes(std::string_view text, const Tenant& tenant);

/// Those of the resource that the app has consent for; 65001 where one that is asked for is not among them.
[[nodiscard]] std::expected<std::vector<std::string>, SignInError> consented(const Scopes& scopes, const Application& app);

}  // namespace fakes::entra::sign_in
