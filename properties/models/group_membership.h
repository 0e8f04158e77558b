// Who is a member of which group of users: those whom somebody has put in, or those whom the group's rule selects; living users in
// living groups alone. Groups hold no groups. [rule D50] [rule D52] [rule D53] [rule D57] [RFC7643 4.2]
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "properties/models/scim_group.h"

namespace properties::models {

/// What a request comes to.
enum class GroupOutcome {
  done,
  not_found,
  taken,   ///< by another group of that name, or the member is one already
  refused  ///< and nothing of it is done
};

struct GroupMembership {
  struct Person {
    bool exists = false;
    std::optional<std::string> department{};
  };
  struct Group : ScimGroup<int> {
    /// The department whose people the group has, letter by letter; nothing: members are put in. [rule D54]
    std::optional<std::string> rule{};
  };
  std::map<int, Person> people{};
  std::map<int, Group> groups{};

  [[nodiscard]] bool lives(int person) const;
  /// Never null.
  [[nodiscard]] const Group& group(int slot) const;

  void create_person(int slot, std::optional<std::string> department);
  void set_department(int slot, std::optional<std::string> department);
  void remove_person(int slot);

  GroupOutcome create(int slot, const std::string& name, const std::set<int>& members);
  GroupOutcome create_with_rule(int slot, const std::string& name, const std::string& department);
  GroupOutcome rename(int slot, const std::string& name);
  /// Nothing: from now on members are put in; those whom the rule has chosen stay. [rule D52]
  GroupOutcome set_rule(int slot, std::optional<std::string> department);
  /// Members who are there already are not added once more, and nobody leaves a group who is not in it.
  GroupOutcome change_members(int slot, const std::set<int>& add, const std::set<int>& remove);
  GroupOutcome set_members(int slot, const std::set<int>& members);
  GroupOutcome remove(int slot);

 private:
  [[nodiscard]] bool is_taken(int slot, const std::string& name) const;
  /// What all rules choose.
  void evaluate();
};

}  // namespace properties::models
