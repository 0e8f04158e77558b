// Accounts provisioned at the login window by people whom a routing policy sends to the identity provider: what the
// device asks, what its web view meets, and all that may change between the two. [rule V45]
#include "directory/federation/provider_fixture.h"
#include "directory/server/device_fixture.h"

namespace directory {
namespace federated_provisioning_contract_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::minutes;

class FederatedProvisioning : public DeviceContract {
 protected:
  FederatedProvisioning() {
    auto& host = bench_.world().add_host("idp", "idp.example.test");
    provider_ = std::make_unique<SmallProvider>(host.clock());
    host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(provider_.get()); });
    host.start();
    EXPECT_EQ(bench_.admin("POST", "/api/v2/identity-providers",
                           R"({"name": "Entra", "type": "AZURE", "oidc": {"clientId": "client-1",
                               "clientSecret": "the-client-secret", "url": "https://idp.example.test"}})")
                  .status,
              201);
    policy_ = base::string_or(
        body_of(bench_.admin("POST", "/api/v2/identity-provider/policies", R"({"name": "Everybody"})")), "id", "");
    laptop_ = registered("laptop", 1, "windows");
  }

  void route(const std::string& user, std::string_view op = "add") {
    EXPECT_EQ(bench_.admin("POST", "/api/v2/users/" + user + "/associations",
                           fmt::format(R"({{"op": "{}", "type": "idp_routing_policy", "id": "{}"}})", op, policy_))
                  .status,
              204);
  }
  /// Amy, who has a password and signs in at the provider.
  std::string amy() {
    auto user = bench_.onboard("amy.lee");
    route(user);
    return user;
  }

  /// What the device holds once the person is at the provider.
  struct Begun {
    std::string ticket;
    base::Uri location;
    std::string cookie;
    std::string state;
  };
  base::HttpResponse ask_to_begin(const TestDevice& device, std::string_view username, bool sync = true,
                                  std::string_view local_accounts = "[]") {
    return bench_.ask("POST", "/agent/v1/provision/begin", fields_of(device),
                      fmt::format(R"({{"username": "{}", "password_sync": {}, "local_accounts": {}}})", username, sync,
                                  local_accounts));
  }
  Begun begin(bool sync = true) {
    const auto answer = ask_to_begin(laptop_, "amy.lee", sync);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto body = body_of(answer);
    EXPECT_EQ(base::string_or(body, "method", ""), "federated");
    const auto location = base::parse_uri(base::string_or(body, "location", ""));
    EXPECT_TRUE(location.has_value()) << answer.body;
    if (!location) return {};
    const auto cookie = base::string_or(body, "cookie", "");
    const auto query = base::parse_target(location->target());
    return {base::string_or(body, "ticket", ""), *location, cookie.substr(0, cookie.find(';')),
            query->parameter("state").value_or("")};
  }
  base::HttpResponse come_back(const Begun& begun, std::string email = "amy.lee@example.test") {
    return bench_.ask("GET",
                      fmt::format("/oauth/callback?state={}&code={}", begun.state,
                                  provider_->sign_in(begun.location, std::move(email))),
                      {{"Cookie", begun.cookie}});
  }
  base::HttpResponse complete(const TestDevice& device, const Begun& begun, std::string_view local_accounts = "[]") {
    return bench_.ask("POST", "/agent/v1/provision/complete", fields_of(device),
                      fmt::format(R"({{"ticket": "{}", "local_accounts": {}}})", begun.ticket, local_accounts));
  }
  bool has_account(TestDevice& device) { return !state(device).at("accounts").as_array().empty(); }
  std::size_t users_of(const TestDevice& device) {
    return body_of(bench_.admin("GET", "/api/v2/systems/" + device.id + "/users")).as_array().size();
  }

  std::unique_ptr<SmallProvider> provider_;
  std::string policy_;
  TestDevice laptop_;
};

// The whole way

// [rule V45] [rule V47] [rule D94] [rule D97] [rule DI44] [rule DI49]
TEST_F(FederatedProvisioning, who_signs_in_at_the_provider_gets_an_account_on_the_device_V45) {
  const auto user = amy();
  const auto provisioned = [&] {
    const auto begun = begin();
    EXPECT_EQ(begun.location.host, "idp.example.test") << "the web view shows the provider's page";
    EXPECT_EQ(complete(laptop_, begun).status, 202) << "the person is still there";
    const auto page = come_back(begun);
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr("login window"));
    EXPECT_EQ(users_of(laptop_), 0U) << "the account comes when the device says it is ready";
    const auto done = complete(laptop_, begun);
    ASSERT_EQ(done.status, 201) << done.body;
    EXPECT_EQ(body_of(done).at("user_id"), base::Json(user));
    EXPECT_EQ(body_of(done).at("local_account"), base::Json("amy.lee"));
  };
  EXPECT_THAT(bench_.events_of(provisioned), ElementsAre("user_login_attempt", "association_change"));
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(true));
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(good_password)), opened(laptop_, user)))
      << "the directory's password opens the account, not the provider's";
}

// [rule D97]: what the web view is left with is no way into the portal.
TEST_F(FederatedProvisioning, the_web_view_gets_no_session_of_the_portal) {
  amy();
  EXPECT_EQ(header_of(come_back(begin()), "Set-Cookie"), "");
}

// [rule V48] [rule D98]
TEST_F(FederatedProvisioning, without_password_sync_a_person_without_a_directory_password_is_bound_too_V48) {
  const auto user = bench_.provision("amy.lee");
  route(user);
  EXPECT_EQ(ask_to_begin(laptop_, "amy.lee", true).status, 409) << "nothing could be kept in step";
  const auto begun = begin(false);
  ASSERT_EQ(come_back(begun).status, 200);
  EXPECT_EQ(complete(laptop_, begun).status, 201);
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(true));
  EXPECT_FALSE(has_handoff(laptop_));
}

// Who is asked for a password instead

// [rule D94]: nobody learns at a login window who is a user here.
TEST_F(FederatedProvisioning, strangers_and_those_outside_the_policy_are_asked_for_a_password) {
  bench_.onboard("bob");
  for (const auto* name : {"bob", "nobody", ""}) {
    const auto answer = ask_to_begin(laptop_, name);
    EXPECT_EQ(answer.status, 200) << name;
    EXPECT_EQ(body_of(answer), json(R"({"method": "password"})")) << name;
  }
  EXPECT_THAT(provider_->calls, IsEmpty());
}

// Where it is refused

// [rule V41] [rule V42] [rule V43]
TEST_F(FederatedProvisioning, what_is_refused_to_others_is_refused_before_anybody_is_sent_away_V43) {
  amy();
  EXPECT_EQ(ask_to_begin(laptop_, "amy.lee", true, R"(["guest", "amy.lee"])").status, 409);
  tell(laptop_, R"({"facts": {"osVersionDetail": {"osName": "Windows 11 Home"}}})");
  EXPECT_EQ(ask_to_begin(laptop_, "amy.lee").status, 409);
  EXPECT_EQ(ask_to_begin(laptop_, "nobody").status, 409);
}

// [rule V43]: an account of that name may be made while the person is at the provider.
TEST_F(FederatedProvisioning, an_account_that_came_meanwhile_is_not_taken_over_V43) {
  amy();
  const auto begun = begin();
  ASSERT_EQ(come_back(begun).status, 200);
  EXPECT_EQ(complete(laptop_, begun, R"(["amy.lee"])").status, 409);
  EXPECT_EQ(users_of(laptop_), 0U);
  EXPECT_EQ(complete(laptop_, begun).status, 201) << "once it is gone the sign-in still counts";
}

// [rule V41]
TEST_F(FederatedProvisioning, a_user_whom_an_admin_binds_meanwhile_comes_first_V41) {
  amy();
  const auto bob = bench_.onboard("bob");
  const auto begun = begin();
  ASSERT_EQ(come_back(begun).status, 200);
  ASSERT_EQ(associate("add", laptop_, bob), 204);
  EXPECT_EQ(complete(laptop_, begun).status, 409);
  EXPECT_EQ(users_of(laptop_), 1U);
}

// [rule D12] [rule D18]
TEST_F(FederatedProvisioning, who_is_suspended_on_the_way_gets_no_account) {
  const auto user = amy();
  const auto early = begin();
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(come_back(early).status, 403);
  EXPECT_EQ(complete(laptop_, early).status, 403);
  put(user, R"({"state": "ACTIVATED"})");
  const auto late = begin();
  ASSERT_EQ(come_back(late).status, 200);
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(complete(laptop_, late).status, 403);
  EXPECT_EQ(users_of(laptop_), 0U);
}

// [rule D94]
TEST_F(FederatedProvisioning, who_leaves_the_policy_on_the_way_gets_no_account) {
  const auto user = amy();
  const auto begun = begin();
  route(user, "remove");
  EXPECT_EQ(come_back(begun).status, 403);
  EXPECT_EQ(complete(laptop_, begun).status, 403);
}

// [rule D96]: whoever can sign in as somebody else gets no account of the one who was named.
TEST_F(FederatedProvisioning, who_comes_back_as_somebody_else_gets_no_account_D96) {
  amy();
  const auto bob = bench_.onboard("bob");
  route(bob);
  for (const auto* email : {"bob@example.test", "stranger@example.test"}) {
    const auto begun = begin();
    EXPECT_EQ(come_back(begun, email).status, 403) << email;
    EXPECT_EQ(complete(laptop_, begun).status, 403) << email;
  }
  EXPECT_EQ(users_of(laptop_), 0U);
  EXPECT_EQ(bench_.events().back().at("success"), base::Json(false));
}

TEST_F(FederatedProvisioning, a_refusal_of_the_provider_ends_it) {
  amy();
  const auto begun = begin();
  EXPECT_EQ(bench_.ask("GET", fmt::format("/oauth/callback?state={}&error=access_denied", begun.state),
                       {{"Cookie", begun.cookie}})
                .status,
            401);
  const auto answer = complete(laptop_, begun);
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, HasSubstr("access_denied"));
}

TEST_F(FederatedProvisioning, a_token_that_is_not_acceptable_ends_it) {
  amy();
  provider_->bend = [](base::JsonObject& claims) { claims["aud"] = "client-2"; };
  const auto begun = begin();
  EXPECT_EQ(come_back(begun).status, 401);
  EXPECT_EQ(complete(laptop_, begun).status, 403);
}

TEST_F(FederatedProvisioning, a_provider_that_is_down_is_a_bad_gateway) {
  amy();
  provider_->down = true;
  EXPECT_EQ(ask_to_begin(laptop_, "amy.lee").status, 502);
  provider_->down = false;
  EXPECT_EQ(ask_to_begin(laptop_, "amy.lee").status, 200);
}

// Tickets

TEST_F(FederatedProvisioning, a_ticket_is_good_on_its_own_device_alone) {
  amy();
  const auto tablet = registered("tablet", 2, "windows");
  const auto begun = begin();
  ASSERT_EQ(come_back(begun).status, 200);
  EXPECT_EQ(complete(tablet, begun).status, 404);
  EXPECT_EQ(complete(laptop_, Begun{"guessed", {}, "", ""}).status, 404);
  EXPECT_EQ(complete(laptop_, Begun{}).status, 404);
  EXPECT_EQ(users_of(tablet) + users_of(laptop_), 0U);
}

// [rule V47]: an answer that is lost on the way is asked for again.
TEST_F(FederatedProvisioning, asked_again_it_answers_the_same_and_binds_once_V47) {
  amy();
  const auto begun = begin();
  ASSERT_EQ(come_back(begun).status, 200);
  const auto first = complete(laptop_, begun);
  ASSERT_EQ(first.status, 201);
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(complete(laptop_, begun, R"(["amy.lee"])").body, first.body); }),
              IsEmpty());
  EXPECT_EQ(users_of(laptop_), 1U);
}

TEST_F(FederatedProvisioning, a_login_window_that_begins_anew_forgets_the_sign_in_before) {
  amy();
  const auto first = begin();
  const auto second = begin();
  EXPECT_EQ(complete(laptop_, first).status, 404);
  EXPECT_EQ(come_back(first).status, 400) << "and opens no portal either";
  EXPECT_EQ(complete(laptop_, second).status, 202);
  ASSERT_EQ(come_back(second).status, 200);
  EXPECT_EQ(complete(laptop_, second).status, 201);
}

TEST_F(FederatedProvisioning, each_step_may_take_ten_minutes) {
  amy();
  auto begun = begin();
  bench_.run_for(minutes{9});
  ASSERT_EQ(come_back(begun).status, 200);
  bench_.run_for(minutes{9});
  EXPECT_EQ(complete(laptop_, begun, R"(["amy.lee"])").status, 409);
  bench_.run_for(minutes{1});
  EXPECT_EQ(complete(laptop_, begun).status, 404);
  begun = begin();
  bench_.run_for(minutes{10});
  EXPECT_EQ(come_back(begun).status, 400);
  EXPECT_EQ(complete(laptop_, begun).status, 404);
}

TEST_F(FederatedProvisioning, a_crash_of_the_directory_loses_none_of_it) {
  amy();
  const auto begun = begin();
  bench_.restart_directory();
  ASSERT_EQ(come_back(begun).status, 200);
  bench_.restart_directory();
  EXPECT_EQ(complete(laptop_, begun).status, 201);
  bench_.restart_directory();
  EXPECT_EQ(complete(laptop_, begun).status, 201);
  EXPECT_TRUE(has_account(laptop_));
}

// [RFC6749 10.12]
TEST_F(FederatedProvisioning, a_sign_in_ends_in_the_web_view_that_has_its_cookie) {
  amy();
  const auto begun = begin();
  const auto code = provider_->sign_in(begun.location, "amy.lee@example.test");
  EXPECT_EQ(bench_.ask("GET", fmt::format("/oauth/callback?state={}&code={}", begun.state, code)).status, 400);
  EXPECT_EQ(complete(laptop_, begun).status, 202);
}

TEST_F(FederatedProvisioning, what_cannot_be_read_is_400) {
  for (const auto* path : {"/agent/v1/provision/begin", "/agent/v1/provision/complete"}) {
    for (const auto* body : {"{}", "[]", R"({"local_accounts": [5]})"})
      EXPECT_EQ(bench_.ask("POST", path, fields_of(laptop_), body).status, 400) << path << body;
  }
}

}  // namespace federated_provisioning_contract_test
}  // namespace directory
