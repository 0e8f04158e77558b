// What an administrator of the directory may do: five roles, and the permission that each route asks for. The roles
// are those that JumpCloud describes for its admin portal; they hold for what an administrator's key may do too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace directory {

enum class Role {
  billing_admin,  ///< everything
  administrator,  ///< all but payments and other administrators [JumpCloud admin-portal-roles]
  manager,        ///< users, groups, devices, integrations; owns an integration's key like the two above [rule R31]
  help_desk,      ///< helps people to get back in: unlock, expire, reset, activation mail
  read_only       ///< looks
};

enum class Permission {
  read,                 ///< look at users, devices, groups, events
  help_users,           ///< unlock, expire, reset and send activation mail
  manage_users,         ///< create, change, suspend and delete users
  manage_groups,        ///< groups, their rules, members and associations
  manage_devices,       ///< systems, bindings, commands, policies
  manage_integrations,  ///< SCIM integrations, identity providers, routing policies, cloud directories
  manage_settings,      ///< the organisation's settings
  manage_admins,        ///< other administrators and their keys
  own_integration_key   ///< be the administrator whose key an integration uses
};

[[nodiscard]] bool allows(Role role, Permission permission);

/// `Administrator With Billing`, `Administrator`, `Manager`, `Help Desk`, `Read Only`.
[[nodiscard]] std::string_view role_name(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view name);

}  // namespace directory
