#include "directory/admins/role.h"

#include <array>

namespace directory {
namespace {

constexpr std::array roles{Role::billing_admin, Role::administrator, Role::manager, Role::help_desk, Role::read_only};

}  // namespace

bool allows(Role role, Permission permission) {
  switch (role) {
    case Role::billing_admin: return true;
    case Role::administrator: return permission != Permission::manage_admins;  // [JumpCloud admin-portal-roles]
    case Role::manager:  // Assumed: an organisation's settings are an administrator's.
      return permission != Permission::manage_settings && permission != Permission::manage_admins;
    case Role::help_desk: return permission == Permission::read || permission == Permission::help_users;
    case Role::read_only: return permission == Permission::read;
  }
  return false;
}

std::string_view role_name(Role role) {
  switch (role) {
    case Role::billing_admin: return "Administrator With Billing";
    case Role::administrator: return "Administrator";
    case Role::manager: return "Manager";
    case Role::help_desk: return "Help Desk";
    case Role::read_only: return "Read Only";
  }
  return "";
}

std::optional<Role> parse_role(std::string_view name) {
  for (const auto role : roles) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace directory
