// What somebody in front of a Mac does, beside what both platforms know. As data: scripts, tests and explorations give the same acts.
#pragma once

#include <string>
#include <variant>

#include "fakes/devices/password_id.h"
#include "fakes/devices/person_act.h"

namespace fakes::devices::macos {

/// Setup Assistant's account, the first of the Mac. [rule V68]
struct CompleteSetup {
  std::string name;
  std::string full_name{};
  NewPassword password{};
};
/// In FileVault's window. [rule V71] [rule V72]
struct UnlockDisk {
  std::string name;
  Typed password{};
};
/// The buttons of macOS' own prompt. [rule V65]
enum class KeychainButton { go_on, create_new, update };
struct KeychainChoice {
  KeychainButton button = KeychainButton::go_on;
  Typed previous{};  ///< for `update`
};
/// The directory's app: "Confirm Now" and the new password as the current one. [rule V63]
struct ConfirmNow {
  Typed password{};
};
/// The app: "Almost done! Sync your keychain." [rule V63]
struct GivePrevious {
  Typed password{};
};
/// [rule V64]
struct SkipPrevious {};
/// Into the login keychain.
struct SaveItem {
  std::string item;
};
/// System Settings: the own password. [rule V89]
struct ChangeInSettings {
  Typed present{};
  NewPassword password{};
};
/// `sysadminctl -secureTokenOn`: somebody who has a token gives one. [rule V68]
struct GrantToken {
  std::string from;
  Typed from_password{};
  std::string to;
  Typed to_password{};
};
/// `fdesetup add`, with the name and password of somebody who can unlock the disk. [rule V25]
struct AddToFileVault {
  std::string name;
  Typed password{};
  std::string by;
  Typed by_password{};
};
struct TurnFileVaultOn {};
/// `dscl . -delete`: takes `;DisabledUser;` out of the account's AuthenticationAuthority. [rule V23]
struct RemoveDisabledToken {
  std::string name;
};
/// What a clean-up script or another product does to the agent's own account. [rule V69] [rule V70]
enum class Breakage { missing, no_token, od_password, apfs_password };
struct BreakServiceAccount {
  Breakage how = Breakage::missing;
};
/// In the login window. [rule V46]
struct ChooseWifi {};
struct RefreshLoginWindow {};

using Act = std::variant<PersonAct, CompleteSetup, UnlockDisk, KeychainChoice, ConfirmNow, GivePrevious, SkipPrevious, SaveItem,
                         ChangeInSettings, GrantToken, AddToFileVault, TurnFileVaultOn, RemoveDisabledToken, BreakServiceAccount,
                         ChooseWifi, RefreshLoginWindow>;

}  // namespace fakes::devices::macos
