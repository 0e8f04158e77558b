#include "fakes/graph/permissions.h"

#include <algorithm>
#include <array>

namespace fakes::graph {
namespace {

constexpr std::string_view writers = "User.ReadWrite.All User.ReadUpdate.All Directory.ReadWrite.All";
constexpr std::string_view enablers = "User.ReadWrite.All Directory.ReadWrite.All";

/// [Graph P5]
constexpr std::array<std::string_view, 7> sensitive{"accountEnabled", "businessPhones",  "mobilePhone",      "onPremisesImmutableId",
                                                    "otherMails",     "passwordProfile", "userPrincipalName"};

bool has_role(const Call& call, std::string_view role) { return call.context.tenant.has_role(call.token.subject, role); }

bool is_highest(const Call& call) { return has_role(call, "Global Administrator") || has_role(call, "Privileged Authentication Administrator"); }

bool administers(const Call& call, Permit::Admin admin) {
  if (call.is_app() || admin == Permit::Admin::nobody_special) return true;
  if (has_role(call, "Global Administrator")) return true;
  return has_role(call, admin == Permit::Admin::users ? "User Administrator" : "Groups Administrator") ||
         (admin == Permit::Admin::groups && has_role(call, "User Administrator"));
}

/// [Graph P3]
bool may_set_password(const Call& call) {
  if (!call.is_app())
    return has_one(call.token, "User-PasswordProfile.ReadWrite.All Directory.AccessAsUser.All") && administers(call, Permit::Admin::users);
  if (call.context.has(Quirk::app_passwords_never)) return false;
  if (call.context.has(Quirk::app_passwords_need_role) && !has_role(call, "User Administrator") && !is_highest(call)) return false;
  return has_one(call.token, "User-PasswordProfile.ReadWrite.All");
}

/// [Graph P4]
bool may_enable(const Call& call) {
  if (!administers(call, Permit::Admin::users)) return false;
  return has_one(call.token, enablers) || (has_one(call.token, "User.EnableDisableAccount.All") && has_one(call.token, "User.Read.All")) ||
         (!call.is_app() && has_one(call.token, "Directory.AccessAsUser.All"));
}

bool may_write(const Call& call, const DirectoryObject& user, std::string_view property) {
  const auto* row = entra::find_property(ObjectKind::user, property);
  // [Graph U25]
  if (row != nullptr && row->writing == entra::Writing::delegated && call.is_app()) return false;
  if (!call.is_app() && call.token.subject == user.id() && has_one(call.token, "User.ReadWrite") && property != "userPrincipalName" &&
      property != "onPremisesImmutableId")
    return true;
  return administers(call, Permit::Admin::users) &&
         (has_one(call.token, writers) || (!call.is_app() && has_one(call.token, "Directory.AccessAsUser.All")));
}

}  // namespace

bool has_one(const entra::AccessToken& token, std::string_view names) {
  while (!names.empty()) {
    const auto space = std::min(names.find(' '), names.size());
    if (std::ranges::find(token.permissions, names.substr(0, space)) != token.permissions.end()) return true;
    names.remove_prefix(std::min(space + 1, names.size()));
  }
  return false;
}

bool allows(const Call& call, const Permit& permit) {
  if (call.is_app()) return has_one(call.token, permit.app);
  if (has_one(call.token, permit.delegated) && administers(call, permit.admin)) return true;
  if (permit.own.empty() || call.keys.empty() || !has_one(call.token, permit.own)) return false;
  const auto user = find_object(call, ObjectKind::user, call.keys.front());
  return user && (*user)->id() == call.token.subject;
}

bool may_touch(const Call& call, const ObjectId& user) {
  const auto roles = call.context.tenant.roles_of(user);
  return roles.empty() || is_highest(call) || (!call.is_app() && call.token.subject == user);
}

bool may_update(const Call& call, const DirectoryObject& user, const base::JsonObject& changes) {
  return std::ranges::all_of(changes, [&](const auto& change) {
    const std::string_view name{change.key().data(), change.key().size()};
    if (name.contains("@odata.")) return true;
    if (std::ranges::find(sensitive, name) != sensitive.end() && !may_touch(call, user.id())) return false;
    if (name == "passwordProfile") return may_set_password(call);
    if (name == "accountEnabled") return may_enable(call);
    return may_write(call, user, name);
  });
}

bool may_read(const Call& call, ObjectKind kind) {
  if (has_one(call.token, "Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All")) return true;
  if (kind == ObjectKind::group) return has_one(call.token, "Group.Read.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All");
  return has_one(call.token, "User.Read.All User.ReadWrite.All User.ReadBasic.All User.ReadUpdate.All");
}

}  // namespace fakes::graph
