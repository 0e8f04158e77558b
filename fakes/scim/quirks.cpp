#include "fakes/scim/quirks.h"

#include <algorithm>

namespace fakes::scim {
namespace {

// clang-format off
constexpr QuirkInfo table[] = {
    // Schema declarations
    {Quirk::schema_id_missing, "schema_id_missing", "schemas are listed without their id", "S-7-1"},
    {Quirk::schema_attributes_missing, "schema_attributes_missing", "schemas are listed without attributes", "S-7-1"},
    {Quirk::schema_type_missing, "schema_type_missing", "attributes are declared without a type", "S-7-1"},
    {Quirk::schema_multi_valued_missing, "schema_multi_valued_missing", "attributes are declared without multiValued", "S-7-1"},
    {Quirk::schema_type_unknown, "schema_type_unknown", "texts are declared as the type \"text\"", "S-7-2"},
    {Quirk::schema_type_in_capitals, "schema_type_in_capitals", "booleans are declared as the type \"Boolean\"", "S-7-2"},
    {Quirk::schema_mutability_unknown, "schema_mutability_unknown", "readWrite is declared as \"writable\"", "S-7-2"},
    {Quirk::schema_returned_unknown, "schema_returned_unknown", "returned by default is declared as \"yes\"", "S-7-2"},
    {Quirk::schema_uniqueness_unknown, "schema_uniqueness_unknown", "uniqueness is declared as \"tenant\"", "S-7-2"},
    {Quirk::schema_sub_attributes_missing, "schema_sub_attributes_missing", "complex attributes are declared without subAttributes", "S-7-3"},
    {Quirk::schema_reference_types_missing, "schema_reference_types_missing", "references are declared without referenceTypes", "S-7-5"},
    {Quirk::schema_name_malformed, "schema_name_malformed", "an attribute's name has a space", "S-2.1-2"},
    {Quirk::schema_complex_nested, "schema_complex_nested", "a sub-attribute is complex in its turn", "S-2.3.8-2"},
    {Quirk::schema_attribute_missing, "schema_attribute_missing", "nickName is kept and shown, but not declared", "S-7-6"},
    {Quirk::schema_attribute_invented, "schema_attribute_invented", "an attribute is declared that is never kept", "S-7-7"},
    {Quirk::schema_user_name_optional, "schema_user_name_optional", "userName is declared as optional, and is not", "S-7-7"},
    {Quirk::schema_user_name_case_exact, "schema_user_name_case_exact", "userName is declared as caseExact, and is not", "S-7-7"},
    {Quirk::schema_user_name_not_unique, "schema_user_name_not_unique", "userName is declared as not unique, and is", "S-7-7"},
    {Quirk::schema_nick_name_required, "schema_nick_name_required", "nickName is declared as required, and is not", "S-7-7"},
    {Quirk::schema_title_read_only, "schema_title_read_only", "title is declared as readOnly, and can be written", "S-7-7"},
    {Quirk::schema_groups_writable, "schema_groups_writable", "groups is declared as readWrite, and cannot be written", "S-7-7"},
    {Quirk::schema_password_returned, "schema_password_returned", "password is declared as returned, and is not", "S-7-7"},
    {Quirk::schema_emails_single, "schema_emails_single", "emails is declared as single-valued, and is not", "S-7-7"},
    // Names and comparison
    {Quirk::attribute_names_with_case, "attribute_names_with_case", "attribute names are compared with letter case", "P-3.4.2.2-2"},
    {Quirk::urn_with_case, "urn_with_case", "URNs in paths are compared with letter case", "P-3.4.2.2-23"},
    {Quirk::case_exact_ignored, "case_exact_ignored", "caseExact texts are compared without letter case", "P-3.4.2.2-5"},
    {Quirk::user_name_with_case, "user_name_with_case", "userName is compared with letter case", "P-3.4.2.2-5"},
    {Quirk::text_not_prepared, "text_not_prepared", "texts are compared without preparation", "P-5-1"},
    {Quirk::date_times_as_text, "date_times_as_text", "dateTimes are compared as texts", "P-3.4.2.2-12"},
    // Query: filters
    {Quirk::filter_operators_with_case, "filter_operators_with_case", "operators are known in lower case only", "P-3.4.2.2-2"},
    {Quirk::filter_empty_matches_all, "filter_empty_matches_all", "an empty filter finds everything", "P-3.4.2.2-3"},
    {Quirk::filter_unreadable_matches_all, "filter_unreadable_matches_all", "a filter that cannot be read finds everything", "P-3.4.2.2-3"},
    {Quirk::filter_unknown_operator_as_eq, "filter_unknown_operator_as_eq", "an unknown operator is taken for eq", "P-3.4.2.2-4"},
    {Quirk::filter_unknown_operator_unnamed, "filter_unknown_operator_unnamed", "an unknown operator is refused without scimType and detail", "P-3.4.2.2-4"},
    {Quirk::filter_boolean_text_never_equal, "filter_boolean_text_never_equal", "a boolean compared with a text is refused or never equal: roles[primary eq \"True\"]", "X-2"},
    {Quirk::filter_ne_needs_value, "filter_ne_needs_value", "ne does not find what has no value", "P-3.4.2.2-7"},
    {Quirk::filter_co_as_sw, "filter_co_as_sw", "co finds beginnings only", "P-3.4.2.2-8"},
    {Quirk::filter_sw_as_co, "filter_sw_as_co", "sw finds what stands anywhere", "P-3.4.2.2-9"},
    {Quirk::filter_sw_needs_more, "filter_sw_needs_more", "sw does not find a value that is equal", "P-3.4.2.2-9"},
    {Quirk::filter_ew_refused, "filter_ew_refused", "ew is refused", "P-3.4.2.2-10"},
    {Quirk::filter_ew_as_co, "filter_ew_as_co", "ew finds what stands anywhere", "P-3.4.2.2-10"},
    {Quirk::filter_empty_text_present, "filter_empty_text_present", "pr counts an empty text as a value", "P-3.4.2.2-11"},
    {Quirk::filter_complex_never_present, "filter_complex_never_present", "pr never finds a complex attribute", "P-3.4.2.2-11"},
    {Quirk::filter_gt_as_ge, "filter_gt_as_ge", "gt finds what is equal", "P-3.4.2.2-12"},
    {Quirk::filter_le_as_lt, "filter_le_as_lt", "le does not find what is equal", "P-3.4.2.2-12"},
    {Quirk::filter_orders_booleans, "filter_orders_booleans", "gt, ge, lt, le compare booleans", "P-3.4.2.2-13"},
    {Quirk::filter_orders_binary, "filter_orders_binary", "gt, ge, lt, le compare binary values", "P-3.4.2.2-13"},
    {Quirk::filter_or_binds_tighter, "filter_or_binds_tighter", "or binds tighter than and", "P-3.4.2.2-14"},
    {Quirk::filter_left_to_right, "filter_left_to_right", "and and or are taken from left to right", "P-3.4.2.2-14"},
    {Quirk::filter_not_ignored, "filter_not_ignored", "not is read and has no effect", "P-3.4.2.2-14"},
    {Quirk::filter_round_brackets_ignored, "filter_round_brackets_ignored", "round brackets have no effect", "P-3.4.2.2-15"},
    {Quirk::filter_value_path_across_values, "filter_value_path_across_values", "conditions in square brackets are met by different values", "P-3.4.2.2-16"},
    {Quirk::filter_sub_attribute_ignored, "filter_sub_attribute_ignored", "the sub-attribute of a multi-valued attribute is not looked at: value is compared", "P-3.4.2.2-17"},
    {Quirk::filter_first_value_only, "filter_first_value_only", "only the first value of a multi-valued attribute is compared", "P-3.4.2.2-18"},
    {Quirk::filter_multi_valued_needs_sub_attribute, "filter_multi_valued_needs_sub_attribute", "a multi-valued attribute without sub-attribute is refused", "P-3.4.2.2-19"},
    {Quirk::filter_null_refused, "filter_null_refused", "null is refused", "P-3.4.2.2-21"},
    {Quirk::filter_escapes_kept, "filter_escapes_kept", "escapes in texts are taken literally", "P-3.4.2.2-21"},
    {Quirk::filter_schemas_refused, "filter_schemas_refused", "schemas cannot be filtered by", "P-3.4.2.2-22"},
    {Quirk::filter_urn_refused, "filter_urn_refused", "extension attributes cannot be filtered by", "P-3.4.2.2-23"},
    {Quirk::filter_external_id_ignored, "filter_external_id_ignored", "a condition on externalId has no effect", "P-3.4.2.2-24"},
    {Quirk::filter_meta_refused, "filter_meta_refused", "meta cannot be filtered by", "P-3.4.2.2-25"},
    {Quirk::filter_unknown_attribute_ignored, "filter_unknown_attribute_ignored", "a condition on an unknown attribute has no effect", "P-3.4.2.2-26"},
    {Quirk::filter_members_refused, "filter_members_refused", "members cannot be filtered by", "P-3.4.2.2-27"},
    {Quirk::filter_finds_passwords, "filter_finds_passwords", "users are found by their password", "P-7.5.2-1"},
    // PATCH: the message
    {Quirk::patch_schema_not_needed, "patch_schema_not_needed", "a PATCH need not name its schema", "P-3.5.2-1"},
    {Quirk::no_operations_accepted, "no_operations_accepted", "a PATCH without operations succeeds", "P-3.5.2-2"},
    {Quirk::single_operation_accepted, "single_operation_accepted", "Operations may be an object", "P-3.5.2-2"},
    {Quirk::unknown_op_ignored, "unknown_op_ignored", "an unknown op is passed over", "P-3.5.2-3"},
    {Quirk::op_with_case, "op_with_case", "op is known in lower case only", "X-1"},
    {Quirk::malformed_path_ignored, "malformed_path_ignored", "an operation with a malformed path is passed over", "P-3.5.2-4"},
    {Quirk::unknown_path_ignored, "unknown_path_ignored", "an operation on an unknown attribute is passed over", "P-3.5.2-5"},
    {Quirk::unknown_path_stored, "unknown_path_stored", "an unknown attribute is stored", "P-3.5.2-5"},
    {Quirk::read_only_written, "read_only_written", "readOnly attributes can be changed", "P-3.5.2-6"},
    {Quirk::read_only_ignored, "read_only_ignored", "changes of readOnly attributes are passed over", "P-3.5.2-6"},
    {Quirk::read_only_sub_attribute_written, "read_only_sub_attribute_written", "readOnly sub-attributes can be changed", "S-4.3-3"},
    {Quirk::repeated_read_only_refused, "repeated_read_only_refused", "a value without path must not repeat what is readOnly", "X-9"},
    {Quirk::immutable_changed, "immutable_changed", "immutable values can be changed", "P-3.5.2-7"},
    {Quirk::wrong_type_stored, "wrong_type_stored", "values of the wrong type are stored", "P-3.5.2-8"},
    {Quirk::extension_not_listed, "extension_not_listed", "schemas does not follow when extension attributes are added", "P-3.5.2-9"},
    {Quirk::last_operation_first, "last_operation_first", "operations apply in reverse order", "P-3.5.2-10"},
    {Quirk::several_primaries_kept, "several_primaries_kept", "several values can be primary", "P-3.5.2-11"},
    {Quirk::patch_not_atomic, "patch_not_atomic", "operations before a failing one stay applied", "P-3.5.2-12"},
    {Quirk::unknown_member_refused, "unknown_member_refused", "a value without path must name known attributes only", "X-3"},
    {Quirk::boolean_text_refused, "boolean_text_refused", "\"True\" and \"False\" are refused", "X-2"},
    {Quirk::boolean_text_kept, "boolean_text_kept", "\"True\" and \"False\" are stored as texts", "X-2"},
    {Quirk::boolean_text_is_true, "boolean_text_is_true", "\"False\" is stored as true", "X-2"},
    {Quirk::null_member_refused, "null_member_refused", "null within a value is refused", "P-3.3-6"},
    {Quirk::bare_reference_refused, "bare_reference_refused", "the manager's bare id is refused", "S-4.3-2"},
    {Quirk::empty_reference_stored, "empty_reference_stored", "an empty manager is stored", "S-4.3-2"},
    {Quirk::wrapped_value_refused, "wrapped_value_refused", "a single value within an array is refused", "X-8"},
    // PATCH: add
    {Quirk::value_not_needed, "value_not_needed", "add and replace without a value succeed", "P-3.5.2.1-1"},
    {Quirk::add_without_path_ignored, "add_without_path_ignored", "add without path has no effect", "P-3.5.2.1-2"},
    {Quirk::add_keeps_old_value, "add_keeps_old_value", "add does not replace a single value", "P-3.5.2.1-4"},
    {Quirk::add_replaces_values, "add_replaces_values", "add replaces the values of a multi-valued attribute", "P-3.5.2.1-5"},
    {Quirk::complex_replaced_whole, "complex_replaced_whole", "a complex attribute loses the sub-attributes that were not sent", "P-3.5.2.1-6"},
    {Quirk::add_duplicates_values, "add_duplicates_values", "what is there already is added again", "P-3.5.2.1-7"},
    {Quirk::patch_always_changes, "patch_always_changes", "a PATCH that changes nothing moves lastModified", "P-3.5.2.1-8"},
    {Quirk::filtered_add_lost, "filtered_add_lost", "add to a value that does not exist has no effect", "X-4"},
    {Quirk::missing_value_not_made, "missing_value_not_made", "a value that does not exist is not made for a path with a filter", "X-4"},
    {Quirk::add_keeps_first_hundred, "add_keeps_first_hundred", "add to a list keeps only its first hundred values", "S-4.2-5"},
    {Quirk::dotted_names_in_add_ignored, "dotted_names_in_add_ignored", "names with dots have no effect in an add without path", "X-3"},
    // PATCH: remove
    {Quirk::remove_without_path_succeeds, "remove_without_path_succeeds", "remove without path succeeds", "P-3.5.2.2-1"},
    {Quirk::removed_becomes_empty_text, "removed_becomes_empty_text", "a removed single value becomes an empty text", "P-3.5.2.2-2"},
    {Quirk::remove_keeps_first_value, "remove_keeps_first_value", "remove of a multi-valued attribute keeps its first value", "P-3.5.2.2-3"},
    {Quirk::remove_filter_takes_all, "remove_filter_takes_all", "remove with a filter removes all values", "P-3.5.2.2-4"},
    {Quirk::remove_first_match_only, "remove_first_match_only", "remove with a filter removes the first match only", "P-3.5.2.2-4"},
    {Quirk::removed_list_kept_empty, "removed_list_kept_empty", "the attribute stays assigned when its last value is removed", "P-3.5.2.2-5"},
    {Quirk::remove_sub_takes_value, "remove_sub_takes_value", "remove of a sub-attribute removes the whole value", "P-3.5.2.2-6"},
    {Quirk::required_removed, "required_removed", "a required attribute can be removed", "P-3.5.2.2-7"},
    {Quirk::remove_without_match_refused, "remove_without_match_refused", "remove of what is not there is refused", "P-3.5.2.2-8"},
    {Quirk::value_list_removes_all, "value_list_removes_all", "remove with a list of values removes all", "P-3.5.2.2-9"},
    {Quirk::null_in_list_removes_all, "null_in_list_removes_all", "remove with a null in the list of values removes all", "P-3.5.2.2-9"},
    // PATCH: replace
    {Quirk::replace_without_path_ignored, "replace_without_path_ignored", "replace without path has no effect", "P-3.5.2.3-1"},
    {Quirk::dotted_names_ignored, "dotted_names_ignored", "names with dots have no effect in a value without path", "X-3"},
    {Quirk::dotted_names_stored, "dotted_names_stored", "names with dots in a value without path are stored as they are", "X-3"},
    {Quirk::active_without_path_ignored, "active_without_path_ignored", "active has no effect in a value without path", "P-3.5.2.3-9"},
    {Quirk::replace_without_path_wipes_members, "replace_without_path_wipes_members", "replace without path empties a group whose members it does not name", "P-3.5.2.3-1"},
    {Quirk::replace_adds_values, "replace_adds_values", "replace adds to a multi-valued attribute", "P-3.5.2.3-3"},
    {Quirk::empty_list_ignored, "empty_list_ignored", "replace by an empty list has no effect", "P-3.5.2.3-3"},
    {Quirk::replace_of_unset_ignored, "replace_of_unset_ignored", "replace of an unset attribute has no effect", "P-3.5.2.3-4"},
    {Quirk::value_path_first_match_only, "value_path_first_match_only", "with a filter only the first match is changed", "P-3.5.2.3-6"},
    {Quirk::value_path_replaces_value, "value_path_replaces_value", "a sub-attribute behind a filter takes the rest of the value with it", "P-3.5.2.3-7"},
    {Quirk::replace_without_target_succeeds, "replace_without_target_succeeds", "replace of values of which there are none succeeds", "P-3.5.2.3-8"},
    {Quirk::empty_value_ignored, "empty_value_ignored", "null and the empty text do not clear a value", "X-8"},
    {Quirk::empty_text_stored, "empty_text_stored", "the empty text is stored", "X-8"},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() {
  return table;
}

std::optional<Quirk> find_quirk(std::string_view name) {
  const auto found = std::ranges::find(table, name, &QuirkInfo::name);
  if (found == std::end(table)) return std::nullopt;
  return found->quirk;
}

}  // namespace fakes::scim
