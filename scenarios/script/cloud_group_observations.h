// What can be expected of groups in Microsoft 365, there and as the directory sees them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/script/values.h"

namespace scenarios {

inline constexpr std::array<std::string_view, 3> tenant_group_kinds{"security", "microsoft365", "dynamic"};
inline constexpr std::array<std::string_view, 3> group_makers{"anybody", "entra", "directory"};

struct MicrosoftGroup {
  static constexpr std::string_view name = "microsoft.group";
  static constexpr std::string_view help = "The groups of a name in the Microsoft tenant, which may have several.";

  std::string group;
  std::string kind = "security";
  std::string made_by = "anybody";
  std::optional<std::int64_t> count{};
  std::optional<std::vector<PersonRef>> members{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "their name");
    visit.choice("kind", self.kind, tenant_group_kinds, "the kind of group");
    visit.choice("made_by", self.made_by, group_makers, "only those that Entra's admin has made, or only those that the directory has");
    visit.optional("count", self.count, "how many there are; by default at least one");
    visit.optional("members", self.members, "exactly the people who are in them");
  }
  bool operator==(const MicrosoftGroup&) const = default;
};

struct DirectoryGroupConnection {
  static constexpr std::string_view name = "directory.group_connection";
  static constexpr std::string_view help = "A group's connection to an instance of Microsoft 365, as the directory's admin API shows it.";

  std::string group;
  std::string directory;
  std::optional<bool> exists{};
  std::optional<std::string> status{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "the group");
    visit.required("directory", self.directory, "name of the instance");
    visit.optional("exists", self.exists, "whether the group is connected; by default yes");
    visit.optional("status", self.status, "synced, pending, notSynchronised, or the code of what is wrong");
  }
  bool operator==(const DirectoryGroupConnection&) const = default;
};

struct DirectoryGroupEvents {
  static constexpr std::string_view name = "directory.group_events";
  static constexpr std::string_view help = "Events of the directory's log about a group of users.";

  std::string group;
  std::string type;
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name when the event was written");
    visit.required("type", self.type, "event type, such as group_create_provision");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const DirectoryGroupEvents&) const = default;
};

}  // namespace scenarios
