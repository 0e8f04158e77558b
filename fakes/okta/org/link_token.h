// A token in a link by which a user chooses a password: of an activation's welcome, or of a reset. The org mails it unless the caller
// asks for it. [Okta provisioning-clients 5.3-01] [Okta provisioning-clients 5.3-06]
#pragma once

#include <cstdint>

#include "base/instant.h"
#include "base/secret.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

enum class Delivery : std::uint8_t { mail, caller };

struct LinkToken {
  enum class Purpose : std::uint8_t { activation, reset };
  base::Secret token;
  UserId user;
  Purpose purpose = Purpose::activation;
  base::Instant issued{};
  base::Instant expires{};
  Delivery delivery = Delivery::mail;
};

}  // namespace fakes::okta
