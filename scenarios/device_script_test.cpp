// What scripts say of devices and of the directory's rules for them, where it does not hold or cannot be.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace device_script_test {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// With a Windows computer and a Mac, each with an administrator.
RunRecord run(std::string_view timeline, std::string_view account = "{name: boss, password: own, admin: true}") {
  const auto scenario = decode_scenario(fmt::format(
      "lockstep: 1\ntitle: T\nworld: {{entra: {{job: false}}, devices: [{{name: win-1, accounts: [{0}]}}, {{name: mac-1, os: macos, accounts: "
      "[{{name: boss, password: own}}]}}]}}\ntimeline:\n{1}",
      account, timeline));
  EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().message);
  return run_scenario(scenario.value_or(Scenario{}), {});
}

/// What was found for the one expectation of a timeline, which does not hold.
std::string found(std::string_view expectation) {
  const auto record = run(fmt::format("  - wait: {{for: 2m}}\n  - expect: {}\n", expectation));
  EXPECT_EQ(record.verdict, Verdict::violates) << expectation;
  EXPECT_THAT(record.judgements, SizeIs(1));
  return record.judgements.empty() ? "" : record.judgements.front().found;
}

TEST(DeviceScript, tells_what_the_directory_knows_of_a_device_instead) {
  EXPECT_EQ(found("{directory.system: {device: win-1, os: Mac OS X, account: boss, admin: false, managed: true}}"),
            "os Windows, account boss, managed false, admin true");
  EXPECT_EQ(found("{directory.system: {device: win-1, account: nobody}}"), "no account nobody");
  EXPECT_EQ(found("{directory.system: {device: win-1, account: boss, account_exists: false}}"), "account boss");
  EXPECT_EQ(found("{directory.system: {device: win-1, exists: false}}"), "it exists");
  EXPECT_EQ(found("{directory.system: {device: mac-1, disk_encrypted: true, recovery_key: true, active: false}}"),
            "active true, disk encrypted false, recovery key false");
}

TEST(DeviceScript, counts_the_reminders_of_an_account) {
  EXPECT_EQ(found("{device.popups: {device: win-1, account: boss}}"), "0");
}

// [rule V24]: a list of the Mac's settings.
TEST(DeviceScript, knows_users_and_groups_of_a_mac) {
  EXPECT_EQ(found("{device.account: {device: mac-1, account: boss, in_users_and_groups: false}}"), "in Users & Groups true");
  EXPECT_EQ(found("{device.account: {device: win-1, account: boss, in_users_and_groups: true}}"), "in Users & Groups false");
}

TEST(DeviceScript, begins_with_accounts_as_the_world_says) {
  const auto record = run(
      "  - device.sign_in_with_pin: {device: win-1, account: kim, pin: kims-pin}\n"
      "  - expect: {device.secrets: {device: win-1, account: kim, readable: [browser]}}\n"
      "  - device.sign_out: {device: win-1}\n"
      "  - device.sign_in_with_pin: {device: win-1, account: kim, pin: own}\n"
      "    outcome: refused\n",
      "{name: kim, password: own, pin: kims-pin, secrets: [browser]}");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  const auto disabled = run("  - device.sign_in: {device: win-1, account: kim, password: own}\n", "{name: kim, password: own, enabled: false}");
  EXPECT_EQ(disabled.verdict, Verdict::violates);
}

TEST(DeviceScript, gives_no_mac_a_pin_of_windows) {
  const auto scenario = decode_scenario(
      "lockstep: 1\ntitle: T\nworld: {devices: [{name: mac-1, os: macos, accounts: [{name: kim, password: own, pin: kims-pin}]}]}\n");
  ASSERT_TRUE(scenario);
  const auto record = run_scenario(*scenario, {});
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_THAT(record.problem, HasSubstr("kim of mac-1 has a PIN"));
}

// [rule D110]
TEST(DeviceScript, changes_of_the_rules_for_passwords_only_what_it_names) {
  const auto record = run(
      "  - admin.set_password_rules: {classes: [upper, vowel]}\n"
      "    outcome: refused\n"
      "  - admin.set_password_rules: {min_length: 7}\n"
      "    outcome: refused\n"
      "  - admin.create_user: {user: amy}\n"
      "  - after: 1m\n"
      "    user.open_activation_mail: {user: amy}\n"
      "  - admin.set_password_rules: {min_length: 40}\n"
      "  - admin.set_password_rules: {expires: 90, login_attempts: 2}\n"
      "  - user.set_password: {user: amy, password: short}\n"
      "    outcome: refused\n"
      "  - admin.set_password_rules: {min_length: 12, classes: [lower, upper, digit, symbol]}\n"
      "  - user.set_password: {user: amy, password: short}\n"
      "  - user.log_in: {user: amy, password: wrong}\n"
      "    outcome: refused\n"
      "  - user.log_in: {user: amy, password: wrong}\n"
      "    outcome: refused\n"
      "  - expect: {directory.user: {user: amy, password: locked}}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  for (const auto& step : record.steps) EXPECT_EQ(step.verdict, Verdict::conforms) << step.what << ": " << step.outcome;
}

}  // namespace device_script_test
}  // namespace scenarios
