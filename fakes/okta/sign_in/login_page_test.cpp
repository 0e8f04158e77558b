// The sign-in page: what people type, and what they are shown.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace login_page_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class LoginPage : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  base::HttpResponse type(const std::string& name, const std::string& password) { return log_in(authorize(), name, password); }
  void fail_often() {
    for (int i = 0; i < org_.options().password_policy.most_failures; ++i) type(amy, "wrong");
  }
};

TEST_F(LoginPage, is_a_form_that_works_without_scripts) {
  const auto page = browse(authorize({{"login_hint", "\"amy\" <amy@example.test>"}}));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(std::string(page.headers.find("Content-Type").value_or("")), HasSubstr("text/html"));
  EXPECT_EQ(page.headers.find("X-Frame-Options"), "DENY");
  const auto forms = forms_of(page.body);
  ASSERT_EQ(forms.size(), 1);
  EXPECT_TRUE(forms.front().asks_for("password"));
  EXPECT_THAT(forms.front().fields, Contains(std::pair<std::string, std::string>("username", "\"amy\" <amy@example.test>")));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
}

TEST_F(LoginPage, opens_a_session_of_the_org) {
  ASSERT_EQ(type(amy, right_password).status, 302);
  EXPECT_THAT(cookie_, HasSubstr("sid=102"));
  ASSERT_EQ(org_.sessions().size(), 1);
  EXPECT_EQ(org_.sessions().begin()->second.user, amy_);
  EXPECT_TRUE(witness_.seen.contains(cookie_.substr(4)));
  EXPECT_TRUE(witness_.seen.contains(right_password));
}

TEST_F(LoginPage, says_the_same_of_everybody_who_cannot_sign_in) {
  auto staged = person("staged@example.test");
  staged.password = good_password();
  staged.activate = false;
  ASSERT_TRUE(org_.create_user(staged));
  ASSERT_TRUE(org_.suspend(add("suspended@example.test")));
  ASSERT_TRUE(org_.deactivate(add("gone@example.test")));
  for (const auto& [name, password] : {std::pair{amy, std::string("wrong")}, {"nobody@example.test", right_password},
                                       {"staged@example.test", right_password}, {"suspended@example.test", right_password},
                                       {"gone@example.test", right_password}}) {
    const auto page = type(name, password);
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_EQ(problem_of(page), "Unable to sign in") << name;
    EXPECT_EQ(cookie_, "");
    EXPECT_THAT(forms_of(page.body).front().fields, Contains(std::pair<std::string, std::string>("username", name)));
  }
}

TEST_F(LoginPage, goes_on_after_a_wrong_password) {
  const auto page = type(amy, "wrong");
  EXPECT_NE(sent_back(submit(page, {{"password", right_password}})).parameter("code").value_or(""), "");
}

TEST_F(LoginPage, asks_for_what_is_missing) {
  EXPECT_EQ(problem_of(type("", right_password)), "Please enter a username");
  EXPECT_EQ(problem_of(type(amy, "")), "Please enter a password");
}

// [Okta provisioning-clients 5.3-11]: ACTIVE becomes LOCKED_OUT, and an admin unlocks.
TEST_F(LoginPage, locks_after_too_many_failures) {
  fail_often();
  EXPECT_EQ(status(amy_), UserStatus::locked_out);
  EXPECT_EQ(problem_of(type(amy, right_password)), "Unable to sign in");
  ASSERT_TRUE(org_.unlock(amy_));
  EXPECT_EQ(type(amy, right_password).status, 302);
}

class LockIsShown : public LoginPage {
 protected:
  LockIsShown() : LoginPage(Quirks{Quirk::lock_is_shown}) {}
};

TEST_F(LockIsShown, to_who_is_locked_out) {
  EXPECT_EQ(problem_of(type(amy, "wrong")), "Unable to sign in");
  fail_often();
  EXPECT_THAT(problem_of(type(amy, right_password)), HasSubstr("locked"));
}

// [Okta provisioning-clients 5.3-07]
TEST_F(LoginPage, an_expired_password_is_changed_on_the_way) {
  ASSERT_TRUE(org_.expire_password(amy_));
  EXPECT_EQ(problem_of(type(amy, "wrong")), "Unable to sign in");
  auto page = type(amy, right_password);
  ASSERT_EQ(forms_of(page.body).size(), 1);
  EXPECT_TRUE(forms_of(page.body).front().asks_for("newPassword"));
  EXPECT_EQ(cookie_, "");
  const Fields good{{"oldPassword", right_password}, {"newPassword", "Another-one-22"}, {"confirmPassword", "Another-one-22"}};
  const auto but = [&](std::size_t which, std::string value) {
    auto fields = good;
    fields[which].second = std::move(value);
    return fields;
  };
  page = submit(page, but(2, "Another-one-23"));
  EXPECT_EQ(problem_of(page), "New passwords must match");
  page = submit(page, but(0, "wrong"));
  EXPECT_THAT(problem_of(page), HasSubstr("E0000014"));
  page = submit(page, {{"oldPassword", right_password}, {"newPassword", "short"}, {"confirmPassword", "short"}});
  EXPECT_NE(problem_of(page), "");
  EXPECT_EQ(status(amy_), UserStatus::password_expired);
  EXPECT_NE(sent_back(submit(page, good)).parameter("code").value_or(""), "");
  EXPECT_EQ(status(amy_), UserStatus::active);
  cookie_.clear();
  EXPECT_EQ(problem_of(type(amy, right_password)), "Unable to sign in");
  EXPECT_EQ(type(amy, "Another-one-22").status, 302);
}

class PasswordsExpire : public LoginPage {
 protected:
  static OrgOptions org_options() {
    OrgOptions options;
    options.password_policy.max_age = std::chrono::days{90};
    return options;
  }
  PasswordsExpire() : LoginPage(Quirks{}, org_options()) {}
};

// [Okta provisioning-clients 5.3-14]
TEST_F(PasswordsExpire, when_somebody_signs_in_and_not_before) {
  pass(std::chrono::days{91});
  EXPECT_EQ(status(amy_), UserStatus::active);
  EXPECT_TRUE(forms_of(type(amy, right_password).body).front().asks_for("newPassword"));
  EXPECT_EQ(status(amy_), UserStatus::password_expired);
}

TEST_F(LoginPage, a_page_that_was_left_open_too_long_is_of_no_use) {
  const auto page = browse(authorize());
  pass(std::chrono::hours{2});
  const auto response = submit(page, {{"username", amy}, {"password", right_password}});
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(problem_of(response), HasSubstr("expired"));
  ASSERT_TRUE(org_.expire_password(amy_));
  cookie_.clear();
  const auto change = type(amy, right_password);
  pass(std::chrono::hours{2});
  EXPECT_EQ(submit(change, {{"oldPassword", right_password}}).status, 400);
}

TEST_F(LoginPage, an_answer_is_given_once) {
  const auto page = browse(authorize());
  const auto next = forms_of(page.body).front().fields.front().second;
  ASSERT_EQ(submit(page, {{"username", amy}, {"password", right_password}}).status, 302);
  EXPECT_EQ(browse(next).status, 400);
}

// A key of one server's request opens nothing at another.
TEST_F(LoginPage, a_request_goes_on_at_its_own_server) {
  auto next = forms_of(browse(authorize()).body).front().fields.front().second;
  ASSERT_TRUE(next.starts_with("/oauth2/v1/")) << next;
  EXPECT_EQ(browse("/oauth2/default" + next.substr(7)).status, 400);
}

TEST_F(LoginPage, leads_nobody_out_of_the_org) {
  for (const auto* next : {"https://evil.example.test/", "//evil.example.test/", "/\\evil.example.test", "javascript:alert(1)", ""}) {
    cookie_.clear();
    const auto response = post("/login/login.htm", {{"fromURI", next}, {"username", amy}, {"password", right_password}});
    EXPECT_EQ(response.headers.find("Location"), "/app/UserHome") << next;
  }
}

TEST_F(LoginPage, who_signs_in_for_no_app_sees_theirs) {
  const auto other = add_client({"authorization_code"});
  EXPECT_THAT(browse("/app/UserHome").body, HasSubstr("password"));
  const auto page = submit(browse("/login/login.htm"), {{"username", amy}, {"password", right_password}});
  EXPECT_THAT(page.body, HasSubstr("<li>Travel &amp; more</li>"));
  ASSERT_TRUE(org_.unassign(app_, amy_));
  EXPECT_THAT(browse("/app/UserHome").body, Not(HasSubstr("<li>")));
  ASSERT_TRUE(org_.assign(other, amy_));
  EXPECT_THAT(browse("/app/UserHome").body, HasSubstr("<li>"));
}

TEST_F(LoginPage, a_session_can_begin_without_a_password) {
  cookie_ = "sid=" + service_.open_session(amy_).reveal();
  EXPECT_NE(sent_back(browse(authorize({{"prompt", "none"}}))).parameter("code").value_or(""), "");
  ASSERT_TRUE(org_.suspend(amy_));
  EXPECT_TRUE(service_.open_session(amy_).empty());
}

class NameFirst : public LoginPage {
 protected:
  NameFirst() : LoginPage(Quirks{Quirk::name_is_asked_first}) {}
};

TEST_F(NameFirst, and_the_password_on_a_second_page) {
  auto page = browse(authorize());
  EXPECT_FALSE(forms_of(page.body).front().asks_for("password"));
  page = submit(page, {{"username", amy}});
  EXPECT_TRUE(forms_of(page.body).front().asks_for("password"));
  page = submit(page, {{"password", "wrong"}});
  EXPECT_EQ(problem_of(page), "Unable to sign in");
  EXPECT_EQ(submit(page, {{"password", right_password}}).status, 302);
  cookie_.clear();
  EXPECT_TRUE(forms_of(browse(authorize({{"login_hint", amy}})).body).front().asks_for("password"));
}

}  // namespace login_page_test
}  // namespace fakes::okta::sign_in
