// A served world as its users meet it: the built program, real sockets, TLS and the proxy.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program_fixture.h"
#include "live/socket_fixture.h"

namespace cli {
namespace serve_world_test {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServeWorld : public Program {
 protected:
  void serve(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"serve", "--env", "env", "--start", "2026-01-05T08:00:00Z"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    child_ = std::make_unique<Child>(LOCKSTEP_PROGRAM, arguments, folder());
    ASSERT_NE(child_->wait_for_error_line("Ctrl-C ends it"), "");
    std::ifstream in(folder() / "env");
    for (std::string line; std::getline(in, line);) {
      constexpr std::string_view word = "export ";
      const auto equals = line.find("='");
      if (!line.starts_with(word) || equals == std::string::npos) continue;
      settings_[line.substr(word.size(), equals - word.size())] = line.substr(equals + 2, line.size() - equals - 3);
    }
  }

  [[nodiscard]] const std::string& setting(const std::string& name) const {
    static const std::string none;
    const auto found = settings_.find(name);
    EXPECT_NE(found, settings_.end()) << name;
    return found == settings_.end() ? none : found->second;
  }
  /// `https://localhost:4000` of a URL.
  static std::string origin_of(const std::string& url) { return url.substr(0, url.find('/', url.find("//") + 2)); }
  static std::string target_of(const std::string& url) { return url.substr(origin_of(url).size()); }

  httplib::Client client(const std::string& url) {
    httplib::Client out(origin_of(url));
    if (settings_.contains("NODE_EXTRA_CA_CERTS")) out.set_ca_cert_path(setting("NODE_EXTRA_CA_CERTS").c_str());
    return out;
  }
  Json control(const std::string& method, const std::string& target, const Json& body = Json::object(), int status = 200) {
    auto port = client(setting("LOCKSTEP_CONTROL_URL"));
    const auto result = method == "GET" ? port.Get(target) : method == "PUT" ? port.Put(target, body.dump(), "application/json") : port.Post(target, body.dump(), "application/json");
    EXPECT_TRUE(result) << httplib::to_string(result.error());
    if (!result) return {};
    EXPECT_EQ(result->status, status) << target << ": " << result->body;
    return Json::parse(result->body, nullptr, false);
  }
  httplib::Headers bearer(httplib::Client& sign_in) {
    const auto result = sign_in.Post("/" + setting("AZURE_TENANT_ID") + "/oauth2/v2.0/token",
                                     httplib::Params{{"grant_type", "client_credentials"},
                                                     {"client_id", setting("AZURE_CLIENT_ID")},
                                                     {"client_secret", setting("AZURE_CLIENT_SECRET")},
                                                     {"scope", "https://graph.microsoft.com/.default"}});
    EXPECT_TRUE(result) << httplib::to_string(result.error());
    const auto body = Json::parse(result ? result->body : "{}", nullptr, false);
    return {{"Authorization", "Bearer " + body.value("access_token", "")}};
  }
  httplib::Headers bearer() {
    auto sign_in = client(setting("LOCKSTEP_ENTRA_AUTHORITY"));
    return bearer(sign_in);
  }
  /// userNames in the directory, joined.
  std::string directory_users() {
    auto directory = client(setting("LOCKSTEP_SCIM_URL"));
    const auto result = directory.Get("/scim/v2/Users?count=100", {{"Authorization", "Bearer " + setting("LOCKSTEP_SCIM_TOKEN")}});
    return result ? result->body : "";
  }
  Ended terminate() {
    child_->terminate();
    return child_->wait();
  }

  std::unique_ptr<Child> child_;
  std::map<std::string, std::string> settings_;
};

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
    out->set_proxy("127.0.0.1", std::stoi(proxy.substr(proxy.rfind(':') + 1)));
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
  EXPECT_FALSE(proxied("example.com")->Get("/"));
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

// A client that holds a connection, or waits for what only the clock brings, does not keep the program from ending.
TEST_F(ServeWorld, ends_while_somebody_waits) {
  serve();
  control("POST", "/faults", {{"fault", "lose_response"}, {"from", "outside"}});
  const auto graph = origin_of(setting("LOCKSTEP_GRAPH_URL"));
  live::RawClient waiting(static_cast<std::uint16_t>(std::stoi(graph.substr(graph.rfind(':') + 1))));
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
  const auto port = setting("LOCKSTEP_CONTROL_URL").substr(setting("LOCKSTEP_CONTROL_URL").rfind(':') + 1);
  const auto taken = call({"serve", "--port", port});
  EXPECT_EQ(taken.exit_code, 69);
  EXPECT_THAT(taken.err, HasSubstr("choose another --port"));
}

TEST_F(ServeWorld, hostile_bytes_harm_nobody) {
  serve();
  for (const auto& url : {setting("LOCKSTEP_GRAPH_URL"), setting("LOCKSTEP_CONTROL_URL"), setting("OKTA_CLIENT_ORGURL"), setting("LOCKSTEP_SCIM_URL")}) {
    auto port = client(url);
    const auto status = [](const httplib::Result& result) { return result ? result->status : 0; };
    EXPECT_GE(status(port.Get("/%00%ff/../..//" + std::string(9000, 'a'))), 400) << url;
    EXPECT_GE(status(port.Post("/x", std::string(100'000, '['), "application/json")), 400) << url;
    EXPECT_GE(status(port.Get("/", {{"Host", "evil.example"}})), 400) << url;
  }
  EXPECT_EQ(control("GET", "/clock").at("mode"), "stepped");
  EXPECT_EQ(terminate().exit_code, 0);
}

}  // namespace serve_world_test
}  // namespace cli
