// What a person does in the directory's portal.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct UserOpenActivationMail : OnPerson {
  static constexpr std::string_view name = "user.open_activation_mail";
  static constexpr std::string_view help =
      "The person opens the newest activation mail and follows its link.";
};

struct UserSetPassword {
  static constexpr std::string_view name = "user.set_password";
  static constexpr std::string_view help =
      "The person sets a password on the page that the activation mail leads to.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the new password");
  }
  bool operator==(const UserSetPassword&) const = default;
};

struct UserLogIn {
  static constexpr std::string_view name = "user.log_in";
  static constexpr std::string_view help = "The person logs in to the portal.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const UserLogIn&) const = default;
};

struct UserLogOut : OnPerson {
  static constexpr std::string_view name = "user.log_out";
  static constexpr std::string_view help = "The person logs out of the portal.";
};

struct UserChangePassword {
  static constexpr std::string_view name = "user.change_password";
  static constexpr std::string_view help = "The person, logged in to the portal, changes the password there.";

  PersonRef user;
  SecretName old_password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("old", self.old_password, "name of the present password");
    visit.required("new", self.new_password, "name of the new password");
  }
  bool operator==(const UserChangePassword&) const = default;
};

}  // namespace scenarios
