// The types of events that the system log holds. [Okta provisioning-clients 5.7-04] to [Okta provisioning-clients 5.7-12]
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fakes::okta {

enum class EventType : std::uint8_t {
  // [Okta provisioning-clients 5.7-04]
  user_create,
  user_activate,
  user_reactivate,
  user_deactivate,
  user_suspend,
  user_unsuspend,
  user_delete_initiated,
  user_delete_completed,
  user_password_mass_expiry,
  // [Okta provisioning-clients 5.7-05]
  account_lock,
  account_lock_limit,
  account_unlock,
  account_unlock_by_admin,
  account_update_password,
  account_reset_password,
  account_expire_password,
  account_update_profile,
  account_update_primary_email,
  // [Okta provisioning-clients 5.7-06]
  session_start,
  session_end,
  session_clear,
  session_expire,
  // [Okta provisioning-clients 5.7-07]
  group_create,
  group_delete,
  member_add,
  member_remove,
  // [Okta provisioning-clients 5.7-08]
  app_membership_add,
  app_membership_remove,
  app_membership_update,
  app_membership_provision,
  app_membership_deprovision,
  app_membership_revoke,
  app_membership_change_username,
  app_membership_change_password,
  // [Okta provisioning-clients 5.7-09]
  app_user_push,
  app_user_push_profile,
  app_user_push_password,
  app_user_push_okta_password,
  app_user_sync,
  app_user_activate,
  app_user_deactivate,
  app_user_reactivate,
  app_user_deprovision,
  app_user_import,
  app_user_import_profile,
  app_user_verify_exists,
  app_user_delete,
  app_user_delete_schedule,
  app_user_remove_entitlements,
  // [Okta provisioning-clients 5.7-10]
  group_push_mapping_created,
  group_push_pushed,
  group_push_updated,
  group_push_push_memberships,
  group_push_removed,
  group_push_delete_appgroup,
  group_push_activate_mapping,
  group_push_deactivate_mapping,
  group_push_mapping_update_or_delete_failed,
  group_push_mapping_update_or_delete_failed_with_error,
  // [Okta provisioning-clients 5.7-11]
  group_membership_failed_add,
  group_membership_failed_remove,
  group_membership_failed_update,
  // [Okta provisioning-clients 5.7-12]
  import_start,
  import_complete,
  import_user_create,
  import_user_update,
  import_user_delete,
  import_user_match,
  import_group_create,
  import_group_delete,
  import_group_update,
  import_roadblock,
  // [Okta provisioning-clients 5.6-07]
  rate_limit_warning,
  rate_limit_burst,
  rate_limit_violation,
  concurrency_violation
};

enum class Severity : std::uint8_t { debug, info, warn, error };

/// The display messages are our own words but for those that facts quote.
struct EventTypeInfo {
  EventType type;
  std::string_view name;  ///< `user.lifecycle.create`
  Severity severity;      ///< of a success; a failure is WARN at least
  std::string_view display_message;
};

/// In the order of the enumeration.
[[nodiscard]] std::span<const EventTypeInfo> event_types();
[[nodiscard]] const EventTypeInfo& info_of(EventType type);
[[nodiscard]] std::optional<EventType> event_type_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Severity severity);

}  // namespace fakes::okta
