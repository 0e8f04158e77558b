// Who does something in the org, from where, and in which request: the actor, client and transaction of a log event.
// [Okta provisioning-clients 5.7-03]
#pragma once

#include <cstdint>
#include <string>

#include "fakes/okta/org/user.h"

namespace fakes::okta {

struct Actor {
  enum class Kind : std::uint8_t { user, app, system };
  Kind kind = Kind::user;
  std::string id{};                              ///< of the user, or the client id of an app
  std::string alternate_id = "admin@example.test";  ///< the login
  std::string display_name = "Admin";
  std::string ip_address{};
  std::string user_agent{};
  std::string transaction_id{};  ///< of the request; one is drawn where it is empty

  [[nodiscard]] static Actor system() { return {.kind = Kind::system, .alternate_id = "system@okta.com", .display_name = "Okta System"}; }
  [[nodiscard]] static Actor of(const User& user) {
    return {.id = user.id.text(), .alternate_id = user.login(), .display_name = display_name_of(user.profile)};
  }
};

}  // namespace fakes::okta
