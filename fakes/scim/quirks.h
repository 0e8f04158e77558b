// What a service provider can get wrong, each as a switch of its own. A provider without quirks conforms; one with a single
// quirk differs from it in one behaviour, which is what shows that a check looks at just that.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string_view>

namespace fakes::scim {

enum class Quirk {
  // Schema declarations
  schema_id_missing,
  schema_attributes_missing,
  schema_type_missing,
  schema_multi_valued_missing,
  schema_type_unknown,
  schema_type_in_capitals,
  schema_mutability_unknown,
  schema_returned_unknown,
  schema_uniqueness_unknown,
  schema_sub_attributes_missing,
  schema_reference_types_missing,
  schema_name_malformed,
  schema_complex_nested,
  schema_attribute_missing,
  schema_attribute_invented,
  schema_user_name_optional,
  schema_user_name_case_exact,
  schema_user_name_not_unique,
  schema_nick_name_required,
  schema_title_read_only,
  schema_groups_writable,
  schema_password_returned,
  schema_emails_single,
  // Names and comparison
  attribute_names_with_case,
  urn_with_case,
  case_exact_ignored,
  user_name_with_case,
  text_not_prepared,
  date_times_as_text,
  // Query: filters
  filter_operators_with_case,
  filter_empty_matches_all,
  filter_unreadable_matches_all,
  filter_unknown_operator_as_eq,
  filter_unknown_operator_unnamed,
  filter_boolean_text_never_equal,
  filter_ne_needs_value,
  filter_co_as_sw,
  filter_sw_as_co,
  filter_sw_needs_more,
  filter_ew_refused,
  filter_ew_as_co,
  filter_empty_text_present,
  filter_complex_never_present,
  filter_gt_as_ge,
  filter_le_as_lt,
  filter_orders_booleans,
  filter_orders_binary,
  filter_or_binds_tighter,
  filter_left_to_right,
  filter_not_ignored,
  filter_round_brackets_ignored,
  filter_value_path_across_values,
  filter_sub_attribute_ignored,
  filter_first_value_only,
  filter_multi_valued_needs_sub_attribute,
  filter_null_refused,
  filter_escapes_kept,
  filter_schemas_refused,
  filter_urn_refused,
  filter_external_id_ignored,
  filter_meta_refused,
  filter_unknown_attribute_ignored,
  filter_members_refused,
  filter_finds_passwords,
  // PATCH: the message
  patch_schema_not_needed,
  no_operations_accepted,
  single_operation_accepted,
  unknown_op_ignored,
  op_with_case,
  malformed_path_ignored,
  unknown_path_ignored,
  unknown_path_stored,
  read_only_written,
  read_only_ignored,
  read_only_sub_attribute_written,
  repeated_read_only_refused,
  immutable_changed,
  wrong_type_stored,
  extension_not_listed,
  last_operation_first,
  several_primaries_kept,
  patch_not_atomic,
  unknown_member_refused,
  boolean_text_refused,
  boolean_text_kept,
  boolean_text_is_true,
  null_member_refused,
  bare_reference_refused,
  empty_reference_stored,
  wrapped_value_refused,
  // PATCH: add
  value_not_needed,
  add_without_path_ignored,
  add_keeps_old_value,
  add_replaces_values,
  complex_replaced_whole,
  add_duplicates_values,
  patch_always_changes,
  filtered_add_lost,
  missing_value_not_made,
  add_keeps_first_hundred,
  dotted_names_in_add_ignored,
  // PATCH: remove
  remove_without_path_succeeds,
  removed_becomes_empty_text,
  remove_keeps_first_value,
  remove_filter_takes_all,
  remove_first_match_only,
  removed_list_kept_empty,
  remove_sub_takes_value,
  required_removed,
  remove_without_match_refused,
  value_list_removes_all,
  null_in_list_removes_all,
  // PATCH: replace
  replace_without_path_ignored,
  dotted_names_ignored,
  dotted_names_stored,
  active_without_path_ignored,
  replace_without_path_wipes_members,
  replace_adds_values,
  empty_list_ignored,
  replace_of_unset_ignored,
  value_path_first_match_only,
  value_path_replaces_value,
  replace_without_target_succeeds,
  empty_value_ignored,
  empty_text_stored,
};

struct QuirkInfo {
  Quirk quirk;
  std::string_view name;    ///< as on a command line
  std::string_view what;    ///< what the provider does, for people
  std::string_view clause;  ///< the requirement it breaks
};

/// In the order of the enumeration.
[[nodiscard]] std::span<const QuirkInfo> all_quirks();
[[nodiscard]] std::optional<Quirk> find_quirk(std::string_view name);

class Quirks {
 public:
  Quirks() = default;
  Quirks(std::initializer_list<Quirk> quirks) : quirks_(quirks) {}

  void add(Quirk quirk) { quirks_.insert(quirk); }
  [[nodiscard]] bool has(Quirk quirk) const { return quirks_.contains(quirk); }

 private:
  std::set<Quirk> quirks_;
};

}  // namespace fakes::scim
