// The dates of HTTP's fields: one form is written, three are read, and what is none of them is no date.
#include "base/http_date.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace base {
namespace http_date_test {

Instant at(std::string_view rfc3339) {
  return parse_rfc3339(rfc3339).value();
}

TEST(HttpDate, is_written_as_a_fixdate_in_whole_seconds) {
  EXPECT_EQ(to_http_date(at("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(to_http_date(at("2026-01-05T23:59:59.999Z")), "Mon, 05 Jan 2026 23:59:59 GMT");
}

TEST(HttpDate, is_read_in_its_three_forms) {
  const auto expected = at("1994-11-06T08:49:37Z");
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), expected);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), expected);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), expected);
  EXPECT_EQ(parse_http_date("Wed Nov 16 08:49:37 1994"), at("1994-11-16T08:49:37Z"));
  EXPECT_EQ(parse_http_date("Monday, 05-Jan-26 00:00:00 GMT"), at("2026-01-05T00:00:00Z"));
}

TEST(HttpDate, comes_back_as_it_was_written) {
  for (const auto* day : {"1970-01-01T00:00:00Z", "2000-02-29T12:30:15Z", "2199-12-31T23:59:59Z"}) {
    EXPECT_EQ(parse_http_date(to_http_date(at(day))), at(day)) << day;
  }
}

TEST(HttpDate, reads_a_leap_second_as_the_next_minute) {
  EXPECT_EQ(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"), at("2017-01-01T00:00:00Z"));
}

TEST(HttpDate, anything_else_is_none) {
  for (const std::string text :
       {"", "120", "2026-01-05T08:00:00Z", "Mon, 05 Jan 2026 08:00:00", "Mon, 05 Jan 2026 08:00:00 UTC",
        "mon, 05 jan 2026 08:00:00 GMT", "Mon, 5 Jan 2026 08:00:00 GMT", "Mon, 31 Feb 2026 08:00:00 GMT",
        "Mon, 05 Jan 2026 24:00:00 GMT", "Mon, 05 Jan 2026 08:60:00 GMT", "Mon, 05 Jan 2026 08:00:61 GMT",
        "Mon, 05 Jan 1969 08:00:00 GMT", "Mon, 05 Jan 2200 08:00:00 GMT", "Mon, 05 Jan 2026 08:00:00 GMT "}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace http_date_test
}  // namespace base
