// What an Okta admin does in the org, and a person in Okta's dashboard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct OktaCreateUser {
  static constexpr std::string_view name = "okta.create_user";
  static constexpr std::string_view help = "An Okta admin adds a person, with a password where one is given.";

  NewPerson user;
  std::optional<std::string> login{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::string> cost_center{};
  std::optional<SecretName> password{};
  bool activate = true;
  bool assigned = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the name by which the script knows the person");
    visit.optional("login", self.login, "login and e-mail address; by default NAME@example.test");
    visit.optional("given_name", self.given_name, "first name");
    visit.optional("surname", self.surname, "last name");
    visit.optional("department", self.department, "department");
    visit.optional("cost_center", self.cost_center, "cost centre");
    visit.optional("password", self.password, "name of the password that the admin sets");
    visit.optional("activate", self.activate, "whether the user is activated at once");
    visit.optional("assigned", self.assigned, "whether the user is assigned to the application");
  }
  bool operator==(const OktaCreateUser&) const = default;
};

struct OktaUpdateUser {
  static constexpr std::string_view name = "okta.update_user";
  static constexpr std::string_view help = "An Okta admin changes attributes of a user.";

  PersonRef user;
  std::optional<std::string> login{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::string> cost_center{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("login", self.login, "login and e-mail address");
    visit.optional("given_name", self.given_name, "first name");
    visit.optional("surname", self.surname, "last name");
    visit.optional("department", self.department, "department");
    visit.optional("cost_center", self.cost_center, "cost centre");
  }
  bool operator==(const OktaUpdateUser&) const = default;
};

struct OktaSetPassword {
  static constexpr std::string_view name = "okta.set_password";
  static constexpr std::string_view help = "The password of a user is set or changed in Okta.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the new password");
  }
  bool operator==(const OktaSetPassword&) const = default;
};

struct OktaActivateUser : OnPerson {
  static constexpr std::string_view name = "okta.activate_user";
  static constexpr std::string_view help = "An Okta admin activates a staged or deactivated user.";
};

struct OktaDeactivateUser : OnPerson {
  static constexpr std::string_view name = "okta.deactivate_user";
  static constexpr std::string_view help = "An Okta admin deactivates a user, who loses the assignment.";
};

struct OktaDeleteUser : OnPerson {
  static constexpr std::string_view name = "okta.delete_user";
  static constexpr std::string_view help = "An Okta admin deletes a user; one who is active is deactivated first.";
};

struct OktaSuspendUser : OnPerson {
  static constexpr std::string_view name = "okta.suspend_user";
  static constexpr std::string_view help = "An Okta admin suspends a user, which the application is not told.";
};

struct OktaUnsuspendUser : OnPerson {
  static constexpr std::string_view name = "okta.unsuspend_user";
  static constexpr std::string_view help = "An Okta admin ends a suspension.";
};

struct OktaReactivateUser : OnPerson {
  static constexpr std::string_view name = "okta.reactivate_user";
  static constexpr std::string_view help = "An Okta admin sends the welcome of a provisioned user again.";
};

struct OktaExpirePassword {
  static constexpr std::string_view name = "okta.expire_password";
  static constexpr std::string_view help = "An Okta admin expires a user's password.";

  PersonRef user;
  std::optional<SecretName> temporary{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("temporary", self.temporary, "name for a temporary password, which Okta draws and which is the password from now on");
  }
  bool operator==(const OktaExpirePassword&) const = default;
};

struct OktaResetPassword : OnPerson {
  static constexpr std::string_view name = "okta.reset_password";
  static constexpr std::string_view help = "An Okta admin resets a user's password: the old one is gone, and a link is mailed.";
};

struct OktaChoosePassword {
  static constexpr std::string_view name = "okta.choose_password";
  static constexpr std::string_view help = "A person opens the link that Okta has mailed last and chooses a password.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the new password");
  }
  bool operator==(const OktaChoosePassword&) const = default;
};

struct OktaUnlockUser : OnPerson {
  static constexpr std::string_view name = "okta.unlock_user";
  static constexpr std::string_view help = "An Okta admin unlocks a user.";
};

struct OktaClearSessions : OnPerson {
  static constexpr std::string_view name = "okta.clear_sessions";
  static constexpr std::string_view help = "An Okta admin ends all sessions of a user.";
};

struct OktaSignIn {
  static constexpr std::string_view name = "okta.sign_in";
  static constexpr std::string_view help =
      "A person signs in to Okta's own pages, where failures count and an expired password is found out.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const OktaSignIn&) const = default;
};

struct OktaChangePassword {
  static constexpr std::string_view name = "okta.change_password";
  static constexpr std::string_view help = "A person changes the password on Okta's pages.";

  PersonRef user;
  SecretName old_password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("old", self.old_password, "name of the present password");
    visit.required("new", self.new_password, "name of the new password");
  }
  bool operator==(const OktaChangePassword&) const = default;
};

struct OktaAssignUser : OnPerson {
  static constexpr std::string_view name = "okta.assign_user";
  static constexpr std::string_view help = "An Okta admin assigns the user to the application.";
};

struct OktaUnassignUser : OnPerson {
  static constexpr std::string_view name = "okta.unassign_user";
  static constexpr std::string_view help = "An Okta admin takes the user's assignment away.";
};

struct OktaRetryTasks : OnPerson {
  static constexpr std::string_view name = "okta.retry_tasks";
  static constexpr std::string_view help = "An Okta admin retries what failed for a user.";
};

}  // namespace scenarios
