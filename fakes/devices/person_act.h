// What somebody at a computer does that both platforms know; each platform adds its own.
#pragma once

#include <string>
#include <variant>

#include "fakes/devices/account.h"

namespace fakes::devices {

struct PowerOn {};
/// The switch, or a power cut.
struct PowerOff {};
/// From the menu of whichever screen is up.
struct Restart {};

/// How the account is named where somebody signs in.
enum class By { typed_name, tile };

/// At the login screen, at a lock screen, or at the desktop of that account.
struct SignIn {
  std::string name;
  Typed password{};
  By by = By::typed_name;
};
struct Lock {};
/// To the login screen; the session goes on behind it.
struct SwitchUser {};
struct SignOut {};
/// An account's password where an administrator's rights are asked for. [rule V35]
struct Elevate {
  std::string name;
  Typed password{};
};
/// The login window's offer, and back. [rule V40] [rule V46]
struct OpenWebView {
  std::string host{};
};
struct CloseWebView {};

// By whoever is in front, who must be an administrator of the computer.

struct AddAccount {
  Account account;
};
struct DisableAccount {
  std::string name;
};
struct EnableAccount {
  std::string name;
};
struct ResetPassword {
  std::string name;
  NewPassword password;
};

using PersonAct = std::variant<PowerOn, PowerOff, Restart, SignIn, Lock, SwitchUser, SignOut, Elevate, OpenWebView, CloseWebView,
                               AddAccount, DisableAccount, EnableAccount, ResetPassword>;

}  // namespace fakes::devices
