#include "bench/scale/scale_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/scale/scale_text.h"

namespace bench::scale {
namespace scale_test {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Each look at the clock is a second after the one before.
ScaleOptions small() {
  ScaleOptions options;
  options.users = 40;
  options.groups = 4;
  options.computers = 10;
  options.days = 2;
  options.steady = [at = base::Duration{0}]() mutable { return at += std::chrono::seconds{1}; };
  options.memory = [] { return std::uint64_t{80'000'000}; };
  return options;
}

std::vector<std::string> names_of(const ScaleResult& result) {
  std::vector<std::string> out;
  for (const auto& phase : result.phases) out.push_back(phase.name);
  return out;
}

TEST(Scale, goes_through_both_worlds) {
  const auto result = run_scale(small());
  EXPECT_THAT(result.problem, IsEmpty());
  ASSERT_THAT(names_of(result), ElementsAre("the tenant is made", "initial cycle", "3 incremental cycles", "mass suspension", "the tenant is made",
                                            "onboarding", "2 days of ordinary life"));
  EXPECT_EQ(result.phases[2].counts, "3 users changed");
  EXPECT_EQ(result.phases[3].counts, "4 users suspended");
  EXPECT_THAT(result.phases[5].counts, HasSubstr("40 people onboarded"));
  EXPECT_THAT(result.phases[6].counts, AllOf(HasSubstr("2 working days: 20 device sign-ins"), HasSubstr("72 Entra cycles")));
  for (const auto& phase : result.phases) EXPECT_EQ(phase.real, std::chrono::seconds{1}) << phase.name;
  EXPECT_EQ(result.phases[6].in_world, std::chrono::days{2});
  EXPECT_GT(result.phases[6].events, 0);
}

TEST(Scale, leaves_out_ordinary_life_where_none_is_asked_for) {
  auto options = small();
  options.days = 0;
  EXPECT_THAT(names_of(run_scale(options)), ElementsAre("the tenant is made", "initial cycle", "3 incremental cycles", "mass suspension"));
}

TEST(Scale, keeps_what_it_has_when_it_is_stopped) {
  auto options = small();
  bool stopped = false;
  options.progress = [&](std::string_view phase, base::Duration) { stopped = phase == "initial cycle"; };
  options.stop = [&] { return stopped; };
  const auto result = run_scale(options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_THAT(names_of(result), ElementsAre("the tenant is made"));
}

TEST(Scale, says_of_each_phase_what_a_user_costs) {
  ScaleResult result{.users = 10'000, .groups = 500, .computers = 2'000};
  result.phases.push_back({"initial cycle", std::chrono::milliseconds{1'500}, std::chrono::minutes{34}, 1'234'567, 160'000'000, "seen"});
  result.problem = "mass suspension: too many";
  const auto json = scale_json(result);
  const auto& phase = base::member(json, "phases")->get_array().at(0).get_object();
  EXPECT_DOUBLE_EQ(phase.at("real_seconds_per_user").to_number<double>(), 150e-6);
  EXPECT_DOUBLE_EQ(phase.at("memory_bytes_per_user").to_number<double>(), 16'000);
  EXPECT_THAT(scale_text(json), AllOf(HasSubstr("10,000 users, 500 groups, 2,000 computers"), HasSubstr("1.50 s"), HasSubstr("34m"), HasSubstr("150 µs"),
                                      HasSubstr("1,234,567"), HasSubstr("160 MB"), HasSubstr("16.0 kB"), HasSubstr("seen"),
                                      HasSubstr("went no further: mass suspension: too many")));
}

}  // namespace scale_test
}  // namespace bench::scale
