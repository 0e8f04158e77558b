// Whether what was handed out earlier (a session, a code, a refresh token) still holds: the account may be gone or disabled,
// its sessions revoked, its password another by now. [Graph K20] to [Graph K25], [Graph U57]
#pragma once

#include <cstdint>

#include "base/instant.h"
#include "fakes/entra/sign_in/aadsts.h"
#include "fakes/entra/sign_in/options.h"
#include "fakes/entra/tenant.h"

namespace fakes::entra::sign_in {

/// What a person has shown.
enum class Method : std::uint8_t { password, other };

/// When and how somebody signed in, as all that follows from it remembers it.
struct Proof {
  ObjectId user{};
  base::Instant at{};
  std::uint64_t sequence = 0;  ///< of the tenant's last change then
  Method method = Method::password;
  std::string session_id{};
};

enum class Artifact : std::uint8_t { cookie, public_client_token, confidential_client_token };

/// `none` where it holds.
[[nodiscard]] Aadsts check_standing(const Tenant& tenant, const SignInOptions& options, const Proof& proof, Artifact artifact);

}  // namespace fakes::entra::sign_in
