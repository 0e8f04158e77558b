// What is thrown at the ports of a served world: each is answered in the form of the service or refused, memory stays within
// bounds, and the other ports go on.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "base/sanitized.h"
#include "cli/serve_world_fixture.h"

namespace cli {
namespace serve_hostile_test {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Lt;
using ::testing::StartsWith;

struct Door {
  std::string name;
  std::string url;
  std::string authorization;
};

struct Raw {
  int status = 0;  ///< 0: the connection ended without an answer
  std::string head;
  std::string body;
};

class Hostile : public ServeWorld {
 protected:
  std::vector<Door> doors() {
    return {{"entra", setting("LOCKSTEP_ENTRA_AUTHORITY"), ""},
            {"graph", setting("LOCKSTEP_GRAPH_URL"), bearer().begin()->second},
            {"okta", setting("OKTA_CLIENT_ORGURL"), "SSWS " + setting("OKTA_CLIENT_TOKEN")},
            {"directory", setting("LOCKSTEP_SCIM_URL"), "Bearer " + setting("LOCKSTEP_SCIM_TOKEN")},
            {"control", setting("LOCKSTEP_CONTROL_URL"), ""}};
  }

  /// What these bytes are answered with.
  static Raw answer_to(const Door& door, const std::string& bytes) {
    live::RawClient client(port_of(door.url));
    client.write(bytes);
    client.end_writing();
    const auto all = client.read_to_end();
    const auto end = all.find("\r\n\r\n");
    constexpr std::string_view version = "HTTP/1.1 ";
    if (end == std::string::npos || !all.starts_with(version)) return {};
    return {std::stoi(all.substr(version.size(), 3)), all.substr(0, end), all.substr(end + 4)};
  }
  static std::string request(const Door& door, const std::string& line, const std::string& fields = "", const std::string& body = "") {
    const auto host = origin_of(door.url).substr(std::string_view("http://").size());
    const auto authorization = door.authorization.empty() ? "" : "Authorization: " + door.authorization + "\r\n";
    const auto length = body.empty() ? "" : fmt::format("Content-Length: {}\r\n", body.size());
    return fmt::format("{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}{}{}\r\n{}", line, host, authorization, fields, length, body);
  }

  /// A refusal as clients of that service read it, or the edge's own, which has no body.
  static void expect_refused(const Door& door, const Raw& answer, const std::string& what) {
    SCOPED_TRACE(door.name + ": " + what.substr(0, 200) + " -> " + answer.head + answer.body.substr(0, 300));
    EXPECT_THAT(answer.status, AllOf(Ge(400), Lt(500)));
    if (answer.body.empty()) return;
    const auto json = nlohmann::json::parse(answer.body, nullptr, false);
    const bool page = answer.head.find("text/html") != std::string::npos;
    if (door.name == "entra") EXPECT_TRUE(page || json.contains("error"));
    if (door.name == "graph") EXPECT_TRUE(json.contains("error") && json["error"].contains("code"));
    if (door.name == "okta") EXPECT_TRUE(page || json.contains("errorCode") || json.contains("error"));
    if (door.name == "directory") EXPECT_TRUE(json.contains("schemas") || json.contains("message"));
    if (door.name == "control") EXPECT_TRUE(json.contains("detail"));
  }

  /// Every port does its work.
  void expect_alive() {
    EXPECT_EQ(client(setting("LOCKSTEP_GRAPH_URL")).Get("/v1.0/users", bearer())->status, 200);
    EXPECT_EQ(client(setting("OKTA_CLIENT_ORGURL")).Get("/api/v1/users", {{"Authorization", "SSWS " + setting("OKTA_CLIENT_TOKEN")}})->status, 200);
    EXPECT_NE(directory_users(), "");
    EXPECT_EQ(control("GET", "/clock").at("mode"), "stepped");
  }
};

/// Where each service takes a body.
std::string writing(const Door& door) {
  if (door.name == "entra") return "POST " + door.url.substr(door.url.rfind('/')) + "/oauth2/v2.0/token";
  if (door.name == "graph") return "POST /v1.0/users";
  if (door.name == "okta") return "POST /api/v1/users";
  return door.name == "directory" ? "POST /scim/v2/Users" : "POST /steps";
}

TEST_F(Hostile, every_port_refuses_nonsense_in_its_own_form) {
  serve();
  const std::string deep(100'000, '[');
  const std::string bodies[] = {"{", "null", "[]", "\"text\"", "{\"a\":" + std::string(1'000, '[') + std::string(1'000, ']') + "}", deep, std::string("\0\xff\xfe", 3),
                                R"({"userName": "\ud800"})", "{\"a\": 1e999999}", "{\"a\": 1, \"a\": }"};
  const std::string lines[] = {"BREW /",          "DELETE /",           "GET /%zz",           "GET /%00",          "GET /%2e%2e/%2e%2e/etc/passwd",
                               "GET /..%2f..%2f", "GET /a%2fb%2fc",     "GET /%ff%fe",        "GET //evil.test//", "GET /" + std::string(9'000, 'a'),
                               "GET /?a=%",       "TRACE /",            "OPTIONS *",          "PROPFIND /x",       "GET /v1.0/users/%00%0d%0aX:y"};
  for (const auto& door : doors()) {
    for (const auto& body : bodies) expect_refused(door, answer_to(door, request(door, writing(door), "Content-Type: application/json\r\n", body)), body);
    for (const auto& line : lines) expect_refused(door, answer_to(door, request(door, line)), line);
  }
  expect_alive();
  EXPECT_EQ(terminate().exit_code, 0);
}

TEST_F(Hostile, every_port_refuses_what_is_no_request_of_its) {
  serve();
  for (const auto& door : doors()) {
    const auto host = "Host: localhost\r\n";
    const std::string tricks[] = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\\@evil.test\r\n\r\n",
        "GET http://evil.test/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        fmt::format("GET / HTTP/1.1\r\n{}X: {}\r\n\r\n", host, std::string(70'000, 'x')),
        fmt::format("POST / HTTP/1.1\r\n{}Content-Length: -1\r\n\r\n", host),
        fmt::format("POST / HTTP/1.1\r\n{}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", host),
        fmt::format("POST / HTTP/1.1\r\n{}Content-Length: 99999999999\r\n\r\n", host),
        fmt::format("POST / HTTP/1.1\r\n{}Transfer-Encoding: chunked\r\n\r\nzz\r\n", host),
        fmt::format("GET / HTTP/1.1\r\n{}X : y\r\n\r\n", host),
        fmt::format("CONNECT evil.test:443 HTTP/1.1\r\n{}\r\n", host),
    };
    for (const auto& trick : tricks) expect_refused(door, answer_to(door, trick), trick);
  }
  expect_alive();
  EXPECT_EQ(terminate().exit_code, 0);
}

TEST_F(Hostile, idle_and_slow_clients_hold_up_nobody_else) {
  serve();
  std::vector<std::unique_ptr<live::RawClient>> clients;
  for (const auto& door : doors()) {
    for (int i = 0; i < 80; ++i) {
      clients.push_back(std::make_unique<live::RawClient>(port_of(door.url)));
      if (i % 4 == 1) clients.back()->write("GET / HTTP/1.1\r\nHost: loc");
      if (i % 4 == 2) clients.back()->write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{");
      if (i % 4 == 3) clients.back()->write("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n{");
    }
  }
  expect_alive();
  EXPECT_EQ(terminate().exit_code, 0);
}

// The record and the journal are bounded in bytes, not only in number.
TEST_F(Hostile, large_bodies_are_forgotten) {
  serve();
  const auto before = child_->resident();
  auto graph = client(setting("LOCKSTEP_GRAPH_URL"));
  graph.set_keep_alive(true);
  const std::string body(std::size_t{1} << 20, '[');
  for (int i = 0; i < 300; ++i) ASSERT_THAT(graph.Post("/v1.0/users", body, "application/json")->status, AllOf(Ge(400), Lt(500)));
  if (!base::sanitized) EXPECT_LT(child_->resident() - before, 200L << 20);
  EXPECT_EQ(control("POST", "/snapshots", {{"name", "s"}}, 409).at("status"), 409) << "and what is not there cannot be played again";
  control("POST", "/reset");
  control("POST", "/snapshots", {{"name", "s"}}, 201);
  expect_alive();
  EXPECT_EQ(terminate().exit_code, 0);
}

}  // namespace serve_hostile_test
}  // namespace cli
