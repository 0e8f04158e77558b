// People of a population who are onboarded and go about their days: a short form of what scenarios/large has at length.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/sanitized.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/twice.h"
#include "scenarios/leak_search.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace daily_life_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// From Thursday, 1 January 2026: a Friday, a weekend and a Monday follow.
Scenario scenario_of(std::string_view world, std::string_view timeline) {
  auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld:\n  start: 2026-01-01T00:00:00Z\n{}timeline:\n{}", world, timeline));
  EXPECT_TRUE(scenario) << scenario.error().message;
  return scenario.value_or(Scenario{});
}

RunRecord run(const Scenario& scenario, std::uint64_t seed = 1, const std::function<void(Cast&)>& inspect = {}) {
  RunOptions options;
  options.cast.seed = seed;
  options.inspect = inspect;
  return run_scenario(scenario, options);
}

std::string story_of(const RunRecord& record) {
  auto story = record.problem;
  for (const auto& step : record.steps) story += fmt::format("\n  {}: {}", step.what, step.outcome);
  for (const auto& judgement : record.judgements) story += fmt::format("\n  {}: found {}", judgement.what, judgement.found);
  return story;
}

constexpr std::string_view fifty_people = "  users: {generate: 50}\n  fleet: {generate: 54, os: mixed}\n";

Scenario three_days() {
  return scenario_of(fifty_people,
                     "  - entra.register_app: {app: Directory sign-in}\n"
                     "  - admin.add_identity_provider: {app: Directory sign-in}\n"
                     "  - population.onboard: {federated: 10}\n"
                     "  - expect: {population.life: {onboarded: 50, working_days: 0, failed: 0}}\n"
                     "  - at: 1d\n"
                     "    population.live: {for: 4d, sign_ins: 50, attribute_changes: 5, joiners: 2, leavers: 1, password_changes: 6, federated_logins: 8}\n"
                     "  - expect: {population.life: {onboarded: 54, working_days: 2, sign_ins: 100, attribute_changes: 10, joiners: 4, leavers: 2,\n"
                     "                               password_changes: 12, federated_logins: 16, entra_cycles: 144, failed: 0}}\n"
                     "  - expect: {directory.user_count: {count: 54}}\n");
}

TEST(DailyLife, goes_by_as_it_was_asked_for) {
  for (std::uint64_t seed = 1; seed <= (base::sanitized ? 1U : 4U); ++seed) {
    const auto record = run(three_days(), seed);
    ASSERT_EQ(record.verdict, Verdict::conforms) << "seed " << seed << story_of(record);
    EXPECT_EQ(record.steps.at(2).counts, "50 people onboarded, 10 of them sign in to the portal at the identity provider");
    EXPECT_EQ(record.steps.at(3).counts,
              "2 working days: 100 device sign-ins, 10 attribute changes, 4 joiners, 2 leavers, 12 password changes, 16 federated logins, 144 Entra cycles");
  }
}

TEST(DailyLife, repeats_itself) {
  RunOptions options;
  options.cast.seed = 3;
  const auto twice = run_twice(three_days(), options);
  EXPECT_FALSE(twice.divergence) << twice.divergence->text;
  EXPECT_NE(run(three_days(), 1).fingerprint, run(three_days(), 2).fingerprint);
}

TEST(DailyLife, holds_in_any_order_of_what_happens_at_one_instant) {
  RunOptions options;
  options.cast.shuffle_ties = true;
  const auto record = run_scenario(three_days(), options);
  EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
}

TEST(DailyLife, leaves_no_secret_behind) {
  std::set<std::string, std::less<>> secrets;
  std::vector<NamedText> texts;
  const auto record = run(three_days(), 1, [&](Cast& cast) {
    secrets = cast.world().recorder().secrets();
    texts = texts_of(cast.world());
  });
  for (auto& text : texts_of(record)) texts.push_back(std::move(text));
  EXPECT_THAT(find_leaks(secrets, texts), IsEmpty());
}

TEST(DailyLife, passwords_that_were_changed_open_the_devices) {
  int changed = 0;
  const auto record = run(three_days(), 1, [&](Cast& cast) {
    for (const auto& who : cast.daily_life().employees) {
      if (who.left || who.device.empty()) continue;
      changed += who.password > 1 ? 1 : 0;
      EXPECT_TRUE(cast.device(DeviceRef(who.device)).device->opens(who.name, cast.secrets().value(SecretName(fmt::format("{}.{}", who.name, who.password))))) << who.name;
    }
  });
  EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
  EXPECT_GT(changed, 5);
}

// Of Saturday and Sunday, in hours of their own; those who leave take no part any more.
TEST(DailyLife, has_the_days_and_hours_that_it_is_given) {
  const auto scenario = scenario_of(fifty_people,
                                    "  - population.onboard: {}\n"
                                    "  - at: 1d\n"
                                    "    population.live: {for: 4d, leavers: 3, hours: 9h..9h30m, days: [saturday, sunday]}\n"
                                    "  - expect: {population.life: {working_days: 2, leavers: 6, sign_ins: 0, failed: 0}}\n");
  std::int64_t left = 0;
  const auto record = run(scenario, 1, [&](Cast& cast) {
    for (const auto& who : cast.daily_life().employees) left += who.left ? 1 : 0;
  });
  EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
  EXPECT_EQ(left, 6);
}

TEST(DailyLife, counts_a_day_whose_hours_are_all_there) {
  const auto scenario = scenario_of("  users: {generate: 3}\n  fleet: {generate: 3}\n",
                                    "  - population.onboard: {}\n"
                                    "  - at: 1d9h\n"
                                    "    population.live: {for: 3d8h, sign_ins: 1}\n"
                                    "  - population.live: {for: 1h, sign_ins: 1, hours: 17h..18h}\n"
                                    "  - expect: {population.life: {working_days: 1, sign_ins: 1}}\n");
  EXPECT_EQ(run(scenario).verdict, Verdict::conforms) << story_of(run(scenario));
}

TEST(DailyLife, says_what_failed_and_fails_with_it) {
  const auto scenario = scenario_of("  users: {generate: 3}\n  fleet: {generate: 3}\n",
                                    "  - population.onboard: {}\n"
                                    "  - admin.suspend_user: {user: user0001}\n"
                                    "  - admin.suspend_user: {user: user0002}\n"
                                    "  - admin.suspend_user: {user: user0003}\n"
                                    "  - at: 1d\n"
                                    "    population.live: {for: 1d, sign_ins: 4, federated_logins: 1}\n"
                                    "  - at: 2d\n"
                                    "    population.live: {for: 1d, sign_ins: 4, days: [saturday]}\n"
                                    "    outcome: refused\n"
                                    "  - expect: {population.life: {working_days: 2, sign_ins: 0, federated_logins: 0, failed: 9}}\n");
  const auto record = run(scenario);
  EXPECT_EQ(record.verdict, Verdict::violates);
  const auto& step = record.steps.at(4);
  EXPECT_THAT(step.outcome, AllOf(HasSubstr("refused: 4 device sign-ins failed, the first of user000"), HasSubstr("1 federated logins failed, the first of nobody at 2026-01-02T"),
                                  HasSubstr("nobody can do that now; 1 working days: 0 device sign-ins, 0 federated logins, 36 Entra cycles")));
  EXPECT_EQ(record.steps.at(5).verdict, Verdict::conforms);
  EXPECT_EQ(record.judgements.at(0).verdict, Verdict::conforms) << story_of(record);
}

TEST(DailyLife, goes_on_though_messages_are_lost) {
  const auto scenario = scenario_of("  users: {generate: 20}\n  fleet: {generate: 20, poll: 10m}\n  network: {loss: 1/50}\n",
                                    "  - population.onboard: {}\n"
                                    "  - at: 1d\n"
                                    "    population.live: {for: 1d, sign_ins: 20, attribute_changes: 5, password_changes: 5}\n"
                                    "  - expect: {population.life: {onboarded: 20, sign_ins: 20, attribute_changes: 5, password_changes: 5}}\n");
  const auto record = run(scenario);
  EXPECT_EQ(record.verdict, Verdict::conforms) << story_of(record);
}

std::string outcome_of(std::string_view world, std::string_view step) {
  const auto record = run(scenario_of(world, fmt::format("  - {}\n", step)));
  return record.steps.empty() ? record.problem : record.steps.back().outcome;
}

TEST(DailyLife, needs_people_who_were_onboarded) {
  EXPECT_EQ(outcome_of("", "population.onboard: {}"), "refused: there are no people of world.users in Entra");
  EXPECT_EQ(outcome_of("  users: {generate: 3, in: okta}\n", "population.onboard: {}"), "refused: there are no people of world.users in Entra");
  EXPECT_EQ(outcome_of("  users: {generate: 3}\n", "population.live: {for: 1d}"), "refused: nobody has been onboarded; population.onboard does it");
  EXPECT_EQ(outcome_of("  users: {generate: 3}\n", "population.live: {for: 1d, days: [funday]}"),
            "refused: 'funday' is none of: sunday, monday, tuesday, wednesday, thursday, friday, saturday");
  EXPECT_EQ(outcome_of("  users: {generate: 3}\n", "population.live: {for: 1d, hours: 8h..25h}"), "refused: a day has 24 hours");
  EXPECT_THAT(outcome_of("  users: {generate: 3, assigned: false}\n", "population.onboard: {}"), HasSubstr("refused: 3 of 3 people were not onboarded, the first of them user000"));
}

}  // namespace daily_life_test
}  // namespace scenarios
