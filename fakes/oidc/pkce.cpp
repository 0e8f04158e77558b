#include "fakes/oidc/pkce.h"

#include "base/crypto.h"
#include "base/encoding.h"

namespace fakes::oidc {

bool Challenge::is_met_by(std::string_view verifier) const {
  if (text.empty()) return verifier.empty();
  if (method == ChallengeMethod::plain) return text == verifier;
  return text == base::to_base64url(base::sha256(verifier));
}

}  // namespace fakes::oidc
