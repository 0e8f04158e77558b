// What changes of an assigned user send: updates, passwords, deactivations; and what sends nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace user_push_test {

using std::chrono::minutes;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

base::Json operations(const OktaBench& bench) { return bench.last_body().at("Operations"); }
bool is_patch(const base::HttpRequest& request) { return request.method == "PATCH"; }

// [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.4-04] [Okta provisioning-clients 4.12-03] [Okta provisioning-clients 6-03]
TEST(OktaUpdate, is_a_read_and_a_replacement_with_either_template) {
  for (const auto& stage : {Stage{}, wizard()}) {
    OktaBench bench(stage);
    const auto amy = bench.add_pushed_amy();
    bench.update(amy, {{"department", "Sales"}});
    EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::out_of_sync);
    EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
    EXPECT_EQ(bench.last_body().at(enterprise_schema), json(R"({"department": "Sales"})"));
    EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::synchronized);
    EXPECT_TRUE(bench.logged(EventType::app_user_push_profile));
  }
}

// [Okta provisioning-clients 4.4-02] [Okta provisioning-clients 7.2-05]
TEST(OktaUpdate, echoes_what_the_server_made_read_only) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  auto& account = bench.target().resources["id-1"];
  account["meta"] = json(R"({"version": "W/1"})");
  account["groups"] = json(R"([{"value": "g", "display": "Group"}])");
  bench.update(amy, {{"title", "Clerk"}});
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.last_body().at("id"), json("\"id-1\""));
  EXPECT_EQ(bench.last_body().at("meta"), json(R"({"version": "W/1"})"));
  EXPECT_EQ(bench.last_body().at("groups"), json(R"([{"value": "g", "display": "Group"}])"));
  // A strict server refuses that, which is then a task.
  bench.answer([](const base::HttpRequest& request) { return request.method == "PUT" && request.body.find("\"meta\"") != std::string::npos; }, 400, R"({"detail": "meta is read-only"})");
  bench.update(amy, {{"title", "Boss"}});
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.log().back(), "update failure: meta is read-only");
}

// [Okta provisioning-clients 4.4-05]
TEST(OktaUpdate, is_a_patch_with_the_catalogues_quirk_and_never_with_the_wizard) {
  OktaBench bench(with_quirk(ClientQuirk::profile_by_patch));
  bench.update(bench.add_pushed_amy(), {{"title", "Clerk"}});
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(operations(bench), json(R"([{"op": "replace", "value": {"title": "Clerk"}}])"));
  OktaBench other(with_quirk(ClientQuirk::profile_by_patch, wizard()));
  other.update(other.add_pushed_amy(), {{"title", "Clerk"}});
  EXPECT_THAT(other.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
}

// [Okta provisioning-clients 4.4-06]
TEST(OktaUpdate, takes_any_answer_that_is_a_success) {
  for (const int status : {200, 204}) {
    OktaBench bench;
    const auto amy = bench.add_pushed_amy();
    bench.answer([](const base::HttpRequest& request) { return request.method != "GET"; }, status, "");
    bench.update(amy, {{"title", "Clerk"}});
    bench.set_password(amy, "Another-1");
    bench.run_for(minutes{1});
    EXPECT_THAT(bench.log(), ElementsAre("create success", "update success", "password success")) << status;
  }
}

// What did not change in Okta is not sent, even where the server lost it. [Okta provisioning-clients 4.4-07]
TEST(OktaUpdate, does_not_restore_what_the_server_lost_but_for_a_quirk) {
  for (const bool quirk : {false, true}) {
    OktaBench bench(quirk ? with_quirk(ClientQuirk::resends_all_attributes) : Stage{});
    const auto amy = bench.add_pushed_amy();
    bench.target().resources["id-1"].erase("displayName");
    bench.update(amy, {{"title", "Clerk"}});
    bench.run_for(minutes{1});
    EXPECT_EQ(base::member(bench.last_body(), "displayName") != nullptr, quirk);
  }
}

// [Okta provisioning-clients 4.4-08]
TEST(OktaUpdate, leaves_active_as_it_was_read) {
  for (const auto& stage : {Stage{}, wizard()}) {
    OktaBench bench(stage);
    const auto amy = bench.add_pushed_amy();
    bench.target().resources["id-1"]["active"] = false;
    bench.update(amy, {{"title", "Clerk"}});
    bench.run_for(minutes{1});
    EXPECT_EQ(bench.target().resources["id-1"]["active"], base::Json(false));
  }
}

// [Okta provisioning-clients 4.4-09] [Okta provisioning-clients 4.12-03]
TEST(OktaUpdate, an_emptied_attribute_is_no_error) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.update(amy, {{"title", "Clerk"}});
  bench.run_for(minutes{1});
  bench.update(amy, {{"title", std::nullopt}});
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.last_body().at("title"), json("\"\""));
  EXPECT_THAT(bench.log(), ElementsAre("create success", "update success", "update success"));
}

// What somebody else writes between the GET and the PUT is lost. [Okta provisioning-clients 7.2-06]
TEST(OktaUpdate, loses_what_came_between_its_read_and_its_replacement) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    EXPECT_EQ(request.headers.find("If-Match"), std::nullopt);
    if (request.method == "PUT") bench.target().resources["id-1"]["nickName"] = "written meanwhile";
    return std::nullopt;
  };
  bench.update(amy, {{"title", "Clerk"}});
  bench.run_for(minutes{1});
  EXPECT_FALSE(bench.target().resources["id-1"].contains("nickName"));
}

// [Okta provisioning-clients 5.5-07]
TEST(OktaUpdate, is_sent_where_the_feature_is_on_and_something_that_is_mapped_changed) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.update(amy, {{"nickName", "A"}});
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  auto settings = bench.org().find(bench.app)->provisioning;
  settings.update = false;
  ASSERT_TRUE(bench.org().set_provisioning(bench.app, settings));
  bench.update(amy, {{"title", "Clerk"}});
  EXPECT_THAT(bench.calls_after(), IsEmpty());
}

// [Okta provisioning-clients 4.12-03]
TEST(OktaUpdate, tells_what_an_admin_says_for_the_app_alone) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  ASSERT_TRUE(bench.org().update_assignment(bench.app, amy, {.user_name = "amy.lee"}));
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.last_body().at("userName"), json("\"amy.lee\""));
}

// [Okta provisioning-clients 4.12-03] [Okta provisioning-clients 4.3-10]
TEST(OktaUpdate, puts_an_assignments_own_attribute_before_the_users) {
  Stage stage;
  stage.org.custom_attributes = {"badge"};
  stage.settings.custom.push_back({"badge", Place::core, "userType"});
  OktaBench bench(stage);
  const auto amy = bench.add_user("amy", {{"badge", "blue"}});
  ASSERT_TRUE(bench.org().assign(bench.app, amy, {.profile = {{"badge", "green"}}}));
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.last_body().at("userType"), json("\"green\""));
}

// Of two groups the one of the lower number counts, and an assignment's own value before both. [Okta provisioning-clients 4.12-03]
TEST(OktaUpdate, takes_attributes_of_the_groups_that_assign) {
  Stage stage;
  stage.org.custom_attributes = {"badge"};
  stage.settings.custom.push_back({"badge", Place::core, "userType"});
  OktaBench bench(stage);
  const auto amy = bench.add_user("amy", {{"badge", "blue"}});
  const auto first = bench.add_group("First");
  const auto second = bench.add_group("Second");
  for (const auto& [group, priority] : {std::pair(second, 2), std::pair(first, 1)}) {
    bench.join(group, amy);
    ASSERT_TRUE(bench.org().assign_group(bench.app, group, priority));
  }
  bench.calls_after();
  ASSERT_TRUE(bench.org().update_group_assignment(bench.app, second, {{"badge", "red"}}));
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.last_body().at("userType"), json("\"red\""));
  ASSERT_TRUE(bench.org().update_group_assignment(bench.app, first, {{"badge", "green"}}));
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.last_body().at("userType"), json("\"green\""));
  ASSERT_TRUE(bench.org().update_group_assignment(bench.app, second, {{"badge", "black"}}));
  bench.new_calls();
  EXPECT_THAT(bench.calls_after(), IsEmpty());  // what counts has not changed
  EXPECT_FALSE(bench.org().update_group_assignment(bench.app, bench.add_group("Third"), {}));
}

// [Okta provisioning-clients 4.5-01] [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.12-04]
TEST(OktaDeactivation, of_an_assignment_is_a_patch_without_a_path) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.unassign(amy);
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(operations(bench), json(R"([{"op": "replace", "value": {"active": false}}])"));
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::deprovisioned);
  EXPECT_TRUE(bench.logged(EventType::app_user_deactivate));
}

// [Okta provisioning-clients 4.5-02]
TEST(OktaDeactivation, is_a_replacement_in_an_app_of_the_wizard) {
  OktaBench bench(wizard());
  bench.unassign(bench.add_pushed_amy());
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.last_body().at("active"), base::Json(false));
  EXPECT_EQ(bench.last_body().at("displayName"), json("\"Amy Lee\""));
}

// [Okta provisioning-clients 5.5-07]
TEST(OktaDeactivation, is_not_sent_where_the_feature_is_off) {
  Stage stage;
  stage.provisioning.deactivate = false;
  OktaBench bench(stage);
  bench.unassign(bench.add_pushed_amy());
  EXPECT_THAT(bench.calls_after(), IsEmpty());
}

// [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.12-04]
TEST(OktaDeactivation, comes_with_the_last_of_the_groups_that_assign) {
  OktaBench bench;
  const auto amy = bench.add_user("amy");
  const auto staff = bench.add_group("Staff");
  const auto sales = bench.add_group("Sales");
  for (const auto& group : {staff, sales}) {
    bench.join(group, amy);
    ASSERT_TRUE(bench.org().assign_group(bench.app, group));
  }
  bench.calls_after();
  bench.leave(staff, amy);
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  bench.leave(sales, amy);
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
}

// Deactivating and deleting end in the same place: an account that is not active. [rule R71]
// [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.5-05] [Okta provisioning-clients 4.5-06] [Okta provisioning-clients 6-11]
TEST(OktaDeactivation, is_all_that_deactivating_and_deleting_a_user_sends) {
  for (const bool deletes : {false, true}) {
    OktaBench bench;
    const auto amy = bench.add_pushed_amy();
    ASSERT_TRUE(deletes ? bench.org().remove(amy) : bench.org().deactivate(amy));
    EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
    ASSERT_TRUE(bench.org().remove(amy));  // now for good
    EXPECT_EQ(bench.org().find(amy), nullptr);
    EXPECT_THAT(bench.calls_after(), IsEmpty());
    EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
  }
}

// [Okta provisioning-clients 4.5-04] [Okta provisioning-clients 4.12-04] [rule R71]
TEST(OktaDeactivation, is_not_what_a_suspension_sends) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  ASSERT_TRUE(bench.org().suspend(amy));
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  ASSERT_TRUE(bench.org().unsuspend(amy));
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
}

// A server without PATCH keeps the user enabled, and Okta tries nothing else. [Okta provisioning-clients 4.5-12] [Okta provisioning-clients 7.2-04]
TEST(OktaDeactivation, that_is_refused_as_a_patch_is_not_tried_as_a_replacement) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.answer(is_patch, 501, R"({"detail": "no PATCH here"})");
  bench.unassign(amy);
  EXPECT_THAT(bench.calls_after(minutes{60}), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(bench.log().back(), "deactivate failure: no PATCH here");
  EXPECT_THAT(bench.client().log().back().text, HasSubstr("Error while deactivating user Amy Lee: no PATCH here"));
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
}

// A server that needs a path ignores the value and says 200: nobody notices. [Okta provisioning-clients 7.2-03]
TEST(OktaDeactivation, is_taken_for_done_where_a_server_ignores_it) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.answer(is_patch, 200, R"({"id": "id-1", "active": true})");
  bench.unassign(amy);
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.log().back(), "deactivate success");
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
}

// [Okta provisioning-clients 4.6-01]
TEST(OktaPassword, seed_and_change_are_two_settings) {
  for (const auto seed : {PasswordSeed::okta, PasswordSeed::random}) {
    for (const auto change : {PasswordChange::change, PasswordChange::keep_existing}) {
      Stage stage;
      stage.provisioning.seed = seed;
      stage.provisioning.change = change;
      OktaBench bench(stage);
      const auto amy = bench.add_amy();
      bench.run_for(minutes{1});
      EXPECT_EQ(bench.last_body().at("password") == json("\"Her-own-1\""), seed == PasswordSeed::okta);
      bench.new_calls();
      bench.set_password(amy, "Another-1");
      EXPECT_THAT(bench.calls_after(), SizeIs(change == PasswordChange::change ? 2 : 0));
    }
  }
  // By default a placeholder, and no changes.
  EXPECT_EQ(ProvisioningSettings{}.seed, PasswordSeed::random);
  EXPECT_EQ(ProvisioningSettings{}.change, PasswordChange::keep_existing);
}

// [Okta provisioning-clients 4.6-02] [Okta provisioning-clients 4.6-04] [Okta provisioning-clients 4.6-05] [Okta provisioning-clients 4.6-06]
// [Okta provisioning-clients 4.12-05]
TEST(OktaPassword, a_new_one_is_pushed_and_is_the_one_the_app_then_has) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  EXPECT_EQ(bench.target().resources.at("id-1").at("password"), json("\"Her-own-1\""));
  bench.set_password(amy, "Another-1");
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(operations(bench), json(R"([{"op": "replace", "value": {"password": "Another-1"}}])"));
  EXPECT_EQ(bench.target().resources.at("id-1").at("password"), json("\"Another-1\""));
  EXPECT_TRUE(bench.logged(EventType::app_user_push_okta_password));
}

// [Okta provisioning-clients 4.6-03]
TEST(OktaPassword, is_a_member_of_the_replacement_in_an_app_of_the_wizard) {
  OktaBench bench(wizard());
  const auto amy = bench.add_pushed_amy();
  bench.target().resources["id-1"].erase("password");  // never read back
  bench.set_password(amy, "Another-1");
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.last_body().at("password"), json("\"Another-1\""));
  EXPECT_EQ(bench.last_body().at("userName"), json("\"amy@example.test\""));
}

// [Okta provisioning-clients 4.6-04]
TEST(OktaPassword, is_pushed_at_sign_in_with_a_quirk) {
  for (const bool quirk : {false, true}) {
    OktaBench bench(quirk ? with_quirk(ClientQuirk::password_at_sign_in) : Stage{});
    bench.add_pushed_amy();
    EXPECT_TRUE(bench.org().authenticate("amy@example.test", base::Secret("Her-own-1")).ok());
    EXPECT_THAT(bench.calls_after(), SizeIs(quirk ? 2 : 0));
  }
}

/// Everything that an org does to an app, one thing after the other.
void do_everything(OktaBench& bench) {
  auto& org = bench.org();
  EXPECT_EQ(bench.test_connection(), "");
  bench.target().resources["old-7"] = json(R"({"id": "old-7", "userName": "amy@example.test", "active": false})").as_object();
  const auto amy = bench.add_amy();
  const auto ben = bench.add_user("ben", {}, base::Secret("His-own-1"));
  bench.assign(ben);
  bench.run_for(minutes{1});
  const auto team = bench.add_group("Team");
  bench.join(team, amy);
  const auto mapping = org.push_group(bench.app, team).value();
  bench.update(amy, {{"title", "Clerk"}, {"lastName", "Ode"}});
  bench.set_password(amy, "Another-1");
  bench.run_for(minutes{1});
  bench.join(team, ben);
  EXPECT_TRUE(org.update_group(team, {"Other"}));
  EXPECT_TRUE(org.suspend(ben));
  EXPECT_TRUE(org.unsuspend(ben));
  bench.run_for(minutes{1});
  bench.leave(team, amy);
  EXPECT_TRUE(org.push_now(bench.app, mapping));
  bench.run_for(minutes{1});
  bench.import();
  bench.unassign(amy);
  bench.run_for(minutes{1});
  bench.assign(amy);
  bench.run_for(minutes{1});
  for (const auto& user : {amy, ben}) {
    EXPECT_TRUE(org.remove(user));
    EXPECT_TRUE(org.remove(user));
  }
  EXPECT_TRUE(org.unlink(bench.app, mapping, UnlinkAction::remove));
  bench.run_for(minutes{10});
}

// [Okta provisioning-clients 4.1-02] [Okta provisioning-clients 4.1-08] [Okta provisioning-clients 4.1-09] [Okta provisioning-clients 4.1-10]
// [Okta provisioning-clients 4.5-06] [Okta provisioning-clients 6-11]
TEST(OktaEverything, stays_within_what_okta_is_known_to_send) {
  for (const auto& stage : {Stage{}, wizard(), with_placeholders()}) {
    OktaBench bench(stage);
    do_everything(bench);
    EXPECT_GT(bench.target().calls.size(), 30);
    for (const auto& call : bench.target().calls) {
      const auto line = call.line();
      EXPECT_THAT(line, Not(StartsWith("DELETE /Users")));
      for (const auto* never : {".search", "/Bulk", "/Me", "ServiceProviderConfig", "lastModified", "/Schemas", "/ResourceTypes", "sortBy", "attributes="}) EXPECT_THAT(line, Not(HasSubstr(never)));
      const auto filter = line.find("filter=");
      if (filter != std::string::npos) EXPECT_THAT(line.substr(filter), AnyOf(StartsWith("filter=userName%20eq%20%22"), StartsWith("filter=displayName%20eq%20%22")));
      if (stage.made_from == AppTemplate::wizard) EXPECT_NE(call.request.method, "PATCH");
      // The suite's programs call themselves otherwise.
      EXPECT_EQ(call.request.headers.find("User-Agent"), "Okta SCIM Client 1.0.0");
    }
    for (const auto& record : bench.client().log()) EXPECT_EQ(record.status, TaskStatus::success) << record.action << " " << record.detail;
  }
}

// Values are not looked at before they are sent. [Okta provisioning-clients 4.1-12]
TEST(OktaEverything, no_value_is_checked_before_it_is_sent) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  const std::string odd = "<b>\"\\ \xE2\x80\xAE" + std::string(3000, 'x');
  bench.update(amy, {{"title", odd}});
  bench.run_for(minutes{1});
  EXPECT_EQ(base::string_member(bench.last_body(), "title"), odd);
}

}  // namespace user_push_test
}  // namespace fakes::okta::scim_client
