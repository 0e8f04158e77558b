// Every route with every kind of key: the table of authorization_rows.h is held against what the directory
// does, and a route without a row fails.
#include "directory/server/authorization_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "directory/server_test_fixture.h"

namespace directory {
namespace authorization_test {

using Fields = ServerBench::Fields;

bool may(const RoleRow& role, Task task) {
  switch (task) {
    case Task::none:
      return true;
    case Task::look:
      return role.look;
    case Task::help_users:
      return role.help_users;
    case Task::manage_users:
      return role.manage_users;
    case Task::manage_groups:
      return role.manage_groups;
    case Task::manage_devices:
      return role.manage_devices;
    case Task::manage_integrations:
      return role.manage_integrations;
    case Task::manage_settings:
      return role.manage_settings;
    case Task::appoint:
      return role.appoint;
  }
  return false;
}

constexpr int admitted = 0;

class Authorization : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto& role : role_rows) {
      const auto email = fmt::format("{}@example.test", people_.size());
      const auto person = bench_.colleague(email, role.role);
      people_[role.role] = person;
      // The key is made by somebody who may, and follows the owner into the role.
      set(person.id, "Manager", false);
      tokens_[role.role] = new_token(person.key, fmt::format("of {}", role.role));
      set(person.id, role.role, false);
    }
    gone_ = bench_.colleague("gone@example.test", "Administrator With Billing");
    gone_token_ = new_token(gone_.key, "of somebody who is gone");
    set(gone_.id, "Administrator With Billing", true);
    const auto registered =
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                   fmt::format(R"({{"hostname": "laptop", "os": "macos", "sealing_key": "{}"}})",
                               base::to_base64(std::string(32, 'k'))));
    EXPECT_EQ(registered.status, 201) << registered.body;
    agent_key_ = base::string_or(body_of(registered), "agent_key", "");
    bench_.onboard("amy.lee");
  }

  void set(const std::string& id, std::string_view role, bool suspended) {
    const auto answer = bench_.admin(
        "PUT", "/api/users/" + id, fmt::format(R"({{"roleName": "{}", "suspended": {}}})", role, suspended));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  std::string new_token(const std::string& key, const std::string& name) {
    const auto answer = bench_.ask("POST", "/api/v2/integrations", ServerBench::key_fields(key),
                                   fmt::format(R"({{"type": "generic", "name": "{}"}})", name));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::string_or(body_of(answer), "key", "");
  }

  /// Asks with nothing in the body and ids that nothing has: whoever is let in is told so.
  void expect(const AuthorizationRow& row, std::string_view who, Fields fields, int status) {
    const auto space = row.route.find(' ');
    auto target = std::string(row.route.substr(space + 1));
    for (auto star = target.find('*'); star != std::string::npos; star = target.find('*'))
      target.replace(star, 1, "nowhere");
    const auto answer = bench_.ask(std::string(row.route.substr(0, space)), target, std::move(fields), "{}");
    if (status != admitted) {
      EXPECT_EQ(answer.status, status) << row.route << " with " << who << ": " << answer.body;
      expect_error_body(row, answer);
      return;
    }
    // 501 is what /Me says to a token that belongs to no user.
    EXPECT_TRUE(answer.status != 401 && answer.status != 403 && answer.status != 405 &&
                (answer.status < 500 || answer.status == 501))
        << row.route << " with " << who << ": " << answer.status << " " << answer.body;
  }

  /// A refusal says so in the form of its interface. [rule D28] [RFC7644 3.12]
  static void expect_error_body(const AuthorizationRow& row, const base::HttpResponse& answer) {
    const auto body = body_of(answer);
    if (row.door == Door::integration_key) {
      EXPECT_EQ(base::string_or(body, "status", ""), std::to_string(answer.status)) << row.route;
    } else {
      EXPECT_EQ(base::integer_member(body, "code"), answer.status) << row.route;
      EXPECT_FALSE(base::string_or(body, "message", "").empty()) << row.route;
    }
  }

  void expect_for_administrators(const AuthorizationRow& row);
  void expect_for_integrations(const AuthorizationRow& row);

  /// Keys that open another door, each in the header of this one.
  void expect_no_other_key(const AuthorizationRow& row, std::string_view header,
                           std::string_view prefix = "") {
    const std::pair<Door, const std::string*> keys[] = {
        {Door::administrator_key, &bench_.keys.admin_key.reveal()},
        {Door::integration_key, &bench_.keys.scim_token.reveal()},
        {Door::connect_key, &bench_.keys.connect_key.reveal()},
        {Door::agent_key, &agent_key_},
    };
    for (const auto& [door, key] : keys) {
      if (door == row.door) continue;
      expect(row, "a key for something else", {{std::string(header), std::string(prefix) + *key}}, 401);
    }
    expect(row, "no key", {}, 401);
    expect(row, "an empty key", {{std::string(header), std::string(prefix)}}, 401);
    expect(row, "a wrong key", {{std::string(header), std::string(prefix) + std::string(64, '0')}}, 401);
  }

  ServerBench bench_;
  std::map<std::string_view, ServerBench::Colleague> people_;
  std::map<std::string_view, std::string> tokens_;
  ServerBench::Colleague gone_;
  std::string gone_token_;
  std::string agent_key_;
};

TEST_F(Authorization, every_route_has_one_row) {
  std::vector<std::string> rows;
  for (const auto& row : authorization_rows) rows.emplace_back(row.route);
  EXPECT_THAT(rows, ::testing::UnorderedElementsAreArray(bench_.routes()));
}

void Authorization::expect_for_administrators(const AuthorizationRow& row) {
  expect_no_other_key(row, "x-api-key");
  expect(row, "the key as a bearer token", {{"Authorization", "Bearer " + bench_.keys.admin_key.reveal()}},
         401);
  expect(row, "the key of somebody deactivated", {{"x-api-key", gone_.key}}, 401);
  for (const auto& role : role_rows) {
    const auto key = ServerBench::key_fields(people_.at(role.role).key);
    expect(row, role.role, key, may(role, row.task) ? admitted : 403);
    auto elsewhere = key;
    elsewhere.push_back({"x-org-id", "5f0000000000000000000002"});
    expect(row, "another organisation's id", elsewhere, 403);
  }
  auto here = bench_.admin_fields();
  here.push_back({"x-org-id", "5f0000000000000000000001"});
  expect(row, "our own organisation's id", here, admitted);
  here.push_back({"X-Org-Id", "5f0000000000000000000002"});
  expect(row, "our own organisation's id and another's", here, 403);
}

// [rule D1] [rule D28] [rule R31]
TEST_F(Authorization, an_administrators_key_opens_what_the_role_allows) {
  for (const auto& row : authorization_rows) {
    if (row.door == Door::administrator_key) expect_for_administrators(row);
  }
}

void Authorization::expect_for_integrations(const AuthorizationRow& row) {
  expect_no_other_key(row, "Authorization", "Bearer ");
  expect_no_other_key(row, "x-api-key");
  expect(row, "no scheme", {{"Authorization", bench_.keys.scim_token.reveal()}}, 401);
  expect(row, "another scheme", {{"Authorization", "Basic " + bench_.keys.scim_token.reveal()}}, 401);
  expect(row, "the token of somebody deactivated", {{"Authorization", "Bearer " + gone_token_}}, 401);
  for (const auto& role : role_rows) {
    const auto& token = tokens_.at(role.role);
    const int status = role.own_integration_key ? admitted : 401;
    expect(row, role.role, {{"Authorization", "Bearer " + token}}, status);
    expect(row, role.role, {{"x-api-key", token}}, status);
    expect(row, "another organisation's id",
           {{"Authorization", "Bearer " + token}, {"x-org-id", "5f0000000000000000000002"}}, 401);
  }
}

// [rule R31] [rule R32]
TEST_F(Authorization, an_integrations_key_opens_scim_while_its_owner_may_own_it) {
  for (const auto& row : authorization_rows) {
    if (row.door == Door::integration_key) expect_for_integrations(row);
  }
}

TEST_F(Authorization, devices_show_their_own_keys) {
  for (const auto& row : authorization_rows) {
    if (row.door == Door::connect_key) {
      expect_no_other_key(row, "x-connect-key");
      expect(row, "the connect key", {{"x-connect-key", bench_.keys.connect_key.reveal()}}, admitted);
      expect(row, "the connect key in another header", {{"x-api-key", bench_.keys.connect_key.reveal()}},
             401);
    } else if (row.door == Door::agent_key) {
      expect_no_other_key(row, "x-system-key");
      expect(row, "the device's key", {{"x-system-key", agent_key_}}, admitted);
      expect(row, "the device's key in another header", {{"x-api-key", agent_key_}}, 401);
    }
  }
}

TEST_F(Authorization, people_show_their_session) {
  for (const auto& row : authorization_rows) {
    if (row.door != Door::session) continue;
    expect_no_other_key(row, "Cookie", "session=");
    expect_no_other_key(row, "x-api-key");
    expect(row, "a session", {{"Cookie", "session=" + bench_.session_of("amy.lee")}}, admitted);
  }
}

TEST_F(Authorization, the_way_in_asks_for_nothing) {
  for (const auto& row : authorization_rows) {
    if (row.door == Door::open) expect(row, "nothing", {}, admitted);
  }
}

}  // namespace authorization_test
}  // namespace directory
