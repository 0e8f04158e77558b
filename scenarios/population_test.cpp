// The people of `world.users`, the computers of `world.fleet` and the groups of `world.groups`: who and what they are, where they are,
// and that a script can name them.
#include "scenarios/engine/population.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace population_test {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// `line:column: message`, or "" where the script is well-formed.
std::string error_of(std::string_view users, std::string_view timeline = "[]") {
  const auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld:\n  users: {}\ntimeline: {}\n", users, timeline));
  return scenario ? "" : fmt::format("{}:{}: {}", scenario.error().place.line, scenario.error().place.column, scenario.error().message);
}

/// Of a world with these lines under `world`, and what follows them.
RunRecord run_world(std::string_view world, std::string_view rest, std::uint64_t seed = 1, const std::function<void(Cast&)>& inspect = {}) {
  const auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld:\n{}{}", world, rest));
  EXPECT_TRUE(scenario) << scenario.error().message;
  RunOptions options;
  options.cast.seed = seed;
  options.inspect = inspect;
  return run_scenario(scenario.value_or(Scenario{}), options);
}

RunRecord run(std::string_view users, std::string_view rest, std::uint64_t seed = 1, const std::function<void(Cast&)>& inspect = {}) {
  return run_world(fmt::format("  users: {}\n", users), rest, seed, inspect);
}

std::vector<Inhabitant> people(std::int64_t count, std::uint64_t seed) {
  UsersSpec spec;
  spec.generate = count;
  spec.departments = {"Sales", "Support"};
  return population_of(spec, base::Rng(seed));
}

TEST(Population, names_have_four_digits_or_as_many_as_it_takes) {
  UsersSpec spec;
  spec.generate = 9999;
  EXPECT_EQ(generated_name(spec, 1), "user0001");
  EXPECT_EQ(generated_name(spec, 9999), "user9999");
  spec.generate = 10'000;
  spec.prefix = "p-";
  EXPECT_EQ(generated_name(spec, 1), "p-00001");
}

TEST(Population, a_person_depends_on_the_seed_and_the_name_alone) {
  const auto few = people(5, 1);
  const auto many = people(500, 1);
  for (std::size_t i = 0; i < few.size(); ++i) {
    EXPECT_EQ(few[i].given_name, many[i].given_name);
    EXPECT_EQ(few[i].surname, many[i].surname);
    EXPECT_EQ(few[i].department, many[i].department);
  }
  const auto names = [](const std::vector<Inhabitant>& all) {
    std::vector<std::string> out;
    for (const auto& one : all) out.push_back(one.given_name + " " + one.surname);
    return out;
  };
  EXPECT_EQ(names(people(50, 7)), names(people(50, 7)));
  EXPECT_NE(names(people(50, 7)), names(people(50, 8)));
}

TEST(Population, names_vary_as_peoples_names_do) {
  const auto all = people(500, 1);
  std::set<std::string> different;
  std::set<std::string> departments;
  for (const auto& one : all) {
    different.insert(one.given_name + " " + one.surname);
    departments.insert(one.department);
  }
  EXPECT_GT(different.size(), 300U);
  EXPECT_THAT(departments, SizeIs(2));
  const auto some = [&](auto has) { return std::ranges::any_of(all, has); };
  EXPECT_TRUE(some([](const auto& one) { return one.surname.find('\'') != std::string::npos; }));
  EXPECT_TRUE(some([](const auto& one) { return std::ranges::any_of(one.given_name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }); }));
  EXPECT_TRUE(some([](const auto& one) { return one.surname.find(' ') != std::string::npos; }));
}

TEST(Population, of_a_tenant_is_assigned_and_arrives_with_the_first_cycle) {
  const auto record = run("{generate: 12, departments: [Sales]}",
                          "timeline:\n"
                          "  - expect: {directory.user_count: {count: 12}}\n    within: 5m\n"
                          "  - expect: {directory.user: {user: user0012, state: ACTIVATED, email: user0012@example.test, department: Sales}}\n"
                          "  - entra.update_user: {user: user0003, department: Legal}\n"
                          "  - entra.provision_on_demand: {user: user0003}\n"
                          "  - expect: {directory.user: {user: user0003, department: Legal}}\n",
                          1, [](Cast& cast) {
                            for (const auto& one : people(12, 1)) EXPECT_TRUE(cast.person(PersonRef(one.name)).entra_id);
                          });
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  ASSERT_THAT(record.judgements, SizeIs(3));
}

TEST(Population, that_is_not_assigned_stays_where_it_is) {
  const auto record = run("{generate: 3, assigned: false, domain: contoso.test}",
                          "timeline:\n"
                          "  - at: 5m\n    expect: {directory.user_count: {count: 0}}\n"
                          "  - entra.assign_user: {user: user0002}\n"
                          "  - entra.provision_on_demand: {user: user0002}\n"
                          "  - expect: {directory.user: {user: user0002, email: user0002@contoso.test}}\n"
                          "expect:\n  - directory.user_count: {count: 1}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
}

TEST(Population, of_an_org_is_pushed) {
  const auto record = run("{generate: 12, in: okta, prefix: kim}",
                          "timeline:\n"
                          "  - expect: {directory.user_count: {count: 12}}\n    within: 5m\n"
                          "  - okta.deactivate_user: {user: kim0004}\n"
                          "  - expect: {directory.user: {user: kim0004, state: SUSPENDED}}\n    within: 1m\n"
                          "  - expect: {okta.user: {user: kim0012, status: ACTIVE}}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
}

TEST(Population, of_the_directory_is_there_before_the_first_step) {
  const auto record = run("{generate: 201, in: directory, departments: [Sales]}",
                          "timeline:\n"
                          "  - expect: {directory.user_count: {count: 201}}\n"
                          "  - expect: {directory.user: {user: user0201, state: ACTIVATED, department: Sales}}\n"
                          "  - admin.suspend_user: {user: user0007}\n"
                          "  - expect: {directory.user: {user: user0007, state: SUSPENDED}}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  EXPECT_THAT(record.steps, SizeIs(1));
}

// Every third message is lost, so that answers are missing and imports are sent again.
TEST(Population, of_the_directory_is_there_once_though_messages_are_lost) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto record = run("{generate: 500, in: directory}\n  network: {loss: 1/3}", "timeline:\n  - network.set: {loss: 0}\n  - expect: {directory.user_count: {count: 500}}\n", seed);
    EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  }
}

TEST(Population, a_directory_that_takes_nobody_is_the_runs_problem) {
  const auto record = run("{generate: 3, in: directory}\n  network: {loss: 1/1}", "timeline:\n  - wait: {for: 1s}\n");
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_THAT(record.problem, HasSubstr("world.users: the directory does not take them"));
  EXPECT_THAT(record.steps, SizeIs(0));
}

std::string error_of_world(std::string_view world) {
  const auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld: {{{}}}\n", world));
  return scenario ? "" : scenario.error().message;
}

TEST(Fleet, its_computers_have_names_and_the_systems_that_were_asked_for) {
  FleetSpec spec;
  spec.generate = 200;
  const auto count_macs = [](const std::vector<DeviceSpec>& fleet) { return std::ranges::count(fleet, "macos", &DeviceSpec::os); };
  const auto fleet = fleet_of(spec, base::Rng(1));
  ASSERT_THAT(fleet, SizeIs(200));
  EXPECT_EQ(fleet[0].name, "device0001");
  EXPECT_EQ(fleet[199].name, "device0200");
  EXPECT_EQ(count_macs(fleet), 0);
  spec.os = "macos";
  EXPECT_EQ(count_macs(fleet_of(spec, base::Rng(1))), 200);
  spec.os = "mixed";
  EXPECT_THAT(count_macs(fleet_of(spec, base::Rng(1))), ::testing::AllOf(::testing::Gt(60), ::testing::Lt(140)));
}

TEST(Fleet, a_computer_depends_on_the_seed_and_its_name_alone) {
  FleetSpec spec;
  spec.os = "mixed";
  spec.generate = 20;
  const auto few = fleet_of(spec, base::Rng(7));
  spec.generate = 300;
  const auto many = fleet_of(spec, base::Rng(7));
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].os, many[i].os) << few[i].name;
}

TEST(Fleet, its_agents_register_and_a_person_of_it_signs_in) {
  const auto record = run_world("  users: {generate: 3, in: directory}\n  fleet: {generate: 3}\n",
                                "timeline:\n  - after: 1m\n    admin.set_password: {user: user0002, password: spring}\n"
                                "  - admin.bind_device: {user: user0002, device: device0002}\n"
                                "  - expect: {device.account: {device: device0002, account: user0002, opens_with: spring}}\n    within: 1m\n"
                                "  - device.sign_in: {device: device0002, account: user0002, password: spring}\n"
                                "  - expect: {device.account: {device: device0001, account: user0001, exists: false}}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
}

// Sixty days, in which a poll of five minutes would be made 17,000 times by each.
TEST(Fleet, polls_are_held_as_long_as_it_says) {
  std::uint64_t exchanges = 0;
  const auto record = run_world("  fleet: {generate: 5, poll: 12h}\n", "timeline:\n  - wait: {for: 60d}\n", 1,
                                [&](Cast& cast) { exchanges = cast.world().recorder().exchange_count(); });
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  EXPECT_LT(exchanges, 5 * 60 * 4 + 60 * 36 * 3);
}

TEST(Fleet, errors_have_their_place) {
  EXPECT_EQ(error_of_world("fleet: {generate: 0}"), "a fleet has 1 to 1000000 computers");
  EXPECT_THAT(error_of_world("fleet: {generate: 1, prefix: 1st}"), HasSubstr("'1st0001' is no name"));
  EXPECT_THAT(error_of_world("fleet: {generate: 1, os: linux}"), HasSubstr("'linux' is none of: windows, macos, mixed"));
  EXPECT_EQ(error_of_world("fleet: {generate: 1}, devices: [{name: device0001}]"), "the device 'device0001' is there already");
}

std::vector<std::int64_t> members(std::string_view group, CountRange range, std::int64_t people, std::uint64_t seed = 1) {
  GroupsSpec spec;
  spec.generate = 50;
  spec.members = range;
  return members_of(spec, group, people, base::Rng(seed));
}

TEST(Groups, have_members_drawn_from_the_seed) {
  std::set<std::size_t> sizes;
  std::set<std::int64_t> everybody;
  for (int number = 1; number <= 200; ++number) {
    const auto drawn = members(fmt::format("group{:04}", number), {2, 5}, 30);
    sizes.insert(drawn.size());
    everybody.insert(drawn.begin(), drawn.end());
    EXPECT_EQ(std::set<std::int64_t>(drawn.begin(), drawn.end()).size(), drawn.size()) << "nobody is a member twice";
  }
  EXPECT_THAT(sizes, ::testing::ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(everybody, SizeIs(30));
  EXPECT_EQ(*everybody.begin(), 1);
  EXPECT_EQ(*everybody.rbegin(), 30);
  EXPECT_EQ(members("group0001", {5, 5}, 30), members("group0001", {5, 5}, 30));
  EXPECT_NE(members("group0001", {5, 5}, 30), members("group0001", {5, 5}, 30, 2));
}

TEST(Groups, have_no_more_members_than_there_are_people) {
  EXPECT_THAT(members("group0001", {7, 9}, 3), ::testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(members("group0001", {0, 0}, 3), SizeIs(0));
}

// The directory takes people from Entra, no groups.
TEST(Groups, that_are_assigned_bring_their_members) {
  const auto record = run_world("  users: {generate: 12, assigned: false}\n  groups: {generate: 4, members: 12}\n  entra: {provisioning: {groups: true}}\n",
                                "timeline:\n  - expect: {directory.user_count: {count: 12}}\n    within: 2h\n"
                                "  - expect: {entra.group_log: {group: group0004, status: failure, code: InsufficientRights}}\n    within: 2h\n"
                                "  - entra.remove_member: {group: group0002, user: user0003}\n",
                                1, [](Cast& cast) { EXPECT_THAT(cast.tenant_groups(), SizeIs(4)); });
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
}

TEST(Groups, errors_have_their_place) {
  EXPECT_EQ(error_of_world("users: {generate: 1}, groups: {generate: 0}"), "a tenant has 1 to 1000000 groups");
  EXPECT_EQ(error_of_world("groups: {generate: 1}"), "groups have members of world.users, who are in entra");
  EXPECT_EQ(error_of_world("users: {generate: 1, in: okta}, groups: {generate: 1}"), "groups have members of world.users, who are in entra");
  EXPECT_EQ(error_of_world("users: {generate: 1}, groups: {generate: 1, members: 4..2}"), "the range '4..2' ends before it begins");
  EXPECT_THAT(error_of_world("users: {generate: 1}, groups: {generate: 1, members: few}"), HasSubstr("a number such as 7 or a range of numbers such as 2..40 is expected here"));
  EXPECT_THAT(error_of_world("users: {generate: 1}, groups: {generate: 1, members: -1}"), HasSubstr("is expected here"));
}

TEST(Population, errors_have_their_place) {
  EXPECT_EQ(error_of("{generate: 0}"), "4:10: a population has 1 to 1000000 people");
  EXPECT_EQ(error_of("{generate: 1000001}"), "4:10: a population has 1 to 1000000 people");
  EXPECT_THAT(error_of("{generate: 1, prefix: 1st}"), HasSubstr("4:10: '1st0001' is no name"));
  EXPECT_THAT(error_of("{generate: 1, domain: 'a b'}"), HasSubstr("4:10: 'a b' is no domain"));
  EXPECT_THAT(error_of("{generate: 1, in: ldap}"), HasSubstr("4:28: 'ldap' is none of: entra, okta, directory"));
  EXPECT_THAT(error_of("{}"), HasSubstr("the key 'generate' is missing here"));
  EXPECT_EQ(error_of("{generate: 2}", "[{entra.enable_user: {user: user0002}}]"), "");
  EXPECT_THAT(error_of("{generate: 2}", "[{entra.enable_user: {user: user0003}}]"), HasSubstr("there is no person 'user0003' here; did you mean 'user000"));
  EXPECT_THAT(error_of("{generate: 2}", "[{entra.create_user: {user: user0002}}]"), HasSubstr("the person 'user0002' is there already"));
}

}  // namespace population_test
}  // namespace scenarios
