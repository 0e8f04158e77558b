#include "fakes/graph/reading.h"

namespace fakes::graph {

const DirectoryObject* Reading::find_in(const ObjectId& id, const Objects& users, const Objects& groups) {
  if (const auto user = users.find(id); user != users.end()) return &user->second;
  if (const auto group = groups.find(id); group != groups.end()) return &group->second;
  return nullptr;
}

const DirectoryObject* Reading::find_user_by_name(std::string_view user_principal_name) const {
  static const auto* const property = entra::find_property(ObjectKind::user, "userPrincipalName");
  const auto& holders = index(ObjectKind::user).equal_to(*property, user_principal_name);
  return holders.empty() ? nullptr : holders.begin()->second;
}

}  // namespace fakes::graph
