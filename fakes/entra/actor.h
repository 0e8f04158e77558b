// Who changes the tenant: a person in the portal, or an app with a token.
#pragma once

#include <string>

#include "fakes/entra/directory_object.h"

namespace fakes::entra {

struct Actor {
  enum class Kind : std::uint8_t { user, app, system };
  Kind kind = Kind::user;
  ObjectId id{};               ///< of the user or the service principal; empty for the service itself
  std::string name = "admin";  ///< user principal name, or display name of the app
  std::string app_id{};
};

}  // namespace fakes::entra
