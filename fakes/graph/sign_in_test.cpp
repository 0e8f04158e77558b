// One tenant, two faces: what sign-in hands out Graph takes, and what Graph writes sign-in sees at once.
#include "fakes/entra/sign_in/sign_in_fixture.h"
#include "fakes/graph/service.h"

namespace fakes::entra::sign_in {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class SignInAndGraph : public SignInTest {
 protected:
  SignInAndGraph() { app_->permissions = {"User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "AuditLog.Read.All", "Directory.Read.All"}; }
  base::HttpResponse graph(const std::string& method, const std::string& target, const std::string& token, const std::string& body = {}) {
    base::HttpRequest request(method, "/v1.0" + target);
    request.headers.add("Host", "graph.microsoft.com");
    request.headers.add("Authorization", "Bearer " + token);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = body;
    return graph_.respond(request);
  }
  std::string app_token() {
    return text_in(json_of(ask_for_token({{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"},
                                          {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}})),
                   "access_token");
  }
  int log_in_error(const std::string& password) {
    cookie_.clear();
    const auto answer = log_in(authorize(), "amy@example.test", password);
    return answer.status == 302 ? 0 : std::stoi(problem_of(answer).substr(6));
  }

  graph::Service graph_{clock_, base::Rng(8), tenant_, service_.access_tokens(), &log_};
};

// [Graph K1] [Graph K8]
TEST_F(SignInAndGraph, graph_takes_a_token_of_sign_in_and_no_other) {
  const auto token = app_token();
  const auto answer = graph("GET", "/users/" + amy_.text(), token);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(text_in(json_of(answer), "userPrincipalName"), "amy@example.test");
  EXPECT_EQ(graph("GET", "/users/" + amy_.text(), token + "x").status, 401);
  pass(hours{1});
  EXPECT_EQ(graph("GET", "/users/" + amy_.text(), token).status, 401);
}

// [Graph K25]
TEST_F(SignInAndGraph, whom_graph_disables_does_not_sign_in) {
  const auto refresh_token = text_in(tokens_for(), "refresh_token");
  EXPECT_EQ(graph("PATCH", "/users/" + amy_.text(), app_token(), R"({"accountEnabled": false})").status, 204);
  EXPECT_EQ(error_of(refresh(refresh_token)).second, 50057);
  EXPECT_EQ(log_in_error(good_password), 50057);
}

// [Graph U57] [Graph K24]
TEST_F(SignInAndGraph, sessions_that_graph_revokes_are_over) {
  const auto refresh_token = text_in(tokens_for(), "refresh_token");
  pass(seconds{1});
  EXPECT_EQ(graph("POST", "/users/" + amy_.text() + "/revokeSignInSessions", app_token()).status, 200);
  EXPECT_EQ(error_of(refresh(refresh_token)).second, 50173);
}

// [Graph U30] [Graph K22]
TEST_F(SignInAndGraph, a_password_that_a_user_changes_through_graph_is_the_one_to_sign_in_with) {
  app_->delegated = {"Directory.AccessAsUser.All"};
  const auto token = text_in(tokens_for({{"scope", "openid Directory.AccessAsUser.All"}}), "access_token");
  const auto answer = graph("POST", "/me/changePassword", token, R"({"currentPassword": ")" + good_password + R"(", "newPassword": "Fresh-Start-2"})");
  EXPECT_EQ(answer.status, 204) << answer.body;
  EXPECT_TRUE(tenant_.password_of(amy_)->changed_by_user);
  EXPECT_EQ(log_in_error(good_password), 50126);
  EXPECT_EQ(log_in_error("Fresh-Start-2"), 0);
}

// [Graph U17] [Graph K6]
TEST_F(SignInAndGraph, a_password_that_graph_sets_holds_at_once) {
  const auto body = R"({"passwordProfile": {"password": "Handed-Out-1", "forceChangePasswordNextSignIn": false}})";
  EXPECT_EQ(graph("PATCH", "/users/" + amy_.text(), app_token(), body).status, 204);
  EXPECT_EQ(log_in_error("Handed-Out-1"), 0);
  EXPECT_FALSE(tenant_.password_of(amy_)->changed_by_user);
}

// [Graph O7] [Graph O8]
TEST_F(SignInAndGraph, graph_shows_what_sign_in_wrote_down) {
  EXPECT_EQ(log_in_error("Wrong-Horse-1"), 50126);
  const auto answer = graph("GET", "/auditLogs/signIns", app_token());
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = json_of(answer);
  const auto& records = body.at("value").as_array();
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(base::integer_member(records.front().at("status"), "errorCode"), 50126);
  EXPECT_EQ(base::string_or(records.front(), "userPrincipalName", ""), "amy@example.test");
  EXPECT_EQ(base::string_or(records.front(), "appDisplayName", ""), "Portal");
}

}  // namespace
}  // namespace fakes::entra::sign_in
