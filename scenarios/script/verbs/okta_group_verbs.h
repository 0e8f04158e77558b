// What an Okta admin does with groups: members, rules, assignment and push to the application.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 2> unlink_actions{"leave", "remove"};

struct OktaCreateGroup {
  static constexpr std::string_view name = "okta.create_group";
  static constexpr std::string_view help = "An Okta admin creates a group.";

  std::string group;
  std::optional<std::string> description{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("description", self.description, "description");
  }
  bool operator==(const OktaCreateGroup&) const = default;
};

struct OktaRenameGroup {
  static constexpr std::string_view name = "okta.rename_group";
  static constexpr std::string_view help = "An Okta admin renames a group.";

  std::string group;
  std::string to;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.required("to", self.to, "the new name");
  }
  bool operator==(const OktaRenameGroup&) const = default;
};

struct OktaDeleteGroup {
  static constexpr std::string_view name = "okta.delete_group";
  static constexpr std::string_view help = "An Okta admin deletes a group.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
  }
  bool operator==(const OktaDeleteGroup&) const = default;
};

struct OktaAddToGroup {
  static constexpr std::string_view name = "okta.add_to_group";
  static constexpr std::string_view help = "An Okta admin puts a user into a group.";

  PersonRef user;
  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("group", self.group, "name of the group");
  }
  bool operator==(const OktaAddToGroup&) const = default;
};

struct OktaRemoveFromGroup {
  static constexpr std::string_view name = "okta.remove_from_group";
  static constexpr std::string_view help = "An Okta admin takes a user out of a group.";

  PersonRef user;
  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("group", self.group, "name of the group");
  }
  bool operator==(const OktaRemoveFromGroup&) const = default;
};

struct OktaCreateRule {
  static constexpr std::string_view name = "okta.create_rule";
  static constexpr std::string_view help = "An Okta admin makes and activates a rule that puts users into groups.";

  std::string rule;
  std::string expression;
  std::vector<std::string> groups;
  std::vector<PersonRef> excluded{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("rule", self.rule, "its name");
    visit.required("expression", self.expression, "whom it is for: user.department == \"Sales\"");
    visit.required("groups", self.groups, "names of the groups");
    visit.optional("but", self.excluded, "people who are left out");
  }
  bool operator==(const OktaCreateRule&) const = default;
};

struct OktaRemoveRule {
  static constexpr std::string_view name = "okta.remove_rule";
  static constexpr std::string_view help = "An Okta admin deactivates and deletes a rule.";

  std::string rule;
  bool remove_members = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("rule", self.rule, "its name");
    visit.optional("remove_members", self.remove_members, "whether those go whom it alone has put into the groups");
  }
  bool operator==(const OktaRemoveRule&) const = default;
};

struct OktaAssignGroup {
  static constexpr std::string_view name = "okta.assign_group";
  static constexpr std::string_view help = "An Okta admin assigns a group to the application, and so whoever is in it.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
  }
  bool operator==(const OktaAssignGroup&) const = default;
};

struct OktaUnassignGroup {
  static constexpr std::string_view name = "okta.unassign_group";
  static constexpr std::string_view help = "An Okta admin takes a group's assignment away.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
  }
  bool operator==(const OktaUnassignGroup&) const = default;
};

struct OktaPushGroup {
  static constexpr std::string_view name = "okta.push_group";
  static constexpr std::string_view help = "An Okta admin pushes a group to the application.";

  std::string group;
  std::optional<std::string> link{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("link", self.link, "the directory's id of a group that is there already; by default a new one is made");
  }
  bool operator==(const OktaPushGroup&) const = default;
};

struct OktaPushNow {
  static constexpr std::string_view name = "okta.push_now";
  static constexpr std::string_view help = "An Okta admin pushes a whole group now.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
  }
  bool operator==(const OktaPushNow&) const = default;
};

struct OktaSetPush {
  static constexpr std::string_view name = "okta.set_push";
  static constexpr std::string_view help = "An Okta admin switches the push of a group off or on.";

  std::string group;
  bool active;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.required("active", self.active, "whether it is pushed");
  }
  bool operator==(const OktaSetPush&) const = default;
};

struct OktaUnlinkGroup {
  static constexpr std::string_view name = "okta.unlink_group";
  static constexpr std::string_view help = "An Okta admin ends the push of a group.";

  std::string group;
  std::string app_group = "leave";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.choice("app_group", self.app_group, unlink_actions, "what becomes of the application's group");
  }
  bool operator==(const OktaUnlinkGroup&) const = default;
};

}  // namespace scenarios
