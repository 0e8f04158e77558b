// Groups whose members follow from a rule: when the rule is looked at, what it may do by itself, and what an
// admin has to agree to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/groups/graph_fixture.h"

namespace directory {
namespace dynamic_groups_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string rule(std::string_view field, std::string_view value, std::string_view op = "eq") {
  return fmt::format(R"("memberQuery": {{"queryType": "FilterQuery", "filters": [
                        {{"field": "{}", "operator": "{}", "value": "{}"}}]}})",
                     field, op, value);
}

std::string automated(std::string_view field, std::string_view value, std::string_view op = "eq") {
  return R"(, "membershipMethod": "DYNAMIC_AUTOMATED", )" + rule(field, value, op);
}

std::string reviewed(std::string_view field, std::string_view value) {
  return R"(, "membershipMethod": "DYNAMIC_REVIEW_REQUIRED", )" + rule(field, value);
}

class DynamicGroups : public ::testing::Test {
 protected:
  void put(const Node& user, std::string_view body) {
    const auto answer = graph_.bench.admin("PUT", "/api/systemusers/" + user.id, std::string(body));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  base::HttpResponse change(const Node& group, std::string_view more) {
    return graph_.bench.admin("PUT", GraphBench::of(group), fmt::format("{{{}}}", more));
  }
  base::Json read(const Node& group) { return body_of(graph_.bench.admin("GET", GraphBench::of(group))); }
  base::JsonArray suggestions(const Node& group) { return graph_.list(group, "suggestions"); }
  base::Json counts(const Node& group) { return read(group).at("suggestionCounts"); }
  base::HttpResponse apply(const Node& group, std::string body = "{}") {
    return graph_.bench.admin("POST", GraphBench::of(group) + "/suggestions", std::move(body));
  }
  std::vector<std::string> members(const Node& group) { return graph_.ids(group, "members"); }

  GraphBench graph_;
};

// [rule D52] [rule D53] [rule R7]
TEST_F(DynamicGroups, an_attribute_brings_a_user_in_and_takes_the_user_out) {
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  const auto amy = graph_.user("amy");
  EXPECT_THAT(members(sales), IsEmpty());
  put(amy, R"({"department": "Sales"})");
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
  put(amy, R"({"jobTitle": "Clerk"})");
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
  put(amy, R"({"department": "Support"})");
  EXPECT_THAT(members(sales), IsEmpty());
}

// [rule D52]
TEST_F(DynamicGroups, a_new_user_is_looked_at_once) {
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto bob = graph_.user("bob", R"(, "department": "Support")");
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
}

// [rule R10] [rule D52]: a user who comes over SCIM, with the attribute and without it.
TEST_F(DynamicGroups, a_mapped_attribute_feeds_the_rule_and_without_it_nothing_matches) {
  const auto routed = graph_.group("routed", automated("costCenter", "4711"));
  const auto create = [&](std::string_view name, std::string_view more) {
    const auto answer = graph_.bench.scim(
        "POST", "/Users",
        fmt::format(
            R"({{"userName": "{0}", "emails": [{{"primary": true, "type": "work", "value": "{0}@example.test"}}],
                                           "active": true{1}}})",
            name, more));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  };
  create("bob", "");
  EXPECT_THAT(members(routed), IsEmpty());
  const auto amy = create(
      "amy", R"(, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"costCenter": "4711"})");
  EXPECT_THAT(members(routed), ElementsAre(amy));
}

// [rule D52]
TEST_F(DynamicGroups, a_changed_group_looks_at_everybody) {
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto bob = graph_.user("bob", R"(, "department": "Support")");
  const auto crew = graph_.group("crew", automated("department", "Sales"));
  EXPECT_THAT(members(crew), ElementsAre(amy.id)) << "when it is made";
  EXPECT_EQ(change(crew, rule("department", "Support")).status, 200);
  EXPECT_THAT(members(crew), ElementsAre(bob.id));
  EXPECT_EQ(change(crew, R"("membershipMethod": "STATIC")").status, 200);
  put(amy, R"({"department": "Support"})");
  EXPECT_THAT(members(crew), ElementsAre(bob.id)) << "its members stay, and the rule rests";
  EXPECT_EQ(change(crew, R"("membershipMethod": "DYNAMIC_AUTOMATED")").status, 200);
  EXPECT_THAT(members(crew), UnorderedElementsAre(amy.id, bob.id));
}

// [rule D52]: what no change had told the rule of is found in the night.
TEST_F(DynamicGroups, every_night_looks_again) {
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  for (int night = 0; night < 2; ++night) {
    auto& host = *graph_.bench.directory_host;
    host.crash();
    {
      auto db = Database::open(host.disk(), base::Rng(9)).value();
      db->begin();
      db->run("DELETE FROM group_members");
      ASSERT_TRUE(db->commit());
    }
    host.start();
    EXPECT_THAT(members(sales), IsEmpty());
    graph_.bench.run_for(std::chrono::hours{12});
    EXPECT_THAT(members(sales), IsEmpty()) << "not before midnight";
    graph_.bench.run_for(std::chrono::hours{12});
    EXPECT_THAT(members(sales), ElementsAre(amy.id));
  }
}

// [rule D54]
TEST_F(DynamicGroups, values_match_exactly_and_senseless_rules_are_taken) {
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  for (const auto* department : {"sales", "Sales ", "Sales Berlin"}) {
    graph_.user(fmt::format("user-{}", std::string_view(department).size()),
                fmt::format(R"(, "department": "{}")", department));
  }
  EXPECT_THAT(members(sales), IsEmpty());
  EXPECT_EQ(graph_.make_group(GraphType::user_group, "never", automated("noSuchAttribute", "x")).status, 201);
  EXPECT_EQ(graph_.make_group(GraphType::user_group, "broken", automated("department", "x", "like")).status,
            400);
}

// [rule D51] [rule D53]
TEST_F(DynamicGroups, under_review_a_rule_only_proposes) {
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto bob = graph_.user("bob", R"(, "department": "Sales")");
  const auto sales = graph_.group("sales", reviewed("department", "Sales"));
  EXPECT_THAT(members(sales), IsEmpty());
  EXPECT_EQ(counts(sales), json(R"({"add": 2, "remove": 0, "total": 2})"));
  EXPECT_THAT(suggestions(sales), SizeIs(2));
  const auto answer = apply(sales, fmt::format(R"({{"user_ids": ["{}", "nobody"]}})", amy.id));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(
      body_of(answer),
      json(fmt::format(R"({{"suggestions_found": ["{}"], "suggestions_not_found": ["nobody"]}})", amy.id)));
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
  EXPECT_EQ(
      suggestions(sales),
      json(fmt::format(R"([{{"object": {{"id": "{}", "type": "user"}}, "op": "add"}}])", bob.id)).as_array());
  put(amy, R"({"department": "Support"})");
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
  EXPECT_EQ(counts(sales), json(R"({"add": 1, "remove": 1, "total": 2})"));
  put(amy, R"({"department": "Sales"})");
  EXPECT_EQ(counts(sales), json(R"({"add": 1, "remove": 0, "total": 1})")) << "withdrawn";
  put(amy, R"({"department": "Support"})");
  EXPECT_EQ(apply(sales).status, 200) << "all of them";
  EXPECT_THAT(members(sales), ElementsAre(bob.id));
  EXPECT_THAT(suggestions(sales), IsEmpty());
  for (const auto* body : {R"({"user_ids": 5})", R"({"user_ids": [5]})", "[]"})
    EXPECT_EQ(apply(sales, body).status, 400) << body;
}

// [rule D56]
TEST_F(DynamicGroups, an_exempted_object_is_left_to_the_admin) {
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto bob = graph_.user("bob", R"(, "department": "Support")");
  const auto exempt = [](const Node& user) {
    return fmt::format(R"("memberQueryExemptions": [{{"id": "{}", "type": "user"}}])", user.id);
  };
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  ASSERT_EQ(change(sales, exempt(amy)).status, 200);
  EXPECT_EQ(read(sales).at("memberQueryExemptions").at(0).at("id"), base::Json(amy.id));
  put(amy, R"({"department": "Support"})");
  EXPECT_THAT(members(sales), ElementsAre(amy.id)) << "a leaver stays";
  EXPECT_EQ(graph_.member("remove", sales, amy), 204);
  EXPECT_EQ(graph_.member("add", sales, amy), 204);
  EXPECT_EQ(graph_.member("add", sales, bob), 403) << "the rule decides about everybody else";
  ASSERT_EQ(change(sales, R"("memberQueryExemptions": [])").status, 200);
  EXPECT_THAT(members(sales), IsEmpty()) << "the rule decides again";
  EXPECT_EQ(change(sales, R"("memberQueryExemptions": [{"id": "nobody", "type": "user"}])").status, 400);
  EXPECT_EQ(change(sales, R"("memberQueryExemptions": [{"id": "x", "type": "system"}])").status, 400);
  EXPECT_EQ(change(sales, R"("memberQueryExemptions": 5)").status, 400);
}

// A client that writes a whole group back, as SCIM clients do, changes what it may and no member.
TEST_F(DynamicGroups, a_group_that_is_written_back_with_its_members_keeps_them) {
  const auto made =
      graph_.bench.admin("POST", "/api/v2/integrations", R"({"type": "generic", "name": "whole"})");
  const auto token = base::string_or(body_of(made), "key", "");
  const auto scim = [&](std::string method, const Node& group, std::string body) {
    return graph_.bench
        .ask(std::move(method), "/scim/v2/Groups/" + group.id, {{"Authorization", "Bearer " + token}},
             std::move(body))
        .status;
  };
  const auto amy = graph_.user("amy", R"(, "department": "Sales")");
  const auto bob = graph_.user("bob");
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  const auto group = [](std::string_view name, std::string_view member) {
    return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{}",
                           "members": [{{"value": "{}"}}]}})",
                       name, member);
  };
  EXPECT_EQ(scim("PUT", sales, group("sellers", amy.id)), 200);
  EXPECT_EQ(read(sales).at("name"), base::Json("sellers"));
  EXPECT_EQ(scim("PUT", sales, group("sellers", bob.id)), 403);
  EXPECT_THAT(members(sales), ElementsAre(amy.id));
}

// [rule D51] [rule D52]
TEST_F(DynamicGroups, a_rule_follows_the_group_that_it_names) {
  const auto amy = graph_.user("amy");
  const auto staff = graph_.group("staff");
  const auto invited = graph_.group("invited", automated("memberOf", staff.id));
  graph_.member("add", staff, amy);
  EXPECT_THAT(members(invited), ElementsAre(amy.id));
  graph_.member("remove", staff, amy);
  EXPECT_THAT(members(invited), IsEmpty());
}

// [rule D52]
TEST_F(DynamicGroups, a_rule_follows_many_changes_at_once) {
  const auto staff = graph_.group("staff", automated("department", "Sales"));
  const auto invited = graph_.group("invited", automated("memberOf", staff.id));
  for (int i = 0; i < 120; ++i) graph_.user(fmt::format("user{}", i), R"(, "company": "Acme")");
  ASSERT_EQ(change(staff, rule("company", "Acme")).status, 200);
  EXPECT_THAT(graph_.ids(invited, "members?limit=100&skip=20"), SizeIs(100));
}

// [rule D51]
TEST_F(DynamicGroups, error_flags_say_why_a_rule_rests) {
  const auto amy = graph_.user("amy");
  const auto staff = graph_.group("staff");
  const auto invited = graph_.group("invited", automated("memberOf", staff.id));
  EXPECT_EQ(read(invited).at("memberQueryErrorFlags"), json("[]"));
  ASSERT_EQ(
      change(staff, R"("membershipMethod": "DYNAMIC_AUTOMATED", )" + rule("memberOf", invited.id)).status,
      200);
  EXPECT_EQ(read(staff).at("memberQueryErrorFlags"), json(R"(["CYCLE"])"));
  EXPECT_EQ(read(invited).at("memberQueryErrorFlags"), json(R"(["CYCLE"])"));
  ASSERT_EQ(change(staff, R"("membershipMethod": "STATIC")").status, 200);
  graph_.member("add", staff, amy);
  EXPECT_THAT(members(invited), ElementsAre(amy.id));
  graph_.bench.admin("DELETE", GraphBench::of(staff));
  EXPECT_EQ(read(invited).at("memberQueryErrorFlags"), json(R"(["INVALID_GROUP_REFERENCE"])"));
  put(amy, R"({"department": "Sales"})");
  EXPECT_THAT(members(invited), ElementsAre(amy.id)) << "nobody is moved by a rule that cannot be read";
}

// [rule D51]
TEST_F(DynamicGroups, and_and_or_nest) {
  const auto amy = graph_.user("amy", R"(, "department": "Sales", "location": "Berlin")");
  const auto bob = graph_.user("bob", R"(, "department": "Sales", "location": "Rome")");
  const auto cleo = graph_.user("cleo", R"(, "department": "Support", "location": "Berlin")");
  const std::string query = R"({"queryType": "Search", "searchFilters": {"and": [
      {"field": "location", "operator": "in", "value": "Berlin|Paris"},
      {"or": [{"field": "department", "operator": "eq", "value": "Sales"},
              {"field": "department", "operator": "eq", "value": "Legal"}]}]}})";
  const auto group =
      graph_.group("group", R"(, "membershipMethod": "DYNAMIC_AUTOMATED", "memberQuery": )" + query);
  EXPECT_THAT(members(group), ElementsAre(amy.id));
  EXPECT_EQ(read(group).at("memberQuery"), json(query));
}

// [rule D52]
TEST_F(DynamicGroups, devices_have_rules_too) {
  const auto macs = graph_.system_group("macs", automated("osFamily", "darwin"));
  const auto berlin = graph_.system_group("berlin", automated("displayName", "berlin-1"));
  const auto intel = graph_.system_group("intel", automated("arch", "x86_64"));
  const auto laptop = graph_.system("laptop", "macos");
  const auto desktop = graph_.system("desktop", "windows");
  EXPECT_THAT(members(macs), ElementsAre(laptop.id)) << "looked at when it registers";
  graph_.bench.admin("PUT", "/api/systems/" + desktop.id, R"({"displayName": "berlin-1"})");
  EXPECT_THAT(members(berlin), ElementsAre(desktop.id));
  graph_.report_facts(laptop, R"({"arch": "x86_64"})");
  EXPECT_THAT(members(intel), ElementsAre(laptop.id));
  graph_.report_facts(laptop, R"({"arch": "arm64"})");
  EXPECT_THAT(members(intel), IsEmpty());
}

// [rule D53] [rule V9] [rule R15]: in the transaction of the change, down to the device.
TEST_F(DynamicGroups, access_follows_the_attribute_at_once) {
  const auto sales = graph_.group("sales", automated("department", "Sales"));
  const auto amy = graph_.onboarded("amy.lee");
  const auto laptop = graph_.system("laptop");
  graph_.join("add", sales, laptop);
  EXPECT_FALSE(graph_.has_account(laptop, amy));
  put(amy, R"({"department": "Sales"})");
  EXPECT_NE(graph_.handoff(laptop, amy), "");
  put(amy, R"({"department": null})");
  EXPECT_FALSE(graph_.has_account(laptop, amy));
}

// [rule DI49] [rule D53]
TEST_F(DynamicGroups, what_a_rule_does_is_an_event_and_what_it_proposes_is_none) {
  const auto amy = graph_.user("amy");
  graph_.group("sales", automated("department", "Sales"));
  const auto reviewed_group = graph_.group("clerks", reviewed("jobTitle", "Clerk"));
  EXPECT_THAT(graph_.bench.events_of([&] { put(amy, R"({"department": "Sales"})"); }),
              ElementsAre("user_update", "association_change"));
  EXPECT_EQ(graph_.bench.events().back().at("initiated_by").at("type"), base::Json("system"));
  EXPECT_THAT(graph_.bench.events_of([&] { put(amy, R"({"jobTitle": "Clerk"})"); }),
              ElementsAre("user_update"));
  EXPECT_THAT(graph_.bench.events_of([&] { apply(reviewed_group); }), ElementsAre("association_change"));
  EXPECT_EQ(graph_.bench.events().back().at("initiated_by").at("type"), base::Json("admin"));
}

// [rule D12] [rule D52]
TEST_F(DynamicGroups, the_state_of_a_user_is_an_attribute_like_others) {
  const auto leavers = graph_.group("leavers", automated("state", "SUSPENDED"));
  const auto all = graph_.group("all", automated("department", "Sales"));
  const auto amy = graph_.user("amy", R"(, "department": "Sales", "state": "STAGED")");
  EXPECT_THAT(members(all), ElementsAre(amy.id)) << "staged users are members like others";
  put(amy, R"({"state": "SUSPENDED"})");
  EXPECT_THAT(members(leavers), ElementsAre(amy.id));
  EXPECT_THAT(members(all), ElementsAre(amy.id));
}

}  // namespace dynamic_groups_contract_test
}  // namespace directory
