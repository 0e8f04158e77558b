// Self-service account provisioning: who may, on which devices, and what comes of it.
#include "directory/server/device_fixture.h"

namespace directory {
namespace provisioning_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::seconds;

class ProvisioningContract : public DeviceContract {
 protected:
  base::HttpResponse provision(const TestDevice& device, std::string_view username,
                               std::string_view password = good_password,
                               std::string_view local_accounts = "[]", bool sync = true) {
    return bench_.ask(
        "POST", "/agent/v1/provision", fields_of(device),
        fmt::format(R"({{"username": "{}", "password": "{}", "local_accounts": {}, "password_sync": {}}})",
                    username, password, local_accounts, sync));
  }
  bool offered(TestDevice& device) { return state(device).at("provisioning_offered") == base::Json(true); }
  void tell_facts(const TestDevice& device, std::string_view facts) {
    EXPECT_EQ(tell(device, fmt::format(R"({{"facts": {}}})", facts)).status, 204);
  }
  /// Lets every user provision on a system.
  void allow_every_user(const TestDevice& device) {
    std::string chosen;
    const auto templates = body_of(bench_.admin("GET", "/api/v2/policytemplates"));
    for (const auto& entry : templates.as_array()) {
      if (base::string_or(entry, "name", "") == "account_provisioning_windows")
        chosen = base::string_or(entry, "id", "");
    }
    const auto made = bench_.admin("POST", "/api/v2/policies",
                                   fmt::format(R"({{"name": "all", "template": {{"id": "{}"}},
                         "values": [{{"configFieldName": "allowedUsers", "value": "every_user"}}]}})",
                                               chosen));
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(
        bench_
            .admin("POST",
                   fmt::format("/api/v2/policies/{}/associations", base::string_or(body_of(made), "id", "")),
                   fmt::format(R"({{"op": "add", "type": "system", "id": "{}"}})", device.id))
            .status,
        204);
  }
};

// [rule R14] [rule R65] [rule V40] [rule V47]
TEST_F(ProvisioningContract, the_first_user_is_bound_and_gets_an_account_V47) {
  auto device = registered("laptop", 1, "windows");
  const auto user = bench_.onboard("amy.lee");
  ASSERT_TRUE(offered(device));
  const auto provisioned = [&] {
    const auto answer = provision(device, "amy.lee");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(body_of(answer).at("local_account"), base::Json("amy.lee"));
    EXPECT_EQ(body_of(answer).at("user_id"), base::Json(user));
  };
  EXPECT_THAT(bench_.events_of(provisioned), ElementsAre("user_login_attempt", "association_change"));
  const auto shown = account(device);
  EXPECT_EQ(shown.at("enabled"), base::Json(true));
  EXPECT_EQ(shown.at("sudo"), base::Json(false)) << "a standard user";
  EXPECT_EQ(shown.at("password_sync"), base::Json(true));
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(good_password)), opened(device, user)));
}

// [rule V48] [rule D98]
TEST_F(ProvisioningContract, without_password_sync_no_password_is_handed_over_V48) {
  auto device = registered("laptop");
  bench_.onboard("amy.lee");
  ASSERT_EQ(provision(device, "amy.lee", good_password, "[]", false).status, 201);
  EXPECT_EQ(account(device).at("password_sync"), base::Json(false));
  EXPECT_FALSE(has_handoff(device));
}

// [rule V2] [rule V47]
TEST_F(ProvisioningContract, the_account_has_the_name_of_the_local_user_account) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  put(user, R"({"systemUsername": "amylee"})");
  EXPECT_EQ(body_of(provision(device, "amy.lee")).at("local_account"), base::Json("amylee"));
}

// [rule V41]
TEST_F(ProvisioningContract, a_device_with_a_user_offers_it_only_where_a_policy_says_so_V41) {
  auto device = registered("laptop", 1, "windows");
  bench_.onboard("amy.lee");
  bench_.onboard("bob");
  ASSERT_EQ(provision(device, "amy.lee").status, 201);
  EXPECT_FALSE(offered(device));
  EXPECT_EQ(provision(device, "bob").status, 409);
  EXPECT_THAT(state(device).at("accounts").as_array(), SizeIs(1));
  allow_every_user(device);
  EXPECT_TRUE(offered(device));
  EXPECT_EQ(provision(device, "bob").status, 201);
  EXPECT_THAT(state(device).at("accounts").as_array(), SizeIs(2));
}

// [rule V41]: whoever bound the first one.
TEST_F(ProvisioningContract, a_user_whom_an_admin_has_bound_counts_too) {
  auto device = registered("laptop");
  const auto amy = bench_.onboard("amy.lee");
  bench_.onboard("bob");
  associate("add", device, amy);
  EXPECT_EQ(provision(device, "bob").status, 409);
  associate("remove", device, amy);
  EXPECT_EQ(provision(device, "bob").status, 201);
}

// [rule V42]
TEST_F(ProvisioningContract, windows_home_and_server_and_joined_devices_do_not_offer_it_V42) {
  bench_.onboard("amy.lee");
  std::uint64_t seed = 0;
  for (const auto* facts :
       {R"({"osVersionDetail": {"osName": "Windows 11 Home"}})",
        R"({"osVersionDetail": {"osName": "Windows Server 2022"}})", R"({"azureAdJoined": true})",
        R"({"domainInfo": {"domainName": "CORP", "partOfDomain": true}})"}) {
    ++seed;
    auto device = registered(fmt::format("laptop-{}", seed), seed, "windows");
    ASSERT_TRUE(offered(device));
    const auto poll = bench_.send("GET", state_path(device.revision, 300), fields_of(device));
    bench_.run_for(seconds{1});
    tell_facts(device, facts);
    bench_.run_for(seconds{1});
    EXPECT_EQ(poll->status(), 200) << "the login window hears of it";
    EXPECT_FALSE(offered(device)) << facts;
    EXPECT_EQ(provision(device, "amy.lee").status, 409) << facts;
    EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
  }
}

// [rule V43] [rule V3]
TEST_F(ProvisioningContract, the_name_of_a_local_account_is_not_taken_over_V43) {
  auto device = registered("laptop");
  bench_.onboard("amy.lee");
  EXPECT_EQ(provision(device, "amy.lee", good_password, R"(["guest", "amy.lee"])").status, 409);
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
  EXPECT_EQ(provision(device, "amy.lee", good_password, R"(["guest", "Amy.Lee"])").status, 201)
      << "another letter case is another account";
}

// [rule V44] [rule D12] [rule R87]
TEST_F(ProvisioningContract, it_makes_no_users_and_takes_only_working_credentials_V44) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  bench_.provision("bob");
  EXPECT_EQ(provision(device, "nobody").status, 401);
  EXPECT_EQ(provision(device, "bob").status, 401) << "no password yet";
  EXPECT_EQ(provision(device, "amy.lee", "a wrong password").status, 401);
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(provision(device, "amy.lee").status, 401);
  put(user, R"({"state": "ACTIVATED"})");
  bench_.admin("POST", "/api/systemusers/" + user + "/expire");
  EXPECT_EQ(provision(device, "amy.lee").status, 403);
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systemusers")).at("totalCount"), base::Json(2));
}

// [rule V34] [rule D112]
TEST_F(ProvisioningContract, wrong_passwords_at_the_login_window_lock_as_everywhere) {
  auto device = registered("laptop");
  bench_.onboard("amy.lee");
  for (int i = 0; i < 6; ++i) EXPECT_EQ(provision(device, "amy.lee", "a wrong password").status, 401);
  EXPECT_EQ(provision(device, "amy.lee").status, 423);
  EXPECT_EQ(bench_.log_in("amy.lee", good_password).status, 423);
}

// [rule D94]: nobody here could check the provider's password, and what is typed is not looked at.
TEST_F(ProvisioningContract, who_signs_in_at_the_identity_provider_is_refused_before_the_password_is_checked) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  ASSERT_EQ(bench_.admin("POST", "/api/v2/identity-providers",
                         R"({"name": "Entra", "type": "AZURE", "oidc": {"clientId": "client-1", "clientSecret": "s",
                             "url": "https://idp.example.test"}})")
                .status,
            201);
  const auto policy =
      body_of(bench_.admin("POST", "/api/v2/identity-provider/policies", R"({"name": "Everybody"})"));
  ASSERT_EQ(bench_.admin("POST", "/api/v2/users/" + user + "/associations",
                         fmt::format(R"({{"op": "add", "type": "idp_routing_policy", "id": "{}"}})",
                                     base::string_or(policy, "id", "")))
                .status,
            204);
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(provision(device, "amy.lee").status, 403); }), IsEmpty());
  EXPECT_THAT(state(device).at("accounts").as_array(), IsEmpty());
}

TEST_F(ProvisioningContract, what_cannot_be_read_is_400) {
  auto device = registered("laptop");
  bench_.onboard("amy.lee");
  for (const auto* names : {"null", "{}", "[5]"})
    EXPECT_EQ(provision(device, "amy.lee", good_password, names).status, 400);
  std::string many = R"("a")";
  for (int i = 0; i < 500; ++i) many += R"(,"a")";
  EXPECT_EQ(provision(device, "amy.lee", good_password, "[" + many + "]").status, 400);
  EXPECT_EQ(bench_.ask("POST", "/agent/v1/provision", {}, R"({"local_accounts": []})").status, 401);
}

}  // namespace provisioning_contract_test
}  // namespace directory
