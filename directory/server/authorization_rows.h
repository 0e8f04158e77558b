// Who may do what, written from the articles and from what the vendor publishes of its roles, one row a
// route: a new route needs a row here. Which role may do which task is the table at the end.
#pragma once

#include <string_view>

namespace directory {

/// What a request has to show.
enum class Door {
  open,               ///< nothing: the way in for people
  administrator_key,  ///< `x-api-key` of an administrator whose role allows the task [rule D1]
  integration_key,    ///< bearer token or `x-api-key`, of an owner with one of three roles [rule R31]
  connect_key,        ///< `x-connect-key`, for devices that register
  agent_key,          ///< `x-system-key` of a registered device
  session             ///< the portal's cookie
};

/// In the words of the roles' descriptions.
enum class Task {
  none,                 ///< not an administrator's
  look,                 ///< see anything
  help_users,           ///< get people back in
  manage_users,         ///< create, modify, and delete users
  manage_groups,        ///< create, modify, and delete user and device groups
  manage_devices,       ///< create, modify, delete, and grant access to devices
  manage_integrations,  ///< configure and manage directory integrations
  manage_settings,      ///< configure the organisation's settings
  appoint               ///< create, modify, and delete administrator accounts
};

struct AuthorizationRow {
  std::string_view route;
  Door door;
  Task task = Task::none;
};

inline constexpr AuthorizationRow authorization_rows[] = {
    // People
    {"GET /api/systemusers", Door::administrator_key, Task::look},
    {"POST /api/systemusers", Door::administrator_key, Task::manage_users},
    {"GET /api/systemusers/*", Door::administrator_key, Task::look},
    {"PUT /api/systemusers/*", Door::administrator_key, Task::manage_users},
    {"DELETE /api/systemusers/*", Door::administrator_key, Task::manage_users},
    {"POST /api/search/systemusers", Door::administrator_key, Task::look},
    {"POST /api/v2/bulk/users", Door::administrator_key, Task::manage_users},
    {"GET /api/v2/bulk/users/*/results", Door::administrator_key, Task::look},
    {"POST /api/v2/bulk/userstates", Door::administrator_key, Task::manage_users},
    {"GET /api/v2/bulk/userstates", Door::administrator_key, Task::look},
    {"GET /api/v2/bulk/userstates/eventlist/next", Door::administrator_key, Task::look},
    {"DELETE /api/v2/bulk/userstates/*", Door::administrator_key, Task::manage_users},
    {"POST /api/systemusers/reactivate", Door::administrator_key, Task::help_users},
    {"POST /api/systemusers/*/resetmfa", Door::administrator_key, Task::help_users},
    {"POST /api/systemusers/*/state/activate", Door::administrator_key, Task::help_users},
    {"POST /api/systemusers/*/unlock", Door::administrator_key, Task::help_users},
    {"POST /api/systemusers/*/expire", Door::administrator_key, Task::help_users},
    // The organisation
    {"GET /api/organizations", Door::administrator_key, Task::look},
    {"GET /api/organizations/*", Door::administrator_key, Task::look},
    {"PUT /api/organizations/*", Door::administrator_key, Task::manage_settings},
    // Devices
    {"GET /api/systems", Door::administrator_key, Task::look},
    {"POST /api/search/systems", Door::administrator_key, Task::look},
    {"GET /api/systems/*", Door::administrator_key, Task::look},
    {"PUT /api/systems/*", Door::administrator_key, Task::manage_devices},
    {"DELETE /api/systems/*", Door::administrator_key, Task::manage_devices},
    {"POST /api/systems/*/command/builtin/*", Door::administrator_key, Task::manage_devices},
    // Whoever has it opens the disk. Assumed: no published role says who may.
    {"GET /api/v2/systems/*/fdekey", Door::administrator_key, Task::manage_devices},
    // Policies, which are configured for devices
    {"GET /api/v2/policytemplates", Door::administrator_key, Task::look},
    {"GET /api/v2/policytemplates/*", Door::administrator_key, Task::look},
    {"GET /api/v2/policies", Door::administrator_key, Task::look},
    {"POST /api/v2/policies", Door::administrator_key, Task::manage_devices},
    {"GET /api/v2/policies/*", Door::administrator_key, Task::look},
    {"PUT /api/v2/policies/*", Door::administrator_key, Task::manage_devices},
    {"DELETE /api/v2/policies/*", Door::administrator_key, Task::manage_devices},
    // Groups of users and of devices
    {"GET /api/v2/usergroups", Door::administrator_key, Task::look},
    {"POST /api/v2/usergroups", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/usergroups/*", Door::administrator_key, Task::look},
    {"PUT /api/v2/usergroups/*", Door::administrator_key, Task::manage_groups},
    {"DELETE /api/v2/usergroups/*", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/usergroups/*/members", Door::administrator_key, Task::look},
    {"POST /api/v2/usergroups/*/members", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/usergroups/*/suggestions", Door::administrator_key, Task::look},
    {"POST /api/v2/usergroups/*/suggestions", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/systemgroups", Door::administrator_key, Task::look},
    {"POST /api/v2/systemgroups", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/systemgroups/*", Door::administrator_key, Task::look},
    {"PUT /api/v2/systemgroups/*", Door::administrator_key, Task::manage_groups},
    {"DELETE /api/v2/systemgroups/*", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/systemgroups/*/members", Door::administrator_key, Task::look},
    {"POST /api/v2/systemgroups/*/members", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/systemgroups/*/suggestions", Door::administrator_key, Task::look},
    {"POST /api/v2/systemgroups/*/suggestions", Door::administrator_key, Task::manage_groups},
    // The graph, from each kind of object
    {"GET /api/v2/users/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/users/*/associations", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/users/*/systems", Door::administrator_key, Task::look},
    {"GET /api/v2/users/*/systemgroups", Door::administrator_key, Task::look},
    {"GET /api/v2/users/*/idproutingpolicies", Door::administrator_key, Task::look},
    {"GET /api/v2/users/*/memberof", Door::administrator_key, Task::look},
    {"GET /api/v2/usergroups/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/usergroups/*/associations", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/usergroups/*/systems", Door::administrator_key, Task::look},
    {"GET /api/v2/usergroups/*/systemgroups", Door::administrator_key, Task::look},
    {"GET /api/v2/usergroups/*/idproutingpolicies", Door::administrator_key, Task::look},
    {"GET /api/v2/usergroups/*/membership", Door::administrator_key, Task::look},
    {"GET /api/v2/systems/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/systems/*/associations", Door::administrator_key, Task::manage_devices},
    {"GET /api/v2/systems/*/users", Door::administrator_key, Task::look},
    {"GET /api/v2/systems/*/usergroups", Door::administrator_key, Task::look},
    {"GET /api/v2/systems/*/policies", Door::administrator_key, Task::look},
    {"GET /api/v2/systems/*/memberof", Door::administrator_key, Task::look},
    {"GET /api/v2/systemgroups/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/systemgroups/*/associations", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/systemgroups/*/users", Door::administrator_key, Task::look},
    {"GET /api/v2/systemgroups/*/usergroups", Door::administrator_key, Task::look},
    {"GET /api/v2/systemgroups/*/policies", Door::administrator_key, Task::look},
    {"GET /api/v2/systemgroups/*/membership", Door::administrator_key, Task::look},
    {"GET /api/v2/policies/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/policies/*/associations", Door::administrator_key, Task::manage_devices},
    {"GET /api/v2/policies/*/systems", Door::administrator_key, Task::look},
    {"GET /api/v2/policies/*/systemgroups", Door::administrator_key, Task::look},
    // Administrators. Everybody may renew their own key; the row is about another's.
    {"GET /api/users", Door::administrator_key, Task::look},
    {"POST /api/users", Door::administrator_key, Task::appoint},
    {"GET /api/users/*", Door::administrator_key, Task::look},
    {"PUT /api/users/*", Door::administrator_key, Task::appoint},
    {"DELETE /api/users/*", Door::administrator_key, Task::appoint},
    {"POST /api/users/*/apikey", Door::administrator_key, Task::appoint},
    // Integrations
    {"GET /api/v2/integrations", Door::administrator_key, Task::look},
    {"POST /api/v2/integrations", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/integrations/*", Door::administrator_key, Task::look},
    {"DELETE /api/v2/integrations/*", Door::administrator_key, Task::manage_integrations},
    {"POST /api/v2/integrations/*/key", Door::administrator_key, Task::manage_integrations},
    // Microsoft 365
    {"GET /api/v2/office365s", Door::administrator_key, Task::look},
    {"POST /api/v2/office365s", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/office365s/*", Door::administrator_key, Task::look},
    {"PATCH /api/v2/office365s/*", Door::administrator_key, Task::manage_integrations},
    {"DELETE /api/v2/office365s/*", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/office365s/*/domains", Door::administrator_key, Task::look},
    {"POST /api/v2/office365s/*/domains", Door::administrator_key, Task::manage_integrations},
    {"DELETE /api/v2/office365s/*/domains/*", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/office365s/*/attributes", Door::administrator_key, Task::look},
    {"PUT /api/v2/office365s/*/attributes", Door::administrator_key, Task::manage_integrations},
    {"POST /api/v2/office365s/*/authorize", Door::administrator_key, Task::manage_integrations},
    {"POST /api/v2/office365s/*/reactivate", Door::administrator_key, Task::manage_integrations},
    {"GET /oauth/office365/callback", Door::open},
    {"GET /api/v2/office365s/*/import/users", Door::administrator_key, Task::manage_users},
    {"POST /api/v2/office365s/*/import/jobs", Door::administrator_key, Task::manage_users},
    {"GET /api/v2/office365s/*/import/jobs", Door::administrator_key, Task::look},
    {"GET /api/v2/office365s/*/import/jobs/*", Door::administrator_key, Task::look},
    {"GET /api/v2/office365s/*/import/jobs/*/results.csv", Door::administrator_key, Task::look},
    {"GET /api/v2/users/*/office365s", Door::administrator_key, Task::look},
    {"GET /api/v2/usergroups/*/office365s", Door::administrator_key, Task::look},
    {"GET /api/v2/office365s/*/associations", Door::administrator_key, Task::look},
    {"POST /api/v2/office365s/*/associations", Door::administrator_key, Task::manage_groups},
    {"GET /api/v2/office365s/*/users", Door::administrator_key, Task::look},
    {"GET /api/v2/office365s/*/usergroups", Door::administrator_key, Task::look},
    // Federation
    {"GET /api/v2/identity-providers", Door::administrator_key, Task::look},
    {"POST /api/v2/identity-providers", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/identity-providers/*", Door::administrator_key, Task::look},
    {"DELETE /api/v2/identity-providers/*", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/identity-provider/policies", Door::administrator_key, Task::look},
    {"POST /api/v2/identity-provider/policies", Door::administrator_key, Task::manage_integrations},
    {"GET /api/v2/identity-provider/policies/*", Door::administrator_key, Task::look},
    {"DELETE /api/v2/identity-provider/policies/*", Door::administrator_key, Task::manage_integrations},
    {"POST /portal/sign-in", Door::open},
    {"GET /oauth/callback", Door::open},
    // Insights: every role of an administrator. [rule DI1]
    {"POST /insights/directory/v1/events", Door::administrator_key, Task::look},
    {"POST /insights/directory/v1/events/count", Door::administrator_key, Task::look},
    // SCIM
    {"GET /scim/v2/ServiceProviderConfig", Door::integration_key},
    {"GET /scim/v2/Users", Door::integration_key},
    {"POST /scim/v2/Users", Door::integration_key},
    {"GET /scim/v2/Users/*", Door::integration_key},
    {"PATCH /scim/v2/Users/*", Door::integration_key},
    {"DELETE /scim/v2/Users/*", Door::integration_key},
    {"PUT /scim/v2/Users/*", Door::integration_key},
    {"POST /scim/v2/Users/.search", Door::integration_key},
    {"GET /scim/v2/Groups", Door::integration_key},
    {"POST /scim/v2/Groups", Door::integration_key},
    {"POST /scim/v2/Groups/.search", Door::integration_key},
    {"GET /scim/v2/Groups/*", Door::integration_key},
    {"PUT /scim/v2/Groups/*", Door::integration_key},
    {"PATCH /scim/v2/Groups/*", Door::integration_key},
    {"DELETE /scim/v2/Groups/*", Door::integration_key},
    {"GET /scim/v2", Door::integration_key},
    {"POST /scim/v2/.search", Door::integration_key},
    {"POST /scim/v2/Bulk", Door::integration_key},
    {"GET /scim/v2/Schemas", Door::integration_key},
    {"GET /scim/v2/Schemas/*", Door::integration_key},
    {"GET /scim/v2/ResourceTypes", Door::integration_key},
    {"GET /scim/v2/ResourceTypes/*", Door::integration_key},
    {"GET /scim/v2/Me", Door::integration_key},
    {"POST /scim/v2/Me", Door::integration_key},
    {"PUT /scim/v2/Me", Door::integration_key},
    {"PATCH /scim/v2/Me", Door::integration_key},
    {"DELETE /scim/v2/Me", Door::integration_key},
    // Agents
    {"POST /agent/v1/register", Door::connect_key},
    {"GET /agent/v1/state", Door::agent_key},
    {"POST /agent/v1/report", Door::agent_key},
    {"POST /agent/v1/password", Door::agent_key},
    {"POST /agent/v1/recovery-key", Door::agent_key},
    {"POST /agent/v1/provision", Door::agent_key},
    {"POST /agent/v1/provision/begin", Door::agent_key},
    {"POST /agent/v1/provision/complete", Door::agent_key},
    // The portal. Whose password has expired has no session, and gives the username beside the old password.
    {"POST /portal/activate", Door::open},
    {"POST /portal/reset", Door::open},
    {"POST /portal/reset-request", Door::open},
    {"POST /portal/login", Door::open},
    {"GET /portal/session", Door::session},
    {"POST /portal/password", Door::session},
    {"POST /portal/logout", Door::session},
};

struct RoleRow {
  std::string_view role;
  bool look, help_users, manage_users, manage_groups, manage_devices, manage_integrations, manage_settings,
      appoint;
  bool own_integration_key;  ///< [rule R31]
};

/// [JumpCloud admin-portal-roles]: the super administrator can do everything; an administrator all but
/// payments and administrator accounts. R31 names the three who may own a key. Assumed, since the rest is
/// published in summary: a manager runs the directory and changes no settings, the help desk helps people
/// back in, read only looks.
// clang-format off
inline constexpr RoleRow role_rows[] = {
    // role                        look  help   users  groups devices integr. settings appoint  own key
    {"Administrator With Billing", true, true,  true,  true,  true,   true,   true,    true,    true},
    {"Administrator",              true, true,  true,  true,  true,   true,   true,    false,   true},
    {"Manager",                    true, true,  true,  true,  true,   true,   false,   false,   true},
    {"Help Desk",                  true, true,  false, false, false,  false,  false,   false,   false},
    {"Read Only",                  true, false, false, false, false,  false,  false,   false,   false},
};
// clang-format on

}  // namespace directory
