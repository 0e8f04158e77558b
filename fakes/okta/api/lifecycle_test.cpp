// What is done to a user's state through the API: parameters, answers and refusals. Each operation in each state is tried by the
// tests of the org; here it is tried that the API says what the org decides.
#include "fakes/okta/api/api_fixture.h"

namespace fakes::okta::api {
namespace lifecycle_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using std::chrono::days;
using std::chrono::seconds;

class LifecycleApi : public ApiTest {
 protected:
  using ApiTest::ApiTest;
  base::HttpResponse operate(const std::string& user, const std::string& operation) { return post("/users/" + user + "/lifecycle/" + operation); }
  base::HttpResponse sign_in(const std::string& name, const std::string& password = good_password) {
    return post("/authn", R"({"username": ")" + name + R"(@example.test", "password": ")" + password + R"("})");
  }
  base::HttpResponse change_password(const std::string& user, const std::string& from, const std::string& to) {
    return post("/users/" + user + "/credentials/change_password", R"({"oldPassword": {"value": ")" + from + R"("}, "newPassword": {"value": ")" + to + R"("}})");
  }
  std::string locked(const std::string& name) {
    const auto user = made_user(name);
    for (int i = 0; i < org_.options().password_policy.most_failures; ++i) (void)org_.authenticate(name + "@example.test", base::Secret("wrong"));
    EXPECT_EQ(status_of(user), "LOCKED_OUT");
    return user;
  }
  std::string deactivated(const std::string& name) {
    const auto user = made_user(name);
    EXPECT_EQ(outcome(operate(user, "deactivate")), "200");
    return user;
  }
};

// [Okta provisioning-clients 5.1-07, 5.3-01, 5.3-11, 5.3-12]
TEST_F(LifecycleApi, activate_takes_staged_and_deprovisioned) {
  const auto amy = made_staged("amy");
  const auto mailed = operate(amy, "activate");
  EXPECT_EQ(outcome(mailed), "200");
  EXPECT_EQ(mailed.body, "{}");
  EXPECT_EQ(status_of(amy), "PROVISIONED");
  const auto told = operate(made_staged("bob"), "activate?sendEmail=false");
  EXPECT_EQ(outcome(told), "200");
  EXPECT_THAT(at(told, "/activationToken"), Not("none"));
  EXPECT_THAT(at(told, "/activationUrl"), HasSubstr(at(told, "/activationToken")));
  const auto cid = deactivated("cid");
  EXPECT_EQ(outcome(operate(cid, "activate")), "200");
  EXPECT_EQ(status_of(cid), "PROVISIONED");
  EXPECT_EQ(outcome(operate(made_user("dan"), "activate")), "403 E0000016");
}

// [Okta provisioning-clients 5.3-02]
TEST_F(LifecycleApi, reactivate_takes_provisioned_and_recovery) {
  const auto amy = made("/users", "{" + profile("amy") + "}");
  EXPECT_EQ(outcome(operate(amy, "reactivate?sendEmail=true")), "200");
  EXPECT_EQ(status_of(amy), "PROVISIONED");
  EXPECT_THAT(at(operate(amy, "reactivate"), "/activationToken"), Not("none"));
  const auto bob = made_user("bob");
  EXPECT_EQ(outcome(operate(bob, "reactivate")), "403 E0000038");
  (void)operate(bob, "reset_password");
  EXPECT_EQ(outcome(operate(bob, "reactivate")), "200");
  EXPECT_EQ(outcome(operate(made_staged("cid"), "reactivate")), "403 E0000038");
}

// [Okta provisioning-clients 5.3-03, 5.3-12]
TEST_F(LifecycleApi, deactivate_takes_all_but_the_deactivated_and_destroys_profiles_in_apps) {
  const auto app = made("/apps", R"({"name": "bookmark", "label": "Wiki"})");
  const auto amy = made_user("amy");
  EXPECT_EQ(outcome(post("/apps/" + app + "/users", R"({"id": ")" + amy + R"(", "profile": {"role": "editor"}})")), "200");
  const auto answer = operate(amy, "deactivate");
  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(answer.body, "{}");
  EXPECT_EQ(status_of(amy), "DEPROVISIONED");
  EXPECT_EQ(outcome(get("/apps/" + app + "/users/" + amy)), "404 E0000007");
  EXPECT_EQ(operate(amy, "deactivate").status, 403);
  const auto bob = locked("bob");
  EXPECT_EQ(outcome(operate(bob, "deactivate")), "200");
  const auto cid = made_staged("cid");
  EXPECT_EQ(outcome(operate(cid, "deactivate")), "200");
  EXPECT_EQ(status_of(cid), "DEPROVISIONED");
}

class SlowLifecycle : public LifecycleApi {
 protected:
  SlowLifecycle() : LifecycleApi({.transition_time = seconds{3}}) {}
};

// [Okta provisioning-clients 5.2-04, 5.3-03]
TEST_F(SlowLifecycle, deactivation_is_asynchronous_where_the_caller_prefers_it) {
  const auto amy = made_user("amy");
  const auto bob = made_user("bob");
  pass(seconds{3});
  EXPECT_EQ(outcome(send("POST", "/users/" + amy + "/lifecycle/deactivate", "", {{"Prefer", "respond-async"}})), "200");
  EXPECT_EQ(outcome(operate(bob, "deactivate")), "200");
  EXPECT_EQ(at(get("/users/" + amy), "/transitioningToStatus"), "DEPROVISIONED");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(status_of(bob), "DEPROVISIONED");
  pass(seconds{3});
  EXPECT_EQ(status_of(amy), "DEPROVISIONED");
}

// [Okta provisioning-clients 5.1-06, 5.3-04, 5.3-11]
TEST_F(LifecycleApi, suspend_takes_active_and_unsuspend_suspended_and_groups_and_apps_stay) {
  const auto amy = made_user("amy");
  const auto group = made_group("Sales");
  const auto app = made("/apps", R"({"name": "bookmark", "label": "Wiki"})");
  EXPECT_EQ(outcome(send("PUT", "/groups/" + group + "/users/" + amy)), "204");
  EXPECT_EQ(outcome(post("/apps/" + app + "/users", R"({"id": ")" + amy + "\"}")), "200");
  EXPECT_EQ(outcome(operate(amy, "unsuspend")), "400 E0000001");
  EXPECT_EQ(outcome(operate(amy, "suspend")), "200");
  EXPECT_EQ(status_of(amy), "SUSPENDED");
  EXPECT_EQ(outcome(operate(amy, "suspend")), "400 E0000001");
  EXPECT_THAT(each(get("/groups/" + group + "/users"), "/id"), Contains(amy));
  EXPECT_EQ(outcome(get("/apps/" + app + "/users/" + amy)), "200");
  EXPECT_EQ(outcome(operate(amy, "unsuspend")), "200");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(outcome(operate(made_staged("bob"), "suspend")), "400 E0000001");
}

// [Okta provisioning-clients 5.1-06, 5.3-05, 5.3-11]
TEST_F(LifecycleApi, unlock_makes_the_locked_active) {
  const auto amy = locked("amy");
  EXPECT_EQ(outcome(operate(amy, "unlock")), "200");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(outcome(operate(amy, "unlock")), "403 E0000032");
}

// [Okta provisioning-clients 5.3-06, 5.3-09, 5.3-10]
TEST_F(LifecycleApi, reset_password_leads_to_recovery_and_may_end_sessions) {
  const auto amy = made_user("amy");
  const auto kept = org_.open_session(UserId{amy})->id;
  const auto mailed = operate(amy, "reset_password");
  EXPECT_EQ(mailed.body, "{}");
  EXPECT_EQ(status_of(amy), "RECOVERY");
  EXPECT_TRUE(org_.sessions().contains(kept));
  EXPECT_EQ(outcome(change_password(amy, good_password, "Wallaby-0815")), "200");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  const auto told = operate(amy, "reset_password?sendEmail=false&revokeSessions=true");
  EXPECT_THAT(at(told, "/resetPasswordUrl"), StartsWith("https://acme.okta.com/"));
  EXPECT_FALSE(org_.sessions().contains(kept));
}

// [Okta provisioning-clients 5.3-07, 5.3-09, 5.3-11]
TEST_F(LifecycleApi, expire_password_answers_the_user_or_a_temporary_password) {
  const auto amy = made_user("amy");
  const auto answer = operate(amy, "expire_password");
  EXPECT_EQ(at(answer, "/id"), amy);
  EXPECT_EQ(at(answer, "/status"), "PASSWORD_EXPIRED");
  EXPECT_EQ(outcome(change_password(amy, good_password, "Wallaby-0815")), "200");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  const auto temporary = at(operate(amy, "expire_password?tempPassword=true"), "/tempPassword");
  ASSERT_NE(temporary, "none");
  EXPECT_EQ(status_of(amy), "PASSWORD_EXPIRED");
  EXPECT_EQ(at(sign_in("amy", temporary), "/status"), "PASSWORD_EXPIRED");
  EXPECT_EQ(outcome(sign_in("amy", "Wallaby-0815")), "401 E0000004");
  EXPECT_EQ(outcome(change_password(amy, temporary, "Wallaby-0816")), "200");
}

// [Okta provisioning-clients 5.3-08]
TEST_F(LifecycleApi, reset_factors_changes_no_state_and_a_second_delete_deletes) {
  const auto amy = made_user("amy");
  EXPECT_EQ(outcome(operate(amy, "reset_factors")), "200");
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy)), "204");
  EXPECT_EQ(status_of(amy), "DEPROVISIONED");
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy)), "204");
  EXPECT_EQ(outcome(get("/users/" + amy)), "404 E0000007");
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy)), "404 E0000007");
}

// [Okta provisioning-clients 5.1-07, 5.3-09]
TEST_F(LifecycleApi, a_user_changes_the_password_in_four_states_and_forgets_it_in_one) {
  const auto staged = made("/users?activate=false", with_password("amy"));
  EXPECT_EQ(outcome(change_password(staged, good_password, "Wallaby-0815")), "200");
  EXPECT_EQ(status_of(staged), "STAGED");
  const auto active = made_user("bob");
  const auto changed = change_password(active, good_password, "Wallaby-0815");
  EXPECT_EQ(at(changed, "/password"), "{}");
  EXPECT_EQ(at(changed, "/provider/type"), "OKTA");
  EXPECT_EQ(outcome(change_password(active, good_password, "Wallaby-0816")), "403 E0000014");
  EXPECT_EQ(change_password(active, "Wallaby-0815", "short").status / 100, 4);
  EXPECT_EQ(outcome(post("/users/" + active + "/credentials/change_password", R"({"oldPassword": {"value": "x"}})")), "400 E0000001");
  EXPECT_EQ(change_password(locked("cid"), good_password, "Wallaby-0815").status, 403);
  EXPECT_EQ(outcome(post("/users/" + active + "/credentials/forgot_password")), "200");
  EXPECT_THAT(at(post("/users/" + active + "/credentials/forgot_password?sendEmail=false"), "/resetPasswordUrl"), StartsWith("https://"));
  EXPECT_EQ(outcome(post("/users/" + staged + "/credentials/forgot_password")), "403 E0000034");
}

// [Okta provisioning-clients 5.3-10, 5.7-06]
TEST_F(LifecycleApi, an_admin_ends_the_sessions_of_a_user) {
  const auto amy = made_user("amy");
  const auto session = org_.open_session(UserId{amy})->id;
  const auto generation = org_.find(UserId{amy})->token_generation;
  const auto written = org_.log().written();
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy + "/sessions")), "204");
  EXPECT_EQ(org_.find_session(session), nullptr);
  EXPECT_EQ(org_.find(UserId{amy})->token_generation, generation);
  EXPECT_THAT(logged_since(written), Contains("user.session.clear"));
  EXPECT_EQ(outcome(send("DELETE", "/users/" + amy + "/sessions?oauthTokens=true")), "204");
  EXPECT_NE(org_.find(UserId{amy})->token_generation, generation);
}

// [Okta provisioning-clients 5.3-10]
TEST_F(LifecycleApi, ones_own_sessions_end_only_from_within_one) {
  const auto amy = made_user("amy");
  EXPECT_EQ(outcome(post("/users/me/lifecycle/delete_sessions")), "403 E0000005");
  const auto session = org_.open_session(UserId{amy})->id;
  token_ = "";
  const auto with_cookie = [&](const std::string& method, const std::string& place) { return send(method, place, "", {{"Cookie", "sid=" + session.text()}}); };
  EXPECT_EQ(at(with_cookie("GET", "/users/me"), "/id"), amy);
  EXPECT_EQ(at(with_cookie("GET", "/sessions/me"), "/userId"), amy);
  EXPECT_EQ(outcome(with_cookie("GET", "/users")), "403 E0000006");
  EXPECT_EQ(with_cookie("POST", "/users/me/lifecycle/delete_sessions").status, 200);
  EXPECT_EQ(outcome(with_cookie("POST", "/users/me/lifecycle/delete_sessions")), "403 E0000005");
}

class ExpiringPasswords : public LifecycleApi {
 protected:
  ExpiringPasswords() : LifecycleApi({.password_policy = {.max_age = days{90}}}) {}
};

// [Okta provisioning-clients 5.3-14]
TEST_F(ExpiringPasswords, are_found_out_at_a_sign_in_and_not_before) {
  const auto amy = made_user("amy");
  pass(days{91});
  EXPECT_EQ(status_of(amy), "ACTIVE");
  EXPECT_EQ(at(sign_in("amy"), "/status"), "PASSWORD_EXPIRED");
  EXPECT_EQ(status_of(amy), "PASSWORD_EXPIRED");
}

// [Okta provisioning-clients 5.3-11]
TEST_F(LifecycleApi, too_many_wrong_passwords_lock) {
  const auto amy = made_user("amy");
  EXPECT_EQ(at(sign_in("amy"), "/status"), "SUCCESS");
  service_.options().limits.sign_ins_a_second = 100;
  for (int i = 1; i < org_.options().password_policy.most_failures; ++i) EXPECT_EQ(outcome(sign_in("amy", "wrong")), "401 E0000004");
  EXPECT_EQ(at(sign_in("amy", "wrong"), "/status"), "LOCKED_OUT");
  EXPECT_EQ(status_of(amy), "LOCKED_OUT");
}

}  // namespace lifecycle_test
}  // namespace fakes::okta::api
