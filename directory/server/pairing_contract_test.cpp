// By what an account at Microsoft is found, and when it gets its first password, over HTTP: where two
// articles differ.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server/cloud_sync_fixture.h"

namespace directory {
namespace pairing_contract_test {

using std::chrono::minutes;
using ::testing::SizeIs;

using PairingContract = CloudSyncContract;

constexpr std::string_view by_mail = R"({"accountLookup": "mail"})";

TEST_F(PairingContract, R130_the_account_with_the_address_is_found_and_renamed) {
  const auto directory = set_up();
  change(directory, by_mail);
  const auto there =
      tenant_->add("a.lee@example.test", {{"mail", "Amy@Example.test"}, {"displayName", "Amy Li"}});
  connect(add_user("amy"), directory);
  settle();
  EXPECT_EQ(tenant_->find("amy@example.test"), there);
  EXPECT_EQ(tenant_->value("amy@example.test", "displayName"), "Amy Lee");
  EXPECT_THAT(tenant_->accounts, SizeIs(1));
}

TEST_F(PairingContract, R130_of_several_accounts_with_the_address_none_is_taken) {
  const auto directory = set_up();
  change(directory, by_mail);
  tenant_->add("one@example.test", {{"mail", "amy@example.test"}});
  tenant_->add("two@example.test", {{"mail", "amy@example.test"}});
  const auto amy = add_user("amy");
  connect(amy, directory);
  settle();
  EXPECT_EQ(status_of(amy, directory), "severalAccounts");
  EXPECT_EQ(tenant_->writes(), 0U);
}

TEST_F(PairingContract, R130_what_was_perhaps_created_is_looked_for_by_its_name) {
  const auto directory = set_up();
  change(directory, by_mail);
  tenant_->after = SmallTenant::once("POST", "/users", base::HttpResponse(504));
  const auto amy = add_user("amy");
  connect(amy, directory);
  bench_.run_for(minutes{5});
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(1)) << "whose answer is lost";
  EXPECT_THAT(tenant_->accounts, SizeIs(1));
  EXPECT_EQ(status_of(amy, directory), "synced");
}

TEST_F(PairingContract, the_lookup_is_one_of_two) {
  const auto directory = set_up();
  EXPECT_EQ(
      base::string_or(body_of(bench_.admin("GET", "/api/v2/office365s/" + directory)), "accountLookup", ""),
      "upn");
  EXPECT_EQ(bench_.admin("PATCH", "/api/v2/office365s/" + directory, R"({"accountLookup": "alias"})").status,
            400);
  change(directory, by_mail);
  EXPECT_EQ(
      base::string_or(body_of(bench_.admin("GET", "/api/v2/office365s/" + directory)), "accountLookup", ""),
      "mail");
}

BenchOptions first_password_at_login() {
  auto out = tenant_options();
  out.directory.cloud_first_password = CloudFirstPassword::at_portal_login;
  return out;
}

class FirstPasswordContract : public CloudSyncContract {
 protected:
  FirstPasswordContract() : CloudSyncContract(first_password_at_login()) {}
  void log_in(std::string_view password) { EXPECT_EQ(bench_.log_in("amy", password).status, 200); }
  std::string password_there() { return tenant_->passwords[tenant_->find("amy@example.test")]; }
};

TEST_F(FirstPasswordContract, RT1_the_first_waits_for_the_portal_and_later_ones_do_not) {
  const auto directory = set_up();
  const auto amy = add_user("amy");
  connect(amy, directory);
  change_user(amy, R"({"password": "first-of-amy"})");
  settle();
  EXPECT_NE(password_there(), "first-of-amy");
  log_in("first-of-amy");
  // It has not arrived yet, and is replaced.
  change_user(amy, R"({"password": "second-of-amy"})");
  settle();
  EXPECT_EQ(password_there(), "second-of-amy");
}

TEST_F(FirstPasswordContract, RT1_without_takeover_no_login_would_ever_bring_it) {
  const auto directory = set_up();
  ASSERT_EQ(bench_.change_settings(R"({"passwordTakeover": false})").status, 200);
  const auto amy = add_user("amy");
  connect(amy, directory);
  change_user(amy, R"({"password": "first-of-amy"})");
  settle();
  EXPECT_EQ(password_there(), "first-of-amy");
}

}  // namespace pairing_contract_test
}  // namespace directory
