// Durations in both directions. The expected numbers are written out in nanoseconds, not computed with the
// constants of the parser.
#include "base/duration_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace base {
namespace duration_text_test {

using ::testing::HasSubstr;

constexpr std::int64_t second_in_ns = 1'000'000'000;

/// -1 where the text is refused.
std::int64_t nanoseconds_in(std::string_view text) {
  const auto duration = parse_duration(text);
  EXPECT_TRUE(duration.has_value()) << text << ": " << duration.error().message;
  return duration ? duration->count() : -1;
}

/// The message of the refusal, or "accepted".
std::string duration_refusal(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? fmt::format("accepted as {}", to_text(*duration)) : duration.error().message;
}

std::string canonical(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? to_text(*duration) : "refused: " + duration.error().message;
}

TEST(Duration, reads_every_unit) {
  EXPECT_EQ(nanoseconds_in("1w"), 604'800 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1d"), 86'400 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1h"), 3'600 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1m"), 60 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1s"), second_in_ns);
  EXPECT_EQ(nanoseconds_in("1ms"), 1'000'000);
  EXPECT_EQ(nanoseconds_in("1us"), 1'000);
  EXPECT_EQ(nanoseconds_in("1ns"), 1);
}

TEST(Duration, sums_its_parts) {
  EXPECT_EQ(nanoseconds_in("1h30m"), 5'400 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1d1ns"), 86'400 * second_in_ns + 1);
  EXPECT_EQ(nanoseconds_in("1w2d3h4m5s6ms7us8ns"),
            (604'800 + 172'800 + 10'800 + 240 + 5) * second_in_ns + 6'007'008);
}

TEST(Duration, a_part_may_exceed_the_next_larger_unit) {
  EXPECT_EQ(nanoseconds_in("90m"), 5'400 * second_in_ns);
  EXPECT_EQ(nanoseconds_in("1h600m"), 39'600 * second_in_ns);
}

TEST(Duration, tells_m_from_ms) {
  EXPECT_EQ(nanoseconds_in("5m5ms"), 300 * second_in_ns + 5'000'000);
  EXPECT_EQ(nanoseconds_in("250ms"), 250'000'000);
}

TEST(Duration, zero_is_a_duration_in_any_unit) {
  for (const auto* text : {"0s", "0w", "0ns", "0d0h0m", "000ms"}) EXPECT_EQ(nanoseconds_in(text), 0) << text;
}

TEST(Duration, prints_the_canonical_form) {
  EXPECT_EQ(canonical("40m"), "40m");
  EXPECT_EQ(canonical("1h30m"), "1h30m");
  EXPECT_EQ(canonical("90s"), "1m30s");
  EXPECT_EQ(canonical("60m"), "1h");
  EXPECT_EQ(canonical("24h"), "1d");
  EXPECT_EQ(canonical("1000ns"), "1us");
  EXPECT_EQ(canonical("1500ms"), "1s500ms");
  EXPECT_EQ(canonical("007m"), "7m");
}

TEST(Duration, prints_weeks_as_days) {
  EXPECT_EQ(canonical("2w"), "14d");
  EXPECT_EQ(canonical("1w1d"), "8d");
}

TEST(Duration, prints_zero_with_a_unit) {
  EXPECT_EQ(to_text(Duration::zero()), "0s");
  EXPECT_EQ(canonical("0w"), "0s");
}

TEST(Duration, prints_a_negative_value_that_no_script_can_contain) {
  EXPECT_EQ(to_text(Duration{-1}), "-1ns");
  EXPECT_EQ(to_text(-std::chrono::seconds{90}), "-1m30s");
}

TEST(Duration, refuses_a_sign) {
  EXPECT_EQ(duration_refusal("-40m"), "the duration '-40m' is negative");
  EXPECT_THAT(duration_refusal("-0s"), HasSubstr("is negative"));
  EXPECT_THAT(duration_refusal("+40m"), HasSubstr("'+40m' is not a duration"));
  EXPECT_THAT(duration_refusal("1h-30m"), HasSubstr("is not a duration"));
}

TEST(Duration, refuses_the_empty_text) {
  EXPECT_THAT(duration_refusal(""), HasSubstr("a duration is missing"));
}

TEST(Duration, refuses_a_fraction) {
  EXPECT_EQ(duration_refusal("1.5h"), "the duration '1.5h' has no unit after 1 (w, d, h, m, s, ms, us, ns)");
  EXPECT_THAT(duration_refusal(".5h"), HasSubstr("is not a duration"));
  EXPECT_THAT(duration_refusal("1,5h"), HasSubstr("has no unit after 1"));
}

TEST(Duration, refuses_a_number_without_a_unit) {
  EXPECT_THAT(duration_refusal("40"), HasSubstr("has no unit after 40"));
  EXPECT_THAT(duration_refusal("0"), HasSubstr("has no unit after 0"));
  EXPECT_THAT(duration_refusal("1h30"), HasSubstr("has no unit after 30"));
}

TEST(Duration, refuses_a_unit_without_a_number) {
  EXPECT_EQ(duration_refusal("m"), "'m' is not a duration; write it like 40m, 90s or 1h30m");
  EXPECT_THAT(duration_refusal("soon"), HasSubstr("is not a duration"));
}

TEST(Duration, refuses_an_unknown_unit) {
  EXPECT_EQ(duration_refusal("3y"), "'y' in the duration '3y' is no unit (w, d, h, m, s, ms, us, ns)");
  EXPECT_THAT(duration_refusal("3sm"), HasSubstr("'sm' in the duration '3sm'"));
  EXPECT_THAT(duration_refusal("3min"), HasSubstr("'min'"));
  EXPECT_THAT(duration_refusal("1hm"), HasSubstr("'hm'"));
}

TEST(Duration, refuses_a_unit_in_capitals) {
  EXPECT_THAT(duration_refusal("3H"), HasSubstr("has no unit after 3"));
}

TEST(Duration, refuses_a_unit_twice) {
  EXPECT_EQ(duration_refusal("1h2h"), "the units of '1h2h' go from large to small, each at most once");
  EXPECT_THAT(duration_refusal("1s0s"), HasSubstr("each at most once"));
}

TEST(Duration, refuses_small_units_before_large_ones) {
  constexpr std::array units{"w", "d", "h", "m", "s", "ms", "us", "ns"};
  for (std::size_t small = 0; small < units.size(); ++small) {
    for (std::size_t large = 0; large < small; ++large) {
      const auto text = fmt::format("1{}1{}", units[small], units[large]);
      EXPECT_THAT(duration_refusal(text), HasSubstr("from large to small")) << text;
    }
  }
}

TEST(Duration, refuses_white_space_anywhere) {
  for (const auto* text : {" 40m", "40m ", "40 m", "1h 30m", "40m\n"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << '\'' << text << '\'';
  }
}

TEST(Duration, accepts_a_hundred_years_and_not_a_nanosecond_more) {
  EXPECT_EQ(nanoseconds_in("36500d"), longest_duration.count());
  EXPECT_EQ(nanoseconds_in("3153600000000000000ns"), longest_duration.count());
  EXPECT_EQ(nanoseconds_in("5214w2d"), longest_duration.count());
  for (const auto* text : {"36501d", "36500d1ns", "3153600000000000001ns", "5214w2d1ns", "5215w"}) {
    EXPECT_THAT(duration_refusal(text), HasSubstr("longer than 100 years")) << text;
  }
}

TEST(Duration, refuses_products_that_would_overflow) {
  for (const auto* text :
       {"3153600000000000000w", "3153600000000000000us", "9223372036854775807s", "106752d"}) {
    EXPECT_THAT(duration_refusal(text), HasSubstr("longer than 100 years")) << text;
  }
}

TEST(Duration, quotes_at_most_forty_characters_of_a_refused_text) {
  const std::string endless(1'000, 'x');
  EXPECT_EQ(duration_refusal(endless),
            fmt::format("'{}' is not a duration; write it like 40m, 90s or 1h30m", std::string(40, 'x')));
  EXPECT_LT(duration_refusal("1" + endless).size(), 160U);
}

// RapidCheck draws from the bottom of a range at small sizes, so both dense low values and the whole range
// come.
RC_GTEST_PROP(Duration, survives_print_and_parse, ()) {
  const Duration duration{*rc::gen::inRange<std::int64_t>(0, longest_duration.count() + 1)};
  const auto again = parse_duration(to_text(duration));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->count() == duration.count());
}

RC_GTEST_PROP(Duration, survives_print_and_parse_counted_from_the_longest, ()) {
  const Duration duration =
      longest_duration - Duration{*rc::gen::inRange<std::int64_t>(0, longest_duration.count())};
  const auto again = parse_duration(to_text(duration));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->count() == duration.count());
}

RC_GTEST_PROP(Duration, reads_any_choice_of_units_as_their_sum, ()) {
  struct Unit {
    const char* name;
    std::int64_t nanoseconds;
  };
  constexpr std::array units{Unit{"w", 604'800 * second_in_ns},
                             Unit{"d", 86'400 * second_in_ns},
                             Unit{"h", 3'600 * second_in_ns},
                             Unit{"m", 60 * second_in_ns},
                             Unit{"s", second_in_ns},
                             Unit{"ms", 1'000'000},
                             Unit{"us", 1'000},
                             Unit{"ns", 1}};
  std::string text;
  std::int64_t sum = 0;
  for (const auto& unit : units) {
    if (!*rc::gen::arbitrary<bool>()) continue;
    const auto count = *rc::gen::inRange<std::int64_t>(0, 1'000);
    text += fmt::format("{}{}", count, unit.name);
    sum += count * unit.nanoseconds;
  }
  RC_PRE(!text.empty());
  const auto duration = parse_duration(text);
  RC_ASSERT(duration.has_value());
  RC_ASSERT(duration->count() == sum);
}

RC_GTEST_PROP(Duration, prints_no_part_that_fits_the_next_larger_unit, ()) {
  const Duration duration{*rc::gen::inRange<std::int64_t>(1, longest_duration.count() + 1)};
  // Counts of h, m, s, ms, us and ns stay below these; the days are free.
  constexpr std::array<std::int64_t, 6> bounds{24, 60, 60, 1'000, 1'000, 1'000};
  constexpr std::array<std::string_view, 6> names{"h", "m", "s", "ms", "us", "ns"};
  std::string rest = to_text(duration);
  while (!rest.empty()) {
    std::size_t digits = 0;
    const auto count = std::stoll(rest, &digits);
    const auto end = rest.find_first_of("0123456789", digits);
    const auto name = rest.substr(digits, end == std::string::npos ? end : end - digits);
    RC_ASSERT(count > 0);
    for (std::size_t i = 0; i < names.size(); ++i) RC_ASSERT((names[i] != name || count < bounds[i]));
    rest = end == std::string::npos ? "" : rest.substr(end);
  }
}

TEST(Duration, refuses_counts_that_overflow) {
  EXPECT_FALSE(parse_duration("10000000000000000000s").has_value());
  EXPECT_FALSE(parse_duration(std::string(1'000, '9') + "s").has_value());
}

}  // namespace duration_text_test
}  // namespace base
