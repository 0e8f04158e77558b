// Organization, domains, objects by id, audits and sign-ins.
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace organization_test {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class Organization : public GraphTest {
 protected:
  void sign_in(const std::string& id, int error, base::Duration after = {}) {
    entra::SignInRecord record;
    record.id = id;
    record.at = clock_.now() + after;
    record.user = entra::ObjectId{"u1"};
    record.user_principal_name = "amy@example.test";
    record.error_code = error;
    sign_ins_.add(record);
  }
};

// [Graph O1] [Graph O5]
TEST_F(Organization, is_a_list_of_one_with_its_verified_domains) {
  tenant_.domains().add({.name = "pending.test", .verified = false});
  const auto body = json(get("/organization"));
  ASSERT_EQ(body.at("value").get_array().size(), 1U);
  EXPECT_EQ(at(body, "/value/0/id"), tenant_.id());
  EXPECT_EQ(at(body, "/value/0/displayName"), "Example");
  EXPECT_EQ(at(body, "/value/0/onPremisesSyncEnabled"), "null");
  EXPECT_EQ(at(body, "/value/0/verifiedDomains/0"),
            R"({"capabilities":"Email, OfficeCommunicationsOnline","isDefault":true,"isInitial":false,"name":"example.test","type":"Managed"})");
  EXPECT_EQ(body.at("value").at(0).at("verifiedDomains").get_array().size(), 2U);
  EXPECT_EQ(at(get("/organization/" + tenant_.id()), "/displayName"), "Example");
}

// [Graph O2]
TEST_F(Organization, shows_little_to_an_app_that_may_read_the_user) {
  const auto amy = made_user("amy");
  grant_user("amy", amy, {"User.Read"});
  token_ = "amy";
  const auto body = json(get("/organization"));
  EXPECT_EQ(at(body, "/value/0/displayName"), "Example");
  EXPECT_NE(at(body, "/value/0/verifiedDomains"), "null");
  EXPECT_EQ(at(body, "/value/0/countryLetterCode"), "null");
  EXPECT_EQ(at(body, "/value/0/assignedPlans"), "null");
}

// [Graph O3] [Graph O4] [Graph O5] [Graph U22]
TEST_F(Organization, domains_say_what_they_are) {
  tenant_.domains().add({.name = "pending.test", .verified = false});
  tenant_.domains().add({.name = "fed.test", .federated = true});
  const auto list = get("/domains");
  EXPECT_THAT(each(list, "/id"), ElementsAre("example.test", "example.onmicrosoft.test", "pending.test", "fed.test"));
  EXPECT_THAT(each(list, "/isVerified"), ElementsAre("true", "true", "false", "true"));
  EXPECT_THAT(each(list, "/isDefault"), ElementsAre("true", "false", "false", "false"));
  EXPECT_THAT(each(list, "/isInitial"), ElementsAre("false", "true", "false", "false"));
  EXPECT_THAT(each(list, "/authenticationType"), ElementsAre("Managed", "Managed", "Managed", "Federated"));
  const auto one = json(get("/domains/example.test"));
  EXPECT_EQ(at(one, "/passwordValidityPeriodInDays"), "2147483647") << "passwords of a new tenant do not expire";
  EXPECT_EQ(at(get("/domains/fed.test"), "/passwordValidityPeriodInDays"), "90") << "where it is not set";
  EXPECT_EQ(at(one, "/passwordNotificationWindowInDays"), "14");
  EXPECT_EQ(at(one, "/availabilityStatus"), "null");
  for (const auto* name : {"/isAdminManaged", "/isRoot"}) EXPECT_EQ(at(one, name), "true");
  EXPECT_EQ(at(one, "/supportedServices/0"), "Email");
  EXPECT_EQ(at(one, "/state"), "null");
  EXPECT_EQ(get("/domains/nothing.test").status, 404);
}

// [Graph Q21]
TEST_F(Organization, objects_by_their_ids_show_a_few_properties) {
  const auto amy = made_user("amy", R"(, "jobTitle": "Cook")");
  const auto team = made_group("team");
  const auto found = send("POST", "/directoryObjects/getByIds", R"({"ids": [")" + amy + "\", \"" + team + R"(", "nobody"]})");
  EXPECT_THAT(each(found, "/id"), ElementsAre(amy, team));
  EXPECT_THAT(each(found, "/@odata.type"), ElementsAre("#microsoft.graph.user", "#microsoft.graph.group"));
  EXPECT_THAT(each(found, "/jobTitle"), ElementsAre("none", "none"));
  EXPECT_THAT(each(send("POST", "/directoryObjects/getByIds", R"({"ids": [")" + amy + "\", \"" + team + R"("], "types": ["group"]})"), "/id"), ElementsAre(team));
  EXPECT_EQ(at(get("/directoryObjects/" + team), "/@odata.type"), "#microsoft.graph.group");
}

// [Graph O6] [Graph O10]
TEST_F(Organization, audits_tell_who_changed_what) {
  const auto amy = made_user("amy");
  const auto team = made_group("team");
  send("POST", "/groups/" + team + "/members/$ref", reference(amy));
  const auto admin = made_user("admin");
  tenant_.grant_role(entra::ObjectId{admin}, "Global Administrator");
  grant_user("admin", admin, {"User.ReadWrite.All", "Directory.AccessAsUser.All"});
  token_ = "admin";
  pass(std::chrono::seconds{1});
  send("PATCH", "/users/" + amy, R"({"accountEnabled": false})");
  send("PATCH", "/users/" + amy, R"({"jobTitle": "Cook"})");
  token_ = "all";
  const auto audits = get("/auditLogs/directoryAudits");
  EXPECT_THAT(each(audits, "/activityDisplayName"),
              ElementsAre("Update user", "Disable account", "Add user", "Add member to group", "Add group", "Add user"));
  const auto latest = json(audits).at("value").at(0);
  EXPECT_EQ(at(latest, "/category"), "UserManagement");
  EXPECT_EQ(at(latest, "/result"), "success");
  EXPECT_EQ(at(latest, "/loggedByService"), "Core Directory");
  EXPECT_THAT(at(latest, "/activityDateTime"), MatchesRegex("2026-01-05T08:00:01\\.[0-9]{7}Z"));
  EXPECT_EQ(at(latest, "/initiatedBy/user/userPrincipalName"), "admin@example.test");
  EXPECT_EQ(at(latest, "/targetResources/0/id"), amy);
  EXPECT_EQ(at(latest, "/targetResources/0/userPrincipalName"), "amy@example.test");
  EXPECT_EQ(at(latest, "/targetResources/0/modifiedProperties/0/displayName"), "jobTitle");
  EXPECT_EQ(at(latest, "/targetResources/0/modifiedProperties/0/newValue"), "\"Cook\"");
  EXPECT_EQ(at(latest, "/additionalDetails"), "[]");
  EXPECT_EQ(at(json(audits).at("value").at(3), "/initiatedBy/app/displayName"), "The all app");
  EXPECT_EQ(at(get("/auditLogs/directoryAudits/" + at(latest, "/id")), "/id"), at(latest, "/id"));
}

// [Graph O6]
TEST_F(Organization, audits_are_filtered_and_come_in_pages) {
  service_.options().limits.on = false;
  for (const auto* name : {"amy", "bob", "cat"}) made_user(name);
  made_group("team");
  pass(std::chrono::hours{1});
  send("DELETE", "/users/bob@example.test");
  const auto find = [&](std::string_view filter) { return each(get(filtered("/auditLogs/directoryAudits", filter)), "/activityDisplayName"); };
  EXPECT_THAT(find("activityDateTime ge 2026-01-05T08:30:00Z"), ElementsAre("Delete user"));
  EXPECT_EQ(find("category eq 'UserManagement' and activityDateTime le 2026-01-05T08:30:00Z").size(), 3U);
  EXPECT_THAT(find("activityDisplayName eq 'Add group'"), ElementsAre("Add group"));
  EXPECT_THAT(find("startsWith(activityDisplayName,'del')"), ElementsAre("Delete user"));
  EXPECT_THAT(find("targetResources/any(t:t/displayName eq 'cat')"), ElementsAre("Add user"));
  EXPECT_EQ(find("initiatedBy/app/displayName eq 'The all app'").size(), 5U);
  EXPECT_EQ(get(filtered("/auditLogs/directoryAudits", "category")).status, 400);
  std::size_t seen = 0;
  for (std::string place = "/auditLogs/directoryAudits?$top=2";;) {
    const auto page = get(place);
    seen += each(page, "/id").size();
    if (at(page, "/@odata.nextLink") == "none") break;
    place = place_of(at(page, "/@odata.nextLink"));
  }
  EXPECT_EQ(seen, 5U);
}

// [Graph O7] [Graph O8]
TEST_F(Organization, sign_ins_are_listed_with_their_error_numbers) {
  sign_in("s1", 0);
  sign_in("s2", 50126);
  const auto list = get("/auditLogs/signIns");
  EXPECT_THAT(each(list, "/id"), ElementsAre("s2", "s1"));
  EXPECT_THAT(each(list, "/status/errorCode"), ElementsAre("50126", "0"));
  const auto one = json(list).at("value").at(0).get_object();
  for (const auto* name : {"createdDateTime", "userPrincipalName", "userId", "userDisplayName", "appId", "appDisplayName", "ipAddress", "clientAppUsed", "correlationId",
                           "conditionalAccessStatus", "isInteractive", "riskLevelAggregated", "resourceId", "resourceDisplayName", "deviceDetail", "location"})
    EXPECT_TRUE(one.contains(name)) << name;
  EXPECT_THAT(each(get(filtered("/auditLogs/signIns", "status/errorCode eq 0 and userId eq 'u1'")), "/id"), ElementsAre("s1"));
  EXPECT_EQ(at(get("/auditLogs/signIns/s1"), "/id"), "s1");
  EXPECT_EQ(get("/auditLogs/signIns/s9").status, 404);
}

// [Graph O9]
TEST_F(Organization, sign_ins_need_two_permissions_and_a_licence) {
  grant("few", entra::AccessToken::Kind::app, {"AuditLog.Read.All"});
  token_ = "few";
  EXPECT_EQ(get("/auditLogs/directoryAudits").status, 200);
  EXPECT_EQ(get("/auditLogs/signIns").status, 403);
  token_ = "all";
  EXPECT_EQ(get("/auditLogs/signIns").status, 200);
  service_.options().premium_licence = false;
  EXPECT_EQ(get("/auditLogs/signIns").status, 403);
  EXPECT_EQ(get("/auditLogs/directoryAudits").status, 200);
}

// [Graph F25] [Graph T11]
TEST_F(Organization, logs_are_late_and_can_be_read_five_times_in_ten_seconds) {
  service_.options().log_lag = std::chrono::minutes{5};
  made_user("amy");
  EXPECT_THAT(each(get("/auditLogs/directoryAudits"), "/id"), IsEmpty());
  pass(std::chrono::minutes{5});
  EXPECT_EQ(each(get("/auditLogs/directoryAudits"), "/id").size(), 1U);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(get("/auditLogs/signIns").status, 200);
  EXPECT_EQ(get("/auditLogs/signIns").status, 429);
  EXPECT_EQ(get("/users").status, 200);
  pass(std::chrono::seconds{10});
  EXPECT_EQ(get("/auditLogs/signIns").status, 200);
}

}  // namespace organization_test
}  // namespace fakes::graph
