// What has been granted, and what stands for it: authorization codes, which work once and for five minutes, refresh tokens and
// access tokens. All that follows from one sign-in to an app is one family, which is revoked as one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "fakes/oidc/pkce.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta::sign_in {

/// When somebody signed in, as all that follows from it remembers it.
struct Proof {
  UserId user{};
  base::Instant at{};
  std::uint64_t token_generation = 0;  ///< of the user then
};

struct Grant {
  std::string server{};     ///< its id
  std::string client_id{};
  std::optional<Proof> proof{};  ///< empty: the app itself has it
  std::vector<std::string> scopes{};
  std::string nonce{};
  std::uint64_t family = 0;

  [[nodiscard]] bool has(std::string_view scope) const;
  /// As answers and claims list them.
  [[nodiscard]] std::string scope_text() const;
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
  base::Instant ends{};
  std::optional<base::Instant> replaced{};  ///< since when another has its place
  bool revoked = false;
};

struct AccessToken {
  Grant grant{};
  std::string id{};  ///< `jti`
  std::string subject{};
  base::Instant issued{};
  base::Instant ends{};
  bool revoked = false;
};

}  // namespace fakes::okta::sign_in
