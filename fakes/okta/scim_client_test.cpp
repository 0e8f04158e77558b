// What Okta's SCIM client sends, in which order, and what it makes of the answers.
#include "fakes/okta/scim_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/scim_target_fixture.h"
#include "sim/world.h"

namespace fakes::okta {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OktaScimClient : public ::testing::Test {
 protected:
  OktaScimClient() {
    auto& target_host = world_.add_host("target", "scim.example.test");
    target_ = std::make_unique<ScimTarget>(target_host.clock());
    target_host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(target_.get()); });
    target_host.start();
    okta_host_ = &world_.add_host("okta", "okta.example.test");
    org_ = std::make_unique<Org>(okta_host_->clock(), base::Rng(1));
    NewApp app{.label = "Directory", .can_provision = true};
    app.connection.enabled = true;
    app_ = org_->create_app(app).value();
    start(ProvisioningSettings::all());
  }
  ~OktaScimClient() override {
    for (const auto& name : world_.host_names()) world_.find_host(name)->crash();
  }

  void start(ProvisioningSettings settings) {
    ASSERT_TRUE(org_->set_provisioning(app_, settings).has_value());
    okta_host_->crash();
    ScimClientConfig config;
    config.base_url = base::parse_uri("https://scim.example.test/scim/v2").value();
    config.token = base::Secret("secret-token");
    config.app = app_;
    client_ = std::make_unique<ScimClient>(*org_, world_.scheduler(), okta_host_->clock(), world_.network().transport(*okta_host_),
                                           world_.recorder(), world_.recorder(), base::Rng(2), std::move(config));
    okta_host_->install([this](sim::Host& self) {
      self.spawn("pushes", client_->run());
      return std::make_unique<sim::ServiceProgram>(nullptr);
    });
    okta_host_->start();
  }

  UserId add() {
    NewUser user{.profile = {{"login", "amy@example.test"}, {"email", "amy@example.test"}, {"firstName", "Amy"}, {"lastName", "Lee"}}};
    user.password = base::Secret("Her-own-password-1");
    const auto id = org_->create_user(user);
    EXPECT_TRUE(org_->assign(app_, *id).has_value());
    return *id;
  }
  /// An assigned user whose account is there already.
  UserId add_pushed() {
    auto id = add();
    run_for(minutes{1});
    new_calls();
    return id;
  }
  void run_for(base::Duration span) {
    const auto until = world_.scheduler().now() + span;
    if (world_.scheduler().run_until(until) == base::RunEnd::quiet) world_.scheduler().advance_to(until);
  }
  std::vector<std::string> new_calls() {
    std::vector<std::string> lines;
    for (; seen_ < target_->calls.size(); ++seen_) lines.push_back(target_->calls[seen_].line());
    return lines;
  }
  base::Json last_body() { return target_->calls.back().body(); }
  std::vector<std::string> log() {
    std::vector<std::string> lines;
    for (const auto& record : client_->log()) {
      lines.push_back(record.action + (record.status == TaskStatus::success ? " success" : " failure: " + record.detail));
    }
    return lines;
  }
  void answer_with(int status, std::string retry_after, int times) {
    target_->refuse = [=, left = times](const base::HttpRequest&) mutable -> std::optional<base::HttpResponse> {
      if (left-- <= 0) return std::nullopt;
      base::HttpResponse response(status);
      if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
      return response;
    };
  }

  base::DirectCarriage carriage_;
  sim::World world_{{}, carriage_};
  sim::Host* okta_host_ = nullptr;
  std::unique_ptr<ScimTarget> target_;
  std::unique_ptr<Org> org_;
  AppId app_;
  std::unique_ptr<ScimClient> client_;
  std::size_t seen_ = 0;
};

constexpr auto look_up = "GET /Users?filter=userName%20eq%20%22amy%40example.test%22&startIndex=1&count=100";

// [Okta provisioning-clients 4.3-01] [Okta provisioning-clients 4.3-05] [Okta provisioning-clients 4.3-06] [rule R61]
TEST_F(OktaScimClient, looks_a_user_up_and_creates_it_with_its_password) {
  const auto id = add();
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre(look_up, "POST /Users"));
  EXPECT_EQ(last_body(), json(R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "amy@example.test",
      "name": {"givenName": "Amy", "familyName": "Lee"}, "emails": [{"primary": true, "value": "amy@example.test", "type": "work"}],
      "displayName": "Amy Lee", "locale": "en-US", "externalId": ")" + id.text() + R"(", "groups": [],
      "password": "Her-own-password-1", "active": true})"));
  EXPECT_EQ(target_->calls.back().request.headers.find("User-Agent"), "Okta SCIM Client 1.0.0");
  EXPECT_THAT(log(), ElementsAre("create success"));
}

// [Okta provisioning-clients 4.3-08] [Okta provisioning-clients 4.6-01]
TEST_F(OktaScimClient, sends_a_placeholder_where_passwords_are_not_synchronised) {
  auto settings = ProvisioningSettings::all();
  settings.password = false;
  start(settings);
  const auto id = add();
  run_for(minutes{1});
  EXPECT_THAT(base::string_or(last_body(), "password", ""), SizeIs(8));
  ASSERT_TRUE(org_->set_password(id, base::Secret("Another-password-2")).has_value());
  new_calls();
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), IsEmpty());
}

// [Okta provisioning-clients 4.3-04] [Okta provisioning-clients 4.5-09]
TEST_F(OktaScimClient, links_whom_it_finds_then_activates_and_replaces) {
  target_->resources["old-7"] = json(R"({"id": "old-7", "userName": "amy@example.test", "active": false, "nickName": "A"})").as_object();
  add();
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre(look_up, "GET /Users/old-7", "PATCH /Users/old-7", "GET /Users/old-7", "PUT /Users/old-7",
                                       "GET /Users/old-7", "PATCH /Users/old-7"));
  EXPECT_EQ(target_->resources["old-7"]["active"], base::Json(true));
  // What Okta does not know is echoed. [Okta provisioning-clients 4.4-02]
  EXPECT_EQ(target_->resources["old-7"]["nickName"], base::Json("A"));
  EXPECT_THAT(log(), ElementsAre("link success"));
}

// [Okta provisioning-clients 4.4-01] [Okta provisioning-clients 4.4-08]
TEST_F(OktaScimClient, an_update_is_a_read_and_a_replacement) {
  const auto id = add_pushed();
  ASSERT_TRUE(org_->update_user(id, {.profile = {{"department", "Sales"}}}).has_value());
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(last_body().at("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User").at("department"), base::Json("Sales"));
  EXPECT_EQ(last_body().at("active"), base::Json(true));
}

// [Okta provisioning-clients 4.5-01]
TEST_F(OktaScimClient, deactivation_and_passwords_are_patches_without_a_path) {
  const auto id = add_pushed();
  ASSERT_TRUE(org_->set_password(id, base::Secret("Another-password-2")).has_value());
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(last_body().at("Operations"), json(R"([{"op": "replace", "value": {"password": "Another-password-2"}}])"));
  ASSERT_TRUE(org_->deactivate(id).has_value());
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
  EXPECT_EQ(last_body().at("Operations"), json(R"([{"op": "replace", "value": {"active": false}}])"));
  EXPECT_THAT(log(), ElementsAre("create success", "password success", "deactivate success"));
}

// [Okta provisioning-clients 4.3-03]
TEST_F(OktaScimClient, takes_404_for_no_hit) {
  target_->refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    return request.method == "GET" ? std::optional(base::HttpResponse(404)) : std::nullopt;
  };
  add();
  run_for(minutes{1});
  EXPECT_THAT(log(), ElementsAre("create success"));
}

// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 4.9-02]
TEST_F(OktaScimClient, waits_as_long_as_retry_after_says_and_then_twice_as_long) {
  answer_with(429, "10", 2);
  add();
  run_for(seconds{34});
  EXPECT_THAT(new_calls(), ElementsAre(look_up, look_up));  // at 5 s and 15 s; the third at 35 s
  run_for(seconds{10});
  EXPECT_THAT(log(), ElementsAre("create success"));
}

// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 7.2-17]
TEST_F(OktaScimClient, waits_five_minutes_where_retry_after_is_no_number_of_seconds) {
  for (const auto* header : {"", "1.5", "Mon, 05 Jan 2026 08:00:00 GMT", "-1"}) {
    new_calls();
    answer_with(429, header, 1);
    const auto login = fmt::format("u{}@example.test", std::string_view(header).size());
    const auto id = org_->create_user({.profile = {{"login", login}, {"email", login}, {"firstName", "U"}, {"lastName", "U"}}});
    ASSERT_TRUE(org_->assign(app_, *id).has_value());
    run_for(minutes{5});
    EXPECT_THAT(new_calls(), SizeIs(1)) << header;
    run_for(minutes{1});
    EXPECT_THAT(new_calls(), SizeIs(2)) << header;
  }
}

// [Okta provisioning-clients 4.9-02]
TEST_F(OktaScimClient, gives_up_after_ten_attempts) {
  answer_with(429, "1", 1000);
  add();
  run_for(minutes{60});
  EXPECT_THAT(new_calls(), SizeIs(10));
  EXPECT_THAT(log(), ElementsAre(StartsWith("create failure: 429")));
}

// [Okta provisioning-clients 4.9-04] [Okta provisioning-clients 4.9-09]
TEST_F(OktaScimClient, other_failures_wait_for_an_admin) {
  answer_with(500, "", 1);
  const auto id = add();
  run_for(minutes{60});
  EXPECT_THAT(log(), ElementsAre(StartsWith("create failure: 500")));
  new_calls();
  EXPECT_TRUE(client_->retry(id));
  run_for(minutes{1});
  EXPECT_THAT(new_calls(), ElementsAre(look_up, "POST /Users"));
  EXPECT_FALSE(client_->retry(id));
}

TEST_F(OktaScimClient, a_crash_in_the_middle_of_a_push_repeats_it) {
  add();
  run_for(seconds{5} + std::chrono::milliseconds{20});
  okta_host_->crash();
  run_for(minutes{1});
  okta_host_->start();
  run_for(minutes{1});
  EXPECT_THAT(log(), ElementsAre("create success"));
  EXPECT_THAT(target_->resources, SizeIs(1));
}

}  // namespace
}  // namespace fakes::okta
