// What an admin of the directory does, through its API.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct AdminCreateUser {
  static constexpr std::string_view name = "admin.create_user";
  static constexpr std::string_view help = "A directory admin creates a user.";

  NewPerson user;
  std::optional<std::string> username{};
  std::optional<std::string> email{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> state{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the name by which the script knows the person");
    visit.optional("username", self.username, "username; by default the name");
    visit.optional("email", self.email, "e-mail address; by default NAME@example.test");
    visit.optional("given_name", self.given_name, "given name");
    visit.optional("surname", self.surname, "surname");
    visit.optional("state", self.state, "STAGED, ACTIVATED or SUSPENDED");
  }
  bool operator==(const AdminCreateUser&) const = default;
};

struct AdminSuspendUser : OnPerson {
  static constexpr std::string_view name = "admin.suspend_user";
  static constexpr std::string_view help = "A directory admin suspends the user.";
};

struct AdminActivateUser : OnPerson {
  static constexpr std::string_view name = "admin.activate_user";
  static constexpr std::string_view help = "A directory admin activates a staged or suspended user.";
};

struct AdminDeleteUser : OnPerson {
  static constexpr std::string_view name = "admin.delete_user";
  static constexpr std::string_view help = "A directory admin deletes the user.";
};

struct AdminSendActivationMail : OnPerson {
  static constexpr std::string_view name = "admin.send_activation_mail";
  static constexpr std::string_view help =
      "A directory admin sends the activation mail, activating a staged user.";
};

struct AdminSetLocalAccount {
  static constexpr std::string_view name = "admin.set_local_account";
  static constexpr std::string_view help = "A directory admin sets the user's Local User Account.";

  PersonRef user;
  std::string account;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("account", self.account, "name of the account on devices");
  }
  bool operator==(const AdminSetLocalAccount&) const = default;
};

struct AdminUnlockUser : OnPerson {
  static constexpr std::string_view name = "admin.unlock_user";
  static constexpr std::string_view help = "A directory admin unlocks the user.";
};

struct AdminExpirePassword : OnPerson {
  static constexpr std::string_view name = "admin.expire_password";
  static constexpr std::string_view help = "A directory admin expires the user's password.";
};

struct AdminBindDevice {
  static constexpr std::string_view name = "admin.bind_device";
  static constexpr std::string_view help = "A directory admin binds the user to a device.";

  PersonRef user;
  DeviceRef device;
  bool sudo = false;
  bool password_sync = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("device", self.device, "the device");
    visit.optional("sudo", self.sudo, "whether the user administers the device");
    visit.optional("password_sync", self.password_sync, "whether the directory's password opens the account");
  }
  bool operator==(const AdminBindDevice&) const = default;
};

struct AdminUnbindDevice {
  static constexpr std::string_view name = "admin.unbind_device";
  static constexpr std::string_view help = "A directory admin unbinds the user from a device.";

  PersonRef user;
  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("device", self.device, "the device");
  }
  bool operator==(const AdminUnbindDevice&) const = default;
};

inline constexpr std::array<std::string_view, 4> device_commands{"lock", "restart", "shutdown", "erase"};

struct AdminCommandDevice {
  static constexpr std::string_view name = "admin.command_device";
  static constexpr std::string_view help = "A directory admin sends a device a command.";

  DeviceRef device;
  std::string command = "lock";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.choice("command", self.command, device_commands, "what it is to do");
  }
  bool operator==(const AdminCommandDevice&) const = default;
};

struct AdminDeleteDevice {
  static constexpr std::string_view name = "admin.delete_device";
  static constexpr std::string_view help = "A directory admin deletes the device's record.";

  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
  }
  bool operator==(const AdminDeleteDevice&) const = default;
};

struct AdminSetPasswordRules {
  static constexpr std::string_view name = "admin.set_password_rules";
  static constexpr std::string_view help = "A directory admin changes what is asked of everybody's password; what is not named stays.";

  std::optional<std::int64_t> min_length{};
  std::optional<std::vector<std::string>> classes{};
  std::optional<std::int64_t> expires{};
  std::optional<std::int64_t> login_attempts{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("min_length", self.min_length, "the fewest characters");
    visit.optional("classes", self.classes, "exactly what it must have: lower, upper, digit, symbol");
    visit.optional("expires", self.expires, "after how many days it expires");
    visit.optional("login_attempts", self.login_attempts, "failed logins before an account is locked");
  }
  bool operator==(const AdminSetPasswordRules&) const = default;
};

struct AdminExemptFromDeviceLockout {
  static constexpr std::string_view name = "admin.exempt_from_device_lockout";
  static constexpr std::string_view help = "A directory admin says whether failures of the user on devices count towards a lockout.";

  PersonRef user;
  bool exempt = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("exempt", self.exempt, "whether they do not count; by default so");
  }
  bool operator==(const AdminExemptFromDeviceLockout&) const = default;
};

inline constexpr std::array<std::string_view, 2> device_policies{"hide_app", "every_user_provisions"};

struct AdminApplyPolicy {
  static constexpr std::string_view name = "admin.apply_policy";
  static constexpr std::string_view help = "A directory admin makes a policy and applies it to a device.";

  DeviceRef device;
  std::string policy = "hide_app";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.choice("policy", self.policy, device_policies,
                 "the directory's app is hidden, or every user may provision an account");
  }
  bool operator==(const AdminApplyPolicy&) const = default;
};

}  // namespace scenarios
