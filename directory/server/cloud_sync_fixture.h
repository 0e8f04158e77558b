// A directory beside a small Microsoft tenant, with an admin's hand for instances, users, groups and what joins them.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/cloud_sync/tenant_fixture.h"
#include "directory/server_test_fixture.h"

namespace directory {

inline BenchOptions tenant_options() {
  BenchOptions out;
  out.directory.microsoft.client_id = "directory-app";
  out.directory.microsoft.client_secret = base::Secret("app-secret");
  return out;
}

class CloudSyncContract : public ::testing::Test {
 protected:
  explicit CloudSyncContract(BenchOptions bench_options = tenant_options()) : bench_(std::move(bench_options)) {
    auto& sign_in = bench_.world().add_host("login", "login.microsoftonline.com");
    auto& graph = bench_.world().add_host("graph", "graph.microsoft.com");
    tenant_ = std::make_unique<SmallTenant>(graph.clock());
    sign_in.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&tenant_->sign_in()); });
    graph.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&tenant_->graph()); });
    sign_in.start();
    graph.start();
  }

  std::string add_directory(std::string_view name = "Microsoft 365") {
    const auto answer = bench_.admin("POST", "/api/v2/office365s", fmt::format(R"({{"name": "{}"}})", name));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  }
  base::HttpResponse authorize(const std::string& directory, std::string admin = "admin@example.test") {
    const auto begun = bench_.admin("POST", "/api/v2/office365s/" + directory + "/authorize");
    EXPECT_EQ(begun.status, 200) << begun.body;
    const auto location = base::parse_uri(base::string_or(body_of(begun), "location", ""));
    if (!location) return begun;
    const auto code = tenant_->authorize(*location, std::move(admin));
    const auto state = base::parse_target(location->target())->parameter("state").value_or("");
    return bench_.ask("GET", fmt::format("/oauth/office365/callback?state={}&code={}", state, code));
  }
  /// An authorised instance.
  std::string set_up(std::string_view name = "Microsoft 365") {
    auto id = add_directory(name);
    EXPECT_EQ(authorize(id).status, 200);
    return id;
  }
  void change(const std::string& directory, std::string_view changes) {
    const auto answer = bench_.admin("PATCH", "/api/v2/office365s/" + directory, std::string(changes));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  std::string add_domain(const std::string& directory, std::string_view domain) {
    const auto answer =
        bench_.admin("POST", "/api/v2/office365s/" + directory + "/domains", fmt::format(R"({{"domain": "{}"}})", domain));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(*base::member(body_of(answer), "domain"), "id", "");
  }
  /// The user again, so that one line may add and connect.
  std::string connect(const std::string& user, const std::string& directory, std::string_view op = "add", std::string_view from = "users") {
    const auto answer = bench_.admin("POST", fmt::format("/api/v2/{}/{}/associations", from, user),
                                     fmt::format(R"({{"op": "{}", "type": "office_365", "id": "{}"}})", op, directory));
    EXPECT_EQ(answer.status, 204) << answer.body;
    return user;
  }
  /// A user without a password, activated; its id.
  std::string add_user(std::string_view username, std::string_view more = {}) {
    const auto answer = bench_.admin(
        "POST", "/api/systemusers",
        fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "firstname": "Amy", "lastname": "Lee"{1}}})", username, more));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::string_or(body_of(answer), "_id", "");
  }
  /// What `add_user` takes for a user who has that manager.
  static std::string with_manager(std::string_view manager) { return fmt::format(R"(, "manager": "{}")", manager); }
  /// A group of users with those members; its id.
  std::string add_group(std::string_view name, const std::vector<std::string>& members = {}) {
    const auto answer = bench_.admin("POST", "/api/v2/usergroups", fmt::format(R"({{"name": "{}"}})", name));
    EXPECT_EQ(answer.status, 201) << answer.body;
    auto id = base::string_or(body_of(answer), "id", "");
    for (const auto& member : members) change_membership(id, member);
    return id;
  }
  void change_membership(const std::string& group, const std::string& user, std::string_view op = "add") {
    const auto answer = bench_.admin("POST", "/api/v2/usergroups/" + group + "/members",
                                     fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"}})", op, user));
    EXPECT_EQ(answer.status, 204) << answer.body;
  }
  void change_user(const std::string& user, std::string_view changes) {
    const auto answer = bench_.admin("PUT", "/api/systemusers/" + user, std::string(changes));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  void settle() { bench_.run_for(std::chrono::minutes{1}); }
  std::string status_of(const std::string& user, const std::string& directory, std::string_view from = "users") {
    const auto listed = body_of(bench_.admin("GET", fmt::format("/api/v2/{}/{}/office365s", from, user)));
    for (const auto& entry : listed.as_array()) {
      if (base::string_or(entry, "id", "") == directory) return base::string_or(*base::member(entry, "syncStatus"), "code", "");
    }
    return "not connected";
  }
  std::vector<std::string> provision_events() {
    std::vector<std::string> types;
    for (const auto& event : bench_.events()) {
      auto type = base::string_or(event, "event_type", "");
      if (!type.contains("provision")) continue;
      if (!base::bool_member(event, "success").value_or(true)) type += " failed";
      types.push_back(std::move(type));
    }
    return types;
  }

  ServerBench bench_;
  std::unique_ptr<SmallTenant> tenant_;
};

/// What is answered though the tenant has done as it was asked.
class AnsweredInDoubt : public ::testing::WithParamInterface<bool> {
 protected:
  static base::HttpResponse answer() { return GetParam() ? SmallTenant::unavailable("30") : base::HttpResponse(504); }
};

}  // namespace directory
