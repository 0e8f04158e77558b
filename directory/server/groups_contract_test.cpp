// Groups of users and of devices as the admin API offers them: their fields, their names, their members.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/groups/graph_fixture.h"

namespace directory {
namespace groups_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

/// The same for both types of groups.
class GroupsContract : public ::testing::TestWithParam<GraphType> {
 protected:
  std::string groups() { return fmt::format("/api/v2/{}", collection_name(GetParam())); }
  Node group(std::string_view name, std::string_view more = "") {
    return GetParam() == GraphType::user_group ? graph_.group(name, more) : graph_.system_group(name, more);
  }
  Node member(std::string_view name) {
    return GetParam() == GraphType::user_group ? graph_.user(name) : graph_.system(name);
  }
  base::Json read(const Node& group) { return body_of(graph_.bench.admin("GET", GraphBench::of(group))); }
  base::HttpResponse put(const Node& group, std::string body) {
    return graph_.bench.admin("PUT", GraphBench::of(group), std::move(body));
  }

  GraphBench graph_;
};

INSTANTIATE_TEST_SUITE_P(OfUsersAndOfSystems, GroupsContract,
                         ::testing::Values(GraphType::user_group, GraphType::system_group),
                         [](const auto& type) { return std::string(type_name(type.param)); });

// [rule D50]
TEST_P(GroupsContract, a_group_is_made_read_changed_and_deleted) {
  const auto staff = group("staff", R"(, "description": "Everyone", "membershipMethod": "STATIC")");
  const auto shown = read(staff);
  EXPECT_EQ(shown.at("id"), base::Json(staff.id));
  EXPECT_EQ(shown.at("name"), base::Json("staff"));
  EXPECT_EQ(shown.at("type"), base::Json(std::string(type_name(GetParam()))));
  EXPECT_EQ(shown.at("description"), base::Json("Everyone"));
  EXPECT_EQ(shown.at("membershipMethod"), base::Json("STATIC"));
  EXPECT_EQ(read(group("crew")).at("membershipMethod"), base::Json("NOTSET"));

  const auto changed = put(staff, R"({"name": "Staff of Berlin", "description": null})");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(body_of(changed), read(staff));
  EXPECT_EQ(read(staff).at("name"), base::Json("Staff of Berlin"));
  EXPECT_EQ(read(staff).at("description"), base::Json(""));
  EXPECT_EQ(read(staff).at("membershipMethod"), base::Json("STATIC")) << "what is not named stays";

  EXPECT_EQ(graph_.bench.admin("DELETE", GraphBench::of(staff)).status, 204);
  for (const auto* method : {"GET", "PUT", "DELETE"}) {
    EXPECT_EQ(graph_.bench.admin(method, GraphBench::of(staff), "{}").status, 404) << method;
  }
}

// [rule D57] [rule D121]
TEST_P(GroupsContract, a_name_is_taken_once) {
  group("staff");
  const auto other = group("crew");
  for (const auto* name : {"staff", "Staff"}) {
    const auto answer = graph_.make_group(GetParam(), name);
    EXPECT_EQ(answer.status, 409) << name;
    EXPECT_EQ(body_of(answer).at("message"), base::Json("Group already exists"));
    EXPECT_EQ(put(other, fmt::format(R"({{"name": "{}"}})", name)).status, 409) << name;
  }
  EXPECT_EQ(put(other, R"({"name": "Crew"})").status, 200) << "its own name in another case";
  const auto elsewhere =
      GetParam() == GraphType::user_group ? GraphType::system_group : GraphType::user_group;
  EXPECT_EQ(graph_.make_group(elsewhere, "staff").status, 201)
      << "groups of another type have names of their own";
}

// [rule D50] [rule D20]
TEST_P(GroupsContract, what_is_no_group_is_refused) {
  const std::string longest(1024, 'x');
  for (const auto& body :
       {std::string("{}"), std::string(""), std::string("[]"), std::string(R"({"name": ""})"),
        std::string(R"({"name": 5})"), std::string(R"({"name": null})"),
        std::string(R"({"name": "x", "membershipMethod": "DYNAMIC"})"),
        std::string(R"({"name": "x", "membershipMethod": 1})"),
        std::string(R"({"name": "x", "description": []})"), std::string(R"({"name": "x", "attributes": []})"),
        fmt::format(R"({{"name": "{}x"}})", longest)}) {
    EXPECT_EQ(graph_.bench.admin("POST", groups(), body).status, 400) << body;
  }
  EXPECT_EQ(graph_.make_group(GetParam(), longest).status, 201);
  EXPECT_THAT(body_of(graph_.bench.admin("GET", groups())).as_array(), SizeIs(1));
}

// [rule D55] [rule F68]
TEST_P(GroupsContract, a_member_is_added_once_and_removed_once) {
  const auto staff = group("staff");
  const auto amy = member("amy");
  EXPECT_EQ(graph_.member("add", staff, amy), 204);
  EXPECT_EQ(graph_.member("add", staff, amy), 409);
  EXPECT_THAT(graph_.ids(staff, "members"), ElementsAre(amy.id));
  EXPECT_THAT(graph_.ids(staff, "membership"), ElementsAre(amy.id));
  EXPECT_THAT(graph_.ids(amy, "memberof"), ElementsAre(staff.id));
  EXPECT_EQ(graph_.member("remove", staff, amy), 204);
  EXPECT_EQ(graph_.member("remove", staff, amy), 404);
  EXPECT_THAT(graph_.ids(staff, "members"), IsEmpty());
  EXPECT_THAT(graph_.ids(amy, "memberof"), IsEmpty());
}

TEST_P(GroupsContract, a_member_is_of_the_groups_type_and_exists_D55) {
  const auto staff = group("staff");
  const auto amy = member("amy");
  const auto stranger = GetParam() == GraphType::user_group ? graph_.system("laptop") : graph_.user("bob");
  EXPECT_EQ(graph_.member("add", staff, stranger), 400);
  EXPECT_EQ(graph_.member("add", staff, Node{amy.type, stranger.id}), 404);
  EXPECT_EQ(graph_.member("add", staff, Node{amy.type, "nobody"}), 404);
  EXPECT_EQ(graph_.member("add", Node{staff.type, "none"}, amy), 404);
  EXPECT_EQ(graph_.member("join", staff, amy), 400);
  EXPECT_EQ(graph_.member("add", staff, group("crew")), 400) << "groups are not nested";
  EXPECT_THAT(graph_.ids(staff, "members"), IsEmpty());
}

// [rule D27]
TEST_P(GroupsContract, lists_are_paged_and_found_by_name) {
  for (int i = 0; i < 12; ++i) group(fmt::format("group {:02}", i));
  const auto names = [&](std::string_view query) {
    std::vector<std::string> found;
    for (const auto& entry : body_of(graph_.bench.admin("GET", groups() + std::string(query))).as_array()) {
      found.push_back(base::string_or(entry, "name", ""));
    }
    return found;
  };
  EXPECT_THAT(names(""), SizeIs(10));
  EXPECT_THAT(names("?skip=10"), ElementsAre("group 10", "group 11"));
  EXPECT_THAT(names("?limit=2"), ElementsAre("group 00", "group 01"));
  EXPECT_THAT(names("?filter=name:eq:group%2003"), ElementsAre("group 03"));
  EXPECT_THAT(names("?filter=name:eq:Group%2003"), IsEmpty()) << "a filter minds the case";
  EXPECT_EQ(graph_.bench.admin("GET", groups() + "?filter=name").status, 400);
  const auto large = group("large");
  std::vector<Node> members;
  for (int i = 0; i < 11; ++i)
    graph_.member("add", large, members.emplace_back(member(fmt::format("member{}", i))));
  EXPECT_THAT(graph_.ids(large, "members"), SizeIs(10));
  EXPECT_THAT(graph_.ids(large, "members?skip=10"), SizeIs(1));
}

// [rule DI49] [rule DI21]
TEST_P(GroupsContract, each_change_has_its_event) {
  Node staff;
  EXPECT_THAT(graph_.bench.events_of([&] { staff = group("staff"); }), ElementsAre("group_create"));
  EXPECT_EQ(
      graph_.bench.events().back().at("resource"),
      json(fmt::format(R"({{"type": "{}", "id": "{}", "name": "staff"}})", type_name(GetParam()), staff.id)));
  EXPECT_THAT(graph_.bench.events_of([&] { put(staff, R"({"name": "crew"})"); }),
              ElementsAre("group_update"));
  EXPECT_EQ(graph_.bench.events().back().at("changes"),
            json(R"([{"field": "name", "from": "staff", "to": "crew"}])"));
  EXPECT_THAT(graph_.bench.events_of([&] { put(staff, R"({"name": "crew"})"); }), IsEmpty());
  const auto amy = member("amy");
  EXPECT_THAT(graph_.bench.events_of([&] { graph_.member("add", staff, amy); }),
              ElementsAre("association_change"));
  EXPECT_THAT(graph_.bench.events_of([&] { graph_.member("add", staff, amy); }), IsEmpty()) << "a refusal";
  EXPECT_THAT(graph_.bench.events_of([&] { graph_.bench.admin("DELETE", GraphBench::of(staff)); }),
              ElementsAre("group_delete"));
}

// [rule R7]
TEST(GroupsOfUsers, hold_users_whatever_their_state) {
  GraphBench graph;
  const auto staff = graph.group("federated");
  std::vector<std::string> ids;
  for (const auto* state : {"STAGED", "ACTIVATED", "SUSPENDED"}) {
    const auto user =
        graph.user(fmt::format("user-{}", base::to_lower(state)), fmt::format(R"(, "state": "{}")", state));
    EXPECT_EQ(graph.member("add", staff, user), 204) << state;
    ids.push_back(user.id);
  }
  EXPECT_THAT(graph.ids(staff, "members"), UnorderedElementsAre(ids[0], ids[1], ids[2]));
}

}  // namespace groups_contract_test
}  // namespace directory
