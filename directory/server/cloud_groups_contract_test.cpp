// Groups of users as security groups in a Microsoft 365 tenant, over HTTP: which requests reach Graph, and what becomes of what it
// answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "directory/server/cloud_sync_fixture.h"

namespace directory {
namespace cloud_groups_contract_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class CloudGroupsContract : public CloudSyncContract {
 protected:
  explicit CloudGroupsContract(BenchOptions bench_options = tenant_options()) : CloudSyncContract(std::move(bench_options)) {}

  /// The group again, as `connect`.
  std::string connect_group(const std::string& group, const std::string& directory, std::string_view op = "add") {
    return connect(group, directory, op, "usergroups");
  }
  std::string group_status(const std::string& group, const std::string& directory) { return status_of(group, directory, "usergroups"); }
  /// User principal names of the members of the only group of that name.
  std::vector<std::string> members_of(std::string_view name) {
    const auto ids = tenant_->groups.named(name);
    EXPECT_THAT(ids, SizeIs(1));
    return ids.empty() ? std::vector<std::string>{} : members_by_id(ids.front());
  }
  std::vector<std::string> members_by_id(const std::string& id) {
    std::vector<std::string> names;
    for (const auto& member : tenant_->groups.groups.at(id).members) {
      names.push_back(base::string_or(tenant_->accounts.at(member), "userPrincipalName", ""));
    }
    return names;
  }
  std::vector<GraphCallSeen> creations() {
    auto calls = tenant_->calls_of("POST", "/groups");
    std::erase_if(calls, [](const GraphCallSeen& call) { return call.path != "/groups"; });
    return calls;
  }
  std::vector<GraphCallSeen> revocations() {
    auto calls = tenant_->calls_of("POST");
    std::erase_if(calls, [](const GraphCallSeen& call) { return !call.path.ends_with("/revokeSignInSessions"); });
    return calls;
  }
  std::vector<std::string> group_events() {
    std::vector<std::string> types;
    for (auto& type : provision_events()) {
      if (type.starts_with("group_")) types.push_back(std::move(type));
    }
    return types;
  }
};

// Which group it becomes
// -----------------------------------------------------------------------------------------------------------

TEST_F(CloudGroupsContract, R122_a_group_of_an_unknown_name_is_created_as_security_group) {
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales", {add_user("amy"), add_user("bo")}), id);
  settle();
  EXPECT_THAT(members_of("Sales"), UnorderedElementsAre("amy@example.test", "bo@example.test"));
  ASSERT_THAT(creations(), SizeIs(1));
  const auto body = creations().front().body;
  EXPECT_EQ(base::bool_member(body, "securityEnabled"), true);
  EXPECT_EQ(base::bool_member(body, "mailEnabled"), false);
  EXPECT_EQ(group_status(sales, id), "synced");
  EXPECT_THAT(group_events(), Contains("group_create_provision").Times(1));
}

// [Entra provisioning-clients 1-17]
TEST_F(CloudGroupsContract, R121_the_only_namesake_is_taken_over_with_the_members_from_here) {
  const auto amy_there = tenant_->add("amy@example.test");
  const auto stranger = tenant_->add("stranger@example.test");
  const auto object = tenant_->groups.add("sales", {amy_there, stranger});
  tenant_->groups.groups.at(object).devices.insert("device-1");
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales", {add_user("amy"), add_user("bo")}), id);
  settle();
  EXPECT_THAT(tenant_->groups.groups, SizeIs(1));
  EXPECT_THAT(members_by_id(object), UnorderedElementsAre("amy@example.test", "bo@example.test"));
  EXPECT_THAT(tenant_->groups.groups.at(object).devices, SizeIs(1)) << "what is no user is nobody's here";
  EXPECT_EQ(base::string_or(tenant_->groups.groups.at(object).properties, "displayName", ""), "Sales");
  EXPECT_THAT(tenant_->accounts, SizeIs(3)) << "taken out of the group, and nothing else";
}

TEST_F(CloudGroupsContract, R123_beside_several_namesakes_one_more_is_created_and_never_another) {
  const auto one = tenant_->groups.add("Sales");
  const auto two = tenant_->groups.add("Sales");
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(3));
  for (int i = 0; i < 3; ++i) {
    change_membership(sales, add_user(fmt::format("user{}", i)));
    settle();
    bench_.restart_directory();
    connect_group(sales, id, "remove");
    settle();
    connect_group(sales, id);
    settle();
  }
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(3));
  EXPECT_THAT(creations(), SizeIs(1));
  const auto reads = tenant_->calls_of("GET", "/groups");
  EXPECT_EQ(std::ranges::count(reads, "/groups", &GraphCallSeen::path), 1) << "later it is known by its id";
  EXPECT_THAT(members_by_id(one), IsEmpty());
  EXPECT_THAT(members_by_id(two), IsEmpty());
  EXPECT_THAT(members_by_id("group-3"), SizeIs(4));
}

TEST_F(CloudGroupsContract, R124_R77_groups_of_other_kinds_are_neither_namesakes_nor_touched) {
  const base::JsonObject unified{{"groupTypes", base::JsonArray{"Unified"}}, {"mailEnabled", true}, {"securityEnabled", true}};
  const base::JsonObject list{{"mailEnabled", true}, {"securityEnabled", false}};
  const base::JsonObject dynamic{{"groupTypes", base::JsonArray{"DynamicMembership"}}};
  for (const auto& kind : {unified, list, dynamic}) tenant_->groups.add("Sales", {}, kind);
  const auto before = tenant_->groups.groups;
  const auto id = set_up();
  connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  ASSERT_THAT(tenant_->groups.groups, SizeIs(4));
  for (const auto& [object, group] : before) {
    EXPECT_EQ(tenant_->groups.groups.at(object).properties, group.properties);
    EXPECT_THAT(members_by_id(object), IsEmpty());
  }
  EXPECT_THAT(members_by_id("group-4"), ElementsAre("amy@example.test"));
}

TEST_F(CloudGroupsContract, a_namesake_that_another_group_here_has_is_not_taken_over) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto first = connect_group(add_group("Sales", {amy}), id);
  settle();
  tenant_->before = [](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "PATCH") return std::nullopt;
    return SmallTenant::error(403, "Authorization_RequestDenied");
  };
  ASSERT_EQ(bench_.admin("PUT", "/api/v2/usergroups/" + first, R"({"name": "Marketing"})").status, 200);
  const auto second = connect_group(add_group("Sales", {amy}), id);
  settle();
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(2)) << "the first keeps its name there until it may be renamed";
  EXPECT_EQ(group_status(first, id), "Authorization_RequestDenied");
  EXPECT_EQ(group_status(second, id), "synced");
}

// Connecting and disconnecting
// -----------------------------------------------------------------------------------------------------------

TEST_F(CloudGroupsContract, R120_connecting_a_group_signs_its_users_out_once) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto bo = add_user("bo");
  const auto cy = add_user("cy");
  for (const auto& user : {amy, bo, cy}) connect(user, id);
  settle();
  ASSERT_THAT(revocations(), IsEmpty());
  const auto sales = add_group("Sales", {amy, bo});
  settle();
  EXPECT_THAT(revocations(), IsEmpty()) << "a group that is not connected concerns nobody there";
  connect_group(sales, id);
  settle();
  EXPECT_THAT(revocations(), SizeIs(2)) << "cy is not in it";
  for (const auto& call : revocations()) EXPECT_NE(call.path, "/users/" + tenant_->find("cy@example.test") + "/revokeSignInSessions");
  change_membership(sales, cy);
  bench_.restart_directory();
  settle();
  EXPECT_THAT(revocations(), SizeIs(2)) << "that is no connecting of the group";
}

TEST_F(CloudGroupsContract, R120_who_gets_the_account_only_now_has_no_session_to_end) {
  const auto id = set_up();
  connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  EXPECT_THAT(revocations(), IsEmpty());
}

TEST_F(CloudGroupsContract, D76_a_disconnected_group_stays_there_as_it_is) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto sales = connect_group(add_group("Sales", {amy, add_user("bo")}), id);
  settle();
  connect_group(sales, id, "remove");
  change_membership(sales, amy, "remove");
  settle();
  EXPECT_THAT(members_of("Sales"), SizeIs(2));
  EXPECT_THAT(tenant_->calls_of("DELETE", "/groups"), IsEmpty());
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/usergroups/" + sales).status, 204);
  settle();
  EXPECT_THAT(members_of("Sales"), SizeIs(2)) << "nothing is deleted there";
}

TEST_F(CloudGroupsContract, D76_D65_switching_the_management_of_groups_off_stops_changes_and_on_makes_up_for_them) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto bo = add_user("bo");
  const auto sales = connect_group(add_group("Sales", {amy}), id);
  settle();
  change(id, R"({"groupsEnabled": false})");
  change_membership(sales, bo);
  const auto other = connect_group(add_group("Other", {amy}), id);
  bench_.run_for(hours{1});
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
  EXPECT_THAT(tenant_->groups.named("Other"), IsEmpty());
  EXPECT_EQ(tenant_->value("bo@example.test", "accountEnabled"), "true") << "accounts go on";
  EXPECT_THAT(revocations(), IsEmpty());
  // Whoever is added there meanwhile goes again.
  tenant_->groups.groups.at(tenant_->groups.named("Sales").front()).members.insert(tenant_->add("stranger@example.test"));
  change(id, R"({"groupsEnabled": true})");
  settle();
  EXPECT_THAT(members_of("Sales"), UnorderedElementsAre("amy@example.test", "bo@example.test"));
  EXPECT_THAT(members_of("Other"), ElementsAre("amy@example.test"));
  EXPECT_THAT(revocations(), SizeIs(1)) << "of the group that became one only now";
}

TEST_F(CloudGroupsContract, D76_a_group_without_users_waits_for_the_first) {
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales"), id);
  settle();
  EXPECT_TRUE(std::ranges::none_of(tenant_->calls, [](const auto& call) { return call.path.starts_with("/groups"); }));
  EXPECT_EQ(group_status(sales, id), "notSynchronised");
  change_membership(sales, add_user("amy"));
  settle();
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
  EXPECT_EQ(group_status(sales, id), "synced");
}

/// Where the installation has chosen otherwise than installations do.
template <auto choice, auto value>
class CloudGroupsWith : public CloudGroupsContract {
 protected:
  CloudGroupsWith() : CloudGroupsContract(with_choice()) {}
  static BenchOptions with_choice() {
    auto out = tenant_options();
    out.directory.*choice = value;
    return out;
  }
};

using EmptyGroupsAreCreated = CloudGroupsWith<&Options::cloud_empty_groups, CloudEmptyGroups::create>;
using StrangersStay = CloudGroupsWith<&Options::cloud_strangers, CloudStrangers::stay>;

TEST_F(EmptyGroupsAreCreated, R122_where_the_installation_says_so) {
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales"), id);
  settle();
  EXPECT_THAT(members_of("Sales"), IsEmpty());
  EXPECT_EQ(group_status(sales, id), "synced");
}

TEST_F(StrangersStay, in_a_group_that_is_taken_over) {
  const auto object = tenant_->groups.add("Sales", {tenant_->add("stranger@example.test")});
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto sales = connect_group(add_group("Sales", {amy}), id);
  settle();
  EXPECT_THAT(members_by_id(object), UnorderedElementsAre("amy@example.test", "stranger@example.test"));
  change_membership(sales, amy, "remove");
  settle();
  EXPECT_THAT(members_by_id(object), ElementsAre("stranger@example.test"));
}

// Keeping it
// -----------------------------------------------------------------------------------------------------------

TEST_F(CloudGroupsContract, R99_name_and_members_follow_under_the_objects_id) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto bo = add_user("bo");
  const auto sales = connect_group(add_group("Sales", {amy}), id);
  settle();
  const auto object = tenant_->groups.named("Sales").front();
  tenant_->groups.groups.at(object).properties["displayName"] = "Renamed there";
  change_membership(sales, bo);
  change_membership(sales, amy, "remove");
  settle();
  EXPECT_THAT(members_by_id(object), ElementsAre("bo@example.test"));
  ASSERT_EQ(bench_.admin("PUT", "/api/v2/usergroups/" + sales, R"({"name": "Marketing"})").status, 200);
  settle();
  EXPECT_EQ(tenant_->groups.named("Marketing"), std::vector{object});
  EXPECT_EQ(bench_.admin("DELETE", "/api/systemusers/" + bo).status, 200);
  settle();
  EXPECT_THAT(members_by_id(object), IsEmpty());
  EXPECT_THAT(group_events(), ElementsAre("group_create_provision", "group_update_provision", "group_update_provision", "group_update_provision",
                                          "group_update_provision"));
}

TEST_F(CloudGroupsContract, GraphGR6_GraphGR7_many_members_go_twenty_at_a_time) {
  const auto id = set_up();
  std::vector<std::string> users;
  for (int i = 0; i < 50; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  const auto sales = connect_group(add_group("Sales", users), id);
  settle();
  EXPECT_THAT(members_of("Sales"), SizeIs(50));
  EXPECT_THAT(creations(), SizeIs(1));
  EXPECT_LE(tenant_->calls_of("PATCH", "/groups").size() + tenant_->calls_of("POST", "/groups").size(), 5U);
}

TEST_F(CloudGroupsContract, GraphGR13_members_are_read_page_by_page) {
  tenant_->groups.page = 2;
  std::set<std::string> there;
  for (int i = 0; i < 7; ++i) there.insert(tenant_->add(fmt::format("old{}@example.test", i)));
  const auto object = tenant_->groups.add("Sales", there);
  const auto id = set_up();
  connect_group(add_group("Sales", {add_user("amy"), add_user("old3")}), id);
  settle();
  EXPECT_THAT(members_by_id(object), UnorderedElementsAre("amy@example.test", "old3@example.test"));
}

TEST_F(CloudGroupsContract, one_group_has_one_request_under_way_and_many_changes_become_few) {
  const auto id = set_up();
  std::vector<std::string> users;
  for (int i = 0; i < 15; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  for (const auto& user : users) connect(user, id);
  const auto sales = connect_group(add_group("Sales", {users[0]}), id);
  settle();
  const auto before = tenant_->writes();
  for (const auto& user : users) {
    if (user != users[0]) change_membership(sales, user);
  }
  settle();
  EXPECT_THAT(members_of("Sales"), SizeIs(15));
  EXPECT_LT(tenant_->writes() - before, 8U);
  const auto settled = tenant_->writes();
  bench_.restart_directory();
  bench_.run_for(hours{2});
  EXPECT_EQ(tenant_->writes(), settled) << "quiet means quiet";
}

// When Graph is slow, forgets, throttles or answers twice
// -----------------------------------------------------------------------------------------------------------

TEST_F(CloudGroupsContract, R123_after_a_lost_answer_there_is_still_one_more_and_no_fourth) {
  tenant_->groups.add("Sales");
  tenant_->groups.add("Sales");
  const auto id = set_up();
  tenant_->after = SmallTenant::once("POST", "/groups", base::HttpResponse(504));
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(3));
  EXPECT_THAT(creations(), SizeIs(1));
  EXPECT_THAT(members_by_id("group-3"), ElementsAre("amy@example.test"));
  EXPECT_EQ(group_status(sales, id), "synced");
  EXPECT_THAT(group_events(), ElementsAre("group_create_provision failed", "group_create_provision"));
}

TEST_F(CloudGroupsContract, a_crash_between_creation_and_answer_makes_no_second_group) {
  const auto id = set_up();
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method == "POST" && call.path == "/groups") bench_.directory_host->crash();
    return std::nullopt;
  };
  connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  tenant_->after = nullptr;
  bench_.directory_host->start();
  settle();
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(1));
  EXPECT_THAT(creations(), SizeIs(1));
}

TEST_F(CloudGroupsContract, GraphC4_a_group_that_reads_do_not_show_yet_is_not_made_again) {
  const auto id = set_up();
  base::Instant created{};
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method == "POST" && call.path == "/groups") {
      created = call.at;
      return base::HttpResponse(504);
    }
    if (call.method != "GET" || call.path != "/groups" || created == base::Instant{} || call.at > created + seconds{90}) return std::nullopt;
    return SmallTenant::answer(200, base::JsonObject{{"value", base::JsonArray{}}});
  };
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  bench_.run_for(minutes{10});
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(1));
  EXPECT_EQ(group_status(sales, id), "synced");
}

TEST_F(CloudGroupsContract, a_request_that_never_arrived_is_made_again_in_the_end) {
  const auto id = set_up();
  tenant_->before = SmallTenant::once("POST", "/groups", base::HttpResponse(504));
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  bench_.run_for(minutes{10});
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
  EXPECT_EQ(group_status(sales, id), "synced");
}

TEST_F(CloudGroupsContract, GraphE23_a_member_who_is_there_already_is_no_error) {
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  tenant_->after = SmallTenant::once("POST", "/groups/", base::HttpResponse(504));
  change_membership(sales, add_user("bo"));
  bench_.run_for(minutes{5});
  EXPECT_THAT(tenant_->calls_of("POST", "/groups/"), SizeIs(1)) << "whose answer is lost";
  EXPECT_THAT(members_of("Sales"), UnorderedElementsAre("amy@example.test", "bo@example.test"));
  EXPECT_EQ(group_status(sales, id), "synced");
}

/// Answered in doubt, before it is taken back here.
class GroupsDoneAllTheSame : public CloudGroupsContract, public AnsweredInDoubt {};

TEST_P(GroupsDoneAllTheSame, R99_members_are_as_they_are_here) {
  const auto id = set_up();
  const auto amy = connect(add_user("amy"), id);
  const auto bo = connect(add_user("bo"), id);
  const auto sales = connect_group(add_group("Sales", {amy}), id);
  settle();
  tenant_->after = SmallTenant::once("POST", "/groups/", answer());
  change_membership(sales, bo);
  bench_.run_for(seconds{3});
  ASSERT_THAT(members_of("Sales"), SizeIs(2));
  change_membership(sales, bo, "remove");
  settle();
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
  tenant_->after = SmallTenant::once("DELETE", "/groups/", answer());
  change_membership(sales, amy, "remove");
  bench_.run_for(seconds{3});
  ASSERT_THAT(members_of("Sales"), IsEmpty());
  change_membership(sales, amy);
  settle();
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
  EXPECT_EQ(group_status(sales, id), "synced");
}

TEST_P(GroupsDoneAllTheSame, R99_the_name_is_as_it_is_here) {
  const auto id = set_up();
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  settle();
  tenant_->after = SmallTenant::once("PATCH", "/groups/", answer());
  ASSERT_EQ(bench_.admin("PUT", "/api/v2/usergroups/" + sales, R"({"name": "Marketing"})").status, 200);
  bench_.run_for(seconds{3});
  ASSERT_THAT(tenant_->groups.named("Marketing"), SizeIs(1));
  ASSERT_EQ(bench_.admin("PUT", "/api/v2/usergroups/" + sales, R"({"name": "Sales"})").status, 200);
  settle();
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(1));
  EXPECT_EQ(group_status(sales, id), "synced");
}

INSTANTIATE_TEST_SUITE_P(Answers, GroupsDoneAllTheSame, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "service_unavailable" : "gateway_timeout"; });

TEST_F(CloudGroupsContract, R99_after_a_crash_before_the_answer_members_and_name_are_as_they_are_here) {
  const auto id = set_up();
  const auto amy = connect(add_user("amy"), id);
  const auto bo = connect(add_user("bo"), id);
  const auto sales = connect_group(add_group("Sales", {amy}), id);
  settle();
  const auto rename = [&](std::string_view name) {
    ASSERT_EQ(bench_.admin("PUT", "/api/v2/usergroups/" + sales, fmt::format(R"({{"name": "{}"}})", name)).status, 200);
  };
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "GET" && call.path.starts_with("/groups/")) bench_.directory_host->crash();
    return std::nullopt;
  };
  // Each is taken back before the directory can sign in to send it again.
  const auto come_back = [&] {
    settle();
    tenant_->no_tokens = base::HttpResponse(503);
    bench_.directory_host->start();
  };
  change_membership(sales, bo);
  come_back();
  ASSERT_THAT(members_of("Sales"), SizeIs(2));
  change_membership(sales, bo, "remove");
  rename("Sellers");
  tenant_->no_tokens.reset();
  come_back();
  ASSERT_THAT(tenant_->groups.named("Sellers"), SizeIs(1));
  rename("Sales");
  tenant_->no_tokens.reset();
  tenant_->after = nullptr;
  bench_.run_for(minutes{5});
  EXPECT_THAT(members_of("Sales"), ElementsAre("amy@example.test"));
}

TEST_F(CloudGroupsContract, GraphF1_one_user_whom_the_tenant_does_not_know_yet_keeps_nobody_else_out) {
  const auto id = set_up();
  std::vector<std::string> users;
  for (int i = 0; i < 5; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  for (const auto& user : users) connect(user, id);
  settle();
  const auto late = tenant_->find("user2@example.test");
  tenant_->groups.not_yet_known.insert(late);
  const auto sales = connect_group(add_group("Sales", users), id);
  bench_.run_for(minutes{3});
  EXPECT_THAT(members_of("Sales"), SizeIs(4));
  tenant_->groups.not_yet_known.clear();
  bench_.run_for(minutes{30});
  EXPECT_THAT(members_of("Sales"), SizeIs(5));
  EXPECT_EQ(group_status(sales, id), "synced");
}

TEST_F(CloudGroupsContract, GraphT10_a_throttled_creation_waits_and_looks_for_nothing_lost) {
  const auto id = set_up();
  base::Instant asked{};
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (asked != base::Instant{} || call.method != "POST" || call.path != "/groups") return std::nullopt;
    asked = call.at;
    return SmallTenant::throttled("30");
  };
  connect_group(add_group("Sales", {add_user("amy")}), id);
  bench_.run_for(minutes{3});
  EXPECT_THAT(tenant_->groups.named("Sales"), SizeIs(1));
  for (const auto& call : tenant_->calls) {
    if (call.at > asked) EXPECT_GE(call.at, asked + seconds{30});
  }
  EXPECT_THAT(group_events(), ElementsAre("group_create_provision"));
}

TEST_F(CloudGroupsContract, what_graph_refuses_is_shown_and_told_once) {
  const auto id = set_up();
  tenant_->before = [](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "POST" || call.path != "/groups") return std::nullopt;
    return SmallTenant::error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  };
  const auto sales = connect_group(add_group("Sales", {add_user("amy")}), id);
  bench_.run_for(minutes{30});
  EXPECT_EQ(group_status(sales, id), "Authorization_RequestDenied");
  EXPECT_THAT(group_events(), ElementsAre("group_create_provision failed"));
  EXPECT_LT(creations().size(), 12U);
  tenant_->before = nullptr;
  bench_.run_for(hours{1});
  EXPECT_EQ(group_status(sales, id), "synced");
}

}  // namespace cloud_groups_contract_test
}  // namespace directory
