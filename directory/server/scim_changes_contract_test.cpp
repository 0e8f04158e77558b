// What a provisioning client changes: attributes, `active`, the end of a user. A refused change leaves no
// trace, a repeated one writes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_changes_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view classic_disable = R"([{"op": "Replace", "path": "active", "value": "False"}])";
constexpr std::string_view classic_enable = R"([{"op": "Replace", "path": "active", "value": "True"}])";
constexpr std::string_view compliant_disable = R"([{"op": "replace", "value": {"active": false}}])";
constexpr std::string_view compliant_enable = R"([{"op": "replace", "value": {"active": true}}])";

class ScimChanges : public ::testing::Test {
 protected:
  base::HttpResponse patch(const std::string& id, std::string_view operations) {
    return bench_.scim("PATCH", "/Users/" + id, patch_body(operations));
  }
  /// The status, and of an error its scimType: `400 invalidValue`.
  std::string outcome(const base::HttpResponse& response) {
    const auto type = response.ok() ? "" : base::string_or(body_of(response), "scimType", "");
    return type.empty() ? std::to_string(response.status) : fmt::format("{} {}", response.status, type);
  }
  base::Json resource(const std::string& id) { return body_of(bench_.scim("GET", "/Users/" + id)); }
  bool is_active(const std::string& id) { return resource(id).at("active") == base::Json(true); }
  std::string state_of(const std::string& id) { return base::string_or(bench_.user(id), "state", ""); }
  void expire(const std::string& id) {
    EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + id + "/expire").status, 200);
  }

  ServerBench bench_;
};

// Attributes

// [Entra provisioning-clients 2.7-02] [Entra provisioning-clients 2.1-09] [rule R24]
TEST_F(ScimChanges, a_patch_answers_with_the_resource_as_it_is_now) {
  const auto id = bench_.provision("amy.lee");
  const auto before = resource(id);
  const auto answer = patch(id, R"([{"op": "Add", "path": "title", "value": "Clerk"},
                                    {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "amy@new.test"}])");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(body_of(answer).at("title"), base::Json("Clerk"));
  EXPECT_EQ(body_of(answer).at("emails").at(0).at("value"), base::Json("amy@new.test"));
  EXPECT_EQ(body_of(answer), resource(id));
  EXPECT_NE(body_of(answer).at("meta").at("version"), before.at("meta").at("version"));
  EXPECT_EQ(base::string_or(body_of(answer).at("meta"), "version", ""), header_of(answer, "ETag"));
}

// [Entra provisioning-clients 2.8-03]
TEST_F(ScimChanges, the_compliant_dialect_changes_the_same) {
  const auto id = bench_.provision("amy.lee");
  ASSERT_EQ(patch(id, R"([{"op": "replace", "value": {"displayName": "Amy", "name.familyName": "Lee",
                           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Sales"}}])")
                .status,
            200);
  const auto user = bench_.user(id);
  EXPECT_EQ(user.at("displayname"), base::Json("Amy"));
  EXPECT_EQ(user.at("lastname"), base::Json("Lee"));
  EXPECT_EQ(user.at("department"), base::Json("Sales"));
}

// [RFC7644 3.5.2]: all or nothing.
TEST_F(ScimChanges, one_bad_operation_undoes_the_good_ones) {
  const auto id = bench_.provision("amy.lee");
  bench_.provision("bob");
  const auto before = resource(id);
  for (
      const auto& [operations, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
          {R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "remove"}])", "400 noTarget"},
          {R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "replace", "path": "active", "value": "maybe"}])",
           "400 invalidValue"},
          {R"([{"op": "replace", "value": {"active": false, "userName": "amy@lee"}}])", "400 invalidValue"},
          {R"([{"op": "replace", "value": {"active": false, "userName": "BOB"}}])", "409 uniqueness"},
          {R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "remove", "path": "userName"}])",
           "400 mutability"},
          {R"([{"op": "replace", "path": "title", "value": "x"}, {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "bob@example.test"}])",
           "409 uniqueness"}}) {
    EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(outcome(patch(id, operations)), expected) << operations; }),
                IsEmpty())
        << operations;
    EXPECT_EQ(resource(id), before) << operations;
  }
}

// [RFC7644 3.12]
TEST_F(ScimChanges, a_body_that_is_no_patch_is_refused) {
  const auto id = bench_.provision("amy.lee");
  for (const auto* body : {"", "{", "[]", "{}", R"({"Operations": []})",
                           R"({"Operations": [{"op": "move", "path": "title", "value": "x"}]})"}) {
    EXPECT_EQ(outcome(bench_.scim("PATCH", "/Users/" + id, body)), "400 invalidSyntax") << body;
  }
}

TEST_F(ScimChanges, a_username_may_change_its_letter_case) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_EQ(patch(id, R"([{"op": "Replace", "path": "userName", "value": "Amy.Lee"}])").status, 200);
  EXPECT_EQ(resource(id).at("userName"), base::Json("Amy.Lee"));
}

TEST_F(ScimChanges, an_email_address_does_not_become_a_username_R44) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_EQ(outcome(patch(id, R"([{"op": "Replace", "path": "userName", "value": "amy.lee@example.test"}])")),
            "400 invalidValue");
}

// [Entra provisioning-clients 1-03]
// [Graph F36]
TEST_F(ScimChanges, the_manager_is_ignored_R26) {
  const auto id = bench_.provision("amy.lee");
  const auto before = resource(id);
  EXPECT_EQ(
      patch(
          id,
          R"([{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "7"}])")
          .status,
      200);
  EXPECT_EQ(resource(id), before);
}

TEST_F(ScimChanges, nobody_is_404) {
  for (const auto* method : {"GET", "PATCH", "DELETE"}) {
    EXPECT_EQ(bench_.scim(method, "/Users/00919288221112222", patch_body(classic_disable)).status, 404)
        << method;
  }
}

// Active

// [Entra provisioning-clients 2.7-05] [Entra provisioning-clients 2.8-02] [Entra provisioning-clients 2.1-13]
// [Entra provisioning-clients 1-04, 7.1-38]
TEST_F(ScimChanges, both_dialects_disable_and_enable_R49) {
  const auto id = bench_.provision("amy.lee");
  for (const auto& [disable, enable] :
       {std::pair{classic_disable, classic_enable}, {compliant_disable, compliant_enable}}) {
    ASSERT_EQ(patch(id, disable).status, 200);
    EXPECT_FALSE(is_active(id));
    EXPECT_EQ(state_of(id), "SUSPENDED");
    EXPECT_EQ(body_of(bench_.scim("GET", "/Users?filter=userName+eq+%22amy.lee%22")).at("totalResults"),
              base::Json(1))
        << "it still exists";
    ASSERT_EQ(patch(id, enable).status, 200);
    EXPECT_TRUE(is_active(id));
    EXPECT_EQ(state_of(id), "ACTIVATED");
  }
}

// [rule R20] [rule R101] [rule D12]
TEST_F(ScimChanges, disabling_ends_portal_sessions_and_logins) {
  const auto id = bench_.onboard("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  ASSERT_TRUE(bench_.is_open(session));
  ASSERT_EQ(patch(id, classic_disable).status, 200);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 401);
}

// [rule D19] [rule V32]
TEST_F(ScimChanges, enabling_gives_back_the_password_that_was_there) {
  const auto id = bench_.onboard("amy.lee");
  ASSERT_EQ(patch(id, classic_disable).status, 200);
  ASSERT_EQ(patch(id, classic_enable).status, 200);
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 200);
}

// [rule RT2] [rule R49]
// [Entra provisioning-clients 1-11]
TEST_F(ScimChanges, an_expired_password_shows_as_inactive) {
  const auto id = bench_.onboard("amy.lee");
  expire(id);
  EXPECT_FALSE(is_active(id));
  EXPECT_EQ(state_of(id), "ACTIVATED");
}

// [rule RT2]: what looks like drift to the client is not mended by it, and nobody's state changes.
TEST_F(ScimChanges, enabling_does_not_renew_an_expired_password) {
  const auto id = bench_.onboard("amy.lee");
  expire(id);
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(patch(id, classic_enable).status, 200); }), IsEmpty());
  EXPECT_FALSE(is_active(id));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 403);
}

// [rule R49] [rule R24]: a leaver with an expired password is a leaver.
TEST_F(ScimChanges, disabling_suspends_a_user_whose_password_has_expired) {
  const auto id = bench_.onboard("amy.lee");
  expire(id);
  ASSERT_EQ(patch(id, classic_disable).status, 200);
  EXPECT_EQ(state_of(id), "SUSPENDED");
  ASSERT_EQ(patch(id, classic_enable).status, 200);
  EXPECT_EQ(state_of(id), "ACTIVATED");
}

// [rule D9]: activation is the admin's, through the console.
TEST_F(ScimChanges, enabling_does_not_activate_a_staged_user) {
  ASSERT_EQ(bench_.change_settings(R"({"newSystemUserStateDefaults": {"manualEntry": "STAGED"}})").status,
            200);
  const auto id = bench_.provision("amy.lee");
  ASSERT_EQ(patch(id, classic_enable).status, 200);
  EXPECT_EQ(state_of(id), "STAGED");
  expire(id);
  ASSERT_EQ(patch(id, classic_enable).status, 200);
  EXPECT_EQ(state_of(id), "STAGED");
}

// Deleting

// [RFC7644 3.6] [Entra provisioning-clients 2.9-05]
TEST_F(ScimChanges, a_deleted_user_is_gone_for_every_request_R24) {
  const auto id = bench_.provision("amy.lee");
  const auto answer = bench_.scim("DELETE", "/Users/" + id);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  for (const auto* method : {"GET", "PATCH", "DELETE"}) {
    EXPECT_EQ(bench_.scim(method, "/Users/" + id, patch_body(classic_disable)).status, 404) << method;
  }
  EXPECT_EQ(body_of(bench_.scim("GET", "/Users?filter=userName+eq+%22amy.lee%22")).at("totalResults"),
            base::Json(0));
  EXPECT_EQ(bench_.admin("GET", "/api/systemusers/" + id).status, 404);
}

// [RFC7644 3.6]
TEST_F(ScimChanges, the_name_of_a_deleted_user_is_free_again_for_a_new_id) {
  const auto id = bench_.provision("amy.lee");
  ASSERT_EQ(bench_.scim("DELETE", "/Users/" + id).status, 204);
  EXPECT_NE(bench_.provision("amy.lee"), id);
}

TEST_F(ScimChanges, a_deleted_user_takes_session_and_link_along_R24) {
  const auto id = bench_.onboard("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  const auto pending = bench_.provision("bob");
  bench_.settle();
  const auto token = bench_.activation_token("bob@example.test");
  for (const auto& each : {id, pending}) ASSERT_EQ(bench_.scim("DELETE", "/Users/" + each).status, 204);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 401);
  EXPECT_EQ(bench_.activate(token, "correct horse battery").status, 410);
}

// Events

// [rule DI40] [rule DI41]
TEST_F(ScimChanges, a_created_user_is_one_event_and_its_mail_another) {
  EXPECT_THAT(bench_.events_of([&] { bench_.provision("amy.lee"); }),
              ElementsAre("user_create", "user_activation_email"));
}

TEST_F(ScimChanges, a_changed_user_is_one_event_DI40) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_THAT(bench_.events_of([&] {
    patch(
        id,
        R"([{"op": "Replace", "path": "title", "value": "Clerk"}, {"op": "Replace", "path": "displayName", "value": "Amy"}])");
  }),
              ElementsAre("user_update"));
}

// [rule DI24]
TEST_F(ScimChanges, an_event_lists_each_change_from_and_to) {
  const auto id = bench_.provision("amy.lee");
  patch(id, R"([{"op": "Replace", "path": "title", "value": "Clerk"}])");
  patch(
      id,
      R"([{"op": "Replace", "path": "title", "value": "Lead"}, {"op": "Add", "path": "locale", "value": "en"}])");
  patch(id, R"([{"op": "Remove", "path": "title"}])");
  const auto events = bench_.events();
  ASSERT_GE(events.size(), 3U);
  EXPECT_EQ(events[events.size() - 3].at("changes"), json(R"([{"field": "jobTitle", "to": "Clerk"}])"));
  EXPECT_EQ(
      events[events.size() - 2].at("changes"),
      json(R"([{"field": "jobTitle", "from": "Clerk", "to": "Lead"}, {"field": "location", "to": "en"}])"));
  EXPECT_EQ(events[events.size() - 1].at("changes"), json(R"([{"field": "jobTitle", "from": "Lead"}])"));
}

TEST_F(ScimChanges, suspension_and_its_end_are_one_event_each_DI43) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_THAT(bench_.events_of([&] { patch(id, classic_disable); }), ElementsAre("user_suspended"));
  EXPECT_THAT(bench_.events_of([&] { patch(id, compliant_enable); }), ElementsAre("user_unsuspended"));
}

// [rule DI40] [rule DI43]
TEST_F(ScimChanges, what_changes_both_attribute_and_state_writes_both_events) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_THAT(bench_.events_of(
                  [&] { patch(id, R"([{"op": "replace", "value": {"title": "x", "active": false}}])"); }),
              ElementsAre("user_update", "user_suspended"));
}

TEST_F(ScimChanges, a_repeated_change_writes_nothing_DI40) {
  const auto id = bench_.provision("amy.lee");
  patch(id, R"([{"op": "Replace", "path": "title", "value": "Clerk"}])");
  patch(id, classic_disable);
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of([&] {
    patch(id, R"([{"op": "Replace", "path": "title", "value": "Clerk"}])");
    patch(id, classic_disable);
  }),
              IsEmpty());
  EXPECT_EQ(resource(id), before) << "the version must not move either";
}

TEST_F(ScimChanges, a_deleted_user_is_one_event_DI40) {
  const auto id = bench_.provision("amy.lee");
  EXPECT_THAT(bench_.events_of([&] { bench_.scim("DELETE", "/Users/" + id); }), ElementsAre("user_delete"));
  EXPECT_THAT(bench_.events_of([&] { bench_.scim("DELETE", "/Users/" + id); }), IsEmpty());
}

// [rule D31] [rule DI20] [rule DI21] [rule DI22]
TEST_F(ScimChanges, an_event_names_the_integration_as_its_cause) {
  const auto id = bench_.provision("amy.lee");
  patch(id, classic_disable);
  const auto event = bench_.events().back();
  EXPECT_EQ(event.at("service"), base::Json("directory"));
  EXPECT_EQ(event.at("@version"), base::Json("1"));
  EXPECT_EQ(event.at("success"), base::Json(true));
  EXPECT_EQ(event.at("organization"), base::Json("5f0000000000000000000001"));
  EXPECT_TRUE(base::parse_rfc3339(base::string_or(event, "timestamp", "")).has_value());
  EXPECT_THAT(base::string_or(event, "timestamp", ""),
              ::testing::MatchesRegex(R"(....-..-..T..:..:..\....Z)"));
  EXPECT_EQ(event.at("resource"),
            json(fmt::format(R"({{"type": "systemuser", "id": "{}", "username": "amy.lee"}})", id)));
  EXPECT_EQ(event.at("initiated_by").at("type"), base::Json("admin"));
  EXPECT_EQ(event.at("initiated_by").at("email"), base::Json("administrator@example.test"));
  EXPECT_EQ(event.at("auth_method"), base::Json("api-key"));
  EXPECT_EQ(event.at("initiated_by").at("source"), base::Json("jumpcloud:scim"));
  EXPECT_EQ(event.at("initiated_by").at("source_metadata"), json(R"({"name": "entra"})"));
}

}  // namespace scim_changes_contract_test
}  // namespace directory
