#include "bench/load/verdict.h"

#include <gmock/gmock.h>

namespace bench::load {
namespace verdict_test {

using ::testing::HasSubstr;
using Kind = LoadVerdict::Kind;

LoadResult result(std::uint64_t right, double throughput, std::optional<double> rate = std::nullopt) {
  LoadResult out;
  out.plan.rate = rate;
  out.throughput = throughput;
  out.figures[0].right = right;
  out.figures[0].latency.record(std::chrono::milliseconds{3}, right);
  return out;
}

// [Entra provisioning-clients 2.1-14]
TEST(Verdict, is_by_what_entra_asks_for) {
  EXPECT_EQ(verdict_of(result(1000, 180)).kind, Kind::pass);
  EXPECT_THAT(verdict_of(result(1000, 180)).why, HasSubstr("180.0"));
  EXPECT_EQ(verdict_of(result(1000, 25.01, 25)).kind, Kind::pass);
  EXPECT_EQ(verdict_of(result(1000, 24.6, 25)).kind, Kind::pass);
  EXPECT_EQ(verdict_of(result(1000, 24.4, 25)).kind, Kind::fail);
}

TEST(Verdict, is_none_of_a_lower_rate_or_of_little) {
  EXPECT_EQ(verdict_of(result(1000, 10, 10)).kind, Kind::not_judged);
  EXPECT_EQ(verdict_of(result(24, 180)).kind, Kind::not_judged);
  EXPECT_EQ(verdict_of(LoadResult{}).kind, Kind::not_judged);
  auto interrupted = result(1000, 180);
  interrupted.interrupted = true;
  EXPECT_EQ(verdict_of(interrupted).kind, Kind::not_judged);
}

TEST(Verdict, few_errors_are_forgiven_and_many_are_not) {
  auto one_in_a_hundred = result(990, 180);
  one_in_a_hundred.figures[1].errors[static_cast<std::size_t>(Trouble::status)] = 10;
  EXPECT_EQ(verdict_of(one_in_a_hundred).kind, Kind::pass);
  ++one_in_a_hundred.figures[1].errors[static_cast<std::size_t>(Trouble::wrong)];
  EXPECT_EQ(verdict_of(one_in_a_hundred).kind, Kind::fail);
  EXPECT_THAT(verdict_of(one_in_a_hundred).why, HasSubstr("11 of 1001 requests failed"));
}

TEST(Verdict, fails_who_answers_wrongly_and_does_not_judge_who_does_not_answer) {
  LoadResult broken;
  broken.figures[0].errors[static_cast<std::size_t>(Trouble::status)] = 100;
  broken.figures[0].latency.record(std::chrono::milliseconds{3}, 100);
  EXPECT_EQ(verdict_of(broken).kind, Kind::fail);
  broken.refused = 100;
  EXPECT_EQ(verdict_of(broken).kind, Kind::not_judged);

  LoadResult silent;
  silent.figures[0].errors[static_cast<std::size_t>(Trouble::timed_out)] = 60;
  silent.figures[0].errors[static_cast<std::size_t>(Trouble::connection)] = 40;
  silent.figures[0].latency.record(std::chrono::seconds{30}, 60);
  EXPECT_EQ(verdict_of(silent).kind, Kind::not_judged);
}

}  // namespace verdict_test
}  // namespace bench::load
