#include "properties/models/group_membership.h"

namespace properties::models {

bool GroupMembership::lives(int person) const {
  const auto found = people.find(person);
  return found != people.end() && found->second.exists;
}

const GroupMembership::Group& GroupMembership::group(int slot) const {
  static const Group none;
  const auto found = groups.find(slot);
  return found == groups.end() ? none : found->second;
}

void GroupMembership::create_person(int slot, std::optional<std::string> department) {
  people[slot] = {true, std::move(department)};
  evaluate();
}

void GroupMembership::set_department(int slot, std::optional<std::string> department) {
  people[slot].department = std::move(department);
  evaluate();
}

void GroupMembership::remove_person(int slot) {
  people[slot] = {};
  for (auto& [group_slot, group] : groups) group.members.erase(slot);
}

GroupOutcome GroupMembership::create(int slot, const std::string& name, const std::set<int>& members) {
  if (is_taken(slot, name)) return GroupOutcome::taken;
  for (const int member : members) {
    if (!lives(member)) return GroupOutcome::refused;
  }
  groups[slot].create(name, members);
  groups[slot].rule.reset();
  return GroupOutcome::done;
}

GroupOutcome GroupMembership::create_with_rule(int slot, const std::string& name, const std::string& department) {
  if (is_taken(slot, name)) return GroupOutcome::taken;
  groups[slot].create(name, {});
  groups[slot].rule = department;
  evaluate();
  return GroupOutcome::done;
}

GroupOutcome GroupMembership::rename(int slot, const std::string& name) {
  if (!group(slot).exists) return GroupOutcome::not_found;
  if (is_taken(slot, name)) return GroupOutcome::taken;
  groups[slot].shown = name;
  return GroupOutcome::done;
}

GroupOutcome GroupMembership::set_rule(int slot, std::optional<std::string> department) {
  if (!group(slot).exists) return GroupOutcome::not_found;
  groups[slot].rule = std::move(department);
  evaluate();
  return GroupOutcome::done;
}

GroupOutcome GroupMembership::change_members(int slot, const std::set<int>& add, const std::set<int>& remove) {
  if (!group(slot).exists) return GroupOutcome::not_found;
  auto members = group(slot).members;
  for (const int member : add) {
    if (!lives(member)) return GroupOutcome::refused;
    members.insert(member);
  }
  for (const int member : remove) members.erase(member);
  if (group(slot).rule && members != group(slot).members) return GroupOutcome::refused;
  groups[slot].members = std::move(members);
  return GroupOutcome::done;
}

GroupOutcome GroupMembership::set_members(int slot, const std::set<int>& members) {
  if (!group(slot).exists) return GroupOutcome::not_found;
  return change_members(slot, members, [&] {
    std::set<int> leaving;
    for (const int member : group(slot).members) {
      if (!members.contains(member)) leaving.insert(member);
    }
    return leaving;
  }());
}

GroupOutcome GroupMembership::remove(int slot) {
  if (!group(slot).exists) return GroupOutcome::not_found;
  groups[slot].remove();
  groups[slot].members.clear();
  groups[slot].rule.reset();
  return GroupOutcome::done;
}

bool GroupMembership::is_taken(int slot, const std::string& name) const {
  for (const auto& [other, group] : groups) {
    if (other != slot && group.exists && group.shown == name) return true;
  }
  return false;
}

void GroupMembership::evaluate() {
  for (auto& [slot, group] : groups) {
    if (!group.exists || !group.rule) continue;
    group.members.clear();
    for (const auto& [member, person] : people) {
      if (person.exists && person.department == group.rule) group.members.insert(member);
    }
  }
}

}  // namespace properties::models
