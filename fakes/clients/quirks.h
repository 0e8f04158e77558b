// What the small clients get wrong when they are told to: one mistake each, as clients in the field make it. Without any they do
// what the suites for clients ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::clients {

enum class Quirk : std::uint8_t {
  // Of whoever sends requests
  retry_after_ignored,
  retry_after_fractions_cut,
  retry_after_dates_ignored,
  no_back_off,
  gives_up_when_throttled,
  // With Microsoft Graph
  token_for_each_request,
  refused_token_ends_it,
  refused_token_is_kept,
  delta_link_forgotten,
  delta_link_rebuilt,
  removals_ignored,
  resync_gives_up,
  resync_keeps_what_is_gone,
  resync_location_ignored,
  next_link_rebuilt,
  stops_after_first_page,
  stops_at_an_empty_page,
  quotes_not_doubled,
  consistency_level_missing,
  consistency_level_on_first_page,
  lost_create_takes_another_name,
  lost_create_counts_as_done,
  lost_update_is_dropped,
  batch_by_position,
  batch_failures_dropped,
  batch_sent_again_whole,
  batch_of_more_than_twenty,
  writes_without_a_change,
  creates_again_what_is_not_found,
  reads_each_user_alone,
  group_create_is_sent_blindly,
  member_there_is_an_error,
  member_gone_is_an_error,
  member_is_deleted_without_ref,
  // As a relying party
  no_state_sent,
  state_is_constant,
  state_not_checked,
  state_alone_not_checked,
  nothing_binds_the_browser,
  no_nonce_sent,
  nonce_is_constant,
  nonce_not_checked,
  no_code_challenge,
  challenge_is_constant,
  issuer_not_checked,
  issuer_checked_by_its_beginning,
  audience_not_checked,
  other_audiences_will_do,
  party_not_checked,
  expiry_not_checked,
  times_not_checked,
  subject_not_checked,
  signature_not_checked,
  algorithm_is_the_tokens,
  any_key_will_do,
  new_keys_are_not_fetched,
  keys_fetched_for_each_sign_in,
  signs_in_without_a_token,
  // With SCIM
  creates_without_looking,
  filter_values_not_escaped,
  conflict_is_the_end,
  lost_create_is_sent_blindly,
  active_as_text,
  patch_without_schemas,
  patch_operations_misspelt,
  plain_json,
  puts_what_it_knows,
  missing_at_delete_is_an_error,
  sends_what_has_not_changed,
  deletes_who_leaves,
  version_is_made_up
};

using QuirkInfo = QuirkRow<Quirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

using Quirks = QuirkSet<Quirk>;

}  // namespace fakes::clients
