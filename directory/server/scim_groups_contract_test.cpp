// Groups: the directory's user groups as SCIM shows them, in the RFC's forms and in those of Entra and Okta.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace scim_groups_contract_test {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::string group_body(std::string_view name, std::string_view more = "") {
  return fmt::format(
      R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{}"{}}})", name, more);
}

std::string member(std::string_view id) {
  return fmt::format(R"({{"value": "{}"}})", id);
}

class ScimGroups : public ::testing::Test {
 protected:
  ScimGroups()
      : amy_(bench_.provision("amy")), bob_(bench_.provision("bob")), cid_(bench_.provision("cid")) {}

  base::HttpResponse post(std::string_view name, std::string_view more = "") {
    return bench_.generic("POST", "/Groups", group_body(name, more));
  }
  base::HttpResponse patch(const std::string& id, std::string_view operations) {
    return bench_.generic("PATCH", "/Groups/" + id, patch_body(operations));
  }
  base::Json resource(const std::string& id) { return body_of(bench_.generic("GET", "/Groups/" + id)); }
  std::set<std::string> members_of(const std::string& id) {
    std::set<std::string> ids;
    const auto group = resource(id);
    const auto* members = base::member(group, "members");
    if (members == nullptr) return ids;
    for (const auto& one : members->as_array()) {
      EXPECT_TRUE(ids.insert(base::string_or(one, "value", "")).second) << "a member appears once";
    }
    return ids;
  }
  std::vector<std::string> found(std::string_view filter) {
    const auto answer = bench_.generic("GET", filtered(filter, "/Groups"));
    EXPECT_EQ(answer.status, 200) << filter << " " << answer.body;
    return texts_of(answer, "displayName");
  }

  ServerBench bench_;
  std::string amy_, bob_, cid_;
};

// [RFC7643 4.2] [RFC7644 3.3] [rule DI49]
TEST_F(ScimGroups, a_group_is_created_with_its_members) {
  base::HttpResponse answer;
  EXPECT_THAT(bench_.events_of([&] {
    answer = post("Sales",
                  fmt::format(R"(, "externalId": "E1", "members": [{}, {}])", member(amy_), member(bob_)));
  }),
              ElementsAre("group_create", "association_change", "association_change"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto group = body_of(answer);
  EXPECT_EQ(group.at("displayName"), base::Json("Sales"));
  EXPECT_EQ(group.at("externalId"), base::Json("E1"));
  EXPECT_EQ(group.at("meta").at("resourceType"), base::Json("Group"));
  EXPECT_EQ(header_of(answer, "Location"), "https://directory.example.test/scim/v2/Groups/" + id_of(answer));
  EXPECT_THAT(members_of(id_of(answer)), UnorderedElementsAre(amy_, bob_));
  for (const auto& one : group.at("members").as_array()) {
    EXPECT_EQ(one.at("$ref"), base::Json("https://directory.example.test/scim/v2/Users/" +
                                         base::string_or(one, "value", "")));
    EXPECT_EQ(one.at("type"), base::Json("User"));
  }
  EXPECT_EQ(resource(id_of(answer)), group);
}

// The same user groups that the admin API shows. [rule D50]
TEST_F(ScimGroups, it_is_the_directorys_own_user_group) {
  const auto id = id_of(post("Sales", fmt::format(R"(, "members": [{}])", member(amy_))));
  const auto answer = bench_.admin("GET", "/api/v2/usergroups/" + id);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(body_of(answer).at("name"), base::Json("Sales"));
  ASSERT_EQ(bench_
                .admin("POST", "/api/v2/usergroups/" + id + "/members",
                       fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", bob_))
                .status,
            204);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_, bob_));
}

// [RFC7643 4.1.2] [RFC7643 4.1]: read-only on the user, and part of the user's version.
TEST_F(ScimGroups, a_user_shows_the_groups_and_cannot_change_them) {
  const auto before = header_of(bench_.generic("GET", "/Users/" + amy_), "ETag");
  const auto id = id_of(post("Sales", fmt::format(R"(, "members": [{}])", member(amy_))));
  const auto user = bench_.generic("GET", "/Users/" + amy_);
  EXPECT_EQ(
      body_of(user).at("groups"),
      json(fmt::format(
          R"([{{"value": "{0}", "$ref": "https://directory.example.test/scim/v2/Groups/{0}", "display": "Sales", "type": "direct"}}])",
          id)));
  EXPECT_NE(header_of(user, "ETag"), before);
  EXPECT_EQ(outcome_of(bench_.generic("PATCH", "/Users/" + amy_,
                                      patch_body(R"([{"op": "remove", "path": "groups"}])"))),
            "400 mutability");
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_));
  ASSERT_EQ(bench_.generic("DELETE", "/Groups/" + id).status, 204);
  EXPECT_EQ(base::member(body_of(bench_.generic("GET", "/Users/" + amy_)), "groups"), nullptr);
  EXPECT_EQ(total_of(bench_.generic("GET", filtered(fmt::format(R"(groups.value eq "{}")", id)))), 0);
}

// [RFC7644 3.3] [rule D57]
TEST_F(ScimGroups, names_are_required_and_unique_without_regard_to_case) {
  ASSERT_EQ(post("Sales").status, 201);
  EXPECT_EQ(outcome_of(post("SALES")), "409 uniqueness");
  EXPECT_EQ(outcome_of(post("")), "400 invalidValue");
  EXPECT_EQ(outcome_of(bench_.generic("POST", "/Groups",
                                      R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]})")),
            "400 invalidValue");
  EXPECT_EQ(outcome_of(bench_.generic("POST", "/Groups", R"({"displayName": "x"})")), "400 invalidSyntax");
}

// [RFC7643 4.2]: what cannot be a member is refused, the same by every way in. [Okta
// provisioning-clients 4.8-16]
// [Entra provisioning-clients 7.1-30]
TEST_F(ScimGroups, who_is_not_there_and_what_is_no_user_cannot_be_a_member) {
  const auto id = id_of(post("Sales"));
  const auto other = id_of(post("Other"));
  for (const auto& stranger : {std::string("00919288221112222"), other, id}) {
    EXPECT_EQ(outcome_of(post("New", fmt::format(R"(, "members": [{}])", member(stranger)))),
              "400 invalidValue");
    EXPECT_EQ(outcome_of(patch(id, fmt::format(R"([{{"op": "add", "path": "members", "value": [{}]}}])",
                                               member(stranger)))),
              "400 invalidValue");
    EXPECT_EQ(outcome_of(
                  bench_.generic("PUT", "/Groups/" + id,
                                 group_body("Sales", fmt::format(R"(, "members": [{}])", member(stranger))))),
              "400 invalidValue");
  }
  EXPECT_THAT(found(R"(displayName eq "New")"), IsEmpty());
  EXPECT_THAT(members_of(id), IsEmpty());
}

// PATCH

// [RFC7644 3.5.2.1] [RFC7644 3.5.2.2] [RFC7644 3.5.2.3]
TEST_F(ScimGroups, members_come_and_go_in_the_forms_of_the_rfc) {
  const auto id = id_of(post("Sales"));
  const auto does = [&](std::string_view operation) {
    return patch(id, fmt::format("[{}]", operation)).status;
  };
  ASSERT_EQ(does(fmt::format(R"({{"op": "add", "path": "members", "value": [{}, {}]}})", member(amy_),
                             member(bob_))),
            200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_, bob_));
  ASSERT_EQ(does(fmt::format(R"({{"op": "add", "value": {{"members": [{}]}}}})", member(cid_))), 200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_, bob_, cid_));
  ASSERT_EQ(does(fmt::format(R"({{"op": "remove", "path": "members[value eq \"{}\"]"}})", bob_)), 200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_, cid_));
  ASSERT_EQ(does(fmt::format(R"({{"op": "replace", "path": "members", "value": [{}]}})", member(bob_))), 200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(bob_));
  ASSERT_EQ(does(R"({"op": "remove", "path": "members"})"), 200);
  EXPECT_THAT(members_of(id), IsEmpty());
  EXPECT_EQ(outcome_of(patch(id, R"([{"op": "remove", "path": "displayName"}])")), "400 mutability");
}

// [RFC7644 3.5.2.1] [RFC7644 3.5.2.2]: and the version stays.
TEST_F(ScimGroups, who_is_in_already_or_was_never_in_changes_nothing) {
  const auto id = id_of(post("Sales", fmt::format(R"(, "members": [{}])", member(amy_))));
  const auto before = resource(id);
  EXPECT_THAT(bench_.events_of([&] {
    EXPECT_EQ(
        patch(id, fmt::format(R"([{{"op": "add", "path": "members", "value": [{}]}}])", member(amy_))).status,
        200);
    EXPECT_EQ(
        patch(id, fmt::format(R"([{{"op": "remove", "path": "members[value eq \"{}\"]"}}])", bob_)).status,
        200);
    EXPECT_EQ(bench_.generic("PUT", "/Groups/" + id, base::to_text(before)).status, 200);
  }),
              IsEmpty());
  EXPECT_EQ(resource(id), before);
}

// [Entra provisioning-clients 2.10-03] [Entra provisioning-clients 2.10-04] [Entra
// provisioning-clients 2.8-04] [Entra provisioning-clients 2.10-05]
TEST_F(ScimGroups, entras_forms_are_understood) {
  const auto id = id_of(post("Sales"));
  ASSERT_EQ(
      patch(
          id,
          fmt::format(
              R"([{{"op": "Add", "path": "members", "value": [{{"$ref": null, "value": "{}"}}, {{"$ref": null, "value": "{}"}}]}}])",
              amy_, bob_))
          .status,
      200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_, bob_));
  ASSERT_EQ(
      patch(id, fmt::format(
                    R"([{{"op": "Remove", "path": "members", "value": [{{"$ref": null, "value": "{}"}}]}}])",
                    amy_))
          .status,
      200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(bob_));
  ASSERT_EQ(patch(id, R"([{"op": "Replace", "path": "displayName", "value": "Vendors"}])").status, 200);
  ASSERT_EQ(patch(id, R"([{"op": "replace", "value": {"externalId": "E2"}}])").status, 200);
  EXPECT_EQ(resource(id).at("displayName"), base::Json("Vendors"));
  EXPECT_EQ(resource(id).at("externalId"), base::Json("E2"));
}

// [Okta provisioning-clients 4.8-04] [Okta provisioning-clients 4.8-06] [Okta provisioning-clients 4.8-07]
// [Okta provisioning-clients 4.8-08] [Okta provisioning-clients 4.8-10]
TEST_F(ScimGroups, oktas_forms_are_understood) {
  const auto id = id_of(bench_.okta("POST", "/Groups", group_body("Sales", R"(, "members": [])")));
  const auto okta = [&](std::string_view operations) {
    return bench_.okta("PATCH", "/Groups/" + id, patch_body(operations)).status;
  };
  ASSERT_EQ(okta(fmt::format(R"([{{"op": "replace", "value": {{"id": "{}", "displayName": "Vendors"}}}},
                                 {{"op": "add", "path": "members", "value": [{{"value": "{}", "display": "amy@x"}}]}}])",
                             id, amy_)),
            200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_));
  ASSERT_EQ(okta(fmt::format(R"([{{"op": "remove", "path": "members[value eq \"{}\"]"}},
                                 {{"op": "add", "path": "members", "value": [{{"value": "{}", "display": "bob@x"}}]}}])",
                             amy_, bob_)),
            200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(bob_));
  ASSERT_EQ(okta(R"([{"op": "replace", "path": "members", "value": []}])"), 200);
  EXPECT_THAT(members_of(id), IsEmpty());
  ASSERT_EQ(
      bench_
          .okta("PUT", "/Groups/" + id,
                group_body("Sales",
                           fmt::format(R"(, "members": [{{"value": "{}", "display": "cid@x"}}])", cid_)))
          .status,
      200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(cid_));
  EXPECT_EQ(resource(id).at("displayName"), base::Json("Sales"));
  // [Okta provisioning-clients 4.8-13]: the members stay users.
  ASSERT_EQ(bench_.okta("DELETE", "/Groups/" + id).status, 204);
  EXPECT_EQ(bench_.okta("GET", "/Users/" + cid_).status, 200);
}

// [rule D52] [rule D53]: whoever's rule decides the members, a client may still rename the group.
TEST_F(ScimGroups, the_members_of_a_group_with_a_rule_are_shown_and_not_the_clients_to_change) {
  ASSERT_EQ(bench_.admin("PUT", "/api/systemusers/" + amy_, R"({"department": "Sales"})").status, 200);
  const auto made = bench_.admin("POST", "/api/v2/usergroups",
                                 R"({"name": "Sales", "membershipMethod": "DYNAMIC_AUTOMATED", "memberQuery":
      {"queryType": "FilterQuery", "filters": [{"field": "department", "operator": "eq", "value": "Sales"}]}})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto id = id_of(made);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_));
  EXPECT_THAT(bench_.events_of([&] {
    for (const auto& operation :
         {fmt::format(R"({{"op": "add", "path": "members", "value": [{}]}})", member(bob_)),
          fmt::format(R"({{"op": "remove", "path": "members[value eq \"{}\"]"}})", amy_)}) {
      EXPECT_EQ(outcome_of(patch(id, fmt::format("[{}]", operation))), "403 none");
    }
  }),
              IsEmpty());
  EXPECT_EQ(patch(id, R"([{"op": "replace", "value": {"displayName": "Vendors"}}])").status, 200);
  EXPECT_EQ(resource(id).at("displayName"), base::Json("Vendors"));
  EXPECT_THAT(members_of(id), UnorderedElementsAre(amy_));
}

// [rule R6] [rule R7] [rule D52]: what a client says of a user is what the rule looks at.
TEST_F(ScimGroups, an_attribute_that_a_client_sets_brings_a_user_into_a_group) {
  const auto id =
      id_of(bench_.admin("POST", "/api/v2/usergroups",
                         R"({"name": "Sales", "membershipMethod": "DYNAMIC_AUTOMATED", "memberQuery":
      {"queryType": "FilterQuery", "filters": [{"field": "department", "operator": "eq", "value": "Sales"}]}})"));
  const auto answer =
      bench_.generic("PATCH", "/Users/" + bob_,
                     patch_body(fmt::format(R"([{{"op": "add", "path": "{}:department", "value": "Sales"}}])",
                                            enterprise_urn)));
  ASSERT_EQ(answer.status, 200);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(bob_));
  EXPECT_EQ(body_of(answer).at("groups").at(0).at("value"), base::Json(id));
}

// [RFC7644 3.5.2]: all or nothing, the name and each member.
TEST_F(ScimGroups, a_patch_that_is_refused_changes_nothing) {
  const auto id = id_of(post("Sales", fmt::format(R"(, "members": [{}])", member(amy_))));
  post("Taken");
  const auto before = resource(id);
  for (
      const auto& [operations, expected] : std::vector<std::pair<std::string, std::string_view>>{
          {R"([{"op": "remove", "path": "members"}, {"op": "replace", "path": "displayName", "value": "taken"}])",
           "409 uniqueness"},
          {R"([{"op": "replace", "path": "displayName", "value": "x"}, {"op": "add", "path": "members", "value": [{"value": "no"}]}])",
           "400 invalidValue"},
          {fmt::format(R"([{{"op": "replace", "path": "members[value eq \"{}\"].value", "value": "{}"}}])",
                       amy_, bob_),
           "400 mutability"}}) {
    EXPECT_THAT(
        bench_.events_of([&] { EXPECT_EQ(outcome_of(patch(id, operations)), expected) << operations; }),
        IsEmpty());
    EXPECT_EQ(resource(id), before) << operations;
  }
}

// [RFC7644 3.6]
TEST_F(ScimGroups, a_deleted_user_leaves_and_a_deleted_group_is_gone) {
  const auto id = id_of(post("Sales", fmt::format(R"(, "members": [{}, {}])", member(amy_), member(bob_))));
  const auto before = header_of(bench_.generic("GET", "/Groups/" + id), "ETag");
  ASSERT_EQ(bench_.generic("DELETE", "/Users/" + amy_).status, 204);
  EXPECT_THAT(members_of(id), UnorderedElementsAre(bob_));
  EXPECT_NE(header_of(bench_.generic("GET", "/Groups/" + id), "ETag"), before);
  ASSERT_EQ(bench_.generic("DELETE", "/Groups/" + id).status, 204);
  for (const auto* method : {"GET", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(bench_.generic(method, "/Groups/" + id, group_body("Sales")).status, 404) << method;
  EXPECT_NE(id_of(post("Sales")), id);
}

// [RFC7644 3.4.1]: ids of one type are not found under another.
TEST_F(ScimGroups, a_user_is_no_group_and_a_group_no_user) {
  const auto id = id_of(post("Sales"));
  EXPECT_EQ(outcome_of(bench_.generic("GET", "/Groups/" + amy_)), "404 none");
  EXPECT_EQ(outcome_of(bench_.generic("GET", "/Users/" + id)), "404 none");
}

// Queries

// [RFC7644 3.4.2.2] [Entra provisioning-clients 2.5-07] [Okta provisioning-clients 4.8-02]
TEST_F(ScimGroups, filters_find_groups) {
  post("Sales", fmt::format(R"(, "externalId": "E1", "members": [{}, {}])", member(amy_), member(bob_)));
  post("Support", fmt::format(R"(, "members": [{}])", member(amy_)));
  post("Board");
  EXPECT_THAT(found(R"(displayName eq "SALES")"), ElementsAre("Sales"));
  EXPECT_THAT(found(R"(displayName sw "s")"), ElementsAre("Sales", "Support"));
  EXPECT_THAT(found(R"(externalId eq "E1")"), ElementsAre("Sales"));
  EXPECT_THAT(found(R"(externalId eq "e1")"), IsEmpty());
  EXPECT_THAT(found(fmt::format(R"(members.value eq "{}")", bob_)), ElementsAre("Sales"));
  EXPECT_THAT(found(fmt::format(R"(members[value eq "{}"] and not (displayName eq "Sales"))", amy_)),
              ElementsAre("Support"));
  EXPECT_THAT(found(R"(not (members pr))"), ElementsAre("Board"));
  const auto probe =
      bench_.generic("GET", "/Groups?excludedAttributes=members&filter=displayName+eq+%22Sales%22");
  EXPECT_EQ(total_of(probe), 1);
  EXPECT_THAT(probe.body, Not(::testing::HasSubstr("members")));
  EXPECT_THAT(texts_of(bench_.generic("GET", "/Groups?sortBy=displayName&count=2"), "displayName"),
              ElementsAre("Board", "Sales"));
  EXPECT_THAT(texts_of(bench_.generic("GET", "/Groups?startIndex=2"), "displayName"),
              ElementsAre("Support", "Board"));
}

// [RFC7644 3.4.2.1] [RFC7644 3.4.3]
TEST_F(ScimGroups, a_query_of_the_root_spans_both_types) {
  const auto id = id_of(post("Sales"));
  const auto ids = [&](const base::HttpResponse& answer) { return texts_of(answer, "id"); };
  EXPECT_THAT(ids(bench_.generic("GET", "/")), UnorderedElementsAre(amy_, bob_, cid_, id));
  EXPECT_THAT(ids(bench_.generic("GET", "/?startIndex=3&count=2")), ElementsAre(cid_, id));
  EXPECT_THAT(ids(bench_.generic("GET", filtered(R"(meta.resourceType eq "Group")", "/"))), ElementsAre(id));
  EXPECT_THAT(ids(bench_.generic("GET", filtered(R"(userName eq "amy")", "/"))), ElementsAre(amy_))
      << "an attribute that is foreign to a type has no value";
  const auto search = bench_.generic("POST", "/.search",
                                     R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      "filter": "userName eq \"bob\" or displayName eq \"sales\"", "attributes": ["displayName"]})");
  EXPECT_THAT(ids(search), ElementsAre(bob_, id));
  EXPECT_EQ(outcome_of(bench_.generic("GET", filtered(R"(noSuch eq "x")", "/"))), "400 invalidFilter");
  EXPECT_THAT(ids(bench_.scim("GET", "/")), UnorderedElementsAre(amy_, bob_, cid_))
      << "groups are not for everybody";
}

// Many

// [Entra provisioning-clients 2.10-07] [RFC7644 3.7.2]
TEST_F(ScimGroups, a_bulk_request_makes_users_and_the_group_they_are_in) {
  const auto answer =
      bench_.generic("POST", "/Bulk",
                     R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
      {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "displayName": "Tours", "members": [{"type": "User", "value": "bulkId:u"}]}},
      {"method": "POST", "path": "/Users", "bulkId": "u", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "eve@x.test"}},
      {"method": "PATCH", "path": "/Groups/bulkId:g", "data": {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "add", "path": "members", "value": [{"value": ")" +
                         amy_ + R"("}]},
                       {"op": "remove", "path": "members[value eq \"bulkId:u\"]"}]}}]})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  for (const auto& result : body_of(answer).at("Operations").as_array())
    EXPECT_THAT(base::string_or(result, "status", ""), ::testing::StartsWith("2")) << answer.body;
  const auto group =
      body_of(bench_.generic("GET", filtered(R"(displayName eq "Tours")", "/Groups"))).at("Resources").at(0);
  EXPECT_THAT(members_of(base::string_or(group, "id", "")), UnorderedElementsAre(amy_));
}

// [Entra provisioning-clients 2.10-07]: a hundred at once, and one by one in one request.
TEST_F(ScimGroups, many_members_come_in_one_request) {
  std::vector<std::string> ids;
  std::string list;
  std::string operations;
  for (int i = 0; i < 100; ++i) {
    ids.push_back(bench_.provision(fmt::format("user{}", i)));
    list += (list.empty() ? "" : ",") + member(ids.back());
    operations += fmt::format(R"({}{{"op": "Add", "path": "members", "value": [{}]}})",
                              operations.empty() ? "" : ",", member(ids.back()));
  }
  const auto at_once = id_of(post("A"));
  ASSERT_EQ(
      patch(at_once, fmt::format(R"([{{"op": "add", "path": "members", "value": [{}]}}])", list)).status,
      200);
  const auto one_by_one = id_of(post("B"));
  ASSERT_EQ(patch(one_by_one, fmt::format("[{}]", operations)).status, 200);
  EXPECT_EQ(members_of(at_once), (std::set<std::string>(ids.begin(), ids.end())));
  EXPECT_EQ(members_of(one_by_one), members_of(at_once));
}

}  // namespace scim_groups_contract_test
}  // namespace directory
