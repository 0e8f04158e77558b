// The table of operations: each row is reached, and answers as far as its fidelity says; and who may call it.
#include "fakes/okta/api/routes.h"

#include <set>

#include "fakes/okta/api/api_fixture.h"

namespace fakes::okta::api {
namespace routes_test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Routes : public ApiTest {
 protected:
  Routes() { service_.options().limits.on = false; }

  static std::string filled(std::string_view path, const std::string& key = "x") {
    std::string place(path);
    for (auto found = place.find("{}"); found != std::string::npos; found = place.find("{}")) place.replace(found, 2, key);
    return place;
  }
  static std::string name_of(const Route& route) { return std::string(route.method) + " " + std::string(route.path); }

  /// Calls an operation with these keys; it has to succeed.
  std::string call(const std::string& operation, std::initializer_list<std::string> keys, const std::string& body = "", const std::string& query = "") {
    const auto space = operation.find(' ');
    auto place = operation.substr(space + 1);
    for (const auto& key : keys) place.replace(place.find("{}"), 2, key);
    called_.insert(operation);
    const auto response = send(operation.substr(0, space), place + query, body);
    EXPECT_EQ(response.status / 100, 2) << operation << ": " << response.body;
    return at(response, "/id");
  }
  std::set<std::string> called_;
};

// [Okta provisioning-clients 5.1-08]
TEST_F(Routes, an_operation_that_is_absent_answers_501_and_names_itself) {
  std::size_t absent = 0;
  for (const auto& route : all_routes()) {
    if (fidelity_of(route) != Fidelity::absent) continue;
    ++absent;
    const auto response = send(std::string(route.method), filled(route.path));
    EXPECT_EQ(outcome(response), "501 E0000060") << name_of(route);
    EXPECT_THAT(at(response, "/errorCauses/0/errorSummary"), HasSubstr(name_of(route)));
  }
  EXPECT_GT(absent, 50U);
}

TEST_F(Routes, the_table_names_each_operation_once_and_says_what_is_missing) {
  std::set<std::string> seen;
  for (const auto& route : all_routes()) {
    EXPECT_TRUE(seen.insert(name_of(route)).second) << name_of(route);
    EXPECT_EQ(fidelity_of(route) == Fidelity::partial, !route.note.empty()) << name_of(route);
    Request request;
    request.method = route.method;
    request.path = base::parse_target(filled(route.path, "some-key"))->segments();
    EXPECT_EQ(find_route(request).route, &route) << name_of(route);
  }
}

// [Okta provisioning-clients 5.1-07]
TEST_F(Routes, what_is_no_operation_is_404_or_405) {
  EXPECT_EQ(outcome(get("/nothing")), "404 E0000008");
  EXPECT_EQ(outcome(get("/users/a/b/c/d")), "404 E0000008");
  EXPECT_EQ(outcome(send("PATCH", "/users/x")), "405 E0000022");
  EXPECT_EQ(outcome(send("DELETE", "/logs")), "405 E0000022");
}

// [Okta provisioning-clients 5.1-01]
TEST_F(Routes, each_wants_credentials_and_the_scope_of_its_own) {
  Caller nobody;
  nobody.kind = Caller::Kind::access_token;
  nobody.scopes = {"openid"};
  tokens_.add_access_token("poor", nobody);
  const auto right = token_;
  for (const auto& route : all_routes()) {
    if (route.permit.of_anybody) continue;
    token_ = "";
    EXPECT_EQ(outcome(send(std::string(route.method), filled(route.path))), "401 E0000011") << name_of(route);
    token_ = "SSWS wrong";
    EXPECT_EQ(outcome(send(std::string(route.method), filled(route.path))), "401 E0000011") << name_of(route);
    if (fidelity_of(route) == Fidelity::absent) continue;
    token_ = "Bearer poor";
    const bool needs_session = route.permit.scope.empty();
    EXPECT_EQ(outcome(send(std::string(route.method), filled(route.path))), needs_session ? "403 E0000005" : "403 E0000006") << name_of(route);
    if (needs_session) continue;
    Caller caller = nobody;
    caller.scopes = {std::string(route.permit.scope)};
    tokens_.add_access_token("rich", caller);
    token_ = "Bearer rich";
    EXPECT_NE(send(std::string(route.method), filled(route.path)).status, 403) << name_of(route);
  }
}

// Every operation that is not absent, once with what it needs. [Okta provisioning-clients 5.1-03]
TEST_F(Routes, each_that_is_there_succeeds) {
  const auto user = call("POST /api/v1/users", {}, with_password("amy"));
  call("GET /api/v1/users", {});
  call("GET /api/v1/users/{}", {user});
  call("GET /api/v1/users/me", {});
  call("POST /api/v1/users/{}", {user}, R"({"profile": {"title": "Boss"}})");
  call("PUT /api/v1/users/{}", {user}, "{" + profile("amy") + "}");
  call("GET /api/v1/users/{}/groups", {user});
  call("GET /api/v1/users/{}/appLinks", {user});
  call("POST /api/v1/users/{}/lifecycle/suspend", {user});
  call("POST /api/v1/users/{}/lifecycle/unsuspend", {user});
  call("POST /api/v1/users/{}/lifecycle/reset_factors", {user});
  call("POST /api/v1/authn", {}, R"({"username": "amy@example.test", "password": ")" + good_password + R"("})");
  call("POST /api/v1/users/{}/credentials/change_password", {user}, R"({"oldPassword": {"value": ")" + good_password + R"("}, "newPassword": {"value": "Wallaby-0815"}})");
  call("POST /api/v1/users/{}/credentials/change_recovery_question", {user},
       R"({"password": {"value": "Wallaby-0815"}, "recovery_question": {"question": "Which pet?", "answer": "A wombat"}})");
  call("POST /api/v1/users/{}/credentials/forgot_password", {user});
  call("POST /api/v1/users/{}/lifecycle/expire_password", {user});
  const auto bob = made_user("bob");
  call("POST /api/v1/users/{}/lifecycle/expire_password_with_temp_password", {bob});
  const auto cid = made_user("cid");
  call("POST /api/v1/users/{}/lifecycle/reset_password", {cid});
  call("POST /api/v1/users/{}/lifecycle/reactivate", {cid});
  call("POST /api/v1/users/{}/lifecycle/activate", {made_staged("dan")});
  const auto eve = made_user("eve");
  for (int i = 0; i < org_.options().password_policy.most_failures; ++i) (void)org_.authenticate("eve@example.test", base::Secret("wrong"));
  call("POST /api/v1/users/{}/lifecycle/unlock", {eve});

  const auto group = call("POST /api/v1/groups", {}, R"({"profile": {"name": "Sales"}})");
  call("GET /api/v1/groups", {});
  call("GET /api/v1/groups/{}", {group});
  call("PUT /api/v1/groups/{}", {group}, R"({"profile": {"name": "Selling"}})");
  call("PUT /api/v1/groups/{}/users/{}", {group, user});
  call("GET /api/v1/groups/{}/users", {group});
  call("DELETE /api/v1/groups/{}/users/{}", {group, user});
  const auto rule_body = [&](const std::string& name) {
    return R"({"type": "group_rule", "name": ")" + name + R"(", "conditions": {"expression": {"value": "user.department == \"Sales\"", "type": "urn:okta:expression:1.0"}},
               "actions": {"assignUserToGroups": {"groupIds": [")" + group + R"("]}}})";
  };
  const auto rule = call("POST /api/v1/groups/rules", {}, rule_body("one"));
  call("GET /api/v1/groups/rules", {});
  call("GET /api/v1/groups/rules/{}", {rule});
  call("PUT /api/v1/groups/rules/{}", {rule}, rule_body("two"));
  call("POST /api/v1/groups/rules/{}/lifecycle/activate", {rule});
  call("POST /api/v1/groups/rules/{}/lifecycle/deactivate", {rule});
  call("DELETE /api/v1/groups/rules/{}", {rule});

  const auto app = call("POST /api/v1/apps", {}, R"({"name": "scim2headerauth", "label": "Directory", "signOnMode": "AUTO_LOGIN"})");
  call("GET /api/v1/apps", {});
  call("GET /api/v1/apps/{}", {app});
  call("PUT /api/v1/apps/{}", {app}, R"({"name": "scim2headerauth", "label": "The directory"})");
  call("POST /api/v1/apps/{}/connections/default", {app}, R"({"profile": {"authScheme": "TOKEN", "token": "abc"}, "baseUrl": "https://scim.example.test"})", "?activate=true");
  call("GET /api/v1/apps/{}/connections/default", {app});
  call("POST /api/v1/apps/{}/connections/default/lifecycle/deactivate", {app});
  call("POST /api/v1/apps/{}/connections/default/lifecycle/activate", {app});
  call("GET /api/v1/apps/{}/features", {app});
  call("GET /api/v1/apps/{}/features/{}", {app, "USER_PROVISIONING"});
  call("PUT /api/v1/apps/{}/features/{}", {app, "USER_PROVISIONING"}, R"({"create": {"lifecycleCreate": {"status": "ENABLED"}}})");
  call("POST /api/v1/apps/{}/users", {app}, R"({"id": ")" + eve + R"(", "scope": "USER"})");
  call("GET /api/v1/apps/{}/users", {app});
  call("GET /api/v1/apps/{}/users/{}", {app, eve});
  call("POST /api/v1/apps/{}/users/{}", {app, eve}, R"({"credentials": {"userName": "eve"}})");
  call("DELETE /api/v1/apps/{}/users/{}", {app, eve});
  call("PUT /api/v1/apps/{}/groups/{}", {app, group});
  call("GET /api/v1/apps/{}/groups", {app});
  call("GET /api/v1/apps/{}/groups/{}", {app, group});
  call("GET /api/v1/groups/{}/apps", {group});
  const auto mapping = call("POST /api/v1/apps/{}/group-push/mappings", {app}, R"({"sourceGroupId": ")" + group + R"("})");
  call("GET /api/v1/apps/{}/group-push/mappings", {app});
  call("GET /api/v1/apps/{}/group-push/mappings/{}", {app, mapping});
  call("PATCH /api/v1/apps/{}/group-push/mappings/{}", {app, mapping}, R"({"status": "INACTIVE"})");
  call("DELETE /api/v1/apps/{}/group-push/mappings/{}", {app, mapping}, "", "?deleteTargetGroup=false");
  call("DELETE /api/v1/apps/{}/groups/{}", {app, group});
  call("DELETE /api/v1/groups/{}", {group});
  call("POST /api/v1/apps/{}/lifecycle/deactivate", {app});
  call("POST /api/v1/apps/{}/lifecycle/activate", {app});
  (void)post("/apps/" + app + "/lifecycle/deactivate");
  call("DELETE /api/v1/apps/{}", {app});

  call("GET /api/v1/logs", {});
  const auto hook = call("POST /api/v1/eventHooks", {},
                         R"({"name": "hook", "events": {"type": "EVENT_TYPE", "items": ["user.lifecycle.create"]}, "channel": {"config": {"uri": "https://hooks.example.test/okta"}}})");
  call("GET /api/v1/eventHooks", {});
  call("GET /api/v1/eventHooks/{}", {hook});
  call("PUT /api/v1/eventHooks/{}", {hook},
       R"({"name": "hook", "events": {"type": "EVENT_TYPE", "items": ["user.lifecycle.suspend"]}, "channel": {"config": {"uri": "https://hooks.example.test/okta"}}})");
  // Nobody answers there; where somebody does, it succeeds in the tests of hooks.
  called_.insert("POST /api/v1/eventHooks/{}/lifecycle/verify");
  EXPECT_EQ(outcome(post("/eventHooks/" + hook + "/lifecycle/verify")), "400 E0000001");
  call("POST /api/v1/eventHooks/{}/lifecycle/activate", {hook});
  call("POST /api/v1/eventHooks/{}/lifecycle/deactivate", {hook});
  call("DELETE /api/v1/eventHooks/{}", {hook});
  call("GET /api/v1/policies", {}, "", "?type=PASSWORD");
  call("GET /api/v1/policies/{}", {at(get("/policies?type=PASSWORD"), "/0/id")});
  call("GET /api/v1/meta/types/user", {});
  call("GET /api/v1/meta/types/user/{}", {org_.default_user_type()});
  call("GET /api/v1/meta/schemas/user/default", {});

  const auto session = [&](const std::string& id) { return org_.open_session(UserId{id})->id.text(); };
  const auto first = session(eve);
  call("GET /api/v1/sessions/{}", {first});
  call("POST /api/v1/sessions/{}/lifecycle/refresh", {first});
  call("DELETE /api/v1/sessions/{}", {first});
  (void)session(eve);
  call("DELETE /api/v1/users/{}/sessions", {eve});
  const auto right = std::exchange(token_, "");
  const auto as_eve = [&](const std::string& operation) {
    called_.insert(operation);
    const auto space = operation.find(' ');
    const auto response = send(operation.substr(0, space), operation.substr(space + 1), "", {{"Cookie", "a=b; sid=" + session(eve)}});
    EXPECT_EQ(response.status / 100, 2) << operation << response.body;
  };
  as_eve("GET /api/v1/sessions/me");
  as_eve("POST /api/v1/sessions/me/lifecycle/refresh");
  as_eve("DELETE /api/v1/sessions/me");
  as_eve("POST /api/v1/users/me/lifecycle/delete_sessions");
  token_ = right;
  call("POST /api/v1/users/{}/lifecycle/deactivate", {eve});
  call("DELETE /api/v1/users/{}", {eve});

  for (const auto& route : all_routes()) EXPECT_EQ(called_.contains(name_of(route)), fidelity_of(route) != Fidelity::absent) << name_of(route);
}

// [Okta provisioning-clients 5.1-02]
TEST_F(Routes, each_answer_names_its_request) {
  const auto first = header(get("/users"), "X-Okta-Request-Id");
  const auto second = header(get("/nothing"), "X-Okta-Request-Id");
  EXPECT_THAT(first, StartsWith("req"));
  EXPECT_THAT(second, StartsWith("req"));
  EXPECT_NE(first, second);
}

// Codes that the org raises and codes that the API raises are the same codes.
TEST(ApiErrors, whatever_the_org_refuses_has_a_status) {
  for (const auto number : {1, 3, 4, 5, 6, 7, 11, 14, 16, 17, 32, 34, 38, 62, 64, 75, 76, 80, 81, 112, 117, 124, 125}) {
    const Refusal refusal{static_cast<okta::ErrorCode>(number), "x", {"why"}};
    const auto error = error_of(refusal);
    EXPECT_EQ(find_error_code(okta::text_of(refusal.code)), error.code) << number;
    EXPECT_GE(error.http_status(), 400);
  }
}

}  // namespace routes_test
}  // namespace fakes::okta::api
