// What a person does in the portal: activate, log in, change the password, log out. Half of it is about what
// must not work: old links, short passwords, guessing, sessions that ought to be over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace portal_contract_test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view good = "correct horse battery";
constexpr std::string_view two_bytes = "\xC3\xA9";           // é
constexpr std::string_view four_bytes = "\xF0\x9F\x98\x80";  // a smiling face

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

class PortalContract : public ::testing::Test {
 protected:
  explicit PortalContract(BenchOptions options = {}) : bench_(std::move(options)) {}

  /// The token of a new user's link.
  std::string invited(std::string_view username) {
    ids_[std::string(username)] = bench_.provision(username);
    bench_.settle();
    return bench_.activation_token(fmt::format("{}@example.test", username));
  }
  std::string onboarded(std::string_view username) {
    return ids_[std::string(username)] = bench_.onboard(username);
  }
  base::Json user(std::string_view username) { return bench_.user(ids_[std::string(username)]); }
  base::HttpResponse post(std::string_view username, std::string_view what) {
    return bench_.admin("POST", fmt::format("/api/systemusers/{}/{}", ids_[std::string(username)], what));
  }
  void suspend(std::string_view username, bool suspended = true) {
    const auto body = fmt::format(R"({{"state": "{}"}})", suspended ? "SUSPENDED" : "ACTIVATED");
    EXPECT_EQ(bench_.admin("PUT", "/api/systemusers/" + ids_[std::string(username)], body).status, 200);
  }
  int change_password(const std::string& session, std::string_view old_password,
                      std::string_view new_password) {
    return bench_
        .portal("/password",
                fmt::format(R"({{"old_password": "{}", "new_password": "{}"}})", old_password, new_password),
                session)
        .status;
  }
  int log_in(std::string_view username, std::string_view password) {
    return bench_.log_in(username, password).status;
  }
  void fail_logins(std::string_view username, int times) {
    for (int i = 0; i < times; ++i) log_in(username, "a wrong password");
  }

  ServerBench bench_;
  std::map<std::string, std::string> ids_;
};

// Activation

// [rule R11] [rule R12] [rule R42] [rule D8]
TEST_F(PortalContract, the_link_of_the_mail_sets_the_password_that_was_pending) {
  const auto token = invited("amy.lee");
  EXPECT_EQ(user("amy.lee").at("activated"), base::Json(false));
  EXPECT_EQ(log_in("amy.lee", good), 401);
  EXPECT_EQ(bench_.activate(token, good).status, 204);
  EXPECT_EQ(user("amy.lee").at("activated"), base::Json(true));
  EXPECT_EQ(user("amy.lee").at("password_expired"), base::Json(false));
  EXPECT_TRUE(base::parse_rfc3339(base::string_or(user("amy.lee"), "password_date", "")).has_value());
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

TEST_F(PortalContract, a_link_works_once_R11) {
  const auto token = invited("amy.lee");
  ASSERT_EQ(bench_.activate(token, good).status, 204);
  EXPECT_EQ(bench_.activate(token, "another horse battery").status, 410);
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

TEST_F(PortalContract, an_unknown_link_is_gone) {
  const auto token = invited("amy.lee");
  EXPECT_THAT(token, SizeIs(64));
  for (const auto& wrong : {std::string(), std::string(64, '0'), token.substr(1), token + "0", " " + token}) {
    EXPECT_EQ(bench_.activate(wrong, good).status, 410) << wrong;
  }
  EXPECT_EQ(log_in("amy.lee", good), 401);
}

TEST_F(PortalContract, a_link_expires) {
  const auto early = invited("amy.lee");
  const auto late = invited("bob");
  bench_.run_for(std::chrono::days{7} - std::chrono::minutes{1});
  EXPECT_EQ(bench_.activate(early, good).status, 204);
  bench_.run_for(std::chrono::minutes{2});
  EXPECT_EQ(bench_.activate(late, good).status, 410);
  EXPECT_EQ(user("bob").at("activated"), base::Json(false));
}

// [rule R11]
TEST_F(PortalContract, a_new_link_replaces_an_expired_one) {
  invited("amy.lee");
  bench_.run_for(std::chrono::days{8});
  ASSERT_EQ(post("amy.lee", "state/activate").status, 204);
  bench_.settle();
  EXPECT_EQ(bench_.activate(bench_.activation_token("amy.lee@example.test"), good).status, 204);
}

TEST_F(PortalContract, the_first_link_that_is_used_ends_the_others) {
  const auto first = invited("amy.lee");
  ASSERT_EQ(post("amy.lee", "state/activate").status, 204);
  bench_.settle();
  const auto second = bench_.activation_token("amy.lee@example.test");
  ASSERT_NE(first, second);
  EXPECT_EQ(bench_.activate(first, good).status, 204);
  EXPECT_EQ(bench_.activate(second, "another horse battery").status, 410);
}

TEST_F(PortalContract, a_link_is_of_no_use_to_somebody_else) {
  const auto token = invited("amy.lee");
  invited("bob");
  ASSERT_EQ(bench_.activate(token, good).status, 204);
  EXPECT_EQ(log_in("bob", good), 401);
}

// [rule D18]
TEST_F(PortalContract, a_suspended_user_cannot_activate) {
  const auto token = invited("amy.lee");
  suspend("amy.lee");
  EXPECT_EQ(bench_.activate(token, good).status, 403);
  suspend("amy.lee", false);
  EXPECT_EQ(user("amy.lee").at("activated"), base::Json(false));
  EXPECT_EQ(bench_.activate(token, good).status, 204);
}

TEST_F(PortalContract, a_body_without_token_or_password_is_refused) {
  for (const auto* body : {"", "{", "[]", "{}", R"({"token": "x"})",
                           R"({"password": "correct horse battery"})", R"({"token": 5, "password": "x"})"}) {
    EXPECT_EQ(bench_.portal("/activate", body).status, 400) << body;
  }
  for (const auto* body : {"", "{}", R"({"username": "x"})", R"({"username": "", "password": "x"})",
                           R"({"username": 5, "password": "x"})"}) {
    EXPECT_EQ(bench_.portal("/login", body).status, 400) << body;
  }
}

// The policy

// [rule D111]: from both sides, and in characters.
TEST_F(PortalContract, a_password_has_12_to_64_characters) {
  int number = 0;
  for (const auto character : {std::string_view("x"), two_bytes, four_bytes}) {
    for (const std::size_t length : {12U, 64U}) {
      EXPECT_EQ(bench_.activate(invited(fmt::format("user{}", ++number)), repeated(character, length)).status,
                204)
          << character << length;
    }
    for (const std::size_t length : {0U, 1U, 11U, 65U, 1000U}) {
      const auto name = fmt::format("user{}", ++number);
      EXPECT_EQ(bench_.activate(invited(name), repeated(character, length)).status, 400)
          << character << length;
      EXPECT_EQ(user(name).at("activated"), base::Json(false));
    }
  }
}

TEST_F(PortalContract, a_refused_password_leaves_the_link_as_it_was_D111) {
  const auto token = invited("amy.lee");
  ASSERT_EQ(bench_.activate(token, "too short").status, 400);
  EXPECT_EQ(bench_.activate(token, good).status, 204);
}

// Logging in

// [rule D21]
TEST_F(PortalContract, a_person_logs_in_with_username_or_email_in_any_letter_case) {
  onboarded("amy.lee");
  for (const auto* name : {"amy.lee", "AMY.LEE", "amy.lee@example.test", "Amy.Lee@Example.Test"})
    EXPECT_EQ(log_in(name, good), 200) << name;
}

TEST_F(PortalContract, a_session_cookie_is_kept_from_scripts_and_from_plain_http) {
  onboarded("amy.lee");
  const auto cookie = header_of(bench_.log_in("amy.lee", good), "Set-Cookie");
  for (const auto* flag : {"HttpOnly", "Secure", "SameSite"}) EXPECT_THAT(cookie, HasSubstr(flag));
}

// Who may not log in learns nothing about who exists.
TEST_F(PortalContract, an_unknown_user_and_a_wrong_password_look_the_same) {
  onboarded("amy.lee");
  onboarded("suspended");
  suspend("suspended");
  invited("pending");
  const auto unknown = bench_.log_in("nobody", good);
  EXPECT_EQ(unknown.status, 401);
  for (const auto& answer : {bench_.log_in("amy.lee", "a wrong password"), bench_.log_in("suspended", good),
                             bench_.log_in("suspended", "a wrong password"), bench_.log_in("pending", good),
                             bench_.log_in("nobody@example.test", good)}) {
    EXPECT_EQ(answer, unknown) << answer.body;
  }
}

// [rule D12] [rule D13]
TEST_F(PortalContract, only_an_activated_user_logs_in_D12) {
  onboarded("amy.lee");
  for (const bool suspended : {true, false}) {
    suspend("amy.lee", suspended);
    EXPECT_EQ(log_in("amy.lee", good), suspended ? 401 : 200);
  }
}

TEST_F(PortalContract, a_session_shows_whose_it_is_and_others_are_refused) {
  onboarded("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  EXPECT_THAT(session, SizeIs(64));
  const auto show = [&](std::string cookie) {
    return bench_.ask("GET", "/portal/session", {{"Cookie", std::move(cookie)}});
  };
  EXPECT_EQ(body_of(show("session=" + session)).at("username"), base::Json("amy.lee"));
  EXPECT_EQ(show("theme=dark; session=" + session + "; lang=en").status, 200);
  EXPECT_EQ(show("old_session=expired; session=" + session).status, 200)
      << "another cookie whose name ends alike";
  EXPECT_EQ(show("session=").status, 401);
  EXPECT_EQ(show("session=" + session.substr(1)).status, 401);
  EXPECT_EQ(show("other=" + session).status, 401);
  EXPECT_EQ(show("").status, 401);
  EXPECT_EQ(bench_.ask("GET", "/portal/session").status, 401);
}

TEST_F(PortalContract, logging_out_ends_one_session_and_no_other) {
  onboarded("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  const auto other = bench_.session_of("amy.lee");
  EXPECT_NE(session, other);
  EXPECT_EQ(bench_.portal("/logout", "", session).status, 204);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_TRUE(bench_.is_open(other));
  EXPECT_EQ(bench_.portal("/logout", "").status, 401);
}

// Lockout

// [rule D112] [rule D14] [rule D25]
TEST_F(PortalContract, the_account_is_locked_after_the_last_attempt_and_opened_by_unlock) {
  onboarded("amy.lee");
  fail_logins("amy.lee", 5);
  EXPECT_EQ(log_in("amy.lee", good), 200) << "five are not six";
  fail_logins("amy.lee", 6);
  EXPECT_EQ(user("amy.lee").at("account_locked"), base::Json(true));
  EXPECT_EQ(log_in("amy.lee", good), 423);
  ASSERT_EQ(post("amy.lee", "unlock").status, 200);
  EXPECT_EQ(user("amy.lee").at("account_locked"), base::Json(false));
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

TEST_F(PortalContract, an_unlock_counts_from_zero_D112) {
  onboarded("amy.lee");
  fail_logins("amy.lee", 6);
  ASSERT_EQ(post("amy.lee", "unlock").status, 200);
  fail_logins("amy.lee", 5);
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

TEST(PortalLockout, the_number_of_attempts_is_a_setting_D110) {
  for (const int attempts : {1, 3}) {
    BenchOptions options;
    options.directory.settings.password_policy.max_login_attempts = {true, attempts};
    ServerBench bench(options);
    bench.onboard("amy.lee");
    for (int i = 1; i <= attempts; ++i) {
      EXPECT_EQ(bench.log_in("amy.lee", "a wrong password").status, 401) << i;
    }
    EXPECT_EQ(bench.log_in("amy.lee", good).status, 423) << attempts;
  }
}

// A refused login is an answer too: what it counted must be durable.
TEST_F(PortalContract, a_power_cut_does_not_forget_failed_attempts_D112) {
  onboarded("amy.lee");
  for (int i = 0; i < 6; ++i) {
    fail_logins("amy.lee", 1);
    bench_.restart_directory();
  }
  EXPECT_EQ(log_in("amy.lee", good), 423);
}

TEST_F(PortalContract, one_users_failures_do_not_lock_another_D112) {
  onboarded("amy.lee");
  onboarded("bob");
  fail_logins("bob", 6);
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

// [rule D112]
TEST_F(PortalContract, a_wrong_old_password_counts_as_a_failed_login) {
  onboarded("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(change_password(session, "a wrong password", "another horse battery"), 401);
  EXPECT_EQ(change_password(session, good, "another horse battery"), 423);
}

// Changing the password

// [rule V66] [rule R113]
TEST_F(PortalContract, a_new_password_replaces_the_old_one_and_ends_every_session_V66) {
  onboarded("amy.lee");
  onboarded("bob");
  const auto session = bench_.session_of("amy.lee");
  const auto other = bench_.session_of("amy.lee");
  const auto bobs = bench_.session_of("bob");
  ASSERT_EQ(change_password(session, good, "another horse battery"), 204);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_FALSE(bench_.is_open(other));
  EXPECT_TRUE(bench_.is_open(bobs));
  EXPECT_EQ(log_in("amy.lee", good), 401);
  EXPECT_EQ(log_in("amy.lee", "another horse battery"), 200);
}

TEST_F(PortalContract, a_refused_change_changes_nothing) {
  onboarded("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  EXPECT_EQ(change_password(session, "a wrong password", "another horse battery"), 401);
  EXPECT_EQ(change_password(session, good, "too short"), 400);
  EXPECT_EQ(change_password(session, good, std::string(65, 'x')), 400);
  EXPECT_EQ(change_password("", good, "another horse battery"), 401);
  EXPECT_EQ(change_password(std::string(64, '0'), good, "another horse battery"), 401);
  EXPECT_EQ(bench_.portal("/password", R"({"new_password": "another horse battery"})", session).status, 400);
  EXPECT_TRUE(bench_.is_open(session));
  EXPECT_EQ(log_in("amy.lee", good), 200);
}

// [rule D15] [rule D16]
TEST_F(PortalContract, a_new_password_is_active_again_after_expiry) {
  onboarded("amy.lee");
  const auto session = bench_.session_of("amy.lee");
  ASSERT_EQ(post("amy.lee", "expire").status, 200);
  EXPECT_EQ(log_in("amy.lee", good), 403);
  ASSERT_EQ(change_password(session, good, "another horse battery"), 204);
  EXPECT_EQ(user("amy.lee").at("password_expired"), base::Json(false));
  EXPECT_EQ(log_in("amy.lee", "another horse battery"), 200);
}

// An expired password opens nothing, but guesses at it count all the same. [rule D112]
TEST_F(PortalContract, a_wrong_password_of_an_expired_user_is_still_401) {
  onboarded("amy.lee");
  ASSERT_EQ(post("amy.lee", "expire").status, 200);
  EXPECT_EQ(log_in("amy.lee", "a wrong password"), 401);
}

// Secrets

TEST_F(PortalContract, no_password_token_or_session_is_on_the_disk_or_in_the_trace) {
  const auto token = invited("amy.lee");
  ASSERT_EQ(bench_.activate(token, good).status, 204);
  const auto session = bench_.session_of("amy.lee");
  ASSERT_EQ(change_password(session, good, "another horse battery"), 204);
  const auto newer = bench_.session_of("amy.lee", "another horse battery");
  const auto& secrets = bench_.world().recorder().secrets();
  for (const auto& secret : {token, session, newer, std::string(good), std::string("another horse battery"),
                             bench_.keys.admin_key.reveal()}) {
    EXPECT_TRUE(secrets.contains(secret)) << "the witness was not told of " << secret;
  }
  for (const auto& secret : secrets) {
    for (const auto& [name, bytes] : bench_.directory_host->disk().contents()) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << name << " holds " << secret;
    }
    for (const auto& note : bench_.world().recorder().notes()) EXPECT_THAT(note.text, Not(HasSubstr(secret)));
  }
}

}  // namespace portal_contract_test
}  // namespace directory
