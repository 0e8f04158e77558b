// Administrators of the directory, whose keys integrations use.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace scenarios {

inline constexpr std::array<std::string_view, 5> administrator_roles{"billing", "administrator", "manager",
                                                                     "help_desk", "read_only"};

struct AdminSetAdministrator {
  static constexpr std::string_view name = "admin.set_administrator";
  static constexpr std::string_view help =
      "The first administrator lets another one in, with a key, or gives one who is there another role.";

  std::string administrator;
  std::string role = "administrator";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("administrator", self.administrator, "the administrator's name");
    visit.choice("role", self.role, administrator_roles, "the administrator's role");
  }
  bool operator==(const AdminSetAdministrator&) const = default;
};

struct AdminRemoveAdministrator {
  static constexpr std::string_view name = "admin.remove_administrator";
  static constexpr std::string_view help = "The first administrator removes another one.";

  std::string administrator;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("administrator", self.administrator, "the administrator's name");
  }
  bool operator==(const AdminRemoveAdministrator&) const = default;
};

struct AdminRenewSecretToken {
  static constexpr std::string_view name = "admin.renew_secret_token";
  static constexpr std::string_view help =
      "An administrator makes another key for the integration with Entra, their own; Entra has it once it is "
      "saved there.";

  std::string as;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("as", self.as, "the administrator's name");
  }
  bool operator==(const AdminRenewSecretToken&) const = default;
};

}  // namespace scenarios
