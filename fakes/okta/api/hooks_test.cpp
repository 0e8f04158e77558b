// Event hooks: the question whether the endpoint is there, and what it is told.
#include "fakes/okta/api/api_fixture.h"

#include "base/scheduler.h"
#include "fakes/endpoint_fixture.h"
#include "fakes/okta/api/event_hooks.h"

namespace fakes::okta::api {
namespace hooks_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using std::chrono::seconds;

/// One that echoes the challenge and takes every event.
class Hook final : public Endpoint {
 public:
  explicit Hook(base::Scheduler& scheduler) : Endpoint(scheduler, echo) {}

  static base::HttpResponse echo(const base::HttpRequest& request) {
    const auto challenge = request.headers.find("x-okta-verification-challenge");
    if (!challenge) return base::HttpResponse(204);
    return {200, "application/json", R"({"verification": ")" + std::string(*challenge) + "\"}"};
  }
  /// Types of the events that were told, in their order.
  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> out;
    for (const auto& request : requests) {
      if (request.method == "POST") out.push_back(at(*base::parse_json(request.body), "/data/events/0/eventType"));
    }
    return out;
  }
};

class HooksApi : public ApiTest {
 protected:
  HooksApi() { hooked_.options().limits.on = false; }
  /// What still runs ends before what it refers to.
  ~HooksApi() override { scheduler_.kill(*scope_); }

  base::HttpResponse call(std::string method, const std::string& place, std::string body = "") {
    base::HttpRequest request(std::move(method), "/api/v1" + place);
    request.headers.set("Host", "acme.okta.com");
    request.headers.set("Authorization", token_);
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    base::HttpResponse response(0);
    base::spawn(scheduler_, scope_, "asks", fakes::ask(hooked_, std::move(request), response));
    run(seconds{10});
    return response;
  }
  void deliver() {
    base::spawn(scheduler_, scope_, "delivers", hooked_.deliver_events());
    run(seconds{60});
  }
  /// Also where nothing happens.
  void run(base::Duration time) {
    const auto until = scheduler_.now() + time;
    scheduler_.run_until(until);
    scheduler_.advance_to(until);
  }
  static std::string body(const std::string& items, const std::string& url = "https://hooks.example.test/okta") {
    return R"({"name": "hook", "events": {"type": "EVENT_TYPE", "items": [)" + items + R"(]}, "channel": {"type": "HTTP", "version": "1.0.0", "config": {"uri": ")" + url +
           R"(", "headers": [{"key": "X-Team", "value": "sync"}], "authScheme": {"type": "HEADER", "key": "Authorization", "value": "a-secret"}}}})";
  }
  std::string hook(const std::string& items = R"("user.lifecycle.create", "user.lifecycle.suspend")") {
    const auto id = at(call("POST", "/eventHooks", body(items)), "/id");
    EXPECT_EQ(at(call("POST", "/eventHooks/" + id + "/lifecycle/verify"), "/verificationStatus"), "VERIFIED");
    endpoint_.requests.clear();
    return id;
  }

  Hook endpoint_{scheduler_};
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("okta");
  Service hooked_{clock_, base::Rng(5), org_, tokens_, {}, &endpoint_};
};

// [Okta provisioning-clients 5.7-13]
TEST_F(HooksApi, an_endpoint_echoes_a_challenge_once) {
  const auto made = call("POST", "/eventHooks", body(R"("user.lifecycle.create")"));
  EXPECT_EQ(at(made, "/verificationStatus"), "UNVERIFIED");
  EXPECT_THAT(made.body, ::testing::Not(::testing::HasSubstr("a-secret")));
  const auto verify = "/eventHooks/" + at(made, "/id") + "/lifecycle/verify";
  endpoint_.answers = [](const base::HttpRequest&) { return base::HttpResponse(200, "application/json", R"({"verification": "other"})"); };
  EXPECT_EQ(call("POST", verify).status, 400);
  EXPECT_EQ(at(call("GET", "/eventHooks/" + at(made, "/id")), "/verificationStatus"), "UNVERIFIED");
  endpoint_.answers = Hook::echo;
  endpoint_.takes = seconds{4};
  EXPECT_EQ(call("POST", verify).status, 400);
  endpoint_.takes = {};
  endpoint_.requests.clear();
  EXPECT_EQ(at(call("POST", verify), "/verificationStatus"), "VERIFIED");
  ASSERT_THAT(endpoint_.requests, SizeIs(1));
  EXPECT_EQ(endpoint_.requests.front().method, "GET");
  EXPECT_EQ(endpoint_.requests.front().headers.find("Authorization"), "a-secret");
  EXPECT_EQ(endpoint_.requests.front().headers.find("X-Team"), "sync");
}

// [Okta provisioning-clients 5.7-13]
TEST_F(HooksApi, events_of_its_types_are_posted) {
  const auto id = hook();
  const auto amy = made_user("amy");
  (void)post("/users/" + amy + "/lifecycle/suspend");
  (void)post("/users/" + amy + "/lifecycle/unsuspend");
  deliver();
  EXPECT_THAT(endpoint_.told(), ElementsAre("user.lifecycle.create", "user.lifecycle.suspend"));
  const auto sent = *base::parse_json(endpoint_.requests.front().body);
  EXPECT_EQ(at(sent, "/eventType"), "com.okta.event_hook");
  EXPECT_EQ(at(sent, "/source"), "https://acme.okta.com/api/v1/eventHooks/" + id);
  EXPECT_EQ(at(sent, "/data/events/0/target/0/id"), amy);
  deliver();
  EXPECT_THAT(endpoint_.told(), SizeIs(2));
  // Not told later, either.
  (void)call("POST", "/eventHooks/" + id + "/lifecycle/deactivate");
  (void)made_user("bob");
  (void)call("POST", "/eventHooks/" + id + "/lifecycle/activate");
  deliver();
  EXPECT_THAT(endpoint_.told(), SizeIs(2));
}

TEST_F(HooksApi, what_was_logged_before_the_endpoint_answered_is_not_told) {
  (void)made_user("amy");
  (void)hook();
  deliver();
  EXPECT_THAT(endpoint_.told(), IsEmpty());
  (void)made_user("bob");
  deliver();
  EXPECT_THAT(endpoint_.told(), ElementsAre("user.lifecycle.create"));
}

TEST_F(HooksApi, an_endpoint_that_was_not_asked_is_not_told) {
  (void)call("POST", "/eventHooks", body(R"("user.lifecycle.create")"));
  (void)made_user("amy");
  deliver();
  EXPECT_THAT(endpoint_.requests, IsEmpty());
}

// [Okta provisioning-clients 5.7-13]
TEST_F(HooksApi, what_takes_longer_than_three_seconds_or_fails_is_tried_once_more) {
  (void)hook(R"("user.lifecycle.create")");
  endpoint_.takes = seconds{4};
  (void)made_user("amy");
  deliver();
  EXPECT_THAT(endpoint_.requests, SizeIs(2));
  endpoint_.takes = {};
  for (const auto& [status, times] : std::vector<std::pair<int, std::size_t>>{{503, 2}, {404, 1}, {200, 1}}) {
    endpoint_.requests.clear();
    endpoint_.answers = [status](const base::HttpRequest&) { return base::HttpResponse(status); };
    (void)made_user("user" + std::to_string(status));
    deliver();
    EXPECT_THAT(endpoint_.requests, SizeIs(times)) << status;
  }
}

// [Okta provisioning-clients 5.7-13]
TEST_F(HooksApi, order_and_number_of_deliveries_are_not_promised) {
  (void)hook();
  hooked_.options().quirks = {Quirk::hooks_out_of_order, Quirk::hooks_deliver_twice};
  (void)post("/users/" + made_user("amy") + "/lifecycle/suspend");
  deliver();
  EXPECT_THAT(endpoint_.told(), ElementsAre("user.lifecycle.suspend", "user.lifecycle.suspend", "user.lifecycle.create", "user.lifecycle.create"));
}

// [Okta provisioning-clients 5.7-13]
TEST_F(HooksApi, there_are_25_hooks_with_300_types) {
  std::string items;
  for (int i = 0; i < 276; ++i) items += (i == 0 ? "\"type" : ", \"type") + std::to_string(i) + "\"";
  EXPECT_EQ(call("POST", "/eventHooks", body(items)).status, 200);
  std::string small;
  for (int i = 1; i < 25; ++i) small = at(call("POST", "/eventHooks", body(R"("user.lifecycle.create")")), "/id");
  EXPECT_THAT(small, ::testing::StartsWith("who"));
  EXPECT_EQ(outcome(call("POST", "/eventHooks", body(R"("user.lifecycle.create")"))), "400 E0000001");
  EXPECT_EQ(outcome(call("PUT", "/eventHooks/" + small, body(R"("one", "two")"))), "400 E0000001");
  EXPECT_EQ(call("DELETE", "/eventHooks/" + small).status, 403);
  (void)call("POST", "/eventHooks/" + small + "/lifecycle/deactivate");
  EXPECT_EQ(call("DELETE", "/eventHooks/" + small).status, 204);
}

// [Okta provisioning-clients 5.7-13]
TEST(EventHooksQuota, is_400000_deliveries_in_a_day) {
  EventHooks hooks;
  base::Instant now{std::chrono::hours{24}};
  for (std::size_t i = 0; i < 400'000; ++i) ASSERT_TRUE(hooks.may_deliver(now));
  EXPECT_FALSE(hooks.may_deliver(now + std::chrono::hours{23}));
  EXPECT_TRUE(hooks.may_deliver(now + std::chrono::hours{24}));
}

TEST_F(HooksApi, are_served_by_themselves_a_second_after_a_change) {
  (void)hook();
  base::spawn(scheduler_, scope_, "event hooks", hooked_.run_event_hooks(&scheduler_));
  run(seconds{1});
  (void)made_user("amy");
  run(seconds{2});
  EXPECT_THAT(endpoint_.told(), ElementsAre("user.lifecycle.create"));
  (void)made_user("bob");
  run(seconds{2});
  EXPECT_THAT(endpoint_.told(), SizeIs(2));
}

}  // namespace hooks_test
}  // namespace fakes::okta::api
