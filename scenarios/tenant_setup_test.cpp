// What `world.entra` makes of the tenant and its provisioning, and what is said where that cannot be done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/tenant_setup.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace tenant_setup_test {

using ::testing::HasSubstr;
namespace provisioning = fakes::entra::provisioning;

EntraSpec world(std::string_view provisioning) {
  const auto scenario = decode_scenario("lockstep: 1\ntitle: T\nworld:\n  entra:\n    provisioning: " + std::string(provisioning) + "\n");
  EXPECT_TRUE(scenario) << scenario.error().message;
  return scenario.value_or(Scenario{}).world.entra;
}

// [rule R25] [rule R36]
TEST(TenantSetup, a_new_apps_mapping_maps_groups_and_the_articles_does_not) {
  const auto article = provisioning_settings(world("{}")).value();
  EXPECT_EQ(article.users, provisioning::article_mapping());
  EXPECT_FALSE(article.groups.enabled);
  const auto fresh = provisioning_settings(world("{mapping: default}")).value();
  EXPECT_EQ(fresh.users, provisioning::default_user_mapping());
  EXPECT_TRUE(fresh.groups.enabled);
  EXPECT_FALSE(provisioning_settings(world("{mapping: default, groups: false}"))->groups.enabled);
}

TEST(TenantSetup, thresholds_and_quirks_are_taken_over) {
  const auto settings = provisioning_settings(world("{deletion_threshold: 7, quarantine_from: 3, scope: all, quirks: [manager_as_object], notify: a@b.test}")).value();
  EXPECT_EQ(settings.deletion_threshold, 7U);
  EXPECT_EQ(settings.quarantine.evaluated_from, 3U);
  EXPECT_EQ(settings.scope, provisioning::Scope::all);
  EXPECT_TRUE(settings.quirks.has(provisioning::ClientQuirk::manager_as_object));
  EXPECT_EQ(settings.notification_email, "a@b.test");
}

TEST(TenantSetup, what_cannot_be_set_up_is_the_runs_problem) {
  Scenario scenario;
  scenario.world.entra.provisioning.quirks = {"no_such_quirk"};
  auto record = run_scenario(scenario, {});
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_THAT(record.problem, HasSubstr("no_such_quirk"));
  scenario.world.entra.provisioning.quirks.clear();
  scenario.world.entra.provisioning.schema = InputFile("schema.json");
  scenario.world.entra.provisioning.schema.text = "{}";
  EXPECT_THAT(run_scenario(scenario, {}).problem, HasSubstr("schema.json: synchronizationRules"));
  scenario.world.entra.provisioning.schema = {};
  scenario.world.entra.users = InputFile("users.csv");
  scenario.world.entra.users.text = "userPrincipalName,displayName\namy@nowhere.test,Amy\n@nowhere.test,Bo\n";
  EXPECT_THAT(run_scenario(scenario, {}).problem, HasSubstr("users.csv: line 3: "));
}

TEST(TenantSetup, a_script_whose_file_is_not_there_is_not_read) {
  const auto path = std::filesystem::temp_directory_path() / "lockstep_no_schema.yaml";
  std::ofstream(path) << "lockstep: 1\ntitle: T\nworld: {entra: {provisioning: {schema: not-there.json}}}\n";
  const auto script = load_script(path.string());
  std::filesystem::remove(path);
  ASSERT_FALSE(script.has_value());
  EXPECT_THAT(script.error().text, HasSubstr("the file not-there.json cannot be read"));
}

}  // namespace tenant_setup_test
}  // namespace scenarios
