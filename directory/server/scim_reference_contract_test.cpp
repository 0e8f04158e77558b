// What Microsoft's tests for the application gallery and the collection of its reference code send straight to a SCIM endpoint,
// against an integration without a policy.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_reference_contract_test {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class ScimReference : public ::testing::Test {
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
  std::string group(std::string_view name, std::string_view more = "") {
    return id_of(ask("POST", "/Groups",
                     fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{}"{}}})", name, more)));
  }
  std::vector<std::string> members_of(const std::string& id) {
    std::vector<std::string> out;
    const auto body = read("/Groups/" + id);
    if (const auto* members = base::member(body, "members")) {
      for (const auto& member : members->as_array()) out.push_back(base::string_or(member, "value", ""));
    }
    return out;
  }

  ServerBench bench_;
};

// The gallery's suite
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 3.2-03]
TEST_F(ScimReference, schemas_can_be_discovered) {
  std::set<std::string> ids;
  for (const auto& schema : read("/Schemas").at("Resources").as_array()) ids.insert(base::string_or(schema, "id", ""));
  for (const auto* id : {"urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:Group"})
    EXPECT_TRUE(ids.contains(id)) << id;
  EXPECT_TRUE(ids.contains(std::string(enterprise_urn)));
}

// [Entra provisioning-clients 3.2-03]
TEST_F(ScimReference, what_is_set_to_an_empty_text_or_null_reads_back_as_nothing) {
  const auto path = "/Users/" + user("amy");
  for (const auto* nothing : {R"("")", "null"}) {
    ASSERT_EQ(patch(path, R"([{"op": "Replace", "path": "title", "value": "Clerk"}])").status, 200);
    ASSERT_EQ(patch(path, fmt::format(R"([{{"op": "Replace", "path": "title", "value": {}}}])", nothing)).status, 200);
    EXPECT_EQ(base::string_or(read(path), "title", ""), "") << nothing;
  }
}

// [Entra provisioning-clients 3.2-03]
TEST_F(ScimReference, users_and_groups_are_created_and_changed) {
  const auto answer = ask("POST", "/Users", user_body("amy", "amy@example.test"));
  EXPECT_EQ(answer.status, 201);
  const auto amy = id_of(answer);
  EXPECT_NE(amy, "");
  EXPECT_EQ(read("/Users/" + amy).at("userName"), base::Json("amy"));
  EXPECT_EQ(patch("/Users/" + amy, R"([{"op": "Replace", "path": "displayName", "value": "Amy"}])").status, 200);
  EXPECT_EQ(read("/Users/" + amy).at("displayName"), base::Json("Amy"));
  const auto team = group("Sales");
  EXPECT_EQ(patch("/Groups/" + team, R"([{"op": "Replace", "path": "displayName", "value": "Vendors"}])").status, 200);
  EXPECT_EQ(read("/Groups/" + team).at("displayName"), base::Json("Vendors"));
}

// [Entra provisioning-clients 3.2-03, 2.11-04]
TEST_F(ScimReference, eleven_users_and_groups_are_read_by_five) {
  std::set<std::string> users;
  std::set<std::string> groups;
  for (int i = 0; i < 11; ++i) {
    users.insert(user(fmt::format("user{}", i)));
    groups.insert(group(fmt::format("group{}", i)));
  }
  for (const auto& [endpoint, all] : {std::pair("/Users", users), std::pair("/Groups", groups)}) {
    std::vector<std::size_t> sizes;
    std::set<std::string> seen;
    for (const auto start : {1, 6, 11}) {
      const auto page = ask("GET", fmt::format("{}?startIndex={}&count=5", endpoint, start));
      EXPECT_EQ(total_of(page), 11);
      const auto ids = texts_of(page, "id");
      sizes.push_back(ids.size());
      seen.insert(ids.begin(), ids.end());
    }
    EXPECT_THAT(sizes, ElementsAre(5U, 5U, 1U)) << endpoint;
    EXPECT_EQ(seen, all) << endpoint;
  }
}

// [Entra provisioning-clients 3.2-05, 2.1-14]
TEST_F(ScimReference, twenty_five_requests_in_a_second_are_answered) {
  std::vector<std::shared_ptr<Pending>> pending;
  const auto began = bench_.now();
  for (int i = 0; i < 25; ++i) {
    pending.push_back(bench_.send("POST", "/scim/v2/Users", bench_.bearer(bench_.keys.generic_token),
                                  user_body(fmt::format("user{}", i), fmt::format("user{}@example.test", i))));
  }
  bench_.settle();
  for (const auto& one : pending) {
    ASSERT_TRUE(one->result && *one->result);
    EXPECT_EQ((*one->result)->status, 201);
    EXPECT_LE(one->concluded - began, std::chrono::seconds{1});
  }
  EXPECT_EQ(total_of(ask("GET", filtered(R"(userName eq "nobody")"))), 0);
}

// [Entra provisioning-clients 3.2-05]
TEST_F(ScimReference, one_operation_may_hold_several_members) {
  const auto team = group("Sales");
  const auto amy = user("amy");
  const auto bob = user("bob");
  EXPECT_EQ(patch("/Groups/" + team,
                  fmt::format(R"([{{"op": "Add", "path": "members", "value": [{{"value": "{}"}}, {{"value": "{}"}}]}}])", amy, bob))
                .status,
            200);
  EXPECT_THAT(members_of(team), UnorderedElementsAre(amy, bob));
}

// The collection of the reference code
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 3.3-01]
TEST_F(ScimReference, active_as_a_text_is_taken_and_kept_as_a_boolean) {
  const auto answer = ask("POST", "/Users", user_body("amy", "amy@example.test", R"(, "active": "True")"));
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(body_of(answer).at("active"), base::Json(true));
}

// [Entra provisioning-clients 3.3-01]
TEST_F(ScimReference, junk_is_refused_and_a_duplicate_is_a_conflict) {
  const auto amy = user("amy");
  const auto nameless =
      R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "emails": [{"type": "work", "value": "x@example.test"}]})";
  EXPECT_EQ(outcome_of(ask("POST", "/Users", nameless)), "400 invalidValue");
  EXPECT_EQ(ask("POST", "/Users", "{junk").status, 400);
  EXPECT_EQ(outcome_of(ask("POST", "/Users", user_body("amy", "other@example.test"))), "409 uniqueness");
  EXPECT_EQ(outcome_of(ask("PUT", "/Users/" + amy, nameless)), "400 invalidValue");
  EXPECT_EQ(ask("PUT", "/Users/" + amy, user_body("amy", "amy@example.test", R"(, "title": "Clerk")")).status, 200);
  EXPECT_EQ(read("/Users/" + amy).at("title"), base::Json("Clerk"));
  for (const auto* path : {"/ServiceProviderConfig", "/Schemas", "/ResourceTypes"}) EXPECT_EQ(ask("GET", path).status, 200) << path;
}

// [Entra provisioning-clients 3.3-02]
TEST_F(ScimReference, members_come_as_objects_or_plain_ids_and_go_one_by_one_or_all) {
  const auto team = group("Sales");
  const auto amy = user("amy");
  const auto bob = user("bob");
  const auto changes = [&](const std::string& operation) { return patch("/Groups/" + team, "[" + operation + "]").status; };
  EXPECT_EQ(changes(fmt::format(R"({{"op": "add", "path": "members", "value": [{{"value": "{}"}}]}})", amy)), 200);
  EXPECT_EQ(changes(fmt::format(R"({{"op": "add", "path": "members", "value": "{}"}})", bob)), 200);
  EXPECT_THAT(members_of(team), UnorderedElementsAre(amy, bob));
  EXPECT_EQ(changes(fmt::format(R"({{"op": "remove", "path": "members[value eq \"{}\"]"}})", amy)), 200);
  EXPECT_THAT(members_of(team), ElementsAre(bob));
  EXPECT_EQ(changes(R"({"op": "remove", "path": "members"})"), 200);
  EXPECT_THAT(members_of(team), ElementsAre());
}

// [Entra provisioning-clients 3.3-02]
TEST_F(ScimReference, filters_projections_and_pages_answer) {
  const auto before = base::to_rfc3339(bench_.now());
  bench_.settle();
  user("amy", R"(, "title": "Clerk", "displayName": "Amy Ash")");
  user("bob", R"(, "title": "Clerk", "displayName": "Bob Elm")");
  user("cid", R"(, "title": "Guide", "displayName": "Cid Ash")");
  const auto found = [&](std::string_view filter) { return usernames_of(ask("GET", filtered(filter))); };
  EXPECT_THAT(found(R"(title eq "Clerk" and displayName co "Ash")"), ElementsAre("amy"));
  EXPECT_THAT(found(R"(userName eq "amy" or userName eq "cid")"), UnorderedElementsAre("amy", "cid"));
  EXPECT_THAT(found(R"(displayName sw "Bob")"), ElementsAre("bob"));
  EXPECT_THAT(found(fmt::format(R"(meta.lastModified gt "{}")", before)), UnorderedElementsAre("amy", "bob", "cid"));
  const auto page = ask("GET", "/Users?startIndex=1&count=2&attributes=userName");
  EXPECT_EQ(total_of(page), 3);
  EXPECT_EQ(usernames_of(page).size(), 2U);
  EXPECT_THAT(page.body, ::testing::Not(::testing::HasSubstr("Clerk")));
}

}  // namespace scim_reference_contract_test
}  // namespace directory
