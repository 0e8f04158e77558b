// Changes of state that wait for their day: created, listed, taken back, done on time, and not lost in a
// crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace scheduled_states_contract_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string route = "/api/v2/bulk/userstates";

class ScheduledStates : public ::testing::Test {
 protected:
  std::string enter(std::string_view name, std::string_view state = "ACTIVATED", std::string_view more = "") {
    const auto created =
        bench_.admin("POST", "/api/systemusers",
                     fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "{1}"{2}}})",
                                 name, state, more));
    EXPECT_EQ(created.status, 200) << created.body;
    return base::string_or(body_of(created), "_id", "");
  }
  std::string in(base::Duration span) { return base::to_rfc3339(bench_.now() + span); }
  base::HttpResponse schedule(const std::vector<std::string>& ids, std::string_view state,
                              const std::string& start, std::string_view more = "") {
    std::string list;
    for (const auto& id : ids) list += fmt::format(R"({}"{}")", list.empty() ? "" : ", ", id);
    return bench_.admin("POST", route,
                        fmt::format(R"({{"user_ids": [{}], "state": "{}", "start_date": "{}"{}}})", list,
                                    state, start, more));
  }
  base::JsonArray jobs(std::string_view query = "") {
    return body_of(bench_.admin("GET", route + std::string(query))).as_array();
  }
  std::string state_of(const std::string& id) { return base::string_or(bench_.user(id), "state", ""); }
  std::vector<std::string> mail_kinds(std::string_view address) {
    bench_.settle();
    std::vector<std::string> kinds;
    for (const auto& mail : bench_.mails_to(address)) kinds.push_back(base::string_or(mail, "kind", ""));
    return kinds;
  }

  ServerBench bench_;
};

// [rule D11] [rule DI43]
TEST_F(ScheduledStates, a_suspension_waits_for_its_day_and_is_done_then) {
  const auto amy = enter("amy");
  const auto bob = enter("bob");
  const auto start = in(hours{2});
  base::HttpResponse answer;
  EXPECT_THAT(bench_.events_of([&] {
    answer = schedule({amy, bob}, "SUSPENDED", start);
  }),
              ElementsAre("user_suspension_schedule_create", "user_suspension_schedule_create"));
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto created = body_of(answer).as_array();
  ASSERT_THAT(created, SizeIs(2));
  EXPECT_EQ(created[0].at("systemUserId"), base::Json(amy));
  EXPECT_EQ(created[1].at("systemUserId"), base::Json(bob));
  for (const auto& job : created) {
    EXPECT_EQ(job.at("state"), base::Json("SUSPENDED"));
    EXPECT_EQ(job.at("scheduledDate"), base::Json(start));
    EXPECT_THAT(base::string_or(job, "scheduledJobId", ""), SizeIs(24));
  }
  bench_.run_for(hours{2} - minutes{1});
  EXPECT_EQ(state_of(amy), "ACTIVATED");
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(minutes{2}); }),
              ElementsAre("user_suspended", "user_suspended"));
  EXPECT_EQ(state_of(amy), "SUSPENDED");
  EXPECT_EQ(state_of(bob), "SUSPENDED");
  EXPECT_THAT(jobs(), IsEmpty());
}

// [rule D11] [rule D18] [rule D19] [rule DI41]: only an admin brings a suspended user back, on a day or at
// once.
TEST_F(ScheduledStates, a_reactivation_can_be_scheduled) {
  const auto id = enter("amy", "SUSPENDED", R"(, "password": "correct horse battery")");
  EXPECT_THAT(bench_.events_of([&] { schedule({id}, "ACTIVATED", in(days{1})); }),
              ElementsAre("user_activation_schedule_create"));
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(days{1} + minutes{1}); }),
              ElementsAre("user_unsuspended"));
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 200);
}

// [rule D11] [rule R11] [rule D10]
TEST_F(ScheduledStates, many_are_activated_at_once_with_the_mails_that_each_needs) {
  const auto staged = enter("staged", "STAGED", R"(, "alternateEmail": "staged@home.test")");
  const auto with_password = enter("with", "STAGED", R"(, "password": "correct horse battery")");
  const auto pending = enter("pending");
  const auto done = enter("done", "ACTIVATED", R"(, "password": "correct horse battery")");
  ASSERT_THAT(mail_kinds("pending@example.test"), SizeIs(1)) << "from the creation";
  EXPECT_EQ(schedule({staged, with_password, pending, done}, "ACTIVATED", "2000-01-01T00:00:00Z",
                     R"(, "send_activation_emails": true)")
                .status,
            201);
  EXPECT_THAT(mail_kinds("staged@home.test"), ElementsAre("activation"));
  EXPECT_THAT(mail_kinds("with@example.test"), ElementsAre("welcome"));
  EXPECT_THAT(mail_kinds("pending@example.test"), ElementsAre("activation", "activation"));
  EXPECT_THAT(mail_kinds("done@example.test"), IsEmpty());
  for (const auto& id : {staged, with_password, pending, done}) EXPECT_EQ(state_of(id), "ACTIVATED");
}

// [rule D11]
TEST_F(ScheduledStates, mail_goes_out_only_where_it_is_asked_for) {
  struct Row {
    std::string_view more, address;
  };
  int number = 0;
  for (const auto& row :
       {Row{"", ""}, Row{R"(, "send_activation_emails": false)", ""},
        Row{R"(, "send_activation_emails": true)", "own"},
        Row{R"(, "activation_email_override": "other@example.test")", "other"},
        Row{R"(, "send_activation_emails": true, "activation_email_override": "other@example.test")",
            "other"},
        Row{R"(, "send_activation_emails": false, "activation_email_override": "other@example.test")", ""}}) {
    const auto name = fmt::format("user{}", ++number);
    const auto id = enter(name, "STAGED");
    const auto before = mail_kinds("other@example.test").size();
    EXPECT_EQ(schedule({id}, "ACTIVATED", in(minutes{1}), row.more).status, 201) << row.more;
    bench_.run_for(minutes{2});
    EXPECT_EQ(state_of(id), "ACTIVATED");
    EXPECT_THAT(mail_kinds(name + "@example.test"), SizeIs(row.address == "own" ? 1 : 0)) << row.more;
    EXPECT_THAT(mail_kinds("other@example.test"), SizeIs(before + (row.address == "other" ? 1U : 0U)))
        << row.more;
  }
}

// [rule D11] [rule D3]
TEST_F(ScheduledStates, what_makes_no_sense_is_refused_as_a_whole) {
  const auto id = enter("amy");
  const auto tomorrow = in(days{1});
  for (const auto* state : {"STAGED", "suspended", ""})
    EXPECT_EQ(schedule({id}, state, tomorrow).status, 400) << state;
  EXPECT_EQ(schedule({id}, "SUSPENDED", "tomorrow").status, 400);
  EXPECT_EQ(schedule({}, "SUSPENDED", tomorrow).status, 400);
  EXPECT_EQ(schedule({id, "nobody"}, "SUSPENDED", tomorrow).status, 400);
  EXPECT_EQ(schedule(std::vector<std::string>(101, id), "SUSPENDED", tomorrow).status, 400);
  EXPECT_EQ(schedule({id}, "SUSPENDED", tomorrow, R"(, "send_activation_emails": true)").status, 400);
  EXPECT_EQ(schedule({id}, "SUSPENDED", tomorrow, R"(, "activation_email_override": "a@b.test")").status,
            400);
  EXPECT_EQ(schedule({id}, "ACTIVATED", tomorrow, R"(, "activation_email_override": "nowhere")").status, 400);
  EXPECT_EQ(schedule({id}, "ACTIVATED", tomorrow, R"(, "send_activation_emails": "yes")").status, 400);
  const auto bob = enter("bob");
  EXPECT_EQ(schedule({id, bob}, "ACTIVATED", tomorrow, R"(, "activation_email_override": "a@b.test")").status,
            400);
  for (const auto* body : {"", "[]", "{}", R"({"user_ids": [5], "state": "SUSPENDED"})"}) {
    EXPECT_EQ(bench_.admin("POST", route, body).status, 400) << body;
  }
  EXPECT_THAT(jobs(), IsEmpty());
}

// [rule D11]
TEST_F(ScheduledStates, lists_are_paged_and_can_be_of_one_user) {
  const auto amy = enter("amy");
  const auto bob = enter("bob");
  for (int i = 6; i > 0; --i) {
    schedule({amy}, "SUSPENDED", in(days{i}));
    schedule({bob}, "ACTIVATED", in(days{i} + hours{1}));
  }
  EXPECT_THAT(jobs(), SizeIs(10));
  EXPECT_THAT(jobs("?limit=100"), SizeIs(12));
  EXPECT_THAT(jobs("?skip=11"), SizeIs(1));
  EXPECT_THAT(jobs("?userid=" + amy), SizeIs(6));
  std::string before;
  for (const auto& job : jobs("?limit=100")) {
    const auto at = base::string_or(job, "scheduledDate", "");
    EXPECT_LT(before, at);
    before = at;
  }
  const auto next =
      body_of(bench_.admin("GET", route + "/eventlist/next?users=" + bob + "," + amy + ",nobody"));
  EXPECT_EQ(next.at("totalCount"), base::Json(2));
  EXPECT_EQ(next.at("results").at(0), jobs("?userid=" + bob)[0]);
  EXPECT_EQ(next.at("results").at(1), jobs("?userid=" + amy)[0]);
  EXPECT_EQ(bench_.admin("GET", route + "/eventlist/next?users=" + std::string(100, ',')).status, 400);
}

// [rule D11] [rule DI41] [rule DI43]
TEST_F(ScheduledStates, what_was_scheduled_can_be_taken_back) {
  const auto id = enter("amy");
  schedule({id}, "SUSPENDED", in(hours{1}));
  schedule({id}, "ACTIVATED", in(hours{2}));
  const auto both = jobs();
  const auto cancel = [&](const base::Json& job) {
    return bench_.admin("DELETE", route + "/" + base::string_or(job, "scheduledJobId", "")).status;
  };
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(cancel(both[0]), 204); }),
              ElementsAre("user_suspension_schedule_delete"));
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(cancel(both[1]), 204); }),
              ElementsAre("user_activation_schedule_delete"));
  EXPECT_EQ(cancel(both[0]), 404);
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(hours{3}); }), IsEmpty());
  EXPECT_EQ(state_of(id), "ACTIVATED");
}

TEST_F(ScheduledStates, a_users_waiting_changes_are_bounded_and_go_with_the_user_D11) {
  const auto id = enter("amy");
  for (int i = 1; i <= 50; ++i) ASSERT_EQ(schedule({id}, "SUSPENDED", in(days{i})).status, 201);
  EXPECT_EQ(schedule({id}, "SUSPENDED", in(days{51})).status, 400);
  bench_.admin("DELETE", "/api/systemusers/" + id);
  EXPECT_THAT(jobs(), IsEmpty());
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(days{60}); }), IsEmpty());
}

// [rule D11]: the day may come while the directory is down.
TEST_F(ScheduledStates, a_change_survives_crashes_before_and_on_its_day) {
  const auto amy = enter("amy");
  const auto bob = enter("bob");
  schedule({amy}, "SUSPENDED", in(hours{2}));
  schedule({bob}, "SUSPENDED", in(hours{4}));
  bench_.restart_directory();
  bench_.run_for(hours{2} + minutes{1});
  EXPECT_EQ(state_of(amy), "SUSPENDED");
  bench_.directory_host->crash();
  bench_.run_for(hours{4});
  bench_.directory_host->start();
  bench_.settle();
  EXPECT_EQ(state_of(bob), "SUSPENDED");
  std::int64_t suspensions = 0;
  for (const auto& event : bench_.events())
    suspensions += base::string_or(event, "event_type", "") == "user_suspended";
  EXPECT_EQ(suspensions, 2) << "each once";
}

// [rule D11] [rule DI43]: at any moment around the day.
TEST(ScheduledStatesAndCrashes, a_change_is_done_once_whenever_the_power_goes) {
  for (int after = -2; after <= 60; after += 2) {
    BenchOptions options;
    options.seed = static_cast<std::uint64_t>(after + 3);
    ServerBench bench(options);
    const auto id = bench.provision("amy");
    const auto day = bench.now() + hours{1};
    const auto answer =
        bench.admin("POST", route,
                    fmt::format(R"({{"user_ids": ["{}"], "state": "SUSPENDED", "start_date": "{}"}})", id,
                                base::to_rfc3339(day)));
    ASSERT_EQ(answer.status, 201) << answer.body;
    bench.run_for(day - bench.now() + std::chrono::milliseconds{after});
    bench.restart_directory();
    bench.settle();
    EXPECT_EQ(bench.user(id).at("state"), base::Json("SUSPENDED")) << after;
    std::int64_t told = 0;
    for (const auto& event : bench.events())
      told += base::string_or(event, "event_type", "") == "user_suspended";
    EXPECT_EQ(told, 1) << after;
    EXPECT_EQ(body_of(bench.admin("GET", route)), json("[]")) << after;
  }
}

// [rule R20] [rule D12]
TEST_F(ScheduledStates, a_scheduled_suspension_ends_sessions_like_any_other) {
  const auto id = bench_.onboard("amy");
  const auto session = bench_.session_of("amy");
  schedule({id}, "SUSPENDED", in(minutes{5}));
  bench_.run_for(minutes{6});
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(bench_.log_in("amy", "correct horse battery").status, 401);
}

}  // namespace scheduled_states_contract_test
}  // namespace directory
