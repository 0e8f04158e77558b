// How far a world runs in each mode, and where somebody moves the clock.
#include <gmock/gmock.h>

#include "serve/served_fixture.h"

namespace serve {
namespace clockwork_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Stepped : public ServedFixture {};

TEST_F(Stepped, time_stands_still_but_for_requests) {
  const auto before = world_->now();
  real_ += hours{5};
  turn();
  EXPECT_EQ(world_->now(), before);
  EXPECT_EQ(clockwork_->wait(), std::nullopt);
  EXPECT_EQ(graph("/v1.0/users").status, 200);
  EXPECT_GT(world_->now(), before);
  EXPECT_LT(world_->now(), before + seconds{1}) << "no further than to the answer";
}

// An answer that is lost, or a poll that is held, does not make the world run on.
TEST_F(Stepped, what_is_not_answered_within_the_grace_waits_for_the_clock) {
  ASSERT_EQ(play("network.inject: {fault: delay_response, from: outside, to: graph, count: 1, delay: 30s}"), "ok");
  auto asked = request("GET", "/v1.0/users", bearer());
  const auto before = world_->now();
  const auto id = begin(Party::graph, std::move(asked));
  EXPECT_FALSE(answer_to(id).has_value());
  EXPECT_EQ(world_->now(), before + grace);
  EXPECT_TRUE(clockwork_->is_overdue(id));
  EXPECT_EQ(graph("/v1.0/organization").status, 200) << "others are served meanwhile";
  EXPECT_FALSE(answer_to(id).has_value());
  advance(seconds{30});
  ASSERT_TRUE(answer_to(id).has_value());
  EXPECT_EQ(answers_.at(id)->status, 200);
}

TEST_F(Stepped, the_clock_is_moved_to_the_instant) {
  const auto before = world_->now();
  advance(minutes{40});
  EXPECT_EQ(world_->now(), before + minutes{40});
}

TEST_F(Stepped, until_it_is_quiet) {
  ASSERT_EQ(play("okta.create_user: {user: eve, given_name: Eve, surname: Early, password: eve-password}"), "ok");
  EXPECT_EQ(play("expect: {directory.user: {user: eve}}"), "does not hold") << "Okta pushes after a while";
  clockwork_->run_until_quiet(seconds{6}, world_->now() + hours{1});
  turn();
  const auto end = clockwork_->take_move_end();
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->quiet, true);
  EXPECT_EQ(play("expect: {directory.user: {user: eve}}"), "holds");
}

TEST_F(Stepped, no_further_than_at_most) {
  const auto before = world_->now();
  clockwork_->run_until_quiet(hours{2}, before + minutes{90});
  turn();
  const auto end = clockwork_->take_move_end();
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->quiet, false) << "Entra's cycles go on";
  EXPECT_EQ(world_->now(), before + minutes{90});
}

class Paced : public ServedFixture {
 protected:
  Paced() : ServedFixture({small_company(company_start, false), 7}, ClockMode{60}) {}
};

TEST_F(Paced, the_world_follows_real_time) {
  const auto before = world_->now();
  turn();
  EXPECT_EQ(world_->now(), before);
  real_ += minutes{1};
  turn();
  EXPECT_EQ(world_->now(), before + hours{1});
  ASSERT_TRUE(clockwork_->wait().has_value());
}

TEST_F(Paced, a_request_takes_the_time_that_it_takes) {
  const auto id = begin(Party::graph, request("GET", "/v1.0/users"));
  EXPECT_FALSE(answer_to(id).has_value()) << "no real time has passed";
  real_ += seconds{1};
  ASSERT_TRUE(answer_to(id).has_value());
  EXPECT_EQ(answers_.at(id)->status, 401);
}

TEST_F(Paced, a_move_by_hand_goes_ahead_of_real_time_which_goes_on_from_there) {
  const auto before = world_->now();
  advance(hours{10});
  EXPECT_EQ(world_->now(), before + hours{10});
  real_ += seconds{1};
  turn();
  EXPECT_EQ(world_->now(), before + hours{10} + minutes{1});
}

}  // namespace clockwork_test
}  // namespace serve
