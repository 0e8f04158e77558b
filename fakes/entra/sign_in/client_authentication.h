// Which app a token request comes from, and whether it has shown its secret. [Graph K1] [Graph K5]
#pragma once

#include <expected>

#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

struct Client {
  Application* app = nullptr;
  bool confidential = false;  ///< has shown a secret
};

/// Secret in the form or in HTTP Basic. A public client needs none; `needs_secret` is for grants that only apps with a secret
/// have. 900144, 700016, 7000112, 7000218, 7000215, 7000222
[[nodiscard]] std::expected<Client, SignInError> authenticate(Desk& desk, const Asked& asked, bool needs_secret);

}  // namespace fakes::entra::sign_in
