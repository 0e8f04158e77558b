#include "properties/models/cloud_accounts.h"

namespace properties::models {

const CloudAccounts::Person& CloudAccounts::person(int slot) const {
  static const Person nobody;
  const auto found = people.find(slot);
  return found == people.end() ? nobody : found->second;
}

/// [rule R89] [rule D61]
bool CloudAccounts::is_connected(int slot) const {
  if (!lives(slot)) return false;
  if (person(slot).connected) return true;
  for (const auto& [number, group] : groups) {
    if (group.connected && group.members.contains(slot)) return true;
  }
  return false;
}

void CloudAccounts::create(int slot, Person person) {
  people[slot] = std::move(person);
  people[slot].exists = true;
  settle();
}

/// Whose account the directory kept may not sign in there any more; the account stays. [rule R100] [rule R103]
void CloudAccounts::remove(int slot) {
  if (people[slot].was_connected) accounts[slot].enabled = false;
  people[slot] = {};
  for (auto& [number, group] : groups) group.members.erase(slot);
  settle();
}

/// Goes there at once, also to whoever is suspended: the account must not open with the old one once it is enabled again. Whoever is
/// staged may use nothing yet. [rule R110] [rule R111] [rule R87]
void CloudAccounts::set_password(int slot, const std::string& password) {
  people[slot].password = password;
  if (is_connected(slot) && person(slot).state != CloudState::staged) accounts[slot].password = password;
}

/// [rule R98] [rule R114]
void CloudAccounts::log_in(int slot) {
  if (is_connected(slot)) accounts[slot].password = person(slot).password;
}

void CloudAccounts::settle() {
  for (auto& [slot, person] : people) {
    auto& account = accounts[slot];
    if (is_connected(slot)) {
      // Whoever has that name there is taken over, else is made. [rule R95] [rule R96] [rule R97]
      account.exists = true;
      account.enabled = person.state == CloudState::activated;  // [rule R101] [rule R107] [rule R109]
      // Nobody here has another value for what has none, until there has been one. [rule D70] [rule R99]
      if (person.title) account.title = person.title;
      person.was_connected = true;
    } else if (person.was_connected) {
      account.enabled = false;  // [rule R100] [rule R102] [rule R104]
    }
  }
  for (const auto& [number, group] : groups) {
    if (!group.connected) continue;
    auto& there = tenant_groups[number];
    if (!there.is_ours) {
      if (group.members.empty()) continue;  // [rule D76]
      if (there.others == 1) there.others = 0;  // [rule R121]; else one more is made [rule R122] [rule R123]
      there.is_ours = true;
    }
    there.members = group.members;
  }
}

}  // namespace properties::models
