// For each quirk of PATCH the operations that show it: what the standard asks for, and what the quirk makes of it.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/scim/language_fixture.h"

namespace fakes::scim {
namespace patch_quirks_test {

constexpr std::string_view enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

struct QuirkCase {
  Quirk quirk;
  std::string_view operations;
  std::string_view attribute;  ///< of the group for members, of the extension for manager, else of the user
  std::string_view conforming;
  std::string_view quirky;
};

std::string answer(std::string_view operations, std::string_view attribute, const Quirks& quirks) {
  if (attribute == "members") return after_patch(tour_guides(), group_type(), operations, {attribute}, quirks);
  if (attribute != "manager") return after_patch(barbara(), user_type(), operations, {attribute}, quirks);
  return after_patch(barbara(), user_type(), operations, {enterprise, attribute}, quirks);
}

// The message
const std::vector<QuirkCase> of_message{
    {Quirk::no_operations_accepted, "[]", "title", "!invalidSyntax", R"("Tour Guide")"},
    {Quirk::single_operation_accepted, R"({"op": "remove", "path": "title"})", "title", "!invalidSyntax", "none"},
    {Quirk::unknown_op_ignored, R"([{"op": "move", "path": "title"}])", "title", "!invalidSyntax", R"("Tour Guide")"},
    {Quirk::op_with_case, R"([{"op": "Remove", "path": "title"}])", "title", "none", "!invalidSyntax"},
    {Quirk::malformed_path_ignored, R"([{"op": "remove", "path": "emails["}])", "title", "!invalidPath", R"("Tour Guide")"},
    {Quirk::unknown_path_ignored, R"([{"op": "add", "path": "noSuch", "value": 1}])", "noSuch", "!invalidPath", "none"},
    {Quirk::unknown_path_stored, R"([{"op": "add", "path": "noSuch", "value": 1}])", "noSuch", "!invalidPath", "1"},
    {Quirk::read_only_written, R"([{"op": "replace", "path": "id", "value": "x"}])", "id", "!mutability", R"("x")"},
    {Quirk::read_only_ignored, R"([{"op": "replace", "path": "id", "value": "x"}])", "id", "!mutability", R"("2819c223-AB")"},
    {Quirk::read_only_sub_attribute_written,
     R"([{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
          "value": {"value": "7", "displayName": "X"}}])",
     "manager", R"({"value":"7"})", R"({"value":"7","displayName":"X"})"},
    {Quirk::repeated_read_only_refused, R"([{"op": "replace", "value": {"id": "2819c223-AB"}}])", "id", R"("2819c223-AB")",
     "!mutability"},
    {Quirk::immutable_changed, R"([{"op": "replace", "path": "members[value eq \"u1\"].value", "value": "u9"}])", "members",
     "!mutability", R"([{"value":"u9"},{"value":"u2"},{"value":"u3"}])"},
    {Quirk::wrong_type_stored, R"([{"op": "replace", "path": "active", "value": "maybe"}])", "active", "!invalidValue",
     R"("maybe")"},
    {Quirk::last_operation_first,
     R"([{"op": "replace", "path": "title", "value": "a"}, {"op": "replace", "path": "title", "value": "b"}])", "title",
     R"("b")", R"("a")"},
    {Quirk::several_primaries_kept, R"([{"op": "add", "path": "roles", "value": [{"value": "editor", "primary": true}]}])",
     "roles", R"([{"value":"guide","primary":false},{"value":"editor","primary":true}])",
     R"([{"value":"guide","primary":true},{"value":"editor","primary":true}])"},
    {Quirk::boolean_text_refused, R"([{"op": "replace", "path": "active", "value": "False"}])", "active", "false",
     "!invalidValue"},
    {Quirk::boolean_text_kept, R"([{"op": "replace", "path": "active", "value": "False"}])", "active", "false", R"("False")"},
    {Quirk::boolean_text_is_true, R"([{"op": "replace", "path": "active", "value": "False"}])", "active", "false", "true"},
    {Quirk::null_member_refused, R"([{"op": "replace", "path": "members", "value": [{"$ref": null, "value": "u4"}]}])",
     "members", R"([{"value":"u4"}])", "!invalidValue"},
    {Quirk::bare_reference_refused,
     R"([{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "7"}])",
     "manager", R"({"value":"7"})", "!invalidValue"},
    {Quirk::empty_reference_stored,
     R"([{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": ""}])",
     "manager", "none", R"({"value":""})"},
    {Quirk::wrapped_value_refused, R"([{"op": "add", "path": "title", "value": [{"value": "x"}]}])", "title", R"("x")",
     "!invalidValue"},
    {Quirk::attribute_names_with_case, R"([{"op": "remove", "path": "TITLE"}])", "title", "none", "!invalidPath"},
    {Quirk::urn_with_case,
     R"([{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:manager"}])", "manager", "none",
     "!invalidPath"},
};

const std::vector<QuirkCase> of_add{
    {Quirk::value_not_needed, R"([{"op": "add", "path": "title"}])", "title", "!invalidValue", R"("Tour Guide")"},
    {Quirk::add_without_path_ignored, R"([{"op": "add", "value": {"title": "x"}}])", "title", R"("x")", R"("Tour Guide")"},
    {Quirk::add_keeps_old_value, R"([{"op": "add", "path": "title", "value": "x"}])", "title", R"("x")", R"("Tour Guide")"},
    {Quirk::add_replaces_values, R"([{"op": "add", "path": "members", "value": [{"value": "u4"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"}])", R"([{"value":"u4"}])"},
    {Quirk::complex_replaced_whole, R"([{"op": "add", "path": "name", "value": {"givenName": "Babs"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Babs"})", R"({"givenName":"Babs"})"},
    {Quirk::add_duplicates_values, R"([{"op": "add", "path": "members", "value": [{"value": "u3"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])", R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u3"}])"},
    {Quirk::filtered_add_lost, R"([{"op": "add", "path": "ims[type eq \"icq\"].value", "value": "5"}])", "ims",
     R"([{"type":"icq","value":"5"}])", "none"},
    {Quirk::missing_value_not_made, R"([{"op": "replace", "path": "ims[type eq \"icq\"].value", "value": "5"}])", "ims",
     R"([{"type":"icq","value":"5"}])", "!noTarget"},
    {Quirk::dotted_names_in_add_ignored, R"([{"op": "add", "value": {"name.formatted": "B", "title": "x"}}])", "name",
     R"({"formatted":"B","familyName":"Jensen","givenName":"Barbara"})",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Barbara"})"},
};

const std::vector<QuirkCase> of_remove{
    {Quirk::remove_without_path_succeeds, R"([{"op": "remove"}])", "title", "!noTarget", R"("Tour Guide")"},
    {Quirk::removed_becomes_empty_text, R"([{"op": "remove", "path": "title"}])", "title", "none", R"("")"},
    {Quirk::remove_keeps_first_value, R"([{"op": "remove", "path": "members"}])", "members", "none", R"([{"value":"u1"}])"},
    {Quirk::remove_filter_takes_all, R"([{"op": "remove", "path": "members[value eq \"u2\"]"}])", "members",
     R"([{"value":"u1"},{"value":"u3"}])", "none"},
    {Quirk::remove_first_match_only, R"([{"op": "remove", "path": "members[value sw \"u\"]"}])", "members", "none",
     R"([{"value":"u2"},{"value":"u3"}])"},
    {Quirk::removed_list_kept_empty, R"([{"op": "remove", "path": "roles[value eq \"guide\"]"}])", "roles", "none", "[{}]"},
    {Quirk::remove_sub_takes_value, R"([{"op": "remove", "path": "emails[type eq \"work\"].primary"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work"},{"value":"babs@jensen.org","type":"home"}])",
     R"([{"value":"babs@jensen.org","type":"home"}])"},
    {Quirk::required_removed, R"([{"op": "remove", "path": "userName"}])", "userName", "!mutability", "none"},
    {Quirk::remove_without_match_refused, R"([{"op": "remove", "path": "members[value eq \"u9\"]"}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])", "!noTarget"},
    {Quirk::value_list_removes_all, R"([{"op": "remove", "path": "members", "value": [{"value": "u2"}]}])", "members",
     R"([{"value":"u1"},{"value":"u3"}])", "none"},
    {Quirk::null_in_list_removes_all, R"([{"op": "remove", "path": "members", "value": [null, {"value": "u2"}]}])", "members",
     R"([{"value":"u1"},{"value":"u3"}])", "none"},
};

const std::vector<QuirkCase> of_replace{
    {Quirk::replace_without_path_ignored, R"([{"op": "replace", "value": {"title": "x"}}])", "title", R"("x")",
     R"("Tour Guide")"},
    {Quirk::dotted_names_ignored, R"([{"op": "replace", "value": {"name.formatted": "B"}}])", "name",
     R"({"formatted":"B","familyName":"Jensen","givenName":"Barbara"})",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Barbara"})"},
    {Quirk::dotted_names_stored, R"([{"op": "replace", "value": {"name.formatted": "B"}}])", "name.formatted", "none",
     R"("B")"},
    {Quirk::active_without_path_ignored, R"([{"op": "replace", "value": {"active": false}}])", "active", "false", "true"},
    {Quirk::replace_without_path_wipes_members, R"([{"op": "replace", "value": {"externalId": "x"}}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])", "none"},
    {Quirk::replace_adds_values, R"([{"op": "replace", "path": "members", "value": [{"value": "u4"}]}])", "members",
     R"([{"value":"u4"}])", R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"}])"},
    {Quirk::empty_list_ignored, R"([{"op": "replace", "path": "members", "value": []}])", "members", "none",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])"},
    {Quirk::replace_of_unset_ignored, R"([{"op": "replace", "path": "nickName", "value": "x"}])", "nickName", R"("x")", "none"},
    {Quirk::value_path_first_match_only, R"([{"op": "replace", "path": "emails[value pr].display", "value": "B"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":true,"display":"B"},{"value":"babs@jensen.org","type":"home","display":"B"}])",
     R"([{"value":"bjensen@example.com","type":"work","primary":true,"display":"B"},{"value":"babs@jensen.org","type":"home"}])"},
    {Quirk::value_path_replaces_value, R"([{"op": "replace", "path": "emails[type eq \"home\"].value", "value": "b"}])", "emails",
     R"([{"value":"bjensen@example.com","type":"work","primary":true},{"value":"b","type":"home"}])",
     R"([{"value":"bjensen@example.com","type":"work","primary":true},{"value":"b"}])"},
    {Quirk::replace_without_target_succeeds, R"([{"op": "replace", "path": "emails[type eq \"no\"].value", "value": "b"}])",
     "title", "!noTarget", R"("Tour Guide")"},
    {Quirk::empty_value_ignored, R"([{"op": "replace", "path": "title", "value": null}])", "title", "none", R"("Tour Guide")"},
    {Quirk::empty_text_stored, R"([{"op": "replace", "path": "title", "value": ""}])", "title", "none", R"("")"},
};

// What is narrower than the above
const std::vector<QuirkCase> of_parts{
    {Quirk::add_to_unset_ignored, R"([{"op": "add", "path": "nickName", "value": "Babs"}])", "nickName", R"("Babs")", "none"},
    {Quirk::filtered_add_appends, R"([{"op": "add", "path": "roles[value eq \"guide\"].display", "value": "G"}])", "roles",
     R"([{"value":"guide","primary":true,"display":"G"}])", R"([{"value":"guide","primary":true},{"display":"G"}])"},
    {Quirk::members_added_twice, R"([{"op": "add", "path": "members", "value": [{"value": "u3"}]}])", "members",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"}])", R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u3"}])"},
    {Quirk::add_takes_first_value_only, R"([{"op": "add", "path": "members", "value": [{"value": "u4"}, {"value": "u5"}]}])",
     "members", R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"},{"value":"u5"}])",
     R"([{"value":"u1"},{"value":"u2"},{"value":"u3"},{"value":"u4"}])"},
    {Quirk::one_object_refused, R"([{"op": "replace", "path": "members", "value": {"value": "u4"}}])", "members",
     R"([{"value":"u4"}])", "!invalidValue"},
    {Quirk::replaced_name_ignored, R"([{"op": "replace", "path": "displayName", "value": "x"}])", "displayName", R"("x")",
     R"("Babs Jensen")"},
    {Quirk::replace_of_complex_ignored, R"([{"op": "replace", "path": "name", "value": {"givenName": "B"}}])", "name",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"B"})",
     R"({"formatted":"Ms. Barbara J Jensen","familyName":"Jensen","givenName":"Barbara"})"},
    {Quirk::deactivation_ignored, R"([{"op": "replace", "path": "active", "value": false}])", "active", "false", "true"},
};

std::vector<QuirkCase> all_cases() {
  std::vector<QuirkCase> cases;
  for (const auto* group : {&of_message, &of_add, &of_remove, &of_replace, &of_parts}) cases.insert(cases.end(), group->begin(), group->end());
  return cases;
}

TEST(PatchQuirks, each_changes_what_its_operations_do) {
  for (const auto& [quirk, operations, attribute, conforming, quirky] : all_cases()) {
    EXPECT_EQ(answer(operations, attribute, {}), conforming) << operations;
    EXPECT_EQ(answer(operations, attribute, {quirk}), quirky) << operations;
  }
}

TEST(PatchQuirks, the_schema_is_not_needed) {
  auto user = barbara();
  const auto body = object_of(R"({"Operations": [{"op": "remove", "path": "title"}]})");
  EXPECT_FALSE(apply_patch(user, body, user_type(), {}).has_value());
  EXPECT_TRUE(apply_patch(user, body, user_type(), {Quirk::patch_schema_not_needed}).has_value());
}

TEST(PatchQuirks, the_extension_is_not_listed) {
  auto user = barbara();
  user["schemas"] = base::JsonArray{"urn:ietf:params:scim:schemas:core:2.0:User"};
  const auto* operations = R"([{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division",
                                "value": "D"}])";
  EXPECT_EQ(after_patch(user, user_type(), operations, {"schemas"}, {Quirk::extension_not_listed}),
            R"(["urn:ietf:params:scim:schemas:core:2.0:User"])");
}

TEST(PatchQuirks, what_came_before_a_failure_stays) {
  auto user = barbara();
  const auto body = object_of(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
    {"op": "replace", "path": "title", "value": "Chief"}, {"op": "remove"}]})");
  EXPECT_FALSE(apply_patch(user, body, user_type(), {Quirk::patch_not_atomic}).has_value());
  EXPECT_EQ(user.at("title"), "Chief");
}

TEST(PatchQuirks, every_patch_counts_as_a_change) {
  auto user = barbara();
  const auto body = object_of(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
    {"op": "remove", "path": "nickName"}]})");
  EXPECT_FALSE(apply_patch(user, body, user_type(), {})->changed);
  EXPECT_TRUE(apply_patch(user, body, user_type(), {Quirk::patch_always_changes})->changed);
}

TEST(PatchQuirks, a_long_list_is_cut) {
  auto group = tour_guides();
  base::JsonArray members;
  for (int i = 0; i < 100; ++i) members.push_back(base::JsonObject{{"value", std::to_string(i)}});
  group["members"] = members;
  const auto* operations = R"([{"op": "add", "path": "members", "value": [{"value": "one more"}]}])";
  const auto count = [&](const Quirks& quirks) {
    const auto text = after_patch(group, group_type(), operations, {"members"}, quirks);
    return base::parse_json(text)->as_array().size();
  };
  EXPECT_EQ(count({}), 101U);
  EXPECT_EQ(count({Quirk::add_keeps_first_hundred}), 100U);
}

TEST(PatchQuirks, all_are_tested) {
  std::set<Quirk> tested{Quirk::patch_schema_not_needed, Quirk::extension_not_listed, Quirk::patch_not_atomic,
                         Quirk::patch_always_changes, Quirk::add_keeps_first_hundred};
  for (const auto& quirk_case : all_cases()) tested.insert(quirk_case.quirk);
  for (const auto& quirk : all_quirks()) {
    const bool of_patch = quirk.quirk >= Quirk::patch_schema_not_needed && quirk.quirk <= Quirk::empty_text_stored;
    if (of_patch) EXPECT_TRUE(tested.contains(quirk.quirk)) << quirk.name;
  }
}

}  // namespace patch_quirks_test
}  // namespace fakes::scim
