// Devices of the contract tests: they register and ask as agents do, and open what is sealed for them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/devices/desired_state.h"
#include "directory/server_test_fixture.h"

namespace directory {

inline constexpr std::string_view good_password = "correct horse battery";
inline constexpr std::string_view better_password = "another horse battery";

struct TestDevice {
  std::string id;
  std::string key;
  base::SealingKeys sealing;
  std::int64_t revision = 0;
};

/// A directory with devices that ask it as their agents do.
class DeviceContract : public ::testing::Test {
 protected:
  TestDevice registered(std::string_view hostname, std::uint64_t seed = 1, std::string_view os = "macos") {
    TestDevice device;
    base::Rng rng(seed);
    device.sealing = base::make_sealing_keys(rng);
    const auto answer =
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                   fmt::format(R"({{"hostname": "{}", "os": "{}", "sealing_key": "{}"}})", hostname, os,
                               base::to_base64(device.sealing.public_key)));
    EXPECT_EQ(answer.status, 201) << answer.body;
    device.id = base::string_or(body_of(answer), "system_id", "");
    device.key = base::string_or(body_of(answer), "agent_key", "");
    return device;
  }

  static ServerBench::Fields fields_of(const TestDevice& device) { return {{"x-system-key", device.key}}; }
  static std::string state_path(std::int64_t revision, int wait) {
    return fmt::format("/agent/v1/state?revision={}&wait={}", revision, wait);
  }

  /// What the device should look like, asked for without waiting.
  base::Json state(TestDevice& device) {
    const auto answer = bench_.ask("GET", state_path(-1, 0), fields_of(device));
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto body = body_of(answer);
    device.revision = base::integer_member(body, "revision").value_or(0);
    return body;
  }
  /// The only account; a failed test and an empty object where there is another number of them.
  base::Json account(TestDevice& device) {
    const auto accounts = state(device).at("accounts").as_array();
    EXPECT_THAT(accounts, ::testing::SizeIs(1));
    return accounts.size() == 1 ? accounts.front() : json("{}");
  }
  bool has_handoff(TestDevice& device) { return !account(device).at("handoff").is_null(); }
  std::string handoff_id(TestDevice& device) {
    return base::string_or(account(device).at("handoff"), "id", "");
  }
  /// What the hand-off of the only account opens to; empty where it is not for this device.
  std::string opened(TestDevice& device, const std::string& user) {
    const auto box = base::from_base64(base::string_or(account(device).at("handoff"), "sealed", ""));
    const auto verifier =
        box ? base::open_sealed(*box, device.sealing, handoff_context(SystemId(device.id), UserId(user)))
            : std::nullopt;
    return verifier ? verifier->reveal() : "";
  }

  int associate(std::string_view op, const TestDevice& device, const std::string& user,
                std::string_view more = "") {
    return bench_
        .admin("POST", "/api/v2/systems/" + device.id + "/associations",
               fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"{}}})", op, user, more))
        .status;
  }
  void put(const std::string& user, std::string body) {
    EXPECT_EQ(bench_.admin("PUT", "/api/systemusers/" + user, std::move(body)).status, 200);
  }
  int report(const TestDevice& device, std::string_view handoff) {
    return bench_
        .ask("POST", "/agent/v1/report", fields_of(device),
             fmt::format(R"({{"handoffs_done": ["{}"]}})", handoff))
        .status;
  }
  /// A report of any content.
  base::HttpResponse tell(const TestDevice& device, std::string body) {
    return bench_.ask("POST", "/agent/v1/report", fields_of(device), std::move(body));
  }
  base::HttpResponse change_password(const TestDevice& device, const std::string& user,
                                     std::string_view old_password, std::string_view new_password,
                                     bool captured = false) {
    return bench_.ask("POST", "/agent/v1/password", fields_of(device),
                      fmt::format(R"({{"user_id": "{}", "old_password": "{}", "new_password": "{}", "captured": {}}})",
                                  user, old_password, new_password, captured));
  }

  ServerBench bench_;
};

}  // namespace directory
