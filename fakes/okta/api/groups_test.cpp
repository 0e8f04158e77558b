// Groups, their members and their rules through the API.
#include "fakes/okta/api/api_fixture.h"

namespace fakes::okta::api {
namespace groups_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using std::chrono::seconds;

class GroupsApi : public ApiTest {
 protected:
  base::HttpResponse make(const std::string& name, const std::string& description) {
    return post("/groups", R"({"profile": {"name": ")" + name + R"(", "description": ")" + description + R"("}})");
  }
};

// [Okta provisioning-clients 5.4-01]
TEST_F(GroupsApi, a_group_is_made_changed_and_deleted) {
  const auto made = make("Sales", "All who sell");
  EXPECT_EQ(outcome(made), "200");
  EXPECT_EQ(at(made, "/type"), "OKTA_GROUP");
  EXPECT_EQ(at(made, "/profile/name"), "Sales");
  EXPECT_EQ(at(made, "/profile/description"), "All who sell");
  const auto place = "/groups/" + at(made, "/id");
  const auto changed = send("PUT", place, R"({"profile": {"name": "Selling"}})");
  EXPECT_EQ(at(changed, "/profile/name"), "Selling");
  EXPECT_EQ(at(changed, "/profile/description"), "null");
  EXPECT_EQ(at(get(place), "/profile/name"), "Selling");
  EXPECT_EQ(outcome(send("DELETE", place)), "204");
  EXPECT_EQ(outcome(get(place)), "404 E0000007");
  EXPECT_EQ(outcome(post("/groups", R"({"name": "Sales"})")), "400 E0000001");
}

// [Okta provisioning-clients 5.1-10, 5.4-02]
TEST_F(GroupsApi, a_group_has_these_members) {
  const auto id = made_group("Sales");
  const auto answer = get("/groups/" + id);
  EXPECT_THAT(id, AllOf(StartsWith("00g"), SizeIs(20)));
  EXPECT_EQ(at(answer, "/created"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/lastUpdated"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/lastMembershipUpdated"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/objectClass"), R"(["okta:user_group"])");
  EXPECT_EQ(at(answer, "/_links/users/href"), "https://acme.okta.com/api/v1/groups/" + id + "/users");
  EXPECT_EQ(at(answer, "/_links/apps/href"), "https://acme.okta.com/api/v1/groups/" + id + "/apps");
  EXPECT_NE(at(answer, "/_links/logo/0/href"), "none");
  EXPECT_EQ(at(get("/groups/" + org_.everyone().text()), "/type"), "BUILT_IN");
  pass(seconds{1});
  (void)send("PUT", "/groups/" + id + "/users/" + made_user("amy"));
  EXPECT_EQ(at(get("/groups/" + id), "/lastMembershipUpdated"), "2026-01-05T08:00:01.000Z");
  EXPECT_EQ(at(get("/groups/" + id), "/lastUpdated"), "2026-01-05T08:00:00.000Z");
}

// [Okta provisioning-clients 5.4-02]
TEST_F(GroupsApi, name_and_description_are_bounded) {
  EXPECT_EQ(outcome(make(std::string(255, 'n'), std::string(1024, 'd'))), "200");
  EXPECT_EQ(outcome(make(std::string(256, 'n'), "")), "400 E0000001");
  EXPECT_EQ(outcome(make("", "")), "400 E0000001");
  EXPECT_EQ(outcome(make("n", std::string(1025, 'd'))), "400 E0000001");
  EXPECT_EQ(outcome(make("n", "")), "200");
}

// [Okta provisioning-clients 5.4-03]
TEST_F(GroupsApi, members_come_and_go_one_by_one_in_groups_of_oktas_own) {
  const auto group = made_group("Sales");
  const auto amy = made_user("amy");
  const auto place = "/groups/" + group + "/users/" + amy;
  EXPECT_EQ(outcome(send("PUT", place)), "204");
  EXPECT_EQ(outcome(send("PUT", place)), "204");
  EXPECT_THAT(each(get("/groups/" + group + "/users"), "/id"), ElementsAre(amy));
  EXPECT_THAT(each(get("/users/" + amy + "/groups"), "/id"), Contains(group));
  EXPECT_EQ(outcome(send("DELETE", place)), "204");
  EXPECT_THAT(each(get("/groups/" + group + "/users"), "/id"), IsEmpty());
  const auto everyone = "/groups/" + org_.everyone().text() + "/users/" + amy;
  EXPECT_EQ(send("PUT", everyone).status / 100, 4);
  EXPECT_EQ(send("DELETE", everyone).status / 100, 4);
  EXPECT_EQ(outcome(send("PUT", "/groups/" + group + "/users/00u0")), "404 E0000007");
  EXPECT_EQ(outcome(send("PUT", "/groups/00g0/users/" + amy)), "404 E0000007");
}

// [Okta provisioning-clients 5.4-04]
TEST_F(GroupsApi, a_list_holds_200_or_with_a_query_ten) {
  for (int i = 0; i < 201; ++i) ASSERT_TRUE(org_.create_group({"Group " + std::to_string(i), ""}).has_value());
  EXPECT_THAT(each(get("/groups"), "/id"), SizeIs(200));
  const auto page = get("/groups?limit=100");
  EXPECT_THAT(each(get(link_of(page, "next")), "/id"), SizeIs(100));
  EXPECT_THAT(each(get("/groups?q=group"), "/id"), SizeIs(10));
  EXPECT_THAT(each(get("/groups?q=GROUP%2020"), "/profile/name"), ::testing::UnorderedElementsAre("Group 20", "Group 200"));
  EXPECT_THAT(each(get("/groups?limit=10001"), "/id"), SizeIs(202));
  service_.options().quirks.add(Quirk::group_pages_of_ten_thousand);
  EXPECT_THAT(each(get("/groups"), "/id"), SizeIs(202));
}

// [Okta provisioning-clients 5.4-04]
TEST_F(GroupsApi, filters_take_id_type_and_two_times) {
  const auto sales = made_group("Sales");
  pass(seconds{5});
  const auto support = made_group("Support");
  EXPECT_THAT(each(ask("/groups", "filter", R"(id eq ")" + sales + "\""), "/id"), ElementsAre(sales));
  EXPECT_THAT(each(ask("/groups", "filter", R"(type eq "BUILT_IN")"), "/id"), ElementsAre(org_.everyone().text()));
  EXPECT_THAT(each(ask("/groups", "filter", R"(type eq "OKTA_GROUP" and lastUpdated gt "2026-01-05T08:00:00.000Z")"), "/id"), ElementsAre(support));
  EXPECT_THAT(each(ask("/groups", "filter", R"(type eq "OKTA_GROUP" and lastMembershipUpdated lt "2026-01-05T08:00:01.000Z")"), "/id"), ElementsAre(sales));
  EXPECT_EQ(outcome(ask("/groups", "filter", R"(profile.name eq "Sales")")), "400 E0000053");
  EXPECT_EQ(outcome(ask("/groups", "filter", R"(id gt "0")")), "400 E0000053");
  EXPECT_THAT(each(ask("/groups", "search", R"(profile.name sw "Su")"), "/id"), ElementsAre(support));
  EXPECT_EQ(outcome(ask("/groups", "search", R"(members eq "x")")), "400 E0000031");
  EXPECT_EQ(outcome(ask("/groups", "search", R"(profile.name sw "S")", "&filter=x")), "400 E0000033");
}

// [Okta provisioning-clients 5.4-05]
TEST_F(GroupsApi, members_come_by_a_thousand) {
  const GroupId group{made_group("Sales")};
  for (int i = 0; i < 1'001; ++i) {
    NewUser user;
    const auto login = "user" + std::to_string(i) + "@example.test";
    user.profile = {{"login", login}, {"email", login}, {"firstName", "U"}, {"lastName", "L"}};
    user.groups = {group};
    ASSERT_TRUE(org_.create_user(user).has_value());
  }
  const auto page = get("/groups/" + group.text() + "/users");
  EXPECT_THAT(each(page, "/id"), SizeIs(1'000));
  EXPECT_THAT(each(get(link_of(page, "next")), "/id"), SizeIs(1));
  EXPECT_THAT(each(get("/groups/" + group.text() + "/users?limit=200"), "/id"), SizeIs(200));
}

// [Okta provisioning-clients 4.12-06]
TEST_F(GroupsApi, a_rule_puts_users_into_groups_while_it_is_active) {
  const auto group = made_group("Sales");
  const auto amy = made_user("amy", R"(, "department": "Sales")");
  const auto body = [&](const std::string& expression, const std::string& groups) {
    return R"({"type": "group_rule", "name": "sales", "conditions": {"expression": {"value": ")" + expression + R"("}}, "actions": {"assignUserToGroups": {"groupIds": [)" + groups + "]}}}";
  };
  const auto right = body(R"(user.department == \"Sales\")", "\"" + group + "\"");
  const auto made = post("/groups/rules", right);
  EXPECT_EQ(at(made, "/status"), "INACTIVE");
  EXPECT_EQ(at(made, "/conditions/expression/value"), R"(user.department == "Sales")");
  EXPECT_EQ(at(made, "/actions/assignUserToGroups/groupIds/0"), group);
  const auto place = "/groups/rules/" + at(made, "/id");
  const auto members = [&] { return each(get("/groups/" + group + "/users"), "/id"); };
  EXPECT_THAT(members(), IsEmpty());
  EXPECT_EQ(outcome(post(place + "/lifecycle/activate")), "204");
  EXPECT_EQ(at(get(place), "/status"), "ACTIVE");
  EXPECT_THAT(members(), ElementsAre(amy));
  const auto bob = made_user("bob", R"(, "department": "Sales")");
  EXPECT_THAT(members(), SizeIs(2));
  (void)post("/users/" + bob, R"({"profile": {"department": "Support"}})");
  EXPECT_THAT(members(), ElementsAre(amy));
  EXPECT_EQ(send("PUT", place, right).status / 100, 4);
  EXPECT_EQ(outcome(post(place + "/lifecycle/deactivate")), "204");
  EXPECT_EQ(outcome(send("DELETE", place + "?removeUsers=true")), "204");
  EXPECT_THAT(members(), IsEmpty());
  EXPECT_EQ(outcome(get(place)), "404 E0000007");
  EXPECT_EQ(post("/groups/rules", body("1 +", "\"" + group + "\"")).status / 100, 4);
  EXPECT_EQ(post("/groups/rules", body(R"(user.department == \"Sales\")", "\"00g0\"")).status / 100, 4);
  EXPECT_EQ(outcome(post("/groups/rules", R"({"name": "none"})")), "400 E0000001");
}

}  // namespace groups_test
}  // namespace fakes::okta::api
