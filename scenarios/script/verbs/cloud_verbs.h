// Accounts in Microsoft 365 that the directory manages: what its admin sets up and connects, and what a person does at Microsoft.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"
#include "scenarios/script/verbs/on_person.h"

namespace scenarios {

struct EntraGrantRole {
  static constexpr std::string_view name = "entra.grant_role";
  static constexpr std::string_view help = "An Entra admin makes the user an administrator of the tenant.";

  PersonRef user;
  std::string role;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("role", self.role, "such as Global Administrator, User Administrator or Groups Administrator");
  }
  bool operator==(const EntraGrantRole&) const = default;
};

struct EntraWithdrawRole {
  static constexpr std::string_view name = "entra.withdraw_role";
  static constexpr std::string_view help = "An Entra admin takes a role away from the user.";

  PersonRef user;
  std::string role;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("role", self.role, "the role");
  }
  bool operator==(const EntraWithdrawRole&) const = default;
};

struct AdminAddMicrosoft {
  static constexpr std::string_view name = "admin.add_microsoft";
  static constexpr std::string_view help = "A directory admin adds an instance of Microsoft 365, which nobody has authorised yet.";

  std::string directory;
  std::vector<std::string> domains{};
  std::optional<std::string> default_domain{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "its name");
    visit.optional("domains", self.domains, "domains whose users are synchronised; without any, all are");
    visit.optional("default_domain", self.default_domain, "one of them, which users of other domains are moved to");
  }
  bool operator==(const AdminAddMicrosoft&) const = default;
};

struct AdminAuthorizeMicrosoft {
  static constexpr std::string_view name = "admin.authorize_microsoft";
  static constexpr std::string_view help = "An administrator of the tenant signs in at Microsoft and lets the instance work there.";

  std::string directory;
  PersonRef as;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
    visit.required("as", self.as, "the administrator of the tenant");
    visit.required("password", self.password, "name of that person's password at Microsoft");
  }
  bool operator==(const AdminAuthorizeMicrosoft&) const = default;
};

struct AdminSetMicrosoft {
  static constexpr std::string_view name = "admin.set_microsoft";
  static constexpr std::string_view help = "A directory admin changes the settings of an instance of Microsoft 365.";

  std::string directory;
  std::vector<std::string> add_domains{};
  std::vector<std::string> remove_domains{};
  std::optional<std::string> default_domain{};
  std::optional<std::string> on_lockout{};
  std::optional<std::string> on_expiration{};
  std::optional<std::string> name_from{};
  std::optional<std::string> find_by{};
  std::optional<bool> groups{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("add_domains", self.add_domains, "further domains whose users are synchronised");
    visit.optional("remove_domains", self.remove_domains, "domains whose users are not any more");
    visit.optional("default_domain", self.default_domain, "the domain that users of other domains are moved to; none: no default");
    visit.optional("on_lockout", self.on_lockout, "what becomes of the account of a user who is locked: maintain or suspend");
    visit.optional("on_expiration", self.on_expiration, "what becomes of the account when the password expires: maintain or suspend");
    visit.optional("name_from", self.name_from, "the address that becomes the user principal name: company or alternate");
    visit.optional("find_by", self.find_by, "by what an account that is there is found: upn, its name, or mail, its primary e-mail address");
    visit.optional("groups", self.groups, "whether groups become security groups");
  }
  bool operator==(const AdminSetMicrosoft&) const = default;
};

struct AdminDeactivateMicrosoft {
  static constexpr std::string_view name = "admin.deactivate_microsoft";
  static constexpr std::string_view help = "A directory admin deactivates an instance of Microsoft 365: all that is kept of it goes.";

  std::string directory;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
  }
  bool operator==(const AdminDeactivateMicrosoft&) const = default;
};

/// The fields of a verb about a person and an instance.
struct PersonInMicrosoft {
  PersonRef user;
  std::string directory;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("directory", self.directory, "name of the instance");
  }
  bool operator==(const PersonInMicrosoft&) const = default;
};

struct AdminConnectUser : PersonInMicrosoft {
  static constexpr std::string_view name = "admin.connect_user";
  static constexpr std::string_view help = "A directory admin connects the user to an instance of Microsoft 365.";
};

struct AdminDisconnectUser : PersonInMicrosoft {
  static constexpr std::string_view name = "admin.disconnect_user";
  static constexpr std::string_view help = "A directory admin disconnects the user from an instance of Microsoft 365.";
};

/// The fields of a verb about a group and an instance.
struct GroupInMicrosoft {
  std::string group;
  std::string directory;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "name of the group");
    visit.required("directory", self.directory, "name of the instance");
  }
  bool operator==(const GroupInMicrosoft&) const = default;
};

struct AdminConnectGroup : GroupInMicrosoft {
  static constexpr std::string_view name = "admin.connect_group";
  static constexpr std::string_view help = "A directory admin connects a group, and with it its members, to an instance of Microsoft 365.";
};

struct AdminDisconnectGroup : GroupInMicrosoft {
  static constexpr std::string_view name = "admin.disconnect_group";
  static constexpr std::string_view help = "A directory admin disconnects a group from an instance of Microsoft 365.";
};

struct AdminChooseAttribute {
  static constexpr std::string_view name = "admin.choose_attribute";
  static constexpr std::string_view help = "A directory admin chooses whether an attribute is kept in step at Microsoft and taken over by imports.";

  std::string directory;
  std::string attribute;
  std::optional<bool> exported{};
  std::optional<bool> imported{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
    visit.required("attribute", self.attribute, "as the API calls it, such as jobTitle");
    visit.optional("export", self.exported, "whether it is kept in step");
    visit.optional("import", self.imported, "whether imports take it over");
  }
  bool operator==(const AdminChooseAttribute&) const = default;
};

struct AdminSetPasswordTakeover {
  static constexpr std::string_view name = "admin.set_password_takeover";
  static constexpr std::string_view help = "A directory admin says whether portal logins bring passwords to cloud directories.";

  bool on = true;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("on", self.on, "whether they do");
  }
  bool operator==(const AdminSetPasswordTakeover&) const = default;
};

struct AdminUpdateUser {
  static constexpr std::string_view name = "admin.update_user";
  static constexpr std::string_view help = "A directory admin changes attributes of the user.";

  PersonRef user;
  std::optional<std::string> email{};
  std::optional<std::string> alternate_email{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> display_name{};
  std::optional<std::string> department{};
  std::optional<std::string> job_title{};
  std::optional<std::string> location{};
  std::optional<PersonRef> manager{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("email", self.email, "company e-mail address");
    visit.optional("alternate_email", self.alternate_email, "alternate e-mail address");
    visit.optional("given_name", self.given_name, "first name");
    visit.optional("surname", self.surname, "last name");
    visit.optional("display_name", self.display_name, "display name");
    visit.optional("department", self.department, "department; empty text: none");
    visit.optional("job_title", self.job_title, "job title; empty text: none");
    visit.optional("location", self.location, "location; empty text: none");
    visit.optional("manager", self.manager, "the user's manager");
  }
  bool operator==(const AdminUpdateUser&) const = default;
};

struct AdminSetPassword {
  static constexpr std::string_view name = "admin.set_password";
  static constexpr std::string_view help = "A directory admin sets the user's password.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password");
  }
  bool operator==(const AdminSetPassword&) const = default;
};

struct AdminImportUsers {
  static constexpr std::string_view name = "admin.import_users";
  static constexpr std::string_view help =
      "A directory admin chooses accounts of the list that the tenant offers for import, and starts their import, which goes on by itself.";

  std::string directory;
  std::vector<PersonRef> users{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("users", self.users, "the people; without any, all who are listed");
  }
  bool operator==(const AdminImportUsers&) const = default;
};

struct UserSignInToMicrosoft {
  static constexpr std::string_view name = "user.sign_in_to_microsoft";
  static constexpr std::string_view help = "The person signs in to Microsoft 365 in the browser.";

  PersonRef user;
  SecretName password;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("password", self.password, "name of the password that is typed");
  }
  bool operator==(const UserSignInToMicrosoft&) const = default;
};

}  // namespace scenarios
