#include "bench/load/load_html.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "bench/load/load_json.h"
#include "bench/load/load_text.h"

namespace bench::load {
namespace load_html_test {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

LoadResult sample() {
  LoadResult out;
  out.plan = {.profile = Profile::entra_initial, .users = 100, .clients = 4, .rate = 25.0};
  out.plan.target = "https://directory.example/scim?a=<b>";
  out.measured = 8200ms;
  out.throughput = 24.9;
  for (std::size_t i = 0; i < 200; ++i) {
    auto& figures = out.figures[i % 2];
    ++figures.right;
    figures.latency.record(base::Duration(3ms) + i * 40us);
    figures.service.record(base::Duration(3ms) + i * 4us);
  }
  out.figures[1].errors[0] = 1;
  out.figures[1].example = "500 <script>alert(1)</script>";
  for (int i = 0; i < 9; ++i) out.seconds.push_back({24, i == 3 ? 1U : 0U});
  out.left = {"/Users/7 lockstep-load-abc123-00001"};
  return out;
}

TEST(LoadHtml, is_one_page_that_needs_nothing_and_runs_nothing_of_what_came) {
  const auto page = load_html(sample(), verdict_of(sample()));
  EXPECT_THAT(page, AllOf(HasSubstr("<svg"), HasSubstr("Content-Security-Policy"), HasSubstr("create user"), HasSubstr("lockstep-load-abc123-00001")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
  // The content policy would refuse them.
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>alert")), Not(HasSubstr(" style=")), Not(HasSubstr("<b>"))));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("src=\"http")), Not(HasSubstr("nan")), Not(HasSubstr("inf,"))));
}

TEST(LoadHtml, shows_a_run_in_which_nothing_was_measured) {
  const LoadResult nothing;
  const auto page = load_html(nothing, verdict_of(nothing));
  EXPECT_THAT(page, AllOf(HasSubstr("not judged"), Not(HasSubstr("nan"))));
}

TEST(LoadHtml, of_long_runs_a_point_is_the_mean_of_some_seconds) {
  auto hours = sample();
  hours.measured = 36'000s;
  hours.seconds.assign(36'000, {25, 0});
  EXPECT_LT(load_html(hours, verdict_of(hours)).size(), 120'000U);
}

TEST(LoadJson, says_the_same) {
  const auto json = base::parse_json(load_json(sample(), verdict_of(sample())));
  ASSERT_TRUE(json);
  EXPECT_EQ(base::integer_member(*json, "lockstep_load"), 1);
  EXPECT_EQ(base::integer_member(*base::member(*json, "all"), "count"), 201);
  EXPECT_EQ(base::string_or(*base::member(*json, "verdict"), "result", ""), "pass");
  EXPECT_EQ(base::member(*json, "seconds")->as_array().size(), 9U);
}

TEST(LoadText, shows_durations_to_three_digits) {
  EXPECT_EQ(shown(417us), "417 µs");
  EXPECT_EQ(shown(12'345us), "12.3 ms");
  EXPECT_EQ(shown(1'250ms), "1.25 s");
  EXPECT_EQ(shown(3'600s), "3600 s");
}

}  // namespace load_html_test
}  // namespace bench::load
