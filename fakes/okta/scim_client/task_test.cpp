// When a push is sent, how long it is waited for, when it is sent again, and what waits for an admin.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace task_test {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto look_up = "GET /Users?filter=userName%20eq%20%22amy%40example.test%22&startIndex=1&count=100";

/// Calls of the target, in seconds since the first.
std::vector<std::int64_t> times(const ScimTarget& target) {
  std::vector<std::int64_t> out;
  for (const auto& call : target.calls) out.push_back(std::chrono::duration_cast<seconds>(call.at - target.calls.front().at).count());
  return out;
}

// [Okta provisioning-clients 6-12]
TEST(OktaTasks, a_change_is_told_seconds_later) {
  OktaBench bench;
  bench.add_amy();
  EXPECT_THAT(bench.calls_after(seconds{4}), IsEmpty());
  EXPECT_THAT(bench.calls_after(seconds{2}), ElementsAre(look_up, "POST /Users"));
  // Many at once are not each told seconds after the one before.
  for (int i = 0; i < 10; ++i) bench.assign(bench.add_user(fmt::format("u{}", i)));
  EXPECT_THAT(bench.calls_after(seconds{10}), SizeIs(20));
}

// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 4.9-02]
TEST(OktaTasks, a_429_is_waited_out_as_long_as_it_says_and_then_twice_as_long) {
  OktaBench bench;
  bench.answer_all(429, 2, "10");
  bench.add_amy();
  bench.run_for(minutes{2});
  EXPECT_THAT(times(bench.target()), ElementsAre(0, 10, 30, 30));
  // The same bytes again.
  EXPECT_EQ(bench.target().calls[0].request, bench.target().calls[2].request);
  EXPECT_THAT(bench.log(), ElementsAre("create success"));
}

// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 7.2-17]
TEST(OktaTasks, a_date_or_a_fraction_is_five_minutes) {
  for (const auto* header : {"", "1.5", "Mon, 05 Jan 2026 08:00:06 GMT"}) {
    OktaBench bench;
    bench.answer_all(429, 1, header);
    bench.add_amy();
    bench.run_for(minutes{10});
    EXPECT_EQ(times(bench.target()).at(1), 300) << header;
  }
}

// [Okta provisioning-clients 4.9-02]
TEST(OktaTasks, ten_attempts_are_the_most_and_then_an_admin_has_to_act) {
  OktaBench bench;
  bench.answer_all(429, 1000, "1");
  const auto amy = bench.add_amy();
  EXPECT_THAT(bench.calls_after(minutes{60}), SizeIs(10));
  EXPECT_THAT(bench.log(), ElementsAre("create failure: 429 Too Many Requests"));
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::error);
}

// [Okta provisioning-clients 4.9-03]
TEST(OktaTasks, every_kind_of_call_waits_after_a_429) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  const auto team = bench.add_group("Team");
  bench.join(team, amy);
  MappingId mapping;
  const std::vector<std::pair<const char*, std::function<void()>>> kinds{
      {"profile", [&] { bench.update(amy, {{"title", "Clerk"}}); }},
      {"password", [&] { bench.set_password(amy, "Another-1"); }},
      {"group push", [&] { mapping = bench.org().push_group(bench.app, team).value(); }},
      {"import", [&] { bench.client().request_import(); }},
      {"deactivation", [&] { bench.unassign(amy); }},
      {"link", [&] { bench.assign(amy); }},
      {"group removal", [&] { EXPECT_TRUE(bench.org().unlink(bench.app, mapping, UnlinkAction::remove)); }},
  };
  for (const auto& [name, act] : kinds) {
    bench.new_calls();
    bench.answer_all(429, 1, "20");
    act();
    bench.run_for(seconds{20});
    EXPECT_THAT(bench.new_calls(), SizeIs(1)) << name;
    bench.run_for(minutes{2});
    EXPECT_FALSE(bench.new_calls().empty()) << name;
  }
  for (const auto& record : bench.client().log()) EXPECT_EQ(record.status, TaskStatus::success) << record.action << " " << record.detail;
  EXPECT_EQ(bench.client().imports().back().problem, std::nullopt);
  EXPECT_TRUE(bench.logged(EventType::group_push_mapping_update_or_delete_failed));  // and would be retried
  EXPECT_FALSE(bench.logged(EventType::group_push_mapping_update_or_delete_failed_with_error));
}

// [Okta provisioning-clients 4.9-04] [Okta provisioning-clients 4.9-05] [Okta provisioning-clients 6-13]
TEST(OktaTasks, whatever_else_fails_waits_for_an_admin) {
  OktaBench bench;
  bench.answer_all(500, 1);
  const auto amy = bench.add_amy();
  EXPECT_THAT(bench.calls_after(minutes{600}), ElementsAre(look_up));
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::staged);
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::error);
  // Nor does a change of the user try it again.
  bench.update(amy, {{"title", "Clerk"}});
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  EXPECT_TRUE(bench.client().retry(amy));
  EXPECT_FALSE(bench.client().retry(amy));  // it is under way
  EXPECT_THAT(bench.calls_after(), ElementsAre(look_up, "POST /Users"));
  EXPECT_FALSE(bench.client().retry(amy));
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::synchronized);
}

// [Okta provisioning-clients 4.9-04] [Okta provisioning-clients 4.9-05]
TEST(OktaTasks, an_update_that_fails_leaves_the_account_provisioned_and_the_orgs_retry_sends_it) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.answer([](const base::HttpRequest& request) { return request.method == "PUT"; }, 500, "", 1);
  bench.update(amy, {{"title", "Clerk"}});
  bench.calls_after();
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::provisioned);
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::error);
  ASSERT_TRUE(bench.org().retry_assignment(bench.app, amy));
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/id-1", "PUT /Users/id-1"));
  EXPECT_EQ(bench.last_body().at("title"), json("\"Clerk\""));
  EXPECT_EQ(bench.app_user(amy).sync_state, SyncState::synchronized);
}

// [Okta provisioning-clients 4.9-04]
TEST(OktaTasks, a_later_success_leaves_nothing_to_retry) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  bench.answer([](const base::HttpRequest& request) { return request.method == "PUT"; }, 500, "", 1);
  bench.update(amy, {{"title", "Clerk"}});
  bench.calls_after();
  bench.update(amy, {{"title", "Boss"}});
  bench.calls_after();
  EXPECT_EQ(bench.log().back(), "update success");
  EXPECT_FALSE(bench.client().retry(amy));
}

// [Okta provisioning-clients 4.1-07] [Okta provisioning-clients 4.9-04] [Okta provisioning-clients 4.9-09] [Okta provisioning-clients 7.2-16]
TEST(OktaTasks, a_creation_that_timed_out_is_found_by_the_admins_retry) {
  OktaBench bench;
  bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    bench.take_time(request.method == "POST" ? seconds{90} : seconds{0});
    return std::nullopt;
  };
  const auto amy = bench.add_amy();
  bench.run_for(seconds{64});
  EXPECT_THAT(bench.log(), IsEmpty());  // the answer has sixty seconds
  bench.run_for(seconds{3});
  EXPECT_THAT(bench.log(), SizeIs(1));
  EXPECT_EQ(bench.client().log().front().status, TaskStatus::failure);
  EXPECT_THAT(bench.calls_after(minutes{60}), ElementsAre(look_up, "POST /Users"));
  EXPECT_TRUE(bench.client().retry(amy));
  EXPECT_EQ(bench.calls_after().front(), look_up);
  EXPECT_EQ(bench.log().back(), "link success");
  EXPECT_EQ(bench.target().resources.size(), 1);
}

// An answer within the minute is good. [Okta provisioning-clients 4.1-07]
TEST(OktaTasks, an_answer_may_take_almost_a_minute) {
  OktaBench bench;
  bench.take_time(seconds{55});
  bench.add_amy();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("create success"));
}

TEST(OktaTasks, an_app_that_is_not_the_clients_is_none_of_its_business) {
  OktaBench bench;
  const auto other = bench.add_app("Other", {});
  const auto amy = bench.add_pushed_amy();
  ASSERT_TRUE(bench.org().assign(other, amy));
  ASSERT_TRUE(bench.org().push_group(other, bench.add_group("Team")).has_value());
  EXPECT_THAT(bench.calls_after(), IsEmpty());
}

}  // namespace task_test
}  // namespace fakes::okta::scim_client
