#include "bench/load/workload.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace bench::load {
namespace workload_test {

using ::testing::ElementsAre;

constexpr std::array profiles{Profile::entra_initial, Profile::entra_incremental, Profile::okta_import, Profile::mixed,
                              Profile::look_ups,      Profile::creates,           Profile::patches};

std::vector<Visit> all_visits(const Workload& workload) {
  std::vector<Visit> out;
  for (std::size_t stage = 0; stage < workload.stages().size(); ++stage) {
    for (std::size_t i = 0; i < workload.stages()[stage].visits; ++i) out.push_back(workload.visit(stage, i));
  }
  return out;
}

std::vector<Operation> operations_of(const Visit& visit) {
  std::vector<Operation> out;
  for (const auto& step : visit) out.push_back(step.operation);
  return out;
}

TEST(Workload, is_the_same_for_the_same_seed) {
  for (const auto profile : profiles) {
    EXPECT_EQ(all_visits(Workload(profile, 200, 7)), all_visits(Workload(profile, 200, 7))) << to_text(profile);
  }
  EXPECT_NE(all_visits(Workload(Profile::mixed, 200, 7)), all_visits(Workload(Profile::mixed, 200, 8)));
  EXPECT_NE(all_visits(Workload(Profile::entra_incremental, 200, 7)), all_visits(Workload(Profile::entra_incremental, 200, 8)));
}

TEST(Workload, visits_do_not_depend_on_the_order_in_which_they_are_asked_for) {
  const Workload workload(Profile::mixed, 50, 3);
  const auto later = workload.visit(1, 40);
  (void)workload.visit(1, 2);
  EXPECT_EQ(workload.visit(1, 40), later);
}

TEST(Workload, profiles_have_names) {
  for (const auto profile : profiles) EXPECT_EQ(profile_named(to_text(profile)), profile);
  EXPECT_EQ(profile_names().size(), profiles.size());
  EXPECT_EQ(profile_named("okta"), std::nullopt);
}

// [Entra provisioning-clients 2.3-08] [Entra provisioning-clients 2.10-01]
TEST(Workload, an_initial_cycle_creates_everybody_and_then_fills_groups) {
  const Workload workload(Profile::entra_initial, 45, 1);
  ASSERT_EQ(workload.stages().size(), 2U);
  EXPECT_EQ(workload.groups(), 3U);
  std::set<std::size_t> created;
  for (std::size_t i = 0; i < 45; ++i) {
    const auto visit = workload.visit(0, i);
    EXPECT_THAT(operations_of(visit), ElementsAre(Operation::look_up_user, Operation::create_user));
    EXPECT_EQ(visit[0].expected, 0U);
    created.insert(visit[1].user);
  }
  EXPECT_EQ(created.size(), 45U);
  std::set<std::size_t> members;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto visit = workload.visit(1, i);
    EXPECT_EQ(visit[0].operation, Operation::look_up_group);
    EXPECT_EQ(visit[1].operation, Operation::create_group);
    for (std::size_t step = 2; step < visit.size(); ++step) {
      EXPECT_EQ(visit[step].operation, Operation::add_member);
      EXPECT_EQ(visit[step].group, i);
      members.insert(visit[step].user);
    }
  }
  EXPECT_EQ(members, created);
}

// [Entra provisioning-clients 2.4-11] [Entra provisioning-clients 2.3-10]
TEST(Workload, an_incremental_cycle_reads_everybody_and_changes_few) {
  const Workload workload(Profile::entra_incremental, 500, 1);
  EXPECT_FALSE(workload.stages()[0].measured);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    const auto visit = workload.visit(1, i);
    EXPECT_EQ(visit[0].operation, Operation::read_user);
    EXPECT_EQ(visit[0].user, i);
    if (visit.size() == 1) continue;
    ++changed;
    EXPECT_EQ(visit[1].operation, Operation::update_user);
    EXPECT_EQ(visit[1].user, i);
    EXPECT_NE(visit[1].department.empty(), !visit[1].active.has_value());
  }
  EXPECT_GT(changed, 60U);
  EXPECT_LT(changed, 150U);
}

// [Okta provisioning-clients 4.4-01]
TEST(Workload, okta_looks_up_creates_reads_replaces_and_reads_pages) {
  const Workload workload(Profile::okta_import, 3, 1);
  EXPECT_THAT(operations_of(workload.visit(0, 2)), ElementsAre(Operation::look_up_user, Operation::create_user));
  EXPECT_THAT(operations_of(workload.visit(1, 2)), ElementsAre(Operation::read_user, Operation::replace_user));
  EXPECT_THAT(operations_of(workload.visit(2, 0)), ElementsAre(Operation::list_users));
  for (std::size_t stage = 0; stage < 3; ++stage) {
    for (const auto& step : workload.visit(stage, 0)) EXPECT_EQ(step.dialect, Dialect::okta);
  }
}

TEST(Workload, mixed_visits_come_by_their_weights) {
  unsigned sum = 0;
  for (const auto& weight : mixed_weights()) sum += weight.percent;
  EXPECT_EQ(sum, 100U);
  const Workload workload(Profile::mixed, 10, 1);
  std::map<std::pair<Dialect, Operation>, int> first;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const auto visit = workload.visit(1, i);
    ++first[{visit[0].dialect, visit[0].operation}];
  }
  EXPECT_NEAR((first[{Dialect::entra, Operation::look_up_user}]), 3'500, 200);
  EXPECT_NEAR((first[{Dialect::entra, Operation::read_user}]), 4'000, 200);
  EXPECT_NEAR((first[{Dialect::okta, Operation::look_up_user}]), 1'000, 150);
  EXPECT_NEAR((first[{Dialect::okta, Operation::read_user}]), 1'000, 150);
  EXPECT_NEAR((first[{Dialect::okta, Operation::list_users}]), 500, 100);
}

TEST(Workload, look_ups_are_of_users_who_are_there) {
  const Workload workload(Profile::look_ups, 20, 1);
  EXPECT_FALSE(workload.stages()[0].measured);
  for (std::size_t i = 0; i < 100; ++i) {
    const auto visit = workload.visit(1, i);
    EXPECT_THAT(operations_of(visit), ElementsAre(Operation::look_up_user));
    EXPECT_LT(visit[0].user, 20U);
    EXPECT_EQ(visit[0].expected, 1U);
  }
}

TEST(Workload, creates_go_on_behind_those_who_are_there) {
  const Workload workload(Profile::creates, 20, 1);
  EXPECT_THAT(operations_of(workload.visit(1, 0)), ElementsAre(Operation::create_user));
  EXPECT_EQ(workload.visit(1, 0)[0].user, 20U);
  EXPECT_EQ(workload.visit(1, 70)[0].user, 90U);
}

TEST(Workload, patches_each_change_something) {
  const Workload workload(Profile::patches, 20, 1);
  std::set<std::string> departments;
  for (std::size_t i = 0; i < 100; ++i) {
    const auto visit = workload.visit(1, i);
    EXPECT_THAT(operations_of(visit), ElementsAre(Operation::update_user));
    EXPECT_LT(visit[0].user, 20U);
    departments.insert(visit[0].department);
  }
  EXPECT_EQ(departments.size(), 100U);
}

}  // namespace workload_test
}  // namespace bench::load
