// What an assignment sends: a look-up, then a creation or a link, and what becomes of each answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace assignment_test {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto look_up = "GET /Users?filter=userName%20eq%20%22amy%40example.test%22&startIndex=1&count=100";
constexpr auto scim_error = R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "said no", "status": "400"})";

bool is_post(const base::HttpRequest& request) { return request.method == "POST"; }
bool is_get(const base::HttpRequest& request) { return request.method == "GET"; }

void put_amy(OktaBench& bench, std::string_view text) {
  auto resource = json(text).as_object();
  const auto id = base::string_or(resource, "id", "");
  bench.target().resources[id] = resource;
}
constexpr auto inactive_amy = R"({"id": "old-7", "userName": "Amy@Example.test", "active": false, "nickName": "A", "title": "Boss"})";

// [Okta provisioning-clients 4.3-01] [Okta provisioning-clients 4.3-05] [Okta provisioning-clients 4.3-13] [Okta provisioning-clients 4.9-05]
// [Okta provisioning-clients 4.9-06] [Okta provisioning-clients 4.12-02] [rule R61]
TEST(OktaAssignment, creates_whom_nobody_finds_and_keeps_the_id) {
  OktaBench bench;
  const auto amy = bench.add_amy();
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::staged);
  EXPECT_EQ(bench.app_user(amy).external_id, "");
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::out_of_sync);
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "POST /Users"));
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::provisioned);
  EXPECT_EQ(bench.app_user(amy).external_id, "id-1");
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::synchronized);
  EXPECT_THAT(bench.log(), ElementsAre("create success"));
}

// [Okta provisioning-clients 4.9-06]
TEST(OktaAssignment, is_syncing_while_the_request_is_out) {
  OktaBench bench;
  bench.take_time(std::chrono::seconds{20});
  const auto amy = bench.add_amy();
  bench.run_for(std::chrono::seconds{10});
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::syncing);
}

// [Okta provisioning-clients 4.12-02]
TEST(OktaAssignment, by_a_group_creates_as_well) {
  OktaBench bench;
  const auto group = bench.add_group("Staff");
  bench.join(group, bench.add_user("amy"));
  ASSERT_TRUE(bench.org().assign_group(bench.app, group));
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "POST /Users"));
}

// [Okta provisioning-clients 4.3-08] [Okta provisioning-clients 4.3-09] [Okta provisioning-clients 4.6-01] [Okta provisioning-clients 4.6-06]
TEST(OktaAssignment, a_placeholder_is_eight_letters_and_digits_and_nobodys_password) {
  OktaBench bench(with_placeholders());
  bench.add_amy();
  bench.run_for(minutes{1});
  const auto password = base::string_or(bench.last_body(), "password", "");
  EXPECT_THAT(password, SizeIs(8));
  EXPECT_EQ(password.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"), std::string::npos);
  EXPECT_TRUE(bench.is_witnessed(password)) << "a trace would show it";
  EXPECT_TRUE(bench.logged(EventType::app_user_push_password));
  EXPECT_FALSE(bench.logged(EventType::app_user_push_okta_password));
  bench.assign(bench.add_user("ben", {}, base::Secret("His-own-1")));
  bench.run_for(minutes{1});
  EXPECT_NE(base::string_or(bench.last_body(), "password", ""), password);
}

// Who has no password yet gets one that nobody knows, whatever the setting is. [Okta provisioning-clients 4.3-08] [Okta provisioning-clients 6-10]
TEST(OktaAssignment, a_creation_is_never_without_a_password) {
  for (const bool synchronised : {true, false}) {
    Stage setup;
    setup.provisioning.password = synchronised;
    OktaBench bench(setup);
    bench.assign(bench.add_user("amy", {}, synchronised ? std::nullopt : std::optional(base::Secret("Her-own-1"))));
    bench.run_for(minutes{1});
    EXPECT_THAT(base::string_or(bench.last_body(), "password", ""), SizeIs(8)) << synchronised;
  }
}

// [Okta provisioning-clients 4.3-03] [Okta provisioning-clients 6-02]
TEST(OktaAssignment, a_404_is_nobody_but_for_a_quirk_only_with_a_scim_error) {
  for (const auto& [setup, body, made] : std::vector<std::tuple<Stage, std::string, bool>>{
           {{}, scim_error, true}, {{}, "", true}, {with_quirk(ClientQuirk::bare_404_is_failure), scim_error, true}, {with_quirk(ClientQuirk::bare_404_is_failure), "", false}}) {
    OktaBench bench(setup);
    bench.answer(is_get, 404, body);
    bench.add_amy();
    EXPECT_THAT(bench.calls_after(), SizeIs(made ? 2 : 1)) << body;
  }
}

// [Okta provisioning-clients 4.3-04] [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.5-09] [Okta provisioning-clients 7.2-20]
// [Okta provisioning-clients 6-14] [Okta provisioning-clients 4.12-02] [Okta provisioning-clients 4.6-04]
TEST(OktaAssignment, links_whom_it_finds_switches_on_then_pushes_profile_and_password) {
  OktaBench bench;
  put_amy(bench, inactive_amy);
  const auto amy = bench.add_amy();
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "GET /Users/old-7", "PATCH /Users/old-7", "GET /Users/old-7", "PUT /Users/old-7", "GET /Users/old-7",
                                               "PATCH /Users/old-7"));
  const auto& linked = bench.target().resources["old-7"];
  EXPECT_EQ(base::Json(linked), json(fmt::format(R"({{"id": "old-7", "userName": "amy@example.test", "active": true, "nickName": "A", "title": "Boss",
      "name": {{"givenName": "Amy", "familyName": "Lee"}}, "emails": [{{"primary": true, "value": "amy@example.test", "type": "work"}}],
      "displayName": "Amy Lee", "locale": "en-US", "externalId": "{}", "password": "Her-own-1"}})", amy.text())));
  EXPECT_EQ(bench.app_user(amy).external_id, "old-7");
  EXPECT_THAT(bench.log(), ElementsAre("link success"));
}

// [Okta provisioning-clients 4.3-04]
TEST(OktaAssignment, keeps_the_id_of_whom_it_finds_before_it_sends_anything) {
  OktaBench bench;
  put_amy(bench, inactive_amy);
  bench.answer([](const base::HttpRequest& request) { return request.method == "PATCH"; }, 500, "");
  const auto amy = bench.add_amy();
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("link failure: 500 Internal Server Error"));
  EXPECT_EQ(bench.app_user(amy).external_id, "old-7");
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::error);
}

// [Okta provisioning-clients 4.4-03]
TEST(OktaAssignment, an_app_of_the_wizard_links_by_replacements) {
  OktaBench bench(wizard());
  put_amy(bench, inactive_amy);
  bench.add_amy();
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "GET /Users/old-7", "PUT /Users/old-7", "GET /Users/old-7", "PUT /Users/old-7", "GET /Users/old-7",
                                               "PUT /Users/old-7"));
}

// A server that keeps suspended accounts from being edited fails where the order is swapped. [Okta provisioning-clients 7.2-20]
TEST(OktaAssignment, the_order_of_the_two_updates_matters_to_who_blocks_edits_of_the_inactive) {
  for (const bool swapped : {false, true}) {
    OktaBench bench(swapped ? with_quirk(ClientQuirk::profile_before_activation) : Stage{});
    put_amy(bench, inactive_amy);
    bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
      const bool blocked = request.method == "PUT" && bench.target().resources["old-7"]["active"] == base::Json(false);
      return blocked ? std::optional(base::HttpResponse(403, "application/scim+json", scim_error)) : std::nullopt;
    };
    bench.add_amy();
    bench.run_for(minutes{1});
    EXPECT_THAT(bench.log(), ElementsAre(swapped ? "link failure: said no" : "link success"));
  }
}

// [Okta provisioning-clients 4.3-04]
TEST(OktaAssignment, who_is_active_already_is_switched_on_again_but_for_a_quirk) {
  for (const bool quirk : {false, true}) {
    auto setup = quirk ? with_quirk(ClientQuirk::one_update_where_active) : Stage{};
    OktaBench bench(with_placeholders(setup));
    put_amy(bench, R"({"id": "old-7", "userName": "amy@example.test", "active": true})");
    bench.add_amy();
    EXPECT_THAT(bench.calls_after(), SizeIs(quirk ? 3 : 5));
  }
}

// [Okta provisioning-clients 4.3-01]
TEST(OktaAssignment, several_hits_fail_but_for_a_quirk) {
  for (const bool quirk : {false, true}) {
    OktaBench bench(quirk ? with_quirk(ClientQuirk::first_of_several_hits) : Stage{});
    put_amy(bench, R"({"id": "a", "userName": "amy@example.test"})");
    put_amy(bench, R"({"id": "b", "userName": "amy@example.test"})");
    bench.add_amy();
    bench.run_for(minutes{1});
    EXPECT_THAT(bench.log(), ElementsAre(quirk ? "link success" : "create failure: the look-up finds 2 resources"));
  }
}

// [Okta provisioning-clients 4.3-02]
TEST(OktaAssignment, the_unique_identifier_is_looked_up_under_the_name_user_name) {
  Stage setup;
  setup.settings.unique_identifier = "employeeNumber";
  OktaBench bench(setup);
  bench.assign(bench.add_user("amy", {{"employeeNumber", "7"}}));
  EXPECT_EQ(bench.calls_after().front(), "GET /Users?filter=userName%20eq%20%227%22&startIndex=1&count=100");
}

// [Okta provisioning-clients 4.3-10] [Okta provisioning-clients 4.12-02]
TEST(OktaAssignment, attributes_of_the_apps_own_are_mapped_from_any_of_oktas) {
  Stage setup;
  setup.org.custom_attributes = {"badge"};
  setup.settings.custom.push_back({"badge", Place::core, "userType"});
  OktaBench bench(setup);
  bench.assign(bench.add_user("amy", {{"badge", "blue"}, {"department", "Sales"}, {"email", "a.lee@mail.example.test"}}));
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.last_body().at("userType"), json("\"blue\""));
  EXPECT_EQ(bench.last_body().at(enterprise_schema), json(R"({"department": "Sales"})"));
  // User name and address may differ.
  EXPECT_EQ(bench.last_body().at("emails").at(0).at("value"), json("\"a.lee@mail.example.test\""));
  EXPECT_EQ(bench.last_body().at("userName"), json("\"amy@example.test\""));
}

// [Okta provisioning-clients 4.3-11] [Okta provisioning-clients 4.9-05]
TEST(OktaAssignment, an_answer_without_a_resource_is_an_empty_user) {
  OktaBench bench;
  bench.answer(is_post, 201, "");
  const auto amy = bench.add_amy();
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("create failure: Create new user returned empty user."));
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::staged);
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::error);
}

// [Okta provisioning-clients 4.3-12] [Okta provisioning-clients 4.9-07] [Okta provisioning-clients 4.9-08] [Okta provisioning-clients 4.1-12]
TEST(OktaAssignment, a_conflict_ends_it_for_that_user_and_the_admin_reads_why) {
  OktaBench bench;
  bench.answer(is_post, 409, R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "taken", "status": "409"})", 1);
  bench.add_amy();
  bench.assign(bench.add_user("ben"));
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("create failure: taken", "create success"));
  EXPECT_EQ(bench.client().log().front().text,
            "Automatic provisioning of user amy@example.test to app SCIM target failed: Error while creating user Amy Lee: taken");
  const auto& events = bench.org().log().events();
  const auto failed = std::ranges::find_if(events, [](const LogEvent& event) { return event.outcome.result == LogResult::failure; });
  ASSERT_NE(failed, events.end());
  EXPECT_EQ(failed->type, EventType::app_user_push);
  EXPECT_EQ(failed->outcome.reason, "Push new user to external application FAILURE: Conflict. Errors reported by remote server: taken");
}

// [Okta provisioning-clients 4.3-14] [Okta provisioning-clients 5.5-07]
TEST(OktaAssignment, with_creation_off_nobody_is_created_and_hits_are_linked) {
  Stage setup;
  setup.provisioning.create = false;
  OktaBench bench(setup);
  put_amy(bench, inactive_amy);
  bench.add_amy();
  bench.assign(bench.add_user("ben"));
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("link success", "create failure: Matching user not found"));
  EXPECT_THAT(bench.target().calls_of("POST"), IsEmpty());
}

// [Okta provisioning-clients 4.5-08] [Okta provisioning-clients 4.5-09] [Okta provisioning-clients 4.5-11] [Okta provisioning-clients 4.12-04]
TEST(OktaReassignment, looks_up_again_links_the_same_account_and_keeps_what_it_had) {
  OktaBench bench(with_placeholders());
  const auto amy = bench.add_pushed_amy();
  bench.target().resources["id-1"]["nickName"] = "A";
  ASSERT_TRUE(bench.org().deactivate(amy));
  bench.calls_after();
  ASSERT_TRUE(bench.org().activate(amy).has_value());
  EXPECT_THAT(bench.calls_after(), IsEmpty());  // her own assignment is gone
  bench.assign(amy);
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "GET /Users/id-1", "PATCH /Users/id-1", "GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.target().resources["id-1"]["active"], base::Json(true));
  EXPECT_EQ(bench.target().resources["id-1"]["nickName"], base::Json("A"));
}

// [Okta provisioning-clients 4.5-08]
TEST(OktaReassignment, who_was_assigned_by_a_group_returns_with_the_activation) {
  OktaBench bench(with_placeholders());
  const auto group = bench.add_group("Staff");
  const auto amy = bench.add_user("amy", {}, base::Secret("Her-own-1"));
  bench.join(group, amy);
  ASSERT_TRUE(bench.org().assign_group(bench.app, group));
  bench.calls_after();
  ASSERT_TRUE(bench.org().deactivate(amy));
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  ASSERT_TRUE(bench.org().activate(amy).has_value());
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "GET /Users/id-1", "PATCH /Users/id-1", "GET /Users/id-1", "PUT /Users/id-1"));
}

// A server that does not show inactive accounts to a filter gets a second POST with the same externalId, which it must refuse.
// [Okta provisioning-clients 4.5-10] [Okta provisioning-clients 7.2-07]
TEST(OktaReassignment, posts_again_where_the_inactive_account_is_not_shown) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  const auto first = bench.last_body();
  bench.unassign(amy);
  bench.calls_after();
  bench.target().refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.target.find("?filter=") != std::string::npos) return base::HttpResponse(200, "application/scim+json", R"({"totalResults": 0, "Resources": []})");
    if (request.method == "POST") return base::HttpResponse(409, "application/scim+json", scim_error);
    return std::nullopt;
  };
  bench.assign(amy);
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "POST /Users"));
  EXPECT_EQ(bench.last_body().at("externalId"), first.at("externalId"));
  EXPECT_EQ(bench.log().back(), "create failure: said no");
}

// [Okta provisioning-clients 7.2-08]
TEST(OktaReassignment, a_server_that_removes_the_inactive_gets_a_second_account) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.unassign(amy);
  bench.calls_after();
  bench.target().resources.clear();
  bench.assign(amy);
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "POST /Users"));
  EXPECT_EQ(bench.app_user(amy).external_id, "id-2");
}

// The flag comes back, and memberships only with the next push of the group. [Okta provisioning-clients 7.2-09]
TEST(OktaReassignment, brings_nothing_back_but_the_flag_and_the_profile) {
  OktaBench bench(with_placeholders());
  const auto amy = bench.add_pushed_amy();
  bench.target().resources["id-1"]["licences"] = base::JsonArray{"seat"};
  bench.unassign(amy);
  bench.calls_after();
  bench.target().resources["id-1"]["licences"] = base::JsonArray{};  // as a server does that takes seats from the inactive
  bench.assign(amy);
  bench.calls_after();
  EXPECT_EQ(bench.target().resources["id-1"]["active"], base::Json(true));
  EXPECT_EQ(bench.target().resources["id-1"]["licences"], json("[]"));
}

// A server that keeps the placeholder has an account with a password that was sent once; one that ignores it has not.
// [Okta provisioning-clients 7.2-01] [Okta provisioning-clients 7.2-02]
TEST(OktaAssignment, a_placeholder_meets_policies_and_may_become_a_real_password) {
  OktaBench bench(with_placeholders());
  bench.target().refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.method != "POST") return std::nullopt;
    const auto password = base::string_or(json(request.body), "password", "");
    const bool complex = password.find_first_of("!-_#") != std::string::npos;
    return complex ? std::nullopt : std::optional(base::HttpResponse(400, "application/scim+json", scim_error));
  };
  bench.add_amy();
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("create failure: said no"));
  bench.target().refuse = nullptr;
  bench.assign(bench.add_user("ben"));
  bench.run_for(minutes{1});
  EXPECT_THAT(base::string_or(bench.target().resources["id-1"], "password", ""), SizeIs(8));
}

// [Okta provisioning-clients 4.12-01]
TEST(OktaAssignment, nothing_is_sent_where_provisioning_is_disabled) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  auto connection = bench.org().find(bench.app)->connection;
  connection.enabled = false;
  ASSERT_TRUE(bench.org().set_connection(bench.app, connection));
  bench.update(amy, {{"title", "Clerk"}});
  bench.set_password(amy, "Another-1");
  bench.assign(bench.add_user("ben"));
  ASSERT_TRUE(bench.org().push_group(bench.app, bench.add_group("Team")).has_value());
  bench.unassign(amy);
  bench.client().request_import();
  EXPECT_THAT(bench.calls_after(minutes{30}), IsEmpty());
  EXPECT_EQ(bench.client().imports().back().problem, "provisioning is not enabled");
}

TEST(OktaAssignment, a_crash_in_the_middle_of_a_push_repeats_it) {
  OktaBench bench;
  bench.add_amy();
  bench.run_for(std::chrono::seconds{5} + std::chrono::milliseconds{20});
  bench.okta_host->crash();
  bench.run_for(minutes{1});
  bench.okta_host->start();
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("create success"));
  EXPECT_THAT(bench.target().resources, SizeIs(1));
}

}  // namespace assignment_test
}  // namespace fakes::okta::scim_client
