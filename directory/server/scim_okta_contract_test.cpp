// The policy of the Okta integration: logins that are addresses, passwords that travel, and leavers who are
// suspended whichever verb says so. The requests are those of Okta's own documents and test suites.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_okta_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// [Okta provisioning-clients 4.3-06]
std::string okta_body(std::string_view login, std::string_view more = "") {
  return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{0}",
    "name": {{"givenName": "Amy", "familyName": "Lee"}},
    "emails": [{{"primary": true, "value": "{0}", "type": "work"}}], "displayName": "Amy Lee", "locale": "en-US",
    "externalId": "00ujl29u0le5T6Aj10h7", "groups": [], "active": true{1}}})",
                     login, more);
}

constexpr std::string_view with_password = R"(, "password": "correct horse battery")";
constexpr std::string_view deactivation = R"([{"op": "replace", "value": {"active": false}}])";
constexpr std::string_view reactivation = R"([{"op": "replace", "value": {"active": true}}])";

class ScimOkta : public ::testing::Test {
 protected:
  base::HttpResponse post(std::string_view login, std::string_view more = with_password) {
    return bench_.okta("POST", "/Users", okta_body(login, more));
  }
  base::HttpResponse patch(const std::string& id, std::string_view operations) {
    return bench_.okta("PATCH", "/Users/" + id, patch_body(operations));
  }
  base::Json resource(const std::string& id) { return body_of(bench_.okta("GET", "/Users/" + id)); }
  std::string state_of(const std::string& id) { return base::string_or(bench_.user(id), "state", ""); }

  ServerBench bench_;
};

// Logins

// [rule R44]: some integrations use the local part of the address.
TEST_F(ScimOkta, the_local_part_of_the_login_is_the_username_and_the_login_is_still_answered) {
  const auto answer = post("amy.lee@example.test");
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(body_of(answer).at("userName"), base::Json("amy.lee@example.test"));
  EXPECT_EQ(bench_.user(id_of(answer)).at("username"), base::Json("amy.lee"));
  for (const auto* filter :
       {R"(userName eq "amy.lee@example.test")", R"(userName eq "AMY.LEE@EXAMPLE.TEST")"}) {
    const auto found = bench_.okta("GET", filtered(filter) + "&startIndex=1&count=100");
    EXPECT_EQ(usernames_of(found), std::vector<std::string>{"amy.lee@example.test"}) << filter;
  }
  EXPECT_EQ(total_of(bench_.okta("GET", filtered(R"(userName eq "amy.lee")"))), 0);
}

// [rule R44] [rule RT10]
TEST_F(ScimOkta, what_a_username_cannot_hold_is_replaced) {
  struct Login {
    std::string_view login;
    std::string_view username;
  };
  for (const auto& each : {Login{"plain", "plain"}, Login{"o'brien@example.test", "o_brien"},
                           Login{"amy+test@example.test", "amy_test"}, Login{"007@example.test", "u007"},
                           Login{"bj\xC3\xB6rn@example.test", "bj_rn"}}) {
    const auto answer =
        bench_.okta("POST", "/Users", user_body(each.login, fmt::format("{}@x.test", each.username)));
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(body_of(answer).at("userName"), base::Json(std::string(each.login)));
    EXPECT_EQ(bench_.user(id_of(answer)).at("username"), base::Json(std::string(each.username)));
  }
}

// [Okta provisioning-clients 4.3-12]
TEST_F(ScimOkta, two_logins_with_the_same_local_part_collide) {
  ASSERT_EQ(post("amy@a.test").status, 201);
  const auto refused = post("amy@b.test");
  EXPECT_EQ(outcome_of(refused), "409 uniqueness");
  EXPECT_THAT(refused.body, HasSubstr("amy"));
  EXPECT_EQ(total_of(bench_.okta("GET", "/Users")), 1);
  EXPECT_EQ(outcome_of(post("AMY@a.test")), "409 uniqueness");
}

TEST(ScimOktaCollision, may_be_settled_by_a_number_instead) {
  BenchOptions options;
  options.directory.okta_login_collision = LoginCollision::number;
  ServerBench bench(options);
  std::vector<std::string> usernames;
  for (const auto* login : {"amy@a.test", "amy@b.test", "amy@c.test"}) {
    const auto answer = bench.okta("POST", "/Users", okta_body(login, with_password));
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(body_of(answer).at("userName"), base::Json(login));
    usernames.push_back(base::string_or(bench.user(id_of(answer)), "username", ""));
  }
  EXPECT_THAT(usernames, ElementsAre("amy", "amy2", "amy3"));
  EXPECT_EQ(outcome_of(bench.okta("POST", "/Users", okta_body("amy@b.test"))), "409 uniqueness");
}

TEST_F(ScimOkta, a_new_login_gives_a_new_username_and_the_old_one_is_free) {
  const auto id = id_of(post("amy@a.test"));
  const auto answer = bench_.okta("PUT", "/Users/" + id, okta_body("amelia@a.test"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(body_of(answer).at("userName"), base::Json("amelia@a.test"));
  EXPECT_EQ(bench_.user(id).at("username"), base::Json("amelia"));
  EXPECT_EQ(total_of(bench_.okta("GET", filtered(R"(userName eq "amy@a.test")"))), 0);
  EXPECT_EQ(post("amy@a.test").status, 201);
}

// An admin's choice of username outlives a profile push. [Okta provisioning-clients 4.4-02]
TEST_F(ScimOkta, a_put_with_the_same_login_leaves_the_username_alone) {
  const auto id = id_of(post("amy@a.test"));
  ASSERT_EQ(bench_.admin("PUT", "/api/systemusers/" + id, R"({"username": "amelia"})").status, 200);
  ASSERT_EQ(bench_.okta("PUT", "/Users/" + id, okta_body("amy@a.test", R"(, "title": "Clerk")")).status, 200);
  EXPECT_EQ(bench_.user(id).at("username"), base::Json("amelia"));
  EXPECT_EQ(resource(id).at("userName"), base::Json("amy@a.test"));
  EXPECT_EQ(resource(id).at("title"), base::Json("Clerk"));
}

// The same user to a client that knows usernames only.
TEST_F(ScimOkta, the_entra_integration_sees_the_username) {
  const auto id = id_of(post("amy@a.test"));
  EXPECT_EQ(body_of(bench_.scim("GET", "/Users/" + id)).at("userName"), base::Json("amy"));
  EXPECT_EQ(total_of(bench_.scim("GET", filtered(R"(userName eq "amy")"))), 1);
  EXPECT_EQ(total_of(bench_.scim("GET", filtered(R"(userName eq "amy@a.test")"))), 0);
}

// Passwords

// [rule R61] [rule D42] [Okta provisioning-clients 4.3-08]
// [Entra provisioning-clients 1-15]
TEST_F(ScimOkta, the_password_that_comes_opens_the_portal) {
  base::HttpResponse answer;
  EXPECT_THAT(bench_.events_of([&] { answer = post("amy@a.test"); }),
              ElementsAre("user_create", "user_password_set"));
  ASSERT_EQ(answer.status, 201);
  EXPECT_THAT(answer.body, Not(HasSubstr("correct horse")));
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
  bench_.settle();
  EXPECT_THAT(bench_.mails_to("amy@a.test"), IsEmpty()) << "there is nothing to activate";
}

// [Okta provisioning-clients 4.6-02] [Okta provisioning-clients 4.6-03] [Okta provisioning-clients 4.6-05]
// [rule R61]
TEST_F(ScimOkta, a_changed_password_works_and_the_old_one_does_not) {
  const auto id = id_of(post("amy@a.test"));
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(patch(id, R"([{"op": "replace", "value": {"password": "second long password"}}])").status, 200);
  }),
              ElementsAre("user_password_change"));
  EXPECT_EQ(bench_.log_in("amy", "second long password").status, 200);
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 401);
  ASSERT_EQ(
      bench_.okta("PUT", "/Users/" + id, okta_body("amy@a.test", R"(, "password": "third long password")"))
          .status,
      200);
  EXPECT_EQ(bench_.log_in("amy", "third long password").status, 200);
}

TEST_F(ScimOkta, the_same_password_again_changes_nothing) {
  const auto id = id_of(post("amy@a.test"));
  const auto session = bench_.session_of("amy");
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(bench_.okta("PUT", "/Users/" + id, okta_body("amy@a.test", with_password)).status, 200);
  }),
              IsEmpty());
  EXPECT_TRUE(bench_.is_open(session));
}

// [Okta provisioning-clients 4.3-09]: a placeholder that is too short is refused as a whole, in words for the
// admin.
TEST_F(ScimOkta, a_password_that_breaks_the_policy_is_refused_and_nobody_is_created) {
  EXPECT_EQ(outcome_of(post("amy@a.test", R"(, "password": "1mz050nq")")), "400 invalidValue");
  EXPECT_EQ(total_of(bench_.okta("GET", "/Users")), 0);
}

// [rule D40] [rule D41] [rule R67]: with Okta as the authority its password is the only one.
TEST_F(ScimOkta, as_the_password_authority_it_alone_sets_passwords) {
  ASSERT_EQ(bench_
                .change_settings(
                    R"({"systemUserDefaultRestrictedFields": [{"field": "password", "type": "scim"}]})")
                .status,
            200);
  const auto id = id_of(post("amy@a.test"));
  EXPECT_EQ(bench_.admin("PUT", "/api/systemusers/" + id, R"({"password": "an admin's password"})").status,
            403);
  ASSERT_EQ(patch(id, R"([{"op": "replace", "value": {"password": "second long password"}}])").status, 200);
  EXPECT_EQ(bench_.log_in("amy", "second long password").status, 200);
}

// [rule R4] [rule D6] [rule D8] [rule R62]: the default state and the activation mail are the organisation's.
TEST_F(ScimOkta, new_users_take_the_default_state_and_are_mailed_where_no_password_came) {
  EXPECT_EQ(state_of(id_of(post("amy@a.test", ""))), "ACTIVATED");
  bench_.settle();
  EXPECT_THAT(bench_.mails_to("amy@a.test"), ::testing::SizeIs(1));
  ASSERT_EQ(bench_.change_settings(R"({"newSystemUserStateDefaults": {"manualEntry": "STAGED"}})").status,
            200);
  const auto staged = id_of(post("bob@a.test"));
  EXPECT_EQ(state_of(staged), "STAGED");
  EXPECT_EQ(resource(staged).at("active"), base::Json(true));
  EXPECT_EQ(bench_.log_in("bob", "correct horse battery").status, 401);
}

// Leaving and coming back

// [rule R71] [Okta provisioning-clients 4.5-01] [Okta provisioning-clients 4.5-11]
TEST_F(ScimOkta, deactivation_suspends_and_reactivation_brings_back_the_same_user) {
  const auto id = id_of(post("amy@a.test"));
  const auto session = bench_.session_of("amy");
  ASSERT_EQ(patch(id, deactivation).status, 200);
  EXPECT_EQ(state_of(id), "SUSPENDED");
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(resource(id).at("active"), base::Json(false));
  ASSERT_EQ(patch(id, reactivation).status, 200);
  EXPECT_EQ(state_of(id), "ACTIVATED");
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
}

// [rule R71] [Okta provisioning-clients 4.5-02] [Okta provisioning-clients 4.4-03]
TEST_F(ScimOkta, a_put_of_the_whole_resource_deactivates_too) {
  const auto id = id_of(post("amy@a.test"));
  auto whole = resource(id).as_object();
  whole["active"] = false;
  ASSERT_EQ(bench_.okta("PUT", "/Users/" + id, base::to_text(whole)).status, 200);
  EXPECT_EQ(state_of(id), "SUSPENDED");
}

// [rule R71] [rule RT3]: and what is suspended is still there, as Okta's suites expect of a leaver.
// [Okta provisioning-clients 4.5-09] [Okta provisioning-clients 4.11-08]
// [Entra provisioning-clients 1-15]
TEST_F(ScimOkta, a_delete_suspends_and_the_user_stays_readable) {
  const auto id = id_of(post("amy@a.test"));
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(bench_.okta("DELETE", "/Users/" + id).status, 204); }),
              ElementsAre("user_suspended"));
  EXPECT_EQ(state_of(id), "SUSPENDED");
  EXPECT_EQ(resource(id).at("active"), base::Json(false));
  EXPECT_EQ(usernames_of(bench_.okta("GET", filtered(R"(userName eq "amy@a.test")"))),
            std::vector<std::string>{"amy@a.test"});
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(bench_.okta("DELETE", "/Users/" + id).status, 204); }),
              IsEmpty());
  EXPECT_EQ(outcome_of(post("amy@a.test")), "409 uniqueness");
  ASSERT_EQ(patch(id, reactivation).status, 200);
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
}

TEST_F(ScimOkta, a_returner_may_bring_a_new_password_in_one_request) {
  const auto id = id_of(post("amy@a.test"));
  ASSERT_EQ(patch(id, deactivation).status, 200);
  ASSERT_EQ(patch(id, R"([{"op": "replace", "value": {"active": true, "password": "second long password"}}])")
                .status,
            200);
  EXPECT_EQ(bench_.log_in("amy", "second long password").status, 200);
}

// [Okta provisioning-clients 4.4-02]: id, meta, groups and what the client does not know come back as they
// were read.
TEST_F(ScimOkta, an_echoed_resource_changes_nothing) {
  const auto id = id_of(post("amy@a.test", R"(, "password": "correct horse battery", "nickName": "Babs",
      "phoneNumbers": [{"value": "+1 555", "type": "mobile", "primary": true}])"));
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of(
                  [&] { EXPECT_EQ(bench_.okta("PUT", "/Users/" + id, base::to_text(before)).status, 200); }),
              IsEmpty());
  EXPECT_EQ(resource(id), before);
}

// Okta's SPEC suite
// -----------------------------------------------------------------------------------------------------------

// [Okta provisioning-clients 4.10-02] [Okta provisioning-clients 4.10-03] [Okta provisioning-clients 4.10-04]
// [Okta provisioning-clients 4.10-05] [Okta provisioning-clients 4.10-06] [Okta provisioning-clients 4.10-07]
// [Okta provisioning-clients 4.10-08] [Okta provisioning-clients 4.10-09] [Okta provisioning-clients 4.10-10]
// [Okta provisioning-clients 4.10-12] [Okta provisioning-clients 4.10-13]
TEST_F(ScimOkta, passes_the_spec_suite) {
  post("first@example.com");
  const auto first = body_of(bench_.okta("GET", "/Users?count=1&startIndex=1"));
  EXPECT_EQ(first.at("schemas"), json(R"(["urn:ietf:params:scim:api:messages:2.0:ListResponse"])"));
  for (const auto* number : {"itemsPerPage", "startIndex", "totalResults"})
    EXPECT_TRUE(first.at(number).is_int64()) << number;
  const auto& someone = first.at("Resources").at(0);
  for (const auto* name : {"givenName", "familyName"})
    EXPECT_FALSE(base::string_or(someone.at("name"), name, "").empty());
  EXPECT_FALSE(base::string_or(someone.at("emails").at(0), "value", "").empty());
  EXPECT_TRUE(someone.at("active").is_bool());
  const auto id = base::string_or(someone, "id", "");
  EXPECT_EQ(resource(id).at("id"), base::Json(id));

  EXPECT_EQ(total_of(bench_.okta("GET", filtered(R"(userName eq "abcdefgh@example.com")"))), 0);
  EXPECT_EQ(outcome_of(bench_.okta("GET", "/Users/010101001010101011001010101011")), "404 none");

  const auto body = okta_body("Runscope300abc@example.com", "");
  const auto created = bench_.okta("POST", "/Users", body);
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(body_of(created).at("active"), base::Json(true));
  EXPECT_EQ(body_of(created).at("userName"), base::Json("Runscope300abc@example.com"));
  EXPECT_EQ(resource(id_of(created)).at("name"), json(R"({"givenName": "Amy", "familyName": "Lee"})"));
  EXPECT_EQ(outcome_of(bench_.okta("POST", "/Users", body)), "409 uniqueness");
  EXPECT_EQ(total_of(bench_.okta("GET", filtered(R"(userName eq "RUNSCOPE300ABC@EXAMPLE.COM")"))), 1);

  const auto stranger =
      bench_.ask("GET", "/scim/v2" + filtered(R"(userName eq "x")"), {{"Authorization", "Bearer bad"}});
  EXPECT_EQ(outcome_of(stranger), "401 none");
  EXPECT_EQ(outcome_of(bench_.okta("GET", "/Users/00919288221112222")), "404 none");
}

}  // namespace scim_okta_contract_test
}  // namespace directory
