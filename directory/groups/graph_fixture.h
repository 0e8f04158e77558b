// A served directory with a hand for its graph: users, devices and groups by the names that a test gives
// them, and what the admin API and the agents say of who is joined to what.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "directory/associations/graph_object.h"
#include "directory/server_test_fixture.h"

namespace directory {

/// An object of the graph as addresses name it.
struct Node {
  GraphType type{};
  std::string id;
};

class GraphBench {
 public:
  explicit GraphBench(BenchOptions options = {}) : bench(std::move(options)) {}

  // Making
  // -------------------------------------------------------------------------------------------------------

  /// A user entered by hand, with more members of the body.
  Node user(std::string_view name, std::string_view more = "") {
    return made(
        GraphType::user,
        bench.admin("POST", "/api/systemusers",
                    fmt::format(R"({{"username": "{0}", "email": "{0}@example.test"{1}}})", name, more)));
  }
  /// A user with a password.
  Node onboarded(std::string_view name) { return {GraphType::user, bench.onboard(name)}; }
  Node system(std::string_view hostname, std::string_view os = "macos") {
    base::Rng rng(agent_keys_.size() + 1);
    const auto keys = base::make_sealing_keys(rng);
    const auto answer =
        body_of(bench.ask("POST", "/agent/v1/register", {{"x-connect-key", bench.keys.connect_key.reveal()}},
                          fmt::format(R"({{"hostname": "{}", "os": "{}", "sealing_key": "{}"}})", hostname,
                                      os, base::to_base64(keys.public_key))));
    auto id = base::string_or(answer, "system_id", "");
    agent_keys_[id] = base::string_or(answer, "agent_key", "");
    return {GraphType::system, std::move(id)};
  }
  Node group(std::string_view name, std::string_view more = "") {
    return made(GraphType::user_group, make_group(GraphType::user_group, name, more));
  }
  Node system_group(std::string_view name, std::string_view more = "") {
    return made(GraphType::system_group, make_group(GraphType::system_group, name, more));
  }
  base::HttpResponse make_group(GraphType type, std::string_view name, std::string_view more = "") {
    return bench.admin("POST", fmt::format("/api/v2/{}", collection_name(type)),
                       fmt::format(R"({{"name": "{}"{}}})", name, more));
  }

  // Joining
  // -------------------------------------------------------------------------------------------------------

  /// Changes a membership; the status.
  int member(std::string_view op, const Node& group, const Node& member) {
    return post(of(group) + "/members", op, member);
  }
  /// Changes an association, asked of its first end; the status.
  int join(std::string_view op, const Node& from, const Node& to, std::string_view more = "") {
    return post(of(from) + "/associations", op, to, more);
  }
  static constexpr std::string_view with_sudo =
      R"(, "attributes": {"sudo": {"enabled": true, "withoutPassword": false}})";
  static constexpr std::string_view without_sudo =
      R"(, "attributes": {"sudo": {"enabled": false, "withoutPassword": false}})";

  // Looking
  // -------------------------------------------------------------------------------------------------------

  static std::string of(const Node& node) {
    return fmt::format("/api/v2/{}/{}", collection_name(node.type), node.id);
  }

  base::JsonArray list(const Node& start, std::string_view what) {
    const auto answer = bench.admin("GET", fmt::format("{}/{}", of(start), what));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return body_of(answer).as_array();
  }
  /// The ids that a traversal arrives at, in its order.
  std::vector<std::string> ids(const Node& start, std::string_view what) {
    std::vector<std::string> found;
    for (const auto& entry : list(start, what)) {
      const auto* to = base::member(entry, "to");
      found.push_back(base::string_or(to == nullptr ? entry : *to, "id", ""));
    }
    return found;
  }
  /// The paths to one object that a traversal arrives at, each as the ids of its steps; empty where it does
  /// not.
  std::vector<std::vector<std::string>> paths(const Node& start, std::string_view what,
                                              const Node& destination) {
    std::vector<std::vector<std::string>> out;
    for (const auto& entry : list(start, what)) {
      if (base::string_or(entry, "id", "") != destination.id) continue;
      for (const auto& path : entry.at("paths").as_array()) {
        auto& steps = out.emplace_back();
        for (const auto& step : path.as_array()) steps.push_back(base::string_or(step.at("to"), "id", ""));
      }
    }
    return out;
  }

  /// What the device's agent is told to be.
  base::Json desired(const Node& device) {
    const auto answer =
        bench.ask("GET", "/agent/v1/state?revision=-1&wait=0", {{"x-system-key", agent_keys_.at(device.id)}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return body_of(answer);
  }
  std::int64_t revision(const Node& device) {
    return base::integer_member(desired(device), "revision").value_or(0);
  }
  /// The user's account on the device; null where there is none.
  base::Json account(const Node& device, const Node& user) {
    const auto state = desired(device);
    for (const auto& account : state.at("accounts").as_array()) {
      if (base::string_or(account, "user_id", "") == user.id) return account;
    }
    return {};
  }
  bool has_account(const Node& device, const Node& user) { return !account(device, user).is_null(); }
  std::string handoff(const Node& device, const Node& user) {
    const auto found = account(device, user);
    return found.is_null() || found.at("handoff").is_null() ? ""
                                                            : base::string_or(found.at("handoff"), "id", "");
  }
  void report(const Node& device, const std::string& handoff) {
    bench.ask("POST", "/agent/v1/report", {{"x-system-key", agent_keys_.at(device.id)}},
              fmt::format(R"({{"handoffs_done": ["{}"]}})", handoff));
  }

  void report_facts(const Node& device, std::string_view facts) {
    const auto answer = bench.ask("POST", "/agent/v1/report", {{"x-system-key", agent_keys_.at(device.id)}},
                                  fmt::format(R"({{"facts": {}}})", facts));
    EXPECT_EQ(answer.status, 204) << answer.body;
  }

  ServerBench bench;

 private:
  static Node made(GraphType type, const base::HttpResponse& answer) {
    EXPECT_LT(answer.status, 300) << answer.body;
    const auto body = body_of(answer);
    return {type, base::string_or(body, type == GraphType::user ? "_id" : "id", "")};
  }
  int post(const std::string& target, std::string_view op, const Node& other, std::string_view more = "") {
    return bench
        .admin("POST", target,
               fmt::format(R"({{"op": "{}", "type": "{}", "id": "{}"{}}})", op, type_name(other.type),
                           other.id, more))
        .status;
  }

  std::map<std::string, std::string> agent_keys_;
};

}  // namespace directory
