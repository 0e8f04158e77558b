// What an admin of the directory does with groups of users, through its API.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/script/values.h"

namespace scenarios {

struct AdminCreateGroup {
  static constexpr std::string_view name = "admin.create_group";
  static constexpr std::string_view help =
      "A directory admin creates a group of users; with an attribute, its members follow from that.";

  std::string group;
  std::optional<std::string> attribute{};
  std::optional<std::string> equals{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("attribute", self.attribute, "the attribute that members have, as the API calls it");
    visit.optional("equals", self.equals, "the value that they have; by default an empty one");
  }
  bool operator==(const AdminCreateGroup&) const = default;
};

/// The fields of a verb about a person and a group.
struct PersonInGroup {
  PersonRef user;
  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("group", self.group, "name of the group");
  }
  bool operator==(const PersonInGroup&) const = default;
};

struct AdminAddToGroup : PersonInGroup {
  static constexpr std::string_view name = "admin.add_to_group";
  static constexpr std::string_view help = "A directory admin makes the user a member of a group.";
};

struct AdminRemoveFromGroup : PersonInGroup {
  static constexpr std::string_view name = "admin.remove_from_group";
  static constexpr std::string_view help = "A directory admin takes the user out of a group.";
};

struct AdminBindGroup {
  static constexpr std::string_view name = "admin.bind_group";
  static constexpr std::string_view help = "A directory admin binds a group's members to a device.";

  std::string group;
  DeviceRef device;
  bool sudo = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "name of the group");
    visit.required("device", self.device, "the device");
    visit.optional("sudo", self.sudo, "whether its members administer the device");
  }
  bool operator==(const AdminBindGroup&) const = default;
};

struct AdminUnbindGroup {
  static constexpr std::string_view name = "admin.unbind_group";
  static constexpr std::string_view help = "A directory admin unbinds a group from a device.";

  std::string group;
  DeviceRef device;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "name of the group");
    visit.required("device", self.device, "the device");
  }
  bool operator==(const AdminUnbindGroup&) const = default;
};

struct AdminDeleteGroup {
  static constexpr std::string_view name = "admin.delete_group";
  static constexpr std::string_view help = "A directory admin deletes a group of users.";

  std::string group;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "name of the group");
  }
  bool operator==(const AdminDeleteGroup&) const = default;
};

}  // namespace scenarios
