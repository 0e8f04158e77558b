// Recovery keys of encrypted disks: handed in by agents, read by those who manage devices.
#include "directory/server/device_fixture.h"

namespace directory {
namespace recovery_key_contract_test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class RecoveryKeys : public DeviceContract {
 protected:
  RecoveryKeys() { mac_ = registered("mac"); }

  int escrow(const TestDevice& device, int sequence, std::string_view key) {
    return bench_
        .ask("POST", "/agent/v1/recovery-key", fields_of(device),
             fmt::format(R"({{"sequence": {}, "key": "{}"}})", sequence, key))
        .status;
  }
  base::HttpResponse read(const TestDevice& device) {
    return bench_.admin("GET", "/api/v2/systems/" + device.id + "/fdekey");
  }
  std::string key_of(const TestDevice& device) { return base::string_or(body_of(read(device)), "key", ""); }
  base::JsonArray updates() {
    base::JsonArray found;
    const auto answer = bench_.admin("POST", "/insights/directory/v1/events",
                                     R"({"service": ["systems"], "start_time": "2026-01-01T00:00:00Z"})");
    for (const auto& event : body_of(answer).as_array()) {
      if (base::string_or(event, "event_type", "") == "system_fde_key_update") found.push_back(event);
    }
    return found;
  }

  TestDevice mac_;
};

// [JC-V2 systems/fdekey] [rule DI52]
TEST_F(RecoveryKeys, the_newest_key_of_a_system_can_be_read) {
  EXPECT_EQ(read(mac_).status, 404);
  EXPECT_EQ(escrow(mac_, 1, "AAAA-1111"), 204);
  EXPECT_EQ(key_of(mac_), "AAAA-1111");
  EXPECT_EQ(escrow(mac_, 2, "BBBB-2222"), 204);
  EXPECT_EQ(key_of(mac_), "BBBB-2222");
  const auto told = updates();
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told.back().at("system").at("id"), base::Json(mac_.id));
}

// A report that got lost is sent again, and one that was long on its way comes too late.
TEST_F(RecoveryKeys, a_key_that_is_handed_in_again_or_too_late_changes_nothing) {
  EXPECT_EQ(escrow(mac_, 2, "BBBB-2222"), 204);
  EXPECT_EQ(escrow(mac_, 2, "BBBB-2222"), 204);
  EXPECT_EQ(escrow(mac_, 1, "AAAA-1111"), 204);
  EXPECT_EQ(key_of(mac_), "BBBB-2222");
  EXPECT_THAT(updates(), SizeIs(1));
}

TEST_F(RecoveryKeys, each_system_has_its_own_and_it_goes_with_the_system) {
  const auto other = registered("other", 2);
  escrow(mac_, 1, "AAAA-1111");
  escrow(other, 1, "BBBB-2222");
  EXPECT_EQ(key_of(mac_), "AAAA-1111");
  EXPECT_EQ(bench_.admin("DELETE", "/api/systems/" + mac_.id).status, 200);
  EXPECT_EQ(read(mac_).status, 404);
  EXPECT_EQ(key_of(other), "BBBB-2222");
}

// [rule D123]
TEST_F(RecoveryKeys, that_a_key_is_kept_is_shown_and_the_key_is_not) {
  tell(mac_, R"({"facts": {"fde": {"active": true, "keyPresent": false}}})");
  const auto shown = [&] { return bench_.admin("GET", "/api/systems/" + mac_.id); };
  EXPECT_EQ(body_of(shown()).at("fde"), json(R"({"active": true, "keyPresent": false})"));
  escrow(mac_, 1, "AAAA-1111");
  EXPECT_EQ(body_of(shown()).at("fde"), json(R"({"active": true, "keyPresent": true})"));
  EXPECT_THAT(shown().body, Not(HasSubstr("AAAA-1111")));
}

TEST_F(RecoveryKeys, the_store_holds_no_key_in_clear) {
  escrow(mac_, 1, "AAAA-1111-BBBB-2222");
  for (const auto& [name, bytes] : bench_.directory_host->disk().contents()) {
    EXPECT_THAT(bytes, Not(HasSubstr("AAAA-1111-BBBB-2222"))) << name;
  }
  bench_.restart_directory();
  EXPECT_EQ(key_of(mac_), "AAAA-1111-BBBB-2222");
}

TEST_F(RecoveryKeys, what_cannot_be_read_is_400) {
  for (const auto* body : {"{}", "[]", R"({"sequence": 1})", R"({"key": "AAAA"})", R"({"sequence": 0, "key": "AAAA"})",
                           R"({"sequence": "1", "key": "AAAA"})", R"({"sequence": 1, "key": ""})"}) {
    EXPECT_EQ(bench_.ask("POST", "/agent/v1/recovery-key", fields_of(mac_), body).status, 400) << body;
  }
  EXPECT_EQ(escrow(mac_, 1, std::string(129, 'A')), 400);
  EXPECT_EQ(read(mac_).status, 404);
}

}  // namespace recovery_key_contract_test
}  // namespace directory
