// What the directory's agent asks of the operating system: the same on both platforms. Each is one change; that several belong
// together, such as disabling an account and ending its session, is the agent's knowledge.
#pragma once

#include <string>
#include <variant>

#include "fakes/devices/password_id.h"

namespace fakes::devices {

/// A managed account without a password; a name that the platform does not allow is refused. [rule V1] [rule V55]
struct CreateAccount {
  std::string name;
  std::string full_name;
  std::string user;
};
/// Takes over an account that is there. [rule V1]
struct Claim {
  std::string name;
  std::string user;
  bool makes_anew = false;  ///< what lies in it is gone
};
/// Nobody manages it any more.
struct Release {
  std::string name;
};
struct SetFullName {
  std::string name;
  std::string full_name;
};
/// [rule V11]
struct SetRights {
  std::string name;
  bool admin = false;
  bool sudo_without_password = false;
};
/// How a new password gets to a device; what else its person's password opens depends on it.
enum class PasswordWay {
  typed_here,  ///< in the directory's app, with the present one [rule V61] [rule V80] [rule V83]
  handed_on    ///< from elsewhere: the present one is not known [rule V62] [rule V81] [rule V84]
};
struct SetPassword {
  std::string name;
  NewPassword password;
  PasswordWay way = PasswordWay::handed_on;
  Typed present{};  ///< what was typed as the present password
};
/// Of Windows: a PIN for Windows Hello that somebody has chosen at the login window, before the first sign-in. [rule V48]
struct EnrolPin {
  std::string name;
  PasswordId pin = PasswordId::none;
};
/// An open session stays open. [rule V29]
struct Disable {
  std::string name;
};
struct EndSession {
  std::string name;
};
struct Enable {
  std::string name;
};
/// Of Windows: takes the account out of its groups and gives it back to that of users. [rule V26]
struct RevokeGroups {
  std::string name;
};
struct RestoreGroups {
  std::string name;
};
/// [rule V13]
struct LockScreen {};
struct RestartDevice {};
struct ShutDownDevice {};
/// Accounts go with their files.
struct EraseDevice {};
/// What the login window offers beside the names; empty: nothing. [rule V40]
struct Offer {
  std::string text;
};
/// Whether the directory's app is there for the people it manages; only on a Mac does the system know of it. [rule V88]
struct ShowApp {
  bool shown = true;
};
/// Whether this device enforces the rules for passwords on what people set themselves. [rule V89]
struct DemandComplexity {
  bool demanded = false;
};
/// The agent is uninstalled: accounts stay, unmanaged. [rule V10]
struct LetGo {};
/// Of macOS. [rule V69]
struct InstallServiceAccount {};
struct RotateRecoveryKey {};

using AgentAct =
    std::variant<CreateAccount, Claim, Release, SetFullName, SetRights, SetPassword, EnrolPin, Disable, EndSession, Enable, RevokeGroups,
                 RestoreGroups, LockScreen, RestartDevice, ShutDownDevice, EraseDevice, Offer, ShowApp, DemandComplexity, LetGo,
                 InstallServiceAccount, RotateRecoveryKey>;

}  // namespace fakes::devices
