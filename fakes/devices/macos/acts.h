// What somebody at a Mac does.
#pragma once

#include <variant>

#include "fakes/devices/password_id.h"
#include "fakes/devices/person_act.h"

namespace fakes::devices::macos {

/// Gives the login keychain's password to whoever asks for it. [rule V63]
struct UpdateKeychain {
  Typed previous{};
};

using Act = std::variant<PersonAct, UpdateKeychain>;

}  // namespace fakes::devices::macos
