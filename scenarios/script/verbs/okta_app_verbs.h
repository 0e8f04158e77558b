// What an Okta admin sets of the application that provisions into the directory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct OktaSetProvisioning {
  static constexpr std::string_view name = "okta.set_provisioning";
  static constexpr std::string_view help =
      "An Okta admin switches what is pushed to the application; what is left out stays as it is.";

  std::optional<bool> create{};
  std::optional<bool> update{};
  std::optional<bool> deactivate{};
  std::optional<bool> password{};
  std::optional<bool> own_password{};
  std::optional<bool> profile_source{};
  std::optional<bool> rename_groups{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("create", self.create, "Create Users");
    visit.optional("update", self.update, "Update User Attributes");
    visit.optional("deactivate", self.deactivate, "Deactivate Users");
    visit.optional("password", self.password, "Sync Password");
    visit.optional("own_password", self.own_password, "whether the first password is the user's own, and no random one");
    visit.optional("profile_source", self.profile_source, "whether the application is the source of profiles");
    visit.optional("rename_groups", self.rename_groups, "whether linked groups of the application take the names of Okta's");
  }
  bool operator==(const OktaSetProvisioning&) const = default;
};

struct OktaImportNow {
  static constexpr std::string_view name = "okta.import_now";
  static constexpr std::string_view help = "An Okta admin imports what is in the application.";

  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const OktaImportNow&) const = default;
};

struct OktaConfirmImport {
  static constexpr std::string_view name = "okta.confirm_import";
  static constexpr std::string_view help =
      "An Okta admin confirms an account that an import has found: it becomes a user of Okta, or the one whom it matches, "
      "and is assigned.";

  NewPerson user;
  std::string user_name;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the name by which the script knows the person");
    visit.required("user_name", self.user_name, "userName of the account in the application");
  }
  bool operator==(const OktaConfirmImport&) const = default;
};

struct OktaTestConnection {
  static constexpr std::string_view name = "okta.test_connection";
  static constexpr std::string_view help = "An Okta admin tests the credentials of the application.";

  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const OktaTestConnection&) const = default;
};

}  // namespace scenarios
