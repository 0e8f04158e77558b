// Applications and who is assigned to them, through the API.
#include "fakes/okta/api/api_fixture.h"

#include <set>

namespace fakes::okta::api {
namespace apps_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class AppsApi : public ApiTest {
 protected:
  AppsApi() {
    wiki_ = made("/apps", R"({"name": "bookmark", "label": "Wiki"})");
    scim_ = made("/apps", R"({"name": "scim2headerauth", "label": "Directory"})");
    (void)post("/apps/" + scim_ + "/connections/default?activate=true", R"({"profile": {"authScheme": "TOKEN", "token": "a-secret"}, "baseUrl": "https://scim.example.test"})");
  }
  base::HttpResponse assign(const std::string& app, const std::string& user, const std::string& more = "") {
    return post("/apps/" + app + "/users", R"({"id": ")" + user + R"(", "scope": "USER")" + more + "}");
  }
  std::string enable(const std::string& capabilities) { return outcome(send("PUT", "/apps/" + scim_ + "/features/USER_PROVISIONING", capabilities)); }
  std::vector<Change> changes_since(std::uint64_t cursor) {
    std::vector<Change> out;
    for (const auto& entry : org_.changes().after(cursor)) out.push_back(entry.what);
    return out;
  }
  std::string wiki_;
  std::string scim_;
};

// [Okta provisioning-clients 5.1-10, 5.5-01]
TEST_F(AppsApi, who_is_assigned_is_answered_as_an_app_user) {
  const auto amy = made_user("amy");
  const auto answer = assign(wiki_, amy, R"(, "credentials": {"userName": "amy.doe"}, "profile": {"role": "editor"})");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_THAT(wiki_, AllOf(StartsWith("0oa"), SizeIs(20)));
  EXPECT_EQ(at(answer, "/id"), amy);
  EXPECT_EQ(at(answer, "/scope"), "USER");
  EXPECT_EQ(at(answer, "/credentials/userName"), "amy.doe");
  EXPECT_EQ(at(answer, "/profile/role"), "editor");
  EXPECT_EQ(at(answer, "/created"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(answer, "/_links/app/href"), "https://acme.okta.com/api/v1/apps/" + wiki_);
  EXPECT_EQ(at(answer, "/_links/user/href"), "https://acme.okta.com/api/v1/users/" + amy);
  for (const auto* name : {"/externalId", "/lastUpdated", "/status", "/statusChanged", "/passwordChanged", "/syncState", "/lastSync"}) EXPECT_NE(at(answer, name), "none") << name;
  EXPECT_EQ(at(assign(wiki_, made_user("bob")), "/credentials/userName"), "bob@example.test");
  EXPECT_THAT(each(get("/apps/" + wiki_ + "/users"), "/id"), SizeIs(2));
  EXPECT_EQ(outcome(assign(wiki_, "00u0")), "404 E0000007");
  EXPECT_EQ(outcome(assign("0oa0", amy)), "404 E0000007");
  EXPECT_EQ(outcome(post("/apps/" + wiki_ + "/users", R"({"id": ")" + amy + R"(", "scope": "GROUP"})")), "400 E0000001");
  EXPECT_EQ(at(post("/apps/" + wiki_ + "/users/" + amy, R"({"credentials": {"userName": "ad"}})"), "/credentials/userName"), "ad");
}

// [Okta provisioning-clients 5.5-02]
TEST_F(AppsApi, an_assignment_has_a_state_and_a_scope) {
  const auto amy = made_user("amy");
  EXPECT_EQ(at(assign(wiki_, amy), "/status"), "ACTIVE");
  EXPECT_EQ(enable(R"({"create": {"lifecycleCreate": {"status": "ENABLED"}}})"), "200");
  EXPECT_EQ(at(assign(scim_, amy), "/status"), "STAGED");
  org_.sync_succeeded(AppId{scim_}, UserId{amy}, "4711");
  const auto synchronised = get("/apps/" + scim_ + "/users/" + amy);
  EXPECT_EQ(at(synchronised, "/status"), "PROVISIONED");
  EXPECT_EQ(at(synchronised, "/externalId"), "4711");
  EXPECT_EQ(at(synchronised, "/syncState"), "SYNCHRONIZED");
  const auto group = made_group("Sales");
  const auto bob = made_user("bob");
  (void)send("PUT", "/groups/" + group + "/users/" + bob);
  EXPECT_EQ(outcome(send("PUT", "/apps/" + scim_ + "/groups/" + group)), "200");
  EXPECT_EQ(at(get("/apps/" + scim_ + "/users/" + bob), "/scope"), "GROUP");
  const std::set<std::string> states{"STAGED", "PROVISIONED", "ACTIVE", "INACTIVE", "DEPROVISIONED"};
  for (const auto& state : each(get("/apps/" + scim_ + "/users"), "/status")) EXPECT_TRUE(states.contains(state)) << state;
}

// [Okta provisioning-clients 5.1-08, 5.5-03]
TEST_F(AppsApi, an_assignment_is_refused_for_three_reasons) {
  const auto amy = made_user("amy", R"(, "title": "Boss")");
  EXPECT_EQ(outcome(assign(wiki_, amy, R"(, "profile": {"title": "Chief"})")), "403 E0000075");
  EXPECT_EQ(outcome(assign(wiki_, amy, R"(, "profile": {"title": "Boss"})")), "200");
  EXPECT_EQ(outcome(assign(wiki_, amy)), "409 E0000062");
  const auto bob = made_user("bob");
  (void)post("/users/" + bob + "/lifecycle/deactivate");
  EXPECT_EQ(outcome(assign(wiki_, bob)), "403 E0000117");
}

// [Okta provisioning-clients 5.5-04]
TEST_F(AppsApi, a_delete_unassigns_and_tells_provisioning) {
  const auto amy = made_user("amy");
  EXPECT_EQ(enable(R"({"update": {"lifecycleDeactivate": {"status": "ENABLED"}}})"), "200");
  (void)assign(scim_, amy);
  const auto cursor = org_.changes().last();
  EXPECT_EQ(outcome(send("DELETE", "/apps/" + scim_ + "/users/" + amy + "?sendEmail=false")), "204");
  EXPECT_THAT(changes_since(cursor), Contains(Change::app_user_unassigned));
  EXPECT_EQ(outcome(get("/apps/" + scim_ + "/users/" + amy)), "404 E0000007");
  EXPECT_EQ(outcome(send("DELETE", "/apps/" + scim_ + "/users/" + amy)), "404 E0000007");
  (void)assign(wiki_, amy);
  service_.options().quirks.add(Quirk::unassignment_answers_object);
  const auto answer = send("DELETE", "/apps/" + wiki_ + "/users/" + amy);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{}");
}

// [Okta provisioning-clients 5.5-05]
TEST_F(AppsApi, groups_are_assigned_and_unassigned) {
  const auto group = made_group("Sales");
  const auto amy = made_user("amy");
  (void)send("PUT", "/groups/" + group + "/users/" + amy);
  const auto place = "/apps/" + wiki_ + "/groups/" + group;
  EXPECT_EQ(outcome(get(place)), "404 E0000007");
  const auto answer = send("PUT", place, R"({"priority": 3})");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, "/id"), group);
  EXPECT_EQ(at(answer, "/priority"), "3");
  EXPECT_THAT(each(get("/apps/" + wiki_ + "/groups"), "/id"), ElementsAre(group));
  EXPECT_THAT(each(get("/groups/" + group + "/apps"), "/id"), ElementsAre(wiki_));
  EXPECT_THAT(each(get("/users/" + amy + "/appLinks"), "/appInstanceId"), ElementsAre(wiki_));
  EXPECT_EQ(outcome(send("DELETE", place)), "204");
  EXPECT_THAT(each(get("/apps/" + wiki_ + "/groups"), "/id"), IsEmpty());
  EXPECT_THAT(each(get("/apps/" + wiki_ + "/users"), "/id"), IsEmpty());
  EXPECT_EQ(outcome(send("PUT", place, R"({"priority": 101})")), "400 E0000001");
}

// [Okta provisioning-clients 5.5-06]
TEST_F(AppsApi, a_connection_is_read_set_activated_and_deactivated) {
  const auto app = made("/apps", R"({"name": "scim2oauth", "label": "Other"})");
  const auto place = "/apps/" + app + "/connections/default";
  EXPECT_EQ(at(get(place), "/authScheme"), "UNKNOWN");
  EXPECT_EQ(at(get(place), "/status"), "DISABLED");
  const auto set = post(place, R"({"profile": {"authScheme": "TOKEN", "token": "a-secret"}, "baseUrl": "https://scim.example.test"})");
  EXPECT_EQ(at(set, "/authScheme"), "TOKEN");
  EXPECT_EQ(at(set, "/status"), "DISABLED");
  EXPECT_THAT(set.body, Not(::testing::HasSubstr("a-secret")));
  EXPECT_EQ(outcome(post(place + "/lifecycle/activate")), "204");
  EXPECT_EQ(at(get(place), "/status"), "ENABLED");
  EXPECT_EQ(outcome(post(place + "/lifecycle/deactivate")), "204");
  EXPECT_EQ(at(get(place), "/status"), "DISABLED");
  EXPECT_EQ(at(post(place + "?activate=true", R"({"profile": {"authScheme": "OAUTH2"}})"), "/status"), "ENABLED");
  EXPECT_EQ(at(get(place), "/authScheme"), "OAUTH2");
  EXPECT_EQ(outcome(post(place, R"({"profile": {"authScheme": "BASIC"}})")), "400 E0000001");
}

// [Okta provisioning-clients 5.5-07]
TEST_F(AppsApi, the_feature_of_provisioning_has_switches_that_are_off_at_first) {
  const auto place = "/apps/" + scim_ + "/features/USER_PROVISIONING";
  const std::vector<std::string> switches{"/capabilities/create/lifecycleCreate/status", "/capabilities/update/profile/status",
                                          "/capabilities/update/lifecycleDeactivate/status", "/capabilities/update/password/status"};
  for (const auto& way : switches) EXPECT_EQ(at(get(place), way), "DISABLED") << way;
  const auto answer = send("PUT", place, R"({"create": {"lifecycleCreate": {"status": "ENABLED"}}, "update": {"password": {"status": "ENABLED", "seed": "OKTA", "change": "CHANGE"}}})");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, switches[0]), "ENABLED");
  EXPECT_EQ(at(answer, switches[1]), "DISABLED");
  EXPECT_EQ(at(answer, switches[3]), "ENABLED");
  EXPECT_EQ(at(answer, "/capabilities/update/password/seed"), "OKTA");
  EXPECT_EQ(at(answer, "/capabilities/update/password/change"), "CHANGE");
  EXPECT_TRUE(org_.find(AppId{scim_})->provisioning.create);
  EXPECT_TRUE(org_.find(AppId{scim_})->provisioning.password);
  EXPECT_FALSE(org_.find(AppId{scim_})->provisioning.update);
  EXPECT_EQ(enable(R"({"update": {"profile": {"status": "MAYBE"}}})"), "400 E0000001");
  EXPECT_EQ(enable(R"({"update": {"password": {"status": "ENABLED", "seed": "OTHER"}}})"), "400 E0000001");
  EXPECT_THAT(each(get("/apps/" + scim_ + "/features"), "/name"), ElementsAre("USER_PROVISIONING"));
  EXPECT_EQ(outcome(get("/apps/" + scim_ + "/features/INBOUND_PROVISIONING")), "404 E0000007");
  EXPECT_EQ(outcome(get("/apps/" + wiki_ + "/features/USER_PROVISIONING")), "404 E0000007");
}

TEST_F(AppsApi, an_app_is_inactive_before_it_is_deleted) {
  EXPECT_EQ(send("DELETE", "/apps/" + wiki_).status / 100, 4);
  EXPECT_EQ(outcome(post("/apps/" + wiki_ + "/lifecycle/deactivate")), "200");
  EXPECT_EQ(at(get("/apps/" + wiki_), "/status"), "INACTIVE");
  EXPECT_EQ(outcome(send("DELETE", "/apps/" + wiki_)), "204");
  EXPECT_EQ(outcome(get("/apps/" + wiki_)), "404 E0000007");
  EXPECT_THAT(each(get("/apps?q=dir"), "/id"), ElementsAre(scim_));
  const auto page = get("/apps?limit=1");
  EXPECT_EQ(link_of(page, "next"), "");
}

// [Okta provisioning-clients 5.8-03]
TEST_F(AppsApi, an_oidc_app_has_a_client) {
  const auto answer = post("/apps", R"({"name": "oidc_client", "label": "Portal", "signOnMode": "OPENID_CONNECT",
      "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_post"}},
      "settings": {"oauthClient": {"redirect_uris": ["https://portal.example.test/back"], "grant_types": ["authorization_code", "refresh_token"], "application_type": "web"}}})");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(at(answer, "/credentials/oauthClient/client_id"), at(answer, "/id"));
  EXPECT_EQ(at(answer, "/settings/oauthClient/redirect_uris/0"), "https://portal.example.test/back");
  const auto* app = org_.find_client(at(answer, "/credentials/oauthClient/client_id"));
  ASSERT_NE(app, nullptr);
  EXPECT_EQ(app->oidc->auth_method, "client_secret_post");
  EXPECT_TRUE(app->oidc->grant_types.contains("refresh_token"));
  // Who makes an app is told its secret.
  EXPECT_FALSE(app->oidc->client_secret.empty());
  EXPECT_EQ(at(answer, "/credentials/oauthClient/client_secret"), app->oidc->client_secret.reveal());
  const auto of_everybody = post("/apps", R"({"name": "oidc_client", "label": "Page", "signOnMode": "OPENID_CONNECT",
      "credentials": {"oauthClient": {"token_endpoint_auth_method": "none"}}})");
  EXPECT_EQ(at(of_everybody, "/credentials/oauthClient/client_secret"), "none");
}

// [Okta provisioning-clients 4.8-12, 4.8-13]
TEST_F(AppsApi, groups_are_pushed_linked_and_unlinked) {
  const auto group = made_group("Sales");
  const auto place = "/apps/" + scim_ + "/group-push/mappings";
  const auto made = post(place, R"({"sourceGroupId": ")" + group + R"("})");
  EXPECT_EQ(at(made, "/status"), "ACTIVE");
  EXPECT_EQ(at(made, "/sourceGroupId"), group);
  EXPECT_EQ(at(made, "/targetGroupId"), "null");
  EXPECT_EQ(at(send("PATCH", place + "/" + at(made, "/id"), R"({"status": "INACTIVE"})"), "/status"), "INACTIVE");
  EXPECT_EQ(outcome(send("PATCH", place + "/" + at(made, "/id"), R"({"status": "GONE"})")), "400 E0000001");
  const auto cursor = org_.changes().last();
  EXPECT_EQ(outcome(send("DELETE", place + "/" + at(made, "/id") + "?deleteTargetGroup=true")), "204");
  EXPECT_THAT(changes_since(cursor), ElementsAre(Change::mapping_removed));
  const auto linked = post(place, R"({"sourceGroupId": ")" + made_group("Support") + R"(", "targetGroupId": "4711"})");
  EXPECT_EQ(at(linked, "/targetGroupId"), "4711");
  EXPECT_EQ(outcome(post(place, R"({"sourceGroupId": "00g0"})")), "404 E0000007");
}

}  // namespace apps_test
}  // namespace fakes::okta::api
