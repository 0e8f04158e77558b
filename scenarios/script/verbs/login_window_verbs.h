// What somebody does at the login window of a device before there is an account, and with the agent itself.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct DeviceStartProvisioning {
  static constexpr std::string_view name = "device.start_provisioning";
  static constexpr std::string_view help =
      "Somebody gives a name at the login window, which then shows the page of the identity provider; refused where it asks for a "
      "password of the directory's.";

  DeviceRef device;
  PersonRef user;
  bool password_sync = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("user", self.user, "the person");
    visit.optional("password_sync", self.password_sync, "whether the directory's password opens the account");
  }
  bool operator==(const DeviceStartProvisioning&) const = default;
};

struct DeviceEnterPassword {
  static constexpr std::string_view name = "device.enter_password";
  static constexpr std::string_view help = "The person types the provider's password into the page in the login window.";

  DeviceRef device;
  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password at the provider");
  }
  bool operator==(const DeviceEnterPassword&) const = default;
};

struct DeviceFinishProvisioning {
  static constexpr std::string_view name = "device.finish_provisioning";
  static constexpr std::string_view help = "The page has led back to the login window, and the account is made.";

  DeviceRef device;
  std::optional<SecretName> passcode{};
  bool as_pin = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.optional("passcode", self.passcode, "name of the account's own password, where it is not kept in step");
    visit.optional("as_pin", self.as_pin, "on Windows: whether the passcode is a Hello PIN");
  }
  bool operator==(const DeviceFinishProvisioning&) const = default;
};

struct DeviceReinstallAgent {
  static constexpr std::string_view name = "device.reinstall_agent";
  static constexpr std::string_view help = "The agent is installed anew, also in place of one that is there.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const DeviceReinstallAgent&) const = default;
};

}  // namespace scenarios
