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
  std::optional<bool> listed{};
  std::optional<bool> in_users_and_groups{};
  std::optional<bool> secure_token{};
  std::optional<bool> file_vault_user{};
  std::optional<std::vector<std::string>> groups{};
  std::optional<bool> sudo_without_password{};
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
    visit.optional("listed", self.listed, "whether the login screen offers its name");
    visit.optional("in_users_and_groups", self.in_users_and_groups, "on a Mac: whether Users & Groups of the settings lists it");
    visit.optional("secure_token", self.secure_token, "on a Mac: whether it holds a SecureToken");
    visit.optional("file_vault_user", self.file_vault_user, "on a Mac: whether it can unlock the disk");
    visit.optional("groups", self.groups, "exactly the local groups that it is in, without that of administrators");
    visit.optional("sudo_without_password", self.sudo_without_password, "on a Mac: whether sudo asks for nothing");
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
  std::optional<std::string> where{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.required("open", self.open, "whether its session is open");
    visit.optional("where", self.where, "front, locked or behind (another person is in front, or the login screen is up)");
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

struct DevicePopups {
  static constexpr std::string_view name = "device.popups";
  static constexpr std::string_view help = "Notices of the directory's app that have come up for an account since the start.";

  DeviceRef device;
  std::string account;
  std::optional<std::string> text{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.optional("text", self.text, "text that is in them; by default any");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const DevicePopups&) const = default;
};

struct DeviceKeychain {
  static constexpr std::string_view name = "device.keychain";
  static constexpr std::string_view help = "The login keychain of an account on a Mac.";

  DeviceRef device;
  std::string account;
  std::string state = "unlocked";
  std::optional<std::vector<std::string>> items{};
  std::optional<std::int64_t> put_aside{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.choice("state", self.state, keychain_states, "its state");
    visit.optional("items", self.items, "exactly what has been saved in it");
    visit.optional("put_aside", self.put_aside, "how many former keychains nobody can read any more");
  }
  bool operator==(const DeviceKeychain&) const = default;
};

struct DevicePasswords {
  static constexpr std::string_view name = "device.passwords";
  static constexpr std::string_view help = "Which passwords the locks of an account on a Mac want; they can part.";

  DeviceRef device;
  std::string account;
  std::optional<SecretName> login{};
  std::optional<SecretName> file_vault{};
  std::optional<SecretName> keychain{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.optional("login", self.login, "name of the password of the login window");
    visit.optional("file_vault", self.file_vault, "name of the password of FileVault's window");
    visit.optional("keychain", self.keychain, "name of the password of the login keychain");
  }
  bool operator==(const DevicePasswords&) const = default;
};

struct DeviceSecrets {
  static constexpr std::string_view name = "device.secrets";
  static constexpr std::string_view help = "What programs of an account on Windows have kept with DPAPI.";

  DeviceRef device;
  std::string account;
  std::vector<std::string> readable{};
  std::vector<std::string> sealed{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.required("account", self.account, "name of the local account");
    visit.optional("readable", self.readable, "exactly the secrets that can be read now");
    visit.optional("sealed", self.sealed, "exactly the secrets that are there and cannot be read now");
  }
  bool operator==(const DeviceSecrets&) const = default;
};

}  // namespace scenarios
