// Subscriptions, the question whether their endpoint is there, and what it is told.
#include "fakes/graph/subscriptions.h"

#include "base/uri.h"
#include "fakes/endpoint_fixture.h"
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace subscriptions_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One that sends the token back and takes every notification.
class Subscriber final : public Endpoint {
 public:
  explicit Subscriber(base::Scheduler& scheduler) : Endpoint(scheduler, echo) {}

  static base::HttpResponse echo(const base::HttpRequest& request) {
    const auto target = base::parse_target(request.target);
    const auto token = target ? target->parameter("validationToken") : std::nullopt;
    return token ? base::HttpResponse(200, "text/plain", *token) : base::HttpResponse(202);
  }
  /// What was told, without the questions.
  [[nodiscard]] std::vector<base::Json> notifications() const {
    std::vector<base::Json> out;
    for (const auto& request : requests) {
      if (!request.target.contains("validationToken")) out.push_back(base::parse_json(request.body).value_or(base::Json()));
    }
    return out;
  }
};

class SubscriptionsTest : public GraphTest {
 protected:
  base::HttpResponse call(std::string method, const std::string& place, std::string body = "") {
    base::HttpRequest request(std::move(method), "/v1.0" + place);
    request.headers.set("Host", "graph.microsoft.com");
    request.headers.set("Authorization", "Bearer " + token_);
    request.body = std::move(body);
    base::HttpResponse response(0);
    base::spawn(scheduler_, scope_, "asks", ask(subscribed_, std::move(request), response));
    run(std::chrono::seconds{60});
    return response;
  }
  void deliver(base::Duration time = std::chrono::seconds{60}) {
    base::spawn(scheduler_, scope_, "delivers", subscribed_.deliver_notifications());
    run(time);
  }
  /// Also where nothing happens.
  void run(base::Duration time) {
    const auto until = scheduler_.now() + time;
    scheduler_.run_until(until);
    scheduler_.advance_to(until);
  }
  std::string body(const std::string& more = "", const std::string& resource = "users", const std::string& types = "updated,deleted",
                   base::Duration life = std::chrono::hours{24}) {
    return R"({"changeType": ")" + types + R"(", "notificationUrl": "https://client.test/hook?x=1", "resource": ")" + resource + R"(", "expirationDateTime": ")" +
           base::to_rfc3339(clock_.now() + life) + R"(", "clientState": "secret")" + more + "}";
  }
  std::string subscribed(const std::string& sent) {
    const auto response = call("POST", "/subscriptions", sent);
    EXPECT_EQ(response.status, 201) << response.body;
    return at(response, "/id");
  }

  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("client");
  Subscriber endpoint_{scheduler_};
  Service subscribed_{clock_, base::Rng(2), tenant_, tokens_, nullptr, {}, &endpoint_};
};

// [Graph N1] [Graph N3] [Graph N4]
TEST_F(SubscriptionsTest, an_endpoint_that_sends_the_token_back_is_subscribed) {
  const auto response = call("POST", "/subscriptions", body());
  EXPECT_EQ(response.status, 201);
  ASSERT_EQ(endpoint_.requests.size(), 1U);
  EXPECT_EQ(endpoint_.requests[0].method, "POST");
  EXPECT_EQ(endpoint_.requests[0].headers.find("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_TRUE(endpoint_.requests[0].target.starts_with("/hook?x=1&validationToken=Validation%3A%20"));
  const auto id = at(response, "/id");
  EXPECT_EQ(at(response, "/resource"), "users");
  EXPECT_EQ(at(response, "/changeType"), "updated,deleted");
  EXPECT_EQ(at(call("GET", "/subscriptions/" + id), "/clientState"), "secret");
  EXPECT_THAT(each(call("GET", "/subscriptions"), "/id"), ElementsAre(id));
  const auto later = base::to_rfc3339(clock_.now() + std::chrono::hours{48});
  const auto renewed = call("PATCH", "/subscriptions/" + id, R"({"expirationDateTime": ")" + later + "\"}");
  EXPECT_EQ(renewed.status, 200);
  EXPECT_EQ(at(renewed, "/expirationDateTime").substr(0, 19), later.substr(0, 19));
  EXPECT_EQ(call("DELETE", "/subscriptions/" + id).status, 204);
  EXPECT_EQ(call("DELETE", "/subscriptions/" + id).status, 404);
}

// [Graph N1]
TEST_F(SubscriptionsTest, what_is_required_is_required) {
  for (const std::string name : {"changeType", "notificationUrl", "resource", "expirationDateTime"}) {
    auto sent = base::parse_json(body()).value();
    sent.get_object().erase(name);
    EXPECT_EQ(call("POST", "/subscriptions", base::to_text(sent)).status, 400) << name;
  }
  EXPECT_EQ(call("POST", "/subscriptions", body(R"(, "notificationUrl": "http://client.test/hook")")).status, 400);
  EXPECT_EQ(call("POST", "/subscriptions", body(R"(, "clientState": ")" + std::string(129, 'x') + "\"")).status, 400);
  EXPECT_EQ(call("POST", "/subscriptions", body("", "devices")).status, 400);
  EXPECT_EQ(call("POST", "/subscriptions", body("", "users", "moved")).status, 400);
  EXPECT_EQ(call("POST", "/subscriptions", body(R"(, "clientState": ")" + std::string(128, 'x') + "\"")).status, 201);
}

// [Graph N3] [Graph E42] [Graph F26]
TEST_F(SubscriptionsTest, an_endpoint_that_answers_otherwise_or_late_is_not_subscribed) {
  const std::string failed = "400 InvalidRequest: Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.";
  const auto token_of = [](const base::HttpRequest& request) { return request.target.substr(request.target.find("validationToken=") + 16); };
  endpoint_.answers = [&](const base::HttpRequest& request) { return base::HttpResponse(200, "text/plain", token_of(request)); };
  EXPECT_EQ(outcome(call("POST", "/subscriptions", body())), failed) << "still encoded";
  endpoint_.answers = [&](const base::HttpRequest& request) { return base::HttpResponse(200, "text/html", Subscriber::echo(request).body); };
  EXPECT_EQ(outcome(call("POST", "/subscriptions", body())), failed);
  endpoint_.answers = [&](const base::HttpRequest& request) { return base::HttpResponse(202, "text/plain", Subscriber::echo(request).body); };
  EXPECT_EQ(outcome(call("POST", "/subscriptions", body())), failed);
  endpoint_.answers = Subscriber::echo;
  endpoint_.takes = std::chrono::seconds{11};
  EXPECT_EQ(outcome(call("POST", "/subscriptions", body())), failed);
  EXPECT_THAT(each(call("GET", "/subscriptions"), "/id"), IsEmpty());
  endpoint_.takes = std::chrono::seconds{9};
  EXPECT_EQ(call("POST", "/subscriptions", body()).status, 201);
  EXPECT_EQ(outcome(send("POST", "/subscriptions", body())), failed) << "a service without a way out";
}

// [Graph N2] [Graph E43]
TEST_F(SubscriptionsTest, last_for_less_than_29_days) {
  EXPECT_EQ(outcome(call("POST", "/subscriptions", body("", "users", "updated", std::chrono::minutes{41'761}))),
            "400 ExtensionError: Subscription expiration can only be 41760 minutes in the future.");
  const auto id = subscribed(body("", "users", "updated", std::chrono::minutes{41'760}));
  run(std::chrono::minutes{41'760});
  EXPECT_EQ(call("GET", "/subscriptions/" + id).status, 404);
}

// [Graph N2] [Graph N5] [Graph F27]
TEST_F(SubscriptionsTest, creations_and_soft_deletions_come_as_updates) {
  const auto id = subscribed(body("", "users", "created,updated,deleted"));
  const auto amy = at(call("POST", "/users", user_body("amy")), "/id");
  deliver();
  call("DELETE", "/users/" + amy);
  deliver();
  call("DELETE", "/directory/deletedItems/" + amy);
  deliver();
  const auto told = endpoint_.notifications();
  std::vector<std::string> types;
  for (const auto& one : told) types.push_back(at(one, "/value/0/changeType"));
  EXPECT_THAT(types, ElementsAre("updated", "updated", "deleted"));
  EXPECT_EQ(at(told.at(0), "/value/0/subscriptionId"), id);
  EXPECT_EQ(at(told[0], "/value/0/clientState"), "secret");
  EXPECT_EQ(at(told[0], "/value/0/resource"), "Users/" + amy);
  EXPECT_EQ(at(told[0], "/value/0/tenantId"), tenant_.id());
  EXPECT_EQ(at(told[0], "/value/0/resourceData"), R"({"@odata.type":"#Microsoft.Graph.User","@odata.id":"Users/)" + amy + R"(","id":")" + amy + "\"}");
  EXPECT_NE(at(told[0], "/value/0/subscriptionExpirationDateTime"), "none");
}

// [Graph N2]
TEST_F(SubscriptionsTest, only_what_was_subscribed_to_is_told) {
  const auto amy = at(call("POST", "/users", user_body("amy")), "/id");
  const auto bob = at(call("POST", "/users", user_body("bob")), "/id");
  subscribed(body("", "users/" + amy, "updated"));
  deliver();
  endpoint_.requests.clear();
  call("PATCH", "/users/" + bob, R"({"jobTitle": "x"})");
  call("POST", "/groups", group_body("team"));
  deliver();
  EXPECT_THAT(endpoint_.notifications(), IsEmpty());
  call("PATCH", "/users/" + amy, R"({"jobTitle": "x"})");
  deliver();
  EXPECT_EQ(endpoint_.notifications().size(), 1U);
}

// [Graph N6]
TEST_F(SubscriptionsTest, what_is_not_taken_is_sent_again_for_four_hours) {
  subscribed(body(R"(, "lifecycleNotificationUrl": "https://client.test/life")"));
  call("POST", "/users", user_body("amy"));
  int refusals = 2;
  endpoint_.answers = [&](const base::HttpRequest&) { return base::HttpResponse(refusals-- > 0 ? 500 : 202); };
  endpoint_.requests.clear();
  for (int i = 0; i < 10; ++i) deliver();
  EXPECT_EQ(endpoint_.notifications().size(), 3U);
  call("PATCH", "/users/amy@example.test", R"({"jobTitle": "x"})");
  endpoint_.answers = [&](const base::HttpRequest& request) { return base::HttpResponse(request.target == "/life" ? 202 : 500); };
  endpoint_.requests.clear();
  const auto began = clock_.now();
  std::size_t tries = 0;
  for (int i = 0; i < 24 * 6; ++i) {
    deliver(std::chrono::minutes{2});
    if (endpoint_.requests.size() == tries) continue;
    tries = endpoint_.requests.size();
    EXPECT_LE(clock_.now() - began, std::chrono::hours{4} + std::chrono::minutes{2});
  }
  EXPECT_GT(tries, 5U);
  // [Graph N9]
  EXPECT_EQ(at(endpoint_.notifications().back(), "/value/0/lifecycleEvent"), "missed");
}

// [Graph N6]
TEST_F(SubscriptionsTest, who_is_slow_too_often_is_told_nothing) {
  subscribed(body());
  endpoint_.takes = std::chrono::seconds{31};
  endpoint_.requests.clear();
  for (int i = 0; i < 15; ++i) {
    send("POST", "/users", user_body("user" + std::to_string(i)));
    deliver(std::chrono::seconds{32});
  }
  EXPECT_EQ(endpoint_.notifications().size(), 10U);
}

// [Graph N8]
TEST_F(SubscriptionsTest, several_notifications_come_in_one_post) {
  const auto users = subscribed(body());
  const auto groups = subscribed(body("", "groups"));
  const auto amy = made_user("amy");
  const auto team = made_group("team");
  endpoint_.requests.clear();
  deliver();
  const auto told = endpoint_.notifications();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(at(told[0], "/value/0/subscriptionId"), users);
  EXPECT_EQ(at(told[0], "/value/0/resource"), "Users/" + amy);
  EXPECT_EQ(at(told[0], "/value/1/subscriptionId"), groups);
  EXPECT_EQ(at(told[0], "/value/1/resource"), "Groups/" + team);
  EXPECT_EQ(at(told[0], "/value/1/resourceData/@odata.type"), "#Microsoft.Graph.Group");
}

// [Graph N7] [Graph E44]
TEST_F(SubscriptionsTest, an_app_has_a_hundred_in_a_tenant) {
  for (int i = 0; i < 100; ++i) subscribed(body());
  const auto refused = call("POST", "/subscriptions", body());
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(outcome(refused), HasSubstr("limit of 100 subscriptions"));
  grant("other", entra::AccessToken::Kind::app, {"User.Read.All"});
  token_ = "other";
  EXPECT_EQ(call("POST", "/subscriptions", body()).status, 201);
}

// [Graph N9]
TEST_F(SubscriptionsTest, a_reset_password_ends_what_was_subscribed_on_behalf_of_the_user) {
  const auto amy = at(call("POST", "/users", user_body("amy")), "/id");
  grant_user("amy", amy, {"User.Read.All"});
  token_ = "amy";
  const auto id = subscribed(body(R"(, "lifecycleNotificationUrl": "https://client.test/life")"));
  EXPECT_EQ(call("PATCH", "/subscriptions/" + id, R"({"lifecycleNotificationUrl": "https://client.test/other"})").status, 400);
  token_ = "all";
  call("PATCH", "/users/" + amy, R"({"passwordProfile": {"password": "Wombat-4712!"}})");
  endpoint_.requests.clear();
  deliver();
  const auto told = endpoint_.notifications();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(endpoint_.requests[0].target, "/life");
  EXPECT_EQ(at(told[0], "/value/0/lifecycleEvent"), "subscriptionRemoved");
  EXPECT_EQ(at(told[0], "/value/0/subscriptionId"), id);
  token_ = "amy";
  EXPECT_EQ(call("GET", "/subscriptions/" + id).status, 404);
}

// [Graph N10]
TEST_F(SubscriptionsTest, need_a_permission_to_read_what_they_tell) {
  grant("users", entra::AccessToken::Kind::app, {"User.Read.All"});
  grant("groups", entra::AccessToken::Kind::app, {"Group.Read.All"});
  token_ = "users";
  EXPECT_EQ(call("POST", "/subscriptions", body("", "users")).status, 201);
  EXPECT_EQ(call("POST", "/subscriptions", body("", "groups")).status, 403);
  token_ = "groups";
  EXPECT_EQ(call("POST", "/subscriptions", body("", "users")).status, 403);
  EXPECT_EQ(call("POST", "/subscriptions", body("", "groups")).status, 201);
}

// [Graph N5] [Graph N6]
TEST_F(SubscriptionsTest, rounds_come_after_changes_and_when_something_is_due_again_and_not_else) {
  tenant_.create(ObjectKind::group, {{"displayName", "Old"}, {"mailEnabled", false}, {"mailNickname", "old"}, {"securityEnabled", true}}).value();
  subscribed(body("", "groups"));
  base::spawn(scheduler_, scope_, "tells subscribers", subscribed_.run_notifications(&scheduler_));
  run(std::chrono::hours{1});
  EXPECT_THAT(endpoint_.notifications(), IsEmpty()) << "what was there before is no news";
  EXPECT_EQ(scheduler_.next_due(), std::nullopt);

  bool is_away = true;
  endpoint_.answers = [&is_away](const base::HttpRequest&) { return base::HttpResponse(is_away ? 503 : 202); };
  tenant_.create(ObjectKind::group, {{"displayName", "New"}, {"mailEnabled", false}, {"mailNickname", "new"}, {"securityEnabled", true}}).value();
  run(std::chrono::seconds{10});
  ASSERT_EQ(endpoint_.notifications().size(), 1U);
  is_away = false;
  run(std::chrono::hours{1});
  EXPECT_EQ(endpoint_.notifications().size(), 2U) << "sent again, and taken";
  EXPECT_EQ(scheduler_.next_due(), std::nullopt);
}

}  // namespace subscriptions_test
}  // namespace fakes::graph
