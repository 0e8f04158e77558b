// What somebody at a Windows computer does.
#pragma once

#include <string>
#include <variant>

#include "fakes/devices/password_id.h"
#include "fakes/devices/person_act.h"
#include "fakes/devices/windows/state.h"

namespace fakes::devices::windows {

/// What Windows Hello takes in place of a password. A face or picture is always the right person's.
enum class Gesture { pin, face, picture };

struct HelloSignIn {
  std::string name;
  Gesture gesture = Gesture::pin;
  Typed pin{};  ///< of Gesture::pin
};
struct SetPin {
  PasswordId pin = PasswordId::none;
  HelloKind kind = HelloKind::device_pin;
  bool biometrics = false;
  bool picture = false;
};
struct RemovePin {};
/// Ctrl+Alt+Del. [rule V85] [rule V86]
struct ChangePassword {
  Typed present{};
  NewPassword password{};
};
/// A program of whoever is in front keeps a secret with DPAPI.
struct SaveSecret {
  std::string secret;
};
/// The earlier password, for secrets that the present one does not open. [rule V84]
struct RecoverSecrets {
  Typed earlier{};
};
/// An administrator's migration tool turns a domain profile into a local account with its files. [rule V56]
struct MigrateProfile {
  std::string name;
};

using Act =
    std::variant<PersonAct, HelloSignIn, SetPin, RemovePin, ChangePassword, SaveSecret, RecoverSecrets, MigrateProfile>;

}  // namespace fakes::devices::windows
