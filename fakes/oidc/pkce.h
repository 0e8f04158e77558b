// Proof keys: whoever redeems a code shows that they asked for it. [RFC7636]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fakes::oidc {

/// How the challenge of a code was made. [RFC7636 4.2]
enum class ChallengeMethod : std::uint8_t { plain, s256 };

struct Challenge {
  std::string text{};  ///< empty: none
  ChallengeMethod method = ChallengeMethod::plain;

  /// Whether the verifier of the token request is the one; without a challenge there must be none. [RFC7636 4.6]
  [[nodiscard]] bool is_met_by(std::string_view verifier) const;
};

}  // namespace fakes::oidc
