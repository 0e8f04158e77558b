// A connection that is saved over the API is tested first, and what fails the test is not stored.
#include "fakes/okta/api/api_fixture.h"

#include <memory>

#include "base/scheduler.h"
#include "fakes/endpoint_fixture.h"

namespace fakes::okta::api {
namespace connection_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Tester final : public ConnectionTester {
 public:
  explicit Tester(base::Clock& clock) : clock_(&clock) {}
  base::Task<base::Result<void>> test(AppId app, ProvisioningConnection connection) override {
    tested.push_back(app.text() + " with " + connection.token.reveal());
    co_await clock_->sleep_for(std::chrono::seconds{1});
    if (verdict.empty()) co_return base::Result<void>();
    co_return base::fail(verdict);
  }
  std::string verdict;  ///< empty: it answers
  std::vector<std::string> tested;

 private:
  base::Clock* clock_;
};

class ConnectionsApi : public ApiTest {
 protected:
  ConnectionsApi() : app_(made("/apps", R"({"name": "scim2oauth", "label": "Directory"})")), place_("/api/v1/apps/" + app_ + "/connections/default") {}
  ~ConnectionsApi() override { scheduler_.kill(*scope_); }

  /// What is sent at the beginning; the answer is there once `pass_time` has been called.
  void save(const std::string& token, const std::string& query = "", const std::string& scheme = "TOKEN") {
    base::HttpRequest request("POST", place_ + query);
    request.headers.set("Host", "acme.okta.com");
    request.headers.set("Authorization", token_);
    request.headers.set("Content-Type", "application/json");
    request.body = R"({"profile": {"authScheme": ")" + scheme + R"(", "token": ")" + token + R"("}, "baseUrl": "https://scim.example.test"})";
    answer_ = base::HttpResponse(0);
    base::spawn(scheduler_, scope_, "saves", fakes::ask(testing_, std::move(request), answer_));
  }
  void pass_time() {
    const auto until = scheduler_.now() + std::chrono::seconds{10};
    scheduler_.run_until(until);
    scheduler_.advance_to(until);
  }
  [[nodiscard]] std::string stored() const { return org_.find(AppId{app_})->connection.token.reveal(); }

  Tester tester_{clock_};
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("okta");
  Service testing_{clock_, base::Rng(5), org_, tokens_, {}, nullptr, &tester_};
  std::string app_;
  std::string place_;
  base::HttpResponse answer_{0};
};

// [Okta provisioning-clients 4.2-01] [Okta provisioning-clients 5.5-06]
TEST_F(ConnectionsApi, a_connection_is_tested_before_it_is_stored) {
  save("one", "?activate=true");
  scheduler_.run_until(scheduler_.now() + std::chrono::milliseconds{500});
  EXPECT_THAT(tester_.tested, ElementsAre(app_ + " with one"));
  EXPECT_EQ(stored(), "") << "before the test is over";
  pass_time();
  EXPECT_EQ(outcome(answer_), "200");
  EXPECT_EQ(at(answer_, "/authScheme"), "TOKEN");
  EXPECT_EQ(at(answer_, "/status"), "ENABLED");
  EXPECT_EQ(stored(), "one");
}

// [Okta provisioning-clients 4.2-03]
TEST_F(ConnectionsApi, what_fails_the_test_is_refused_with_the_reason_and_not_stored) {
  save("one");
  pass_time();
  const auto cursor = org_.changes().last();
  tester_.verdict = "401 Unauthorized";
  save("two", "?activate=true");
  pass_time();
  EXPECT_EQ(outcome(answer_), "400 E0000059");
  EXPECT_EQ(at(answer_, "/errorCauses/0/errorSummary"), "401 Unauthorized");
  EXPECT_EQ(stored(), "one");
  EXPECT_FALSE(org_.find(AppId{app_})->connection.enabled);
  EXPECT_THAT(org_.changes().after(cursor), IsEmpty());
}

TEST_F(ConnectionsApi, a_body_that_is_refused_is_not_tested) {
  save("one", "", "BASIC");
  pass_time();
  EXPECT_EQ(outcome(answer_), "400 E0000001");
  EXPECT_THAT(tester_.tested, IsEmpty());
}

TEST_F(ConnectionsApi, an_app_that_is_gone_when_the_test_is_over_is_not_found) {
  save("one");
  scheduler_.run_until(scheduler_.now() + std::chrono::milliseconds{500});
  ASSERT_TRUE(org_.set_app_status(AppId{app_}, AppStatus::inactive));
  ASSERT_TRUE(org_.remove_app(AppId{app_}));
  pass_time();
  EXPECT_EQ(outcome(answer_), "404 E0000007");
}

TEST_F(ConnectionsApi, an_app_that_cannot_provision_is_refused_untested) {
  app_ = made("/apps", R"({"name": "bookmark", "label": "Wiki"})");
  place_ = "/api/v1/apps/" + app_ + "/connections/default";
  save("one");
  pass_time();
  EXPECT_EQ(outcome(answer_), "400 E0000001");
  EXPECT_THAT(tester_.tested, IsEmpty());
}

}  // namespace connection_test
}  // namespace fakes::okta::api
