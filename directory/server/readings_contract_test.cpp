// The readings that an installation can be set to follow where two sentences of the articles differ, over HTTP: of an expiry, a
// deletion, a dot, and of an account that two instances manage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "directory/server/cloud_sync_fixture.h"
#include "directory/server/scim_client_fixture.h"

namespace directory {
namespace readings_contract_test {

using std::chrono::minutes;

constexpr std::string_view deactivation = R"([{"op": "replace", "value": {"active": false}}])";

std::string login_body(std::string_view login) { return user_body(login, login); }

BenchOptions set_to(const std::function<void(Options&)>& change) {
  BenchOptions out;
  change(out.directory);
  return out;
}

TEST(ScimExpiryContract, RT2_an_expiry_may_leave_active_as_it_is) {
  ServerBench bench(set_to([](Options& options) { options.scim_expiry = ScimExpiry::active; }));
  const auto id = bench.onboard("amy.lee");
  const auto is_active = [&] { return body_of(bench.scim("GET", "/Users/" + id)).at("active"); };
  ASSERT_EQ(bench.admin("POST", "/api/systemusers/" + id + "/expire").status, 200);
  EXPECT_EQ(is_active(), base::Json(true));
  ASSERT_EQ(bench.scim("PATCH", "/Users/" + id, patch_body(deactivation)).status, 200);
  EXPECT_EQ(is_active(), base::Json(false));
}

TEST(ScimDeletionContract, RT3_the_verb_may_decide_whoever_sends_it) {
  ServerBench bench(set_to([](Options& options) { options.scim_deletion = ScimDeletion::by_verb; }));
  const auto id = id_of(bench.okta("POST", "/Users", login_body("amy@a.test")));
  ASSERT_EQ(bench.okta("PATCH", "/Users/" + id, patch_body(deactivation)).status, 200);
  EXPECT_EQ(bench.user(id).at("state"), base::Json("SUSPENDED"));
  EXPECT_EQ(bench.okta("DELETE", "/Users/" + id).status, 204);
  EXPECT_EQ(bench.okta("GET", "/Users/" + id).status, 404);
  EXPECT_EQ(bench.okta("POST", "/Users", login_body("amy@a.test")).status, 201) << "the name is free again";
}

TEST(UsernameDotsContract, RT10_a_dot_may_be_a_special_character_of_new_usernames) {
  ServerBench bench(set_to([](Options& options) { options.username_dots = UsernameDots::refused; }));
  const auto created = [&](std::string_view name) {
    return bench.admin("POST", "/api/systemusers", fmt::format(R"({{"username": "{}", "email": "{}@example.test"}})", name, name));
  };
  EXPECT_EQ(created("amy.lee").status, 400);
  const auto amy = created("amy-lee");
  ASSERT_EQ(amy.status, 200) << amy.body;
  const auto path = "/api/systemusers/" + base::string_or(body_of(amy), "_id", "");
  EXPECT_EQ(bench.admin("PUT", path, R"({"username": "a.lee"})").status, 400);
  EXPECT_EQ(bench.admin("PUT", path, R"({"systemUsername": "a.lee"})").status, 200) << "an account on a device is no username";
  const auto bo = bench.okta("POST", "/Users", login_body("bo.may@example.test"));
  ASSERT_EQ(bo.status, 201) << bo.body;
  EXPECT_EQ(bench.user(id_of(bo)).at("username"), base::Json("bo_may"));
}

BenchOptions shared_accounts_are_kept() {
  auto out = tenant_options();
  out.directory.cloud_shared_accounts = CloudSharedAccounts::kept;
  return out;
}

class SharedAccountContract : public CloudSyncContract {
 protected:
  SharedAccountContract() : CloudSyncContract(shared_accounts_are_kept()) {}
  bool is_enabled() { return tenant_->value("amy@example.test", "accountEnabled") == "true"; }

  struct Shared {
    std::string one;
    std::string other;
    std::string user;
  };
  /// Amy, whose account both of two instances manage.
  Shared managed_by_two() {
    Shared shared{set_up(), set_up("Other"), add_user("amy")};
    for (const auto& instance : {shared.one, shared.other}) {
      connect(shared.user, instance);
      settle();
    }
    return shared;
  }
};

TEST_F(SharedAccountContract, RT5_the_last_instance_to_let_go_disables_the_account) {
  const auto [one, other, amy] = managed_by_two();
  const auto written = tenant_->writes();
  connect(amy, one, "remove");
  bench_.run_for(minutes{20});
  EXPECT_TRUE(is_enabled());
  EXPECT_EQ(tenant_->writes(), written);
  connect(amy, other, "remove");
  settle();
  EXPECT_FALSE(is_enabled());
}

TEST_F(SharedAccountContract, RT5_whoever_is_deleted_is_disabled_all_the_same) {
  const auto [one, other, amy] = managed_by_two();
  connect(amy, one, "remove");
  settle();
  ASSERT_EQ(bench_.admin("DELETE", "/api/systemusers/" + amy).status, 200);
  settle();
  EXPECT_FALSE(is_enabled());
}

}  // namespace readings_contract_test
}  // namespace directory
