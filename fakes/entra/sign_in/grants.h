// What a client may turn into tokens: authorisation codes, which work once and for a short time, and refresh tokens, which
// are replaced when they are used while the old one goes on to work. [Graph I15] [Graph K20]
#pragma once

#include <string>

#include "base/instant.h"
#include "fakes/entra/sign_in/scopes.h"
#include "fakes/entra/sign_in/standing.h"
#include "fakes/oidc/pkce.h"
#include "fakes/oidc/vouchers.h"

namespace fakes::entra::sign_in {

struct Grant {
  Proof proof{};
  std::string app_id{};
  Scopes scopes{};
  std::string nonce{};
  bool single_page = false;  ///< for an app of the platform SPA
};

struct Code {
  Grant grant{};
  std::string redirect_uri{};
  oidc::Challenge challenge{};
  base::Instant ends{};
  bool redeemed = false;
};

struct RefreshToken {
  Grant grant{};
  base::Instant issued{};
  base::Instant ends{};
};

}  // namespace fakes::entra::sign_in
