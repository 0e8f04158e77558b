// What must have met a product before a case says anything of it.
#include "scenarios/client/arrival.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace scenarios::client {
namespace arrival_test {

Seen seen_of(std::string method, const std::string& target, int status) {
  Witnessed one;
  one.to = "login";
  one.request = base::HttpRequest(std::move(method), target);
  one.result = base::HttpResponse(status, "application/json", "{}");
  return history_of({one}).front();
}

Phase with_step(Value step) {
  Phase out;
  out.given = {{std::move(step), {}}};
  return out;
}

TEST(Arrival, is_given_where_nothing_is_in_store) { EXPECT_TRUE(arrival_in(Phase{}, {}).came); }

TEST(Arrival, of_a_fault_is_that_it_has_struck) {
  const auto phase = with_step({{"network.inject", {{"fault", "reset_after"}, {"from", "product"}}}});
  auto seen = seen_of("POST", "/v1.0/users", 201);
  EXPECT_FALSE(arrival_in(phase, {seen}).came);
  seen.fault = "reset_after";
  EXPECT_TRUE(arrival_in(phase, {seen}).came);
}

TEST(Arrival, is_what_the_phase_says_before_all_else) {
  auto phase = with_step({{"network.inject", {{"fault", "answer_instead"}}}});
  phase.when.emplace_back().status.allowed = {"409"};
  auto seen = seen_of("POST", "/scim/v2/Users", 409);
  EXPECT_TRUE(arrival_in(phase, {seen}).came) << "no fault is needed";
  seen.status = 201;
  seen.fault = "answer_instead";
  EXPECT_FALSE(arrival_in(phase, {seen}).came);
}

TEST(Arrival, may_be_several_things_one_after_the_other) {
  Phase phase;
  phase.when.resize(2);
  phase.when[0].methods = {"GET"};
  phase.when[1].methods = {"POST"};
  const auto look = seen_of("GET", "/scim/v2/Users", 200);
  const auto create = seen_of("POST", "/scim/v2/Users", 409);
  EXPECT_TRUE(arrival_in(phase, {look, create}).came);
  EXPECT_FALSE(arrival_in(phase, {create, look}).came);
  EXPECT_FALSE(arrival_in(phase, {}).came);
}

TEST(Arrival, of_a_spoilt_token_is_that_one_was_handed_out) {
  const auto phase = with_step({{"entra.spoil_sign_in", {{"flaw", "expired"}}}});
  EXPECT_FALSE(arrival_in(phase, {}).came);
  EXPECT_FALSE(arrival_in(phase, {seen_of("GET", "/t/oauth2/v2.0/authorize?response_type=code", 200)}).came);
  EXPECT_FALSE(arrival_in(phase, {seen_of("POST", "/t/oauth2/v2.0/token", 400)}).came);
  EXPECT_TRUE(arrival_in(phase, {seen_of("POST", "/t/oauth2/v2.0/token", 200)}).came);
  EXPECT_TRUE(arrival_in(phase, {seen_of("GET", "/t/oauth2/v2.0/authorize?response_type=code%20id_token", 200)}).came);
}

TEST(Arrival, of_a_spoilt_way_back_needs_no_token) {
  const auto phase = with_step({{"entra.spoil_sign_in", {{"flaw", "state_of_another"}}}});
  EXPECT_FALSE(arrival_in(phase, {}).came);
  EXPECT_TRUE(arrival_in(phase, {seen_of("GET", "/t/oauth2/v2.0/authorize?response_type=code", 200)}).came);
}

}  // namespace arrival_test
}  // namespace scenarios::client
