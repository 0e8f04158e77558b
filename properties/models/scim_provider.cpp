#include "properties/models/scim_provider.h"

namespace properties::models {
namespace {

bool alike(const std::string& one, const std::string& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (small(one[i]) != small(other[i])) return false;
  }
  return true;
}

}  // namespace

const ScimUser& ScimProvider::user(int slot) const {
  static const ScimUser nobody;
  const auto found = users.find(slot);
  return found == users.end() ? nobody : found->second;
}

bool ScimProvider::has_another(int slot, const std::string& user_name) const {
  for (const auto& [other, user] : users) {
    if (other != slot && user.exists && alike(user.user_name, user_name)) return true;
  }
  return false;
}

bool ScimProvider::has_another_mail(int slot, const std::string& mail) const {
  for (const auto& [other, user] : users) {
    if (other != slot && user.exists && alike(user.mail, mail)) return true;
  }
  return false;
}

ScimOutcome ScimProvider::create(int slot, const std::string& user_name, const std::string& mail, const ScimValues& given) {
  if (user_name.empty()) return ScimOutcome::invalid;
  if (has_another(slot, user_name) || has_another_mail(slot, mail)) return ScimOutcome::taken;
  users[slot].create(user_name, mail, given);
  return ScimOutcome::done;
}

ScimOutcome ScimProvider::patch(int slot, const std::vector<ScimOperation>& operations) {
  if (!user(slot).exists) return ScimOutcome::not_found;
  for (const auto& [attribute, value] : operations) users[slot].values[attribute] = value;
  return ScimOutcome::done;
}

ScimOutcome ScimProvider::rename(int slot, const std::string& user_name) {
  if (!user(slot).exists) return ScimOutcome::not_found;
  if (has_another(slot, user_name)) return ScimOutcome::taken;
  users[slot].user_name = user_name;
  return ScimOutcome::done;
}

ScimOutcome ScimProvider::switch_active(int slot, bool active) {
  if (!user(slot).exists) return ScimOutcome::not_found;
  users[slot].active = active;
  return ScimOutcome::done;
}

ScimOutcome ScimProvider::replace(int slot, const std::string& user_name, const ScimValues& given) {
  if (!user(slot).exists) return ScimOutcome::not_found;
  if (has_another(slot, user_name)) return ScimOutcome::taken;
  users[slot].user_name = user_name;
  users[slot].replace(given);
  return ScimOutcome::done;
}

ScimOutcome ScimProvider::remove(int slot) {
  if (!user(slot).exists) return ScimOutcome::not_found;
  users[slot].remove();
  return ScimOutcome::done;
}

}  // namespace properties::models
