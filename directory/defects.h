// Seeded defects of the core: each is a realistic mistake that some scenario or property must catch. They are chosen
// when a world is built, by tests and by `fuzz --planted`; a served directory is never given any.
#pragma once

#include <span>

#include "base/defect_set.h"

namespace directory {

enum class Defect {
  suspend_forgets_sessions,
  suspend_forgets_one_device,
  answer_before_commit,
  console_deletes_whom_it_suspends,
  scim_ignores_default_state,
  activation_mail_goes_twice,
  password_shows_as_pending,
  pending_shows_as_active,
  expired_shows_as_active,
  username_takes_addresses,
  username_ends_at_dot,
  pending_address_is_masked,
  scim_makes_up_an_address,
  scim_loses_given_name,
  scim_loses_surname,
  scim_loses_display_name,
  scim_loses_job_title,
  scim_loses_department,
  scim_loses_location,
  scim_loses_cost_center,
  scim_loses_employee_type,
  scim_loses_company,
  scim_loses_employee_number,
  scim_hides_dates,
  entra_may_send_anything,
  entra_may_push_groups,
  entra_cannot_delete,
  entra_cannot_suspend,
  entra_cannot_reactivate,
  okta_cannot_suspend,
  okta_cannot_reactivate,
  any_token_is_good,
  federated_login_opens_no_session,
  routing_is_for_everybody,
  login_window_ignores_routing,
  rule_ignores_new_people,
  rule_ignores_changes,
  rule_matches_absent_values,
  rule_ignores_letter_case,
  members_are_not_bound,
  changed_password_is_not_handed_off,
  changed_password_keeps_sessions,
  binds_without_password,
  binds_by_username,
  domain_accounts_are_bound,
  shows_username_as_full_name,
  device_ignores_suspension,
  device_ignores_locks,
  reactivation_reaches_no_device,
  never_an_administrator,
  app_stays_shown,
  first_users_are_refused,
  login_window_takes_over,
  passcode_is_ignored,
  every_edition_is_offered,
  elevation_counts_once,
  success_forgives_everywhere,
  unlock_is_forgotten,
  locked_shows_as_active,
  mails_who_has_a_password,
  activation_leaves_staged,
  one_provider_is_not_enough,
  creations_are_not_told,
  passwords_are_told_twice,
  suspensions_are_told_twice,
  locks_are_told_twice,
  first_path_unbinds,
  deleted_device_is_forgotten,
  erasure_is_not_sent,
  drift_is_not_noticed,
  feeds_are_written_over,
  export_ignores_choices,
};

using Defects = base::DefectSet<Defect>;
using DefectRow = base::DefectRow<Defect>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const DefectRow> defect_rows();

}  // namespace directory
