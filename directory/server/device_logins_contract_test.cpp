// Attempts to sign in at devices, as reported: the lock they count towards, and the events of the systems
// service.
#include "directory/server/device_fixture.h"

namespace directory {
namespace device_logins_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeviceLogins : public DeviceContract {
 protected:
  /// A user who is bound to the device.
  std::string bound(const TestDevice& device, std::string_view name) {
    auto user = bench_.onboard(name);
    EXPECT_EQ(associate("add", device, user), 204);
    return user;
  }
  int attempt(const TestDevice& device, const std::string& user, std::int64_t sequence, bool success = false,
              std::string_view kind = "sign_in") {
    return tell(device,
                fmt::format(
                    R"({{"login_attempts": [{{"sequence": {}, "user_id": "{}", "kind": "{}", "success": {},
                                                              "at": "2026-01-05T08:00:00Z"}}]}})",
                    sequence, user, kind, success))
        .status;
  }
  bool locked(const std::string& user) { return bench_.user(user).at("account_locked") == base::Json(true); }
  base::JsonArray systems_events() {
    const auto answer =
        bench_.admin("POST", "/insights/directory/v1/events",
                     R"({"service": ["systems"], "start_time": "2026-01-01T00:00:00Z", "limit": 10000})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return body_of(answer).as_array();
  }
  std::vector<std::string> systems_event_types() {
    std::vector<std::string> types;
    for (const auto& event : systems_events()) types.push_back(base::string_or(event, "event_type", ""));
    return types;
  }
};

// [rule V34] [rule D112] [rule DI52]
TEST_F(DeviceLogins, failures_on_devices_and_in_the_portal_add_up_to_one_lock_V34) {
  auto laptop = registered("laptop");
  auto tablet = registered("tablet", 2);
  const auto user = bound(laptop, "amy.lee");
  associate("add", tablet, user);
  for (int i = 1; i <= 2; ++i) {
    EXPECT_EQ(attempt(laptop, user, i), 204);
    EXPECT_EQ(attempt(tablet, user, i), 204);
  }
  bench_.log_in("amy.lee", "a wrong password");
  EXPECT_FALSE(locked(user));
  attempt(laptop, user, 3);
  EXPECT_TRUE(locked(user));
  EXPECT_EQ(account(laptop).at("enabled"), base::Json(false));
  EXPECT_EQ(account(tablet).at("enabled"), base::Json(false));
  EXPECT_EQ(bench_.log_in("amy.lee", good_password).status, 423);
  EXPECT_THAT(systems_event_types(), ElementsAre("login_attempt", "login_attempt", "login_attempt",
                                                 "login_attempt", "login_attempt", "user_lockout"));
}

// [rule D112]
TEST_F(DeviceLogins, a_success_on_one_device_does_not_clear_what_failed_elsewhere_D112) {
  auto laptop = registered("laptop");
  auto tablet = registered("tablet", 2);
  const auto user = bound(laptop, "amy.lee");
  associate("add", tablet, user);
  for (int i = 1; i <= 5; ++i) attempt(laptop, user, i);
  attempt(tablet, user, 1, true);
  EXPECT_FALSE(locked(user));
  attempt(tablet, user, 2);
  EXPECT_TRUE(locked(user));
}

// [rule V35] [rule D113]
TEST_F(DeviceLogins, a_refused_elevation_counts_twice_V35) {
  auto device = registered("laptop", 1, "windows");
  const auto user = bound(device, "amy.lee");
  attempt(device, user, 1, false, "elevation");
  attempt(device, user, 2, false, "elevation");
  attempt(device, user, 3);
  EXPECT_FALSE(locked(user));
  attempt(device, user, 4);
  EXPECT_TRUE(locked(user));
  EXPECT_EQ(systems_events().front().at("windows_meta").at("elevated"), base::Json(true));
}

// [rule V36]
TEST_F(DeviceLogins, the_failures_of_some_users_on_devices_are_not_counted_V36) {
  auto device = registered("laptop");
  const auto user = bound(device, "amy.lee");
  put(user, R"({"disableDeviceMaxLoginAttempts": true})");
  for (int i = 1; i <= 20; ++i) attempt(device, user, i);
  EXPECT_FALSE(locked(user));
  for (int i = 0; i < 6; ++i) bench_.log_in("amy.lee", "a wrong password");
  EXPECT_TRUE(locked(user)) << "those in the portal still are";
}

// [rule DI52] [rule DI27]
TEST_F(DeviceLogins, an_attempt_is_an_event_of_the_systems_service_DI52) {
  auto device = registered("laptop");
  const auto user = bound(device, "amy.lee");
  attempt(device, user, 1, true);
  const auto events = systems_events();
  ASSERT_EQ(events.size(), 1U);
  const auto& event = events.front();
  EXPECT_EQ(event.at("event_type"), base::Json("login_attempt"));
  EXPECT_EQ(event.at("service"), base::Json("systems"));
  EXPECT_EQ(event.at("success"), base::Json(true));
  EXPECT_EQ(event.at("username"), base::Json("amy.lee"));
  EXPECT_EQ(event.at("system").at("id"), base::Json(device.id));
  EXPECT_EQ(event.at("system").at("hostname"), base::Json("laptop"));
  EXPECT_EQ(event.at("system_timestamp"), base::Json("2026-01-05T08:00:00.000Z"));
}

// [rule DI52]
TEST_F(DeviceLogins, a_password_changed_on_the_device_is_an_event_of_the_systems_service_too) {
  auto device = registered("laptop");
  const auto user = bound(device, "amy.lee");
  ASSERT_EQ(change_password(device, user, good_password, better_password).status, 200);
  EXPECT_THAT(systems_event_types(), ElementsAre("user_password_change"));
}

// [rule DI27]
TEST_F(DeviceLogins, windows_tells_how_somebody_signed_in_and_a_mac_does_not_DI27) {
  for (const auto* os : {"windows", "macos"}) {
    auto device = registered(os, os == std::string_view("windows") ? 1 : 2, os);
    const auto user = bound(device, os);
    EXPECT_EQ(tell(device,
                   fmt::format(R"({{"login_attempts": [
                                 {{"sequence": 1, "user_id": "{0}", "success": true, "at": "2026-01-05T08:00:00Z"}},
                                 {{"sequence": 2, "user_id": "{0}", "success": true, "at": "2026-01-05T09:00:00Z", "logon_type": 7}}]}})",
                               user))
                  .status,
              204);
  }
  std::vector<std::string> told;
  for (const auto& event : systems_events()) {
    const auto* meta = base::member(event, "windows_meta");
    told.push_back(meta == nullptr ? "none" : base::to_text(meta->at("logon_type")));
  }
  EXPECT_THAT(told, ElementsAre("2", "7", "none", "none"));
}

TEST_F(DeviceLogins, an_attempt_that_is_reported_again_counts_once) {
  auto device = registered("laptop");
  const auto user = bound(device, "amy.lee");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(attempt(device, user, 1), 204);
  EXPECT_FALSE(locked(user));
  EXPECT_THAT(systems_event_types(), ElementsAre("login_attempt"));
}

TEST_F(DeviceLogins, no_device_locks_a_user_who_is_not_bound_to_it) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  for (int i = 1; i <= 10; ++i) EXPECT_EQ(attempt(device, user, i), 204);
  EXPECT_FALSE(locked(user));
  EXPECT_THAT(systems_event_types(), IsEmpty());
}

TEST_F(DeviceLogins, attempts_that_cannot_be_read_are_400) {
  auto device = registered("laptop");
  for (const auto* list :
       {"{}", "[5]", "[{}]",
        R"([{"sequence": 0, "user_id": "x", "success": true, "at": "2026-01-05T08:00:00Z"}])",
        R"([{"sequence": 1, "user_id": "x", "success": "yes", "at": "2026-01-05T08:00:00Z"}])",
        R"([{"sequence": 1, "user_id": "x", "success": true, "at": "yesterday"}])",
        R"([{"sequence": 1, "user_id": "x", "success": true, "at": "2026-01-05T08:00:00Z", "logon_type": 6}])",
        R"([{"sequence": 1, "user_id": "x", "success": true, "at": "2026-01-05T08:00:00Z", "kind": "x"}])"}) {
    EXPECT_EQ(tell(device, fmt::format(R"({{"login_attempts": {}}})", list)).status, 400) << list;
  }
}

// What the desired state says beside who may sign in

// [rule D98]
TEST_F(DeviceLogins, without_password_sync_nothing_is_handed_off_and_switching_it_on_does_D98) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  associate("add", device, user, R"(, "attributes": {"passwordSync": {"enabled": false}})");
  EXPECT_EQ(account(device).at("password_sync"), base::Json(false));
  EXPECT_FALSE(has_handoff(device));
  associate("update", device, user, R"(, "attributes": {"passwordSync": {"enabled": true}})");
  EXPECT_EQ(account(device).at("password_sync"), base::Json(true));
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(good_password)), opened(device, user)));
}

// [rule V14]
TEST_F(DeviceLogins, an_account_of_a_domain_is_not_bound_V14) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  tell(device, R"({"facts": {"userMetrics": [{"userName": "amy.lee", "origin": "domain"}]}})");
  EXPECT_EQ(associate("add", device, user), 400);
  tell(device, R"({"facts": {"userMetrics": [{"userName": "amy.lee", "origin": "local"}]}})");
  EXPECT_EQ(associate("add", device, user), 204);
}

// [rule V56] [rule V2]
TEST_F(DeviceLogins, a_converted_profile_is_matched_by_the_local_user_account_V56) {
  auto device = registered("laptop");
  const auto user = bench_.onboard("amy.lee");
  tell(device,
       R"({"facts": {"userMetrics": [{"userName": "amy.lee", "origin": "domain"}, {"userName": "amy"}]}})");
  put(user, R"({"systemUsername": "amy"})");
  EXPECT_EQ(associate("add", device, user), 204);
  EXPECT_EQ(account(device).at("local_account"), base::Json("amy"));
}

}  // namespace device_logins_contract_test
}  // namespace directory
