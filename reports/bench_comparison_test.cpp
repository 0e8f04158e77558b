// Two runs of the benchmarks: what is read of Google Benchmark's JSON, what counts of repetitions, what is marked, and what is said of a
// file that is none.
#include "reports/bench_comparison.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "reports/plain_text.h"
#include "reports/text_page.h"

namespace reports {
namespace bench_comparison_test {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string file_of(std::string_view benchmarks, std::string_view host = "rex") {
  return fmt::format(R"({{"context": {{"date": "2026-01-05T08:00:00+00:00", "host_name": "{}", "num_cpus": 2}}, "benchmarks": [{}]}})", host,
                     benchmarks);
}
std::string one(std::string_view name, double time, std::string_view more = "") {
  return fmt::format(R"({{"name": "{0}", "run_name": "{0}", "run_type": "iteration", "cpu_time": {1}, "time_unit": "us"{2}}})", name, time, more);
}
std::string aggregate(std::string_view name, std::string_view kind, double time) {
  return fmt::format(
      R"({{"name": "{0}_{1}", "run_name": "{0}", "run_type": "aggregate", "aggregate_name": "{1}", "cpu_time": {2}, "time_unit": "us"}})", name, kind,
      time);
}

BenchRun run_of(std::string_view benchmarks) { return bench_from_json(file_of(benchmarks)).value(); }
std::string problem_of(std::string_view text) {
  const auto run = bench_from_json(text);
  return run ? "none" : run.error().message;
}
std::string text_of(std::string_view before, std::string_view after) {
  return bench_comparison_text({.source = "a.json", .run = run_of(before)}, {.source = "b.json", .run = run_of(after)});
}
std::vector<std::string> slower(std::string_view before, std::string_view after, double limit = 1.25) {
  return slower_than(compared_benches(run_of(before), run_of(after)), limit);
}

TEST(BenchComparison, reads_times_in_any_unit_and_items) {
  const auto run = run_of(R"({"name": "a", "cpu_time": 2, "time_unit": "ns"}, {"name": "b", "cpu_time": 2, "time_unit": "us"},
      {"name": "c", "cpu_time": 2, "time_unit": "ms", "items_per_second": 1.5e3}, {"name": "d", "cpu_time": 2.5, "time_unit": "s"})");
  EXPECT_EQ(run.machine, "rex, 2 processors");
  EXPECT_EQ(run.date, "2026-01-05T08:00:00+00:00");
  EXPECT_THAT(run.figures, ElementsAre(BenchFigure{.name = "a", .nanoseconds = 2}, BenchFigure{.name = "b", .nanoseconds = 2e3},
                                       BenchFigure{.name = "c", .nanoseconds = 2e6, .items = 1500.0}, BenchFigure{.name = "d", .nanoseconds = 2.5e9}));
}

TEST(BenchComparison, the_median_counts_where_there_is_one) {
  const auto measured = one("a", 1) + "," + one("a", 9) + "," + one("a", 2);
  EXPECT_THAT(run_of(measured + "," + aggregate("a", "mean", 4) + "," + aggregate("a", "median", 3) + "," + aggregate("a", "stddev", 5)).figures,
              ElementsAre(BenchFigure{.name = "a", .nanoseconds = 3'000}));
  EXPECT_THAT(run_of(measured).figures, ElementsAre(BenchFigure{.name = "a", .nanoseconds = 2'000}));
  EXPECT_THAT(run_of(measured + "," + one("a", 4)).figures, ElementsAre(BenchFigure{.name = "a", .nanoseconds = 3'000}));
  EXPECT_THAT(run_of(aggregate("a", "mean", 4) + "," + aggregate("a", "cv", 0)).figures, ElementsAre(BenchFigure{.name = "a", .nanoseconds = 4'000}));
}

TEST(BenchComparison, shows_both_with_their_ratio_and_marks_what_is_beyond_ten_per_cent) {
  const auto before =
      one("steady", 100, R"(, "items_per_second": 28400)") + "," + one("worse", 1'234) + "," + one("better", 2) + "," + one("old", 1);
  const auto after =
      one("steady", 109, R"(, "items_per_second": 25000)") + "," + one("worse", 1'500) + "," + one("better", 1) + "," + one("young", 1);
  const auto text = text_of(before, after);
  const auto line = [&](std::string_view name) {
    std::istringstream in(text);
    std::string found;
    while (std::getline(in, found) && !found.starts_with(name)) found.clear();
    std::string words;
    for (std::istringstream parts(found); parts >> found;) words += (words.empty() ? "" : " ") + found;
    return words;
  };
  EXPECT_EQ(line("before  "), "before a.json (rex, 2 processors, 2026-01-05T08:00:00+00:00)");
  EXPECT_EQ(line("steady"), "steady 100 us 109 us 1.09 28.4 k 25.0 k 0.88");
  EXPECT_EQ(line("worse"), "worse 1.23 ms 1.50 ms 1.22 - - - slower");
  EXPECT_EQ(line("better"), "better 2.00 us 1.00 us 0.50 - - - faster");
  EXPECT_EQ(line("old"), "old 1.00 us - - - - - gone");
  EXPECT_EQ(line("young"), "young - 1.00 us - - - - new");
  EXPECT_THAT(text, AllOf(HasSubstr("5 benchmarks: 1 slower, 1 faster by more than 10 %, 1 new, 1 gone\n"), HasSubstr("Machines are noisy"),
                          Not(HasSubstr("same machine"))));
  EXPECT_THAT(text_of(one("a", 1), one("a", 1)), HasSubstr("1 benchmark: none slower or faster by more than 10 %\n"));
}

TEST(BenchComparison, lines_fit_into_a_terminal_and_show_what_is_hidden) {
  const auto name = std::string(100, 'n') + "\\u001b[31m\\u202e";
  const auto text = text_of(one(name, 999.7), one(name, 99'970'000));
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) EXPECT_LE(count_characters(line), columns) << line;
  EXPECT_THAT(text, AllOf(HasSubstr("1.00 ms"), HasSubstr(" 100 s"), Not(HasSubstr("\x1b"))));
}

TEST(BenchComparison, says_so_where_the_machines_differ) {
  const auto here = bench_from_json(file_of(one("a", 1))).value();
  const auto there = bench_from_json(file_of(one("a", 1), "fido")).value();
  EXPECT_THAT(bench_comparison_text({"a", here}, {"b", there}), HasSubstr("not of the same machine"));
  EXPECT_THAT(bench_comparison_markdown({"a", here}, {"b", there}), HasSubstr("not of the same machine"));
}

TEST(BenchComparison, as_markdown_it_is_a_table) {
  const auto markdown = bench_comparison_markdown({"a.json", run_of(one("x|y", 1))}, {"b.json", run_of(one("x|y", 2))});
  EXPECT_THAT(markdown, AllOf(HasSubstr("## Benchmarks: 1 benchmark: 1 slower by more than 10 %\n"),
                              HasSubstr("1.00 us | 2.00 us | 2.00 | - | - | - | slower |"), Not(HasSubstr("x|y"))));
}

TEST(BenchComparison, names_what_is_slower_than_allowed) {
  const auto before = one("a", 100) + "," + one("b", 100) + "," + one("gone", 1);
  EXPECT_THAT(slower(before, one("a", 125) + "," + one("b", 126) + "," + one("new", 99)), ElementsAre("b"));
  EXPECT_THAT(slower(before, one("a", 125) + "," + one("b", 126), 1.3), IsEmpty());
  const std::string failed = R"({"name": "b", "run_name": "b", "run_type": "iteration", "error_occurred": true, "error_message": "not found"})";
  EXPECT_THAT(slower(before, one("a", 100) + "," + failed), ElementsAre("b"));
  EXPECT_THAT(slower(failed, failed), IsEmpty());
  EXPECT_THAT(text_of(before, failed), HasSubstr("failed"));
}

TEST(BenchComparison, a_file_that_is_none_is_told_what_is_wrong_and_where) {
  EXPECT_THAT(problem_of(""), StartsWith("this is an empty file; what is expected are figures of the benchmarks"));
  EXPECT_THAT(problem_of("<!DOCTYPE html>"), StartsWith("this is an HTML page;"));
  EXPECT_THAT(problem_of(R"({"report": "conformance"})"), StartsWith("this is something else;"));
  EXPECT_THAT(problem_of("[]"), StartsWith("this is something else;"));
  EXPECT_EQ(problem_of(file_of(one("a", 1)).substr(0, 150)), "is no JSON, or is cut short");
  EXPECT_EQ(problem_of(R"({"context": 1, "benchmarks": []})"), "/context: is no object");
  EXPECT_EQ(problem_of(R"({"context": {}, "benchmarks": 1})"), "/benchmarks: is no list");
  EXPECT_EQ(problem_of(file_of("")), "/benchmarks: has nothing that was measured");
  EXPECT_EQ(problem_of(file_of("7")), "/benchmarks/0: is no object");
  EXPECT_EQ(problem_of(file_of(one("a", 1) + R"(, {"name": "b"})")), "/benchmarks/1/cpu_time: is missing");
  EXPECT_EQ(problem_of(file_of(R"({"name": "b", "cpu_time": "1", "time_unit": "ns"})")), "/benchmarks/0/cpu_time: is no number from 0 on");
  EXPECT_EQ(problem_of(file_of(R"({"name": "b", "cpu_time": 1, "time_unit": "h"})")), "/benchmarks/0/time_unit: is none of ns, us, ms and s");
  EXPECT_EQ(problem_of(file_of(R"({"name": 1, "cpu_time": 1, "time_unit": "s"})")), "/benchmarks/0/name: is no text");
}

}  // namespace bench_comparison_test
}  // namespace reports
