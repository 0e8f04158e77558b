// Users as Graph shows and changes them, and how it refuses.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace users_test {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using Users = GraphTest;

std::vector<std::string> members_of(const base::Json& json) {
  std::vector<std::string> names;
  for (const auto& entry : json.get_object()) names.emplace_back(entry.key().data(), entry.key().size());
  return names;
}

// [Graph U1] [Graph U6] [Graph G9]
TEST_F(Users, a_new_user_is_shown_with_the_default_properties) {
  const auto response = send("POST", "/users", user_body("amy", R"(, "givenName": "Amy")"));
  EXPECT_EQ(response.status, 201);
  const auto body = json(response);
  EXPECT_THAT(members_of(body), UnorderedElementsAre("@odata.context", "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
                                                     "officeLocation", "preferredLanguage", "surname", "userPrincipalName"));
  EXPECT_EQ(members_of(body).front(), "@odata.context");
  EXPECT_EQ(at(body, "/businessPhones"), "[]");
  EXPECT_EQ(at(body, "/surname"), "null");
  EXPECT_EQ(at(body, "/givenName"), "Amy");
  EXPECT_THAT(at(body, "/id"), ::testing::MatchesRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
  const auto listed = json(get("/users")).at("value").at(0);
  EXPECT_EQ(members_of(listed).size(), 11U);
}

// [Graph U2] [Graph U18]
TEST_F(Users, other_properties_are_shown_when_selected) {
  const auto amy = made_user("amy", R"(, "employeeId": "7", "usageLocation": "DE")");
  const auto body = json(get("/users/" + amy +
                             "?$select=accountEnabled,mailNickname,employeeId,department,companyName,userType,createdDateTime,onPremisesImmutableId,"
                             "otherMails,proxyAddresses,usageLocation,signInSessionsValidFromDateTime,lastPasswordChangeDateTime,employeeType,"
                             "employeeOrgData,passwordProfile"));
  EXPECT_EQ(at(body, "/accountEnabled"), "true");
  EXPECT_EQ(at(body, "/employeeId"), "7");
  EXPECT_EQ(at(body, "/department"), "null");
  EXPECT_EQ(at(body, "/createdDateTime"), "2026-01-05T08:00:00Z");
  EXPECT_EQ(at(body, "/lastPasswordChangeDateTime"), "2026-01-05T08:00:00Z");
  EXPECT_EQ(at(body, "/otherMails"), "[]");
  EXPECT_EQ(at(body, "/passwordProfile"), "null");
  EXPECT_EQ(at(body, "/displayName"), "none");
  EXPECT_EQ(base::to_text(body).find("Wombat"), std::string::npos);
}

// [Graph U3] [Graph E17] [Graph E19]
TEST_F(Users, a_creation_names_what_it_lacks) {
  const auto without = [&](const char* name) {
    auto body = base::parse_json(user_body("amy")).value();
    body.get_object().erase(name);
    return outcome(send("POST", "/users", base::to_text(body)));
  };
  for (const std::string name : {"accountEnabled", "displayName", "mailNickname", "userPrincipalName"}) {
    EXPECT_EQ(without(name.c_str()), "400 Request_BadRequest: A value is required for property '" + name + "' of resource 'User'.");
  }
  EXPECT_EQ(without("passwordProfile"), "400 Request_BadRequest: A password must be specified to create a new user.");
}

// [Graph E10] [Graph E4]
TEST_F(Users, a_taken_name_is_a_conflict_with_details) {
  made_user("amy");
  const auto response = send("POST", "/users", user_body("AMY"));
  const std::string message = "Another object with the same value for property userPrincipalName already exists.";
  EXPECT_EQ(outcome(response), "400 Request_BadRequest: " + message);
  EXPECT_EQ(at(response, "/error/details"), R"([{"code":"ObjectConflict","message":")" + message + R"(","target":"userPrincipalName"}])");
  service_.options().quirks.add(Quirk::conflict_without_message);
  EXPECT_EQ(at(send("POST", "/users", user_body("amy")), "/error/details"), R"([{"code":"ObjectConflict","target":"userPrincipalName"}])");
}

// [Graph E11] [Graph U14] [Graph F10] [Graph U13]
TEST_F(Users, an_address_of_another_is_refused_and_nothing_changes) {
  const auto amy = made_user("amy", R"(, "mail": "a@example.test")");
  EXPECT_EQ(at(get("/users/" + amy + "?$select=proxyAddresses"), "/proxyAddresses"), R"(["SMTP:a@example.test"])");
  const auto bob = made_user("bob");
  service_.options().quirks.add(Quirk::conflict_names_objects);
  const auto response = send("PATCH", "/users/" + bob, R"({"mail": "a@example.test", "jobTitle": "Cook"})");
  EXPECT_EQ(outcome(response), "400 Request_BadRequest: Another object with the same value for property proxyAddresses already exists.");
  EXPECT_EQ(at(response, "/error/details/1/code"), "ConflictingObjects");
  EXPECT_EQ(at(get("/users/" + bob), "/mail"), "null");
  EXPECT_EQ(at(get("/users/" + bob), "/jobTitle"), "null");
  EXPECT_EQ(send("PATCH", "/users/" + bob, R"({"proxyAddresses": ["smtp:b@example.test"]})").status, 400);
}

// [Graph E13]
TEST_F(Users, a_duplicate_was_500_once) {
  made_user("amy", R"(, "onPremisesImmutableId": "a1")");
  EXPECT_EQ(send("POST", "/users", user_body("bob", R"(, "onPremisesImmutableId": "a1")")).status, 400);
  service_.options().quirks.add(Quirk::duplicate_is_500);
  const auto text = "500 Request_BadRequest: The given key was not present in the dictionary.";
  EXPECT_EQ(outcome(send("POST", "/users", user_body("bob", R"(, "onPremisesImmutableId": "a1")"))), text);
  EXPECT_EQ(outcome(send("POST", "/users", user_body("amy"))), text);
}

// [Graph E14] [Graph U11]
TEST_F(Users, a_domain_that_is_not_verified_is_refused_with_details) {
  const auto body = base::parse_json(user_body("amy", R"(, "userPrincipalName": "amy@elsewhere.test")")).value();
  const auto response = send("POST", "/users", base::to_text(body));
  const std::string message =
      "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.";
  EXPECT_EQ(outcome(response), "400 Request_BadRequest: " + message);
  EXPECT_EQ(at(response, "/error/details"), R"([{"code":"InvalidValue","message":")" + message + R"(","target":"userPrincipalName"}])");
}

// [Graph F11] [Graph C9]
TEST_F(Users, a_newly_verified_domain_serves_after_a_while) {
  tenant_.domains().add({.name = "new.test", .usable_from = clock_.now() + std::chrono::minutes{10}});
  const auto amy = made_user("amy");
  const std::string change = R"({"userPrincipalName": "amy@new.test"})";
  EXPECT_EQ(outcome(send("PATCH", "/users/" + amy, change)).substr(0, 60), "400 Request_BadRequest: The domain portion of the userPrinci");
  pass(std::chrono::minutes{10});
  EXPECT_EQ(send("PATCH", "/users/" + amy, change).status, 204);
}

// [Graph E15] [Graph E16] [Graph F12] [Graph U12]
TEST_F(Users, malformed_names_are_told_apart) {
  const auto amy = made_user("amy");
  const auto rename = [&](const std::string& name) { return outcome(send("PATCH", "/users/" + amy, R"({"userPrincipalName": ")" + name + "\"}")); };
  const std::string invalid = "400 Request_BadRequest: Property userPrincipalName is invalid.";
  for (const std::string name : {"amy@", "amy@example.test@example.test", "a b@example.test", "amy.@example.test", "@example.test", "amy+x@example.test"})
    EXPECT_EQ(rename(name), invalid) << name;
  EXPECT_EQ(rename(std::string(65, 'a') + "@example.test"), invalid);
  EXPECT_EQ(rename("amy"), "400 Request_BadRequest: One or more properties contains invalid values.");
  EXPECT_EQ(rename("a'.-_!#^~Z9@example.test"), "204");
}

// [Graph E18] [Graph U21] [Graph U19]
TEST_F(Users, weak_passwords_are_refused) {
  const auto amy = made_user("amy");
  const auto reset = [&](const std::string& password) {
    return outcome(send("PATCH", "/users/" + amy, R"({"passwordProfile": {"password": ")" + password + "\"}}"));
  };
  const std::string weak =
      "400 Request_BadRequest: The specified password does not comply with password complexity requirements. Please provide a different password.";
  for (const auto& password : {std::string("Aa1!aaa"), std::string("onlysmallletters"), std::string("small4letters"), std::string("Wömbat-4711"), std::string(257, 'A') + "a1"})
    EXPECT_EQ(reset(password), weak) << password;
  EXPECT_EQ(reset("Small4letters"), "204");
  EXPECT_EQ(reset("Small4letters"), "204") << "a reset may repeat the password";
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"passwordPolicies": "DisableStrongPassword, DisablePasswordExpiration"})").status, 204);
  EXPECT_EQ(reset("onlysmallletters"), "204");
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"passwordPolicies": "Sometimes"})").status, 400);
}

// [Graph E20] [Graph U7] [Graph U9] [Graph U10] [Graph U24]
TEST_F(Users, invalid_values_are_refused) {
  const auto amy = made_user("amy");
  const auto change = [&](const std::string& body) { return outcome(send("PATCH", "/users/" + amy, body)); };
  EXPECT_EQ(change(R"({"mailNickname": "a b"})"), "400 Request_BadRequest: Invalid value specified for property 'mailNickname' of resource 'User'.");
  const std::pair<const char*, std::size_t> longest[] = {{"displayName", 256}, {"givenName", 64},   {"surname", 64},     {"mailNickname", 64},   {"jobTitle", 128},
                                                         {"department", 64},   {"companyName", 64}, {"city", 128},       {"country", 128},       {"state", 128},
                                                         {"postalCode", 40},   {"mobilePhone", 64}, {"streetAddress", 1024}};
  for (const auto& [name, most] : longest) {
    EXPECT_EQ(change("{\"" + std::string(name) + "\": \"" + std::string(most, 'x') + "\"}"), "204") << name;
    EXPECT_EQ(change("{\"" + std::string(name) + "\": \"" + std::string(most + 1, 'x') + "\"}").substr(0, 3), "400") << name;
  }
  EXPECT_EQ(change(R"({"businessPhones": ["1"]})"), "204");
  EXPECT_EQ(change(R"({"businessPhones": ["1", "2"]})").substr(0, 3), "400");
  EXPECT_EQ(change(R"({"usageLocation": "DE"})"), "204");
  EXPECT_EQ(change(R"({"usageLocation": "DEU"})").substr(0, 3), "400");
  EXPECT_EQ(change(R"({"usageLocation": null})").substr(0, 3), "400");
  EXPECT_EQ(change(R"({"userType": "Guest"})"), "204");
  EXPECT_EQ(change(R"({"userType": "Friend"})").substr(0, 3), "400");
  EXPECT_EQ(change(R"({"accountEnabled": "yes"})").substr(0, 3), "400");
  EXPECT_EQ(change(R"({"colour": "red"})").substr(0, 3), "400");
}

// [Graph U8]
TEST_F(Users, a_display_name_cannot_be_cleared_and_other_properties_can) {
  const auto amy = made_user("amy", R"(, "jobTitle": "Cook")");
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"displayName": null})").status, 400);
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"displayName": ""})").status, 400);
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"jobTitle": null})").status, 204);
  EXPECT_EQ(at(get("/users/" + amy), "/jobTitle"), "null");
}

// [Graph U4] [Graph U20] [Graph U27]
TEST_F(Users, federated_domains_need_an_immutable_id_and_have_no_passwords) {
  tenant_.domains().add({.name = "fed.test", .federated = true});
  const auto body = [](const std::string& more) {
    return R"({"accountEnabled": true, "displayName": "a", "mailNickname": "a", "userPrincipalName": "a@fed.test", "passwordProfile": {"password": "Wombat-4711!"})" + more + "}";
  };
  EXPECT_EQ(outcome(send("POST", "/users", body(""))), "400 Request_BadRequest: A value is required for property 'onPremisesImmutableId' of resource 'User'.");
  for (const std::string bad : {"a$b", "a_b"}) EXPECT_EQ(send("POST", "/users", body(R"(, "onPremisesImmutableId": ")" + bad + "\"")).status, 400);
  const auto id = made("/users", body(R"(, "onPremisesImmutableId": "a1")"));
  EXPECT_EQ(send("PATCH", "/users/" + id, R"({"passwordProfile": {"password": "Wombat-4712!"}})").status, 400);
  EXPECT_EQ(each(get(filtered("/users", "onPremisesImmutableId eq 'a1'")), "/id"), std::vector{id});
  EXPECT_EQ(send("POST", "/users", user_body("b", R"(, "onPremisesImmutableId": "a1")")).status, 400);
}

// [Graph U26]
TEST_F(Users, an_employee_id_is_any_text_and_not_unique) {
  made_user("amy", R"(, "employeeId": "7", "employeeType": "Contractor", "employeeOrgData": {"division": "D", "costCenter": "C"})");
  const auto bob = made_user("bob", R"(, "employeeId": "7")");
  EXPECT_EQ(each(get(filtered("/users", "employeeId eq '7'")), "/displayName").size(), 2U);
  EXPECT_EQ(at(get("/users/amy@example.test?$select=employeeOrgData"), "/employeeOrgData/costCenter"), "C");
}

// [Graph U31]
TEST_F(Users, another_directory_writes_its_own_id_as_the_anchor) {
  const auto amy = made_user("amy");
  EXPECT_EQ(send("PATCH", "/users/" + amy, R"({"onPremisesImmutableId": "5f0c3a1b2c3d4e5f60718293"})").status, 204);
  EXPECT_EQ(at(get("/users/" + amy + "?$select=onPremisesImmutableId"), "/onPremisesImmutableId"), "5f0c3a1b2c3d4e5f60718293");
}

// [Graph U16] [Graph U17]
TEST_F(Users, the_flags_of_a_password_are_false_unless_they_are_set) {
  const auto amy = made_user("amy");
  const auto* held = tenant_.password_of(entra::ObjectId{amy});
  EXPECT_FALSE(held->force_change);
  EXPECT_FALSE(held->force_change_with_mfa);
  send("PATCH", "/users/" + amy, R"({"passwordProfile": {"password": "Wombat-4712!", "forceChangePasswordNextSignIn": true}})");
  EXPECT_TRUE(held->force_change);
  send("PATCH", "/users/" + amy, R"({"passwordProfile": {"password": "Wombat-4713!", "forceChangePasswordNextSignIn": false}})");
  EXPECT_FALSE(held->force_change);
}

// [Graph U28] [Graph U29]
TEST_F(Users, what_the_service_computes_cannot_be_set) {
  const auto amy = made_user("amy");
  for (const std::string name : {"onPremisesSyncEnabled", "signInSessionsValidFromDateTime", "createdDateTime", "id", "lastPasswordChangeDateTime"})
    EXPECT_EQ(send("PATCH", "/users/" + amy, "{\"" + name + "\": null}").status, 400) << name;
  EXPECT_EQ(at(get("/users/" + amy + "?$select=onPremisesSyncEnabled"), "/onPremisesSyncEnabled"), "null");
}

// [Graph U15]
TEST_F(Users, mail_is_empty_until_it_is_set_unless_the_tenant_fills_it) {
  EXPECT_EQ(at(get("/users/" + made_user("amy")), "/mail"), "null");
  entra::Tenant filling(clock_, base::Rng(1), {.mail_from_user_principal_name = true});
  Service service(clock_, base::Rng(2), filling, tokens_, nullptr);
  base::HttpRequest request("POST", "/v1.0/users");
  request.headers.set("Authorization", "Bearer all");
  request.body = user_body("amy");
  EXPECT_EQ(at(service.respond(request), "/mail"), "amy@example.test");
}

// [Graph U40] [Graph U41] [Graph E24] [Graph U49]
TEST_F(Users, a_deleted_user_is_gone_and_its_name_is_free) {
  const auto amy = made_user("amy");
  EXPECT_EQ(send("DELETE", "/users/" + amy).status, 204);
  const auto gone = "404 Request_ResourceNotFound: Resource '" + amy + "' does not exist or one of its queried reference-property objects are not present.";
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy)), gone);
  EXPECT_EQ(outcome(get("/users/" + amy)), gone);
  EXPECT_EQ(outcome(send("PATCH", "/users/" + amy, R"({"jobTitle": "x"})")), gone);
  EXPECT_NE(made_user("amy"), amy);
}

// [Graph U55] [Graph U56] [Graph U57] [Graph F7]
TEST_F(Users, revoking_sessions_moves_the_instant_from_which_they_count) {
  const auto amy = made_user("amy");
  pass(std::chrono::minutes{5});
  const auto response = send("POST", "/users/" + amy + "/revokeSignInSessions");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean","value":true})");
  EXPECT_EQ(at(get("/users/" + amy + "?$select=signInSessionsValidFromDateTime"), "/signInSessionsValidFromDateTime"), "2026-01-05T08:05:00Z");
  service_.options().quirks.add(Quirk::revocation_answers_204);
  EXPECT_EQ(send("POST", "/users/" + amy + "/revokeSignInSessions").status, 204);
}

// [Graph U30]
TEST_F(Users, only_the_user_changes_the_password) {
  const auto amy = made_user("amy");
  const auto place = "/users/" + amy + "/changePassword";
  const auto change = [](const std::string& from, const std::string& to) { return R"({"currentPassword": ")" + from + R"(", "newPassword": ")" + to + "\"}"; };
  EXPECT_EQ(send("POST", place, change("Wombat-4711!", "Koala-4711!")).status, 403);
  grant_user("amy", amy, {"Directory.AccessAsUser.All"});
  token_ = "amy";
  EXPECT_EQ(send("POST", place, change("wrong", "Koala-4711!")).status, 400);
  EXPECT_EQ(send("POST", place, change("Wombat-4711!", "Wombat-4711!")).status, 400);
  EXPECT_EQ(send("POST", place, change("Wombat-4711!", "weak")).status, 400);
  EXPECT_EQ(send("POST", "/me/changePassword", change("Wombat-4711!", "Koala-4711!")).status, 204);
  EXPECT_EQ(tenant_.password_of(entra::ObjectId{amy})->password, base::Secret("Koala-4711!"));
}

// [Graph U2] [Graph Q17]
TEST_F(Users, a_manager_is_set_shown_and_removed) {
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  EXPECT_EQ(get("/users/" + amy + "/manager").status, 404);
  EXPECT_EQ(send("PUT", "/users/" + amy + "/manager/$ref", reference(bob)).status, 204);
  const auto manager = get("/users/" + amy + "/manager");
  EXPECT_EQ(at(manager, "/id"), bob);
  EXPECT_EQ(at(manager, "/@odata.type"), "#microsoft.graph.user");
  EXPECT_EQ(each(get("/users/" + bob + "/directReports"), "/id"), std::vector{amy});
  EXPECT_EQ(at(get("/users/" + amy + "?$expand=manager"), "/manager/id"), bob);
  EXPECT_EQ(send("PUT", "/users/" + amy + "/manager/$ref", reference("nobody")).status, 404);
  EXPECT_EQ(send("DELETE", "/users/" + amy + "/manager/$ref").status, 204);
  EXPECT_EQ(send("DELETE", "/users/" + amy + "/manager/$ref").status, 404);
}

}  // namespace users_test
}  // namespace fakes::graph
