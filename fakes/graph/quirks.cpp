#include "fakes/graph/quirks.h"


namespace fakes::graph {
namespace {

// clang-format off
constexpr QuirkInfo table[] = {
    {Quirk::duplicate_is_500, "duplicate_is_500", "a taken user principal name or immutable id is answered with 500", "E13", "2018"},
    {Quirk::conflict_without_message, "conflict_without_message", "details of a conflict do not repeat the message", "E10", "older replies"},
    {Quirk::conflict_names_objects, "conflict_names_objects", "details of a conflict have a second entry, ConflictingObjects", "E11"},
    {Quirk::wrong_audience_is_403, "wrong_audience_is_403", "a token for another audience is answered with 403", "E30", "2021"},
    {Quirk::valid_token_refused_once, "valid_token_refused_once", "the first request with a token is answered as if it had expired", "F8"},
    {Quirk::unavailable_with_retry_after, "unavailable_with_retry_after", "now and then 503 or 504, with Retry-After", "E7 F16"},
    {Quirk::unavailable_without_retry_after, "unavailable_without_retry_after", "now and then 503 or 504, without Retry-After", "E7 F16"},
    {Quirk::throttled_below_limits, "throttled_below_limits", "now and then 429 although no limit is reached", "T10 F15"},
    {Quirk::throttled_without_retry_after, "throttled_without_retry_after", "429 does not say when to come again", "T12 F15"},
    {Quirk::throttled_for_fractions, "throttled_for_fractions", "429 says when to come again in fractions of a second", "E40 F15"},
    {Quirk::revocation_answers_204, "revocation_answers_204", "revokeSignInSessions answers 204 in place of 200 with true", "U56 F7", "as documented before 2021"},
    {Quirk::app_cannot_purge_users, "app_cannot_purge_users", "an app cannot remove a deleted user for good", "U48", "2021"},
    {Quirk::app_passwords_never, "app_passwords_never", "an app cannot set passwords by itself, whatever it was granted", "P3", "2021"},
    {Quirk::app_passwords_need_role, "app_passwords_need_role", "an app that sets passwords also needs the role User Administrator", "P3"},
    {Quirk::empty_pages, "empty_pages", "now and then a page of a list is empty although more follow", "Q15"},
    {Quirk::page_tokens_end_early, "page_tokens_end_early", "a page's token is refused at its first use", "Q16 F5"},
    {Quirk::delta_replays, "delta_replays", "a round of a delta query begins with changes from before its token", "DL12 F17"},
    {Quirk::delta_duplicates, "delta_duplicates", "now and then a delta page tells an object twice", "DL12 F17"},
    {Quirk::delta_empty_pages, "delta_empty_pages", "now and then a delta page is empty although more follow", "DL13 F17"},
    {Quirk::delta_expiry_is_410, "delta_expiry_is_410", "an expired delta token is answered with 410 and the place to begin again, as after a forced resync", "E41 F17"},
    {Quirk::delta_ahead_of_writes, "delta_ahead_of_writes", "a delta query tells what cannot be written yet", "C6 F3"},
    {Quirk::batch_shuffled, "batch_shuffled", "the answers of a batch come in another order than its requests", "B2 F18"},
    {Quirk::batch_throttled_as_a_whole, "batch_throttled_as_a_whole", "a batch with a throttled request is answered with 424", "B9 F18", "2021"},
    {Quirk::batch_one_dependency, "batch_one_dependency", "a request of a batch may depend on one other at most", "B7", "2021"},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() { return table; }

std::optional<Quirk> find_quirk(std::string_view name) {
  return quirk_named(all_quirks(), name);
}

}  // namespace fakes::graph
