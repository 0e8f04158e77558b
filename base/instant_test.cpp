// RFC 3339 in both directions. Dates are checked against a calendar that counts day by day through all the
// years that can be read, not against the functions of <chrono> that the code under test uses.
#include "base/instant.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

namespace base {
namespace instant_test {

using ::testing::HasSubstr;

constexpr std::int64_t day_in_ns = 86'400'000'000'000;

Instant instant_at(std::int64_t nanoseconds) {
  return Instant{Duration{nanoseconds}};
}

/// Nanoseconds since the epoch; -1 where the text is refused.
std::int64_t nanoseconds_at(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  EXPECT_TRUE(instant.has_value()) << text << ": " << instant.error().message;
  return instant ? instant->time_since_epoch().count() : -1;
}

std::string date_time_refusal(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  return instant ? "accepted as " + to_rfc3339(*instant) : instant.error().message;
}

TEST(Instant, prints_utc_with_milliseconds) {
  EXPECT_EQ(to_rfc3339(Instant{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(Instant{std::chrono::seconds{1'767'600'000}}), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(to_rfc3339(Instant{std::chrono::milliseconds{951'782'400'001}}), "2000-02-29T00:00:00.001Z");
}

TEST(Instant, prints_rounded_down) {
  EXPECT_EQ(to_rfc3339(instant_at(999'999)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(instant_at(1'000'000)), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(to_rfc3339(instant_at(day_in_ns - 1)), "1970-01-01T23:59:59.999Z");
}

TEST(Instant, prints_what_lies_before_the_epoch) {
  EXPECT_EQ(to_rfc3339(instant_at(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(instant_at(-day_in_ns)), "1969-12-31T00:00:00.000Z");
}

TEST(Instant, prints_the_last_one) {
  EXPECT_EQ(to_rfc3339(Instant::max()), "2262-04-11T23:47:16.854Z");
}

TEST(Instant, reads_a_date_time) {
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(nanoseconds_at("2026-01-05T08:00:00Z"), 1'767'600'000'000'000'000);
  EXPECT_EQ(nanoseconds_at("2026-01-05T08:00:00.000Z"), 1'767'600'000'000'000'000);
}

TEST(Instant, reads_lower_case_separators) {
  EXPECT_EQ(nanoseconds_at("1970-01-02t00:00:00z"), day_in_ns);
}

TEST(Instant, reads_one_to_nine_fractional_digits) {
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.1Z"), 100'000'000);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.12Z"), 120'000'000);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.003Z"), 3'000'000);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.1234567Z"), 123'456'700);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.123456789Z"), 123'456'789);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.000000001Z"), 1);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00.123456789+00:00"), 123'456'789);
}

TEST(Instant, refuses_a_fraction_of_no_or_ten_digits) {
  for (const auto* text : {"1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567890Z",
                           "1970-01-01T00:00:00,5Z", "1970-01-01T00:00:00.5.5Z", "1970-01-01T00:00:00.-1Z"}) {
    EXPECT_THAT(date_time_refusal(text), HasSubstr("is not a date-time")) << text;
  }
}

TEST(Instant, subtracts_the_offset) {
  EXPECT_EQ(nanoseconds_at("1970-01-01T01:00:00+01:00"), 0);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00-01:30"), 90LL * 60 * 1'000'000'000);
  EXPECT_EQ(nanoseconds_at("1970-01-01T23:59:00+23:59"), 0);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:01:00-23:59"), day_in_ns);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00+00:00"), 0);
  EXPECT_EQ(nanoseconds_at("1970-01-01T00:00:00-00:00"), 0);  // [RFC3339 4.3]
  EXPECT_EQ(nanoseconds_at("2024-02-29T23:30:00-01:00"), nanoseconds_at("2024-03-01T00:30:00Z"));
}

TEST(Instant, refuses_malformed_offsets) {
  for (const auto* offset : {"", "+24:00", "+00:60", "+0100", "+01", "+1:00", "+01:0", "+01:00:00", "+01:00Z",
                             "Z+01:00", "01:00", "+-1:00", "ZZ", " Z", "Z ",
                             "\xE2\x88\x92"
                             "01:00"}) {
    const auto text = fmt::format("2026-01-05T08:00:00{}", offset);
    EXPECT_THAT(date_time_refusal(text), HasSubstr("is not a date-time")) << text;
  }
}

TEST(Instant, refuses_dates_that_do_not_exist) {
  for (const auto* date : {"2026-02-30", "2026-02-29", "2026-04-31", "2026-06-31", "2026-01-32", "2026-01-00",
                           "2026-00-10", "2026-13-01", "2100-02-29", "2026-99-99"}) {
    const auto text = fmt::format("{}T08:00:00Z", date);
    EXPECT_THAT(date_time_refusal(text), HasSubstr("is not a date-time")) << text;
  }
}

TEST(Instant, reads_leap_days_by_the_gregorian_rule) {
  EXPECT_EQ(nanoseconds_at("1972-02-29T00:00:00Z"), (2 * 365 + 59) * day_in_ns);
  EXPECT_EQ(nanoseconds_at("2000-03-01T00:00:00Z") - nanoseconds_at("2000-02-29T00:00:00Z"), day_in_ns);
  EXPECT_EQ(nanoseconds_at("2024-03-01T00:00:00Z") - nanoseconds_at("2024-02-28T00:00:00Z"), 2 * day_in_ns);
  EXPECT_EQ(nanoseconds_at("2100-03-01T00:00:00Z") - nanoseconds_at("2100-02-28T00:00:00Z"), day_in_ns);
}

TEST(Instant, refuses_times_that_do_not_exist) {
  // :60 too: the time scale has no leap seconds.
  for (const auto* time :
       {"24:00:00", "23:60:00", "23:59:60", "99:00:00", "08:00", "8:00:00", "08:00:0", "-8:00:00"}) {
    const auto text = fmt::format("2026-01-05T{}Z", time);
    EXPECT_THAT(date_time_refusal(text), HasSubstr("is not a date-time")) << text;
  }
}

TEST(Instant, keeps_the_years_1970_to_2199) {
  EXPECT_EQ(nanoseconds_at("2199-12-31T23:59:59.999999999Z") + 1, 84'006 * day_in_ns);
  EXPECT_THAT(date_time_refusal("1969-12-31T23:59:59Z"), HasSubstr("is outside 1970 to 2199"));
  EXPECT_THAT(date_time_refusal("2200-01-01T00:00:00Z"), HasSubstr("is outside 1970 to 2199"));
  EXPECT_THAT(date_time_refusal("0000-01-01T00:00:00Z"), HasSubstr("is outside 1970 to 2199"));
  EXPECT_THAT(date_time_refusal("9999-12-31T23:59:59Z"), HasSubstr("is outside 1970 to 2199"));
}

TEST(Instant, refuses_other_texts) {
  for (const auto* text : {"", "now", "2026-01-05", "2026-01-05 08:00:00Z", "2026/01/05T08:00:00Z",
                           "20260105T080000Z", "26-01-05T08:00:00Z", "+2026-01-05T08:00:00Z",
                           " 2026-01-05T08:00:00Z", "2026-1-5T08:00:00Z", "2026-01-05T08:00:00Zulu"}) {
    EXPECT_THAT(date_time_refusal(text), HasSubstr("is not a date-time")) << text;
  }
}

TEST(Instant, refuses_every_prefix_of_a_date_time) {
  const std::string_view whole = "2026-01-05T08:00:00.123+01:00";
  EXPECT_TRUE(parse_rfc3339(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_rfc3339(whole.substr(0, size)).has_value()) << whole.substr(0, size);
  }
}

TEST(Instant, quotes_the_text_it_refuses_up_to_64_characters) {
  EXPECT_EQ(date_time_refusal("soon"), "'soon' is not a date-time such as 2026-01-05T08:00:00Z");
  EXPECT_LT(date_time_refusal(std::string(1'000, 'x')).size(), 128U);
}

TEST(Instant, agrees_with_a_calendar_that_counts_every_day) {
  std::int64_t day_number = 0;
  for (int year = 1970; year <= 2199; ++year) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const std::array lengths{31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= lengths[static_cast<std::size_t>(month - 1)]; ++day, ++day_number) {
        const auto text = fmt::format("{:04}-{:02}-{:02}T12:34:56.789Z", year, month, day);
        const auto expected = day_number * day_in_ns + 45'296'789'000'000;
        ASSERT_EQ(nanoseconds_at(text), expected);
        ASSERT_EQ(to_rfc3339(instant_at(expected)), text);
      }
    }
  }
}

RC_GTEST_PROP(Instant, survives_print_and_parse_down_to_the_millisecond, ()) {
  const auto nanoseconds = *rc::gen::inRange<std::int64_t>(0, 84'006 * day_in_ns);
  const auto again = parse_rfc3339(to_rfc3339(instant_at(nanoseconds)));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->time_since_epoch().count() == nanoseconds / 1'000'000 * 1'000'000);
}

}  // namespace instant_test
}  // namespace base
