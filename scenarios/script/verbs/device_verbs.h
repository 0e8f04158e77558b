// What somebody does at a device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct DeviceSignIn {
  static constexpr std::string_view name = "device.sign_in";
  static constexpr std::string_view help = "Somebody signs in at a device.";

  DeviceRef device;
  std::string account;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of the password");
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

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password in the directory");
    visit.optional("passcode", self.passcode, "name of a local password, where the directory's is not to be synced");
  }
  bool operator==(const DeviceProvisionAccount&) const = default;
};

struct DeviceElevate {
  static constexpr std::string_view name = "device.elevate";
  static constexpr std::string_view help =
      "Somebody gives a password where Windows asks for an administrator's rights.";

  DeviceRef device;
  std::string account;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const DeviceElevate&) const = default;
};

struct DeviceSetPin {
  static constexpr std::string_view name = "device.set_pin";
  static constexpr std::string_view help = "Whoever is signed in at a Windows device sets a Hello PIN.";

  DeviceRef device;
  SecretName pin;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("pin", self.pin, "name of the PIN");
  }
  bool operator==(const DeviceSetPin&) const = default;
};

struct DeviceSignInWithPin {
  static constexpr std::string_view name = "device.sign_in_with_pin";
  static constexpr std::string_view help = "Somebody signs in at a Windows device with a Hello PIN.";

  DeviceRef device;
  std::string account;
  SecretName pin;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("pin", self.pin, "name of the PIN");
  }
  bool operator==(const DeviceSignInWithPin&) const = default;
};

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
