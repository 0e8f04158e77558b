#include "fakes/clients/quirks.h"

namespace fakes::clients {
namespace {

// clang-format off
constexpr QuirkInfo client_quirk_table[] = {
    {Quirk::retry_after_ignored, "retry_after_ignored", "what is throttled is sent again at once", "CG-T-1 CS-T-1"},
    {Quirk::retry_after_fractions_cut, "retry_after_fractions_cut", "of Retry-After the fraction of a second is cut off", "CG-T-2"},
    {Quirk::retry_after_dates_ignored, "retry_after_dates_ignored", "Retry-After with a date counts as a second", "CG-T-3 CS-T-1"},
    {Quirk::no_back_off, "no_back_off", "without Retry-After it is sent again at once, and again", "CG-T-4"},
    {Quirk::gives_up_when_throttled, "gives_up_when_throttled", "429 and 503 are errors", "CG-T-5 CS-T-2"},
    {Quirk::token_for_each_request, "token_for_each_request", "each request gets a token of its own", "CG-A-1"},
    {Quirk::refused_token_ends_it, "refused_token_ends_it", "401 is an error", "CG-A-2"},
    {Quirk::refused_token_is_kept, "refused_token_is_kept", "after a 401 the same token is sent again until its time is over", "CG-A-2"},
    {Quirk::delta_link_forgotten, "delta_link_forgotten", "each sync reads everybody", "CG-D-1"},
    {Quirk::delta_link_rebuilt, "delta_link_rebuilt", "the delta token is put into a link of its own making", "CG-D-1"},
    {Quirk::removals_ignored, "removals_ignored", "who is @removed stays", "CG-D-4"},
    {Quirk::resync_gives_up, "resync_gives_up", "410 is an error", "CG-D-2"},
    {Quirk::resync_keeps_what_is_gone, "resync_keeps_what_is_gone", "after 410 what is not told again stays", "CG-D-3"},
    {Quirk::resync_location_ignored, "resync_location_ignored", "after 410 the Location is not looked at", "CG-D-5"},
    {Quirk::next_link_rebuilt, "next_link_rebuilt", "the page's token is put into a link of its own making", "CG-P-1"},
    {Quirk::stops_after_first_page, "stops_after_first_page", "there is one page", "CG-P-1"},
    {Quirk::stops_at_an_empty_page, "stops_at_an_empty_page", "an empty page is the last one", "CG-P-2"},
    {Quirk::quotes_not_doubled, "quotes_not_doubled", "a quote in a filter's literal stands as it is", "CG-Q-1"},
    {Quirk::consistency_level_missing, "consistency_level_missing", "an advanced query is sent without ConsistencyLevel", "CG-Q-2"},
    {Quirk::consistency_level_on_first_page, "consistency_level_on_first_page", "ConsistencyLevel is sent with the first page alone", "CG-Q-3"},
    {Quirk::lost_create_takes_another_name, "lost_create_takes_another_name", "after a lost answer the account is created under another name", "CG-L-1"},
    {Quirk::lost_create_counts_as_done, "lost_create_counts_as_done", "a create whose answer is lost is not looked after", "CG-L-2"},
    {Quirk::lost_update_is_dropped, "lost_update_is_dropped", "a change whose request is lost is not sent again", "CG-L-3 CS-L-2"},
    {Quirk::batch_by_position, "batch_by_position", "answers of a batch are taken in their order", "CG-B-1"},
    {Quirk::batch_failures_dropped, "batch_failures_dropped", "what a batch was refused for now is dropped", "CG-B-2"},
    {Quirk::batch_sent_again_whole, "batch_sent_again_whole", "a batch of which something was refused is sent again whole", "CG-B-2"},
    {Quirk::batch_of_more_than_twenty, "batch_of_more_than_twenty", "a batch holds whatever there is", "CG-B-3"},
    {Quirk::writes_without_a_change, "writes_without_a_change", "each sync writes what it has read", "CG-C-1"},
    {Quirk::creates_again_what_is_not_found, "creates_again_what_is_not_found", "who is not found after a create is created again, under another name", "CG-C-2"},
    {Quirk::reads_each_user_alone, "reads_each_user_alone", "each sync reads everybody once more, one by one", "CG-C-3"},
    {Quirk::group_create_is_sent_blindly, "group_create_is_sent_blindly", "a lost create of a group is sent again without a look", "CG-G-1"},
    {Quirk::member_there_is_an_error, "member_there_is_an_error", "who is a member already cannot become one", "CG-G-2"},
    {Quirk::member_gone_is_an_error, "member_gone_is_an_error", "who is no member any more cannot be taken out", "CG-G-2"},
    {Quirk::member_is_deleted_without_ref, "member_is_deleted_without_ref", "a member is taken out without /$ref at the end", "CG-G-3"},
    {Quirk::no_state_sent, "no_state_sent", "it sends no state, and asks for none", "CO-R-1"},
    {Quirk::state_is_constant, "state_is_constant", "the state is the same for everybody", "CO-R-1"},
    {Quirk::state_not_checked, "state_not_checked", "the state that comes back is not looked at", "CO-S-1"},
    {Quirk::state_alone_not_checked, "state_alone_not_checked", "it sends a state and neither nonce nor code_challenge, and does not look at what comes back", "CO-S-2"},
    {Quirk::nothing_binds_the_browser, "nothing_binds_the_browser", "it sends neither state nor nonce nor code_challenge", "CO-R-4"},
    {Quirk::no_nonce_sent, "no_nonce_sent", "it sends no nonce, and asks for none", "CO-R-2"},
    {Quirk::nonce_is_constant, "nonce_is_constant", "the nonce is the same for everybody, and short", "CO-R-2"},
    {Quirk::nonce_not_checked, "nonce_not_checked", "the nonce is not looked at", "CO-T-6"},
    {Quirk::no_code_challenge, "no_code_challenge", "it does without PKCE", "CO-R-3"},
    {Quirk::challenge_is_constant, "challenge_is_constant", "code_challenge is the same for everybody", "CO-R-3"},
    {Quirk::issuer_not_checked, "issuer_not_checked", "iss is not looked at", "CO-T-1"},
    {Quirk::issuer_checked_by_its_beginning, "issuer_checked_by_its_beginning", "an iss that begins alike will do", "CO-T-1"},
    {Quirk::audience_not_checked, "audience_not_checked", "aud is not looked at", "CO-T-2"},
    {Quirk::other_audiences_will_do, "other_audiences_will_do", "aud may name whomever besides", "CO-T-2"},
    {Quirk::party_not_checked, "party_not_checked", "azp is not looked at", "CO-T-3"},
    {Quirk::expiry_not_checked, "expiry_not_checked", "exp is not looked at", "CO-T-4"},
    {Quirk::times_not_checked, "times_not_checked", "nbf and iat are not looked at", "CO-T-5"},
    {Quirk::subject_not_checked, "subject_not_checked", "a token without sub will do", "CO-T-7"},
    {Quirk::signature_not_checked, "signature_not_checked", "the signature is not looked at", "CO-T-8"},
    {Quirk::algorithm_is_the_tokens, "algorithm_is_the_tokens", "the token says how it is to be checked", "CO-T-9"},
    {Quirk::any_key_will_do, "any_key_will_do", "where the key id is not known, the signature counts as good", "CO-T-10"},
    {Quirk::new_keys_are_not_fetched, "new_keys_are_not_fetched", "the key set is fetched once, for ever", "CO-K-1"},
    {Quirk::keys_fetched_for_each_sign_in, "keys_fetched_for_each_sign_in", "the key set is fetched for each sign-in", "CO-K-2"},
    {Quirk::signs_in_without_a_token, "signs_in_without_a_token", "where there is no token the person is let in", "CO-E-1"},
    {Quirk::creates_without_looking, "creates_without_looking", "nobody is looked up before they are created", "CS-M-1"},
    {Quirk::filter_values_not_escaped, "filter_values_not_escaped", "quotes in a filter's value stand as they are", "CS-M-2"},
    {Quirk::conflict_is_the_end, "conflict_is_the_end", "409 is an error, and nobody is looked up after it", "CS-M-3"},
    {Quirk::lost_create_is_sent_blindly, "lost_create_is_sent_blindly", "after a lost answer the person is created under another name", "CS-L-1"},
    {Quirk::active_as_text, "active_as_text", "active is a text", "CS-P-3"},
    {Quirk::patch_without_schemas, "patch_without_schemas", "PATCH comes without its schema", "CS-P-1"},
    {Quirk::patch_operations_misspelt, "patch_operations_misspelt", "PATCH has an operation `update`", "CS-P-2"},
    {Quirk::plain_json, "plain_json", "bodies are application/json", "CS-H-1"},
    {Quirk::puts_what_it_knows, "puts_what_it_knows", "PUT with what it knows, which takes away the rest", "CS-P-4"},
    {Quirk::missing_at_delete_is_an_error, "missing_at_delete_is_an_error", "404 to a delete is an error", "CS-D-1"},
    {Quirk::sends_what_has_not_changed, "sends_what_has_not_changed", "each sync sends everybody", "CS-N-1"},
    {Quirk::deletes_who_leaves, "deletes_who_leaves", "who leaves is deleted", "CS-P-5"},
    {Quirk::version_is_made_up, "version_is_made_up", "If-Match holds a version that nobody has given", "CS-E-1"},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() { return client_quirk_table; }

std::optional<Quirk> find_quirk(std::string_view name) { return quirk_named(all_quirks(), name); }

}  // namespace fakes::clients
