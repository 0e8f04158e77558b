// The bodies that go over the wire, typed from what Entra is documented to send. Members of an object have no
// order, so bodies are compared as JSON and not as text.
#include "fakes/entra/attribute_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace fakes::entra {
namespace {

using base::Json;

Json json(std::string_view text) {
  return base::parse_json(text).value();
}

void set(SourceUser& user, std::string_view property, Json value) {
  user.object.set(*find_property(ObjectKind::user, property), std::move(value), 1);
}

SourceUser amy() {
  SourceUser user{DirectoryObject(ObjectKind::user, ObjectId{"58342554-38d6-4ec8-948c-50044d0a33fd"}), true};
  set(user, "userPrincipalName", "amy.lee@example.test");
  set(user, "mailNickname", "amy.lee");
  set(user, "mail", "amy@mail.example.test");
  return user;
}

SourceUser full_amy() {
  auto user = amy();
  set(user, "displayName", "Amy Lee");
  set(user, "givenName", "Amy");
  set(user, "surname", "Lee");
  set(user, "jobTitle", "Clerk");
  set(user, "department", "Sales");
  set(user, "employeeId", "701984");
  return user;
}

/// How a target shows full_amy().
Json shown_amy() {
  return json(
      R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                  "id": "7", "userName": "amy.lee", "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "active": true,
                  "displayName": "Amy Lee", "title": "Clerk", "name": {"givenName": "Amy", "familyName": "Lee"},
                  "emails": [{"value": "amy.lee@example.test", "type": "work", "primary": true}],
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "employeeNumber": "701984"},
                  "meta": {"resourceType": "User"}})");
}

/// The PATCH body, or null where there is none to send.
Json update(const SourceUser& user, const Json& target, PatchDialect dialect = PatchDialect::classic) {
  const auto body = update_body(article_mapping(), user, target, dialect);
  return body ? Json(*body) : Json(nullptr);
}

Json patch_of(std::string_view operations) {
  return json(R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": )" +
              std::string(operations) + "}");
}

// Creating

// [Entra provisioning-clients 2.6-01] [rule R44] [rule R45] [rule R46] [rule R47] [rule R48] [rule R51] [rule
// R52] [rule R57]
TEST(AttributeMapping, a_create_body_holds_every_mapped_attribute) {
  EXPECT_EQ(
      Json(create_body(article_mapping(), full_amy())),
      json(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                     "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "userName": "amy.lee", "active": true,
                     "displayName": "Amy Lee", "title": "Clerk",
                     "emails": [{"primary": true, "type": "work", "value": "amy.lee@example.test"}],
                     "meta": {"resourceType": "User"}, "name": {"familyName": "Lee", "givenName": "Amy"}, "roles": [],
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "employeeNumber": "701984"}})"));
}

// [Entra provisioning-clients 2.6-02] [Entra provisioning-clients 2.4-13]
TEST(AttributeMapping, a_create_body_holds_no_attribute_without_a_value) {
  EXPECT_EQ(
      Json(create_body(article_mapping(), amy())),
      json(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                     "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "userName": "amy.lee", "active": true,
                     "emails": [{"primary": true, "type": "work", "value": "amy.lee@example.test"}],
                     "meta": {"resourceType": "User"}, "roles": []})"));
}

// [rule R36] [rule R37]
TEST(AttributeMapping, the_article_replaces_two_sources_of_the_default_mapping) {
  const auto body = create_body(article_mapping(), amy());
  EXPECT_EQ(body.at("userName"), Json("amy.lee")) << "the nickname, not the user principal name";
  EXPECT_EQ(body.at("emails").at(0).at("value"), Json("amy.lee@example.test"))
      << "the user principal name, not the mail";
}

// [Entra provisioning-clients 2.6-06]
TEST(AttributeMapping, no_password_and_no_manager_are_sent_R42) {
  const auto text = base::to_text(create_body(article_mapping(), full_amy()));
  EXPECT_EQ(text.find("password"), std::string::npos);
  EXPECT_EQ(text.find("manager"), std::string::npos);  // [rule R26]
}

TEST(AttributeMapping, one_row_is_the_matching_one) {
  int matching = 0;
  for (const auto& row : article_mapping()) {
    if (row.matching) EXPECT_EQ(row.target, "userName");
    matching += row.matching ? 1 : 0;
  }
  EXPECT_EQ(matching, 1);
}

// [Entra provisioning-clients 2.9-03] [rule R49]: the whole truth table.
TEST(AttributeMapping, active_is_off_for_whoever_is_unassigned_disabled_or_deleted) {
  const MappingRow row{"active", SoftDeleteSwitch{}};
  for (const bool assigned : {false, true}) {
    for (const bool enabled : {false, true}) {
      for (const bool deleted : {false, true}) {
        auto user = amy();
        user.assigned = assigned;
        set(user, "accountEnabled", enabled);
        if (deleted) user.object.deleted = base::Instant{};
        EXPECT_EQ(mapped_value(row, user), Json(assigned && enabled && !deleted))
            << assigned << enabled << deleted;
      }
    }
  }
}

// Updating without the flag

// [Entra provisioning-clients 2.3-10]
TEST(ClassicUpdate, equal_sides_need_no_body) {
  EXPECT_EQ(update(full_amy(), shown_amy()), Json(nullptr));
  EXPECT_EQ(update(full_amy(), shown_amy(), PatchDialect::compliant), Json(nullptr));
}

// [Entra provisioning-clients 2.4-13]
TEST(ClassicUpdate, what_was_cleared_at_the_source_is_not_sent) {
  EXPECT_EQ(update(amy(), shown_amy()), Json(nullptr));
}

// [Entra provisioning-clients 2.7-01] [Entra provisioning-clients 2.7-02]
TEST(ClassicUpdate, each_changed_attribute_is_an_operation_with_a_path) {
  auto user = full_amy();
  set(user, "surname", "Z");
  set(user, "userPrincipalName", "x@y.z");
  EXPECT_EQ(update(user, shown_amy()),
            patch_of(R"([{"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "x@y.z"},
                                                    {"op": "Replace", "path": "name.familyName", "value": "Z"}])"));
}

// [Entra provisioning-clients 2.7-03] [Entra provisioning-clients 2.7-04]
TEST(ClassicUpdate, what_the_target_lacks_is_added) {
  auto target = shown_amy();
  target.as_object().erase("title");
  target.at("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User").as_object().erase("employeeNumber");
  EXPECT_EQ(update(full_amy(), target), patch_of(R"([{"op": "Add", "path": "title", "value": "Clerk"},
                         {"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "701984"}])"));
}

// [Entra provisioning-clients 2.7-08]
TEST(ClassicUpdate, a_work_address_is_added_where_there_is_none_of_that_type) {
  for (const auto* emails : {"[]", R"([{"type": "home", "value": "amy@home.test"}])", "null"}) {
    auto target = shown_amy();
    target.as_object()["emails"] = json(emails);
    EXPECT_EQ(
        update(full_amy(), target),
        patch_of(
            R"([{"op": "Add", "path": "emails[type eq \"work\"].value", "value": "amy.lee@example.test"}])"))
        << emails;
  }
}

// [Entra provisioning-clients 2.7-05]
TEST(ClassicUpdate, active_is_sent_as_a_string) {
  auto user = full_amy();
  set(user, "accountEnabled", false);
  EXPECT_EQ(update(user, shown_amy()),
            patch_of(R"([{"op": "Replace", "path": "active", "value": "False"}])"));
  auto target = shown_amy();
  target.as_object()["active"] = false;
  EXPECT_EQ(update(full_amy(), target),
            patch_of(R"([{"op": "Replace", "path": "active", "value": "True"}])"));
}

// [Entra provisioning-clients 2.7-07]
TEST(ClassicUpdate, a_new_username_is_a_single_replace) {
  auto user = full_amy();
  set(user, "mailNickname", "amy.lee2");
  EXPECT_EQ(update(user, shown_amy()),
            patch_of(R"([{"op": "Replace", "path": "userName", "value": "amy.lee2"}])"));
}

// [Entra provisioning-clients 2.1-10]
TEST(ClassicUpdate, a_value_that_the_target_has_rewritten_is_sent_again) {
  auto target = shown_amy();
  target.as_object()["displayName"] = "amy lee";
  EXPECT_EQ(update(full_amy(), target),
            patch_of(R"([{"op": "Replace", "path": "displayName", "value": "Amy Lee"}])"));
}

TEST(ClassicUpdate, a_target_that_shows_nothing_is_given_everything) {
  const auto body = update(full_amy(), json("{}"));
  EXPECT_EQ(body.at("Operations").as_array().size(), article_mapping().size());
  for (const auto& operation : body.at("Operations").as_array()) EXPECT_EQ(operation.at("op"), Json("Add"));
}

// Updating with aadOptscim062020

// [Entra provisioning-clients 2.8-02] [Entra provisioning-clients 2.8-03]
TEST(CompliantUpdate, all_but_filter_paths_merge_into_one_replace_without_a_path) {
  auto user = full_amy();
  set(user, "accountEnabled", false);
  set(user, "displayName", "Amy L.");
  set(user, "givenName", "Amelia");
  set(user, "employeeId", "7");
  set(user, "userPrincipalName", "x@y.z");
  EXPECT_EQ(update(user, shown_amy(), PatchDialect::compliant),
            patch_of(R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "x@y.z"},
                         {"op": "replace", "value": {"active": false, "displayName": "Amy L.", "name.givenName": "Amelia",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "7"}}])"));
}

// [Entra provisioning-clients 2.8-03]
TEST(CompliantUpdate, new_values_travel_in_the_same_replace) {
  auto target = shown_amy();
  target.as_object().erase("title");
  target.as_object().erase("name");
  EXPECT_EQ(
      update(full_amy(), target, PatchDialect::compliant),
      patch_of(
          R"([{"op": "replace", "value": {"title": "Clerk", "name.givenName": "Amy", "name.familyName": "Lee"}}])"));
}

// [Entra provisioning-clients 2.8-02]
TEST(CompliantUpdate, active_is_sent_as_a_boolean) {
  auto user = full_amy();
  user.assigned = false;
  EXPECT_EQ(update(user, shown_amy(), PatchDialect::compliant),
            patch_of(R"([{"op": "replace", "value": {"active": false}}])"));
}

// [Entra provisioning-clients 2.8-03]
TEST(CompliantUpdate, a_filter_path_alone_is_an_operation_of_its_own) {
  auto user = full_amy();
  set(user, "userPrincipalName", "x@y.z");
  EXPECT_EQ(update(user, shown_amy(), PatchDialect::compliant),
            patch_of(R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "x@y.z"}])"));
}

}  // namespace
}  // namespace fakes::entra
