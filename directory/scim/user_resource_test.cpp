// The article's attribute table row by row, in every notation that clients are seen to use, and the JSON that
// a user is shown as. Attributes beyond the table must neither be stored nor refused.
#include "directory/scim/user_resource.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "directory/scim/resource_fixture.h"

namespace directory::scim {
namespace user_resource_test {

using base::Json;
using base::JsonObject;
using ::testing::ElementsAre;

constexpr std::string_view enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

base::JsonObject replace_with(const base::JsonObject& value) {
  return {{"op", "replace"}, {"value", value}};
}

/// The state after a client has sent `text` as the members of a resource; a refusal fails the test.
ResourceState posted(std::string_view text, ResourceState state = amy()) {
  const auto applied = apply_operation(state, replace_with(json(text).as_object()));
  EXPECT_TRUE(applied.has_value()) << text << ": " << applied.error().detail;
  return state;
}

/// The scimType with which `text` is refused, or "accepted".
std::string refusal_of(std::string_view text) {
  auto state = amy();
  const auto applied = apply_operation(state, replace_with(json(text).as_object()));
  return applied ? "accepted" : applied.error().scim_type;
}

/// "known", "unknown", or the scimType of the refusal.
std::string set(ResourceState& state, std::string_view path, const Json& value) {
  const auto applied = apply_operation(
      state,
      {{"op", "replace"}, {"path", base::json_text(path)}, {"value", value}});
  if (!applied) return applied.error().scim_type;
  return applied->ignored.empty() ? "known" : "unknown";
}

User stored_amy() {
  User user;
  user.id = UserId{"5f00000000000000000000aa"};
  user.attributes = amy().attributes;
  user.created = *base::parse_rfc3339("2026-01-05T08:00:00Z");
  user.modified = *base::parse_rfc3339("2026-01-06T09:30:00.250Z");
  user.version = 3;
  return user;
}

std::vector<std::string> texts_of(const Json& array) {
  std::vector<std::string> out;
  for (const auto& entry : array.as_array()) out.emplace_back(base::as_text(entry.as_string()));
  return out;
}

// The table

struct TableRow {
  std::string_view rule;
  std::string path;
  std::string resource;  ///< as part of a posted resource, with the value "x"
  std::optional<std::string> UserAttributes::*member;
};

std::vector<TableRow> table() {
  const auto extension = [](std::string_view name) {
    return "{\"" + std::string(enterprise) + "\": {\"" + std::string(name) + "\": \"x\"}}";
  };
  const auto urn = [](std::string_view name) { return std::string(enterprise) + ":" + std::string(name); };
  return {
      {"R45", "name.givenName", R"({"name": {"givenName": "x"}})", &UserAttributes::firstname},
      {"R46", "name.familyName", R"({"name": {"familyName": "x"}})", &UserAttributes::lastname},
      {"R48", "displayName", R"({"displayName": "x"})", &UserAttributes::displayname},
      {"R51", "title", R"({"title": "x"})", &UserAttributes::job_title},
      {"R52", urn("department"), extension("department"), &UserAttributes::department},
      {"R53", "locale", R"({"locale": "x"})", &UserAttributes::location},
      {"R54", "costCenter", R"({"costCenter": "x"})", &UserAttributes::cost_center},
      {"R54", urn("costCenter"), extension("costCenter"), &UserAttributes::cost_center},
      {"R55", "userType", R"({"userType": "x"})", &UserAttributes::employee_type},
      {"R56", "organization", R"({"organization": "x"})", &UserAttributes::company},
      {"R56", urn("organization"), extension("organization"), &UserAttributes::company},
      {"R57", urn("employeeNumber"), extension("employeeNumber"), &UserAttributes::employee_identifier},
      {"2.5-06", "externalId", R"({"externalId": "x"})", &UserAttributes::external_id},
  };
}

// [rule R45] [rule R46] [rule R48] [rule R51] [rule R52] [rule R53] [rule R54] [rule R55] [rule R56] [rule
// R57]
TEST(UserResource, each_row_of_the_table_sets_its_attribute_and_no_other) {
  for (const auto& row : table()) {
    auto expected = amy();
    expected.attributes.*row.member = "x";
    auto by_path = amy();
    EXPECT_EQ(set(by_path, row.path, Json("x")), "known") << row.rule;
    EXPECT_EQ(by_path, expected) << row.rule << " " << row.path;
    EXPECT_EQ(posted(row.resource, amy()), expected) << row.rule << " " << row.resource;
  }
}

// [RFC7643 2.5] [Entra provisioning-clients 2.1-10]: what was set is what is read, byte for byte.
TEST(UserResource, each_row_comes_back_where_it_was_put) {
  for (const auto& row : table()) {
    auto user = stored_amy();
    user.attributes.*row.member = "  \xC3\x89 x ";
    EXPECT_EQ(posted(base::to_text(to_resource(user))), state_of(user)) << row.rule;
  }
}

TEST(UserResource, the_username_is_userName_R44) {
  EXPECT_EQ(posted(R"({"userName": "amy.lee"})").attributes.username, "amy.lee");
}

// [RFC7643 2.1] [RFC7644 3.10]
TEST(UserResource, names_are_read_in_any_letter_case_and_with_their_urn) {
  for (const auto* path : {"username", "USERNAME", "urn:ietf:params:scim:schemas:core:2.0:User:userName",
                           "URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:USERNAME"}) {
    auto state = amy();
    EXPECT_EQ(set(state, path, Json("amy.lee")), "known") << path;
    EXPECT_EQ(state.attributes.username, "amy.lee") << path;
  }
  auto state = amy();
  EXPECT_EQ(set(state, "Name.GivenName", Json("Amy")), "known");
  EXPECT_EQ(set(state, "DISPLAYNAME", Json("Amy Lee")), "known");
  EXPECT_EQ(state.attributes.firstname, "Amy");
  EXPECT_EQ(state.attributes.displayname, "Amy Lee");
}

// [Entra provisioning-clients 1-10]: the article prints the last segment in lower case. [rule R57]
TEST(UserResource, the_enterprise_urn_is_known_in_lower_case) {
  auto state = amy();
  EXPECT_EQ(
      set(state, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:employeeNumber", Json("7")),
      "known");
  EXPECT_EQ(state.attributes.employee_identifier, "7");
  EXPECT_EQ(
      posted(R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": {"department": "Sales"}})")
          .attributes.department,
      "Sales");
}

TEST(UserResource, dotted_keys_stand_for_members_of_a_complex_attribute) {
  EXPECT_EQ(posted(R"({"name.givenName": "Amy"})").attributes.firstname, "Amy");
  EXPECT_EQ(posted(R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "7"})")
                .attributes.employee_identifier,
            "7");
}

// [RFC7643 3.3]: an extension's attributes live in a space of their own.
TEST(UserResource, an_extension_does_not_reach_the_attributes_of_the_core) {
  const auto before = amy();
  for (const auto* name :
       {"userName", "active", "displayName", "title", "emails", "name.givenName", "externalId"}) {
    auto state = before;
    EXPECT_EQ(set(state, std::string(enterprise) + ":" + name, Json("False")), "unknown") << name;
    EXPECT_EQ(state, before) << name;
    const auto text = "{\"" + std::string(enterprise) + "\": {\"" + name + "\": \"False\"}}";
    EXPECT_EQ(posted(text, before), before) << name;
  }
}

// Clearing

// [RFC7644 3.3] [RFC7643 2.5]: null and "" mean that there is no value.
TEST(UserResource, null_and_an_empty_string_clear_an_attribute) {
  for (const auto& row : table()) {
    for (const auto& nothing : {Json(nullptr), Json("")}) {
      auto state = amy();
      state.attributes.*row.member = "x";
      EXPECT_EQ(set(state, row.path, nothing), "known") << row.path;
      EXPECT_EQ(state, amy()) << row.path;
    }
  }
}

// [Entra provisioning-clients 2.6-03]: older examples print nulls for whole attributes.
TEST(UserResource, nulls_of_attributes_outside_the_table_are_harmless) {
  EXPECT_EQ(posted(R"({"addresses": null, "phoneNumbers": null, "name": null, "roles": []})", amy()), amy());
}

// E-mail

TEST(UserResource, the_email_is_the_value_of_the_primary_entry_R47) {
  EXPECT_EQ(posted(R"({"emails": [{"type": "work", "value": "work@x.y"},
                                  {"type": "home", "value": "home@x.y", "primary": true}]})")
                .attributes.email,
            "home@x.y");
  EXPECT_EQ(posted(R"({"emails": [{"value": "first@x.y"}, {"value": "second@x.y", "primary": "True"}]})")
                .attributes.email,
            "second@x.y");
}

TEST(UserResource, without_a_primary_entry_the_work_address_counts_and_else_the_first_R47) {
  EXPECT_EQ(
      posted(R"({"emails": [{"type": "home", "value": "home@x.y"}, {"type": "Work", "value": "work@x.y"}]})")
          .attributes.email,
      "work@x.y");
  EXPECT_EQ(
      posted(R"({"emails": [{"type": "work", "value": "work@x.y", "primary": false}]})").attributes.email,
      "work@x.y");
  EXPECT_EQ(
      posted(
          R"({"emails": [{"type": "home", "value": "home@x.y"}, {"type": "other", "value": "other@x.y"}]})")
          .attributes.email,
      "home@x.y");
  EXPECT_EQ(posted(R"({"emails": {"value": "alone@x.y"}})").attributes.email, "alone@x.y");
}

// [rule R47]: an address is required.
TEST(UserResource, emails_that_name_no_address_are_refused) {
  for (const auto* text : {R"({"emails": []})", R"({"emails": null})", R"({"emails": [{}]})"})
    EXPECT_EQ(refusal_of(text), "invalidValue") << text;
}

// [Entra provisioning-clients 2.7-02] [Entra provisioning-clients 2.7-08] [rule R47]
TEST(UserResource, the_work_address_has_a_path_of_its_own) {
  for (const auto* path : {R"(emails[type eq "work"].value)", R"(Emails[Type eq "work"].Value)",
                           "emails.value", "emails[primary eq true].value",
                           R"(urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value)"}) {
    auto state = amy();
    EXPECT_EQ(set(state, path, Json("amy@x.y")), "known") << path;
    EXPECT_EQ(state.attributes.email, "amy@x.y") << path;
  }
}

TEST(UserResource, other_addresses_are_not_the_email) {
  for (const auto* path : {R"(emails[type eq "home"].value)", R"(emails[type eq "work"].primary)",
                           R"(emails[type eq "other"].Value)"}) {
    auto state = amy();
    EXPECT_EQ(set(state, path, Json("true")), "known") << path;
    EXPECT_EQ(state, amy()) << path;
  }
  auto state = amy();
  EXPECT_EQ(set(state, R"(emails[type eq "work"].display)", Json("Amy")), "unknown");
  EXPECT_EQ(state, amy());
}

// Active

// [Entra provisioning-clients 2.7-05]
TEST(UserResource, booleans_may_be_words) {
  for (const auto& yes : {Json(true), Json("True"), Json("true"), Json("TRUE")})
    EXPECT_EQ(read_boolean(yes), true) << yes;
  for (const auto& no : {Json(false), Json("False"), Json("false")}) EXPECT_EQ(read_boolean(no), false) << no;
  for (const auto& neither :
       {Json("yes"), Json(""), Json("True "), Json(1), Json(0), Json(nullptr), json("[true]"), json("{}")}) {
    EXPECT_EQ(read_boolean(neither), std::nullopt) << neither;
  }
}

TEST(UserResource, active_takes_both_forms_of_a_boolean_R49) {
  EXPECT_FALSE(posted(R"({"active": false})").active);
  EXPECT_FALSE(posted(R"({"active": "False"})").active);
  auto off = amy();
  off.active = false;
  EXPECT_TRUE(posted(R"({"active": "True"})", off).active);
  EXPECT_TRUE(posted(R"({"active": true})", off).active);
}

// [rule RT2]
TEST(UserResource, active_is_neither_suspended_nor_expired_R49) {
  for (const bool expired : {false, true}) {
    for (const auto state : {UserState::staged, UserState::activated, UserState::suspended}) {
      auto user = stored_amy();
      user.state = state;
      user.password_expired = expired;
      const bool active = state != UserState::suspended && !expired;
      EXPECT_EQ(state_of(user).active, active) << state_name(state) << " " << expired;
      EXPECT_EQ(to_resource(user).at("active"), Json(active)) << state_name(state) << " " << expired;
    }
  }
}

TEST(UserResource, a_lock_leaves_active_alone_R49) {
  auto user = stored_amy();
  user.locked = true;
  EXPECT_TRUE(state_of(user).active);
}

// Wrong types

// [RFC7644 3.12]
TEST(UserResource, values_of_another_type_are_refused) {
  for (const auto* text :
       {R"({"active": "maybe"})", R"({"active": 1})", R"({"active": {}})", R"({"userName": {}})",
        R"({"userName": ["x", "y"]})", R"({"displayName": true})", R"({"title": {}})",
        R"({"emails": "x@y.z"})", R"({"emails": ["x@y.z"]})", R"({"emails": [{"value": true}]})",
        R"({"name": "Amy"})", R"({"name": {"givenName": true}})",
        R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": "x"})",
        R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": true}})"}) {
    EXPECT_EQ(refusal_of(text), "invalidValue") << text;
  }
}

// Beyond the table

TEST(UserResource, the_manager_is_not_taken_over_R26) {
  const auto text = "{\"manager\": \"7\", \"" + std::string(enterprise) +
                    R"(": {"manager": {"value": "7"}, "department": "Sales"}})";
  auto expected = amy();
  expected.attributes.department = "Sales";
  EXPECT_EQ(posted(text, amy()), expected);
  auto state = amy();
  EXPECT_EQ(set(state, std::string(enterprise) + ":manager", Json("7")), "unknown");
  EXPECT_EQ(state, amy());
}

TEST(UserResource, groups_are_not_taken_over_R25) {
  EXPECT_EQ(posted(R"({"groups": [{"value": "7"}]})", amy()), amy());
}

// [RFC7644 3.3]: what the provider sets is not the client's to set.
TEST(UserResource, attributes_outside_the_table_change_nothing_R58) {
  EXPECT_EQ(
      posted(
          R"({"id": "7", "schemas": [], "meta": {"resourceType": "Group", "created": "1999-01-01T00:00:00Z"},
                       "nickName": "Babs", "roles": [{"value": "Admin"}], "preferredLanguage": "en", "password": "x",
                       "phoneNumbers": [{"type": "work", "value": "1"}], "addresses": [{"type": "work", "locality": "x"}],
                       "name": {"formatted": "Amy Lee", "middleName": "B"}, "displayname2": 5, "": 1,
                       "urn:example:params:2.0:User": {"userName": "eve"}})",
          amy()),
      amy());
}

// [Entra provisioning-clients 2.6-01]
TEST(UserResource, reads_what_entra_posts) {
  auto expected = amy();
  expected.attributes.external_id = "58342554-38d6-4ec8-948c-50044d0a33fd";
  expected.attributes.displayname = "Amy Lee";
  expected.attributes.firstname = "Amy";
  expected.attributes.lastname = "Lee";
  EXPECT_EQ(posted(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                                   "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                       "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "userName": "amy.lee", "active": true,
                       "displayName": "Amy Lee",
                       "emails": [{"primary": true, "type": "work", "value": "amy.lee@example.test"}],
                       "meta": {"resourceType": "User"},
                       "name": {"formatted": "Amy Lee", "familyName": "Lee", "givenName": "Amy"}, "roles": []})"),
            expected);
}

// Output

// [RFC7643 4.1] [RFC7643 3.1] [rule R50]
TEST(UserResource, a_user_with_the_least_is_shown_without_empty_attributes) {
  EXPECT_EQ(
      Json(to_resource(stored_amy())),
      json(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "5f00000000000000000000aa",
                     "userName": "amy.lee", "active": true,
                     "emails": [{"value": "amy.lee@example.test", "type": "work", "primary": true}],
                     "meta": {"resourceType": "User", "created": "2026-01-05T08:00:00.000Z",
                              "lastModified": "2026-01-06T09:30:00.250Z",
                              "location": "https://directory.example.test/scim/v2/Users/5f00000000000000000000aa",
                              "version": "W/\"3\""}})"));
}

// [RFC7643 8.3] [rule R52] [rule R54] [rule R56] [rule R57]
TEST(UserResource, a_user_with_everything_has_the_extension_in_its_own_member) {
  auto user = stored_amy();
  for (const auto& attribute : text_attributes)
    user.attributes.*attribute.member = std::string(attribute.name);
  const auto resource = to_resource(user);
  EXPECT_THAT(texts_of(resource.at("schemas")),
              ElementsAre("urn:ietf:params:scim:schemas:core:2.0:User",
                          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"));
  EXPECT_EQ(resource.at(enterprise),
            json(R"({"department": "department", "costCenter": "costCenter", "organization": "company",
                                              "employeeNumber": "employeeIdentifier"})"));
  EXPECT_EQ(resource.at("name"), json(R"({"givenName": "firstname", "familyName": "lastname"})"));
  EXPECT_EQ(resource.at("title"), Json("jobTitle"));
  EXPECT_EQ(resource.at("locale"), Json("location"));
  EXPECT_EQ(resource.at("userType"), Json("employeeType"));
  EXPECT_EQ(resource.at("displayName"), Json("displayname"));
  EXPECT_EQ(resource.at("externalId"), Json("externalId"));
}

TEST(UserResource, what_is_no_scim_attribute_is_not_shown_R58) {
  auto user = stored_amy();
  user.attributes.system_username = "hidden-account";
  user.password_hash = "hidden-hash";
  EXPECT_THAT(base::to_text(to_resource(user)), ::testing::Not(::testing::HasSubstr("hidden")));
}

// Whatever comes in

RC_GTEST_PROP(UserResource, any_path_with_any_json_is_set_ignored_or_refused, ()) {
  const auto path = *any_path();
  const auto value = *any_json();
  const auto before = amy();
  auto state = before;
  const auto applied = apply_operation(state, {{"op", "replace"}, {"path", path}, {"value", value}});
  if (!applied) {
    RC_ASSERT(!applied.error().scim_type.empty());
    RC_ASSERT(!applied.error().detail.empty());
  }
  // Of an object, or a list of them, one member may be ignored and another set.
  const bool one_value = !value.is_object() && !value.is_array();
  if (!applied || (one_value && !applied->ignored.empty())) RC_ASSERT(state == before);
}

RC_GTEST_PROP(UserResource, any_object_can_be_posted_or_is_refused, ()) {
  const auto object = *any_object();
  auto state = amy();
  const auto applied = apply_operation(state, replace_with(object));
  if (!applied) RC_ASSERT(!applied.error().detail.empty());
}

RC_GTEST_PROP(UserResource, what_is_shown_can_be_posted_back_unchanged, ()) {
  auto user = stored_amy();
  for (const auto& attribute : text_attributes) {
    // The table of the articles ends here; what follows is no business of SCIM.
    if (attribute.member == &UserAttributes::system_username) break;
    const auto value = *rc::gen::maybe(rc::gen::nonEmpty(rc::gen::string<std::string>()));
    if (value) user.attributes.*attribute.member = *value;
  }
  user.state = *rc::gen::element(UserState::staged, UserState::activated, UserState::suspended);
  ResourceState state{user.attributes, true};
  state.active = true;
  RC_ASSERT(apply_operation(state, replace_with(to_resource(user))).has_value());
  RC_ASSERT(state == state_of(user));
}

}  // namespace user_resource_test
}  // namespace directory::scim
