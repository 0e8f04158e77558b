// Dates: each example of the documentation, then formats, styles and edges.
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/expression/date_time.h"
#include "fakes/entra/expression/expression_fixture.h"

namespace fakes::entra::expression {
namespace date_functions_test {

// [Entra provisioning-clients 2.19-05]
TEST(CDate, shows_the_time_in_utc) {
  expect({
      {"CDate([StatusHireDate])", R"("3/16/2020 7:00:00 AM")", {{"StatusHireDate", "2020-03-16-07:00"}}},
      {R"(CDate("2021-06-30+08:00"))", R"("6/29/2021 4:00:00 PM")"},
      {R"(CDate("2009-06-15T01:45:30-07:00"))", R"("6/15/2009 8:45:30 AM")"},
      {R"(CDate("2021-08-24"))", R"("8/24/2021 12:00:00 AM")"},
      {R"(CDate("8/25/2021 5:41:18 PM"))", R"("8/25/2021 5:41:18 PM")"},
      {R"(CDate("12/31/2020 12:00:00 AM"))", R"("12/31/2020 12:00:00 AM")"},
      {R"(CDate("2020-12-31 23:59:59-08:00"))", R"("1/1/2021 7:59:59 AM")"},
      {R"(CDate("2021-07-02T15:33:38.1234567Z"))", R"("7/2/2021 3:33:38 PM")"},
      {R"(CDate(" 2021-07-02T15:33 "))", R"("7/2/2021 3:33:00 PM")"},
      {R"(CDate("Mon, 15 Jun 2009 20:45:30 GMT"))", R"("6/15/2009 8:45:30 PM")"},
      {R"(CDate("15 June 2009"))", R"("6/15/2009 12:00:00 AM")"},
      {R"(CDate("June 15, 2009 20:45"))", R"("6/15/2009 8:45:00 PM")"},
      {"CDate([nothing])", "null"},
      {"CDate(CDate(\"2021-06-30+08:00\"))", R"("6/29/2021 4:00:00 PM")"},
  });
}

TEST(CDate, refuses_what_is_no_date) {
  for (const auto* text : {"tomorrow", "2021-02-29", "2021-13-01", "13/1/2021", "2021-06-30T25:00:00Z", "2021-06-30T10:60", "2021",
                           "10:00", "2021-06-30+15:00", "Tue, 15 Jun 2009 20:45:30 GMT", "2021-06-30 x", "20210630"}) {
    EXPECT_EQ(result("CDate([x])", {{"x", text}}), "bad_date") << text;
  }
}

// [Entra provisioning-clients 2.19-09]
TEST(DateAdd, moves_a_date) {
  const auto added = [](std::string_view interval, int value, std::string_view date) {
    return result(fmt::format(R"(DateAdd("{}", {}, CDate("{}")))", interval, value, date));
  };
  EXPECT_EQ(added("d", 7, "2012-03-16-07:00"), R"("3/23/2012 7:00:00 AM")");
  EXPECT_EQ(added("d", -10, "2012-03-16-07:00"), R"("3/6/2012 7:00:00 AM")");
  EXPECT_EQ(added("ww", 2, "2012-03-16-07:00"), R"("3/30/2012 7:00:00 AM")");
  EXPECT_EQ(added("m", 10, "2012-03-16-07:00"), R"("1/16/2013 7:00:00 AM")");
  EXPECT_EQ(added("yyyy", 2, "2012-03-16-07:00"), R"("3/16/2014 7:00:00 AM")");
  EXPECT_EQ(added("h", 20, "2012-03-16-07:00"), R"("3/17/2012 3:00:00 AM")");
  EXPECT_EQ(added("n", -1, "2012-03-16-07:00"), R"("3/16/2012 6:59:00 AM")");
  EXPECT_EQ(added("s", 61, "2012-03-16-07:00"), R"("3/16/2012 7:01:01 AM")");
  // A day that a month does not have is its last one.
  EXPECT_EQ(added("m", 1, "2021-01-31"), R"("2/28/2021 12:00:00 AM")");
  EXPECT_EQ(added("m", -1, "2020-03-31"), R"("2/29/2020 12:00:00 AM")");
  EXPECT_EQ(added("yyyy", 1, "2020-02-29"), R"("2/28/2021 12:00:00 AM")");
}

TEST(DateAdd, refuses_what_it_cannot_add) {
  expect({
      {R"(DateAdd("D", 1, Now()))", "bad_argument"},
      {R"(DateAdd("q", 1, Now()))", "bad_argument"},
      {R"(DateAdd("d", "x", Now()))", "wrong_type"},
      {R"(DateAdd("d", 1, "never"))", "bad_date"},
      {R"(DateAdd("d", 1, [nothing]))", "null"},
      {R"(DateAdd("yyyy", 7979, Now()))", "out_of_range"},
      {R"(DateAdd("yyyy", -2021, Now()))", "out_of_range"},
      {R"(DateAdd("yyyy", -2020, Now()))", R"("7/2/0001 3:33:38 PM")"},
      {R"(DateAdd("m", 9223372036854775807, Now()))", "out_of_range"},
      {R"(DateAdd("s", -9223372036854775808, Now()))", "out_of_range"},
      {R"(DateAdd("s", 999999999999, Now()))", "out_of_range"},
  });
}

// [Entra provisioning-clients 2.19-09]
TEST(DateDiff, counts_between_dates) {
  const auto between = [](std::string_view interval, std::string_view first, std::string_view second) {
    return result(fmt::format(R"(DateDiff("{}", CDate("{}"), CDate("{}")))", interval, first, second));
  };
  EXPECT_EQ(between("d", "2021-08-18+08:00", "2021-08-31+08:00"), "13");
  EXPECT_EQ(between("d", "8/25/2021 5:41:18 PM", "2012-03-16-07:00"), "-3449");
  EXPECT_EQ(between("ww", "8/25/2021 5:41:18 PM", "2012-03-16-07:00"), "-493");
  EXPECT_EQ(between("m", "8/25/2021 5:41:18 PM", "2012-03-16-07:00"), "-113");
  EXPECT_EQ(between("yyyy", "8/25/2021 5:41:18 PM", "2012-03-16-07:00"), "-9");
  EXPECT_EQ(between("d", "2021-08-31+08:00", "2021-08-31+08:00"), "0");
  EXPECT_EQ(between("h", "2021-08-24", "2021-08-25"), "24");
  EXPECT_EQ(between("n", "2021-08-24", "2021-08-25"), "1440");
  EXPECT_EQ(between("s", "2021-08-24", "2021-08-25"), "86400");
  // A year begins with its first day and a week with its Sunday; 28 August 2021 was a Saturday.
  EXPECT_EQ(between("yyyy", "2021-12-31", "2022-01-01"), "1");
  EXPECT_EQ(between("ww", "2021-08-28", "2021-08-29"), "1");
  EXPECT_EQ(between("ww", "2021-08-22", "2021-08-28"), "0");
  EXPECT_EQ(between("d", "2021-08-24T01:00", "2021-08-25"), "0");
  EXPECT_EQ(result(R"(DateDiff("d", Now(), CDate("2021-07-10")))"), "7");
  EXPECT_EQ(result(R"(DateDiff("d", Now(), [nothing]))"), "null");
  EXPECT_EQ(result(R"(DateDiff("day", Now(), Now()))"), "bad_argument");
}

// [Entra provisioning-clients 2.19-10]
TEST(DateFromNum, reads_file_times) {
  expect({
      {"DateFromNum(129699324000000000)", R"("1/1/2012 11:00:00 PM")"},
      {"DateFromNum([lastLogonTimestamp])", R"("1/1/2012 11:00:00 PM")", {{"lastLogonTimestamp", "129699324000000000"}}},
      {"DateFromNum(0)", R"("1/1/1601 12:00:00 AM")"},
      {"DateFromNum(9223372036854775807)", "out_of_range"},  // Active Directory's "never"
      {"DateFromNum(-1)", "out_of_range"},
      {"DateFromNum([nothing])", "null"},
      {R"(DateFromNum("x"))", "wrong_type"},
  });
}

// [Entra provisioning-clients 2.19-10]
TEST(NumFromDate, writes_file_times) {
  expect({
      {R"(NumFromDate(Join("", FormatDateTime([ContractEndDate], ,"yyyy-MM-ddzzz", "yyyy-MM-dd"), " 23:59:59-08:00")))",
       "132539615990000000", {{"ContractEndDate", "2020-12-31-08:00"}}},
      {R"(NumFromDate(Join("",FormatDateTime([endDate], ,"M/d/yyyy hh:mm:ss tt","yyyy-MM-dd")," 23:59:59-08:00")))",
       "132539615990000000", {{"endDate", "12/31/2020 12:00:00 AM"}}},
      {R"(NumFromDate("2012-01-01T23:00:00Z"))", "129699324000000000"},
      {R"(NumFromDate("1601-01-01"))", "0"},
      {R"(NumFromDate("1600-12-31"))", "out_of_range"},
      {"NumFromDate([nothing])", "null"},
  });
}

// [Entra provisioning-clients 2.19-10]
TEST(Now, shows_the_clock_of_the_context) { EXPECT_EQ(result("Now()"), R"("7/2/2021 3:33:38 PM")"); }

std::string formatted(std::string_view source, std::string_view styles, std::string_view input, std::string_view output) {
  return result("FormatDateTime([s], [t], [i], [o])", {{"s", std::string(source)}, {"t", std::string(styles)},
                                                        {"i", std::string(input)}, {"o", std::string(output)}});
}

// [Entra provisioning-clients 2.19-11]
TEST(FormatDateTime, reads_one_format_and_writes_another) {
  EXPECT_EQ(result(R"(FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd"))",
                   {{"extensionAttribute1", "20150123105347.1Z"}}),
            R"("2015-01-23")");
  EXPECT_EQ(result(R"(FormatDateTime([nothing], , "yyyy", "yyyy"))"), "null");
  EXPECT_EQ(result(R"(FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-ddTHH:mm:ss"))"), R"("2021-07-02T15:33:38")");
}

constexpr std::string_view moment = "2009-06-05T13:04:09.0500000Z";

TEST(FormatDateTime, writes_what_custom_formats_say) {
  const auto written = [](std::string_view output) { return formatted(moment, "", "o", output); };
  EXPECT_EQ(written("d/M/yy"), R"("5/6/09")");
  EXPECT_EQ(written("dd MM y"), R"("05 06 9")");
  EXPECT_EQ(written("ddd MMM yyy"), R"("Fri Jun 2009")");
  EXPECT_EQ(written("dddd MMMM yyyyy"), R"("Friday June 02009")");
  EXPECT_EQ(written("h:m:s t"), R"("1:4:9 P")");
  EXPECT_EQ(written("hh:mm:ss tt"), R"("01:04:09 PM")");
  EXPECT_EQ(written("H HH"), R"("13 13")");
  EXPECT_EQ(written("ss.ff|ss.FFF"), R"("09.05|09.05")");
  EXPECT_EQ(written("ss.f|ss.F"), R"("09.0|09")");  // the point goes with the last digit
  EXPECT_EQ(written("yyyy K zzz zz z"), R"("2009 Z +00:00 +00 +0")");
  EXPECT_EQ(written("%d g"), R"("5 A.D.")");
  EXPECT_EQ(written("%h"), R"("1")");
  EXPECT_EQ(written("'day' d \"d\" \\d"), R"("day 5 d d")");
  EXPECT_EQ(formatted("2009-06-05T00:30:00Z", "", "yyyy-MM-ddTHH:mm:ssK", "h HH tt"), R"("12 00 AM")");
  EXPECT_EQ(formatted("2009-06-05", "", "yyyy-MM-dd", "yyyyK"), R"("2009")");  // no zone is known
}

TEST(FormatDateTime, knows_standard_formats) {
  const auto written = [](std::string_view output) { return formatted(moment, "", "o", output); };
  EXPECT_EQ(written("o"), R"("2009-06-05T13:04:09.0500000Z")");
  EXPECT_EQ(written("s"), R"("2009-06-05T13:04:09")");
  EXPECT_EQ(written("u"), R"("2009-06-05 13:04:09Z")");
  EXPECT_EQ(written("R"), R"("Fri, 05 Jun 2009 13:04:09 GMT")");
  EXPECT_EQ(written("G"), R"("6/5/2009 1:04:09 PM")");
  EXPECT_EQ(written("d"), R"("6/5/2009")");
  EXPECT_EQ(written("D"), R"("Friday, June 5, 2009")");
  EXPECT_EQ(written("T"), R"("1:04:09 PM")");
  EXPECT_EQ(written("x"), "bad_pattern");
}

TEST(FormatDateTime, refuses_formats_that_are_none) {
  for (const auto* format : {"", "'open", "yyyy\\", "yyyy%", "%%", "ffffffff"}) {
    EXPECT_EQ(formatted(moment, "", "o", format), "bad_pattern") << format;
    EXPECT_EQ(formatted(moment, "", format, "o"), "bad_pattern") << format;
  }
}

TEST(FormatDateTime, reads_exactly_what_its_format_says) {
  const auto read = [](std::string_view input, std::string_view text) { return formatted(text, "", input, "yyyy-MM-dd HH:mm:ss.FFF"); };
  EXPECT_EQ(read("d/M/yyyy", "5/6/2009"), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("d/M/yyyy", "05/06/2009"), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("dd/MM/yyyy", "5/6/2009"), "bad_date");
  EXPECT_EQ(read("yy-M-d", "29-1-1"), R"("2029-01-01 00:00:00")");
  EXPECT_EQ(read("yy-M-d", "30-1-1"), R"("1930-01-01 00:00:00")");
  EXPECT_EQ(read("dddd, d MMM yyyy", "friday, 5 JUN 2009"), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("dddd, d MMM yyyy", "Monday, 5 Jun 2009"), "bad_date");
  EXPECT_EQ(read("yyyy-MM-dd h tt", "2009-06-05 12 AM"), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("yyyy-MM-dd h tt", "2009-06-05 12 pm"), R"("2009-06-05 12:00:00")");
  EXPECT_EQ(read("yyyy-MM-dd h tt", "2009-06-05 13 PM"), "bad_date");
  EXPECT_EQ(read("yyyy-MM-dd HH tt", "2009-06-05 13 AM"), "bad_date");
  EXPECT_EQ(read("yyyy-MM-dd ss.fff", "2009-06-05 09.05"), "bad_date");
  EXPECT_EQ(read("yyyy-MM-dd ss.FFF", "2009-06-05 09.05"), R"("2009-06-05 00:00:09.05")");
  EXPECT_EQ(read("yyyy-MM-dd ss.FFF", "2009-06-05 09"), R"("2009-06-05 00:00:09")");
  EXPECT_EQ(read("yyyy-MM-ddzzz", "2009-06-05+0530"), R"("2009-06-04 18:30:00")");
  EXPECT_EQ(read("yyyy-MM-ddz", "2009-06-05-8"), R"("2009-06-05 08:00:00")");
  EXPECT_EQ(read("yyyy-MM-ddK", "2009-06-05"), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("yyyy-MM-dd", "2009-06-05 "), R"("2009-06-05 00:00:00")");
  EXPECT_EQ(read("yyyy-MM-dd", "2009-06-05x"), "bad_date");
  EXPECT_EQ(read("yyyy-MM-ddzzz", "0001-01-01+01:00"), "bad_date");
  EXPECT_EQ(read("HH:mm", "10:20"), R"("2021-07-02 10:20:00")");  // today
  EXPECT_EQ(read("MM", "03"), R"("2021-03-01 00:00:00")");
}

// [Entra provisioning-clients 2.19-11]
TEST(FormatDateTime, reads_by_its_styles) {
  const auto read = [](std::string_view styles, std::string_view text) { return formatted(text, styles, "HH:mm d", "HH:mm d yyyy"); };
  EXPECT_EQ(read("", " 10:20 5 "), R"("10:20 5 2021")");
  EXPECT_EQ(read("None", " 10:20 5"), "bad_date");
  EXPECT_EQ(read("None", "10:20 5 "), "bad_date");
  EXPECT_EQ(read("AllowLeadingWhite", " 10:20 5"), R"("10:20 5 2021")");
  EXPECT_EQ(read("DateTimeStyles.AllowLeadingWhite, DateTimeStyles.AllowTrailingWhite", " 10:20 5 "), R"("10:20 5 2021")");
  EXPECT_EQ(read("AllowInnerWhite", "10 : 20 5"), R"("10:20 5 2021")");
  EXPECT_EQ(read("AllowWhiteSpaces", " 10 :20 5 "), R"("10:20 5 2021")");
  EXPECT_EQ(formatted("10:20", "NoCurrentDateDefault", "HH:mm", "yyyy-MM-dd"), R"("0001-01-01")");
  EXPECT_EQ(read("AssumeUniversal", "10:20 5"), R"("10:20 5 2021")");
  EXPECT_EQ(read("AssumeLocal,AssumeUniversal", "10:20 5"), "bad_argument");
  EXPECT_EQ(read("RoundtripKind,AdjustToUniversal", "10:20 5"), "bad_argument");
  EXPECT_EQ(read("AllowAnything", "10:20 5"), "bad_argument");
}

TEST(DateTime, goes_from_its_first_tick_to_its_last) {
  EXPECT_EQ(write(DateTime{0, true}, "o"), "0001-01-01T00:00:00.0000000Z");
  EXPECT_EQ(write(DateTime{last_tick, true}, "o"), "9999-12-31T23:59:59.9999999Z");
  EXPECT_EQ(date_of(Calendar{9999, 12, 31, ticks_a_day - 1})->ticks, last_tick);
  EXPECT_EQ(date_of(Calendar{1601, 1, 1, 0})->ticks, first_file_time);
  EXPECT_FALSE(date_of(Calendar{2021, 2, 29, 0}).has_value());
  EXPECT_FALSE(date_of(Calendar{0, 1, 1, 0}).has_value());
  EXPECT_EQ(weekday_of(DateTime{0}), 1);  // a Monday
}

TEST(DateTime, of_an_instant_has_its_hundreds_of_nanoseconds) {
  EXPECT_EQ(write(date_of(base::Instant{}), "o"), "1970-01-01T00:00:00.0000000Z");
  EXPECT_EQ(write(date_of(base::Instant{base::Duration{-1}}), "o"), "1969-12-31T23:59:59.9999999Z");
}

}  // namespace date_functions_test
}  // namespace fakes::entra::expression
