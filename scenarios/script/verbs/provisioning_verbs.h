// What an Entra admin does with groups and with the provisioning of the app, in the portal.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/cloud_group_observations.h"
#include "scenarios/script/values.h"
#include "scenarios/script/verbs/group_verbs.h"
#include "scenarios/script/world_spec.h"

namespace scenarios {

struct EntraCreateGroup {
  static constexpr std::string_view name = "entra.create_group";
  static constexpr std::string_view help = "An Entra admin creates a group and assigns it to the application.";

  std::string group;
  bool assigned = true;
  std::string kind = "security";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("assigned", self.assigned, "whether the group is assigned to the application");
    visit.choice("kind", self.kind, tenant_group_kinds,
                 "a security group, a Microsoft 365 group, or a security group whose members follow from a rule");
  }
  bool operator==(const EntraCreateGroup&) const = default;
};

struct EntraDeleteGroup {
  static constexpr std::string_view name = "entra.delete_group";
  static constexpr std::string_view help = "An Entra admin deletes a group.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
  }
  bool operator==(const EntraDeleteGroup&) const = default;
};

struct EntraAddMember : PersonInGroup {
  static constexpr std::string_view name = "entra.add_member";
  static constexpr std::string_view help = "An Entra admin adds a user to a group.";
};

struct EntraRemoveMember : PersonInGroup {
  static constexpr std::string_view name = "entra.remove_member";
  static constexpr std::string_view help = "An Entra admin takes a user out of a group.";
};

struct EntraSetManager {
  static constexpr std::string_view name = "entra.set_manager";
  static constexpr std::string_view help = "An Entra admin says who a user's manager is.";

  PersonRef user;
  std::optional<PersonRef> manager{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("manager", self.manager, "the manager; none where it is left out");
  }
  bool operator==(const EntraSetManager&) const = default;
};

struct EntraSetMapping {
  static constexpr std::string_view name = "entra.set_mapping";
  static constexpr std::string_view help =
      "An Entra admin saves the mapping of users: the whole of it, or one row, which replaces the one of the same target.";

  std::optional<std::string> mapping{};
  std::optional<std::string> target{};
  std::optional<std::string> attribute{};
  std::optional<std::string> constant{};
  std::optional<std::string> expression{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("mapping", self.mapping, "article or default, for the whole of it");
    visit.optional("target", self.target, "target attribute of one row; without a source the row is deleted");
    visit.optional("attribute", self.attribute, "source attribute");
    visit.optional("constant", self.constant, "constant value");
    visit.optional("expression", self.expression, "expression");
  }
  bool operator==(const EntraSetMapping&) const = default;
};

struct EntraSwitchGroups {
  static constexpr std::string_view name = "entra.switch_groups";
  static constexpr std::string_view help = "An Entra admin switches the mapping of groups on or off.";

  bool on = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("on", self.on, "whether groups are provisioned");
  }
  bool operator==(const EntraSwitchGroups&) const = default;
};

struct EntraSetScope {
  static constexpr std::string_view name = "entra.set_scope";
  static constexpr std::string_view help = "An Entra admin chooses whom provisioning is for; a restart makes it count.";

  std::string scope = "assigned";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("scope", self.scope, provisioning_scopes, "users and groups that are assigned, or all of them");
  }
  bool operator==(const EntraSetScope&) const = default;
};

struct EntraSetScopingFilter {
  static constexpr std::string_view name = "entra.set_scoping_filter";
  static constexpr std::string_view help = "An Entra admin saves a scoping filter of one clause for users in place of those there are.";

  std::optional<std::string> attribute{};
  std::string scope_operator = "EQUALS";
  std::optional<std::string> value{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("attribute", self.attribute, "the attribute; without one there is no filter any more");
    visit.optional("operator", self.scope_operator, "as the portal spells it, such as EQUALS or REGEX MATCH");
    visit.optional("value", self.value, "the value");
  }
  bool operator==(const EntraSetScopingFilter&) const = default;
};

struct EntraSetSecretToken {
  static constexpr std::string_view name = "entra.set_secret_token";
  static constexpr std::string_view help = "An Entra admin saves another secret token, or none.";

  std::optional<SecretName> token{};
  bool blank = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("token", self.token, "name of another token than the real one");
    visit.optional("blank", self.blank, "whether the field is left blank: Entra then sends a token of its own");
  }
  bool operator==(const EntraSetSecretToken&) const = default;
};

/// The shape of a verb that needs to know nothing.
struct OnProvisioning {
  template <class Self, class Visitor>
  static void describe(Self&, Visitor&) {}
  bool operator==(const OnProvisioning&) const = default;
};

struct EntraStart : OnProvisioning {
  static constexpr std::string_view name = "entra.start";
  static constexpr std::string_view help = "An Entra admin switches provisioning on.";
};

struct EntraStop : OnProvisioning {
  static constexpr std::string_view name = "entra.stop";
  static constexpr std::string_view help = "An Entra admin stops provisioning; a cycle that is running goes on to its end.";
};

struct EntraRestartProvisioning {
  static constexpr std::string_view name = "entra.restart_provisioning";
  static constexpr std::string_view help = "An Entra admin restarts provisioning.";

  std::optional<std::string> reset{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("reset", self.reset, "what is forgotten, such as `Full` or `Escrows, Watermark`; by default what the portal's button forgets");
  }
  bool operator==(const EntraRestartProvisioning&) const = default;
};

}  // namespace scenarios
