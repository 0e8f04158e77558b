// PATCH in the RFC's form, in both of Entra's dialects and in Okta's; the bodies are typed from what the
// clients are documented to send. That a refused PATCH changes nothing is the caller's part, see
// scim_contract_test.cpp.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "directory/scim/resource_fixture.h"

namespace directory::scim {
namespace patch_test {

using base::Json;

std::string body_of(std::string_view operations) {
  return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": {}}})",
                     operations);
}

/// The state after a PATCH of these operations; a refusal fails the test.
ResourceState patched(ResourceState state, std::string_view operations) {
  const auto applied = apply_patch(state, json(body_of(operations)).as_object());
  EXPECT_TRUE(applied.has_value()) << operations << ": " << applied.error().detail;
  return state;
}

/// The scimType with which a body is refused, or "accepted".
std::string refusal_of_body(std::string_view body) {
  auto state = amy();
  const auto applied = apply_patch(state, json(body).as_object());
  if (applied) return "accepted";
  EXPECT_FALSE(applied.error().detail.empty());
  return applied.error().scim_type;
}

std::string refusal_of(std::string_view operations) {
  return refusal_of_body(body_of(operations));
}

ResourceState full_amy() {
  auto state = amy();
  state.attributes.firstname = "Amy";
  state.attributes.lastname = "Lee";
  state.attributes.displayname = "Amy Lee";
  state.attributes.job_title = "Clerk";
  state.attributes.department = "Sales";
  return state;
}

// Entra without the flag: an operation for each attribute, capitalised, booleans as strings

// [Entra provisioning-clients 2.7-01] [Entra provisioning-clients 2.7-02] [Entra provisioning-clients 2.1-08]
TEST(PatchFromEntra, several_operations_apply_in_one_body) {
  auto expected = full_amy();
  expected.attributes.email = "x@y.z";
  expected.attributes.lastname = "Z";
  EXPECT_EQ(
      patched(full_amy(), R"([{"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "x@y.z"},
                                    {"op": "Replace", "path": "name.familyName", "value": "Z"}])"),
      expected);
}

// [Entra provisioning-clients 2.7-03] [rule R51]
TEST(PatchFromEntra, add_sets_what_was_empty) {
  auto expected = amy();
  expected.attributes.job_title = "Clerk";
  EXPECT_EQ(patched(amy(), R"([{"op": "Add", "path": "title", "value": "Clerk"}])"), expected);
}

// [Entra provisioning-clients 2.7-04] [rule R57]
TEST(PatchFromEntra, enterprise_attributes_are_addressed_by_urn) {
  auto expected = amy();
  expected.attributes.employee_identifier = "701984";
  EXPECT_EQ(patched(amy(), R"([{"op": "Add",
                                "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
                                "value": "701984"}])"),
            expected);
}

// [Entra provisioning-clients 2.7-05] [rule R49]
TEST(PatchFromEntra, disable_and_enable_come_as_strings) {
  const auto disabled = patched(amy(), R"([{"op": "Replace", "path": "active", "value": "False"}])");
  EXPECT_FALSE(disabled.active);
  EXPECT_EQ(disabled.attributes, amy().attributes);
  EXPECT_EQ(patched(disabled, R"([{"op": "Replace", "path": "active", "value": "True"}])"), amy());
}

// [Entra provisioning-clients 2.7-06]
TEST(PatchFromEntra, disable_comes_as_a_boolean_too) {
  EXPECT_FALSE(patched(amy(), R"([{"op": "Replace", "path": "active", "value": false}])").active);
}

// [Entra provisioning-clients 2.7-07] [rule R44]
TEST(PatchFromEntra, a_username_changes_by_its_path) {
  EXPECT_EQ(
      patched(amy(), R"([{"op": "Replace", "path": "userName", "value": "amy.lee2"}])").attributes.username,
      "amy.lee2");
}

// [Entra provisioning-clients 2.7-08] [rule R47]
TEST(PatchFromEntra, a_filter_path_makes_the_address_that_is_missing) {
  for (const auto* op : {"Add", "Replace"}) {
    auto state = amy();
    state.attributes.email.clear();
    const auto operations =
        fmt::format(R"([{{"op": "{}", "path": "emails[type eq \"work\"].value", "value": "x@y.z"}}])", op);
    EXPECT_EQ(patched(state, operations).attributes.email, "x@y.z") << op;
  }
}

// [Entra provisioning-clients 2.7-09]
TEST(PatchFromEntra, the_primary_flag_of_the_address_may_come_first_and_as_a_string) {
  EXPECT_EQ(patched(amy(), R"([{"op": "Add", "path": "emails[type eq \"work\"].primary", "value": "true"}])"),
            amy());
}

// [Entra provisioning-clients 2.7-10] [Entra provisioning-clients 2.7-11]
TEST(PatchFromEntra, the_manager_is_ignored_in_every_form_R26) {
  for (
      const auto* operation :
      {R"({"op": "Add", "path": "manager", "value": [{"$ref": "http://x.test/Users/7", "value": "7"}]})",
       R"({"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "7"})",
       R"({"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"value": ""}})",
       R"({"op": "Remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"})"}) {
    EXPECT_EQ(patched(full_amy(), fmt::format("[{}]", operation)), full_amy()) << operation;
  }
}

// Default mappings that the admin has left in place.
TEST(PatchFromEntra, unsupported_attributes_are_ignored_beside_supported_ones_R58) {
  auto expected = full_amy();
  expected.attributes.job_title = "Lead";
  EXPECT_EQ(patched(full_amy(), R"([{"op": "Add", "path": "nickName", "value": "Babs"},
                                    {"op": "Replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "x"},
                                    {"op": "Replace", "path": "title", "value": "Lead"},
                                    {"op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "1"},
                                    {"op": "Add", "path": "roles", "value": [{"value": "{\"id\": 1}"}]},
                                    {"op": "Replace", "path": "preferredLanguage", "value": "en"}])"),
            expected);
}

// Entra with the flag: one path-less replace with dotted keys, filter paths apart, lower case, real booleans

// [Entra provisioning-clients 2.8-02] [Entra provisioning-clients 2.8-03]
TEST(PatchFromCompliantEntra, dotted_keys_of_one_replace_set_their_attributes) {
  auto expected = amy();
  expected.active = false;
  expected.attributes.displayname = "Amy L.";
  expected.attributes.firstname = "Amy";
  expected.attributes.employee_identifier = "701984";
  expected.attributes.email = "new@example.test";
  EXPECT_EQ(
      patched(full_amy(),
              R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "new@example.test"},
                                    {"op": "replace", "value": {
                                       "displayName": "Amy L.", "name.givenName": "Amy", "name.familyName": null,
                                       "title": "", "active": false,
                                       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": null,
                                       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "701984"}}])"),
      expected);
}

// [Entra provisioning-clients 2.8-05]
TEST(PatchFromCompliantEntra, a_path_less_add_with_dotted_keys_does_the_same) {
  auto expected = amy();
  expected.attributes.lastname = "Lee";
  EXPECT_EQ(patched(amy(), R"([{"op": "add", "value": {"name.familyName": "Lee"}}])"), expected);
}

// Other clients

// [Okta provisioning-clients 4.5-01]
TEST(Patch, okta_deactivates_without_a_path) {
  EXPECT_FALSE(patched(amy(), R"([{"op": "replace", "value": {"active": false}}])").active);
}

// [RFC7644 3.5.2]: attribute names without regard to case. [RFC7643 2.1]
TEST(Patch, its_own_members_are_read_in_any_letter_case) {
  auto state = amy();
  const auto body = json(R"({"operations": [{"OP": "rEPLACE", "Path": "TITLE", "Value": "Clerk"}]})");
  EXPECT_TRUE(apply_patch(state, body.as_object()).has_value());
  EXPECT_EQ(state.attributes.job_title, "Clerk");
}

// [RFC7644 3.5.2.3]
TEST(Patch, a_complex_attribute_takes_the_members_that_are_given) {
  auto expected = full_amy();
  expected.attributes.firstname = "Amelia";
  EXPECT_EQ(patched(full_amy(), R"([{"op": "replace", "path": "name", "value": {"givenName": "Amelia"}}])"),
            expected);
  EXPECT_EQ(patched(full_amy(), R"([{"op": "add", "value": {"name": {"givenName": "Amelia"}}}])"), expected);
}

// [RFC7644 3.5.2.3]
TEST(Patch, emails_are_replaced_as_a_whole) {
  EXPECT_EQ(
      patched(
          amy(),
          R"([{"op": "replace", "path": "emails", "value": [{"type": "work", "value": "x@y.z", "primary": true}]}])")
          .attributes.email,
      "x@y.z");
}

// [RFC7644 3.5.2.2]
TEST(Patch, remove_clears_an_attribute) {
  auto expected = full_amy();
  expected.attributes.job_title.reset();
  expected.attributes.department.reset();
  expected.attributes.firstname.reset();
  EXPECT_EQ(
      patched(full_amy(), R"([{"op": "remove", "path": "title"}, {"op": "Remove", "path": "name.givenName"},
                                    {"op": "remove",
                                     "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}])"),
      expected);
}

TEST(Patch, remove_of_what_is_not_there_changes_nothing) {
  EXPECT_EQ(patched(amy(), R"([{"op": "remove", "path": "title"}, {"op": "remove", "path": "nickName"}])"),
            amy());
}

// [RFC7644 3.5.2.1]
TEST(Patch, add_replaces_a_single_value) {
  EXPECT_EQ(patched(full_amy(), R"([{"op": "add", "path": "title", "value": "Lead"}])").attributes.job_title,
            "Lead");
}

// [RFC7644 3.5.2]
TEST(Patch, operations_apply_in_order_each_on_the_result_of_the_one_before) {
  EXPECT_EQ(
      patched(
          amy(),
          R"([{"op": "add", "path": "title", "value": "a"}, {"op": "replace", "path": "title", "value": "b"}])")
          .attributes.job_title,
      "b");
  EXPECT_EQ(
      patched(amy(), R"([{"op": "add", "path": "title", "value": "a"}, {"op": "remove", "path": "title"}])"),
      amy());
  EXPECT_EQ(patched(full_amy(),
                    R"([{"op": "remove", "path": "title"}, {"op": "add", "path": "title", "value": "a"}])")
                .attributes.job_title,
            "a");
}

TEST(Patch, an_empty_object_without_a_path_changes_nothing) {
  EXPECT_EQ(patched(full_amy(), R"([{"op": "replace", "value": {}}])"), full_amy());
}

// Refusals

// [RFC7644 3.5.2]
TEST(Patch, needs_a_list_of_operations) {
  for (const auto* body : {"{}", R"({"Operations": []})", R"({"Operations": {}})", R"({"Operations": null})",
                           R"({"Operations": "x"})", R"({"Operations": ["x"]})", R"({"Operations": [[]]})",
                           R"({"Operations": [null]})"}) {
    EXPECT_EQ(refusal_of_body(body), "invalidSyntax") << body;
  }
}

// [RFC7644 3.5.2]
TEST(Patch, knows_three_operations) {
  for (const auto* operation :
       {R"({"op": "move", "path": "title", "value": "x"})", R"({"path": "title", "value": "x"})",
        R"({"op": 5, "path": "title", "value": "x"})", R"({"op": "", "path": "title", "value": "x"})",
        R"({"op": "replace ", "path": "title", "value": "x"})"}) {
    EXPECT_EQ(refusal_of(fmt::format("[{}]", operation)), "invalidSyntax") << operation;
  }
}

// [RFC7644 3.5.2.2]
TEST(Patch, remove_needs_a_path) {
  EXPECT_EQ(refusal_of(R"([{"op": "remove"}])"), "noTarget");
  EXPECT_EQ(refusal_of(R"([{"op": "Remove", "value": {"title": "x"}}])"), "noTarget");
}

// [RFC7644 3.5.2.1] [RFC7644 3.5.2.3]
TEST(Patch, add_and_replace_need_a_value) {
  EXPECT_EQ(refusal_of(R"([{"op": "add", "path": "title"}])"), "invalidValue");
  EXPECT_EQ(refusal_of(R"([{"op": "replace", "path": "title"}])"), "invalidValue");
  EXPECT_EQ(refusal_of(R"([{"op": "replace"}])"), "invalidValue");
}

TEST(Patch, without_a_path_the_value_is_an_object) {
  for (const auto* value : {"\"x\"", "true", "[]", "null", "[{\"title\": \"x\"}]"}) {
    EXPECT_EQ(refusal_of(fmt::format(R"([{{"op": "add", "value": {}}}])", value)), "invalidValue") << value;
  }
}

TEST(Patch, a_path_is_a_string) {
  for (const auto* path : {"5", "{}", "[\"title\"]"}) {
    EXPECT_EQ(refusal_of(fmt::format(R"([{{"op": "replace", "path": {}, "value": "x"}}])", path)),
              "invalidPath")
        << path;
  }
}

// [RFC7644 3.12]
TEST(Patch, a_value_of_another_type_is_refused) {
  EXPECT_EQ(refusal_of(R"([{"op": "replace", "path": "active", "value": "maybe"}])"), "invalidValue");
  EXPECT_EQ(refusal_of(R"([{"op": "replace", "value": {"displayName": true}}])"), "invalidValue");
  EXPECT_EQ(refusal_of(R"([{"op": "replace", "path": "emails", "value": "x@y.z"}])"), "invalidValue");
}

TEST(Patch, one_bad_operation_among_good_ones_is_enough) {
  EXPECT_EQ(refusal_of(R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "remove"},
                           {"op": "replace", "path": "displayName", "value": "x"}])"),
            "noTarget");
}

TEST(Patch, holds_a_thousand_operations_and_no_more) {
  ASSERT_EQ(most_patch_operations, 1000U);
  const auto operations = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += text.empty() ? "[" : ",";
      text += fmt::format(R"({{"op": "replace", "path": "title", "value": "{}"}})", i);
    }
    return text + "]";
  };
  EXPECT_EQ(patched(amy(), operations(1000)).attributes.job_title, "999");
  EXPECT_EQ(refusal_of(operations(1001)), "tooMany");
}

// Whatever comes in

RC_GTEST_PROP(Patch, any_object_is_applied_or_refused_with_a_reason, ()) {
  const auto body = *any_object();
  auto state = amy();
  const auto applied = apply_patch(state, body);
  if (!applied) RC_ASSERT((!applied.error().detail.empty() && !applied.error().scim_type.empty()));
}

RC_GTEST_PROP(Patch, any_operations_are_applied_or_refused_with_a_reason, ()) {
  const auto operation =
      rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("Add", "replace", "REMOVE", "move"),
                                  rc::gen::maybe(any_path()), any_json(3)),
                   [](const std::tuple<std::string, rc::Maybe<std::string>, Json>& parts) {
                     base::JsonObject object{{"op", std::get<0>(parts)}, {"value", std::get<2>(parts)}};
                     if (std::get<1>(parts)) object["path"] = *std::get<1>(parts);
                     return Json(std::move(object));
                   });
  const auto operations = *rc::gen::nonEmpty(rc::gen::container<std::vector<Json>>(operation));
  auto state = amy();
  const base::JsonObject body{{"Operations", base::JsonArray(operations.begin(), operations.end())}};
  const auto applied = apply_patch(state, body);
  if (!applied) RC_ASSERT((!applied.error().detail.empty() && !applied.error().scim_type.empty()));
}

}  // namespace patch_test
}  // namespace directory::scim
