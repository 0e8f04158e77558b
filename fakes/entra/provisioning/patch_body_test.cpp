// The bodies that go over the wire, typed from what Entra is documented to send. Members of an object have no
// order, so bodies are compared as JSON and not as text.
#include "fakes/entra/provisioning/patch_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/create_body.h"
#include "fakes/entra/provisioning/default_mappings.h"

namespace fakes::entra::provisioning {
namespace patch_body_test {

using base::Json;
using base::JsonObject;

Json json(std::string_view text) {
  return base::parse_json(text).value();
}

void set(SourceObject& user, std::string_view property, Json value) {
  user.object.set(*find_property(ObjectKind::user, property), std::move(value), 1);
}

SourceObject amy() {
  SourceObject user{.object = DirectoryObject(ObjectKind::user, ObjectId{"58342554-38d6-4ec8-948c-50044d0a33fd"})};
  user.assigned = user.in_scope = true;
  set(user, "userPrincipalName", "amy.lee@example.test");
  set(user, "mailNickname", "amy.lee");
  set(user, "mail", "amy@mail.example.test");
  return user;
}

SourceObject full_amy() {
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

/// The POST body.
JsonObject created(const SourceObject& user, const ObjectMapping& mapping = article_mapping(), const ClientQuirks& quirks = {}) {
  const auto values = mapped_values(mapping, user, Occasion::creation, {}).value();
  return create_body(user.kind(), values, quirks);
}

/// The PATCH body, or null where there is none to send.
Json update(const SourceObject& user, const Json& target, const PatchStyle& style, const ObjectMapping& mapping = article_mapping()) {
  const auto values = mapped_values(mapping, user, Occasion::update, {}).value();
  const auto changes = differences(values, target);
  return changes.empty() ? Json(nullptr) : Json(patch_body(user.kind(), changes, style));
}
Json update(const SourceObject& user, const Json& target, PatchDialect dialect = PatchDialect::classic) {
  return update(user, target, PatchStyle{dialect, {}});
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
      Json(created(full_amy())),
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
      Json(created(amy())),
      json(
          R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                     "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "userName": "amy.lee", "active": true,
                     "emails": [{"primary": true, "type": "work", "value": "amy.lee@example.test"}],
                     "meta": {"resourceType": "User"}, "roles": []})"));
}

// [rule R36] [rule R37]
TEST(AttributeMapping, the_article_replaces_two_sources_of_the_default_mapping) {
  const auto body = created(amy());
  EXPECT_EQ(body.at("userName"), Json("amy.lee")) << "the nickname, not the user principal name";
  EXPECT_EQ(body.at("emails").at(0).at("value"), Json("amy.lee@example.test"))
      << "the user principal name, not the mail";
}

// [Entra provisioning-clients 2.6-06]
TEST(AttributeMapping, no_password_and_no_manager_are_sent_R42) {
  const auto text = base::to_text(created(full_amy()));
  EXPECT_EQ(text.find("password"), std::string::npos);
  EXPECT_EQ(text.find("manager"), std::string::npos);  // [rule R26]
}

TEST(AttributeMapping, one_row_is_the_matching_one) {
  const auto mapping = article_mapping();
  const auto rows = matching_rows(mapping);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front()->target.text, "userName");
}

// [Entra provisioning-clients 2.9-03] [rule R49]: the whole truth table.
TEST(AttributeMapping, active_is_off_for_whoever_is_unassigned_disabled_or_deleted) {
  const auto row = formula("active", soft_delete_switch);
  for (const bool assigned : {false, true}) {
    for (const bool enabled : {false, true}) {
      for (const bool deleted : {false, true}) {
        auto user = amy();
        user.assigned = user.in_scope = assigned;
        set(user, "accountEnabled", enabled);
        if (deleted) user.object.deleted = base::Instant{};
        EXPECT_EQ(mapped_value(row, user, Occasion::update, {})->value, Json(assigned && enabled && !deleted))
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
  EXPECT_EQ(body.at("Operations").as_array().size(), article_mapping().rows.size());
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
TEST(CompliantUpdate, a_new_value_is_an_add_with_a_path) {
  auto target = shown_amy();
  target.as_object().erase("title");
  target.as_object()["displayName"] = "A";
  target.as_object()["externalId"] = "B";
  EXPECT_EQ(update(full_amy(), target, PatchDialect::compliant),
            patch_of(R"([{"op": "add", "path": "title", "value": "Clerk"},
                         {"op": "replace", "value": {"displayName": "Amy Lee", "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd"}}])"));
}

// [Entra provisioning-clients 2.8-02]
TEST(CompliantUpdate, active_is_sent_as_a_boolean) {
  auto user = full_amy();
  user.assigned = user.in_scope = false;
  EXPECT_EQ(update(user, shown_amy(), PatchDialect::compliant),
            patch_of(R"([{"op": "replace", "path": "active", "value": false}])"));
}

// [Entra provisioning-clients 2.8-03]
TEST(CompliantUpdate, a_filter_path_alone_is_an_operation_of_its_own) {
  auto user = full_amy();
  set(user, "userPrincipalName", "x@y.z");
  EXPECT_EQ(update(user, shown_amy(), PatchDialect::compliant),
            patch_of(R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "x@y.z"}])"));
}

}  // namespace patch_body_test
}  // namespace fakes::entra::provisioning
