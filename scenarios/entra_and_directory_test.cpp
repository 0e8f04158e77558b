// What is known of Entra as a SCIM client, shown where it matters: between the tenant's provisioning service and the directory.
// One short script a fact; the scripts of the library tell whole stories.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace entra_and_directory_test {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

RunRecord run(std::string_view body) {
  const auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\n{}", body));
  EXPECT_TRUE(scenario) << scenario.error().place.line << ": " << scenario.error().message;
  return run_scenario(scenario.value_or(Scenario{}), {});
}

/// Fails the test where an expectation of the script does not hold.
RunRecord run_and_expect(std::string_view body) {
  auto record = run(body);
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  for (const auto& step : record.steps) {
    if (step.verdict != Verdict::conforms) ADD_FAILURE() << "line " << step.line << ": " << step.what << ": " << step.outcome;
  }
  for (const auto& one : record.judgements) {
    if (one.verdict != Verdict::conforms)
      ADD_FAILURE() << "line " << one.line << ": " << one.expected << ": found " << one.found;
  }
  return record;
}

/// Methods of the provisioning service's requests to the directory, in order.
std::vector<std::string> methods_of(const RunRecord& record) {
  std::vector<std::string> out;
  for (const auto& exchange : record.exchanges) {
    if (exchange.from == "entra" && exchange.to == "directory") out.push_back(exchange.method);
  }
  return out;
}

// [Graph X1, F31] [Entra provisioning-clients 1-14] [rule R40]
TEST(EntraAndDirectory, a_change_arrives_with_the_next_cycle_and_on_demand_at_once) {
  run_and_expect(R"(
timeline:
  - at: 5m
    entra.create_user: {user: amy, department: Sales}
  - at: 39m
    expect: {directory.user: {user: amy, exists: false}}
  - at: 42m
    expect: {directory.user: {user: amy, department: Sales}}
  - at: 45m
    entra.update_user: {user: amy, department: Support}
  - at: 79m
    expect: {directory.user: {user: amy, department: Sales}}
  - at: 82m
    expect: {directory.user: {user: amy, department: Support}}
  - entra.update_user: {user: amy, department: Tours}
  - entra.provision_on_demand: {user: amy}
  - expect: {directory.user: {user: amy, department: Tours}}
)");
}

// [Entra provisioning-clients 1-14, 2.4-12] [rule R43]: what an admin does in the directory stays there, and is overwritten only when
// its source changes.
TEST(EntraAndDirectory, nothing_goes_back_to_entra) {
  run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy, department: Sales}
  - entra.provision_on_demand: {user: amy}
  - at: 1h
    admin.suspend_user: {user: amy}
  - at: 3h
    expect: {directory.user: {user: amy, state: SUSPENDED}}
  - entra.update_user: {user: amy, department: Support}
  - entra.provision_on_demand: {user: amy}
  - expect: {directory.user: {user: amy, state: ACTIVATED, department: Support}}
)");
}

// [Graph X2] [Entra provisioning-clients 2.3-08]
TEST(EntraAndDirectory, who_is_found_is_taken_over_and_who_is_not_is_created) {
  const auto record = run_and_expect(R"(
timeline:
  - http.send:
      method: POST
      path: /scim/v2/Users
      as: scim
      body: '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"amy","emails":[{"value":"amy@example.test","primary":true}]}'
      status: 201
  - entra.create_user: {user: amy, department: Sales}
  - entra.create_user: {user: bob}
expect:
  - directory.user_count: {count: 2}
  - directory.user: {user: amy, department: Sales}
settle: 1h
)");
  auto methods = methods_of(record);
  ASSERT_GE(methods.size(), 4U);
  methods.erase(methods.begin(), methods.end() - 4);  // probes for nobody, of which there may be several
  EXPECT_THAT(methods, ElementsAre("GET", "PATCH", "GET", "POST"));
}

// [Graph X3, F38] [rule R32]
TEST(EntraAndDirectory, a_connection_is_tested_by_a_look_for_nobody) {
  const auto record = run_and_expect("world: {entra: {job: false}}\ntimeline:\n  - entra.test_connection: {}\n");
  ASSERT_THAT(methods_of(record), ElementsAre("GET"));
  const auto& asked = record.exchanges.front();
  EXPECT_THAT(asked.target, StartsWith("/scim/v2/Users?filter="));
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.response_body, HasSubstr(R"("totalResults":0)"));
}

// [Graph X4, F33]
TEST(EntraAndDirectory, a_deleted_user_is_inactive_for_thirty_days_and_then_gone) {
  const auto record = run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy}
  - entra.provision_on_demand: {user: amy}
  - entra.delete_user: {user: amy}
  - at: 1h
    expect: {scim.user: {user: amy, active: false}}
  - at: 29d
    expect: {scim.user: {user: amy, active: false}}
  - at: 30d2h
    expect: {scim.user: {user: amy, exists: false}}
)");
  EXPECT_THAT(methods_of(record), Contains("DELETE").Times(1));
}

// [Graph X4]
TEST(EntraAndDirectory, who_is_unassigned_or_blocked_is_inactive_until_that_ends) {
  run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy}
  - entra.create_user: {user: bob}
  - at: 1h
    entra.unassign_user: {user: amy}
  - entra.disable_user: {user: bob}
  - at: 2h
    expect: {scim.user: {user: amy, active: false}}
  - expect: {scim.user: {user: bob, active: false}}
  - entra.assign_user: {user: amy}
  - entra.enable_user: {user: bob}
  - at: 3h
    expect: {scim.user: {user: amy, active: true}}
  - expect: {scim.user: {user: bob, active: true}}
)");
}

// [Graph X5, F33] [Entra provisioning-clients 2.9-06, 7.1-35]
TEST(EntraAndDirectory, who_was_unassigned_and_then_deleted_stays_as_an_orphan) {
  const auto record = run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy}
  - entra.provision_on_demand: {user: amy}
  - entra.unassign_user: {user: amy}
  - at: 1h
    entra.delete_user: {user: amy}
  - at: 40d
    expect: {directory.user: {user: amy, state: SUSPENDED}}
)");
  EXPECT_THAT(methods_of(record), Not(Contains("DELETE")));
}

// [Graph X6, F32] [rule D44]
TEST(EntraAndDirectory, who_is_disabled_is_created_when_enabled) {
  run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy}
  - entra.disable_user: {user: amy}
  - at: 2h
    expect: {directory.user: {user: amy, exists: false}}
  - entra.enable_user: {user: amy}
  - at: 3h
    expect: {directory.user: {user: amy, state: ACTIVATED}}
)");
}

// [Graph X8, F30]
TEST(EntraAndDirectory, both_dialects_disable_and_change) {
  for (const auto* dialect : {"classic", "compliant"}) {
    const auto record = run_and_expect(fmt::format(R"(
world: {{entra: {{dialect: {}}}}}
timeline:
  - entra.create_user: {{user: amy, department: Sales}}
  - at: 1h
    entra.update_user: {{user: amy, department: Support}}
  - at: 2h
    expect: {{directory.user: {{user: amy, department: Support}}}}
  - entra.disable_user: {{user: amy}}
  - at: 3h
    expect: {{scim.user: {{user: amy, active: false}}}}
)",
                                                   dialect));
    const auto text = std::string_view(dialect) == "classic" ? R"("value":"False")" : "false";
    bool seen = false;
    for (const auto& exchange : record.exchanges) {
      const bool disables = exchange.method == "PATCH" && exchange.request_body.find("active") != std::string::npos;
      if (disables) seen = exchange.request_body.find(text) != std::string::npos;
    }
    EXPECT_TRUE(seen) << dialect;
  }
}

// [Graph X10] [rule R41]
TEST(EntraAndDirectory, on_demand_pushes_one_person_alone) {
  run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy}
  - entra.create_user: {user: bob}
  - entra.provision_on_demand: {user: amy}
  - expect: {directory.user: {user: amy}}
  - expect: {directory.user: {user: bob, exists: false}}
)");
}

// [Graph F35] [rule R36] [rule R44]
TEST(EntraAndDirectory, an_address_mapped_to_user_name_is_refused) {
  run_and_expect(R"(
timeline:
  - entra.set_mapping: {target: userName, attribute: userPrincipalName}
  - entra.create_user: {user: amy}
  - entra.provision_on_demand: {user: amy}
    outcome: refused
  - expect: {entra.log: {user: amy, action: create, status: failure, code: SystemForCrossDomainIdentityManagementBadRequest}}
expect:
  - directory.user_count: {count: 0}
)");
}

// [Graph F37] [rule RT2] [rule R49]
TEST(EntraAndDirectory, an_expired_password_looks_inactive_and_entra_says_active_again_in_vain) {
  run_and_expect(R"(
timeline:
  - entra.create_user: {user: amy, department: Sales}
  - entra.provision_on_demand: {user: amy}
  - user.open_activation_mail: {user: amy}
  - user.set_password: {user: amy, password: spring}
  - admin.expire_password: {user: amy}
  - expect: {scim.user: {user: amy, active: false}}
  - entra.update_user: {user: amy, department: Support}
  - entra.provision_on_demand: {user: amy}
  - expect: {scim.user: {user: amy, active: false, department: Support}}
)");
}

}  // namespace entra_and_directory_test
}  // namespace scenarios
