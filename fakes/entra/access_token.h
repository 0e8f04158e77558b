// What an access token for Graph says of its bearer. Clients see an opaque text [Graph K8]; sign-in hands tokens out and
// knows them again, Graph asks it. A port, since the two faces know nothing else of each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra {

inline constexpr std::string_view graph_audience = "https://graph.microsoft.com";

/// [Graph K7]
struct AccessToken {
  enum class Kind : std::uint8_t {
    app,       ///< client credentials: `permissions` are app roles
    delegated  ///< on behalf of a user: `permissions` are scopes
  };
  Kind kind = Kind::app;
  std::string app_id{};
  std::string app_name{};
  ObjectId subject{};  ///< the service principal, or the user
  std::string audience{graph_audience};
  std::vector<std::string> permissions{};
  base::Instant issued{};
  base::Instant expires{};
  bool needs_claims = false;  ///< conditional access asks for more than this token shows [Graph E31]
};

class AccessTokens {
 public:
  virtual ~AccessTokens() = default;
  /// The token of that text, expired ones included for as long as they are known; empty where it is none of this tenant.
  [[nodiscard]] virtual std::optional<AccessToken> find_token(std::string_view text) const = 0;
};

}  // namespace fakes::entra
