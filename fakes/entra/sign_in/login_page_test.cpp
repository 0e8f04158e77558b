// The pages of a sign-in, as a person without scripts walks through them; what is wrong is said with its number.
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace login_page_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class LoginPage : public SignInTest {
 protected:
  /// The number that the page shows; 0 where the browser was sent back to the app.
  int outcome(const std::string& password, const std::string& name = "amy@example.test") {
    cookie_.clear();
    const auto answer = log_in(authorize(), name, password);
    if (answer.status == 302) return 0;
    const auto problem = problem_of(answer);
    EXPECT_THAT(problem, StartsWith("AADSTS"));
    const auto shown = std::stoi(problem.substr(6));
    EXPECT_EQ(last_logged(), shown);
    return shown;
  }
  void set_password(const std::string& text, bool force = false) {
    ASSERT_TRUE(tenant_.reset_password(amy_, PasswordChange{base::Secret(text), force, false}).has_value());
  }
};

TEST_F(LoginPage, every_field_has_a_label_and_is_told_apart_by_password_managers) {
  auto page = browse(authorize());
  EXPECT_THAT(std::string(*page.headers.find("Content-Type")), StartsWith("text/html"));
  EXPECT_THAT(page.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(page.body, HasSubstr("<label for=\"loginfmt\">"));
  EXPECT_THAT(page.body, HasSubstr("autocomplete=\"username\""));
  EXPECT_THAT(page.body, HasSubstr("Portal"));
  page = submit(page, {{"loginfmt", "amy@example.test"}});
  EXPECT_THAT(page.body, HasSubstr("<label for=\"passwd\">"));
  EXPECT_THAT(page.body, HasSubstr("type=\"password\" autocomplete=\"current-password\""));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
}

TEST_F(LoginPage, name_and_password_lead_back_to_the_app) {
  const auto answer = log_in(authorize());
  EXPECT_EQ(answer.status, 302);
  EXPECT_THAT(std::string(*answer.headers.find("Set-Cookie")), HasSubstr("; Secure; HttpOnly; SameSite=None"));
  EXPECT_EQ(last_logged(), 0);
}

// [Graph K6]
TEST_F(LoginPage, a_stranger_is_told_so_before_a_password_is_asked_for) {
  const auto page = submit(browse(authorize()), {{"loginfmt", "nobody@example.test"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50034: "));
  EXPECT_TRUE(forms_of(page.body).at(0).asks_for("loginfmt"));
  EXPECT_EQ(last_logged(), 50034);
}

// [Graph K6]
TEST_F(LoginPage, somebody_of_another_tenant_is_told_so) {
  const auto page = submit(browse(authorize()), {{"loginfmt", "amy@elsewhere.test"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50020: "));
  EXPECT_EQ(last_logged(), 50020);
}

// [Graph K6]
TEST_F(LoginPage, a_wrong_password_is_told) { EXPECT_EQ(outcome("Wrong-Horse-1"), 50126); }

// [Graph K6]
TEST_F(LoginPage, a_disabled_account_is_told) {
  ASSERT_TRUE(tenant_.update(amy_, {{"accountEnabled", false}}).has_value());
  EXPECT_EQ(outcome(good_password), 50057);
}

// [Graph K6]
TEST_F(LoginPage, a_deleted_account_is_unknown) {
  ASSERT_TRUE(tenant_.remove(amy_).has_value());
  const auto page = submit(browse(authorize()), {{"loginfmt", "amy@example.test"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50034: "));
}

// A federated user is created without a password. [Graph K6] [Graph U20]
TEST_F(LoginPage, an_account_without_a_password_is_told) {
  tenant_.domains().add({.name = "federated.test", .federated = true});
  const auto user = tenant_.create(ObjectKind::user, {{"userPrincipalName", "bob@federated.test"}, {"mailNickname", "bob"}, {"displayName", "Bob"},
                                                      {"accountEnabled", true}, {"onPremisesImmutableId", "5f1b8a0c"},
                                                      {"passwordProfile", base::JsonObject{{"password", good_password}}}});
  ASSERT_TRUE(user.has_value()) << user.error().text;
  const auto page = submit(browse(authorize()), {{"loginfmt", "bob@federated.test"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50107: "));
}

// [Graph U16]
TEST_F(LoginPage, a_password_that_an_admin_set_must_be_changed_first) {
  set_password("Handed-Out-1", true);
  auto page = log_in(authorize(), "amy@example.test", "Handed-Out-1");
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS50055: "));
  page = submit(page, {{"oldpasswd", "Wrong-One-1"}, {"newpasswd", "Fresh-Start-2"}, {"confirmnewpasswd", "Fresh-Start-2"}});
  EXPECT_THAT(problem_of(page), StartsWith("AADSTS120000: "));
  for (const auto& [next, again] : {std::pair{"weak", "weak"}, {"Handed-Out-1", "Handed-Out-1"}, {"Fresh-Start-2", "Fresh-Start-3"}}) {
    page = submit(page, {{"oldpasswd", "Handed-Out-1"}, {"newpasswd", next}, {"confirmnewpasswd", again}});
    EXPECT_THAT(problem_of(page), StartsWith("AADSTS120002: ")) << next;
  }
  page = submit(page, {{"oldpasswd", "Handed-Out-1"}, {"newpasswd", "Fresh-Start-2"}, {"confirmnewpasswd", "Fresh-Start-2"}});
  EXPECT_EQ(page.status, 302);
  EXPECT_EQ(outcome("Fresh-Start-2"), 0);
  EXPECT_EQ(outcome("Handed-Out-1"), 50126);
  EXPECT_EQ(tenant_.audits().back().activity, "Change user password");
}

// [Graph U16]
TEST_F(LoginPage, a_change_with_a_second_factor_needs_one) {
  ASSERT_TRUE(tenant_.reset_password(amy_, PasswordChange{base::Secret("Handed-Out-1"), false, true}).has_value());
  EXPECT_EQ(outcome("Handed-Out-1"), 50079);
}

// [Graph U22]
TEST_F(LoginPage, a_password_expires_as_its_domain_says) {
  tenant_.domains().find("example.test")->password_validity_days = 90;
  pass(days{90} - seconds{1});
  EXPECT_EQ(outcome(good_password), 0);
  pass(seconds{1});
  EXPECT_EQ(outcome(good_password), 50055);
  set_password("Another-One-2");
  EXPECT_EQ(outcome("Another-One-2"), 0);
}

// [Graph U22]
TEST_F(LoginPage, passwords_of_a_tenant_of_today_never_expire) {
  pass(days{900});
  EXPECT_EQ(outcome(good_password), 0);
}

// [Graph U19]
TEST_F(LoginPage, a_policy_of_the_user_keeps_a_password_from_expiring) {
  tenant_.domains().find("example.test")->password_validity_days = 90;
  ASSERT_TRUE(tenant_.update(amy_, {{"passwordPolicies", "DisablePasswordExpiration"}}).has_value());
  pass(days{91});
  EXPECT_EQ(outcome(good_password), 0);
}

// [Graph U23]
TEST_F(LoginPage, ten_wrong_passwords_lock_for_a_minute_and_the_next_one_for_longer) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(outcome("Wrong-Horse-" + std::to_string(i)), 50126);
  EXPECT_EQ(outcome(good_password), 50053);
  EXPECT_EQ(outcome("Wrong-Horse-10"), 50053);
  pass(minutes{1});
  EXPECT_EQ(outcome("Wrong-Horse-11"), 50126);
  pass(minutes{1});
  EXPECT_EQ(outcome(good_password), 50053);
  pass(minutes{1});
  EXPECT_EQ(outcome(good_password), 0);
  EXPECT_EQ(outcome("Wrong-Horse-12"), 50126);
  EXPECT_EQ(outcome(good_password), 0);
}

// [Graph U23]
TEST_F(LoginPage, the_same_wrong_password_counts_once_while_it_is_among_the_last_three) {
  for (int i = 0; i < 30; ++i) EXPECT_EQ(outcome("Wrong-Horse-" + std::to_string(i % 3)), 50126);
  EXPECT_EQ(outcome(good_password), 0);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(outcome("Wrong-Horse-" + std::to_string(i % 4)), 50126);
  EXPECT_EQ(outcome(good_password), 50053);
}

TEST_F(LoginPage, a_page_that_was_left_open_too_long_is_of_no_use) {
  const auto page = browse(authorize());
  pass(hours{1});
  EXPECT_THAT(problem_of(submit(page, {{"loginfmt", "amy@example.test"}})), StartsWith("AADSTS50089: "));
}

TEST_F(LoginPage, a_session_ends_after_a_day) {
  log_in(authorize());
  pass(hours{24} - seconds{1});
  EXPECT_EQ(browse(authorize()).status, 302);
  pass(seconds{1});
  EXPECT_THAT(forms_of(browse(authorize()).body), Not(IsEmpty()));
}

// [Graph O7] [Graph O8]
TEST_F(LoginPage, each_attempt_is_written_down) {
  outcome("Wrong-Horse-1");
  outcome(good_password);
  ASSERT_EQ(log_.records().size(), 2U);
  const auto& failure = log_.records()[0];
  EXPECT_EQ(failure.error_code, 50126);
  EXPECT_THAT(failure.failure_reason, HasSubstr("invalid username or password"));
  const auto& success = log_.records()[1];
  EXPECT_EQ(success.error_code, 0);
  EXPECT_EQ(success.at, clock_.now());
  EXPECT_EQ(success.user, amy_);
  EXPECT_EQ(success.user_principal_name, "amy@example.test");
  EXPECT_EQ(success.user_display_name, "amy of Example");
  EXPECT_EQ(success.app_id, app_->app_id);
  EXPECT_EQ(success.app_display_name, "Portal");
  EXPECT_EQ(success.resource_display_name, "Microsoft Graph");
  EXPECT_EQ(success.client_app_used, "Browser");
  EXPECT_TRUE(success.interactive);
  EXPECT_NE(success.id, failure.id);
}

TEST_F(LoginPage, what_is_secret_is_told_to_the_witness) {
  const auto code = code_for();
  const auto tokens = json_of(redeem(code));
  for (const auto& text : {code, text_in(tokens, "access_token"), text_in(tokens, "refresh_token"), text_in(tokens, "id_token"),
                           cookie_.substr(cookie_.find('=') + 1), secret_.value.reveal(), good_password})
    EXPECT_TRUE(witness_.seen.contains(text)) << text;
}

}  // namespace login_page_test
}  // namespace fakes::entra::sign_in
