// Paths of mapping targets: reading them, and reading and writing what they name.
#include "fakes/entra/provisioning/scim_path.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace fakes::entra::provisioning {
namespace scim_path_test {

using base::Json;
using base::JsonObject;

Json json(std::string_view text) { return base::parse_json(text).value(); }

ScimPath path(std::string_view text) { return parse_path(text).value(); }

/// A resource of what `place` makes of these paths and values, in this order.
Json placed(const std::vector<std::pair<std::string_view, Json>>& values, JsonObject resource = {}) {
  for (const auto& [target, value] : values) place(resource, path(target), value);
  return resource;
}

constexpr std::string_view department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

TEST(ScimPath, has_parts) {
  EXPECT_EQ(path("userName").attribute, "userName");
  EXPECT_EQ(path("name.givenName").sub, "givenName");
  const auto email = path(R"(emails[type eq "work"].value)");
  EXPECT_EQ(email.attribute, "emails");
  EXPECT_EQ(email.conditions, (std::vector<ScimPath::Condition>{{"type", "work"}}));
  EXPECT_EQ(email.sub, "value");
  EXPECT_EQ(path(department).schema, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
  EXPECT_EQ(path(department).attribute, "department");
  EXPECT_EQ(path("urn:ietf:params:scim:schemas:core:2.0:User:title").schema, "");
  EXPECT_EQ(path(R"(roles[primary eq "True" and type eq "x"].value)").conditions.size(), 2U);
}

// [Entra provisioning-clients 2.6-07]
TEST(ScimPath, of_an_extension_of_ones_own_ends_with_the_attribute) {
  const auto own = path("urn:ietf:params:scim:schemas:extension:Name:2.0:User:Attr");
  EXPECT_EQ(own.schema, "urn:ietf:params:scim:schemas:extension:Name:2.0:User");
  EXPECT_EQ(own.attribute, "Attr");
}

TEST(ScimPath, is_refused_where_it_is_none) {
  for (const auto* text : {"", ".", "name.", ".x", "a b", "emails[", "emails[type eq \"work\"", "emails[type eq \"work].value", "emails[].value", "emails[type ne \"work\"].value", "emails[type eq].value", "emails[type eq \"a\" or type eq \"b\"].value",
                           "emails[type eq \"work\"]value", "emails[type eq \"work\"].", "name.a.b"})
    EXPECT_FALSE(parse_path(text).has_value()) << text;
}

// [Entra provisioning-clients 2.6-01]
TEST(Placing, a_first_work_element_is_made_primary) {
  EXPECT_EQ(placed({{R"(emails[type eq "work"].value)", "a@b.c"}}), json(R"({"emails": [{"type": "work", "primary": true, "value": "a@b.c"}]})"));
  EXPECT_EQ(placed({{R"(emails[type eq "other"].Value)", "a@b.c"}}), json(R"({"emails": [{"type": "other", "Value": "a@b.c"}]})"));
}

// [Entra provisioning-clients 2.18-07] [Entra provisioning-clients 7.1-10]
TEST(Placing, parts_of_one_address_come_together_and_others_stay_apart) {
  EXPECT_EQ(placed({{R"(addresses[type eq "other"].Formatted)", "Room 1"}, {R"(addresses[type eq "work"].streetAddress)", "A 1"}, {R"(addresses[type eq "work"].postalCode)", "10115"}}),
            json(R"({"addresses": [{"type": "other", "Formatted": "Room 1"},
                                   {"type": "work", "primary": true, "streetAddress": "A 1", "postalCode": "10115"}]})"));
}

// [Entra provisioning-clients 2.7-13] [Entra provisioning-clients 7.1-37]
TEST(Placing, a_primary_role_is_primary_as_a_boolean) {
  EXPECT_EQ(placed({{R"(roles[primary eq "True"].value)", "Admin"}, {R"(roles[primary eq "True"].display)", "Administrator"}}),
            json(R"({"roles": [{"primary": true, "value": "Admin", "display": "Administrator"}]})"));
}

TEST(Placing, makes_what_is_missing_on_the_way) {
  EXPECT_EQ(placed({{"name.givenName", "Amy"}, {"name.familyName", "Lee"}, {department, "Sales"}, {"title", "Clerk"}}),
            json(R"({"name": {"givenName": "Amy", "familyName": "Lee"},
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}, "title": "Clerk"})"));
  EXPECT_EQ(placed({{"title", "Boss"}}, {{"title", "Clerk"}}), json(R"({"title": "Boss"})"));
  EXPECT_EQ(placed({{R"(emails[type eq "work"])", json(R"({"value": "x"})")}}), json(R"({"emails": [{"type": "work", "primary": true, "value": "x"}]})"));
}

// [Entra provisioning-clients 7.1-31] [Entra provisioning-clients 7.1-32]
TEST(Holding, names_and_urns_are_found_in_any_letter_case) {
  const auto resource = json(R"({"UserName": "amy", "emails": [{"TYPE": "Work", "value": "a@b.c"}],
                                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"Department": "Sales"}})");
  ASSERT_NE(held(resource, path("userName")), nullptr);
  ASSERT_NE(held(resource, path(R"(emails[type eq "work"].Value)")), nullptr);
  EXPECT_EQ(*held(resource, path(R"(emails[type eq "work"].Value)")), Json("a@b.c"));
  ASSERT_NE(held(resource, path(department)), nullptr);
  EXPECT_EQ(*held(resource, path(department)), Json("Sales"));
}

TEST(Holding, a_filter_compares_texts_and_booleans) {
  const auto resource = json(R"({"roles": [{"primary": false, "value": "a"}, {"primary": true, "value": "b"}, {"primary": "True", "value": "c"}]})");
  EXPECT_EQ(*held(resource, path(R"(roles[primary eq "True"].value)")), Json("b"));
  EXPECT_EQ(*held(resource, path(R"(roles[primary eq "False"].value)")), Json("a"));
  EXPECT_EQ(*held(resource, path(R"(roles[primary eq "True" and value eq "c"].value)")), Json("c"));
  EXPECT_EQ(held(resource, path(R"(roles[primary eq "True" and value eq "d"].value)")), nullptr);
}

TEST(Holding, nothing_is_held_by_null_or_by_another_type) {
  for (const auto* text : {"{}", R"({"emails": null})", R"({"emails": []})", R"({"emails": "x"})", R"({"emails": ["x"]})", R"({"emails": [{"type": "work"}]})", R"({"emails": [{"type": "work", "value": null}]})", "[]", "1"})
    EXPECT_EQ(held(json(text), path(R"(emails[type eq "work"].value)")), nullptr) << text;
  EXPECT_EQ(held(json(R"({"name": "Amy"})"), path("name.givenName")), nullptr);
  EXPECT_EQ(held(json(R"({"title": null})"), path("title")), nullptr);
}

TEST(Booleans, are_active_and_every_primary) {
  for (const auto* text : {"active", "Active", R"(emails[type eq "work"].primary)"}) EXPECT_TRUE(is_boolean(path(text))) << text;
  for (const auto* text : {"title", "name.active", R"(emails[type eq "work"].value)", department.data()}) EXPECT_FALSE(is_boolean(path(text))) << text;
}

}  // namespace scim_path_test
}  // namespace fakes::entra::provisioning
