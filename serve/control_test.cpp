// The control port, operation by operation, without a socket.
#include "serve/control.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "serve/embedded.h"
#include "serve/served_fixture.h"

namespace serve {
namespace control_test {

using std::chrono::minutes;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ControlPort : public ServedFixture {
 protected:
  ControlPort() {
    control_ = std::make_unique<Control>(
        *world_, *clockwork_, [this] { return make_settings({.urls = {{Party::graph, "https://localhost:4000"}}, .control = "http://localhost:1"}, world_->accounts()); }, "1.2.3",
        [this](Control::RequestId id, const base::HttpResponse& response) { responses_[id] = response; });
  }

  static base::HttpRequest to_control(const std::string& method, const std::string& target, const std::string& body = {}) {
    return request(method, target, {{"Host", "localhost:1"}}, body);
  }
  /// Takes it, and runs the world as far as it goes; 0: there is no answer yet.
  base::HttpResponse send(const base::HttpRequest& request) {
    const auto id = ++last_;
    control_->take(id, request);
    run();
    return answer_of(id);
  }
  base::HttpResponse send(const std::string& method, const std::string& target, const std::string& body = {}) { return send(to_control(method, target, body)); }
  void run() {
    bool more = true;
    while (more) {
      more = clockwork_->turn();
      keep_answers();
      control_->settle();
    }
  }
  base::HttpResponse answer_of(std::uint64_t id) { return responses_.contains(id) ? responses_.at(id) : base::HttpResponse(0); }
  static std::string text_at(const base::HttpResponse& response, std::string_view name) { return base::string_or(json_of(response), name, ""); }

  std::unique_ptr<Control> control_;
  std::map<std::uint64_t, base::HttpResponse> responses_;
  std::uint64_t last_ = 0;
};

TEST_F(ControlPort, describes_every_operation_and_no_other) {
  const auto document = json_of(send("GET", "/openapi.json"));
  std::set<std::string> described;
  const auto* paths = base::member(document, "paths");
  ASSERT_NE(paths, nullptr);
  for (const auto& path : paths->as_object()) {
    for (const auto& operation : path.value().as_object()) {
      auto name = fmt::format("{} {}", std::string(operation.key()), std::string(path.key()));
      for (auto at = name.find('{'); at != std::string::npos; at = name.find('{', at + 1)) name.replace(at, name.find('}', at) - at + 1, "{}");
      described.insert(name);
    }
  }
  std::set<std::string> offered;
  for (const auto& operation : Control::operations()) {
    std::string method(operation.method);
    for (auto& c : method) c = static_cast<char>(c + ('a' - 'A'));
    offered.insert(fmt::format("{} {}", method, operation.path));
  }
  EXPECT_EQ(described, offered);
}

TEST_F(ControlPort, whoever_looks_leaves_the_world_as_it_was) {
  run();
  const auto before = world_->position();
  for (const auto* path : {"/state", "/screens", "/history", "/quirks", "/faults", "/world", "/settings", "/scenario.yaml"}) {
    EXPECT_EQ(send("GET", path).status, 200) << path;
    EXPECT_EQ(world_->position(), before) << path;
  }
}

TEST_F(ControlPort, shows_a_page_that_loads_nothing_from_elsewhere) {
  for (const auto& [path, type] : {std::pair{"/console", "text/html"}, {"/console.css", "text/css"}, {"/console.js", "text/javascript"}}) {
    const auto response = send("GET", path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_THAT(std::string(response.headers.find("Content-Type").value_or("")), ::testing::StartsWith(type));
    EXPECT_THAT(std::string(response.headers.find("Content-Security-Policy").value_or("")), HasSubstr("default-src 'none'"));
    EXPECT_THAT(response.body, Not(HasSubstr("https://")));
    EXPECT_FALSE(response.body.empty());
  }
}

TEST_F(ControlPort, moves_to_the_next_event) {
  const auto due = world_->next_due();
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(text_at(send("POST", "/clock/advance", R"({"to": "next-event"})"), "now"), base::to_rfc3339(*due));
  EXPECT_EQ(send("POST", "/clock/advance", R"({"to": "the moon"})").status, 422);
  EXPECT_EQ(send("POST", "/clock/advance", R"({"to": "next-event", "for": "1s"})").status, 422);
}

// Pages of the web, and names that lead here by a trick.
TEST_F(ControlPort, keeps_strangers_out) {
  EXPECT_EQ(send(request("GET", "/clock", {{"Host", "evil.example:1"}})).status, 403);
  EXPECT_EQ(send(request("GET", "/clock")).status, 403);
  EXPECT_EQ(send(request("GET", "/clock", {{"Host", "localhost:1"}, {"Host", "evil.example"}})).status, 403);
  EXPECT_EQ(send(request("POST", "/reset", {{"Host", "localhost:1"}, {"Origin", "https://evil.example"}})).status, 403);
  EXPECT_EQ(send(request("POST", "/reset", {{"Host", "localhost:1"}, {"Origin", "http://localhost:2"}})).status, 403);
  EXPECT_EQ(send(request("GET", "/clock", {{"Host", "localhost:1"}, {"Sec-Fetch-Site", "cross-site"}})).status, 403);
  EXPECT_EQ(send(request("GET", "/clock", {{"Host", "127.0.0.1:1"}, {"Origin", "http://127.0.0.1:1"}})).status, 200);
}

TEST_F(ControlPort, errors_are_problem_details) {
  const auto missing = send("GET", "/nothing");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.headers.find("Content-Type"), "application/problem+json");
  EXPECT_THAT(text_at(missing, "detail"), HasSubstr("/openapi.json"));
  const auto wrong = send("PATCH", "/clock");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.find("Allow"), "GET, PUT");
  EXPECT_EQ(send("POST", "/steps", "{").status, 400);
  EXPECT_EQ(send("POST", "/steps", "[]").status, 400);
  for (const auto* body : {"{}", R"({"step": 1})", R"({"step": "entra.fly: {}"})", R"({"step": "at: 1h\nwait: {for: 1s}"})", R"({"step": ""})"})
    EXPECT_EQ(send("POST", "/steps", body).status, 422) << body;
  for (const auto* body : {"{}", R"({"for": "soon"})", R"({"until": "2001-01-01T00:00:00Z"})", R"({"for": "1m", "until": "2026-06-01T00:00:00Z"})", R"({"for": "300000d"})"})
    EXPECT_EQ(send("POST", "/clock/advance", body).status, 422) << body;
  EXPECT_EQ(send("PUT", "/clock", R"({"mode": "x0"})").status, 422);
  EXPECT_EQ(send("GET", "/history?after=x").status, 400);
  EXPECT_EQ(send("POST", "/reset", R"({"seed": -1})").status, 422);
  EXPECT_EQ(send("POST", "/restore", R"({"snapshot": "x"})").status, 404);
  EXPECT_EQ(send("POST", "/snapshots", R"({"name": ""})").status, 422);
}

TEST_F(ControlPort, tells_the_time_and_moves_it) {
  const auto before = world_->now();
  EXPECT_EQ(text_at(send("GET", "/clock"), "now"), base::to_rfc3339(before));
  const auto moved = json_of(send("POST", "/clock/advance", R"({"for": "40m"})"));
  EXPECT_EQ(base::string_or(moved, "now", ""), base::to_rfc3339(before + minutes{40}));
  EXPECT_FALSE(base::bool_member(moved, "quiet").has_value()) << "nobody has asked";
  EXPECT_EQ(text_at(send("POST", "/clock/advance", R"({"until": "2026-01-05T12:00:00Z"})"), "now"), "2026-01-05T12:00:00.000Z");
  EXPECT_EQ(text_at(send("PUT", "/clock", R"({"mode": "x60"})"), "mode"), "x60");
  EXPECT_EQ(base::bool_member(json_of(send("POST", "/clock/run-until-quiet", R"({"at_most": "1h"})")), "quiet").has_value(), true);
}

TEST_F(ControlPort, plays_steps_as_yaml_and_as_json) {
  EXPECT_EQ(text_at(send("POST", "/steps", R"({"step": "entra.create_user: {user: eve, mail: eve@example.test}"})"), "outcome"), "ok");
  EXPECT_EQ(text_at(send("POST", "/steps", R"({"step": {"entra.disable_user": {"user": "eve"}}})"), "outcome"), "ok");
  EXPECT_EQ(text_at(send("POST", "/steps", R"({"step": "expect: {directory.user: {user: eve}}"})"), "outcome"), "does not hold");
  EXPECT_EQ(text_at(send("POST", "/steps", R"({"step": "entra.restore_user: {user: eve}"})"), "outcome"), "refused");
}

TEST_F(ControlPort, a_long_step_is_accepted_and_goes_on_with_the_clock) {
  const auto accepted = send("POST", "/steps", R"({"step": "wait: {for: 1h}"})");
  EXPECT_EQ(accepted.status, 202);
  const std::string place(accepted.headers.find("Location").value_or(""));
  EXPECT_EQ(text_at(send("GET", place), "outcome"), "under way");
  EXPECT_EQ(send("POST", "/clock/advance", R"({"for": "1h"})").status, 200);
  EXPECT_EQ(text_at(send("GET", place), "outcome"), "ok");
}

TEST_F(ControlPort, injects_and_mends_faults) {
  (void)bearer();
  EXPECT_EQ(send("POST", "/faults", R"({"fault": "answer_instead", "from": "outside", "to": "graph", "status": 429})").status, 200);
  const auto id = begin(Party::graph, request("GET", "/v1.0/users", bearer()));
  run();
  ASSERT_TRUE(answers_.contains(id));
  EXPECT_EQ(answers_.at(id)->status, 429);
  EXPECT_THAT(send("GET", "/faults").body, HasSubstr(R"({"fault":"answer_instead","from":"outside","to":"graph","count":1})"));
  EXPECT_EQ(send("DELETE", "/faults").status, 200);
  const auto again = begin(Party::graph, request("GET", "/v1.0/users", bearer()));
  run();
  EXPECT_EQ(answers_.at(again)->status, 200);
  EXPECT_EQ(send("POST", "/faults", R"({"fault": "earthquake"})").status, 422);
}

TEST_F(ControlPort, switches_quirks) {
  EXPECT_THAT(send("PUT", "/quirks/graph", R"({"quirks": ["batch_shuffled"]})").body, HasSubstr(R"("name":"batch_shuffled")"));
  const auto all = json_of(send("GET", "/quirks"));
  const auto* graph_quirks = base::member(all, "graph");
  ASSERT_NE(graph_quirks, nullptr);
  for (const auto& quirk : graph_quirks->as_array()) EXPECT_EQ(*base::bool_member(quirk, "on"), base::string_or(quirk, "name", "") == "batch_shuffled");
  EXPECT_EQ(send("PUT", "/quirks/graph", R"({"quirks": ["x"]})").status, 422);
  EXPECT_EQ(send("PUT", "/quirks/moon", R"({"quirks": []})").status, 422);
}

TEST_F(ControlPort, shows_what_was_said_and_no_secret) {
  const auto token = bearer().front().second.substr(std::string_view("Bearer ").size());
  const auto history = send("GET", "/history?party=outside");
  EXPECT_THAT(history.body, HasSubstr("/oauth2/v2.0/token"));
  EXPECT_THAT(history.body, Not(HasSubstr(token)));
  EXPECT_THAT(history.body, Not(HasSubstr(world_->accounts().entra_client_secret.reveal())));
  const auto har = send("GET", "/history.har?party=outside");
  EXPECT_THAT(har.body, HasSubstr(fmt::format("https://localhost:4000/{}/oauth2/v2.0/token", world_->accounts().tenant_id)));
  EXPECT_THAT(har.body, Not(HasSubstr(token)));
  EXPECT_THAT(base::member(json_of(send("GET", "/history?limit=1")), "exchanges")->as_array(), SizeIs(1));
}

TEST_F(ControlPort, shows_state_world_settings_and_secrets) {
  EXPECT_THAT(send("GET", "/state").body, HasSubstr("ann"));
  EXPECT_EQ(json_of(send("GET", "/world")).at("seed").to_number<int>(), 7);
  EXPECT_THAT(send("GET", "/settings").body, HasSubstr("AZURE_TENANT_ID"));
  EXPECT_EQ(text_at(send("GET", "/secrets/ann-password"), "value"), world_->cast().secrets().value(scenarios::SecretName("ann-password")).reveal());
  EXPECT_EQ(send("GET", "/").status, 200);
}

TEST_F(ControlPort, takes_the_world_back) {
  const auto taken = send("POST", "/snapshots", R"({"name": "before"})");
  EXPECT_EQ(taken.status, 201);
  const auto before = text_at(taken, "digest");
  EXPECT_EQ(send("POST", "/steps", R"({"step": "entra.delete_user: {user: bob}"})").status, 200);
  EXPECT_EQ(send("POST", "/clock/advance", R"({"for": "2h"})").status, 200);
  EXPECT_NE(text_at(send("GET", "/clock"), "digest"), before);
  EXPECT_EQ(text_at(send("POST", "/restore", R"({"snapshot": "before"})"), "digest"), before);
  EXPECT_THAT(send("GET", "/snapshots").body, HasSubstr(R"("name":"before")"));
  EXPECT_EQ(send("DELETE", "/snapshots/before").status, 204);
  EXPECT_EQ(send("DELETE", "/snapshots/before").status, 404);
  EXPECT_EQ(send("POST", "/reset", R"({"seed": 9})").status, 200);
  EXPECT_EQ(world_->seed(), 9U);
}

// Whoever has a step under way, or moves the clock, is told that the world is another.
TEST_F(ControlPort, who_waits_while_it_is_taken_back_is_told) {
  ASSERT_EQ(send("POST", "/snapshots", R"({"name": "s"})").status, 201);
  const auto mover = ++last_;
  control_->take(mover, to_control("POST", "/clock/advance", R"({"for": "1h"})"));
  EXPECT_EQ(send("POST", "/restore", R"({"snapshot": "s"})").status, 200);
  EXPECT_EQ(answer_of(mover).status, 409);
}

}  // namespace control_test
}  // namespace serve
