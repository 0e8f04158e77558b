// What an Entra admin does in the tenant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct EntraCreateUser {
  static constexpr std::string_view name = "entra.create_user";
  static constexpr std::string_view help = "An Entra admin creates a user and assigns it to the application.";

  NewPerson user;
  std::optional<std::string> upn{};
  std::optional<std::string> mail{};
  std::optional<std::string> nickname{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::string> job_title{};
  std::optional<std::string> employee_id{};
  bool assigned = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the name by which the script knows the person");
    visit.optional("upn", self.upn, "user principal name; by default NAME@example.test");
    visit.optional("mail", self.mail, "primary e-mail address; by default none");
    visit.optional("nickname", self.nickname, "mail nickname; by default the name");
    visit.optional("given_name", self.given_name, "given name");
    visit.optional("surname", self.surname, "surname");
    visit.optional("department", self.department, "department");
    visit.optional("job_title", self.job_title, "job title");
    visit.optional("employee_id", self.employee_id, "employee id");
    visit.optional("assigned", self.assigned, "whether the user is assigned to the application");
  }
  bool operator==(const EntraCreateUser&) const = default;
};

struct EntraUpdateUser {
  static constexpr std::string_view name = "entra.update_user";
  static constexpr std::string_view help = "An Entra admin changes attributes of a user.";

  PersonRef user;
  std::optional<std::string> upn{};
  std::optional<std::string> mail{};
  std::optional<std::string> nickname{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::string> job_title{};
  std::optional<std::string> employee_id{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("upn", self.upn, "user principal name");
    visit.optional("mail", self.mail, "primary e-mail address");
    visit.optional("nickname", self.nickname, "mail nickname");
    visit.optional("given_name", self.given_name, "given name");
    visit.optional("surname", self.surname, "surname");
    visit.optional("department", self.department, "department");
    visit.optional("job_title", self.job_title, "job title");
    visit.optional("employee_id", self.employee_id, "employee id");
  }
  bool operator==(const EntraUpdateUser&) const = default;
};

struct EntraDisableUser : OnPerson {
  static constexpr std::string_view name = "entra.disable_user";
  static constexpr std::string_view help = "An Entra admin blocks the user's sign-in.";
};

struct EntraEnableUser : OnPerson {
  static constexpr std::string_view name = "entra.enable_user";
  static constexpr std::string_view help = "An Entra admin allows the user's sign-in again.";
};

struct EntraAssignUser : OnPerson {
  static constexpr std::string_view name = "entra.assign_user";
  static constexpr std::string_view help = "An Entra admin assigns the user to the application.";
};

struct EntraUnassignUser : OnPerson {
  static constexpr std::string_view name = "entra.unassign_user";
  static constexpr std::string_view help =
      "An Entra admin takes the user's assignment to the application away.";
};

struct EntraDeleteUser : OnPerson {
  static constexpr std::string_view name = "entra.delete_user";
  static constexpr std::string_view help = "An Entra admin deletes the user; it can be restored for 30 days.";
};

struct EntraRestoreUser : OnPerson {
  static constexpr std::string_view name = "entra.restore_user";
  static constexpr std::string_view help = "An Entra admin restores a deleted user.";
};

struct EntraProvisionOnDemand : OnPerson {
  static constexpr std::string_view name = "entra.provision_on_demand";
  static constexpr std::string_view help = "An Entra admin provisions one user at once.";
};

struct EntraTestConnection {
  static constexpr std::string_view name = "entra.test_connection";
  static constexpr std::string_view help = "An Entra admin presses Test Connection.";

  std::optional<SecretName> token{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("token", self.token, "name of another token than the real one");
  }
  bool operator==(const EntraTestConnection&) const = default;
};

}  // namespace scenarios
