#include "fakes/okta/api/routes.h"

#include <algorithm>
#include <array>

#include "fakes/okta/api/app_users.h"
#include "fakes/okta/api/apps.h"
#include "fakes/okta/api/group_rules.h"
#include "fakes/okta/api/groups.h"
#include "fakes/okta/api/hooks.h"
#include "fakes/okta/api/lifecycle.h"
#include "fakes/okta/api/logs.h"
#include "fakes/okta/api/policies.h"
#include "fakes/okta/api/push_mappings.h"
#include "fakes/okta/api/sessions.h"
#include "fakes/okta/api/users.h"

namespace fakes::okta::api {
namespace {

using enum Fidelity;

// Assumed: the names of scopes, of which the facts tell nothing.
constexpr Permit reads_users{"okta.users.read"};
constexpr Permit reads_user{.scope = "okta.users.read", .of_session = true};
constexpr Permit writes_users{"okta.users.manage"};
constexpr Permit reads_groups{"okta.groups.read"};
constexpr Permit writes_groups{"okta.groups.manage"};
constexpr Permit reads_apps{"okta.apps.read"};
constexpr Permit writes_apps{"okta.apps.manage"};
constexpr Permit reads_sessions{"okta.sessions.read"};
constexpr Permit writes_sessions{"okta.sessions.manage"};
constexpr Permit of_session{.of_session = true};
constexpr Permit of_anybody{.of_anybody = true};
constexpr Permit reads_logs{"okta.logs.read"};
constexpr Permit reads_policies{"okta.policies.read"};
constexpr Permit reads_types{"okta.userTypes.read"};
constexpr Permit reads_schemas{"okta.schemas.read"};
constexpr Permit reads_hooks{"okta.eventHooks.read"};
constexpr Permit writes_hooks{"okta.eventHooks.manage"};

constexpr std::array route_table{
    Route{"POST", "/api/v1/users", create_user, writes_users, partial, "no inline hook for passwords; one user type"},
    Route{"GET", "/api/v1/users", list_users, reads_users, partial, "no sortBy"},
    Route{"GET", "/api/v1/users/{}", read_user, reads_users},
    Route{"GET", "/api/v1/users/me", read_user_me, reads_user},
    Route{"POST", "/api/v1/users/{}", update_user, writes_users},
    Route{"PUT", "/api/v1/users/{}", replace_user, writes_users},
    Route{"DELETE", "/api/v1/users/{}", delete_user, writes_users},
    Route{"GET", "/api/v1/users/{}/groups", list_groups_of_user, reads_users},
    Route{"GET", "/api/v1/users/{}/appLinks", list_app_links, reads_users, partial, "no logos and no addresses of apps"},
    Route{"POST", "/api/v1/users/{}/lifecycle/activate", activate_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/reactivate", reactivate_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/deactivate", deactivate_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/suspend", suspend_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/unsuspend", unsuspend_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/unlock", unlock_user, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/reset_factors", reset_factors, writes_users, partial, "nobody has factors"},
    Route{"POST", "/api/v1/users/{}/lifecycle/reset_password", reset_password, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/expire_password", expire_password, writes_users},
    Route{"POST", "/api/v1/users/{}/lifecycle/expire_password_with_temp_password", expire_password_with_temporary, writes_users},
    Route{"POST", "/api/v1/users/{}/credentials/change_password", change_password, writes_users},
    Route{"POST", "/api/v1/users/{}/credentials/change_recovery_question", change_recovery_question, writes_users},
    Route{"POST", "/api/v1/users/{}/credentials/forgot_password", forgot_password, writes_users, partial, "not by the recovery question's answer"},
    Route{"DELETE", "/api/v1/users/{}/sessions", clear_user_sessions, writes_users},
    Route{"POST", "/api/v1/users/me/lifecycle/delete_sessions", delete_my_sessions, of_session},

    Route{"POST", "/api/v1/authn", authenticate, of_anybody, partial, "the state alone: no session token, no factors"},
    Route{"GET", "/api/v1/sessions/me", read_my_session, of_session},
    Route{"DELETE", "/api/v1/sessions/me", delete_my_session, of_session},
    Route{"POST", "/api/v1/sessions/me/lifecycle/refresh", refresh_my_session, of_session},
    Route{"GET", "/api/v1/sessions/{}", read_session, reads_sessions},
    Route{"DELETE", "/api/v1/sessions/{}", delete_session, writes_sessions},
    Route{"POST", "/api/v1/sessions/{}/lifecycle/refresh", refresh_session, writes_sessions},

    Route{"POST", "/api/v1/groups", create_group, writes_groups},
    Route{"GET", "/api/v1/groups", list_groups, reads_groups},
    Route{"GET", "/api/v1/groups/{}", read_group, reads_groups},
    Route{"PUT", "/api/v1/groups/{}", replace_group, writes_groups},
    Route{"DELETE", "/api/v1/groups/{}", delete_group, writes_groups},
    Route{"GET", "/api/v1/groups/{}/users", list_members, reads_groups},
    Route{"PUT", "/api/v1/groups/{}/users/{}", add_member, writes_groups},
    Route{"DELETE", "/api/v1/groups/{}/users/{}", remove_member, writes_groups},
    Route{"GET", "/api/v1/groups/{}/apps", list_apps_of_group, reads_groups},
    Route{"POST", "/api/v1/groups/rules", create_rule, writes_groups, partial, "expressions compare attributes; no conditions on groups"},
    Route{"GET", "/api/v1/groups/rules", list_rules, reads_groups},
    Route{"GET", "/api/v1/groups/rules/{}", read_rule, reads_groups},
    Route{"PUT", "/api/v1/groups/rules/{}", replace_rule, writes_groups},
    Route{"DELETE", "/api/v1/groups/rules/{}", delete_rule, writes_groups},
    Route{"POST", "/api/v1/groups/rules/{}/lifecycle/activate", activate_rule, writes_groups},
    Route{"POST", "/api/v1/groups/rules/{}/lifecycle/deactivate", deactivate_rule, writes_groups},

    Route{"POST", "/api/v1/apps", create_app, writes_apps, partial, "of the settings those of OpenID Connect alone; a name that begins with scim2 makes an app with provisioning"},
    Route{"GET", "/api/v1/apps", list_apps, reads_apps, partial, "q, but no filter and no expand"},
    Route{"GET", "/api/v1/apps/{}", read_app, reads_apps},
    Route{"PUT", "/api/v1/apps/{}", replace_app, writes_apps, partial, "the label alone"},
    Route{"DELETE", "/api/v1/apps/{}", delete_app, writes_apps},
    Route{"POST", "/api/v1/apps/{}/lifecycle/activate", activate_app, writes_apps},
    Route{"POST", "/api/v1/apps/{}/lifecycle/deactivate", deactivate_app, writes_apps},
    Route{"GET", "/api/v1/apps/{}/connections/default", read_connection, reads_apps},
    Route{"POST", "/api/v1/apps/{}/connections/default", set_connection, writes_apps},
    Route{"POST", "/api/v1/apps/{}/connections/default/lifecycle/activate", activate_connection, writes_apps},
    Route{"POST", "/api/v1/apps/{}/connections/default/lifecycle/deactivate", deactivate_connection, writes_apps},
    Route{"GET", "/api/v1/apps/{}/features", list_features, reads_apps, partial, "USER_PROVISIONING alone"},
    Route{"GET", "/api/v1/apps/{}/features/{}", read_feature, reads_apps, partial, "USER_PROVISIONING alone"},
    Route{"PUT", "/api/v1/apps/{}/features/{}", update_feature, writes_apps, partial, "USER_PROVISIONING alone"},
    Route{"POST", "/api/v1/apps/{}/users", assign_user, writes_apps},
    Route{"GET", "/api/v1/apps/{}/users", list_app_users, reads_apps, partial, "no q and no expand"},
    Route{"GET", "/api/v1/apps/{}/users/{}", read_app_user, reads_apps},
    Route{"POST", "/api/v1/apps/{}/users/{}", update_app_user, writes_apps},
    Route{"DELETE", "/api/v1/apps/{}/users/{}", unassign_user, writes_apps},
    Route{"GET", "/api/v1/apps/{}/groups", list_app_groups, reads_apps},
    Route{"GET", "/api/v1/apps/{}/groups/{}", read_app_group, reads_apps},
    Route{"PUT", "/api/v1/apps/{}/groups/{}", assign_group, writes_apps, partial, "a group has no app profile"},
    Route{"DELETE", "/api/v1/apps/{}/groups/{}", unassign_group, writes_apps},
    Route{"GET", "/api/v1/apps/{}/group-push/mappings", list_mappings, reads_apps},
    Route{"POST", "/api/v1/apps/{}/group-push/mappings", create_mapping, writes_apps},
    Route{"GET", "/api/v1/apps/{}/group-push/mappings/{}", read_mapping, reads_apps},
    Route{"PATCH", "/api/v1/apps/{}/group-push/mappings/{}", update_mapping, writes_apps},
    Route{"DELETE", "/api/v1/apps/{}/group-push/mappings/{}", delete_mapping, writes_apps},

    Route{"GET", "/api/v1/logs", list_logs, reads_logs, partial, "no places, no autonomous systems, no details of devices"},
    Route{"GET", "/api/v1/eventHooks", list_hooks, reads_hooks},
    Route{"POST", "/api/v1/eventHooks", create_hook, writes_hooks, partial, "no filter of events by expressions"},
    Route{"GET", "/api/v1/eventHooks/{}", read_hook, reads_hooks},
    Route{"PUT", "/api/v1/eventHooks/{}", replace_hook, writes_hooks},
    Route{"DELETE", "/api/v1/eventHooks/{}", delete_hook, writes_hooks},
    Route{"POST", "/api/v1/eventHooks/{}/lifecycle/verify", verify_hook, writes_hooks},
    Route{"POST", "/api/v1/eventHooks/{}/lifecycle/activate", activate_hook, writes_hooks},
    Route{"POST", "/api/v1/eventHooks/{}/lifecycle/deactivate", deactivate_hook, writes_hooks},
    Route{"GET", "/api/v1/policies", list_policies, reads_policies, partial, "the password policy alone"},
    Route{"GET", "/api/v1/policies/{}", read_policy, reads_policies, partial, "the password policy alone"},
    Route{"GET", "/api/v1/meta/types/user", list_user_types, reads_types},
    Route{"GET", "/api/v1/meta/types/user/{}", read_user_type, reads_types},
    Route{"GET", "/api/v1/meta/schemas/user/default", read_user_schema, reads_schemas, partial, "names, lengths, and whether they are needed"},

    // What Okta has and this org does not.
    Route{"POST", "/api/v1/users/{}/credentials/forgot_password_recovery_question"}, Route{"GET", "/api/v1/users/{}/factors"},
    Route{"POST", "/api/v1/users/{}/factors"}, Route{"GET", "/api/v1/users/{}/factors/catalog"}, Route{"GET", "/api/v1/users/{}/factors/{}"},
    Route{"DELETE", "/api/v1/users/{}/factors/{}"}, Route{"POST", "/api/v1/users/{}/factors/{}/verify"}, Route{"GET", "/api/v1/users/{}/roles"},
    Route{"POST", "/api/v1/users/{}/roles"}, Route{"DELETE", "/api/v1/users/{}/roles/{}"}, Route{"GET", "/api/v1/users/{}/idps"},
    Route{"GET", "/api/v1/users/{}/grants"}, Route{"DELETE", "/api/v1/users/{}/grants"}, Route{"GET", "/api/v1/users/{}/clients"},
    Route{"GET", "/api/v1/users/{}/blocks"}, Route{"GET", "/api/v1/users/{}/devices"}, Route{"GET", "/api/v1/users/{}/linkedObjects/{}"},
    Route{"PUT", "/api/v1/users/{}/linkedObjects/{}/{}"}, Route{"GET", "/api/v1/users/{}/subscriptions"}, Route{"GET", "/api/v1/users/{}/risk"},
    Route{"POST", "/api/v1/sessions"}, Route{"POST", "/api/v1/authn/credentials/change_password"}, Route{"POST", "/api/v1/authn/recovery/password"},
    Route{"POST", "/api/v1/authn/recovery/unlock"}, Route{"POST", "/api/v1/authn/factors/{}/verify"}, Route{"POST", "/api/v1/authn/cancel"},
    Route{"GET", "/api/v1/groups/{}/roles"}, Route{"POST", "/api/v1/groups/{}/roles"}, Route{"GET", "/api/v1/groups/{}/owners"},
    Route{"POST", "/api/v1/groups/{}/owners"}, Route{"DELETE", "/api/v1/groups/{}/owners/{}"}, Route{"GET", "/api/v1/groups/{}/stats"},
    Route{"GET", "/api/v1/apps/{}/credentials/keys"}, Route{"POST", "/api/v1/apps/{}/credentials/keys/generate"}, Route{"GET", "/api/v1/apps/{}/credentials/csrs"},
    Route{"GET", "/api/v1/apps/{}/credentials/secrets"}, Route{"POST", "/api/v1/apps/{}/logo"}, Route{"GET", "/api/v1/apps/{}/grants"},
    Route{"POST", "/api/v1/apps/{}/grants"}, Route{"GET", "/api/v1/apps/{}/tokens"}, Route{"DELETE", "/api/v1/apps/{}/tokens"},
    Route{"PATCH", "/api/v1/apps/{}/groups/{}"}, Route{"PUT", "/api/v1/apps/{}/policies/{}"}, Route{"GET", "/api/v1/apps/{}/sso/saml/metadata"},
    Route{"GET", "/api/v1/apps/{}/entitlements"}, Route{"GET", "/api/v1/api-tokens"}, Route{"DELETE", "/api/v1/api-tokens/{}"},
    Route{"GET", "/api/v1/authorizationServers"}, Route{"POST", "/api/v1/authorizationServers"}, Route{"GET", "/api/v1/authorizationServers/{}"},
    Route{"GET", "/api/v1/authorizationServers/{}/policies"}, Route{"GET", "/api/v1/authorizationServers/{}/scopes"}, Route{"GET", "/api/v1/authorizationServers/{}/claims"},
    Route{"GET", "/api/v1/authenticators"}, Route{"GET", "/api/v1/behaviors"}, Route{"GET", "/api/v1/brands"}, Route{"GET", "/api/v1/captchas"},
    Route{"GET", "/api/v1/devices"}, Route{"GET", "/api/v1/devices/{}"}, Route{"POST", "/api/v1/devices/{}/lifecycle/deactivate"}, Route{"GET", "/api/v1/device-assurances"},
    Route{"GET", "/api/v1/domains"}, Route{"GET", "/api/v1/email-domains"}, Route{"GET", "/api/v1/features"}, Route{"GET", "/api/v1/iam/roles"},
    Route{"GET", "/api/v1/idps"}, Route{"POST", "/api/v1/idps"}, Route{"GET", "/api/v1/idps/{}"}, Route{"GET", "/api/v1/inlineHooks"},
    Route{"POST", "/api/v1/inlineHooks"}, Route{"GET", "/api/v1/logStreams"}, Route{"GET", "/api/v1/mappings"}, Route{"POST", "/api/v1/mappings/{}"},
    Route{"GET", "/api/v1/meta/schemas/apps/{}/default"}, Route{"POST", "/api/v1/meta/schemas/user/default"}, Route{"GET", "/api/v1/meta/schemas/group/default"},
    Route{"GET", "/api/v1/meta/schemas/user/linkedObjects"}, Route{"POST", "/api/v1/meta/types/user"}, Route{"GET", "/api/v1/org"},
    Route{"GET", "/api/v1/org/contacts"}, Route{"POST", "/api/v1/policies"}, Route{"PUT", "/api/v1/policies/{}"}, Route{"DELETE", "/api/v1/policies/{}"},
    Route{"GET", "/api/v1/policies/{}/rules"}, Route{"POST", "/api/v1/policies/{}/rules"}, Route{"GET", "/api/v1/principal-rate-limits"},
    Route{"GET", "/api/v1/realms"}, Route{"GET", "/api/v1/rate-limit-settings/admin-notifications"}, Route{"POST", "/api/v1/risk/events/ip"},
    Route{"GET", "/api/v1/security-events-providers"}, Route{"GET", "/api/v1/templates/sms"}, Route{"GET", "/api/v1/threats/configuration"},
    Route{"GET", "/api/v1/trustedOrigins"}, Route{"GET", "/api/v1/zones"}, Route{"POST", "/api/v1/zones"}, Route{"POST", "/api/v1/directories/{}/groups/modify"},
    Route{"GET", "/api/v1/agentPools"},
};

/// Whether the pattern takes the path; the keys are added.
bool takes(std::string_view pattern, const std::vector<std::string>& path, std::vector<std::string>& keys) {
  for (const auto& segment : path) {
    if (pattern.empty()) return false;
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    const auto wanted = pattern.substr(0, end);
    pattern.remove_prefix(end);
    if (wanted == "{}") {
      keys.push_back(segment);
    } else if (wanted != segment) {
      return false;
    }
  }
  return pattern.empty();
}

}  // namespace

std::span<const Route> all_routes() { return route_table; }

Match find_route(const Request& request) { return fakes::find_route(all_routes(), request.method, request.path, takes); }

Bucket bucket_of(const Request& request) {
  const auto& path = request.path;
  if (path.size() < 3) return Bucket::others;
  const auto& part = path[2];
  const bool is_list = path.size() == 3;
  const bool is_one = path.size() == 4;
  const bool reads = request.method == "GET";
  if (part == "authn") return Bucket::authentication;
  if (part == "logs" && is_list) return Bucket::logs;
  if (part == "users" && is_list) return Bucket::users;
  if (part == "users" && is_one && request.method != "DELETE") return reads ? Bucket::user : Bucket::user_updates;
  if (part == "groups" && is_list) return Bucket::groups;
  if (part == "groups" && is_one) return Bucket::group;
  if (part == "apps" && is_list) return Bucket::apps;
  if (part == "apps" && is_one) return Bucket::app;
  return Bucket::others;
}

}  // namespace fakes::okta::api
