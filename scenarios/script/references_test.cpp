#include "scenarios/script/references.h"

#include <gmock/gmock.h>

#include <array>

#include "scenarios/script/decode.h"

namespace scenarios {
namespace references_test {

using ::testing::HasSubstr;

Step step_of(std::string_view text) {
  auto step = decode_step(text);
  EXPECT_TRUE(step.has_value()) << text;
  return *step;
}

WorldSpec world_with(std::int64_t people) {
  WorldSpec world;
  world.users = UsersSpec{.generate = people};
  return world;
}

TEST(References, know_of_hosts_that_are_there_besides) {
  const auto step = decode_step("network.inject: {fault: refuse, from: outside}");
  ASSERT_TRUE(step);
  Scenario scenario;
  scenario.timeline.push_back(*step);
  EXPECT_FALSE(check_references(scenario).has_value());
  const std::array<std::string_view, 1> more{"outside"};
  EXPECT_TRUE(check_references(scenario, more).has_value());
}

TEST(References, grow_step_by_step) {
  References references{WorldSpec{}};
  const auto disable = step_of("entra.disable_user: {user: amy}");
  EXPECT_FALSE(references.admit(disable).has_value());
  EXPECT_TRUE(references.admit(step_of("entra.create_user: {user: amy}")).has_value());
  EXPECT_TRUE(references.admit(disable).has_value());
  EXPECT_EQ(references.admit(step_of("entra.create_user: {user: amy}")).error().message, "the person 'amy' is there already");
  EXPECT_TRUE(references.admit(disable).has_value()) << "she is there still";
}

TEST(References, know_a_population_by_its_names) {
  References references(world_with(1'000'000));
  EXPECT_TRUE(references.admit(step_of("entra.disable_user: {user: user0000001}")).has_value());
  EXPECT_TRUE(references.admit(step_of("entra.disable_user: {user: user1000000}")).has_value());
  for (const auto* name : {"user0000000", "user1000001", "user1", "user01", "user", "users0000001"})
    EXPECT_FALSE(references.admit(step_of(std::string("entra.disable_user: {user: ") + name + "}")).has_value()) << name;
  EXPECT_EQ(references.admit(step_of("entra.create_user: {user: user0000001}")).error().message, "the person 'user0000001' is there already");
}

TEST(References, say_whom_of_a_population_a_script_may_mean) {
  References references(world_with(20));
  EXPECT_THAT(references.admit(step_of("entra.disable_user: {user: user007}")).error().message, HasSubstr("did you mean 'user0007'?"));
}

TEST(References, know_a_fleet_by_its_names_as_devices_and_as_hosts) {
  WorldSpec world;
  world.fleet = FleetSpec{.generate = 20};
  References references(world);
  EXPECT_TRUE(references.admit(step_of("device.sign_out: {device: device0020}")).has_value());
  EXPECT_TRUE(references.admit(step_of("host.crash: {host: device0001}")).has_value());
  EXPECT_THAT(references.admit(step_of("device.sign_out: {device: device021}")).error().message, HasSubstr("did you mean 'device00"));
  EXPECT_FALSE(references.admit(step_of("host.crash: {host: device0021}")).has_value());
}

}  // namespace references_test
}  // namespace scenarios
