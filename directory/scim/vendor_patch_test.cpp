// PATCH and posted resources as provisioning clients write them; each body is one that was printed or seen.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "directory/scim/language_fixture.h"
#include "directory/scim/resource_patch.h"

namespace directory::scim {
namespace vendor_patch_test {

using base::Json;
using base::JsonObject;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

Json json(std::string_view text) {
  return base::parse_json(text).value();
}

JsonObject patched(JsonObject resource, std::string_view operations, const ResourceSchema& schema = users(),
                   std::vector<std::string>* ignored = nullptr) {
  const auto body = object(fmt::format(
      R"({{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{}]}})", operations));
  auto done = apply_patch(resource, body, schema, vendor_rules);
  EXPECT_TRUE(done.has_value()) << operations << ": " << (done ? "" : done.error().detail);
  if (done && ignored != nullptr) *ignored = done->ignored;
  return resource;
}

std::string refusal(JsonObject resource, std::string_view operations,
                    const ResourceSchema& schema = users()) {
  const auto body = object(fmt::format(R"({{"Operations": [{}]}})", operations));
  const auto before = resource;
  const auto done = apply_patch(resource, body, schema, vendor_rules);
  EXPECT_EQ(resource, before);
  return done ? "accepted" : done.error().scim_type;
}

JsonObject bare() {
  return object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "amy"})");
}

JsonObject bare_with(std::string_view member, std::string_view text) {
  auto user = bare();
  user[base::json_key(member)] = json(text);
  return user;
}

// [Entra provisioning-clients 2.1-08] [Entra provisioning-clients 7.1-02]
TEST(VendorPatch, op_may_be_capitalised) {
  EXPECT_EQ(patched(bare(), R"({"op": "Add", "path": "nickName", "value": "Babs"})"),
            bare_with("nickName", R"("Babs")"));
  EXPECT_EQ(patched(bare_with("title", R"("x")"), R"({"op": "Replace", "path": "title", "value": "y"})"),
            bare_with("title", R"("y")"));
  EXPECT_EQ(patched(bare_with("title", R"("x")"), R"({"op": "Remove", "path": "title"})"), bare());
}

// [Entra provisioning-clients 2.7-05] [Entra provisioning-clients 7.1-01]
TEST(VendorPatch, booleans_may_be_words) {
  EXPECT_EQ(patched(bare(), R"({"op": "Replace", "path": "active", "value": "False"})"),
            bare_with("active", "false"));
  EXPECT_EQ(patched(bare(), R"({"op": "Replace", "path": "active", "value": "True"})"),
            bare_with("active", "true"));
  EXPECT_EQ(patched(bare(), R"({"op": "replace", "value": {"active": "false"}})"),
            bare_with("active", "false"));
  EXPECT_EQ(refusal(bare(), R"({"op": "Replace", "path": "active", "value": "maybe"})"), "invalidValue");
}

// [Entra provisioning-clients 2.7-02]
TEST(VendorPatch, entra_changes_a_mail_and_a_name) {
  const auto user =
      patched(barbara(), R"({"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "x@y"},
      {"op": "Replace", "path": "name.familyName", "value": "Z"})");
  EXPECT_EQ(user.at("emails").as_array().at(0), json(R"({"value": "x@y", "type": "work", "primary": true})"));
  EXPECT_EQ(user.at("name"), json(R"({"familyName": "Z", "givenName": "Barbara"})"));
}

// [Entra provisioning-clients 2.7-08] [Entra provisioning-clients 7.1-08]
TEST(VendorPatch, a_filter_that_selects_nothing_makes_the_value) {
  for (const auto* op : {"Add", "Replace"}) {
    EXPECT_EQ(patched(bare(),
                      fmt::format(
                          R"({{"op": "{}", "path": "emails[type eq \"work\"].value", "value": "x@y"}})", op)),
              bare_with("emails", R"([{"type": "work", "value": "x@y"}])"));
  }
  EXPECT_EQ(
      patched(
          bare(),
          R"({"op": "Add", "path": "phoneNumbers[type eq \"mobile\" and primary eq \"True\"]", "value": {"value": "+1"}})"),
      bare_with("phoneNumbers", R"([{"type": "mobile", "primary": true, "value": "+1"}])"));
  EXPECT_EQ(
      patched(bare(),
              R"({"op": "Replace", "path": "addresses[type eq \"other\"].Formatted", "value": "Room 1"})"),
      bare_with("addresses", R"([{"type": "other", "formatted": "Room 1"}])"));
}

TEST(VendorPatch, only_a_filter_that_says_what_a_value_is_makes_one) {
  for (const auto* filter : {R"(type ne \"home\")", R"(type eq \"a\" or type eq \"b\")", "value pr",
                             R"(not (type eq \"work\"))", R"(type sw \"w\")"}) {
    EXPECT_EQ(refusal(bare(),
                      fmt::format(R"({{"op": "add", "path": "emails[{}].value", "value": "x@y"}})", filter)),
              "noTarget")
        << filter;
  }
}

// [Entra provisioning-clients 2.7-09] [Entra provisioning-clients 7.1-09]
TEST(VendorPatch, primary_may_come_before_the_value) {
  EXPECT_EQ(patched(bare(), R"({"op": "Add", "path": "emails[type eq \"work\"].primary", "value": "true"},
                {"op": "Add", "path": "emails[type eq \"work\"].value", "value": "x@y"})"),
            bare_with("emails", R"([{"type": "work", "primary": true, "value": "x@y"}])"));
  EXPECT_EQ(patched(bare(), R"({"op": "Add", "path": "emails[type eq \"work\"].primary", "value": "true"})"),
            bare());
}

// [Entra provisioning-clients 2.7-10] [Entra provisioning-clients 7.1-11]
TEST(VendorPatch, a_manager_comes_in_three_shapes) {
  auto expected = bare_with(enterprise, R"({"manager": {"value": "m1"}})");
  expected["schemas"] = barbara().at("schemas");
  for (const auto* value : {R"("m1")", R"({"value": "m1"})", R"([{"value": "m1"}])"}) {
    for (const auto& path : {std::string("manager"), enterprise + ":manager"}) {
      EXPECT_EQ(patched(bare(), fmt::format(R"({{"op": "Add", "path": "{}", "value": {}}})", path, value)),
                expected)
          << path << value;
    }
  }
  EXPECT_EQ(
      patched(bare(),
              R"({"op": "Add", "path": "manager", "value": [{"$ref": "http://x/Users/m1", "value": "m1"}]})")
          .at(enterprise)
          .as_object()
          .at("manager"),
      json(R"({"$ref": "http://x/Users/m1", "value": "m1"})"));
}

// [Entra provisioning-clients 2.7-11] [Entra provisioning-clients 7.1-12]
TEST(VendorPatch, a_manager_is_cleared_by_nothing_in_any_shape) {
  for (const auto* value : {R"("")", R"({"value": ""})", "null", R"({"value": null})"}) {
    const auto user =
        patched(barbara(),
                fmt::format(R"({{"op": "Replace", "path": "{}:manager", "value": {}}})", enterprise, value));
    EXPECT_EQ(user.at(enterprise), json(R"({"employeeNumber": "701984", "department": "Tour Operations"})"))
        << value;
  }
}

TEST(VendorPatch, the_empty_string_clears) {
  EXPECT_EQ(patched(bare_with("title", R"("x")"), R"({"op": "Replace", "path": "title", "value": ""})"),
            bare());
  EXPECT_EQ(patched(bare_with("name", R"({"givenName": "x"})"),
                    R"({"op": "replace", "value": {"name.givenName": ""}})"),
            bare());
  EXPECT_EQ(patched(barbara(), R"({"op": "Replace", "path": "emails[type eq \"work\"].value", "value": ""})")
                .at("emails"),
            json(R"([{"value": "babs@jensen.org", "type": "home"}])"));
  EXPECT_EQ(refusal(bare(), R"({"op": "Replace", "path": "userName", "value": ""})"), "invalidValue");
}

// [Entra provisioning-clients 2.7-13] [Entra provisioning-clients 7.1-37]
TEST(VendorPatch, roles_are_selected_by_a_boolean_word) {
  const auto user = bare_with("roles", R"([{"value": "a"}, {"value": "b", "primary": true}])");
  EXPECT_EQ(patched(user, R"({"op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "c"})")
                .at("roles"),
            json(R"([{"value": "a"}, {"value": "c", "primary": true}])"));
}

// [Entra provisioning-clients 2.7-14] [Entra provisioning-clients 7.1-16]
TEST(VendorPatch, a_role_written_as_json_text_stays_text) {
  EXPECT_EQ(
      patched(bare(),
              R"({"op": "Add", "path": "roles", "value": [{"value": "{\"id\":\"1\",\"value\":\"admin\"}"}]})")
          .at("roles"),
      json(R"([{"value": "{\"id\":\"1\",\"value\":\"admin\"}"}])"));
}

// [Entra provisioning-clients 2.7-16] [Entra provisioning-clients 7.1-17]
TEST(VendorPatch, a_scalar_may_come_as_a_list_of_one_object) {
  EXPECT_EQ(patched(bare(), R"({"op": "Replace", "path": "title", "value": [{"value": "x"}]})"),
            bare_with("title", R"("x")"));
  EXPECT_EQ(patched(bare(), R"({"op": "Replace", "path": "active", "value": [{"value": "False"}]})"),
            bare_with("active", "false"));
  EXPECT_EQ(
      refusal(bare(), R"({"op": "Replace", "path": "title", "value": [{"value": "x"}, {"value": "y"}]})"),
      "invalidValue");
}

// [Entra provisioning-clients 2.8-03] [Entra provisioning-clients 7.1-06] [Entra provisioning-clients 7.1-07]
TEST(VendorPatch, a_value_without_path_may_have_dotted_and_qualified_keys) {
  for (const auto* op : {"replace", "add"}) {
    const auto user =
        patched(bare(), fmt::format(R"({{"op": "{}", "value": {{"displayName": "A L", "name.givenName": "A",
        "name.familyName": "L", "{}:employeeNumber": "7", "emails[type eq \"work\"].value": "x@y"}}}})",
                                    op, enterprise));
    EXPECT_EQ(user,
              object(fmt::format(
                  R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "{0}"], "userName": "amy",
        "displayName": "A L", "name": {{"givenName": "A", "familyName": "L"}}, "{0}": {{"employeeNumber": "7"}},
        "emails": [{{"type": "work", "value": "x@y"}}]}})",
                  enterprise)));
  }
}

// [Entra provisioning-clients 2.7-04]
TEST(VendorPatch, a_dot_may_stand_behind_the_urn) {
  EXPECT_EQ(patched(bare(),
                    fmt::format(R"({{"op": "Add", "path": "{}.employeeNumber", "value": "7"}})", enterprise))
                .at(enterprise),
            json(R"({"employeeNumber": "7"})"));
}

// [rule R54] [rule R56]
TEST(VendorPatch, attributes_of_the_extension_may_be_bare_as_the_article_prints_them) {
  EXPECT_EQ(
      patched(
          bare(),
          R"({"op": "Add", "path": "costCenter", "value": "12"}, {"op": "replace", "value": {"organization": "Acme"}})")
          .at(enterprise),
      json(R"({"costCenter": "12", "organization": "Acme"})"));
}

// [Entra provisioning-clients 7.1-32]
TEST(VendorPatch, sub_attributes_may_be_capitalised) {
  EXPECT_EQ(patched(bare(), R"({"op": "Add", "path": "emails[type eq \"other\"].Value", "value": "x@y"})"),
            bare_with("emails", R"([{"type": "other", "value": "x@y"}])"));
  EXPECT_EQ(
      patched(bare(),
              R"({"op": "Add", "path": "addresses", "value": [{"Type": "work", "Formatted": "Room 1"}]})"),
      bare_with("addresses", R"([{"type": "work", "formatted": "Room 1"}])"));
}

// Groups

// [Entra provisioning-clients 2.10-03] [Entra provisioning-clients 7.1-05]
TEST(VendorPatch, entra_adds_members_with_a_null_reference) {
  EXPECT_EQ(
      patched(
          tour_guides(),
          R"({"op": "Add", "path": "members", "value": [{"$ref": null, "value": "u4"}, {"$ref": null, "value": "u1"}]})",
          groups())
          .at("members"),
      json(
          R"([{"value": "u1", "display": "Babs", "type": "User"}, {"value": "u2", "type": "User"}, {"value": "u3"}, {"value": "u4"}])"));
}

// [Entra provisioning-clients 2.10-04] [Entra provisioning-clients 7.1-03]
TEST(VendorPatch, entra_lists_the_members_to_remove) {
  EXPECT_EQ(
      patched(
          tour_guides(),
          R"({"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "u1"}, {"value": "u9"}]})",
          groups())
          .at("members"),
      json(R"([{"value": "u2", "type": "User"}, {"value": "u3"}])"));
  EXPECT_EQ(
      patched(tour_guides(), R"({"op": "Remove", "path": "members", "value": {"value": "u3"}})", groups())
          .at("members")
          .as_array()
          .size(),
      2U);
  EXPECT_EQ(patched(tour_guides(), R"({"op": "Remove", "path": "members", "value": ["u3", "u2"]})", groups())
                .at("members")
                .as_array()
                .size(),
            1U);
  EXPECT_FALSE(
      patched(tour_guides(), R"({"op": "Remove", "path": "members"})", groups()).contains("members"));
}

// [Entra provisioning-clients 7.1-04]
TEST(VendorPatch, a_list_that_names_no_member_removes_none) {
  for (const auto* value :
       {"[]", "[null]", R"([{"value": null}])", R"([{"$ref": null, "value": ""}])", R"("")"}) {
    EXPECT_EQ(patched(tour_guides(),
                      fmt::format(R"({{"op": "Remove", "path": "members", "value": {}}})", value), groups()),
              tour_guides())
        << value;
  }
}

// [Okta provisioning-clients 4.8-04] [Okta provisioning-clients 4.8-05]
TEST(VendorPatch, okta_renames_a_group_and_repeats_its_id) {
  const auto group = patched(
      tour_guides(), R"({"op": "replace", "value": {"id": "e9e30dba", "displayName": "Guides"}})", groups());
  EXPECT_EQ(group.at("displayName"), Json("Guides"));
  EXPECT_EQ(group.at("members"), tour_guides().at("members"));
  EXPECT_EQ(patched(tour_guides(),
                    R"({"op": "replace", "value": {"id": "other", "displayName": "Tour Guides"}})", groups()),
            tour_guides());
}

// [Okta provisioning-clients 4.8-06]
TEST(VendorPatch, okta_moves_members_in_one_patch) {
  EXPECT_EQ(
      patched(tour_guides(), R"({"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "add", "path": "members", "value": [{"value": "u4", "display": "user@x"}]})",
              groups())
          .at("members"),
      json(R"([{"value": "u2", "type": "User"}, {"value": "u3"}, {"value": "u4", "display": "user@x"}])"));
}

// [Okta provisioning-clients 4.8-07] [Okta provisioning-clients 4.8-08] [Okta provisioning-clients 7.2-10]
TEST(VendorPatch, okta_pushes_all_members_or_none) {
  EXPECT_EQ(
      patched(tour_guides(), R"({"op": "replace", "path": "members", "value": [{"value": "u5"}]})", groups())
          .at("members"),
      json(R"([{"value": "u5"}])"));
  EXPECT_FALSE(patched(tour_guides(), R"({"op": "replace", "path": "members", "value": []})", groups())
                   .contains("members"));
  EXPECT_FALSE(
      patched(
          tour_guides(),
          R"({"op": "replace", "value": {"id": "e9e30dba", "displayName": "Tour Guides", "members": []}})",
          groups())
          .contains("members"));
}

// [Entra provisioning-clients 7.1-23]
TEST(VendorPatch, a_value_without_path_leaves_members_that_it_does_not_name) {
  EXPECT_EQ(
      patched(tour_guides(), R"({"op": "replace", "value": {"externalId": "x"}})", groups()).at("members"),
      tour_guides().at("members"));
}

// [Okta provisioning-clients 4.5-01] [Okta provisioning-clients 4.6-02]
TEST(VendorPatch, okta_deactivates_and_sets_a_password_without_path) {
  EXPECT_EQ(patched(bare(), R"({"op": "replace", "value": {"active": false}})"),
            bare_with("active", "false"));
  EXPECT_EQ(patched(bare(), R"({"op": "replace", "value": {"password": "t1meMa$heen"}})"),
            bare_with("password", R"("t1meMa$heen")"));
}

// What is unknown

// [rule R58] [Entra provisioning-clients 7.1-15]
TEST(VendorPatch, unknown_attributes_are_left_out_and_reported) {
  constexpr std::array<std::string_view, 2> table{"userName", "title"};
  const auto limited = users().limited_to(table);
  std::vector<std::string> ignored;
  const auto user = patched(bare(),
                            fmt::format(R"({{"op": "Add", "path": "title", "value": "x"}},
      {{"op": "Add", "path": "{}:manager", "value": "m"}}, {{"op": "Replace", "path": "addresses[type eq \"work\"].country", "value": "US"}},
      {{"op": "remove", "path": "nickName"}}, {{"op": "replace", "value": {{"name.givenName": "A", "no such": 1, "nickName": "B"}}}})",
                                        enterprise),
                            limited, &ignored);
  EXPECT_EQ(user, bare_with("title", R"("x")"));
  EXPECT_THAT(ignored, ElementsAre(enterprise + ":manager", R"(addresses[type eq "work"].country)",
                                   "nickName", "name.givenName", "no such"));
}

TEST(VendorPatch, malformed_paths_are_refused_all_the_same) {
  EXPECT_EQ(refusal(bare(), R"({"op": "Add", "path": "emails[type eq", "value": "x"})"), "invalidPath");
  EXPECT_EQ(refusal(bare(), R"({"op": "Add", "path": "a..b", "value": "x"})"), "invalidPath");
}

// Posted resources

CanonicalResource posted(std::string_view text, const ResourceSchema& schema = users(),
                         const PatchRules& rules = vendor_rules) {
  auto canonical = canonical_resource(object(text), schema, rules);
  EXPECT_TRUE(canonical.has_value()) << (canonical ? "" : canonical.error().detail);
  return canonical ? std::move(*canonical) : CanonicalResource{};
}

std::string refused_post(std::string_view text, const PatchRules& rules = vendor_rules,
                         const ResourceSchema& schema = users()) {
  const auto canonical = canonical_resource(object(text), schema, rules);
  return canonical ? "accepted" : canonical.error().scim_type;
}

// [Entra provisioning-clients 2.6-01] [Entra provisioning-clients 2.6-02]
TEST(CanonicalResource, reads_what_entra_posts) {
  const auto canonical = posted(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"], "externalId": "0a21f0f2", "userName": "amy", "active": true,
      "displayName": "Amy", "emails": [{"primary": true, "type": "work", "value": "amy@example.test"}],
      "meta": {"resourceType": "User"}, "name": {"formatted": "Amy Lee", "familyName": "Lee", "givenName": "Amy"}, "roles": []})");
  EXPECT_EQ(canonical.resource,
            object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "0a21f0f2",
      "userName": "amy", "active": true, "displayName": "Amy", "emails": [{"primary": true, "type": "work", "value": "amy@example.test"}],
      "name": {"formatted": "Amy Lee", "familyName": "Lee", "givenName": "Amy"}})"));
  EXPECT_THAT(canonical.ignored, IsEmpty());
}

// [Entra provisioning-clients 2.6-03]
TEST(CanonicalResource, survives_nulls_and_a_mistyped_urn) {
  const auto canonical = posted(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"], "userName": "amy", "addresses": null, "phoneNumbers": null,
      "name": null, "title": null, "urn:ietf:params:scim:schemas:extension:enterprise:2.0User": {"department": "x"},
      "urn:example:2.0": null})");
  EXPECT_EQ(canonical.resource, bare());
  EXPECT_THAT(canonical.ignored, ElementsAre("urn:ietf:params:scim:schemas:extension:enterprise:2.0User"));
}

// [Okta provisioning-clients 4.3-06] [Okta provisioning-clients 4.4-02] [Okta provisioning-clients 7.2-05]
TEST(CanonicalResource, leaves_out_what_okta_echoes) {
  const auto canonical =
      posted(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "1", "userName": "amy",
      "groups": [{"value": "g"}], "meta": {"resourceType": "User", "version": "W/\"1\""}, "password": "1mz050nq",
      "emails": [{"value": "a@b", "display": "a@b"}], "vendorOnly": {"x": 1}})");
  EXPECT_EQ(canonical.resource,
            object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "amy",
      "password": "1mz050nq", "emails": [{"value": "a@b", "display": "a@b"}]})"));
  EXPECT_THAT(canonical.ignored, ElementsAre("vendorOnly"));
}

// [Entra provisioning-clients 2.10-02] [Okta provisioning-clients 4.8-01]
TEST(CanonicalResource, reads_the_groups_of_both) {
  EXPECT_EQ(
      posted(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"], "externalId": "1", "displayName": "G",
                "meta": {"resourceType": "Group"}})",
             groups())
          .resource,
      object(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "externalId": "1", "displayName": "G"})"));
  EXPECT_EQ(
      posted(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "G", "members": []})",
          groups())
          .resource,
      object(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "G"})"));
}

// [RFC7643 2.1, 2.5, 3.3]
TEST(CanonicalResource, names_and_places_follow_the_schema) {
  const auto canonical = posted(
      R"({"URN:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"DEPARTMENT": "D", "manager": {"displayName": "x"}},
      "USERNAME": "amy", "Emails": {"Value": "a@b"}, "name": {"givenname": "A", "familyName": ""}, "costCenter": "1"})");
  EXPECT_EQ(canonical.resource,
            object(fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "{0}"],
      "{0}": {{"department": "D", "costCenter": "1"}}, "userName": "amy", "emails": [{{"value": "a@b"}}], "name": {{"givenName": "A"}}}})",
                               enterprise)));
}

// [RFC7644 3.3] [RFC7643 2.4, 3.3]
TEST(CanonicalResource, refuses_what_a_schema_does_not_allow) {
  EXPECT_EQ(refused_post("{}"), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": ""})"), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": null})"), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": "x", "active": "maybe"})"), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": "x", "emails": "x"})"), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": "x", "name": []})"), "invalidValue");
  EXPECT_EQ(
      refused_post(
          R"({"userName": "x", "emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]})"),
      "invalidValue");
  EXPECT_EQ(refused_post(R"({"members": []})", vendor_rules, groups()), "invalidValue");
  EXPECT_EQ(refused_post(R"({"userName": "x"})", rfc_rules), "invalidSyntax");
  EXPECT_EQ(refused_post(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "userName": "x"})",
                         rfc_rules),
            "invalidSyntax");
  EXPECT_EQ(
      refused_post(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "x", "noSuch": 1})",
          rfc_rules),
      "invalidSyntax");
  EXPECT_EQ(refused_post(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "x"})",
                         rfc_rules),
            "accepted");
}

// [RFC7643 2.4]: no value twice.
TEST(CanonicalResource, keeps_a_repeated_value_once) {
  EXPECT_EQ(
      posted(
          R"({"userName": "x", "emails": [{"value": "a@b", "type": "work"}, {"value": "A@B", "type": "work"}]})")
          .resource.at("emails")
          .as_array()
          .size(),
      1U);
}

}  // namespace vendor_patch_test
}  // namespace directory::scim
