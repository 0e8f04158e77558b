// Seeded defects of devices and of their agent: what a device must do is under rules.
#pragma once

#include <span>

#include "base/defect_set.h"

namespace fakes::devices {

enum class Defect {
  agent_leaves_sessions,
  agent_leaves_enabled,
  losing_contact_ends_sessions,
  restarted_agent_is_late,
  facts_hide_suspensions,
  windows_shows_disabled,
  mac_shows_disabled,
  disabled_mark_stays,
  app_changes_the_directory_alone,
  pin_stays_behind,
  pin_follows_any_change,
  pin_never_comes_back,
  keychain_follows_at_once,
  keychain_takes_any_password,
  takeover_keeps_password,
  app_is_there_for_all,
  password_reaches_every_account,
  letter_case_is_ignored,
  mac_names_are_short,
  microsoft_accounts_are_left_alone,
  home_ends_sessions,
  unbinding_leaves_account,
  uninstalling_disables_accounts,
  business_key_is_bound_to_password,
  own_change_loses_secrets,
  own_change_leaves_keychain,
  passcode_is_not_set,
  reset_keeps_secrets,
  preboot_follows_at_once,
  tokens_are_not_passed_on,
  every_account_gets_a_token,
  file_vault_comes_back,
  preboot_shows_everybody,
  login_window_is_refreshed,
  says_nothing_of_disabled,
  flag_ends_session,
  captured_change_stays,
  reminders_begin_late,
  complexity_is_not_demanded,
  offer_stays_hidden,
  wifi_is_not_offered,
  prompt_is_left_out,
  takeover_makes_anew
};

using Defects = base::DefectSet<Defect>;
using DefectRow = base::DefectRow<Defect>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const DefectRow> defect_rows();

}  // namespace fakes::devices
