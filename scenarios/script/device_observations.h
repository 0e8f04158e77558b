// What can be expected of a device and of what it shows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 3> keychain_states{"unlocked", "locked", "out of sync"};

struct DeviceAccount {
  static constexpr std::string_view name = "device.account";
  static constexpr std::string_view help = "A local account of a device.";

  DeviceRef device;
  std::string account;
  std::optional<bool> exists{};
  std::optional<bool> enabled{};
  std::optional<bool> managed{};
  std::optional<bool> admin{};
  std::optional<std::string> full_name{};
  std::vector<std::string> files{};
  std::optional<SecretName> opens_with{};
  std::optional<SecretName> refuses{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "its name");
    visit.optional("exists", self.exists, "whether there is such an account; by default yes");
    visit.optional("enabled", self.enabled, "whether it is enabled");
    visit.optional("managed", self.managed, "whether the agent manages it");
    visit.optional("admin", self.admin, "whether it administers the device");
    visit.optional("full_name", self.full_name, "display name");
    visit.optional("files", self.files, "files that are in its profile");
    visit.optional("opens_with", self.opens_with, "name of a password that opens it");
    visit.optional("refuses", self.refuses, "name of a password that does not open it");
  }
  bool operator==(const DeviceAccount&) const = default;
};

struct DeviceSession {
  static constexpr std::string_view name = "device.session";
  static constexpr std::string_view help = "The session at a device.";

  DeviceRef device;
  std::string account;
  bool open = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("open", self.open, "whether its session is open");
  }
  bool operator==(const DeviceSession&) const = default;
};

struct DeviceScreen {
  static constexpr std::string_view name = "device.screen";
  static constexpr std::string_view help = "What the screen of a device shows.";

  DeviceRef device;
  std::optional<std::string> shows{};
  std::optional<std::string> hides{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.optional("shows", self.shows, "text that is there");
    visit.optional("hides", self.hides, "text that is not there");
  }
  bool operator==(const DeviceScreen&) const = default;
};

struct DeviceKeychain {
  static constexpr std::string_view name = "device.keychain";
  static constexpr std::string_view help = "The login keychain of an account on a Mac.";

  DeviceRef device;
  std::string account;
  std::string state = "unlocked";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.choice("state", self.state, keychain_states, "its state");
  }
  bool operator==(const DeviceKeychain&) const = default;
};

}  // namespace scenarios
