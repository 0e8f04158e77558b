// Who may use which device, over every way the graph offers: directly, through a group of users, through a
// group of devices, through both. What counts is what the device's agent is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "directory/groups/graph_fixture.h"

namespace directory {
namespace graph_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class GraphContract : public ::testing::Test {
 protected:
  GraphBench graph_;
  Node amy_ = graph_.onboarded("amy.lee");
  Node laptop_ = graph_.system("laptop");
  Node staff_ = graph_.group("staff");
  Node fleet_ = graph_.system_group("fleet");

  bool amy_is_on_the_laptop() { return graph_.has_account(laptop_, amy_); }
};

// [rule V1] [rule D61] [rule D62]
TEST_F(GraphContract, every_way_from_a_user_to_a_device_gives_access) {
  graph_.member("add", staff_, amy_);
  graph_.member("add", fleet_, laptop_);
  for (const auto& [from, to] :
       {std::pair{amy_, laptop_}, {amy_, fleet_}, {staff_, laptop_}, {staff_, fleet_}}) {
    EXPECT_FALSE(amy_is_on_the_laptop());
    EXPECT_EQ(graph_.join("add", from, to), 204);
    EXPECT_TRUE(amy_is_on_the_laptop()) << type_name(from.type) << " " << type_name(to.type);
    EXPECT_THAT(graph_.ids(amy_, "systems"), ElementsAre(laptop_.id));
    EXPECT_THAT(graph_.ids(laptop_, "users"), ElementsAre(amy_.id));
    EXPECT_EQ(graph_.join("remove", to, from), 204) << "either end may be asked";
  }
  EXPECT_FALSE(amy_is_on_the_laptop());
}

// [rule V9] [rule D61] [rule V8]
TEST_F(GraphContract, access_goes_with_the_last_of_its_paths) {
  graph_.member("add", staff_, amy_);
  graph_.member("add", fleet_, laptop_);
  const std::vector<std::function<int(std::string_view)>> paths{
      [&](std::string_view op) { return graph_.join(op, amy_, laptop_); },
      [&](std::string_view op) { return graph_.join(op, amy_, fleet_); },
      [&](std::string_view op) { return graph_.join(op, staff_, laptop_); },
      [&](std::string_view op) { return graph_.join(op, staff_, fleet_); }};
  for (std::size_t last = 0; last < paths.size(); ++last) {
    for (const auto& path : paths) path("add");
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (i == last) continue;
      const auto before = graph_.revision(laptop_);
      EXPECT_EQ(paths[i]("remove"), 204);
      EXPECT_TRUE(amy_is_on_the_laptop());
      EXPECT_EQ(graph_.revision(laptop_), before) << "nothing changes for the device";
    }
    paths[last]("remove");
    EXPECT_FALSE(amy_is_on_the_laptop());
  }
}

// [rule D61]
TEST_F(GraphContract, paths_tell_all_that_must_be_removed) {
  graph_.member("add", staff_, amy_);
  graph_.member("add", fleet_, laptop_);
  graph_.join("add", amy_, laptop_);
  graph_.join("add", staff_, fleet_);
  using Steps = std::vector<std::string>;
  EXPECT_THAT(graph_.paths(amy_, "systems", laptop_),
              UnorderedElementsAre(Steps{laptop_.id}, Steps{staff_.id, fleet_.id, laptop_.id}));
  EXPECT_THAT(graph_.paths(laptop_, "users", amy_),
              UnorderedElementsAre(Steps{amy_.id}, Steps{fleet_.id, staff_.id, amy_.id}));
  EXPECT_THAT(graph_.paths(staff_, "systems", laptop_), UnorderedElementsAre(Steps{fleet_.id, laptop_.id}));
  EXPECT_THAT(graph_.paths(amy_, "memberof", staff_), UnorderedElementsAre(Steps{staff_.id}));
}

// [rule D63]: a status that nobody has is left out, and not shown as success.
TEST_F(GraphContract, what_is_reached_carries_no_status_where_nothing_is_synchronised) {
  graph_.join("add", amy_, laptop_);
  const auto reached = graph_.list(amy_, "systems").at(0);
  for (const auto* name : {"syncStatus", "externalId"})
    EXPECT_EQ(base::member(reached, name), nullptr) << name;
  for (const auto* name : {"id", "type", "compiledAttributes", "paths"})
    EXPECT_NE(base::member(reached, name), nullptr) << name;
}

// [rule R104]: the graph's part of it, with a device in place of a cloud directory.
TEST_F(GraphContract, access_goes_with_a_membership_or_a_deleted_group) {
  graph_.join("add", staff_, laptop_);
  graph_.member("add", staff_, amy_);
  EXPECT_TRUE(amy_is_on_the_laptop());
  graph_.member("remove", staff_, amy_);
  EXPECT_FALSE(amy_is_on_the_laptop());
  graph_.member("add", staff_, amy_);
  EXPECT_EQ(graph_.bench.admin("DELETE", GraphBench::of(staff_)).status, 204);
  EXPECT_FALSE(amy_is_on_the_laptop());
  graph_.join("add", amy_, fleet_);
  graph_.member("add", fleet_, laptop_);
  EXPECT_TRUE(amy_is_on_the_laptop());
  graph_.member("remove", fleet_, laptop_);
  EXPECT_FALSE(amy_is_on_the_laptop());
  graph_.member("add", fleet_, laptop_);
  graph_.bench.admin("DELETE", GraphBench::of(fleet_));
  EXPECT_FALSE(amy_is_on_the_laptop());
}

// [rule V11]
TEST_F(GraphContract, admin_rights_come_from_any_path_that_gives_them) {
  graph_.member("add", staff_, amy_);
  graph_.join("add", amy_, laptop_);
  const auto is_admin = [&] { return graph_.account(laptop_, amy_).at("sudo") == base::Json(true); };
  EXPECT_FALSE(is_admin());
  graph_.join("add", staff_, laptop_, GraphBench::with_sudo);
  EXPECT_TRUE(is_admin());
  EXPECT_EQ(graph_.list(amy_, "systems").at(0).at("compiledAttributes").at("sudo").at("enabled"),
            base::Json(true));
  graph_.join("update", staff_, laptop_, GraphBench::without_sudo);
  EXPECT_FALSE(is_admin());
  const auto put = [&](std::string_view attributes) {
    return graph_.bench
        .admin("PUT", GraphBench::of(staff_), fmt::format(R"({{"name": "staff"{}}})", attributes))
        .status;
  };
  EXPECT_EQ(put(GraphBench::with_sudo), 200);
  EXPECT_TRUE(is_admin()) << "the group itself may carry it";
  EXPECT_EQ(put(GraphBench::without_sudo), 200);
  EXPECT_FALSE(is_admin());
}

// [rule R15] [rule D61]
TEST_F(GraphContract, who_gains_the_first_path_is_handed_the_password_and_once) {
  graph_.member("add", staff_, amy_);
  graph_.join("add", staff_, laptop_);
  const auto handoff = graph_.handoff(laptop_, amy_);
  ASSERT_THAT(handoff, Not(IsEmpty()));
  graph_.report(laptop_, handoff);
  graph_.join("add", amy_, laptop_);
  graph_.join("remove", staff_, laptop_);
  EXPECT_EQ(graph_.handoff(laptop_, amy_), "") << "the device has it already";
  graph_.join("remove", amy_, laptop_);
  graph_.join("add", staff_, laptop_);
  EXPECT_THAT(graph_.handoff(laptop_, amy_), Not(IsEmpty())) << "access came anew";
}

// [rule D98]
TEST_F(GraphContract, without_password_sync_no_password_is_handed_on) {
  constexpr std::string_view off = R"(, "attributes": {"passwordSync": {"enabled": false}})";
  constexpr std::string_view on = R"(, "attributes": {"passwordSync": {"enabled": true}})";
  graph_.join("add", amy_, laptop_, off);
  EXPECT_EQ(graph_.handoff(laptop_, amy_), "");
  graph_.join("update", amy_, laptop_, on);
  EXPECT_THAT(graph_.handoff(laptop_, amy_), Not(IsEmpty()));
  graph_.join("update", amy_, laptop_, off);
  EXPECT_EQ(graph_.handoff(laptop_, amy_), "") << "what waited is withdrawn";
}

// [rule V6] [rule R20]: everyone through the group, at once.
TEST_F(GraphContract, a_change_of_a_group_wakes_the_devices_concerned_and_no_other) {
  const auto tablet = graph_.system("tablet");
  const auto stranger = graph_.system("stranger");
  for (const auto& device : {laptop_, tablet}) graph_.member("add", fleet_, device);
  graph_.join("add", staff_, fleet_);
  std::vector<std::int64_t> before;
  for (const auto& device : {laptop_, tablet, stranger}) before.push_back(graph_.revision(device));
  graph_.member("add", staff_, amy_);
  EXPECT_GT(graph_.revision(laptop_), before[0]);
  EXPECT_GT(graph_.revision(tablet), before[1]);
  EXPECT_EQ(graph_.revision(stranger), before[2]);
  EXPECT_TRUE(graph_.has_account(tablet, amy_));
}

// [rule D26] [rule R103]
TEST_F(GraphContract, a_deleted_user_leaves_groups_and_devices) {
  graph_.member("add", staff_, amy_);
  graph_.join("add", staff_, laptop_);
  graph_.bench.admin("DELETE", "/api/systemusers/" + amy_.id);
  EXPECT_THAT(graph_.ids(staff_, "members"), IsEmpty());
  EXPECT_THAT(graph_.ids(laptop_, "users"), IsEmpty());
  EXPECT_THAT(graph_.desired(laptop_).at("accounts").as_array(), IsEmpty());
}

// Associations

// [rule D60] [rule D62]
TEST_F(GraphContract, associations_join_what_the_table_allows_and_nothing_else) {
  const auto bob = graph_.user("bob");
  const auto tablet = graph_.system("tablet");
  EXPECT_EQ(graph_.join("add", amy_, bob), 400);
  EXPECT_EQ(graph_.join("add", amy_, staff_), 400) << "that is a membership";
  EXPECT_EQ(graph_.join("add", laptop_, tablet), 400);
  EXPECT_EQ(graph_.join("add", laptop_, fleet_), 400);
  EXPECT_EQ(graph_.join("bind", amy_, laptop_), 400);
  EXPECT_EQ(graph_.join("add", amy_, Node{GraphType::office_365, "none"}), 404)
      << "allowed, but there is none";
  EXPECT_EQ(graph_.join("add", laptop_, Node{GraphType::office_365, "none"}), 400);
  EXPECT_EQ(graph_.join("add", amy_, Node{GraphType::system, "none"}), 404);
  EXPECT_EQ(graph_.join("add", Node{GraphType::user_group, "none"}, laptop_), 404);
  EXPECT_EQ(graph_.join("remove", amy_, laptop_), 404);
  EXPECT_EQ(graph_.join("update", amy_, laptop_), 404);
  for (const auto* attributes : {R"(, "attributes": 5)", R"(, "attributes": {"sudo": true})",
                                 R"(, "attributes": {"sudo": {"enabled": "yes"}})",
                                 R"(, "attributes": {"passwordSync": {"enabled": 1}})"}) {
    EXPECT_EQ(graph_.join("add", amy_, laptop_, attributes), 400) << attributes;
  }
  EXPECT_THAT(graph_.ids(laptop_, "users"), IsEmpty());
}

// [rule D60]
TEST_F(GraphContract, direct_associations_are_listed_by_the_targets_that_are_asked_for) {
  graph_.join("add", amy_, laptop_, GraphBench::with_sudo);
  graph_.join("add", amy_, fleet_);
  graph_.member("add", staff_, amy_);
  graph_.join("add", staff_, graph_.system("tablet"));
  EXPECT_THAT(graph_.ids(amy_, "associations?targets=system"), ElementsAre(laptop_.id))
      << "direct ones alone";
  EXPECT_THAT(graph_.ids(amy_, "associations?targets=system,system_group"),
              ElementsAre(laptop_.id, fleet_.id));
  EXPECT_THAT(graph_.ids(amy_, "associations?targets=system&targets=system_group"),
              ElementsAre(laptop_.id, fleet_.id));
  EXPECT_THAT(graph_.ids(amy_, "associations?targets=system,system_group&limit=1&skip=1"),
              ElementsAre(fleet_.id));
  EXPECT_THAT(graph_.ids(laptop_, "associations?targets=user"), ElementsAre(amy_.id));
  EXPECT_EQ(graph_.list(amy_, "associations?targets=system").at(0).at("attributes").at("sudo").at("enabled"),
            base::Json(true));
  for (const auto* query :
       {"", "?targets=", "?targets=user", "?targets=nonsense", "?targets=system,nonsense"}) {
    EXPECT_EQ(graph_.bench.admin("GET", GraphBench::of(amy_) + "/associations" + query).status, 400) << query;
  }
}

TEST_F(GraphContract, traversals_are_paged) {
  for (int i = 0; i < 12; ++i) graph_.join("add", amy_, graph_.system(fmt::format("device-{}", i)));
  EXPECT_THAT(graph_.ids(amy_, "systems"), SizeIs(10));
  EXPECT_THAT(graph_.ids(amy_, "systems?skip=10"), SizeIs(2));
  EXPECT_THAT(graph_.ids(amy_, "systems?limit=100"), SizeIs(12));
  EXPECT_THAT(graph_.ids(amy_, "systems?skip=9223372036854775807"), IsEmpty());
  EXPECT_EQ(graph_.bench.admin("GET", "/api/v2/users/nobody/systems").status, 404);
}

// Events

// [rule DI23] [rule DI49] [rule DI21]
TEST_F(GraphContract, an_association_change_names_both_ends) {
  const auto last = [&] { return graph_.bench.events().back(); };
  graph_.join("add", laptop_, amy_);
  EXPECT_EQ(last().at("event_type"), base::Json("association_change"));
  EXPECT_EQ(last().at("association"), json(fmt::format(R"({{"op": "add", "connection": {{
                   "from": {{"type": "user", "object_id": "{}", "name": "amy.lee"}},
                   "to": {{"type": "system", "object_id": "{}", "name": "laptop"}}}}}})",
                                                       amy_.id, laptop_.id)));
  graph_.member("add", staff_, amy_);
  EXPECT_EQ(last().at("association"), json(fmt::format(R"({{"op": "add", "connection": {{
                   "from": {{"type": "user_group", "object_id": "{}", "name": "staff"}},
                   "to": {{"type": "user", "object_id": "{}", "name": "amy.lee"}}}}}})",
                                                       staff_.id, amy_.id)));
  EXPECT_EQ(last().at("resource").at("type"), base::Json("user_group"));
  graph_.member("add", fleet_, laptop_);
  EXPECT_EQ(last().at("resource").at("type"), base::Json("system_group"));
  graph_.member("remove", fleet_, laptop_);
  EXPECT_EQ(last().at("association").at("op"), base::Json("remove"));
}

// [rule DI45]
TEST_F(GraphContract, sudo_that_comes_or_goes_has_an_event_of_its_own) {
  const auto events = [&](std::string_view op, const Node& from, std::string_view attributes) {
    return graph_.bench.events_of([&] { graph_.join(op, from, laptop_, attributes); });
  };
  EXPECT_THAT(events("add", amy_, GraphBench::with_sudo),
              ElementsAre("association_change", "user_admin_granted"));
  EXPECT_THAT(events("add", amy_, GraphBench::with_sudo), IsEmpty()) << "nothing changed";
  EXPECT_THAT(events("update", amy_, GraphBench::without_sudo),
              ElementsAre("association_change", "user_admin_revoked"));
  EXPECT_THAT(events("remove", amy_, ""), ElementsAre("association_change"));
  EXPECT_THAT(events("add", staff_, GraphBench::with_sudo),
              ElementsAre("association_change", "user_group_admin_grant"));
  EXPECT_THAT(events("remove", staff_, ""), ElementsAre("association_change", "user_group_admin_revoke"));
  const auto put = [&](std::string_view attributes) {
    return graph_.bench.events_of([&] {
      graph_.bench.admin("PUT", GraphBench::of(staff_), fmt::format(R"({{"name": "staff"{}}})", attributes));
    });
  };
  EXPECT_THAT(put(GraphBench::with_sudo), ElementsAre("user_group_admin_grant"));
  EXPECT_THAT(put(GraphBench::without_sudo), ElementsAre("user_group_admin_revoke"));
}

}  // namespace graph_contract_test
}  // namespace directory
