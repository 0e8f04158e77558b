// A browser's session with the org. [Okta provisioning-clients 5.3-10] [Okta provisioning-clients 5.7-06]
#pragma once

#include "base/instant.h"
#include "fakes/okta/org/ids.h"

namespace fakes::okta {

struct Session {
  SessionId id;  ///< a secret: who knows it is the user
  UserId user;
  base::Instant created{};
  base::Instant expires{};
};

}  // namespace fakes::okta
