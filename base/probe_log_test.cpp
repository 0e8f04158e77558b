#include "base/probe_log.h"

#include <gtest/gtest.h>

namespace base {
namespace probe_log_test {

enum class Probe : std::uint8_t { seen, now_and_then, holds, never };

TEST(Probing, without_a_log_notes_nothing_and_answers_all_the_same) {
  const Probing<Probe> nobody_looks;
  nobody_looks.reached(Probe::seen);
  nobody_looks.unreachable(Probe::never);
  EXPECT_TRUE(nobody_looks.sometimes(Probe::now_and_then, true));
  EXPECT_FALSE(nobody_looks.always(Probe::holds, false));
}

TEST(Probing, notes_what_was_come_to) {
  ProbeLog<Probe> log;
  const Probing<Probe> probing(&log);
  EXPECT_FALSE(probing.sometimes(Probe::now_and_then, false));
  EXPECT_FALSE(log.was_hit(Probe::now_and_then));
  EXPECT_TRUE(probing.sometimes(Probe::now_and_then, true));
  EXPECT_FALSE(probing.sometimes(Probe::now_and_then, false));
  EXPECT_TRUE(log.was_hit(Probe::now_and_then));
  EXPECT_FALSE(log.was_hit(Probe::seen));
  probing.reached(Probe::seen);
  EXPECT_TRUE(log.was_hit(Probe::seen));
  EXPECT_FALSE(log.was_broken(Probe::seen));
}

TEST(Probing, notes_what_does_not_hold) {
  ProbeLog<Probe> log;
  const Probing<Probe> probing(&log);
  EXPECT_TRUE(probing.always(Probe::holds, true));
  EXPECT_TRUE(log.was_hit(Probe::holds));
  EXPECT_FALSE(log.was_broken(Probe::holds));
  EXPECT_FALSE(probing.always(Probe::holds, false));
  EXPECT_TRUE(log.was_broken(Probe::holds));
  EXPECT_FALSE(log.was_broken(Probe::never));
  probing.unreachable(Probe::never);
  EXPECT_TRUE(log.was_broken(Probe::never));
  EXPECT_EQ(log.broken_since(Probe::never), Instant::max());
}

TEST(Probing, knows_when_it_first_did_not_hold) {
  ProbeLog<Probe> log;
  Instant now{std::chrono::seconds{7}};
  log.tell_time([&now] { return now; });
  const Probing<Probe> probing(&log);
  probing.always(Probe::holds, true);
  now += std::chrono::seconds{1};
  probing.always(Probe::holds, false);
  now += std::chrono::seconds{1};
  probing.always(Probe::holds, false);
  EXPECT_EQ(log.broken_since(Probe::holds), Instant{std::chrono::seconds{8}});
}

TEST(ProbeTable, is_in_the_order_of_its_enumeration) {
  using Row = ProbeRow<Probe>;
  constexpr Row first{Probe::seen, "seen", ProbeKind::reachable, ProbeReach::common, "a.cpp", "somebody is there"};
  constexpr Row second{Probe::now_and_then, "now_and_then", ProbeKind::sometimes, ProbeReach::rare, "a.cpp", "it is so"};
  static_assert(is_probe_table(std::array{first, second}));
  static_assert(!is_probe_table(std::array{second, first}));
}

}  // namespace probe_log_test
}  // namespace base
