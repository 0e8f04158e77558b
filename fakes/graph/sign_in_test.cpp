// One tenant, two faces: what sign-in hands out Graph takes, and what Graph writes sign-in sees at once.
#include <fmt/format.h>

#include "fakes/devices/session_bounds.h"
#include "fakes/entra/sign_in/sign_in_fixture.h"
#include "fakes/graph/service.h"

namespace fakes::entra::sign_in {
namespace sign_in_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SignInAndGraph : public SignInTest {
 protected:
  explicit SignInAndGraph(SignInOptions options = with_test_host({})) : SignInTest(std::move(options)) {
    app_->permissions = {"User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "AuditLog.Read.All", "Directory.Read.All"};
  }
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

/// Whoever is shut out, and for how long Microsoft lets them go on. [Graph U57] [Graph K9]
class ShutOut : public SignInAndGraph {
 protected:
  explicit ShutOut(SignInOptions options = with_test_host({})) : SignInAndGraph(std::move(options)) { app_->delegated = {"User.Read"}; }

  struct Session {
    std::string cookie;
    std::string code;  ///< not redeemed yet
    std::string refresh_token;
    std::string access_token;
  };
  Session sign_in() {
    cookie_.clear();
    Session session;
    const auto tokens = tokens_for({{"scope", "openid offline_access User.Read"}});
    session.refresh_token = text_in(tokens, "refresh_token");
    session.access_token = text_in(tokens, "access_token");
    session.code = sent_back(browse(authorize())).parameter("code").value_or("");
    session.cookie = cookie_;
    EXPECT_FALSE(session.code.empty() || session.refresh_token.empty() || session.access_token.empty() || session.cookie.empty());
    return session;
  }
  /// As a suspension in the directory has it done at Microsoft; since when.
  base::Instant shut_out() {
    EXPECT_EQ(graph("PATCH", "/users/" + amy_.text(), app_token(), R"({"accountEnabled": false})").status, 204);
    EXPECT_EQ(graph("POST", "/users/" + amy_.text() + "/revokeSignInSessions", app_token()).status, 200);
    return clock_.now();
  }
  /// What of a session leads to another token; empty: nothing.
  std::string renewed(const Session& session) {
    if (error_of(refresh(session.refresh_token)).second == 0) return "the refresh token";
    if (error_of(redeem(session.code)).second == 0) return "the code";
    cookie_ = session.cookie;
    const auto answer = browse(authorize({{"prompt", "none"}}));
    return answer.headers.find("Location").value_or("").contains("code=") ? "the browser's session" : "";
  }
  bool goes_on(const Session& session) { return graph("GET", "/me", session.access_token).status == 200; }
  /// What of these sessions goes on for longer than the bound allows; looked at every minute.
  std::string beyond_the_bound(const std::vector<Session>& sessions, base::Instant since) {
    const auto bound = devices::longest_access_token;
    for (auto after = base::Duration{0}; after <= bound + minutes{2}; after += minutes{1}) {
      pass(since + after - clock_.now());
      const auto past = std::chrono::duration_cast<minutes>(after).count();
      for (const auto& session : sessions) {
        if (const auto what = renewed(session); !what.empty()) return fmt::format("{} leads on after {} minutes: {}", what, past, devices::microsoft.law);
        if (after >= bound && goes_on(session)) return fmt::format("a token is taken after {} minutes: {}", past, devices::microsoft.law);
      }
    }
    return "";
  }
};

// [Graph U57] [Graph K9] [Graph K25]: each access token is given another lifetime, so that several are tried.
TEST_F(ShutOut, no_session_at_microsoft_outlives_its_bound) {
  std::vector<Session> sessions;
  for (int i = 0; i < 12; ++i) sessions.push_back(sign_in());
  pass(seconds{1});
  EXPECT_EQ(beyond_the_bound(sessions, shut_out()), "");
}

// [Graph U57]: a token says nothing of a suspension, so that whoever has one is not gone at once.
TEST_F(ShutOut, an_access_token_goes_on_until_it_expires) {
  const auto session = sign_in();
  pass(seconds{1});
  const auto since = shut_out();
  EXPECT_TRUE(goes_on(session));
  pass(since + minutes{59} - clock_.now());
  EXPECT_TRUE(goes_on(session));
}

class LongLivedTokens : public ShutOut {
 protected:
  static SignInOptions longer() {
    SignInOptions options;
    options.access_token_shortest = options.access_token_longest = devices::longest_access_token + minutes{1};
    return with_test_host(std::move(options));
  }
  LongLivedTokens() : ShutOut(longer()) {}
};

// The judgement above finds what it is there for.
TEST_F(LongLivedTokens, are_found_by_the_bound) {
  const std::vector<Session> sessions{sign_in()};
  pass(seconds{1});
  EXPECT_THAT(beyond_the_bound(sessions, shut_out()), ::testing::StartsWith("a token is taken after 90 minutes"));
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

}  // namespace sign_in_test
}  // namespace fakes::entra::sign_in
