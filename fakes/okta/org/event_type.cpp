#include "fakes/okta/org/event_type.h"

#include <array>

#include "base/enumerated.h"

namespace fakes::okta {
namespace {

using enum EventType;
constexpr auto info = Severity::info;
constexpr auto warn = Severity::warn;
constexpr auto error = Severity::error;

constexpr std::array event_types_by_number{
    EventTypeInfo{user_create, "user.lifecycle.create", info, "Create Okta user"},
    EventTypeInfo{user_activate, "user.lifecycle.activate", info, "Activate Okta user"},
    EventTypeInfo{user_reactivate, "user.lifecycle.reactivate", info, "Reactivate Okta user"},
    EventTypeInfo{user_deactivate, "user.lifecycle.deactivate", info, "Deactivate Okta user"},
    EventTypeInfo{user_suspend, "user.lifecycle.suspend", info, "Suspend Okta user"},
    EventTypeInfo{user_unsuspend, "user.lifecycle.unsuspend", info, "Unsuspend Okta user"},
    EventTypeInfo{user_delete_initiated, "user.lifecycle.delete.initiated", info, "Delete Okta user initiated"},
    EventTypeInfo{user_delete_completed, "user.lifecycle.delete.completed", info, "Delete Okta user completed"},
    EventTypeInfo{user_password_mass_expiry, "user.lifecycle.password_mass_expiry", info, "Expire passwords of all users"},
    EventTypeInfo{account_lock, "user.account.lock", warn, "Max sign in attempts exceeded"},
    EventTypeInfo{account_lock_limit, "user.account.lock.limit", warn, "Account lock limit reached"},
    EventTypeInfo{account_unlock, "user.account.unlock", info, "User account unlock"},
    EventTypeInfo{account_unlock_by_admin, "user.account.unlock_by_admin", info, "User account unlock by admin"},
    EventTypeInfo{account_update_password, "user.account.update_password", info, "User update password for Okta"},
    EventTypeInfo{account_reset_password, "user.account.reset_password", info, "Fired when the user's Okta password is reset"},
    EventTypeInfo{account_expire_password, "user.account.expire_password", info, "Expire user's Okta password"},
    EventTypeInfo{account_update_profile, "user.account.update_profile", info, "Update user profile for Okta"},
    EventTypeInfo{account_update_primary_email, "user.account.update_primary_email", info, "Update primary email of user"},
    EventTypeInfo{session_start, "user.session.start", info, "User login to Okta"},
    EventTypeInfo{session_end, "user.session.end", info, "User logout from Okta"},
    EventTypeInfo{session_clear, "user.session.clear", info, "Clear user session"},
    EventTypeInfo{session_expire, "user.session.expire", info, "Expire user session"},
    EventTypeInfo{group_create, "group.lifecycle.create", info, "Create Okta group"},
    EventTypeInfo{group_delete, "group.lifecycle.delete", info, "Delete Okta group"},
    EventTypeInfo{member_add, "group.user_membership.add", info, "Add user to group membership"},
    EventTypeInfo{member_remove, "group.user_membership.remove", info, "Remove user from group membership"},
    EventTypeInfo{app_membership_add, "application.user_membership.add", info, "Add user to application membership"},
    EventTypeInfo{app_membership_remove, "application.user_membership.remove", info, "Remove user's application membership"},
    EventTypeInfo{app_membership_update, "application.user_membership.update", info, "Update user's application membership"},
    EventTypeInfo{app_membership_provision, "application.user_membership.provision", info, "Provision user's application membership"},
    EventTypeInfo{app_membership_deprovision, "application.user_membership.deprovision", info, "Deprovision user's application membership"},
    EventTypeInfo{app_membership_revoke, "application.user_membership.revoke", info, "Revoke user's application membership"},
    EventTypeInfo{app_membership_change_username, "application.user_membership.change_username", info, "Change user's application username"},
    EventTypeInfo{app_membership_change_password, "application.user_membership.change_password", info, "Change user's application password"},
    EventTypeInfo{app_user_push, "application.provision.user.push", info, "Push new user to external application"},
    EventTypeInfo{app_user_push_profile, "application.provision.user.push_profile", info, "Push user's profile to external application"},
    EventTypeInfo{app_user_push_password, "application.provision.user.push_password", info, "Push random password to external application"},
    EventTypeInfo{app_user_push_okta_password, "application.provision.user.push_okta_password", info, "Push user's Okta password to external application"},
    EventTypeInfo{app_user_sync, "application.provision.user.sync", info, "Sync user in external application"},
    EventTypeInfo{app_user_activate, "application.provision.user.activate", info, "Activate user in external application"},
    EventTypeInfo{app_user_deactivate, "application.provision.user.deactivate", info, "Deactivate user in external application"},
    EventTypeInfo{app_user_reactivate, "application.provision.user.reactivate", info, "Reactivate user in external application"},
    EventTypeInfo{app_user_deprovision, "application.provision.user.deprovision", info, "Deprovision user in external application"},
    EventTypeInfo{app_user_import, "application.provision.user.import", info, "Import user from external application"},
    EventTypeInfo{app_user_import_profile, "application.provision.user.import_profile", info, "Import user's profile from external application"},
    EventTypeInfo{app_user_verify_exists, "application.provision.user.verify_exists", info, "Verify that user exists in external application"},
    EventTypeInfo{app_user_delete, "application.provision.user.delete", info, "Delete user in external application"},
    EventTypeInfo{app_user_delete_schedule, "application.provision.user.delete.schedule", info, "Schedule deletion of user in external application"},
    EventTypeInfo{app_user_remove_entitlements, "application.provision.user.remove_entitlements", info, "Remove user's entitlements in external application"},
    EventTypeInfo{group_push_mapping_created, "application.provision.group_push.mapping.created", info, "Create group push mapping"},
    EventTypeInfo{group_push_pushed, "application.provision.group_push.pushed", info, "Push group to external application"},
    EventTypeInfo{group_push_updated, "application.provision.group_push.updated", info, "Update group in external application"},
    EventTypeInfo{group_push_push_memberships, "application.provision.group_push.push_memberships", info, "Push group memberships to external application"},
    EventTypeInfo{group_push_removed, "application.provision.group_push.removed", info, "Remove group from external application"},
    EventTypeInfo{group_push_delete_appgroup, "application.provision.group_push.delete_appgroup", info, "Delete group in external application"},
    EventTypeInfo{group_push_activate_mapping, "application.provision.group_push.activate_mapping", info, "Activate group push mapping"},
    EventTypeInfo{group_push_deactivate_mapping, "application.provision.group_push.deactivate_mapping", info, "Deactivate group push mapping"},
    EventTypeInfo{group_push_mapping_update_or_delete_failed, "application.provision.group_push.mapping.update.or.delete.failed", warn, "Update or delete of group push mapping failed and will be retried"},
    EventTypeInfo{group_push_mapping_update_or_delete_failed_with_error, "application.provision.group_push.mapping.update.or.delete.failed.with.error", error, "Update or delete of group push mapping failed"},
    EventTypeInfo{group_membership_failed_add, "application.provision.group_membership.add", error, "Add group membership in external application failed"},
    EventTypeInfo{group_membership_failed_remove, "application.provision.group_membership.remove", error, "Remove group membership in external application failed"},
    EventTypeInfo{group_membership_failed_update, "application.provision.group_membership.update", error, "Update group membership in external application failed"},
    EventTypeInfo{import_start, "system.import.start", info, "Start import"},
    EventTypeInfo{import_complete, "system.import.complete", info, "Complete import"},
    EventTypeInfo{import_user_create, "system.import.user.create", info, "Import user creation"},
    EventTypeInfo{import_user_update, "system.import.user.update", info, "Import user update"},
    EventTypeInfo{import_user_delete, "system.import.user.delete", info, "Import user deletion"},
    EventTypeInfo{import_user_match, "system.import.user.match", info, "Import user match"},
    EventTypeInfo{import_group_create, "system.import.group.create", info, "Import group creation"},
    EventTypeInfo{import_group_delete, "system.import.group.delete", info, "Import group deletion"},
    EventTypeInfo{import_group_update, "system.import.group.update", info, "Import group update"},
    EventTypeInfo{import_roadblock, "system.import.roadblock", warn, "Import stopped by safeguard"},
    EventTypeInfo{rate_limit_warning, "system.org.rate_limit.warning", warn, "Rate limit warning"},
    EventTypeInfo{rate_limit_burst, "system.org.rate_limit.burst", warn, "Rate limit burst"},
    EventTypeInfo{rate_limit_violation, "system.org.rate_limit.violation", warn, "Rate limit violation"},
    EventTypeInfo{concurrency_violation, "core.concurrency.org.limit.violation", warn, "Concurrency limit violation"}};

static_assert(base::is_in_order_of(event_types_by_number, &EventTypeInfo::type));

}  // namespace

std::span<const EventTypeInfo> event_types() { return event_types_by_number; }

const EventTypeInfo& info_of(EventType type) { return event_types_by_number.at(static_cast<std::size_t>(type)); }

std::optional<EventType> event_type_named(std::string_view name) {
  for (const auto& row : event_types_by_number) {
    if (row.name == name) return row.type;
  }
  return std::nullopt;
}

std::string_view name_of(Severity severity) {
  constexpr std::array<std::string_view, 4> names{"DEBUG", "INFO", "WARN", "ERROR"};
  return names.at(static_cast<std::size_t>(severity));
}

}  // namespace fakes::okta
