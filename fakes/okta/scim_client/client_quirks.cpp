#include "fakes/okta/scim_client/client_quirks.h"

#include <array>

namespace fakes::okta::scim_client {
namespace {

using enum ClientQuirk;

// clang-format off
constexpr std::array table{
    ClientQuirkInfo{create_without_external_id, "create_without_external_id", "a creation has no externalId, as one sample prints it", "4.3-07", ""},
    ClientQuirkInfo{profile_by_patch, "profile_by_patch", "an app of the catalogue changes profiles by PATCH, as the newer pages say", "4.4-05", ""},
    ClientQuirkInfo{profile_before_activation, "profile_before_activation", "a link pushes the profile first and switches the account on after it", "7.2-20", ""},
    ClientQuirkInfo{one_update_where_active, "one_update_where_active", "a link to an account that is active pushes the profile alone", "4.3-04", "2026-10"},
    ClientQuirkInfo{resends_all_attributes, "resends_all_attributes", "each update holds every mapped attribute that has a value, not only those that changed", "4.4-07", ""},
    ClientQuirkInfo{emptied_as_null, "emptied_as_null", "an attribute that was emptied is sent as null", "4.4-09", ""},
    ClientQuirkInfo{emptied_left_out, "emptied_left_out", "an attribute that was emptied is left out of the replacement", "4.4-09", ""},
    ClientQuirkInfo{first_of_several_hits, "first_of_several_hits", "a look-up that finds several links the first of them", "4.3-01", ""},
    ClientQuirkInfo{bare_404_is_failure, "bare_404_is_failure", "a 404 without a SCIM error is no answer to a look-up", "4.3-03", ""},
    ClientQuirkInfo{password_at_sign_in, "password_at_sign_in", "a sign-in to Okta pushes the password that was typed", "4.6-04", ""},
    ClientQuirkInfo{later_retry_after_counts, "later_retry_after_counts", "a further 429 is waited out as long as its own header says", "4.9-02", ""},
    ClientQuirkInfo{rename_with_members, "rename_with_members", "a group's name is an operation of the PATCH that changes its members", "4.8-05", ""},
    ClientQuirkInfo{empty_push_without_path, "empty_push_without_path", "an empty group is pushed as a value without a path", "4.8-08", ""},
    ClientQuirkInfo{group_put_with_id, "group_put_with_id", "the replacement of a group holds its id", "4.8-10", ""},
    ClientQuirkInfo{members_with_create, "members_with_create", "a group is created with its members", "7.2-11", ""},
    ClientQuirkInfo{groups_not_tested, "groups_not_tested", "the test of the connection asks for no groups", "4.2-01", ""},
};
// clang-format on

}  // namespace

std::span<const ClientQuirkInfo> all_client_quirks() { return table; }

std::optional<ClientQuirk> client_quirk_named(std::string_view name) {
  return quirk_named(all_client_quirks(), name);
}

}  // namespace fakes::okta::scim_client
