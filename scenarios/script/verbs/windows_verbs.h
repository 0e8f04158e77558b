// What somebody does at a Windows computer.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 2> hello_kinds{"device", "business"};
inline constexpr std::array<std::string_view, 2> hello_gestures{"face", "picture"};

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
  std::string kind = "device";
  bool biometrics = false;
  bool picture = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("pin", self.pin, "name of the PIN");
    visit.choice("kind", self.kind, hello_kinds, "of the device, or of Windows Hello for Business");
    visit.optional("biometrics", self.biometrics, "whether a face or finger is enrolled beside it");
    visit.optional("picture", self.picture, "whether there is a picture password beside it");
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

struct DeviceRemovePin {
  static constexpr std::string_view name = "device.remove_pin";
  static constexpr std::string_view help = "Whoever is signed in at a Windows device removes the Hello PIN.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceRemovePin&) const = default;
};

struct DeviceSignInWithGesture {
  static constexpr std::string_view name = "device.sign_in_with_gesture";
  static constexpr std::string_view help = "The right person signs in at a Windows device with a face or a picture.";

  DeviceRef device;
  std::string account;
  std::string gesture = "face";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.choice("gesture", self.gesture, hello_gestures, "what is shown to the device");
  }
  bool operator==(const DeviceSignInWithGesture&) const = default;
};

struct DevicePressCtrlAltDel {
  static constexpr std::string_view name = "device.press_ctrl_alt_del";
  static constexpr std::string_view help = "Whoever is signed in at a Windows device changes the password with Ctrl+Alt+Del.";

  DeviceRef device;
  SecretName old_password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("old", self.old_password, "name of the present password");
    visit.required("new", self.new_password, "name of the new password");
  }
  bool operator==(const DevicePressCtrlAltDel&) const = default;
};

struct DeviceSaveSecret {
  static constexpr std::string_view name = "device.save_secret";
  static constexpr std::string_view help = "A program of whoever is signed in keeps a secret with DPAPI.";

  DeviceRef device;
  std::string secret;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("secret", self.secret, "a label for it");
  }
  bool operator==(const DeviceSaveSecret&) const = default;
};

struct DeviceRecoverSecrets {
  static constexpr std::string_view name = "device.recover_secrets";
  static constexpr std::string_view help =
      "Whoever is signed in gives the earlier password for secrets that the present one does not open.";

  DeviceRef device;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("password", self.password, "name of the earlier password");
  }
  bool operator==(const DeviceRecoverSecrets&) const = default;
};

struct DeviceMigrateProfile {
  static constexpr std::string_view name = "device.migrate_profile";
  static constexpr std::string_view help =
      "A migration tool turns a profile of a domain into a local account with its files; an administrator is signed in.";

  DeviceRef device;
  std::string account;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
  }
  bool operator==(const DeviceMigrateProfile&) const = default;
};

}  // namespace scenarios
