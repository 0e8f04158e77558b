// How often a reminder comes while a password's last weeks go by: the numbers are the rule's.
#include "fakes/devices/agent_reminders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace fakes::devices {
namespace agent_reminders_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const auto expires = *base::parse_rfc3339("2026-03-01T12:00:00Z");

/// When reminders come to somebody whose screen is there from the beginning to the end.
std::vector<base::Instant> reminders(base::Instant from, base::Instant until) {
  std::vector<base::Instant> shown;
  auto now = from;
  std::optional<base::Instant> last;
  while (const auto next = next_reminder(now, expires, last)) {
    if (*next >= until) break;
    last = now = *next;
    shown.push_back(now);
  }
  return shown;
}

TEST(Reminders, nothing_comes_before_the_last_two_weeks_V87) {
  EXPECT_EQ(next_reminder(expires - days{40}, expires, std::nullopt), expires - days{14});
  EXPECT_EQ(reminder_pause(days{14} + seconds{1}), std::nullopt);
}

TEST(Reminders, one_comes_every_24_hours_from_two_weeks_to_one_V87) {
  EXPECT_EQ(reminder_pause(days{14}), hours{24});
  EXPECT_EQ(reminder_pause(days{7} + seconds{1}), hours{24});
  const auto shown = reminders(expires - days{14}, expires - days{7});
  ASSERT_EQ(shown.size(), 7U);
  for (std::size_t i = 0; i < shown.size(); ++i) EXPECT_EQ(shown[i], expires - days{14} + i * hours{24});
}

TEST(Reminders, one_comes_every_12_hours_from_one_week_to_two_days_V87) {
  EXPECT_EQ(reminder_pause(days{7}), hours{12});
  EXPECT_EQ(reminder_pause(days{2} + seconds{1}), hours{12});
  EXPECT_EQ(reminders(expires - days{7}, expires - days{2}).size(), 10U);
}

TEST(Reminders, one_comes_every_4_hours_in_the_last_two_days_V87) {
  EXPECT_EQ(reminder_pause(days{2}), hours{4});
  EXPECT_EQ(reminder_pause(seconds{1}), hours{4});
  EXPECT_EQ(reminders(expires - days{2}, expires).size(), 12U);
}

TEST(Reminders, the_whole_way_is_the_sum_of_its_parts_V87) {
  EXPECT_EQ(reminders(expires - days{30}, expires).size(), 7U + 10U + 12U);
}

TEST(Reminders, nothing_comes_once_the_password_has_expired) {
  EXPECT_EQ(next_reminder(expires, expires, std::nullopt), std::nullopt);
  EXPECT_EQ(next_reminder(expires - minutes{1}, expires, expires - hours{2}), std::nullopt) << "the next would be too late";
  EXPECT_EQ(reminder_pause(seconds{0}), std::nullopt);
}

TEST(Reminders, who_was_away_for_long_sees_one_at_once_V87) {
  const auto now = expires - days{3};
  EXPECT_EQ(next_reminder(now, expires, expires - days{14}), now);
  EXPECT_EQ(next_reminder(now, expires, std::nullopt), now);
}

TEST(Reminders, a_shorter_pause_that_begins_meanwhile_counts_V87) {
  // Shown an hour before the last week: 24 hours are to go by, but from the week on 12 are enough.
  const auto last = expires - days{7} - hours{1};
  EXPECT_EQ(next_reminder(last, expires, last), last + hours{12});
}

}  // namespace agent_reminders_test
}  // namespace fakes::devices
