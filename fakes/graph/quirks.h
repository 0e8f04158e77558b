// How Graph can differ from what it is documented to do today: older behaviour, and trouble that clients report. Each is a
// switch that is off by default; what the service always does is no quirk.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fakes/quirk_set.h"

namespace fakes::graph {

enum class Quirk : std::uint8_t {
  // Errors
  duplicate_is_500,
  conflict_without_message,
  conflict_names_objects,
  wrong_audience_is_403,
  valid_token_refused_once,
  // Trouble that shows now and then
  unavailable_with_retry_after,
  unavailable_without_retry_after,
  throttled_below_limits,
  throttled_without_retry_after,
  throttled_for_fractions,
  // Actions
  revocation_answers_204,
  app_cannot_purge_users,
  app_passwords_never,
  app_passwords_need_role,
  // Queries
  empty_pages,
  page_tokens_end_early,
  // Delta
  delta_replays,
  delta_duplicates,
  delta_empty_pages,
  delta_expiry_is_410,
  delta_ahead_of_writes,
  // Batches
  batch_shuffled,
  batch_throttled_as_a_whole,
  batch_one_dependency,
};

using QuirkInfo = QuirkRow<Quirk>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

using Quirks = QuirkSet<Quirk>;

}  // namespace fakes::graph
