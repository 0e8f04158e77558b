// What somebody does at a Mac.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 3> keychain_choices{"continue", "create_new", "update"};
inline constexpr std::array<std::string_view, 4> breakages{"missing", "no_token", "od_password", "apfs_password"};

struct DeviceUpdateKeychain {
  static constexpr std::string_view name = "device.update_keychain";
  static constexpr std::string_view help =
      "Whoever is signed in at a Mac gives the previous password to the login keychain.";

  DeviceRef device;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("previous", self.password, "name of the previous password");
  }
  bool operator==(const DeviceUpdateKeychain&) const = default;
};

struct DeviceAnswerKeychainPrompt {
  static constexpr std::string_view name = "device.answer_keychain_prompt";
  static constexpr std::string_view help =
      "Whoever has just signed in at a Mac answers the question about the login keychain.";

  DeviceRef device;
  std::string choice = "continue";
  std::optional<SecretName> previous{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.choice("choice", self.choice, keychain_choices, "the button");
    visit.optional("previous", self.previous, "name of the previous password, for update");
  }
  bool operator==(const DeviceAnswerKeychainPrompt&) const = default;
};

struct DeviceSaveKeychainItem {
  static constexpr std::string_view name = "device.save_keychain_item";
  static constexpr std::string_view help = "Whoever is signed in at a Mac saves something in the login keychain.";

  DeviceRef device;
  std::string item;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("item", self.item, "a label for it");
  }
  bool operator==(const DeviceSaveKeychainItem&) const = default;
};

struct DeviceConfirmPassword {
  static constexpr std::string_view name = "device.confirm_password";
  static constexpr std::string_view help = "Whoever is signed in at a Mac answers Confirm Now of the directory's app.";

  DeviceRef device;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("password", self.password, "name of the password that is given as the current one");
  }
  bool operator==(const DeviceConfirmPassword&) const = default;
};

struct DeviceGivePreviousPassword {
  static constexpr std::string_view name = "device.give_previous_password";
  static constexpr std::string_view help =
      "Whoever is signed in at a Mac is asked by the directory's app to sync the keychain.";

  DeviceRef device;
  std::optional<SecretName> previous{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.optional("previous", self.previous, "name of the password that is given; by default the question is skipped");
  }
  bool operator==(const DeviceGivePreviousPassword&) const = default;
};

struct DeviceChangeInSettings {
  static constexpr std::string_view name = "device.change_in_settings";
  static constexpr std::string_view help = "Whoever is signed in at a Mac changes the password in System Settings.";

  DeviceRef device;
  SecretName old_password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("old", self.old_password, "name of the present password");
    visit.required("new", self.new_password, "name of the new password");
  }
  bool operator==(const DeviceChangeInSettings&) const = default;
};

struct DeviceCompleteSetup {
  static constexpr std::string_view name = "device.complete_setup";
  static constexpr std::string_view help = "Somebody goes through Setup Assistant of a new Mac and makes its first account.";

  DeviceRef device;
  std::string account;
  std::optional<std::string> full_name{};
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.optional("full_name", self.full_name, "display name");
    visit.required("password", self.password, "name of its password");
  }
  bool operator==(const DeviceCompleteSetup&) const = default;
};

struct DeviceUnlockDisk {
  static constexpr std::string_view name = "device.unlock_disk";
  static constexpr std::string_view help = "Somebody unlocks a Mac's disk in FileVault's window.";

  DeviceRef device;
  std::string account;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const DeviceUnlockDisk&) const = default;
};

struct DeviceTurnOnFileVault {
  static constexpr std::string_view name = "device.turn_on_file_vault";
  static constexpr std::string_view help = "An administrator of a Mac, who is signed in, turns FileVault on.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceTurnOnFileVault&) const = default;
};

struct DeviceAddToFileVault {
  static constexpr std::string_view name = "device.add_to_file_vault";
  static constexpr std::string_view help = "An administrator of a Mac, who is signed in, lets an account unlock the disk.";

  DeviceRef device;
  std::string account;
  SecretName password;
  std::string by;
  SecretName by_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of its password");
    visit.required("by", self.by, "name of an account that can unlock it");
    visit.required("by_password", self.by_password, "name of that account's password");
  }
  bool operator==(const DeviceAddToFileVault&) const = default;
};

struct DeviceGrantSecureToken {
  static constexpr std::string_view name = "device.grant_secure_token";
  static constexpr std::string_view help =
      "An administrator of a Mac, who is signed in, has one account give another a SecureToken.";

  DeviceRef device;
  std::string from;
  SecretName from_password;
  std::string to;
  SecretName to_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("from", self.from, "name of an account that has one");
    visit.required("from_password", self.from_password, "name of its password");
    visit.required("to", self.to, "name of the account that gets one");
    visit.required("to_password", self.to_password, "name of its password");
  }
  bool operator==(const DeviceGrantSecureToken&) const = default;
};

struct DeviceBreakServiceAccount {
  static constexpr std::string_view name = "device.break_service_account";
  static constexpr std::string_view help = "Something damages the account that the agent has made for itself on a Mac.";

  DeviceRef device;
  std::string how = "missing";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.choice("how", self.how, breakages, "what is wrong from then on");
  }
  bool operator==(const DeviceBreakServiceAccount&) const = default;
};

struct DeviceChooseWifi {
  static constexpr std::string_view name = "device.choose_wifi";
  static constexpr std::string_view help = "Somebody chooses a Wi-Fi in a Mac's login window.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceChooseWifi&) const = default;
};

struct DeviceRefreshLoginWindow {
  static constexpr std::string_view name = "device.refresh_login_window";
  static constexpr std::string_view help = "Somebody refreshes a Mac's login window.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceRefreshLoginWindow&) const = default;
};

}  // namespace scenarios
