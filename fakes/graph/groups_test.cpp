// Groups, members and owners, and how Graph refuses.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace groups_test {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Groups : public GraphTest {
 protected:
  base::HttpResponse add(const std::string& group, const std::string& member) {
    return send("POST", "/groups/" + group + "/members/$ref", reference(member));
  }
  std::string bind(std::string_view relation, const std::vector<std::string>& ids) {
    std::string out = "\"" + std::string(relation) + "@odata.bind\": [";
    for (const auto& id : ids) out += (out.back() == '[' ? "" : ", ") + ("\"https://graph.microsoft.com/v1.0/users/" + id + "\"");
    return out + "]";
  }
  std::vector<std::string> members(const std::string& group) { return each(get("/groups/" + group + "/members"), "/id"); }
  std::vector<std::string> made_users(std::size_t count) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) ids.push_back(made_user("user" + std::to_string(i)));
    return ids;
  }
};

// [Graph GR1] [Graph GR2] [Graph E19]
TEST_F(Groups, a_new_security_group_is_private_and_without_types) {
  const auto response = send("POST", "/groups", group_body("team"));
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(at(response, "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#groups/$entity");
  EXPECT_EQ(at(response, "/groupTypes"), "[]");
  EXPECT_EQ(at(response, "/mailEnabled"), "false");
  EXPECT_EQ(at(response, "/securityEnabled"), "true");
  EXPECT_EQ(at(response, "/visibility"), "Private");
  EXPECT_EQ(at(response, "/description"), "null");
  for (const std::string name : {"displayName", "mailEnabled", "mailNickname", "securityEnabled"}) {
    auto body = base::parse_json(group_body("team")).value();
    body.get_object().erase(name);
    EXPECT_EQ(outcome(send("POST", "/groups", base::to_text(body))), "400 Request_BadRequest: A value is required for property '" + name + "' of resource 'Group'.");
  }
  const auto too_long = group_body("team", R"(, "description": ")" + std::string(1025, 'x') + "\"");
  EXPECT_EQ(send("POST", "/groups", too_long).status, 400);
}

// [Graph E20] [Graph GR3]
TEST_F(Groups, a_nickname_has_no_special_characters) {
  const auto team = made_group("team");
  for (const char c : std::string_view("@()[];:.<>, ")) {
    EXPECT_EQ(outcome(send("PATCH", "/groups/" + team, R"({"mailNickname": "a)" + std::string(1, c) + "\"}")),
              "400 Request_BadRequest: Invalid value specified for property 'mailNickname' of resource 'Group'.");
  }
  EXPECT_EQ(send("PATCH", "/groups/" + team, R"({"mailNickname": "a\\b"})").status, 400);
  EXPECT_EQ(send("PATCH", "/groups/" + team, R"({"mailNickname": "a\"b"})").status, 400);
}

// [Graph E21] [Graph E22] [Graph E11] [Graph GR4]
TEST_F(Groups, some_kinds_of_groups_cannot_be_made) {
  const auto mail = R"({"displayName": "m", "mailEnabled": true, "mailNickname": "m", "securityEnabled": true)";
  EXPECT_EQ(outcome(send("POST", "/groups", std::string(mail) + "}")),
            "400 Request_BadRequest: The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property "
            "is unset and the security-enablement property is set.");
  EXPECT_EQ(outcome(send("POST", "/groups", group_body("d", R"(, "groupTypes": ["DynamicMembership"])"))),
            "400 Request_BadRequest: A value is required for property 'membershipRule'.");
  const auto unified = std::string(mail) + R"(, "groupTypes": ["Unified"]})";
  EXPECT_EQ(send("POST", "/groups", unified).status, 201);
  EXPECT_EQ(outcome(send("POST", "/groups", unified)), "400 Request_BadRequest: Another object with the same value for property mailNickname already exists.");
  made_group("same");
  made_group("same");
}

// [Graph GR5] [Graph F24]
TEST_F(Groups, several_may_have_one_display_name) {
  const auto one = made_group("team");
  const auto other = made_group("team");
  EXPECT_THAT(each(get(filtered("/groups", "displayName eq 'team'")), "/id"), UnorderedElementsAre(one, other));
}

// [Graph GR8] [Graph E23] [Graph E24] [Graph E25] [Graph F4]
TEST_F(Groups, a_member_is_added_once) {
  const auto team = made_group("team");
  const auto amy = made_user("amy");
  EXPECT_EQ(add(team, amy).status, 204);
  EXPECT_EQ(outcome(add(team, amy)), "400 Request_BadRequest: One or more added object references already exist for the following modified properties: 'members'.");
  EXPECT_EQ(members(team), std::vector{amy});
  const std::string nobody = "11111111-2222-3333-4444-555555555555";
  const auto missing = " does not exist or one of its queried reference-property objects are not present.";
  EXPECT_EQ(outcome(add(team, nobody)), "404 Request_ResourceNotFound: Resource '" + nobody + "'" + missing);
  EXPECT_EQ(outcome(add(nobody, amy)), "404 Request_ResourceNotFound: Resource '" + nobody + "'" + missing);
  EXPECT_EQ(outcome(send("POST", "/groups/" + team + "/members/$ref", R"({"@odata.id": "nonsense"})")), "400 Request_BadRequest: Not a valid reference update.");
  const auto owner = [&] { return send("POST", "/groups/" + team + "/owners/$ref", reference(amy)); };
  EXPECT_EQ(owner().status, 204);
  EXPECT_EQ(outcome(owner()), "400 Request_BadRequest: One or more added object references already exist for the following modified properties: 'owners'.");
  EXPECT_EQ(each(get("/groups/" + team + "/owners"), "/id"), std::vector{amy});
  EXPECT_EQ(send("DELETE", "/groups/" + team + "/owners/" + amy + "/$ref").status, 204);
}

// [Graph GR9]
TEST_F(Groups, who_is_no_member_cannot_be_removed) {
  const auto team = made_group("team");
  const auto amy = made_user("amy");
  add(team, amy);
  EXPECT_EQ(send("DELETE", "/groups/" + team + "/members/" + amy + "/$ref").status, 204);
  EXPECT_EQ(send("DELETE", "/groups/" + team + "/members/" + amy + "/$ref").status, 404);
  EXPECT_EQ(get("/users/" + amy).status, 200);
}

// [Graph GR10] [Graph F14]
TEST_F(Groups, without_ref_the_member_itself_is_deleted) {
  const auto team = made_group("team");
  const auto amy = made_user("amy");
  add(team, amy);
  EXPECT_EQ(send("DELETE", "/groups/" + team + "/members/" + amy).status, 204);
  EXPECT_EQ(get("/users/" + amy).status, 404);
}

// [Graph GR6] [Graph GR7]
TEST_F(Groups, up_to_twenty_relationships_are_bound_at_once_and_all_or_none) {
  const auto users = made_users(21);
  const auto twenty = std::vector(users.begin(), users.begin() + 20);
  const auto team = made("/groups", group_body("team", ", " + bind("members", {users[0], users[1]}) + ", " + bind("owners", {users[2]})));
  EXPECT_THAT(members(team), UnorderedElementsAre(users[0], users[1]));
  EXPECT_EQ(each(get("/groups/" + team + "/owners"), "/id"), std::vector{users[2]});
  EXPECT_EQ(send("POST", "/groups", group_body("big", ", " + bind("members", twenty) + ", " + bind("owners", {users[20]}))).status, 400);
  const auto more = made_group("more");
  EXPECT_EQ(send("PATCH", "/groups/" + more, "{" + bind("members", users) + "}").status, 400);
  EXPECT_TRUE(members(more).empty());
  EXPECT_EQ(send("PATCH", "/groups/" + more, "{" + bind("members", {users[0], "nobody"}) + "}").status, 404);
  EXPECT_TRUE(members(more).empty());
  EXPECT_EQ(send("PATCH", "/groups/" + more, "{" + bind("members", twenty) + "}").status, 204);
  EXPECT_EQ(members(more).size(), 20U);
  EXPECT_EQ(send("PATCH", "/groups/" + more, "{" + bind("members", {users[20], users[0]}) + "}").status, 400);
  EXPECT_EQ(members(more).size(), 20U);
}

// [Graph GR11]
TEST_F(Groups, a_rule_chooses_the_members_of_dynamic_groups) {
  const auto team = made_group("team", R"(, "groupTypes": ["DynamicMembership"], "membershipRule": "user.city -eq \"Ulm\"", "membershipRuleProcessingState": "On")");
  EXPECT_EQ(add(team, made_user("amy")).status, 400);
  EXPECT_TRUE(members(team).empty());
}

// [Graph GR12]
TEST_F(Groups, groups_of_microsoft_365_neither_hold_groups_nor_nest) {
  const auto unified = [&](const std::string& name) {
    return made("/groups", R"({"displayName": ")" + name + R"(", "mailEnabled": true, "mailNickname": ")" + name + R"(", "securityEnabled": false, "groupTypes": ["Unified"]})");
  };
  const auto one = unified("one");
  const auto plain = made_group("plain");
  EXPECT_EQ(add(one, unified("two")).status, 400);
  EXPECT_EQ(add(one, plain).status, 400);
  EXPECT_EQ(add(plain, made_group("inner")).status, 204);
}

// [Graph GR13]
TEST_F(Groups, members_come_by_the_hundred_and_hidden_ones_with_their_type_alone) {
  const auto team = made_group("team");
  for (const auto& id : made_users(101)) add(team, id);
  const auto first = get("/groups/" + team + "/members");
  EXPECT_EQ(each(first, "/id").size(), 100U);
  EXPECT_EQ(at(first, "/value/0/@odata.type"), "#microsoft.graph.user");
  EXPECT_EQ(at(first, "/@odata.context"), "https://graph.microsoft.com/v1.0/$metadata#directoryObjects");
  EXPECT_EQ(each(get(place_of(at(first, "/@odata.nextLink"))), "/id").size(), 1U);
  EXPECT_EQ(get_advanced("/groups/" + team + "/members/$count").body, "101");
  grant("few", entra::AccessToken::Kind::app, {"GroupMember.Read.All"});
  token_ = "few";
  const auto hidden = json(get("/groups/" + team + "/members")).at("value").at(0).get_object();
  EXPECT_EQ(hidden.size(), 2U);
  EXPECT_TRUE(hidden.contains("@odata.type"));
  EXPECT_TRUE(hidden.contains("id"));
}

// [Graph GR15] [Graph GR17]
TEST_F(Groups, are_changed_and_deleted_without_content) {
  const auto team = made_group("team", R"(, "isAssignableToRole": true)");
  EXPECT_EQ(send("PATCH", "/groups/" + team, R"({"description": "x"})").status, 204);
  EXPECT_EQ(at(get("/groups/" + team), "/description"), "x");
  EXPECT_EQ(send("PATCH", "/groups/" + team, R"({"isAssignableToRole": false})").status, 400);
  EXPECT_EQ(at(get("/groups/" + team), "/isAssignableToRole"), "true");
  EXPECT_EQ(send("DELETE", "/groups/" + team).status, 204);
  EXPECT_EQ(get("/groups/" + team).status, 404);
}

// [Graph T4]
TEST_F(Groups, membership_reaches_through_groups) {
  const auto outer = made_group("outer");
  const auto inner = made_group("inner");
  const auto amy = made_user("amy");
  add(outer, inner);
  add(inner, amy);
  EXPECT_EQ(each(get("/users/" + amy + "/memberOf"), "/id"), std::vector{inner});
  EXPECT_THAT(each(get("/users/" + amy + "/transitiveMemberOf"), "/id"), UnorderedElementsAre(inner, outer));
  EXPECT_THAT(each(get("/groups/" + outer + "/transitiveMembers"), "/id"), UnorderedElementsAre(inner, amy));
  EXPECT_EQ(json(send("POST", "/users/" + amy + "/getMemberGroups", R"({"securityEnabledOnly": false})")).at("value").get_array().size(), 2U);
  const auto checked = send("POST", "/users/" + amy + "/checkMemberGroups", R"({"groupIds": [")" + outer + R"(", "x"]})");
  EXPECT_EQ(at(checked, "/value"), "[\"" + outer + "\"]");
}

}  // namespace groups_test
}  // namespace fakes::graph
