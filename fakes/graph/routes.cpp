#include "fakes/graph/routes.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "fakes/graph/deleted_items.h"
#include "fakes/graph/delta.h"
#include "fakes/graph/groups.h"
#include "fakes/graph/logs.h"
#include "fakes/graph/members.h"
#include "fakes/graph/organization.h"
#include "fakes/graph/subscriptions.h"
#include "fakes/graph/users.h"

namespace fakes::graph {
namespace {

using enum Fidelity;
using Admin = Permit::Admin;

constexpr Permit reads_users{"User.Read.All User.ReadWrite.All User.ReadUpdate.All User.ReadBasic.All Directory.Read.All Directory.ReadWrite.All",
                             "User.Read.All User.ReadWrite.All User.ReadBasic.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All",
                             Admin::nobody_special, "User.Read User.ReadWrite"};
// [Graph P1]
constexpr Permit creates_users{"User.Create User.ReadWrite.All Directory.ReadWrite.All", "User.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::users};
// What it takes for each property is asked later. [Graph P2] [Graph P3] [Graph P4]
constexpr std::string_view updates = "User.ReadWrite.All User.ReadUpdate.All Directory.ReadWrite.All User.EnableDisableAccount.All User-PasswordProfile.ReadWrite.All";
constexpr Permit updates_users{updates, "User.ReadWrite.All Directory.ReadWrite.All User.EnableDisableAccount.All User-PasswordProfile.ReadWrite.All Directory.AccessAsUser.All",
                               Admin::users, "User.ReadWrite"};
// [Graph P7]
constexpr Permit deletes_users{"User.ReadWrite.All User.DeleteRestore.All", "User.ReadWrite.All User.DeleteRestore.All Directory.AccessAsUser.All", Admin::users};
// [Graph P8]
constexpr Permit revokes{"User.RevokeSessions.All User.ReadWrite.All Directory.ReadWrite.All",
                         "User.RevokeSessions.All User.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::users, "User.ReadWrite"};
// [Graph U30]
constexpr Permit changes_password{"", "Directory.AccessAsUser.All User-PasswordProfile.ReadWrite.All"};
constexpr Permit writes_managers{"User.ReadWrite.All Directory.ReadWrite.All", "User.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::users};

constexpr std::string_view group_readers = "Group.Read.All Group.ReadWrite.All Group.Create GroupMember.Read.All GroupMember.ReadWrite.All Directory.Read.All Directory.ReadWrite.All";
constexpr Permit reads_groups{group_readers, "Group.Read.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All"};
// [Graph GR16]
constexpr Permit creates_groups{"Group.Create Group.ReadWrite.All Directory.ReadWrite.All", "Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::groups};
constexpr Permit writes_groups{"Group.ReadWrite.All Directory.ReadWrite.All", "Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::groups};
constexpr Permit writes_members{"GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
                                "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::groups};

constexpr Permit reads_deleted{"User.Read.All User.ReadWrite.All User.DeleteRestore.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All",
                               "User.Read.All User.ReadWrite.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All"};
constexpr Permit writes_deleted{"User.ReadWrite.All User.DeleteRestore.All Group.ReadWrite.All Directory.ReadWrite.All",
                                "User.ReadWrite.All User.DeleteRestore.All Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All", Admin::users};
// [Graph O2]
constexpr Permit reads_organization{"Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All",
                                    "User.Read Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All"};
constexpr Permit reads_domains{"Domain.Read.All Domain.ReadWrite.All Directory.Read.All Directory.ReadWrite.All",
                               "Domain.Read.All Domain.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All"};
constexpr Permit reads_objects{"Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All User.ReadBasic.All Group.Read.All Group.ReadWrite.All",
                               "Directory.Read.All Directory.ReadWrite.All User.Read.All User.ReadWrite.All User.ReadBasic.All Group.Read.All Group.ReadWrite.All Directory.AccessAsUser.All"};
// [Graph O9]
constexpr Permit reads_logs{"AuditLog.Read.All", "AuditLog.Read.All"};

Reply not_a_user(const Call& call) { return no_such_resource(call.keys.front()); }

constexpr std::array table{
    Route{"GET", "/users", list_users, reads_users, 2},
    Route{"GET", "/users/$count", count_users, reads_users, 2},
    Route{"GET", "/users/delta", user_delta, reads_users},
    Route{"POST", "/users", create_user, creates_users},
    Route{"GET", "/users/{}", read_user, reads_users, 2},
    Route{"PATCH", "/users/{}", update_user, updates_users},
    Route{"DELETE", "/users/{}", delete_user, deletes_users},
    Route{"POST", "/users/{}/revokeSignInSessions", revoke_sessions, revokes},
    // Deleted users are restored elsewhere. [Graph U46]
    Route{"POST", "/users/{}/restore", not_a_user, updates_users},
    Route{"POST", "/users/{}/changePassword", change_password, changes_password},
    Route{"GET", "/users/{}/manager", read_manager, reads_users},
    Route{"PUT", "/users/{}/manager/$ref", set_manager, writes_managers},
    Route{"DELETE", "/users/{}/manager/$ref", remove_manager, writes_managers},
    Route{"GET", "/users/{}/directReports", list_direct_reports, reads_users},
    Route{"GET", "/users/{}/memberOf", list_member_of, reads_users, 2},
    Route{"GET", "/users/{}/transitiveMemberOf", list_transitive_member_of, reads_users, 2},
    Route{"POST", "/users/{}/getMemberGroups", get_member_groups, reads_users, 2},
    Route{"POST", "/users/{}/getMemberObjects", get_member_groups, reads_users, 2, partial, "directory roles and administrative units are not among the objects"},
    Route{"POST", "/users/{}/checkMemberGroups", check_member_groups, reads_users, 4},

    Route{"GET", "/groups", list_groups, reads_groups},
    Route{"GET", "/groups/$count", count_groups, reads_groups},
    Route{"GET", "/groups/delta", group_delta, reads_groups},
    Route{"POST", "/groups", create_group, creates_groups},
    Route{"GET", "/groups/{}", read_group, reads_groups},
    Route{"PATCH", "/groups/{}", update_group, writes_members},
    Route{"DELETE", "/groups/{}", delete_group, writes_groups},
    Route{"GET", "/groups/{}/members", list_members, reads_groups, 3},
    Route{"GET", "/groups/{}/members/$count", count_members, reads_groups, 3},
    Route{"POST", "/groups/{}/members/$ref", add_member, writes_members},
    Route{"DELETE", "/groups/{}/members/{}/$ref", remove_member, writes_members},
    Route{"DELETE", "/groups/{}/members/{}", delete_member_object, {"User.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All", "User.ReadWrite.All Directory.AccessAsUser.All", Admin::users}},
    Route{"GET", "/groups/{}/transitiveMembers", list_transitive_members, reads_groups, 5},
    Route{"GET", "/groups/{}/owners", list_owners, reads_groups},
    Route{"POST", "/groups/{}/owners/$ref", add_owner, writes_groups},
    Route{"DELETE", "/groups/{}/owners/{}/$ref", remove_owner, writes_groups},
    Route{"GET", "/groups/{}/memberOf", list_member_of, reads_groups, 2},
    Route{"GET", "/groups/{}/transitiveMemberOf", list_transitive_member_of, reads_groups, 2},
    Route{"POST", "/groups/{}/getMemberGroups", get_member_groups, reads_groups, 2},
    Route{"POST", "/groups/{}/checkMemberGroups", check_member_groups, reads_groups, 4},

    Route{"GET", "/directory/deletedItems", list_deleted_items, reads_deleted},
    Route{"GET", "/directory/deletedItems/microsoft.graph.user", list_deleted_users, reads_deleted},
    Route{"GET", "/directory/deletedItems/microsoft.graph.group", list_deleted_groups, reads_deleted},
    Route{"GET", "/directory/deletedItems/{}", read_deleted_item, reads_deleted},
    Route{"POST", "/directory/deletedItems/{}/restore", restore_deleted_item, writes_deleted},
    Route{"DELETE", "/directory/deletedItems/{}", remove_deleted_item, writes_deleted},
    Route{"GET", "/directoryObjects/{}", read_directory_object, reads_objects},
    Route{"POST", "/directoryObjects/getByIds", get_by_ids, reads_objects, 3},
    Route{"GET", "/organization", list_organization, reads_organization, 1, partial, "address and licences are not kept"},
    Route{"GET", "/organization/{}", read_organization, reads_organization, 1, partial, "address and licences are not kept"},
    Route{"GET", "/domains", list_domains, reads_domains},
    Route{"GET", "/domains/{}", read_domain, reads_domains},
    Route{"GET", "/auditLogs/directoryAudits", list_directory_audits, reads_logs, 1, partial, "filters are comparisons joined by and; only successes are logged"},
    Route{"GET", "/auditLogs/directoryAudits/{}", read_directory_audit, reads_logs},
    Route{"GET", "/auditLogs/signIns", list_sign_ins, reads_logs, 1, partial, "filters are comparisons joined by and; places are not known"},
    Route{"GET", "/auditLogs/signIns/{}", read_sign_in, reads_logs},

    Route{"GET", "/subscriptions", list_subscriptions, reads_objects},
    Route{"POST", "/subscriptions", create_subscription, reads_objects, 1, partial, "one subscription a request; of users and groups; no encrypted resource data"},
    Route{"GET", "/subscriptions/{}", read_subscription, reads_objects},
    Route{"PATCH", "/subscriptions/{}", update_subscription, reads_objects},
    Route{"DELETE", "/subscriptions/{}", delete_subscription, reads_objects},

    // What Graph has and this tenant does not.
    Route{"POST", "/subscriptions/{}/reauthorize", nullptr},
    Route{"PATCH", "/users", nullptr}, Route{"GET", "/users/{}/photo", nullptr}, Route{"GET", "/users/{}/photo/$value", nullptr},
    Route{"PATCH", "/users/{}/photo/$value", nullptr}, Route{"GET", "/users/{}/licenseDetails", nullptr}, Route{"POST", "/users/{}/assignLicense", nullptr},
    Route{"POST", "/users/{}/reprocessLicenseAssignment", nullptr}, Route{"GET", "/users/{}/appRoleAssignments", nullptr},
    Route{"POST", "/users/{}/appRoleAssignments", nullptr}, Route{"DELETE", "/users/{}/appRoleAssignments/{}", nullptr},
    Route{"GET", "/users/{}/ownedObjects", nullptr}, Route{"GET", "/users/{}/ownedDevices", nullptr}, Route{"GET", "/users/{}/registeredDevices", nullptr},
    Route{"GET", "/users/{}/createdObjects", nullptr}, Route{"GET", "/users/{}/oauth2PermissionGrants", nullptr},
    Route{"GET", "/users/{}/authentication/methods", nullptr}, Route{"GET", "/users/{}/messages", nullptr}, Route{"POST", "/users/{}/sendMail", nullptr},
    Route{"GET", "/users/{}/mailboxSettings", nullptr}, Route{"GET", "/users/{}/calendar", nullptr}, Route{"GET", "/users/{}/drive", nullptr},
    Route{"POST", "/users/{}/checkMemberObjects", nullptr}, Route{"POST", "/users/{}/exportPersonalData", nullptr},
    Route{"POST", "/users/{}/invalidateAllRefreshTokens", nullptr}, Route{"POST", "/users/{}/retryServiceProvisioning", nullptr},
    Route{"POST", "/users/{}/convertExternalToInternalMemberUser", nullptr}, Route{"POST", "/users/validateProperties", nullptr},
    Route{"POST", "/groups/{}/assignLicense", nullptr}, Route{"POST", "/groups/{}/renew", nullptr}, Route{"POST", "/groups/{}/validateProperties", nullptr},
    Route{"GET", "/groups/{}/appRoleAssignments", nullptr}, Route{"GET", "/groups/{}/settings", nullptr}, Route{"GET", "/groups/{}/membersWithLicenseErrors", nullptr},
    Route{"GET", "/groups/{}/acceptedSenders", nullptr}, Route{"GET", "/groups/{}/permissionGrants", nullptr}, Route{"GET", "/groups/{}/sites", nullptr},
    Route{"GET", "/groups/{}/team", nullptr}, Route{"POST", "/groups/{}/checkMemberObjects", nullptr}, Route{"POST", "/groups/{}/getMemberObjects", nullptr},
    Route{"GET", "/directory/deletedItems/microsoft.graph.application", nullptr}, Route{"GET", "/directory/administrativeUnits", nullptr},
    Route{"POST", "/directory/deletedItems/getUserOwnedObjects", nullptr}, Route{"GET", "/directoryRoles", nullptr}, Route{"GET", "/directoryRoleTemplates", nullptr},
    Route{"GET", "/roleManagement/directory/roleAssignments", nullptr}, Route{"GET", "/roleManagement/directory/roleDefinitions", nullptr},
    Route{"POST", "/directoryObjects/validateProperties", nullptr}, Route{"GET", "/directoryObjects/delta", nullptr},
    Route{"PATCH", "/organization/{}", nullptr}, Route{"POST", "/domains", nullptr}, Route{"PATCH", "/domains/{}", nullptr}, Route{"DELETE", "/domains/{}", nullptr},
    Route{"POST", "/domains/{}/verify", nullptr}, Route{"GET", "/domains/{}/verificationDnsRecords", nullptr}, Route{"GET", "/domains/{}/serviceConfigurationRecords", nullptr},
    Route{"GET", "/domains/{}/domainNameReferences", nullptr}, Route{"GET", "/domains/{}/federationConfiguration", nullptr}, Route{"GET", "/subscribedSkus", nullptr},
    Route{"GET", "/applications", nullptr}, Route{"POST", "/applications", nullptr}, Route{"GET", "/applications/{}", nullptr}, Route{"PATCH", "/applications/{}", nullptr},
    Route{"POST", "/applications/{}/addPassword", nullptr}, Route{"GET", "/servicePrincipals", nullptr}, Route{"GET", "/servicePrincipals/{}", nullptr},
    Route{"GET", "/servicePrincipals/{}/appRoleAssignedTo", nullptr}, Route{"GET", "/servicePrincipals/{}/synchronization/jobs", nullptr},
    Route{"POST", "/servicePrincipals/{}/synchronization/jobs/{}/start", nullptr}, Route{"GET", "/servicePrincipals/{}/synchronization/jobs/{}/schema", nullptr},
    Route{"GET", "/auditLogs/provisioning", nullptr}, Route{"GET", "/devices", nullptr}, Route{"GET", "/contacts", nullptr}, Route{"POST", "/invitations", nullptr},
    Route{"GET", "/identityProviders", nullptr}, Route{"GET", "/policies/identitySecurityDefaultsEnforcementPolicy", nullptr}, Route{"GET", "/$metadata", nullptr},
};

bool is_key(std::string_view segment) { return segment == "{}"; }

/// Whether the pattern takes the path; the keys are added.
bool takes(std::string_view pattern, const std::vector<std::string>& path, std::vector<std::string>& keys) {
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    const auto segment = pattern.substr(0, end);
    pattern.remove_prefix(end);
    if (at == path.size()) return false;
    if (is_key(segment)) {
      if (path[at].starts_with('$') && path[at].size() < 7 && !path[at].contains('@')) return false;
      keys.push_back(path[at]);
    } else if (!base::equals_ignoring_case(segment, path[at])) {
      return false;
    }
    ++at;
  }
  return at == path.size();
}

}  // namespace

std::span<const Route> all_routes() { return table; }

Match find_route(const Request& request) { return fakes::find_route(all_routes(), request.method, request.path, takes); }

}  // namespace fakes::graph
