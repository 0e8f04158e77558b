// Worlds that break an imagined law, made small by each of the ways there are.
#include "properties/shrink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "properties/timeline.h"
#include "scenarios/script/encode.h"

namespace properties {
namespace shrink_test {

using namespace scenarios;
using namespace std::chrono_literals;

constexpr base::Duration length_of_a_step = 1s;

/// A world breaks the law where the predicate says so; each step takes a second.
Judge breaking(std::function<bool(const Scenario&)> is_broken, std::vector<ChanceFault> by_chance = {}) {
  return [is_broken = std::move(is_broken), by_chance = std::move(by_chance)](const WorldUnderTest& played) {
    Judged out;
    base::Instant now{};
    for (const auto& step : played.timeline.timeline) {
      now += step.after.value_or(0s);
      out.began.push_back(now);
      out.went_well.push_back(true);
      now += length_of_a_step;
    }
    out.by_chance = by_chance;
    if (is_broken(played.timeline)) out.violation = Violation{"some-law", "it is broken", {}};
    return out;
  };
}

Shrunk shrunk_by(const Judge& judge, Scenario timeline) {
  WorldUnderTest world;
  world.timeline = std::move(timeline);
  return shrink(world, {"some-law", "it is broken", {}}, 500, judge);
}

AdminCreateUser creating(const std::string& name) {
  AdminCreateUser out;
  out.user = NewPerson(name);
  return out;
}

AdminSuspendUser suspending(const std::string& name) {
  AdminSuspendUser out;
  out.user = PersonRef{name};
  return out;
}

/// What the steps are, a line each, with their pauses.
std::vector<std::string> lines_of(const Scenario& timeline) {
  std::vector<std::string> out;
  for (const auto& step : timeline.timeline) {
    const auto pause = std::chrono::duration_cast<std::chrono::seconds>(step.after.value_or(0s)).count();
    out.push_back((pause > 0 ? std::to_string(pause) + "s " : "") + encode_verb(std::get<VerbStep>(step.action).verb));
  }
  return out;
}

std::ptrdiff_t count_about(const Scenario& timeline, std::string_view name) {
  return std::ranges::count_if(lines_of(timeline), [&](const std::string& line) { return line.contains(name); });
}

TEST(Shrink, leaves_nothing_where_nothing_matters) {
  Scenario timeline;
  for (const auto* name : {"ann", "bob", "cyd", "dov"}) add_step(timeline, creating(name), Outcome::any, 1min);
  const auto shrunk = shrunk_by(breaking([](const Scenario&) { return true; }), timeline);
  EXPECT_THAT(lines_of(shrunk.world.timeline), ::testing::IsEmpty());
  EXPECT_LT(shrunk.worlds_played, 20U);
}

TEST(Shrink, leaves_out_all_that_is_about_somebody_at_once) {
  Scenario timeline;
  for (const auto* name : {"bob", "ann"}) add_step(timeline, creating(name));
  for (const auto* name : {"ann", "bob"}) add_step(timeline, suspending(name));
  // Any part of what is done to bob would do away with the failure.
  const auto shrunk = shrunk_by(breaking([](const Scenario& played) {
                                  const auto bobs = count_about(played, "bob");
                                  return count_about(played, "ann") == 2 && (bobs == 0 || bobs == 2);
                                }),
                                timeline);
  EXPECT_THAT(lines_of(shrunk.world.timeline), ::testing::ElementsAre("admin.create_user: {user: ann}", "admin.suspend_user: {user: ann}"));
}

TEST(Shrink, lets_time_go_on_without_a_step) {
  Scenario timeline;
  add_step(timeline, creating("ann"));
  add_step(timeline, creating("bob"), Outcome::any, 40s);
  add_step(timeline, suspending("ann"), Outcome::any, 30s);
  const auto is_late = [](const Scenario& played) {
    base::Duration passed{0};
    for (const auto& step : played.timeline) passed += step.after.value_or(0s) + length_of_a_step;
    return count_about(played, "suspend_user") == 1 && passed >= 73s;
  };
  const auto shrunk = shrunk_by(breaking(is_late), timeline);
  EXPECT_THAT(lines_of(shrunk.world.timeline), ::testing::ElementsAre("admin.create_user: {user: ann}", "71s admin.suspend_user: {user: ann}"));
}

TEST(Shrink, names_the_message_that_chance_has_lost) {
  Scenario timeline;
  timeline.world.network.loss = {1, 50};
  add_step(timeline, creating("ann"));
  add_step(timeline, suspending("ann"), Outcome::any, 1min);
  // Ten and then thirty seconds after ann was made, the directory asks for the same; the second answer is lost, and so is another one.
  const std::vector<ChanceFault> lost{{"lose_response", "directory", "graph", "POST /v1.0/groups", {base::Instant{11s}, base::Instant{31s}}},
                                      {"lose_request", "entra", "directory", "GET /scim/v2/Users", {base::Instant{40s}}}};
  const auto is_lost = [](const Scenario& played) {
    return played.world.network.loss != base::Ratio{} || std::ranges::any_of(lines_of(played), [](const std::string& line) {
             return line.contains("lose_response") && line.contains("POST /v1.0/groups") && line.contains("count: 1");
           });
  };
  const auto shrunk = shrunk_by(breaking(is_lost, lost), timeline);
  EXPECT_EQ(shrunk.world.timeline.world.network.loss, base::Ratio{});
  EXPECT_THAT(lines_of(shrunk.world.timeline), ::testing::ElementsAre("network.inject: {fault: lose_response, from: directory, to: graph, match: POST /v1.0/groups, count: 1}"));
}

TEST(Shrink, puts_what_chance_did_before_the_step_that_was_next) {
  Scenario timeline;
  timeline.world.network.loss = {1, 50};
  for (const auto* name : {"ann", "bob", "cyd"}) add_step(timeline, creating(name), Outcome::any, 10s);
  const std::vector<base::Instant> began{base::Instant{10s}, base::Instant{21s}, base::Instant{32s}};
  const ChanceFault fault{"lose_response", "directory", "graph", "POST /v1.0/groups", {base::Instant{12s}, base::Instant{13s}, base::Instant{15s}}};
  const auto named = without_chance(timeline, {fault}, began);
  // Bob's step is waited for from 11 s on: two of the kind go before the one that is lost.
  EXPECT_THAT(lines_of(named), ::testing::ElementsAre("10s admin.create_user: {user: ann}",
                                                     "network.inject: {fault: lose_response, from: directory, to: graph, match: POST /v1.0/groups, skip: 2, count: 1}",
                                                     "10s admin.create_user: {user: bob}", "10s admin.create_user: {user: cyd}"));
}

TEST(Shrink, lowers_numbers_as_far_as_they_go) {
  Scenario timeline;
  GraphSet limit;
  limit.writes = 5;
  add_step(timeline, limit);
  const auto is_limited = [](const Scenario& played) {
    return std::ranges::any_of(played.timeline, [](const Step& step) {
      const auto* set = std::get<VerbStep>(step.action).verb.get_if<GraphSet>();
      return set != nullptr && set->writes.value_or(0) > 0;
    });
  };
  EXPECT_THAT(lines_of(shrunk_by(breaking(is_limited), timeline).world.timeline), ::testing::ElementsAre("graph.set: {writes: 1}"));
}

TEST(Shrink, leaves_out_fields_that_do_not_matter) {
  Scenario timeline;
  auto odd = creating("ann");
  odd.given_name = "Stra\xC3\x9F" "e";
  add_step(timeline, odd);
  const auto shrunk = shrunk_by(breaking([](const Scenario& played) { return count_about(played, "ann") == 1; }), timeline);
  EXPECT_THAT(lines_of(shrunk.world.timeline), ::testing::ElementsAre("admin.create_user: {user: ann}"));
}

TEST(Shrink, keeps_the_fault_points_that_matter) {
  Scenario timeline;
  timeline.world.fault_points = FaultPointsSpec{{"answer_is_slow", "mail_leaves_late", "batch_is_one_request"}, {1, 5}};
  const auto mail_is_late = [](const Scenario& played) { return played.world.fault_points && std::ranges::count(played.world.fault_points->points, "mail_leaves_late") > 0; };
  const auto shrunk = shrunk_by(breaking(mail_is_late), timeline);
  ASSERT_TRUE(shrunk.world.timeline.world.fault_points.has_value());
  EXPECT_EQ(shrunk.world.timeline.world.fault_points->points, std::vector<std::string>{"mail_leaves_late"});
}

}  // namespace shrink_test
}  // namespace properties
