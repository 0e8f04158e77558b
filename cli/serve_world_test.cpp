// A served world as its users meet it: the built program, real sockets, TLS and the proxy.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/sanitized.h"
#include "cli/serve_world_fixture.h"

namespace cli {
namespace serve_world_test {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(ServeWorld, a_client_works_with_what_is_printed) {
  serve();
  const auto token = bearer();
  auto graph = client(setting("LOCKSTEP_GRAPH_URL"));
  const auto first = graph.Get("/v1.0/users?$top=1", token);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->status, 200) << first->body;
  const auto next = Json::parse(first->body).value("@odata.nextLink", "");
  EXPECT_THAT(next, StartsWith(setting("LOCKSTEP_GRAPH_URL") + "/users?"));
  EXPECT_EQ(graph.Get(target_of(next), token)->status, 200);

  // Forty minutes, and Entra's cycle has arrived.
  control("POST", "/steps", {{"step", "entra.create_user: {user: eve, given_name: Eve, surname: Early, mail: eve@example.test}"}});
  EXPECT_THAT(directory_users(), ::testing::Not(HasSubstr("eve@example.test")));
  control("POST", "/clock/advance", {{"for", "41m"}});
  EXPECT_THAT(directory_users(), HasSubstr("eve@example.test"));

  control("POST", "/faults", {{"fault", "answer_instead"}, {"from", "outside"}, {"to", "graph"}, {"status", 429}, {"retry_after", "7s"}, {"count", 1}});
  const auto throttled = graph.Get("/v1.0/users", token);
  EXPECT_EQ(throttled->status, 429);
  EXPECT_EQ(throttled->get_header_value("Retry-After"), "7");
  EXPECT_EQ(graph.Get("/v1.0/users", bearer())->status, 200);

  EXPECT_THAT(control("GET", "/history").dump(), HasSubstr("/v1.0/users"));
  EXPECT_EQ(control("GET", "/history.har").at("log").at("version"), "1.2");
  EXPECT_EQ(control("GET", "/openapi.json").at("openapi"), "3.1.0");

  const auto ended = terminate();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.signal, 0);
}

TEST_F(ServeWorld, is_taken_back_to_a_snapshot) {
  serve({"--seed", "3"});
  control("POST", "/snapshots", {{"name", "before"}}, 201);
  const auto go_on = [&] {
    control("POST", "/steps", {{"step", "entra.create_user: {user: eve, mail: eve@example.test}"}});
    auto graph = client(setting("LOCKSTEP_GRAPH_URL"));
    const auto users = graph.Get("/v1.0/users?$select=id,displayName", bearer());
    return users ? users->body : "";
  };
  const auto once = go_on();
  EXPECT_THAT(once, HasSubstr("eve"));
  control("POST", "/restore", {{"snapshot", "before"}});
  auto graph = client(setting("LOCKSTEP_GRAPH_URL"));
  EXPECT_THAT(graph.Get("/v1.0/users", bearer())->body, ::testing::Not(HasSubstr("eve")));
  control("POST", "/restore", {{"snapshot", "before"}});
  EXPECT_EQ(go_on(), once) << "equal requests in equal order get equal answers, ids included";
  EXPECT_EQ(terminate().exit_code, 0);
}

TEST_F(ServeWorld, speaks_tls_with_an_authority_of_its_own) {
  serve({"entra", "graph", "--tls", "--tls-folder", "tls"});
  EXPECT_THAT(setting("AZURE_AUTHORITY_HOST"), StartsWith("https://localhost:"));
  auto sign_in = client(setting("AZURE_AUTHORITY_HOST"));
  const auto document = sign_in.Get("/" + setting("AZURE_TENANT_ID") + "/v2.0/.well-known/openid-configuration");
  ASSERT_TRUE(document) << httplib::to_string(document.error());
  EXPECT_EQ(Json::parse(document->body).at("issuer"), setting("AZURE_AUTHORITY_HOST") + "/" + setting("AZURE_TENANT_ID") + "/v2.0");
  httplib::Client wary(setting("AZURE_AUTHORITY_HOST"));
  EXPECT_FALSE(wary.Get("/")) << "who does not trust the authority is not served";
  EXPECT_EQ(terminate().exit_code, 0);
}

TEST_F(ServeWorld, behind_the_proxy_the_real_names_answer) {
  serve({"--proxy", "--tls-folder", "tls"});
  const auto proxy = setting("HTTPS_PROXY");
  const auto proxied = [&](const std::string& host) {
    auto out = std::make_unique<httplib::Client>("https://" + host);
    out->set_proxy("127.0.0.1", port_of(proxy));
    out->set_ca_cert_path(setting("NODE_EXTRA_CA_CERTS").c_str());
    return out;
  };
  const auto sign_in = proxied("login.microsoftonline.com");
  const auto document = sign_in->Get("/" + setting("AZURE_TENANT_ID") + "/v2.0/.well-known/openid-configuration");
  ASSERT_TRUE(document) << httplib::to_string(document.error());
  EXPECT_EQ(Json::parse(document->body).at("issuer"), "https://login.microsoftonline.com/" + setting("AZURE_TENANT_ID") + "/v2.0");
  const auto users = proxied("graph.microsoft.com")->Get("/v1.0/users?$top=1", bearer(*sign_in));
  ASSERT_TRUE(users) << httplib::to_string(users.error());
  EXPECT_THAT(Json::parse(users->body).value("@odata.nextLink", ""), StartsWith("https://graph.microsoft.com/v1.0/users?"));
  const auto org = proxied("acme.okta.com")->Get("/.well-known/openid-configuration");
  ASSERT_TRUE(org) << httplib::to_string(org.error());
  EXPECT_EQ(Json::parse(org->body).at("issuer"), "https://acme.okta.com");
  live::RawClient astray(port_of(proxy));
  astray.write("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
  EXPECT_THAT(astray.read_head(), StartsWith("HTTP/1.1 403 "));
  EXPECT_EQ(terminate().exit_code, 0);
}

TEST_F(ServeWorld, serves_the_world_of_a_script_after_its_timeline) {
  write("my.yaml", "lockstep: 1\ntitle: Mine\ntimeline:\n  - entra.create_user: {user: zoe, mail: zoe@example.test}\n  - wait: {for: 1h}\n");
  serve({"--world", "my.yaml", "--clock", "x60"});
  EXPECT_EQ(control("GET", "/world").at("title"), "Mine");
  EXPECT_EQ(control("GET", "/clock").at("mode"), "x60");
  EXPECT_EQ(control("PUT", "/clock", {{"mode", "stepped"}}).at("mode"), "stepped");
  EXPECT_THAT(directory_users(), HasSubstr("zoe@example.test"));
  EXPECT_EQ(terminate().exit_code, 0);
}

// What a party keeps of the past has a limit; what is left is what its users hold.
TEST_F(ServeWorld, keeps_its_memory_for_a_day) {
  // So many that what is bounded and not yet full at hour two, the store's log of 16 MB and the history, is small beside them.
  const int people = base::sanitized ? 1'000 : 9'000;
  write("many.yaml", fmt::format("lockstep: 1\ntitle: Many\nworld:\n  users: {{generate: {}}}\ntimeline: []\n", people));
  serve({"entra", "graph", "directory", "--world", "many.yaml"});
  auto graph = client(setting("LOCKSTEP_GRAPH_URL"));
  long at_hour_two = 0;
  for (int hour = 1; hour <= 24; ++hour) {
    for (int i = 1; i <= 10; ++i) {
      const auto step = fmt::format("entra.update_user: {{user: user{:04}, department: D{}}}", 40 * hour + i, i);
      EXPECT_EQ(control("POST", "/steps", {{"step", step}}).at("outcome"), "ok");
    }
    const auto headers = bearer();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(graph.Get("/v1.0/users?$top=10", headers)->status, 200);
    control("POST", "/clock/advance", {{"for", "1h"}});
    if (hour == 2) at_hour_two = child_->resident();
  }
  if (!base::sanitized) EXPECT_LT(static_cast<double>(child_->resident()), 1.05 * static_cast<double>(at_hour_two));
  auto directory = client(setting("LOCKSTEP_SCIM_URL"));
  const auto users = directory.Get("/scim/v2/Users?count=1", {{"Authorization", "Bearer " + setting("LOCKSTEP_SCIM_TOKEN")}});
  ASSERT_TRUE(users);
  EXPECT_EQ(Json::parse(users->body).at("totalResults"), people);
}

// A client that holds a connection, or waits for what only the clock brings, does not keep the program from ending.
TEST_F(ServeWorld, ends_while_somebody_waits) {
  serve();
  control("POST", "/faults", {{"fault", "lose_response"}, {"from", "outside"}});
  live::RawClient waiting(port_of(setting("LOCKSTEP_GRAPH_URL")));
  waiting.write("GET /v1.0/users HTTP/1.1\r\nHost: localhost\r\n\r\n");
  // Once the request is in the history it waits.
  while (!control("GET", "/history?party=outside").dump().contains("/v1.0/users")) {
  }
  child_->interrupt();
  const auto ended = child_->wait();
  EXPECT_EQ(waiting.read_to_end(), "");
  EXPECT_EQ(ended.exit_code, 0);
}

TEST_F(ServeWorld, refuses_what_cannot_be_served) {
  const std::pair<std::vector<std::string>, std::string> table[] = {
      {{"--clock", "fast"}, "--clock: 'fast'"},
      {{"--start", "tomorrow"}, "--start: "},
      {{"--listen", "localhost"}, "--listen: 'localhost' is not an address"},
      {{"--world", "none.yaml"}, "none.yaml"},
      {{"--port", "65534"}, "--port: 65534 leaves no room"},
  };
  for (const auto& [more, why] : table) {
    std::vector<std::string> arguments{"serve"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto ended = call(arguments);
    EXPECT_EQ(ended.exit_code, 64) << more.front();
    EXPECT_THAT(ended.err, HasSubstr(why));
  }
  serve();
  const auto port = std::to_string(port_of(setting("LOCKSTEP_CONTROL_URL")));
  const auto taken = call({"serve", "--port", port});
  EXPECT_EQ(taken.exit_code, 69);
  EXPECT_THAT(taken.err, HasSubstr("choose another --port"));
}

}  // namespace serve_world_test
}  // namespace cli
