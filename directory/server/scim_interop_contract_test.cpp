// What other service providers got wrong with Entra, held against the core: each test sends what was sent there.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_interop_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ScimInterop : public ::testing::Test {
 protected:
  base::HttpResponse ask(std::string method, std::string target, std::string body = {}) {
    return bench_.generic(std::move(method), std::move(target), std::move(body));
  }
  base::HttpResponse patch(const std::string& path, std::string_view operations) {
    return ask("PATCH", path, patch_body(operations));
  }
  base::Json read(const std::string& path) { return body_of(ask("GET", path)); }
  std::string user(std::string_view name, std::string_view more = "") {
    return id_of(ask("POST", "/Users", user_body(name, fmt::format("{}@example.test", name), more)));
  }
  std::vector<std::string> users(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(user(fmt::format("user{}", i)));
    return ids;
  }
  static std::string member(const std::string& id) { return fmt::format(R"({{"value": "{}"}})", id); }
  static std::string members(const std::vector<std::string>& ids) {
    std::string list;
    for (const auto& id : ids) list += (list.empty() ? "" : ",") + member(id);
    return "[" + list + "]";
  }
  std::string team_of(const std::vector<std::string>& ids) {
    const auto body = fmt::format(
        R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Team", "members": {}}})", members(ids));
    return "/Groups/" + id_of(ask("POST", "/Groups", body));
  }
  std::set<std::string> members_of(const std::string& path) {
    std::set<std::string> out;
    const auto group = read(path);
    if (const auto* found = base::member(group, "members")) {
      for (const auto& one : found->as_array()) out.insert(base::string_or(one, "value", ""));
    }
    return out;
  }

  ServerBench bench_;
};

using Ids = std::set<std::string>;

// [Entra provisioning-clients 7.1-10]
TEST_F(ScimInterop, an_address_may_be_primary) {
  const auto id = user("amy", R"(, "addresses": [{"type": "work", "primary": true, "formatted": "1 Main Street"}])");
  EXPECT_EQ(read("/Users/" + id).at("addresses"), json(R"([{"type": "work", "primary": true, "formatted": "1 Main Street"}])"));
}

// [Entra provisioning-clients 7.1-13, 7.1-14, 2.7-12]: what is shown as it was sent is not sent again, and what is sent again
// all the same changes nothing.
TEST_F(ScimInterop, a_manager_is_shown_as_an_object_under_the_urn) {
  const auto boss = user("boss");
  const auto path = "/Users/" + user("amy");
  const auto set = fmt::format(R"([{{"op": "Add", "path": "{}:manager", "value": "{}"}}])", enterprise_urn, boss);
  ASSERT_EQ(patch(path, set).status, 200);
  const auto shown = read(path);
  EXPECT_EQ(shown.at(enterprise_urn).at("manager").at("value"), base::Json(boss));
  EXPECT_THAT(bench_.events_of([&] { ASSERT_EQ(patch(path, set).status, 200); }), IsEmpty());
  EXPECT_EQ(read(path), shown);
}

// [Entra provisioning-clients 7.1-19, 2.2-04]
TEST_F(ScimInterop, probes_for_nobody_are_answered_each_time_and_leave_no_trace) {
  const auto amy = user("amy");
  EXPECT_THAT(bench_.events_of([&] {
    for (const auto* guid : {"2b1a3c4d-0000-4000-8000-000000000001", "2b1a3c4d-0000-4000-8000-000000000002",
                             "2b1a3c4d-0000-4000-8000-000000000003"}) {
      const auto answer = ask("GET", fmt::format("/Users?filter=userName+eq+%22{}%22", guid));
      EXPECT_EQ(answer.status, 200);
      EXPECT_EQ(total_of(answer), 0);
    }
  }),
              IsEmpty());
  EXPECT_EQ(ask("GET", "/Users/" + amy).status, 200);
}

// [Entra provisioning-clients 7.1-20]
TEST_F(ScimInterop, who_names_no_user_agent_is_served) {
  const auto token = bench_.bearer(bench_.keys.generic_token);
  ASSERT_EQ(token.size(), 1U) << "no other field";
  const auto answer = bench_.ask("GET", "/scim/v2/Users?filter=userName+eq+%22nobody%22", token);
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(header_of(answer, "Content-Type"), ::testing::StartsWith("application/scim+json"));
}

// [Entra provisioning-clients 7.1-21, 2.1-13]
TEST_F(ScimInterop, who_is_inactive_is_found_is_not_created_again_and_comes_back) {
  const auto id = user("amy");
  const auto path = "/Users/" + id;
  ASSERT_EQ(patch(path, R"([{"op": "Replace", "path": "active", "value": "False"}])").status, 200);
  EXPECT_EQ(read(path).at("active"), base::Json(false));
  EXPECT_THAT(texts_of(ask("GET", filtered(R"(userName eq "amy")")), "id"), ElementsAre(id));
  EXPECT_EQ(outcome_of(ask("POST", "/Users", user_body("amy", "other@example.test"))), "409 uniqueness");
  ASSERT_EQ(patch(path, R"([{"op": "Replace", "path": "active", "value": "True"}])").status, 200);
  EXPECT_EQ(read(path).at("active"), base::Json(true));
}

// [Entra provisioning-clients 7.1-24, 7.1-29, 2.10-06] [RFC7644 3.5.2.3]: a replace is no add, whatever was meant.
TEST_F(ScimInterop, replaced_members_are_those_that_are_sent) {
  const auto ids = users(3);
  const auto team = team_of({ids[0], ids[1]});
  ASSERT_EQ(patch(team, fmt::format(R"([{{"op": "Replace", "path": "members", "value": {}}}])", members({ids[2]}))).status, 200);
  EXPECT_EQ(members_of(team), Ids{ids[2]});
}

// [Entra provisioning-clients 7.1-25]
TEST_F(ScimInterop, several_removals_in_one_request_take_those_they_name) {
  const auto ids = users(5);
  const auto team = team_of(ids);
  std::string operations;
  for (const auto i : {0, 1, 3})
    operations += fmt::format(R"({}{{"op": "Remove", "path": "members", "value": {}}})", operations.empty() ? "" : ",", members({ids[i]}));
  ASSERT_EQ(patch(team, "[" + operations + "]").status, 200);
  EXPECT_EQ(members_of(team), (Ids{ids[2], ids[4]}));
}

// [Entra provisioning-clients 7.1-26]
TEST_F(ScimInterop, a_member_more_leaves_the_hundred_and_fifty_before) {
  const auto ids = users(151);
  const auto team = team_of({ids.begin(), ids.end() - 1});
  ASSERT_EQ(patch(team, fmt::format(R"([{{"op": "Add", "path": "members", "value": {}}}])", members({ids.back()}))).status, 200);
  EXPECT_EQ(members_of(team), Ids(ids.begin(), ids.end()));
}

// [Entra provisioning-clients 7.1-27]
TEST_F(ScimInterop, a_list_shows_a_group_of_3500) {
  const auto ids = users(3500);
  team_of(ids);
  const auto answer = ask("GET", filtered(R"(displayName eq "Team")", "/Groups"));
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer).at("Resources").at(0).at("members").as_array().size(), 3500U);
  const auto without = ask("GET", filtered(R"(displayName eq "Team")", "/Groups") + "&excludedAttributes=members");
  EXPECT_EQ(base::member(body_of(without).at("Resources").at(0), "members"), nullptr);
}

// [Entra provisioning-clients 7.1-28]
TEST_F(ScimInterop, members_that_are_added_at_the_same_time_are_all_there) {
  const auto ids = users(8);
  const auto team = team_of({});
  std::vector<std::shared_ptr<Pending>> pending;
  for (const auto& id : ids) {
    pending.push_back(bench_.send("PATCH", "/scim/v2" + team, bench_.bearer(bench_.keys.generic_token),
                                  patch_body(fmt::format(R"([{{"op": "Add", "path": "members", "value": {}}}])", members({id})))));
  }
  bench_.settle();
  for (const auto& one : pending) {
    ASSERT_TRUE(one->result && *one->result);
    EXPECT_EQ((*one->result)->status, 200);
  }
  EXPECT_EQ(members_of(team), Ids(ids.begin(), ids.end()));
}

}  // namespace scim_interop_contract_test
}  // namespace directory
