// Signing in to the directory through Okta: what the Okta admin sets up, and what a person does besides in the browser.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct OktaRegisterApp {
  static constexpr std::string_view name = "okta.register_app";
  static constexpr std::string_view help =
      "An Okta admin adds the directory as an app that people sign in to, with a client secret.";

  std::string app;
  bool everyone = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("app", self.app, "its name");
    visit.optional("everyone", self.everyone, "whether the group Everyone is assigned to it");
  }
  bool operator==(const OktaRegisterApp&) const = default;
};

struct OktaLetIntoApp {
  static constexpr std::string_view name = "okta.let_into_app";
  static constexpr std::string_view help = "An Okta admin assigns the user to an app that people sign in to.";

  PersonRef user;
  std::string app;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("app", self.app, "the app's name");
  }
  bool operator==(const OktaLetIntoApp&) const = default;
};

struct OktaShutOutOfApp {
  static constexpr std::string_view name = "okta.shut_out_of_app";
  static constexpr std::string_view help = "An Okta admin takes the user's assignment to an app that people sign in to away.";

  PersonRef user;
  std::string app;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("app", self.app, "the app's name");
  }
  bool operator==(const OktaShutOutOfApp&) const = default;
};

struct OktaRollSigningKeys {
  static constexpr std::string_view name = "okta.roll_signing_keys";
  static constexpr std::string_view help = "Okta's authorization servers begin to sign tokens with other keys.";

  bool announced = false;
  bool keep_old = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("announced", self.announced, "whether the key sets have shown the keys before");
    visit.optional("keep_old", self.keep_old, "whether the key sets go on showing keys that have signed before");
  }
  bool operator==(const OktaRollSigningKeys&) const = default;
};

struct UserEnterNewPassword {
  static constexpr std::string_view name = "user.enter_new_password";
  static constexpr std::string_view help =
      "The person types the old password and a new one into the page of the identity provider that asks for both.";

  PersonRef user;
  SecretName password;
  SecretName new_password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the old password");
    visit.required("new_password", self.new_password, "name of the new password");
  }
  bool operator==(const UserEnterNewPassword&) const = default;
};

}  // namespace scenarios
