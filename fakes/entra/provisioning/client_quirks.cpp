#include "fakes/entra/provisioning/client_quirks.h"

#include <array>

namespace fakes::entra::provisioning {
namespace {

using enum ClientQuirk;

// clang-format off
constexpr std::array table{
    ClientQuirkInfo{switch_forgets_unchanged, "switch_forgets_unchanged", "Switch is null where its source did not change and another attribute did", "2.19-26", ""},
    ClientQuirkInfo{disable_as_boolean, "disable_as_boolean", "active is a JSON boolean without the flag as well, as the tutorial prints it", "2.7-06", ""},
    ClientQuirkInfo{primary_first_as_text, "primary_first_as_text", "a new element's primary is added before its value, as the text \"true\"", "2.7-09", ""},
    ClientQuirkInfo{manager_as_object, "manager_as_object", "the manager is an object with the member value", "2.7-10", ""},
    ClientQuirkInfo{manager_as_array, "manager_as_array", "the manager is an array of one reference under the path manager, as older documentation prints it", "2.7-10", ""},
    ClientQuirkInfo{patch_2017, "patch_2017", "the older PATCH bodies, whatever the flag of the tenant URL says", "2.8-06", ""},
    ClientQuirkInfo{values_in_arrays, "values_in_arrays", "single values of a PATCH are wrapped in an array of objects", "2.7-16", ""},
    ClientQuirkInfo{extension_with_dot, "extension_with_dot", "a dot stands before an extension's attribute, as jobs named customappsso send it", "2.7-04", "2018-12-18"},
    ClientQuirkInfo{match_by_external_id, "match_by_external_id", "users are looked up by externalId in place of the matching attributes", "2.5-05", "2026-01"},
    ClientQuirkInfo{members_replaced, "members_replaced", "a member is added by replacing the members with a list that holds nothing else", "2.10-06", ""},
    ClientQuirkInfo{group_rename_without_path, "group_rename_without_path", "a group's attributes are replaced without a path", "2.10-05", ""},
    ClientQuirkInfo{asks_before_references, "asks_before_references", "a query asks whether a reference is there already before it is added", "2.5-08", ""},
    ClientQuirkInfo{explicit_nulls, "explicit_nulls", "a creation names mapped attributes without a value as null", "2.6-03", ""},
    ClientQuirkInfo{filter_unquoted, "filter_unquoted", "the value of a filter has no quotation marks", "2.1-21", ""},
    ClientQuirkInfo{version_header, "version_header", "requests carry the header ADSCIMVersion: 5.0", "2.1-19", "2019"},
    ClientQuirkInfo{additions_without_path, "additions_without_path", "with the flag, new values travel in one add without a path", "2.8-05", ""},
};
// clang-format on

}  // namespace

std::span<const ClientQuirkInfo> all_client_quirks() { return table; }

const ClientQuirkInfo& info_of(ClientQuirk quirk) { return table[static_cast<std::size_t>(quirk)]; }

std::optional<ClientQuirk> client_quirk_named(std::string_view name) {
  return quirk_named(all_client_quirks(), name);
}

}  // namespace fakes::entra::provisioning
