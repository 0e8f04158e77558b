// Ten thousand people are connected to a tenant that throttles: their accounts are there in the least time that its quota allows,
// within a tenth, and no request comes before the tenant wants it. The least time is computed from what the vendor says of its
// limits, and not by the directory's reckoning.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/sanitized.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace properties {
namespace throttled_tenant_test {

using std::chrono::milliseconds;
using std::chrono::seconds;


/// A window of 150 seconds for writes, one of 10 seconds for resource units; each drains evenly, a creation costs a write and a
/// unit, a look-up with $select one unit. [Graph T1] [Graph T4] [Graph T5] [Graph T6]
base::Duration least_time(std::int64_t people, std::int64_t writes, std::int64_t units) {
  const auto at_rate = [](std::int64_t cost, std::int64_t amount, base::Duration window) {
    return cost <= amount ? base::Duration::zero() : window * (cost - amount) / amount;
  };
  return std::max(at_rate(people, writes, seconds{150}), at_rate(2 * people, units, seconds{10}));
}

/// The longest wait that an answer asks for, of its own or of an item; nothing where it asks for none.
std::optional<base::Duration> wait_of(const base::HttpResponse& response) {
  std::optional<base::Duration> longest;
  const auto read = [&](std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    const auto wait = std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(value));
    longest = std::max(longest.value_or(wait), wait);
  };
  if (const auto own = response.headers.find("Retry-After")) read(*own);
  const auto body = base::parse_json(response.body);
  const auto* items = body ? base::member(*body, "responses") : nullptr;
  if (items == nullptr || !items->is_array()) return longest;
  for (const auto& item : items->get_array()) {
    const auto* headers = base::member(item, "headers");
    if (headers == nullptr) continue;
    if (const auto text = base::string_member(*headers, "Retry-After")) read(*text);
  }
  return longest;
}

struct Run {
  std::int64_t people = 0;
  base::Duration took{};
  std::int64_t accounts = 0;   ///< created
  std::int64_t throttled = 0;  ///< answers that asked for a wait
  std::int64_t early = 0;      ///< requests that did not keep to one
};

Run connect_all(std::int64_t people, std::int64_t writes, std::string_view quirks, std::uint64_t seed = 1) {
  Run run;
  run.people = people;
  const auto text = fmt::format(R"(lockstep: 1
title: Ten thousand people come to a tenant that throttles
world:
  entra: {{job: false}}
  users: {{generate: {}, in: directory, departments: [Sales]}}
timeline:
  - graph.set: {{writes: {}, quirks: [{}]}}
  - entra.create_user: {{user: boss}}
  - entra.set_password: {{user: boss, password: boss-secret}}
  - entra.grant_role: {{user: boss, role: Global Administrator}}
  - admin.add_microsoft: {{directory: m365}}
  - admin.authorize_microsoft: {{directory: m365, as: boss, password: boss-secret}}
  - admin.set_microsoft: {{directory: m365, groups: false}}
  - admin.create_group: {{group: all, attribute: department, equals: Sales}}
  - admin.connect_group: {{group: all, directory: m365}}
settle: 1h
)",
                                people, writes, quirks);
  const auto scenario = scenarios::decode_scenario(text);
  EXPECT_TRUE(scenario) << scenario.error().message;
  if (!scenario) return run;
  scenarios::RunOptions options;
  options.cast.seed = seed;
  options.cast.event_budget = 200'000'000;
  options.cast.recorder.exchanges_kept = 50'000;
  options.inspect = [&](scenarios::Cast& cast) {
    struct Wish {
      base::Instant known{};  ///< to the directory
      base::Instant until{};  ///< from when the tenant has answered
    };
    std::vector<Wish> wishes;
    std::vector<base::Instant> sent;
    base::Instant last{};
    for (const auto& exchange : cast.world().recorder().exchanges()) {
      if (exchange.from != "directory" || exchange.to != "graph" || exchange.request.target.contains("/delta")) continue;
      sent.push_back(exchange.sent);
      if (!exchange.concluded || !exchange.result || !*exchange.result) continue;
      last = std::max(last, *exchange.concluded);
      if (const auto wait = wait_of(**exchange.result)) wishes.push_back({*exchange.concluded, *exchange.delivered + *wait});
    }
    run.throttled = static_cast<std::int64_t>(wishes.size());
    run.early = std::ranges::count_if(sent, [&](base::Instant at) {
      return std::ranges::any_of(wishes, [&](const Wish& wish) { return at > wish.known && at < wish.until; });
    });
    if (!sent.empty()) run.took = last - sent.front();
    for (const auto& record : cast.tenant().audits()) run.accounts += record.activity == "Add user" ? 1 : 0;
    run.accounts -= 1;  // the administrator
  };
  const auto record = scenarios::run_scenario(*scenario, options);
  EXPECT_TRUE(record.verdict == scenarios::Verdict::conforms) << "the script does not go through";
  return run;
}

void expect_least_time(const Run& run, base::Duration least) {
  EXPECT_EQ(run.accounts, run.people);
  EXPECT_EQ(run.early, 0);
  EXPECT_LE(run.took, least * 11 / 10) << "took " << std::chrono::duration_cast<milliseconds>(run.took) << ", least "
                                       << std::chrono::duration_cast<milliseconds>(least);
  // Faster than possible would mean that the reckoning here is wrong.
  EXPECT_GE(run.took, least);
}

// [Graph T1]
TEST(ThrottledTenant, what_the_vendor_grants_is_used_up) {
  if (base::sanitized) GTEST_SKIP() << "ten thousand accounts take a quarter of an hour under sanitizers";
  const auto run = connect_all(10'000, 3'000, "");
  expect_least_time(run, least_time(10'000, 3'000, 3'500));
}

// [Graph T10] [Graph E40]
TEST(ThrottledTenant, one_that_grants_less_than_it_should_is_used_up_as_well) {
  if (base::sanitized) GTEST_SKIP() << "ten thousand accounts take a quarter of an hour under sanitizers";
  const auto run = connect_all(10'000, 750, "");
  expect_least_time(run, least_time(10'000, 750, 3'500));
  EXPECT_GT(run.throttled, 0);
}

// [Graph E40] [Graph F15]
TEST(ThrottledTenant, waits_of_fractions_of_a_second_are_kept_to_the_millisecond) {
  constexpr int people = base::sanitized ? 200 : 2'000;
  const auto run = connect_all(people, 300, "throttled_for_fractions");
  if (base::sanitized) {
    EXPECT_EQ(run.accounts, run.people);
    EXPECT_EQ(run.early, 0);
    return;
  }
  expect_least_time(run, least_time(people, 300, 3'500));
  EXPECT_GT(run.throttled, 0);
}

}  // namespace throttled_tenant_test
}  // namespace properties
