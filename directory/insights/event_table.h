// The event table: for each change exactly the events that belong to it, written from the vendor's list of
// event types. Every route that changes something needs a row here, and each of its refusals too that could
// leave an event behind.
//
// A row is a request by somebody and the events that it writes, in any order, separated by semicolons:
//
//     type resource-type:name                  user_create systemuser:new.user
//     [fields that changed]                    user_update systemuser:active.user [jobTitle, department]
//     (operation from-type:name>to-type:name)  association_change … (add user:active.user>system:laptop)
//     failed                                   user_login_attempt systemuser:active.user failed
//     @service                                 login_attempt systemuser:active.user @systems
//     by type:name                             user_lockout systemuser:active.user by systemuser:active.user
//
// Unless a row says `by`, whoever asks is named as the cause. `$name` stands for one of the cast, who is
// there before the request: see event_table_test.cpp.
#pragma once

#include <string_view>

namespace directory {

struct EventTableRow {
  std::string_view
      who;  ///< admin, entra, okta, generic, agent, connect, active (with a session), browser (that of
           ///< a sign-in at the provider), nobody, or time
  std::string_view request;  ///< method and target; for time, how many days go by
  std::string_view body;     ///< for time, who has to be there
  int status;
  std::string_view events;
};

inline constexpr EventTableRow event_table[] = {
    // Users, by an administrator [rule DI40] [rule DI41] [rule DI43]
    {"admin", "POST /api/systemusers", R"({"username": "new.user", "email": "new@example.test"})", 200,
     "user_create systemuser:new.user; user_activation_email systemuser:new.user"},
    {"admin", "POST /api/systemusers",
     R"({"username": "new.user", "email": "new@example.test", "state": "STAGED"})", 200,
     "user_create systemuser:new.user"},
    {"admin", "POST /api/systemusers",
     R"({"username": "new.user", "email": "new@example.test", "state": "SUSPENDED"})", 200,
     "user_create systemuser:new.user"},
    {"admin", "POST /api/systemusers",
     R"({"username": "new.user", "email": "new@example.test", "password": "$fresh_password"})", 200,
     "user_create systemuser:new.user; user_password_set systemuser:new.user [password]"},
    {"admin", "POST /api/systemusers",
     R"({"username": "new.user", "email": "new@example.test", "password": "short"})", 400, ""},
    {"admin", "POST /api/systemusers", R"({"username": "a b", "email": "new@example.test"})", 400, ""},
    {"admin", "POST /api/systemusers", R"({"username": "$active_name", "email": "new@example.test"})", 409,
     ""},
    {"admin", "PUT /api/systemusers/$active", R"({"jobTitle": "Clerk", "department": "Sales"})", 200,
     "user_update systemuser:active.user [jobTitle, department]"},
    {"admin", "PUT /api/systemusers/$active", R"({"email": "active@EXAMPLE.test"})", 200,
     "user_update systemuser:active.user [email]"},
    {"admin", "PUT /api/systemusers/$active", "{}", 200, ""},
    {"admin", "PUT /api/systemusers/$active", R"({"state": "SUSPENDED"})", 200,
     "user_suspended systemuser:active.user [state]"},
    {"admin", "PUT /api/systemusers/$active", R"({"suspended": true})", 200,
     "user_suspended systemuser:active.user [state]"},
    {"admin", "PUT /api/systemusers/$active", R"({"state": "ACTIVATED"})", 200, ""},
    {"admin", "PUT /api/systemusers/$active", R"({"state": "STAGED", "jobTitle": "Clerk"})", 400, ""},
    {"admin", "PUT /api/systemusers/$suspended", R"({"state": "SUSPENDED"})", 200, ""},
    {"admin", "PUT /api/systemusers/$suspended", R"({"state": "ACTIVATED", "jobTitle": "Clerk"})", 200,
     "user_update systemuser:suspended.user [jobTitle]; user_unsuspended systemuser:suspended.user [state]"},
    {"admin", "PUT /api/systemusers/$staged", R"({"state": "ACTIVATED"})", 200,
     "user_activated systemuser:staged.user [state]"},
    {"admin", "PUT /api/systemusers/$active", R"({"password": "$fresh_password"})", 200,
     "user_password_change systemuser:active.user [password]"},
    {"admin", "PUT /api/systemusers/$pending", R"({"password": "$fresh_password"})", 200,
     "user_password_set systemuser:pending.user [password]"},
    {"admin", "PUT /api/systemusers/$active", R"({"jobTitle": "Clerk", "password": "short"})", 400, ""},
    {"admin", "PUT /api/systemusers/$suspended", R"({"password": "$fresh_password"})", 403, ""},
    {"admin", "PUT /api/systemusers/$active", R"({"password_never_expires": true})", 200,
     "user_update systemuser:active.user [password_never_expires]"},
    {"admin", "PUT /api/systemusers/nobody", R"({"jobTitle": "Clerk"})", 404, ""},
    {"admin", "DELETE /api/systemusers/$active", "", 200, "user_delete systemuser:active.user"},
    {"admin", "DELETE /api/systemusers/$boss", "", 200,
     "user_delete systemuser:boss.user; user_update systemuser:report.user [manager]"},
    // What was bound to somebody goes without a word of its own, as the vendor's list has one event a
    // deletion.
    {"admin", "DELETE /api/systemusers/$bound", "", 200, "user_delete systemuser:active.user"},
    {"admin", "DELETE /api/systemusers/$member", "", 200, "user_delete systemuser:member.user"},
    {"admin", "PUT /api/systemusers/$locked", R"({"password": "$fresh_password"})", 200,
     "user_password_change systemuser:locked.user [password]"},
    {"admin", "DELETE /api/systemusers/nobody", "", 404, ""},
    {"admin", "POST /api/systemusers/$staged/state/activate", "{}", 204,
     "user_activated systemuser:staged.user [state]; user_activation_email systemuser:staged.user"},
    {"admin", "POST /api/systemusers/$staged/state/activate", R"({"email": false})", 204,
     "user_activated systemuser:staged.user [state]"},
    {"admin", "POST /api/systemusers/$pending/state/activate", "{}", 204,
     "user_activation_email systemuser:pending.user"},
    {"admin", "POST /api/systemusers/$suspended/state/activate", "{}", 403, ""},
    {"admin", "POST /api/systemusers/$locked/unlock", "", 200, "user_unlocked systemuser:locked.user"},
    {"admin", "POST /api/systemusers/$active/unlock", "", 200, ""},
    {"admin", "POST /api/systemusers/$suspended/unlock", "", 403, ""},
    {"admin", "POST /api/systemusers/$active/expire", "", 200,
     "user_password_expired systemuser:active.user"},
    {"admin", "POST /api/systemusers/$expired/expire", "", 200, ""},
    {"admin", "POST /api/systemusers/$active/resetmfa", "{}", 200, ""},
    {"admin", "POST /api/systemusers/reactivate",
     R"({"isSelectAll": false, "models": [{"_id": "$pending"}, {"_id": "$active"}, {"_id": "$suspended"}]})",
     200,
     "user_activation_email systemuser:pending.user; user_password_reset_request systemuser:active.user"},
    {"admin", "POST /api/systemusers/reactivate", R"({"models": [{"_id": "$suspended"}]})", 400, ""},

    {"admin", "POST /api/v2/bulk/users",
     R"([{"username": "new.user", "email": "new@example.test"}, {"username": "a b", "email": "x@example.test"},
         {"username": "other.new", "email": "other.new@example.test"}])",
     201,
     "user_create systemuser:new.user; user_activation_email systemuser:new.user; "
     "user_create systemuser:other.new; user_activation_email systemuser:other.new"},
    {"admin", "POST /api/v2/bulk/users", "[]", 400, ""},
    {"admin", "POST /api/v2/bulk/userstates",
     R"({"user_ids": ["$active", "$other"], "state": "SUSPENDED", "start_date": "2026-02-01T00:00:00Z"})",
     201,
     "user_suspension_schedule_create systemuser:active.user; user_suspension_schedule_create "
     "systemuser:other.user"},
    {"admin", "POST /api/v2/bulk/userstates",
     R"({"user_ids": ["$staged"], "state": "ACTIVATED", "start_date": "2026-02-01T00:00:00Z"})", 201,
     "user_activation_schedule_create systemuser:staged.user"},
    {"admin", "POST /api/v2/bulk/userstates",
     R"({"user_ids": ["$active", "nobody"], "state": "SUSPENDED", "start_date": "2026-02-01T00:00:00Z"})",
     400, ""},
    {"admin", "DELETE /api/v2/bulk/userstates/$suspension_to_come", "", 204,
     "user_suspension_schedule_delete systemuser:active.user"},
    {"admin", "DELETE /api/v2/bulk/userstates/nothing", "", 404, ""},

    // Users, as time goes by
    {"time", "2", "$suspension_to_come", 0,
     "user_suspended systemuser:active.user [state] by admin:administrator@example.test"},
    {"time", "2", "$activation_to_come", 0,
     "user_activated systemuser:staged.user [state] by admin:administrator@example.test; "
     "user_activation_email systemuser:staged.user by admin:administrator@example.test"},
    {"time", "31", "$user_with_expiry", 0,
     "user_password_warning_email systemuser:mortal.user; user_password_warning_email "
     "systemuser:mortal.user; "
     "user_password_warning_email systemuser:mortal.user; user_password_warning_email "
     "systemuser:mortal.user; "
     "user_password_warning_email systemuser:mortal.user; user_password_warning_email "
     "systemuser:mortal.user; "
     "user_password_warning_email systemuser:mortal.user; user_password_expired systemuser:mortal.user"},
    {"time", "1", "$user_with_timed_lock", 0, "user_unlocked systemuser:locked.user"},

    // Users, by a provisioning client [rule D31] [rule R24] [rule R71]
    {"entra", "POST /scim/v2/Users",
     R"({"userName": "new.user", "emails": [{"primary": true, "value": "new@example.test"}], "active": true})",
     201, "user_create systemuser:new.user; user_activation_email systemuser:new.user"},
    {"entra", "POST /scim/v2/Users",
     R"({"userName": "a@b.c", "emails": [{"primary": true, "value": "new@example.test"}]})", 400, ""},
    {"entra", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "Replace", "path": "title", "value": "Clerk"}, {"op": "Replace", "path": "active", "value": "False"}]})",
     200, "user_update systemuser:active.user [jobTitle]; user_suspended systemuser:active.user [state]"},
    {"entra", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "Replace", "path": "active", "value": true}]})", 200, ""},
    {"entra", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "Replace", "path": "title", "value": "Clerk"}, {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "x"}]})",
     400, ""},
    {"entra", "DELETE /scim/v2/Users/$active", "", 204, "user_delete systemuser:active.user"},
    {"entra", "DELETE /scim/v2/Users/nobody", "", 404, ""},
    {"entra", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "Add", "path": "nickName", "value": "x"}, {"op": "Add", "path": "title", "value": "Clerk"}]})",
     200,
     "user_update systemuser:active.user [jobTitle]; integrationattribute_exclude systemuser:active.user "
     "[nickName]"},
    {"entra", "PUT /scim/v2/Users/$active",
     R"({"userName": "active.user", "emails": [{"value": "active@example.test"}], "title": "Clerk", "active": false})",
     200, "user_update systemuser:active.user [jobTitle]; user_suspended systemuser:active.user [state]"},
    {"entra", "PUT /scim/v2/Users/$active",
     R"({"userName": "active.user", "emails": [{"value": "active@example.test"}]})", 200, ""},
    {"entra", "PUT /scim/v2/Users/$active", R"({"userName": "active.user"})", 400, ""},
    {"okta", "POST /scim/v2/Users",
     R"({"userName": "new.user@a.test", "emails": [{"value": "new@example.test"}], "password": "$fresh_password"})",
     201, "user_create systemuser:new.user; user_password_set systemuser:new.user [password]"},
    {"okta", "POST /scim/v2/Users",
     R"({"userName": "new.user@a.test", "emails": [{"value": "new@example.test"}], "password": "short"})",
     400, ""},
    {"okta", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "replace", "value": {"password": "$fresh_password"}}]})", 200,
     "user_password_change systemuser:active.user [password]"},
    {"okta", "PATCH /scim/v2/Users/$active",
     R"({"Operations": [{"op": "replace", "value": {"password": "$password"}}]})", 200, ""},
    {"okta", "DELETE /scim/v2/Users/$active", "", 204, "user_suspended systemuser:active.user [state]"},
    {"okta", "DELETE /scim/v2/Users/$suspended", "", 204, ""},

    // Groups, by a provisioning client [rule DI49]
    {"entra", "POST /scim/v2/Groups", R"({"displayName": "New"})", 403, ""},
    {"okta", "POST /scim/v2/Groups", R"({"displayName": "New", "members": [{"value": "$active"}]})", 201,
     "group_create user_group:New; association_change user_group:New (add user_group:New>user:active.user)"},
    {"okta", "POST /scim/v2/Groups", R"({"displayName": "New", "members": [{"value": "nobody"}]})", 400, ""},
    {"okta", "PATCH /scim/v2/Groups/$sales",
     R"({"Operations": [{"op": "replace", "value": {"displayName": "Marketing"}}, {"op": "add", "path": "members", "value": [{"value": "$other"}]}]})",
     200,
     "group_update user_group:Marketing [name]; association_change user_group:Marketing (add "
     "user_group:Marketing>user:other.user)"},
    {"okta", "PUT /scim/v2/Groups/$sales", R"({"displayName": "Sales"})", 200, ""},
    {"okta", "DELETE /scim/v2/Groups/$sales", "", 204, "group_delete user_group:Sales"},

    // Several at once: each whole or not at all
    {"okta", "POST /scim/v2/Bulk",
     R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
        {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "New"}},
        {"method": "PATCH", "path": "/Users/$active", "data": {"Operations": [{"op": "replace", "value": {"title": "x", "password": "short"}}]}},
        {"method": "DELETE", "path": "/Users/$active"}]})",
     200, "group_create user_group:New; user_suspended systemuser:active.user [state]"},
    {"okta", "POST /scim/v2/Bulk", "{}", 400, ""},

    // People, in the portal [rule DI42] [rule DI44]
    {"nobody", "POST /portal/activate", R"({"token": "$activation_link", "password": "$fresh_password"})",
     204, "user_password_set systemuser:pending.user [password] by systemuser:pending.user"},
    {"nobody", "POST /portal/activate", R"({"token": "$activation_link", "password": "short"})", 400, ""},
    {"nobody", "POST /portal/activate", R"({"token": "nothing", "password": "$fresh_password"})", 410, ""},
    {"nobody", "POST /portal/reset-request", R"({"username": "$active_name"})", 202,
     "user_password_reset_request systemuser:active.user by systemuser:active.user"},
    {"nobody", "POST /portal/reset-request", R"({"username": "nobody"})", 202, ""},
    {"nobody", "POST /portal/reset", R"({"token": "$reset_link", "password": "$fresh_password"})", 204,
     "user_password_change systemuser:active.user [password] by systemuser:active.user"},
    {"nobody", "POST /portal/reset", R"({"token": "nothing", "password": "$fresh_password"})", 410, ""},
    {"nobody", "POST /portal/login", R"({"username": "$active_name", "password": "$password"})", 200,
     "user_login_attempt systemuser:active.user by systemuser:active.user"},
    {"nobody", "POST /portal/login", R"({"username": "$active_name", "password": "wrong"})", 401,
     "user_login_attempt systemuser:active.user failed by systemuser:active.user"},
    {"nobody", "POST /portal/login", R"({"username": "$doomed_name", "password": "wrong"})", 401,
     "user_login_attempt systemuser:doomed.user failed by systemuser:doomed.user; "
     "user_lockout systemuser:doomed.user by systemuser:doomed.user"},
    {"nobody", "POST /portal/login", R"({"username": "$locked_name", "password": "$password"})", 423,
     "user_login_attempt systemuser:locked.user failed by systemuser:locked.user"},
    {"nobody", "POST /portal/login", R"({"username": "$suspended_name", "password": "$password"})", 401,
     "user_login_attempt systemuser:suspended.user failed by systemuser:suspended.user"},
    // Whoever types a password into the wrong field would have it in the log for ninety days.
    {"nobody", "POST /portal/login", R"({"username": "nobody", "password": "wrong"})", 401, ""},
    {"active", "POST /portal/password", R"({"old_password": "$password", "new_password": "$fresh_password"})",
     204,
     "user_login_attempt systemuser:active.user; user_password_change systemuser:active.user [password]"},
    {"active", "POST /portal/password", R"({"old_password": "wrong", "new_password": "$fresh_password"})",
     401, "user_login_attempt systemuser:active.user failed"},
    {"active", "POST /portal/logout", "", 204, ""},
    {"nobody", "POST /portal/logout", "", 401, ""},

    // Devices [rule DI51]
    {"connect", "POST /agent/v1/register",
     R"({"hostname": "new-mac", "os": "macos", "sealing_key": "$sealing_key"})", 201,
     "system_create system:new-mac by system:new-mac"},
    {"connect", "POST /agent/v1/register",
     R"({"hostname": "new-mac", "os": "plan9", "sealing_key": "$sealing_key"})", 400, ""},
    {"agent", "POST /agent/v1/report", "{}", 204, ""},
    // What happens on devices [rule DI52]
    {"agent", "POST /agent/v1/report",
     R"({"login_attempts": [{"sequence": 1, "user_id": "$bound", "success": true, "at": "2026-01-05T08:00:00Z"}]})",
     204, "login_attempt systemuser:active.user @systems by systemuser:active.user"},
    {"agent", "POST /agent/v1/report",
     R"({"login_attempts": [{"sequence": 1, "user_id": "$doomed_bound", "success": false, "at": "2026-01-05T08:00:00Z"}]})",
     204,
     "login_attempt systemuser:doomed.user failed @systems by systemuser:doomed.user; user_lockout "
     "systemuser:doomed.user; user_lockout systemuser:doomed.user @systems by systemuser:doomed.user"},
    {"agent", "POST /agent/v1/report",
     R"({"login_attempts": [{"sequence": 1, "user_id": "$other", "success": false, "at": "2026-01-05T08:00:00Z"}]})",
     204, ""},
    {"agent", "POST /agent/v1/provision",
     R"({"username": "$active_name", "password": "$password", "local_accounts": []})", 201,
     "user_login_attempt systemuser:active.user by systemuser:active.user; association_change "
     "systemuser:active.user (add user:active.user>system:laptop) by systemuser:active.user"},
    {"agent", "POST /agent/v1/provision",
     R"({"username": "$active_name", "password": "wrong", "local_accounts": []})", 401,
     "user_login_attempt systemuser:active.user failed by systemuser:active.user"},
    {"agent", "POST /agent/v1/provision",
     R"({"username": "$active_name", "password": "$password", "local_accounts": ["active.user"]})", 409,
     "user_login_attempt systemuser:active.user by systemuser:active.user"},
    // The person signs in at the identity provider, which is an event of the way back from there. [rule DI44]
    {"agent", "POST /agent/v1/provision/begin", R"({"username": "$federated_name", "local_accounts": []})", 200, ""},
    {"agent", "POST /agent/v1/provision/complete", R"({"ticket": "$ticket", "local_accounts": []})", 201,
     "association_change systemuser:federated.user (add user:federated.user>system:laptop) by "
     "systemuser:federated.user"},
    {"agent", "POST /agent/v1/provision/complete", R"({"ticket": "$ticket", "local_accounts": ["federated.user"]})",
     409, ""},
    {"agent", "POST /agent/v1/provision/complete", R"({"ticket": "nothing", "local_accounts": []})", 404, ""},
    {"browser", "GET /oauth/callback?state=$sign_in_state&code=$code", "", 200,
     "user_login_attempt systemuser:federated.user by systemuser:federated.user"},
    {"admin", "PUT /api/systems/$laptop", R"({"displayName": "Reception"})", 200,
     "system_update system:laptop [displayName]"},
    {"admin", "PUT /api/systems/$laptop", "{}", 200, ""},
    {"admin", "DELETE /api/systems/$laptop", "", 200, "system_delete system:laptop"},
    {"admin", "DELETE /api/systems/nothing", "", 404, ""},
    // The published table has no event of a command.
    {"admin", "POST /api/systems/$laptop/command/builtin/lock", "", 201, ""},
    {"admin", "POST /api/v2/policies", R"({"name": "Hide", "template": {"id": "$template"}})", 201,
     "policy_create policy:Hide"},
    {"admin", "POST /api/v2/policies", R"({"name": "", "template": {"id": "$template"}})", 400, ""},
    {"admin", "PUT /api/v2/policies/$policy", R"({"name": "Show"})", 200, "policy_update policy:Show [name]"},
    {"admin", "PUT /api/v2/policies/$policy", R"({"name": "Policy"})", 200, ""},
    {"admin", "DELETE /api/v2/policies/$policy", "", 204, "policy_delete policy:Policy"},

    {"agent", "POST /agent/v1/password",
     R"({"user_id": "$bound", "old_password": "$password", "new_password": "$fresh_password"})", 200,
     "user_login_attempt systemuser:active.user; user_password_change systemuser:active.user [password]; "
     "user_password_change systemuser:active.user @systems by systemuser:active.user"},
    {"agent", "POST /agent/v1/password",
     R"({"user_id": "$bound", "old_password": "wrong", "new_password": "$fresh_password"})", 403,
     "user_login_attempt systemuser:active.user failed"},
    {"agent", "POST /agent/v1/password",
     R"({"user_id": "$bound", "old_password": "$password", "new_password": "$fresh_password", "captured": true})", 200,
     "user_login_attempt systemuser:active.user; user_password_change systemuser:active.user [password]; "
     "user_password_change systemuser:active.user @systems by systemuser:active.user"},
    {"agent", "POST /agent/v1/password",
     R"({"user_id": "$bound", "old_password": "$password", "new_password": "short", "captured": true})", 409,
     "user_login_attempt systemuser:active.user"},
    {"agent", "POST /agent/v1/password",
     R"({"user_id": "$other", "old_password": "$password", "new_password": "$fresh_password"})", 404, ""},

    // Groups and associations [rule DI23] [rule DI45] [rule DI49]
    {"admin", "POST /api/v2/usergroups", R"({"name": "New"})", 201, "group_create user_group:New"},
    {"admin", "POST /api/v2/usergroups", R"({"name": "New", "attributes": {"sudo": {"enabled": true}}})", 201,
     "group_create user_group:New; user_group_admin_grant user_group:New"},
    {"admin", "POST /api/v2/usergroups", "{}", 400, ""},
    {"admin", "POST /api/v2/usergroups", R"({"name": "$sales_name"})", 409, ""},
    {"admin", "PUT /api/v2/usergroups/$sales", R"({"name": "Marketing"})", 200,
     "group_update user_group:Marketing [name]"},
    {"admin", "PUT /api/v2/usergroups/$sales", R"({"name": "Sales"})", 200, ""},
    {"admin", "PUT /api/v2/usergroups/$sales", R"({"attributes": {"sudo": {"enabled": true}}})", 200,
     "user_group_admin_grant user_group:Sales"},
    {"admin", "DELETE /api/v2/usergroups/$sales", "", 204, "group_delete user_group:Sales"},
    {"admin", "DELETE /api/v2/usergroups/nothing", "", 404, ""},
    {"admin", "POST /api/v2/usergroups/$sales/members", R"({"op": "add", "type": "user", "id": "$other"})",
     204, "association_change user_group:Sales (add user_group:Sales>user:other.user)"},
    {"admin", "POST /api/v2/usergroups/$sales/members",
     R"({"op": "remove", "type": "user", "id": "$member"})", 204,
     "association_change user_group:Sales (remove user_group:Sales>user:member.user)"},
    {"admin", "POST /api/v2/usergroups/$sales/members", R"({"op": "add", "type": "user", "id": "$member"})",
     409, ""},
    {"admin", "POST /api/v2/usergroups",
     R"({"name": "New", "membershipMethod": "DYNAMIC_AUTOMATED", "memberQuery": {"queryType": "FilterQuery",
         "filters": [{"field": "username", "operator": "eq", "value": "$active_name"}]}})",
     201,
     "group_create user_group:New; "
     "association_change user_group:New (add user_group:New>user:active.user) by system:rule of New"},
    {"admin", "POST /api/v2/usergroups/$reviewed/suggestions", "{}", 200,
     "association_change user_group:Reviewed (add user_group:Reviewed>user:active.user)"},
    {"admin", "POST /api/v2/usergroups/$sales/suggestions", "{}", 200, ""},
    {"admin", "POST /api/v2/systemgroups/$fleet/suggestions", "{}", 200, ""},
    {"admin", "POST /api/v2/systemgroups", R"({"name": "New"})", 201, "group_create system_group:New"},
    {"admin", "PUT /api/v2/systemgroups/$fleet", R"({"name": "Navy"})", 200,
     "group_update system_group:Navy [name]"},
    {"admin", "DELETE /api/v2/systemgroups/$fleet", "", 204, "group_delete system_group:Fleet"},
    {"admin", "POST /api/v2/systemgroups/$fleet/members",
     R"({"op": "add", "type": "system", "id": "$laptop"})", 204,
     "association_change system_group:Fleet (add system_group:Fleet>system:laptop)"},
    {"admin", "POST /api/v2/systems/$laptop/associations",
     R"({"op": "add", "type": "user", "id": "$active"})", 204,
     "association_change systemuser:active.user (add user:active.user>system:laptop)"},
    {"admin", "POST /api/v2/systems/$laptop/associations",
     R"({"op": "add", "type": "user", "id": "$active", "attributes": {"sudo": {"enabled": true}}})", 204,
     "association_change systemuser:active.user (add user:active.user>system:laptop); "
     "user_admin_granted systemuser:active.user (add user:active.user>system:laptop)"},
    {"admin", "POST /api/v2/systems/$laptop/associations",
     R"({"op": "update", "type": "user", "id": "$bound", "attributes": {"sudo": {"enabled": true}}})", 204,
     "association_change systemuser:active.user (update user:active.user>system:laptop); "
     "user_admin_granted systemuser:active.user (add user:active.user>system:laptop)"},
    {"admin", "POST /api/v2/systems/$laptop/associations", R"({"op": "add", "type": "user", "id": "$bound"})",
     204, ""},
    {"admin", "POST /api/v2/systems/$laptop/associations",
     R"({"op": "remove", "type": "user", "id": "$bound"})", 204,
     "association_change systemuser:active.user (remove user:active.user>system:laptop)"},
    {"admin", "POST /api/v2/systems/$laptop/associations",
     R"({"op": "remove", "type": "user", "id": "$active"})", 404, ""},
    {"admin", "POST /api/v2/users/$bound/associations",
     R"({"op": "remove", "type": "system", "id": "$laptop"})", 204,
     "association_change systemuser:active.user (remove user:active.user>system:laptop)"},
    {"admin", "POST /api/v2/usergroups/$sales/associations",
     R"({"op": "add", "type": "system_group", "id": "$fleet"})", 204,
     "association_change user_group:Sales (add user_group:Sales>system_group:Fleet)"},
    {"admin", "POST /api/v2/systemgroups/$fleet/associations",
     R"({"op": "add", "type": "user", "id": "$active"})", 204,
     "association_change systemuser:active.user (add user:active.user>system_group:Fleet)"},
    {"admin", "POST /api/v2/policies/$policy/associations",
     R"({"op": "add", "type": "system_group", "id": "$fleet"})", 204,
     "association_change policy:Policy (add policy:Policy>system_group:Fleet)"},

    // The organisation and its administrators [rule DI50] [rule DI51] [rule DI53]
    {"admin", "PUT /api/organizations/$organization",
     R"({"settings": {"passwordPolicy": {"minLength": 14}}})", 200,
     "organization_update organization:Example [passwordPolicy.minLength]"},
    {"admin", "PUT /api/organizations/$organization", R"({"settings": {}})", 200, ""},
    {"admin", "PUT /api/organizations/$organization", R"({"settings": {"passwordPolicy": {"minLength": 2}}})",
     400, ""},
    {"admin", "POST /api/users", R"({"email": "new@example.test", "roleName": "Manager"})", 200,
     "admin_create admin:new@example.test"},
    {"admin", "POST /api/users", R"({"email": "new@example.test", "roleName": "Emperor"})", 400, ""},
    {"admin", "PUT /api/users/$colleague", R"({"roleName": "Read Only"})", 200,
     "admin_update admin:colleague@example.test [roleName]"},
    {"admin", "PUT /api/users/$colleague", R"({"suspended": true})", 200,
     "admin_update admin:colleague@example.test [suspended]"},
    {"admin", "PUT /api/users/getSelf", R"({"suspended": true})", 409, ""},
    {"admin", "DELETE /api/users/$colleague", "", 200, "admin_delete admin:colleague@example.test"},
    {"admin", "DELETE /api/users/getSelf", "", 409, ""},
    {"admin", "POST /api/users/$colleague/apikey", "", 200,
     "admin_update admin:colleague@example.test [apiKey]"},
    {"admin", "POST /api/v2/integrations", R"({"type": "okta", "name": "New"})", 200,
     "integration_activate integration:New"},
    {"admin", "POST /api/v2/integrations", R"({"type": "nothing", "name": "New"})", 400, ""},
    {"admin", "DELETE /api/v2/integrations/$integration", "", 204,
     "integration_deactivate integration:Integration"},
    {"admin", "POST /api/v2/integrations/$integration/key", "", 200,
     "integration_activate integration:Integration [key]"},
    // Federation. Assumed: no event of its own is published for either.
    {"admin", "POST /api/v2/identity-providers",
     R"({"name": "IdP", "type": "OIDC", "oidc": {"clientId": "c", "clientSecret": "s", "url": "https://idp.test"}})",
     201, "organization_update organization:Example [identityProvider]"},
    {"admin", "POST /api/v2/identity-providers", R"({"name": "IdP", "type": "SAML"})", 400, ""},
    {"admin", "DELETE /api/v2/identity-providers/$identity_provider", "", 204,
     "organization_update organization:Example [identityProvider]"},
    {"admin", "POST /api/v2/identity-provider/policies", R"({"name": "Sales"})", 201,
     "organization_update organization:Example [routingPolicy]"},
    {"admin", "POST /api/v2/identity-provider/policies", R"({"name": ""})", 400, ""},
    {"admin", "DELETE /api/v2/identity-provider/policies/$routing_policy", "", 204,
     "organization_update organization:Example [routingPolicy]"},
    {"nobody", "POST /portal/sign-in", R"({"username": "$active_name"})", 200, ""},
};

/// Routes that change nothing although their method says they might.
inline constexpr std::string_view questions[] = {
    "POST /api/search/systems",
    "POST /api/search/systemusers",
    "POST /insights/directory/v1/events",
    "POST /insights/directory/v1/events/count",
    "POST /scim/v2/.search",
    "POST /scim/v2/Users/.search",
    "POST /scim/v2/Groups/.search",
    "POST /scim/v2/Me",
    "PUT /scim/v2/Me",
    "PATCH /scim/v2/Me",
    "DELETE /scim/v2/Me",
};

}  // namespace directory
