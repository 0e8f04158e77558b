// What somebody does at a device.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 2> ways_to_name_an_account{"typed_name", "tile"};

struct DeviceSignIn {
  static constexpr std::string_view name = "device.sign_in";
  static constexpr std::string_view help = "Somebody signs in at a device.";

  DeviceRef device;
  std::string account;
  SecretName password;
  std::string by = "typed_name";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of the password");
    visit.choice("by", self.by, ways_to_name_an_account, "how the account is named");
  }
  bool operator==(const DeviceSignIn&) const = default;
};

struct DeviceSignOut {
  static constexpr std::string_view name = "device.sign_out";
  static constexpr std::string_view help = "Whoever is signed in at the device signs out.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceSignOut&) const = default;
};

struct DeviceChangePassword {
  static constexpr std::string_view name = "device.change_password";
  static constexpr std::string_view help =
      "The person changes the password in the directory's app on the device.";

  DeviceRef device;
  std::string account;
  SecretName old_password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("old", self.old_password, "name of the present password");
    visit.required("new", self.new_password, "name of the new password");
  }
  bool operator==(const DeviceChangePassword&) const = default;
};

struct DeviceProvisionAccount {
  static constexpr std::string_view name = "device.provision_account";
  static constexpr std::string_view help =
      "The person signs in to the directory at the device's login window and gets an account.";

  DeviceRef device;
  PersonRef user;
  SecretName password;
  std::optional<SecretName> passcode;
  bool as_pin = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password in the directory");
    visit.optional("passcode", self.passcode, "name of a local password, where the directory's is not to be synced");
    visit.optional("as_pin", self.as_pin, "on Windows: whether the passcode is a Hello PIN");
  }
  bool operator==(const DeviceProvisionAccount&) const = default;
};

struct DeviceLock {
  static constexpr std::string_view name = "device.lock";
  static constexpr std::string_view help = "Whoever is at the device locks its screen.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceLock&) const = default;
};

struct DeviceSwitchUser {
  static constexpr std::string_view name = "device.switch_user";
  static constexpr std::string_view help =
      "Whoever is at the device leaves it at the login screen; the session goes on behind it.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceSwitchUser&) const = default;
};

struct DeviceRestart {
  static constexpr std::string_view name = "device.restart";
  static constexpr std::string_view help = "Somebody restarts the device from its menu.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceRestart&) const = default;
};

struct DeviceDisableAccount {
  static constexpr std::string_view name = "device.disable_account";
  static constexpr std::string_view help = "An administrator of the device, who is signed in, disables a local account.";

  DeviceRef device;
  std::string account;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
  }
  bool operator==(const DeviceDisableAccount&) const = default;
};

struct DeviceEnableAccount {
  static constexpr std::string_view name = "device.enable_account";
  static constexpr std::string_view help = "An administrator of the device, who is signed in, enables a local account.";

  DeviceRef device;
  std::string account;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
  }
  bool operator==(const DeviceEnableAccount&) const = default;
};

struct DeviceResetPassword {
  static constexpr std::string_view name = "device.reset_password";
  static constexpr std::string_view help =
      "An administrator of the device, who is signed in, resets the password of a local account.";

  DeviceRef device;
  std::string account;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of the new password");
  }
  bool operator==(const DeviceResetPassword&) const = default;
};

struct DevicePowerOff {
  static constexpr std::string_view name = "device.power_off";
  static constexpr std::string_view help = "The device loses power.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DevicePowerOff&) const = default;
};

struct DevicePowerOn {
  static constexpr std::string_view name = "device.power_on";
  static constexpr std::string_view help = "The device starts.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DevicePowerOn&) const = default;
};

}  // namespace scenarios
