// What tokens may do.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace permissions_test {

using Kind = entra::AccessToken::Kind;

class Permissions : public GraphTest {
 protected:
  /// The status that an app with these permissions gets.
  int as_app(std::vector<std::string> permissions, std::string method, const std::string& place, const std::string& body = "") {
    grant("app", Kind::app, std::move(permissions));
    token_ = "app";
    const auto status = send(std::move(method), place, body).status;
    token_ = "all";
    return status;
  }
  int as_user(const std::string& id, std::vector<std::string> scopes, std::string method, const std::string& place, const std::string& body = "") {
    grant_user("user", id, std::move(scopes));
    token_ = "user";
    const auto status = send(std::move(method), place, body).status;
    token_ = "all";
    return status;
  }
};

// [Graph E28]
TEST_F(Permissions, what_is_not_granted_is_403) {
  grant("none", Kind::app, {"Mail.Read"});
  token_ = "none";
  for (const std::string place : {"/users", "/groups", "/organization", "/domains", "/auditLogs/directoryAudits", "/directory/deletedItems/microsoft.graph.user"})
    EXPECT_EQ(outcome(get(place)), "403 Authorization_RequestDenied: Insufficient privileges to complete the operation.") << place;
}

// [Graph P1]
TEST_F(Permissions, users_are_created_with_one_of_three) {
  EXPECT_EQ(as_app({"User.Read.All"}, "POST", "/users", user_body("a")), 403);
  EXPECT_EQ(as_app({"User.Create"}, "POST", "/users", user_body("b")), 201);
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "POST", "/users", user_body("c")), 201);
  EXPECT_EQ(as_app({"Directory.ReadWrite.All"}, "POST", "/users", user_body("d")), 201);
}

// [Graph P2]
TEST_F(Permissions, users_are_updated_with_a_permission_to_update) {
  const auto place = "/users/" + made_user("amy");
  EXPECT_EQ(as_app({"User.Read.All"}, "PATCH", place, R"({"jobTitle": "x"})"), 403);
  EXPECT_EQ(as_app({"User.ReadUpdate.All"}, "PATCH", place, R"({"jobTitle": "x"})"), 204);
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "PATCH", place, R"({"jobTitle": "y"})"), 204);
}

// [Graph P3]
TEST_F(Permissions, an_app_sets_passwords_with_a_permission_of_its_own) {
  const auto place = "/users/" + made_user("amy");
  const std::string body = R"({"passwordProfile": {"password": "Wombat-4712!"}})";
  EXPECT_EQ(as_app({"User.ReadWrite.All", "Directory.ReadWrite.All"}, "PATCH", place, body), 403);
  EXPECT_EQ(as_app({"User-PasswordProfile.ReadWrite.All"}, "PATCH", place, body), 204);
  service_.options().quirks = {Quirk::app_passwords_need_role};
  EXPECT_EQ(as_app({"User-PasswordProfile.ReadWrite.All"}, "PATCH", place, body), 403);
  tenant_.grant_role(entra::ObjectId{"0b0b0b0b-app"}, "User Administrator");
  EXPECT_EQ(as_app({"User-PasswordProfile.ReadWrite.All"}, "PATCH", place, body), 204);
  service_.options().quirks = {Quirk::app_passwords_never};
  EXPECT_EQ(as_app({"User-PasswordProfile.ReadWrite.All"}, "PATCH", place, body), 403);
}

// [Graph P4]
TEST_F(Permissions, accounts_are_enabled_with_two_permissions_together) {
  const auto place = "/users/" + made_user("amy");
  const std::string body = R"({"accountEnabled": false})";
  EXPECT_EQ(as_app({"User.EnableDisableAccount.All"}, "PATCH", place, body), 403);
  EXPECT_EQ(as_app({"User.EnableDisableAccount.All", "User.Read.All"}, "PATCH", place, body), 204);
  EXPECT_EQ(as_app({"User.EnableDisableAccount.All", "User.Read.All"}, "PATCH", place, R"({"jobTitle": "x"})"), 403);
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "PATCH", place, R"({"accountEnabled": true})"), 204);
}

// [Graph P5] [Graph P7] [Graph P4]
TEST_F(Permissions, administrators_are_touched_by_the_highest_roles_alone) {
  const auto boss = made_user("boss");
  const auto place = "/users/" + boss;
  tenant_.grant_role(entra::ObjectId{boss}, "Global Administrator");
  const std::string sensitive[] = {R"({"accountEnabled": false})", R"({"businessPhones": ["1"]})", R"({"mobilePhone": "1"})", R"({"onPremisesImmutableId": "x"})",
                                   R"({"otherMails": ["x@example.test"]})", R"({"passwordProfile": {"password": "Wombat-4712!"}})",
                                   R"({"userPrincipalName": "chief@example.test"})"};
  for (const auto& body : sensitive) EXPECT_EQ(send("PATCH", place, body).status, 403) << body;
  EXPECT_EQ(send("PATCH", place, R"({"jobTitle": "x"})").status, 204);
  EXPECT_EQ(send("DELETE", place).status, 403);
  const auto helper = made_user("helper");
  tenant_.grant_role(entra::ObjectId{helper}, "User Administrator");
  EXPECT_EQ(as_user(helper, {"User.ReadWrite.All"}, "DELETE", place), 403);
  tenant_.grant_role(entra::ObjectId{"0b0b0b0b-all"}, "Privileged Authentication Administrator");
  for (const auto& body : sensitive) EXPECT_EQ(send("PATCH", place, body).status, 204) << body;
  EXPECT_EQ(send("DELETE", place).status, 204);
  tenant_.withdraw_role(entra::ObjectId{"0b0b0b0b-all"}, "Privileged Authentication Administrator");
  EXPECT_EQ(send("POST", "/directory/deletedItems/" + boss + "/restore").status, 403);
}

// [Graph P6] [Graph F9]
TEST_F(Permissions, an_update_that_mixes_what_is_allowed_and_what_is_not_changes_nothing) {
  const auto amy = made_user("amy");
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "PATCH", "/users/" + amy, R"({"accountEnabled": false, "passwordProfile": {"password": "Wombat-4712!"}})"), 403);
  EXPECT_EQ(at(get("/users/" + amy + "?$select=accountEnabled"), "/accountEnabled"), "true");
  EXPECT_EQ(tenant_.password_of(entra::ObjectId{amy})->password, base::Secret("Wombat-4711!"));
}

// [Graph P7]
TEST_F(Permissions, users_are_deleted_with_a_permission_to_write_them) {
  const auto place = "/users/" + made_user("amy");
  EXPECT_EQ(as_app({"Directory.ReadWrite.All", "User.ReadUpdate.All"}, "DELETE", place), 403);
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "DELETE", place), 204);
}

// [Graph P8]
TEST_F(Permissions, sessions_are_revoked_with_the_least_permission) {
  const auto place = "/users/" + made_user("amy") + "/revokeSignInSessions";
  EXPECT_EQ(as_app({"User.Read.All"}, "POST", place), 403);
  EXPECT_EQ(as_app({"User.RevokeSessions.All"}, "POST", place), 200);
  EXPECT_EQ(as_app({"User.ReadWrite.All"}, "POST", place), 200);
}

// [Graph P9]
TEST_F(Permissions, on_behalf_of_a_user_nothing_works_that_the_user_may_not_do) {
  const auto admin = made_user("admin");
  const auto amy = made_user("amy");
  EXPECT_EQ(as_user(admin, {"User.ReadWrite.All"}, "PATCH", "/users/" + amy, R"({"jobTitle": "x"})"), 403);
  EXPECT_EQ(as_user(admin, {"Group.ReadWrite.All"}, "POST", "/groups", group_body("team")), 403);
  tenant_.grant_role(entra::ObjectId{admin}, "User Administrator");
  EXPECT_EQ(as_user(admin, {"User.ReadWrite.All"}, "PATCH", "/users/" + amy, R"({"jobTitle": "x"})"), 204);
  tenant_.grant_role(entra::ObjectId{admin}, "Groups Administrator");
  EXPECT_EQ(as_user(admin, {"Group.ReadWrite.All"}, "POST", "/groups", group_body("team")), 201);
}

// [Graph O2]
TEST_F(Permissions, a_user_reads_what_is_its_own) {
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  EXPECT_EQ(as_user(amy, {"User.Read"}, "GET", "/me"), 200);
  EXPECT_EQ(as_user(amy, {"User.Read"}, "GET", "/users/" + amy), 200);
  EXPECT_EQ(as_user(amy, {"User.Read"}, "GET", "/users/" + bob), 403);
  EXPECT_EQ(as_user(amy, {"User.Read"}, "GET", "/users"), 403);
  EXPECT_EQ(outcome(get("/me")), "400 BadRequest: /me request is only valid with delegated authentication flow.");
}

// [Graph U25]
TEST_F(Permissions, some_properties_are_not_for_apps) {
  const auto place = "/users/" + made_user("amy");
  for (const std::string body : {R"({"aboutMe": "x"})", R"({"birthday": "2000-01-01T00:00:00Z"})", R"({"hireDate": "2000-01-01T00:00:00Z"})", R"({"interests": ["x"]})",
                                 R"({"mySite": "x"})", R"({"pastProjects": ["x"]})", R"({"preferredName": "x"})", R"({"responsibilities": ["x"]})",
                                 R"({"schools": ["x"]})", R"({"skills": ["x"]})"})
    EXPECT_EQ(send("PATCH", place, body).status, 403) << body;
}

// [Graph GR16]
TEST_F(Permissions, groups_need_one_of_four) {
  EXPECT_EQ(as_app({"Group.Read.All"}, "POST", "/groups", group_body("a")), 403);
  EXPECT_EQ(as_app({"Group.Create"}, "POST", "/groups", group_body("b")), 201);
  const auto team = made_group("team");
  const auto amy = made_user("amy");
  EXPECT_EQ(as_app({"Group.Create"}, "PATCH", "/groups/" + team, R"({"description": "x"})"), 403);
  EXPECT_EQ(as_app({"Group.Create"}, "POST", "/groups/" + team + "/members/$ref", reference(amy)), 403);
  EXPECT_EQ(as_app({"GroupMember.ReadWrite.All"}, "POST", "/groups/" + team + "/members/$ref", reference(amy)), 204);
  EXPECT_EQ(as_app({"GroupMember.ReadWrite.All"}, "PATCH", "/groups/" + team, R"({"description": "x"})"), 403);
  EXPECT_EQ(as_app({"Directory.ReadWrite.All"}, "PATCH", "/groups/" + team, R"({"description": "x"})"), 204);
}

}  // namespace permissions_test
}  // namespace fakes::graph
