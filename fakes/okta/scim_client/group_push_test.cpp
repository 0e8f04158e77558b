// Which requests group push sends, in which order, and what becomes of their answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace group_push_test {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto look_up = "GET /Groups?filter=displayName%20eq%20%22Team%22&startIndex=1&count=100";

/// Amy and Ben, whom the app knows as id-1 and id-2, and a group "Team" of Amy.
class Pushed {
 public:
  explicit Pushed(Stage stage = {}) : bench(with_placeholders(std::move(stage))) {
    amy = bench.add_amy();
    ben = bench.add_user("ben");
    bench.assign(ben);
    team = bench.add_group("Team");
    bench.join(team, amy);
    bench.run_for(minutes{1});
    bench.new_calls();
  }
  void push() { mapping = bench.org().push_group(bench.app, team).value(); }
  void link(std::optional<bool> rename = std::nullopt) {
    bench.target().resources["team-1"] = json(R"({"id": "team-1", "displayName": "Old Team", "members": [{"value": "other"}]})").as_object();
    mapping = bench.org().link_group(bench.app, team, "team-1", rename).value();
  }
  /// Pushed, and the target has said so.
  void push_done() {
    push();
    bench.run_for(minutes{1});
    bench.new_calls();
  }
  [[nodiscard]] MappingStatus status() const { return bench.mapping(mapping).status; }
  /// Operations of the last requests, oldest first.
  [[nodiscard]] std::vector<base::Json> last_operations(std::size_t count) {
    std::vector<base::Json> out;
    const auto& calls = bench.target().calls;
    for (auto at = calls.size() - count; at < calls.size(); ++at) out.push_back(calls[at].body().at("Operations"));
    return out;
  }

  OktaBench bench;
  UserId amy;
  UserId ben;
  GroupId team;
  MappingId mapping;
};

base::Json named(std::string_view id, std::string_view name) {
  return json(fmt::format(R"([{{"op": "replace", "value": {{"id": "{}", "displayName": "{}"}}}}])", id, name));
}
base::Json added(std::string_view id, std::string_view login) {
  return json(fmt::format(R"([{{"op": "add", "path": "members", "value": [{{"value": "{}", "display": "{}"}}]}}])", id, login));
}

// [Okta provisioning-clients 4.8-01] [Okta provisioning-clients 4.8-02] [Okta provisioning-clients 4.8-05] [Okta provisioning-clients 4.8-06]
// [Okta provisioning-clients 4.12-06] [Okta provisioning-clients 6-08]
TEST(OktaGroupPush, looks_up_creates_without_members_and_then_adds_them) {
  Pushed pushed;
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "POST /Groups", "GET /Groups/id-3", "PATCH /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_THAT(pushed.last_operations(2), ElementsAre(named("id-3", "Team"), added("id-1", "amy@example.test")));
  EXPECT_EQ(pushed.bench.mapping(pushed.mapping).external_id, "id-3");
  EXPECT_EQ(pushed.bench.log().back(), "push success");
}

// [Okta provisioning-clients 4.8-10]
TEST(OktaGroupPush, replaces_the_group_in_an_app_of_the_wizard) {
  Pushed pushed(wizard());
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "POST /Groups", "GET /Groups/id-3", "PUT /Groups/id-3"));
  EXPECT_EQ(pushed.bench.last_body().at("members"), json(R"([{"value": "id-1", "display": "amy@example.test"}])"));
  pushed.bench.join(pushed.team, pushed.ben);
  pushed.bench.leave(pushed.team, pushed.amy);
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3", "PUT /Groups/id-3"));
  EXPECT_EQ(pushed.bench.last_body().at("members"), json(R"([{"value": "id-2", "display": "ben@example.test"}])"));
}

TEST(OktaGroupPush, of_an_empty_group_ends_with_its_creation) {
  Pushed pushed;
  pushed.bench.leave(pushed.team, pushed.amy);
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "POST /Groups"));
}

// [Okta provisioning-clients 4.8-02]
TEST(OktaGroupPush, links_a_group_of_that_name) {
  Pushed pushed;
  pushed.bench.target().resources["team-1"] = json(R"({"id": "team-1", "displayName": "Team", "members": [{"value": "other"}]})").as_object();
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "GET /Groups/team-1", "PATCH /Groups/team-1", "PATCH /Groups/team-1"));
  EXPECT_EQ(pushed.bench.mapping(pushed.mapping).external_id, "team-1");
  EXPECT_EQ(pushed.bench.log().back(), "link success");
}

// [Okta provisioning-clients 4.8-06] [Okta provisioning-clients 4.8-12] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, tells_of_members_one_patch_at_a_time) {
  Pushed pushed;
  pushed.push_done();
  pushed.bench.join(pushed.team, pushed.ben);
  pushed.bench.leave(pushed.team, pushed.amy);
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3", "PATCH /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_EQ(pushed.bench.last_body().at("Operations"),
            json(R"([{"op": "remove", "path": "members[value eq \"id-1\"]"}, {"op": "add", "path": "members", "value": [{"value": "id-2", "display": "ben@example.test"}]}])"));
  EXPECT_TRUE(pushed.bench.logged(EventType::group_push_push_memberships));
}

// [Okta provisioning-clients 4.8-12]
TEST(OktaGroupPush, tells_of_nobody_who_is_not_assigned_and_of_who_is_then) {
  Pushed pushed;
  const auto cleo = pushed.bench.add_user("cleo");
  pushed.bench.join(pushed.team, cleo);
  pushed.push_done();
  EXPECT_EQ(pushed.bench.last_body().at("Operations"), added("id-1", "amy@example.test"));
  pushed.bench.assign(cleo);
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(testing::StartsWith("GET /Users?"), "POST /Users", "GET /Groups/id-3", "PATCH /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_EQ(pushed.bench.last_body().at("Operations"), added("id-4", "cleo@example.test"));
  // Of a group that is not pushed nothing is told.
  pushed.bench.join(pushed.bench.add_group("Other"), pushed.amy);
  EXPECT_THAT(pushed.bench.calls_after(), IsEmpty());
}

// Rules and lists put many in at once. [Okta provisioning-clients 4.12-06] [Okta provisioning-clients 4.8-06]
TEST(OktaGroupPush, tells_of_whom_a_rule_puts_in) {
  Pushed pushed;
  pushed.push_done();
  const auto rule = pushed.bench.org().create_rule({.name = "sales", .expression = R"(user.department == "Sales")", .groups = {pushed.team}});
  ASSERT_TRUE(rule.has_value());
  ASSERT_TRUE(pushed.bench.org().activate_rule(*rule));
  pushed.bench.update(pushed.ben, {{"department", "Sales"}});
  pushed.bench.run_for(minutes{1});
  EXPECT_EQ(pushed.bench.last_body().at("Operations"), added("id-2", "ben@example.test"));
}

// [Okta provisioning-clients 4.8-04] [Okta provisioning-clients 4.12-01]
TEST(OktaGroupPush, renames_where_the_setting_says_so) {
  for (const bool renames : {true, false}) {
    Stage stage;
    stage.provisioning.rename_app_groups = renames;
    OktaBench bench(stage);
    const auto team = bench.add_group("Team");
    ASSERT_TRUE(bench.org().push_group(bench.app, team).has_value());
    bench.calls_after();
    ASSERT_TRUE(bench.org().update_group(team, {"Crew"}));
    EXPECT_THAT(bench.calls_after(), SizeIs(renames ? 2 : 0));
    if (renames) EXPECT_EQ(bench.last_body().at("Operations"), named("id-1", "Crew"));
  }
}

// [Okta provisioning-clients 4.8-05]
TEST(OktaGroupPush, name_and_members_are_one_patch_with_a_quirk) {
  Pushed pushed(with_quirk(ClientQuirk::rename_with_members));
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "POST /Groups", "GET /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_THAT(pushed.bench.last_body().at("Operations").as_array(), SizeIs(2));
  EXPECT_EQ(pushed.bench.last_body().at("Operations").at(0), named("id-3", "Team").at(0));
  ASSERT_TRUE(pushed.bench.org().update_group(pushed.team, {"Crew"}));  // without members it is one of its own
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3", "PATCH /Groups/id-3"));
}

// [Okta provisioning-clients 4.8-03] [Okta provisioning-clients 4.8-16]
TEST(OktaGroupPush, of_a_group_that_is_gone_ends_in_error) {
  Pushed pushed;
  pushed.push_done();
  pushed.bench.target().resources.erase("id-3");
  pushed.bench.join(pushed.team, pushed.ben);
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3"));
  EXPECT_EQ(pushed.status(), MappingStatus::error);
  EXPECT_TRUE(pushed.bench.logged(EventType::group_push_mapping_update_or_delete_failed_with_error));
}

// [Okta provisioning-clients 4.8-07] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, push_now_replaces_whatever_is_there) {
  Pushed pushed;
  pushed.push_done();
  ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3", "PATCH /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_EQ(pushed.bench.last_body().at("Operations"), json(R"([{"op": "replace", "path": "members", "value": [{"value": "id-1", "display": "amy@example.test"}]}])"));
}

// [Okta provisioning-clients 4.8-08] [Okta provisioning-clients 7.2-10] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, of_an_emptied_group_is_a_replacement_by_nobody_that_some_servers_refuse_or_ignore) {
  for (const bool refused : {true, false}) {
    Pushed pushed;
    pushed.push_done();
    pushed.bench.leave(pushed.team, pushed.amy);
    pushed.bench.calls_after();
    pushed.bench.target().resources["id-3"]["members"] = json(R"([{"value": "id-1"}])");
    pushed.bench.answer([](const base::HttpRequest& request) { return request.body.find(R"("value":[])") != std::string::npos; }, refused ? 400 : 200, R"({"detail": "members must not be empty"})");
    ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
    pushed.bench.run_for(minutes{1});
    EXPECT_EQ(pushed.bench.last_body().at("Operations"), json(R"([{"op": "replace", "path": "members", "value": []}])"));
    EXPECT_EQ(pushed.bench.log().back(), refused ? "push_now failure: members must not be empty" : "push_now success");
    EXPECT_EQ(pushed.bench.target().resources["id-3"]["members"], json(R"([{"value": "id-1"}])"));  // the old members stay
  }
}

// [Okta provisioning-clients 4.8-09]
TEST(OktaGroupPush, holds_so_many_members_in_a_patch_as_the_integration_has_it) {
  for (const auto& [batch, sizes] : std::vector<std::pair<std::size_t, std::vector<std::size_t>>>{{100, {100, 50}}, {10, {100, 50}}, {1000, {150}}}) {
    Stage stage;
    stage.settings.group_batch = batch;
    OktaBench bench(stage);
    const auto team = bench.add_group("Team");
    for (int i = 0; i < 150; ++i) {
      const auto user = bench.add_user(fmt::format("u{}", i));
      bench.assign(user);
      bench.join(team, user);
    }
    bench.run_for(minutes{10});
    const auto mapping = bench.org().push_group(bench.app, team).value();
    bench.run_for(minutes{1});
    const auto patched = [&](std::string_view op) {
      std::vector<std::size_t> found;
      for (const auto& call : bench.target().calls_of("PATCH")) {
        for (const auto& operation : call.body().at("Operations").as_array()) {
          if (operation.at("op") == base::json_text(op) && operation.at("value").is_array()) found.push_back(operation.at("value").as_array().size());
        }
      }
      return found;
    };
    EXPECT_EQ(patched("add"), sizes) << batch;
    bench.target().calls.clear();
    ASSERT_TRUE(bench.org().push_now(bench.app, mapping));
    bench.run_for(minutes{1});
    EXPECT_THAT(patched("replace"), ElementsAre(sizes.front()));
    EXPECT_EQ(patched("add").size(), sizes.size() - 1);
  }
}

// [Okta provisioning-clients 4.8-11]
TEST(OktaGroupPush, takes_null_members_and_empty_answers) {
  for (const auto& [status, body] : {std::pair(200, R"({"id": "id-3", "displayName": "Team", "members": null})"), std::pair(204, "")}) {
    Pushed pushed;
    pushed.push_done();
    pushed.bench.answer([](const base::HttpRequest& request) { return request.method == "PATCH"; }, status, body);
    pushed.bench.join(pushed.team, pushed.ben);
    pushed.bench.run_for(minutes{1});
    EXPECT_EQ(pushed.bench.log().back(), "members success");
    EXPECT_EQ(pushed.status(), MappingStatus::active);
  }
}

// [Okta provisioning-clients 4.8-13] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, unlinking_deletes_the_group_or_says_nothing_and_spares_the_users) {
  for (const auto action : {UnlinkAction::remove, UnlinkAction::leave}) {
    Pushed pushed;
    pushed.push_done();
    ASSERT_TRUE(pushed.bench.org().unlink(pushed.bench.app, pushed.mapping, action));
    const auto calls = pushed.bench.calls_after();
    if (action == UnlinkAction::remove) {
      EXPECT_THAT(calls, ElementsAre("DELETE /Groups/id-3"));
    } else {
      EXPECT_THAT(calls, IsEmpty());
    }
    EXPECT_THAT(pushed.bench.target().resources, SizeIs(action == UnlinkAction::remove ? 2 : 3));
    // Pushed again, the group is looked up: it is found where it was left.
    pushed.push();
    const auto again = pushed.bench.calls_after();
    EXPECT_EQ(again.front(), look_up);
    EXPECT_EQ(again.at(1), action == UnlinkAction::remove ? "POST /Groups" : "GET /Groups/id-3");
  }
}

// [Okta provisioning-clients 4.8-14] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, rests_while_the_mapping_is_deactivated_and_catches_up_when_it_is_not) {
  Pushed pushed;
  pushed.push_done();
  ASSERT_TRUE(pushed.bench.org().deactivate_mapping(pushed.bench.app, pushed.mapping));
  pushed.bench.join(pushed.team, pushed.ben);
  ASSERT_TRUE(pushed.bench.org().update_group(pushed.team, {"Crew"}));
  EXPECT_THAT(pushed.bench.calls_after(), IsEmpty());
  ASSERT_TRUE(pushed.bench.org().activate_mapping(pushed.bench.app, pushed.mapping));
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre("GET /Groups/id-3", "PATCH /Groups/id-3", "PATCH /Groups/id-3"));
  EXPECT_THAT(pushed.last_operations(2), ElementsAre(named("id-3", "Crew"), added("id-2", "ben@example.test")));
}

// [Okta provisioning-clients 4.8-15] [Okta provisioning-clients 4.12-06]
TEST(OktaGroupPush, a_link_renames_or_not_and_keeps_old_members_until_a_push_now) {
  for (const auto& stage : {Stage{}, wizard()}) {
    for (const bool rename : {true, false}) {
      Pushed pushed(stage);
      pushed.link(rename);
      pushed.bench.calls_after();
      auto& group = pushed.bench.target().resources["team-1"];
      EXPECT_EQ(group["displayName"], json(rename ? "\"Team\"" : "\"Old Team\""));
      EXPECT_THAT(group["members"].as_array(), SizeIs(2));
      EXPECT_EQ(base::string_or(group["members"].as_array().front(), "value", ""), "other");
      EXPECT_EQ(pushed.bench.log().back(), "link success");
      group["id"] = "team-1";  // a replacement without an id
      pushed.bench.join(pushed.team, pushed.ben);
      pushed.bench.calls_after();
      EXPECT_THAT(group["members"].as_array(), SizeIs(3));
      ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
      pushed.bench.run_for(minutes{1});
      const auto body = pushed.bench.last_body();
      const auto& members = stage.made_from == AppTemplate::wizard ? body.at("members") : body.at("Operations").at(0).at("value");
      EXPECT_EQ(members, json(R"([{"value": "id-1", "display": "amy@example.test"}, {"value": "id-2", "display": "ben@example.test"}])"));
    }
  }
}

// [Okta provisioning-clients 4.8-15] [Okta provisioning-clients 4.8-02]
TEST(OktaGroupPush, keeps_the_members_of_a_group_that_it_found_until_a_push_now_made_it_its_own) {
  Pushed pushed(wizard());
  const auto found = R"({"id": "team-1", "displayName": "Team", "members": [{"value": "other", "display": "o"}]})";
  pushed.bench.target().resources["team-1"] = json(found).as_object();
  pushed.push();
  pushed.bench.run_for(minutes{1});
  EXPECT_EQ(pushed.bench.last_body().at("members"), json(R"([{"value": "other", "display": "o"}, {"value": "id-1", "display": "amy@example.test"}])"));
  ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
  pushed.bench.run_for(minutes{1});
  pushed.bench.target().resources["team-1"] = json(found).as_object();  // somebody puts the other back
  pushed.bench.join(pushed.team, pushed.ben);
  pushed.bench.run_for(minutes{1});
  EXPECT_EQ(pushed.bench.last_body().at("members"), json(R"([{"value": "id-1", "display": "amy@example.test"}, {"value": "id-2", "display": "ben@example.test"}])"));
}

// [Okta provisioning-clients 4.8-12]
TEST(OktaGroupPush, tells_of_nobody_whom_the_app_does_not_know_yet) {
  Pushed pushed;
  const auto cleo = pushed.bench.add_user("cleo");
  pushed.bench.join(pushed.team, cleo);
  pushed.bench.answer([](const base::HttpRequest& request) { return request.method == "POST"; }, 500, "", 1);
  pushed.bench.assign(cleo);
  pushed.bench.run_for(minutes{1});
  pushed.push();
  pushed.bench.run_for(minutes{1});
  EXPECT_EQ(pushed.bench.last_body().at("Operations"), added("id-1", "amy@example.test"));
}

// [Okta provisioning-clients 4.8-14]
TEST(OktaGroupPush, a_push_now_that_a_deactivation_overtakes_is_not_sent) {
  Pushed pushed;
  pushed.push_done();
  ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
  ASSERT_TRUE(pushed.bench.org().deactivate_mapping(pushed.bench.app, pushed.mapping));
  EXPECT_THAT(pushed.bench.calls_after(), IsEmpty());
}

// [Okta provisioning-clients 4.8-13]
TEST(OktaGroupPush, unlinking_what_never_arrived_deletes_nothing) {
  Pushed pushed;
  pushed.bench.answer_all(500);
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up));
  ASSERT_TRUE(pushed.bench.org().unlink(pushed.bench.app, pushed.mapping, UnlinkAction::remove));
  EXPECT_THAT(pushed.bench.calls_after(), IsEmpty());
}

// [Okta provisioning-clients 4.8-16] [Okta provisioning-clients 7.2-12] [Okta provisioning-clients 6-13]
TEST(OktaGroupPush, pushes_stale_ids_as_they_are_and_a_400_is_final) {
  Pushed pushed;
  pushed.push_done();
  pushed.bench.target().resources.clear();  // rebuilt, with the group alone
  pushed.bench.target().resources["id-3"] = json(R"({"id": "id-3", "displayName": "Team"})").as_object();
  pushed.bench.answer([](const base::HttpRequest& request) { return request.body.find(R"("path":"members")") != std::string::npos; }, 400, R"({"detail": "unknown member id-2"})");
  const auto cleo = pushed.bench.add_user("cleo");
  pushed.bench.assign(cleo);
  pushed.bench.join(pushed.team, cleo);
  pushed.bench.join(pushed.team, pushed.ben);
  pushed.bench.run_for(minutes{60});
  EXPECT_EQ(pushed.bench.last_body().at("Operations").at(0).at("value").as_array().size(), 2);  // one is unknown, and both are lost
  EXPECT_EQ(pushed.bench.log().back(), "members failure: unknown member id-2");
  EXPECT_EQ(pushed.status(), MappingStatus::error);
  EXPECT_EQ(pushed.bench.mapping(pushed.mapping).error, "unknown member id-2");
  pushed.bench.new_calls();
  pushed.bench.leave(pushed.team, pushed.amy);  // nothing more is sent on its own
  EXPECT_THAT(pushed.bench.calls_after(minutes{60}), IsEmpty());
  pushed.bench.target().refuse = nullptr;
  ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
  EXPECT_THAT(pushed.bench.calls_after(), SizeIs(3));
  EXPECT_EQ(pushed.status(), MappingStatus::active);
}

// [Okta provisioning-clients 7.2-11]
TEST(OktaGroupPush, creates_a_group_with_stale_members_with_a_quirk_and_a_500_is_an_error) {
  Pushed pushed(with_quirk(ClientQuirk::members_with_create));
  pushed.bench.answer([](const base::HttpRequest& request) { return request.method == "POST"; }, 500, R"({"detail": "foreign key"})");
  pushed.push();
  EXPECT_THAT(pushed.bench.calls_after(), ElementsAre(look_up, "POST /Groups"));
  EXPECT_EQ(pushed.bench.last_body().at("members"), json(R"([{"value": "id-1", "display": "amy@example.test"}])"));
  EXPECT_EQ(pushed.status(), MappingStatus::error);
  pushed.bench.target().refuse = nullptr;
  ASSERT_TRUE(pushed.bench.org().push_now(pushed.bench.app, pushed.mapping));
  pushed.bench.run_for(minutes{1});
  EXPECT_EQ(pushed.status(), MappingStatus::active);
}

TEST(OktaGroupPush, names_last_who_came_back) {
  Pushed pushed;
  pushed.bench.join(pushed.team, pushed.ben);
  pushed.bench.leave(pushed.team, pushed.amy);
  pushed.bench.join(pushed.team, pushed.amy);
  pushed.push();
  pushed.bench.run_for(minutes{1});
  const auto body = pushed.bench.last_body();
  const auto& members = body.at("Operations").at(0).at("value");
  EXPECT_EQ(members.at(0).at("value"), json("\"id-2\""));
  EXPECT_EQ(members.at(1).at("value"), json("\"id-1\""));
}

// Members are named in the order in which they joined, whatever their ids are.
TEST(OktaGroupPush, names_members_as_they_joined) {
  OktaBench bench;
  const auto team = bench.add_group("Team");
  std::vector<UserId> users;
  for (int i = 0; i < 8; ++i) {
    users.push_back(bench.add_user(fmt::format("u{}", i)));
    bench.assign(users.back());
  }
  for (auto user = users.rbegin(); user != users.rend(); ++user) bench.join(team, *user);
  bench.run_for(minutes{1});
  ASSERT_TRUE(bench.org().push_group(bench.app, team).has_value());
  bench.run_for(minutes{1});
  std::vector<std::string> names;
  const auto body = bench.last_body();
  for (const auto& member : body.at("Operations").at(0).at("value").as_array()) names.push_back(base::string_or(member, "display", ""));
  EXPECT_THAT(names, ElementsAre("u7@example.test", "u6@example.test", "u5@example.test", "u4@example.test", "u3@example.test", "u2@example.test", "u1@example.test", "u0@example.test"));
}

}  // namespace group_push_test
}  // namespace fakes::okta::scim_client
