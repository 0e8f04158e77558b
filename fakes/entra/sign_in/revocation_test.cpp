// What ends sessions, codes and refresh tokens before their time, and what does not.
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace revocation_test {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::Not;

class Revocation : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  /// Signs in and keeps session and refresh token; whatever happens next happens later.
  void sign_in() {
    token_ = text_in(tokens_for(), "refresh_token");
    pass(seconds{1});
  }
  /// By a method without a password.
  void sign_in_by_key() {
    cookie_ = "ESTSAUTH=" + service_.open_session(amy_).reveal();
    token_ = text_in(json_of(redeem(sent_back(browse(authorize())).parameter("code").value_or(""))), "refresh_token");
    ASSERT_THAT(token_, Not(IsEmpty()));
    pass(seconds{1});
  }
  /// 0 where it works.
  int refreshed() { return error_of(refresh(token_)).second; }
  int refreshed_as_public() {
    app_->public_client = true;
    return error_of(ask_for_token({{"grant_type", "refresh_token"}, {"refresh_token", token_}, {"client_id", app_->app_id}})).second;
  }
  bool session_holds() { return browse(authorize({{"prompt", "none"}})).headers.find("Location")->contains("code="); }
  void admin_resets() { ASSERT_TRUE(tenant_.reset_password(amy_, PasswordChange{base::Secret("Handed-Out-1"), false, false}).has_value()); }
  void amy_changes() {
    ASSERT_TRUE(tenant_.change_password(amy_, base::Secret(good_password), base::Secret("Fresh-Start-2")).has_value());
  }
  std::string token_;
};

// [Graph K24] [Graph U57] [Graph U29] [Graph U55]
TEST_F(Revocation, everything_from_before_a_revocation_is_void) {
  sign_in();
  const auto code = sent_back(browse(authorize())).parameter("code").value_or("");
  EXPECT_TRUE(session_holds());
  ASSERT_TRUE(tenant_.revoke_sessions(amy_).has_value());
  EXPECT_EQ(refreshed(), 50173);
  EXPECT_EQ(error_of(redeem(code)).second, 50173);
  EXPECT_FALSE(session_holds());
  EXPECT_EQ(last_logged(), 50133);
  EXPECT_THAT(forms_of(browse(authorize()).body), Not(IsEmpty()));
  sign_in();
  EXPECT_EQ(refreshed(), 0);
}

// [Graph K24]
TEST_F(Revocation, what_came_without_a_password_is_revoked_too) {
  sign_in_by_key();
  ASSERT_TRUE(tenant_.revoke_sessions(amy_).has_value());
  EXPECT_EQ(refreshed(), 50173);
  EXPECT_FALSE(session_holds());
}

// [Graph U58]
TEST_F(Revocation, a_guests_session_at_home_goes_on) {
  sign_in_by_key();
  ASSERT_TRUE(tenant_.update(amy_, {{"userType", "Guest"}}).has_value());
  ASSERT_TRUE(tenant_.revoke_sessions(amy_).has_value());
  EXPECT_TRUE(session_holds());
  EXPECT_EQ(refreshed(), 0);
}

// [Graph U57]
TEST_F(Revocation, an_access_token_lives_on_until_it_expires) {
  const auto text = text_in(tokens_for(), "access_token");
  pass(seconds{1});
  ASSERT_TRUE(tenant_.revoke_sessions(amy_).has_value());
  EXPECT_GT(service_.access_tokens().find_token(text)->expires, clock_.now());
}

// [Graph K25]
TEST_F(Revocation, a_disabled_account_renews_nothing_until_it_is_enabled) {
  sign_in();
  ASSERT_TRUE(tenant_.update(amy_, {{"accountEnabled", false}}).has_value());
  EXPECT_EQ(refreshed(), 50057);
  EXPECT_EQ(last_logged(), 50057);
  EXPECT_FALSE(session_holds());
  ASSERT_TRUE(tenant_.update(amy_, {{"accountEnabled", true}}).has_value());
  EXPECT_EQ(refreshed(), 0);
}

TEST_F(Revocation, a_deleted_account_renews_nothing) {
  sign_in();
  ASSERT_TRUE(tenant_.remove(amy_).has_value());
  EXPECT_EQ(refreshed(), 50034);
  EXPECT_FALSE(session_holds());
}

// [Graph K21]
TEST_F(Revocation, an_expired_password_voids_nothing) {
  sign_in();
  tenant_.domains().find("example.test")->password_validity_days = 1;
  pass(std::chrono::hours{23});
  cookie_.clear();
  sign_in();
  pass(std::chrono::hours{2});
  EXPECT_EQ(refreshed(), 0);
  EXPECT_TRUE(session_holds());
}

// [Graph K22]
TEST_F(Revocation, a_new_password_voids_cookie_and_token_of_the_old_one) {
  for (const bool by_admin : {true, false}) {
    cookie_.clear();
    app_->public_client = false;
    if (by_admin) {
      sign_in();
      admin_resets();
    } else {
      ASSERT_TRUE(tenant_.reset_password(amy_, PasswordChange{base::Secret(good_password), false, false}).has_value());
      pass(seconds{1});
      sign_in();
      amy_changes();
    }
    EXPECT_FALSE(session_holds()) << by_admin;
    EXPECT_EQ(refreshed(), 0) << "a confidential client's stays";
    EXPECT_EQ(refreshed_as_public(), 50173) << by_admin;
    pass(seconds{1});
  }
}

// [Graph K22]
TEST_F(Revocation, a_new_password_leaves_what_came_without_one) {
  sign_in_by_key();
  admin_resets();
  EXPECT_TRUE(session_holds());
  EXPECT_EQ(refreshed(), 0);
  EXPECT_EQ(refreshed_as_public(), 0);
}

class ResetRevokesAll : public Revocation {
 protected:
  ResetRevokesAll() : Revocation(with({Quirk::admin_reset_revokes_all})) {}
};

// [Graph K23]
TEST_F(ResetRevokesAll, an_admins_reset_voids_other_tokens_as_well) {
  sign_in_by_key();
  admin_resets();
  EXPECT_EQ(refreshed(), 50173);
  EXPECT_EQ(refreshed_as_public(), 50173);
  EXPECT_TRUE(session_holds());
}

// [Graph K23]
TEST_F(ResetRevokesAll, a_change_by_the_user_does_not) {
  sign_in_by_key();
  amy_changes();
  EXPECT_EQ(refreshed(), 0);
}

class SlowRevocation : public Revocation {
 protected:
  SlowRevocation() : Revocation(with({Quirk::revocation_lags})) {}
};

// [Graph U57]
TEST_F(SlowRevocation, a_revocation_takes_two_minutes_to_take_hold) {
  sign_in();
  ASSERT_TRUE(tenant_.revoke_sessions(amy_).has_value());
  pass(minutes{2} - seconds{1});
  EXPECT_EQ(refreshed(), 0);
  EXPECT_TRUE(session_holds());
  pass(seconds{1});
  EXPECT_EQ(refreshed(), 50173);
  EXPECT_FALSE(session_holds());
}

}  // namespace revocation_test
}  // namespace fakes::entra::sign_in
