// Directory Insights as a collector reads it: the query, the form of an event, and that every change of an
// admin, a user or a device writes its events once. What a provisioning client causes is in
// scim_changes_contract_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/server_test_fixture.h"

namespace directory {
namespace events_contract_test {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view password = "correct horse battery";

class EventsContract : public ::testing::Test {
 protected:
  base::HttpResponse query(std::string body) {
    return bench_.admin("POST", "/insights/directory/v1/events", std::move(body));
  }
  std::string enter(std::string_view username, std::string_view state = "ACTIVATED") {
    const auto answer =
        bench_.admin("POST", "/api/systemusers",
                     fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "{1}"}})",
                                 username, state));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return base::string_or(body_of(answer), "_id", "");
  }
  void put(const std::string& id, std::string body) {
    EXPECT_EQ(bench_.admin("PUT", "/api/systemusers/" + id, std::move(body)).status, 200);
  }
  void post(const std::string& id, std::string_view what) {
    EXPECT_TRUE(bench_.admin("POST", fmt::format("/api/systemusers/{}/{}", id, what)).ok());
  }
  std::string register_device() {
    const auto answer =
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                   fmt::format(R"({{"hostname": "laptop", "os": "windows", "sealing_key": "{}"}})",
                               base::to_base64(std::string(32, 'k'))));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "system_id", "");
  }
  void associate(std::string_view op, const std::string& system, const std::string& user) {
    EXPECT_EQ(bench_
                  .admin("POST", "/api/v2/systems/" + system + "/associations",
                         fmt::format(R"({{"op": "{}", "type": "user", "id": "{}"}})", op, user))
                  .status,
              204);
  }

  ServerBench bench_;
};

// The query

// [rule DI2] [rule DI4]
TEST_F(EventsContract, a_query_needs_services_and_a_time_that_has_come) {
  for (
      const auto* body :
      {"", "[]", "{}", R"({"start_time": "2026-01-01T00:00:00Z"})",
       R"({"service": "directory", "start_time": "2026-01-01T00:00:00Z"})", R"({"service": ["directory"]})",
       R"({"service": ["directory"], "start_time": "yesterday"})",
       R"({"service": ["directory"], "start_time": "2026-01-06T00:00:00Z"})",
       R"({"service": ["directory"], "start_time": "2026-01-02T00:00:00Z", "end_time": "2026-01-01T00:00:00Z"})",
       R"({"service": ["directory"], "start_time": "2026-01-02T00:00:00Z", "end_time": "x"})"}) {
    EXPECT_EQ(query(body).status, 400) << body;
  }
}

TEST_F(EventsContract, a_service_that_does_not_exist_is_refused_with_those_that_do_DI4) {
  for (const auto* services : {R"(["directori"])", R"(["directory", "nothing"])", R"([5])"}) {
    const auto answer =
        query(fmt::format(R"({{"service": {}, "start_time": "2026-01-01T00:00:00Z"}})", services));
    EXPECT_EQ(answer.status, 400) << services;
    EXPECT_THAT(answer.body, HasSubstr("password_manager")) << services;
  }
}

TEST_F(EventsContract, other_services_have_no_events_of_the_directory_DI3) {
  enter("amy.lee");
  const auto count = [&](std::string_view services) {
    const auto answer =
        query(fmt::format(R"({{"service": {}, "start_time": "2026-01-01T00:00:00Z"}})", services));
    EXPECT_EQ(answer.status, 200) << services;
    return body_of(answer).as_array().size();
  };
  EXPECT_EQ(count(R"(["sso", "systems"])"), 0U);
  EXPECT_EQ(count(R"(["directory"])"), 2U);
  EXPECT_EQ(count(R"(["all"])"), 2U);
  EXPECT_EQ(count(R"(["sso", "directory"])"), 2U);
}

// [rule DI6]
TEST_F(EventsContract, an_answer_is_always_an_array_DI5) {
  const auto answer = query(R"({"service": ["directory"], "start_time": "2026-01-05T08:00:00Z"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer), json("[]"));
  EXPECT_EQ(header_of(answer, "X-Result-Count"), "0");
  EXPECT_EQ(header_of(answer, "X-Limit"), "1000");
}

TEST_F(EventsContract, the_limit_is_1000_unless_a_sensible_one_is_given_DI5) {
  for (int i = 0; i < 3; ++i) enter(fmt::format("user{}", i), "STAGED");
  const auto limit = [&](std::string_view text) {
    const auto answer = query(fmt::format(
        R"({{"service": ["directory"], "start_time": "2026-01-01T00:00:00Z", "limit": {}}})", text));
    EXPECT_EQ(header_of(answer, "X-Result-Count"), std::to_string(body_of(answer).as_array().size()));
    return header_of(answer, "X-Limit");
  };
  EXPECT_EQ(limit("2"), "2");
  EXPECT_EQ(limit("10000"), "10000");
  for (const auto* nonsense : {"0", "-1", "10001", "\"x\"", "null", "1.5", "99999999999999999999"})
    EXPECT_EQ(limit(nonsense), "1000") << nonsense;
  EXPECT_THAT(
      body_of(query(R"({"service": ["directory"], "start_time": "2026-01-01T00:00:00Z", "limit": 2})"))
          .as_array(),
      SizeIs(2));
}

TEST_F(EventsContract, events_come_by_time_from_start_up_to_but_without_end_DI8) {
  for (int i = 0; i < 4; ++i) {
    enter(fmt::format("user{}", i), "STAGED");
    bench_.run_for(std::chrono::hours{1});
  }
  const auto events = bench_.events();
  ASSERT_THAT(events, SizeIs(4));
  std::vector<std::string> times;
  for (const auto& event : events) times.push_back(base::string_or(event, "timestamp", ""));
  EXPECT_TRUE(std::ranges::is_sorted(times));
  const auto between =
      query(fmt::format(R"({{"service": ["directory"], "start_time": "{}", "end_time": "{}"}})", times[1],
                        "2026-01-05T10:30:00Z"));
  EXPECT_THAT(body_of(between).as_array(), SizeIs(2));
}

// [rule DI6] [rule DI7]
TEST_F(EventsContract, pages_are_read_with_the_mark_of_the_one_before) {
  for (int i = 0; i < 5; ++i) enter(fmt::format("user{}", i), "STAGED");
  std::string more;
  std::vector<std::string> names, marks, requests;
  for (int page = 0; page < 4; ++page) {
    const auto answer =
        query(R"({"service": ["all"], "start_time": "2026-01-01T00:00:00Z", "limit": 2)" + more + "}");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto events = body_of(answer).as_array();
    for (const auto& event : events) names.push_back(base::string_or(event.at("resource"), "username", ""));
    EXPECT_EQ(header_of(answer, "X-Result-Count"), std::to_string(events.size()));
    EXPECT_EQ(header_of(answer, "X-Limit"), "2");
    EXPECT_EQ(header_of(answer, "X-Sort"), "ASC");
    requests.push_back(header_of(answer, "X-Request-Id"));
    marks.push_back(header_of(answer, "X-Search_after"));
    EXPECT_TRUE(base::parse_json(marks.back()).has_value()) << "always there, a JSON list: " << marks.back();
    more = R"(, "search_after": )" + marks.back();
  }
  EXPECT_THAT(names, ElementsAre("user0", "user1", "user2", "user3", "user4"));
  EXPECT_EQ(std::set(marks.begin(), marks.end()).size(), 4U);
  EXPECT_EQ(std::set(requests.begin(), requests.end()).size(), 4U);
  EXPECT_EQ(
      query(R"({"service": ["all"], "start_time": "2026-01-01T00:00:00Z", "limit": 3)" + more + "}").status,
      400);
}

// [rule F71]
TEST_F(EventsContract, a_mark_is_new_each_time_DI7) {
  const auto mark = [&] {
    return header_of(query(R"({"service": ["all"], "start_time": "2026-01-01T00:00:00Z"})"),
                     "X-Search_after");
  };
  const auto first = mark();
  EXPECT_NE(first, mark());
}

// [rule DI8] [rule DI9] [rule DI10]
TEST_F(EventsContract, a_query_searches_sorts_and_picks_fields) {
  const auto id = enter("amy.lee");
  enter("bob");
  put(id, R"({"jobTitle": "Clerk"})");
  const auto answer =
      query(R"({"service": ["directory"], "start_time": "2026-01-01T00:00:00Z", "sort": "desc",
      "search_term": {"and": [{"event_type": ["user_create", "user_update"]}, {"resource.username": "amy.lee"}]},
      "fields": ["event_type", "resource.username", "no_such_field"]})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header_of(answer, "X-Sort"), "DESC");
  EXPECT_EQ(body_of(answer), json(R"([{"event_type": "user_update", "resource": {"username": "amy.lee"}},
                                      {"event_type": "user_create", "resource": {"username": "amy.lee"}}])"));
  for (const auto* wrong :
       {R"("fields": [])", R"("fields": ["no_such_field"])", R"("search_term": {"changes": "x"})",
        R"("search_term": {"and": [{"changes.field": "jobTitle"}]})", R"("search_after": [1, "x"])"}) {
    EXPECT_EQ(query(fmt::format(R"({{"service": ["all"], "start_time": "2026-01-01T00:00:00Z", {}}})", wrong))
                  .status,
              400)
        << wrong;
  }
}

// [rule DI1]
TEST_F(EventsContract, events_are_counted_whatever_the_limit) {
  for (int i = 0; i < 3; ++i) enter(fmt::format("user{}", i), "STAGED");
  const auto count = [&](std::string_view more) {
    return bench_.admin(
        "POST", "/insights/directory/v1/events/count",
        fmt::format(R"({{"service": ["all"], "start_time": "2026-01-01T00:00:00Z"{}}})", more));
  };
  EXPECT_EQ(body_of(count("")), json(R"({"count": 3})"));
  EXPECT_EQ(body_of(count(R"(, "limit": 1)")), json(R"({"count": 3})"));
  EXPECT_EQ(body_of(count(R"(, "search_term": {"and": [{"resource.username": "user1"}]})")),
            json(R"({"count": 1})"));
  EXPECT_EQ(count(R"(, "end_time": "x")").status, 400);
}

// [rule DI11]
TEST_F(EventsContract, events_can_be_read_for_ninety_days) {
  enter("amy.lee", "STAGED");
  bench_.run_for(std::chrono::days{89});
  enter("bob", "STAGED");
  EXPECT_THAT(bench_.events(), SizeIs(2));
  bench_.run_for(std::chrono::days{2});
  ASSERT_THAT(bench_.events(), SizeIs(1));
  EXPECT_EQ(bench_.events().front().at("resource").at("username"), base::Json("bob"));
}

// [rule DI20]
TEST_F(EventsContract, an_address_is_believed_of_our_own_proxy_alone) {
  const auto seen = [&](std::string_view username) {
    auto fields = bench_.admin_fields();
    fields.push_back({"X-Forwarded-For", "6.6.6.6, 10.1.2.3"});
    fields.push_back({"User-Agent", "curl/8.5.0"});
    bench_.ask(
        "POST", "/api/systemusers", fields,
        fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "STAGED"}})", username));
    return bench_.events().back();
  };
  EXPECT_EQ(base::member(seen("amy"), "client_ip"), nullptr);
  bench_.settings().client_address_header = "X-Forwarded-For";
  bench_.restart_directory();
  const auto event = seen("bob");
  EXPECT_EQ(event.at("client_ip"), base::Json("10.1.2.3"));
  EXPECT_EQ(event.at("useragent").at("name"), base::Json("curl"));
}

// The form

// [rule DI20] [rule DI21] [rule DI22]
TEST_F(EventsContract, every_event_has_the_common_fields) {
  const auto id = bench_.onboard("amy.lee");
  associate("add", register_device(), id);
  bench_.log_in("amy.lee", password);
  put(id, R"({"state": "SUSPENDED"})");
  std::set<std::string> ids;
  const auto events = bench_.events();
  ASSERT_GE(events.size(), 6U);
  for (const auto& event : events) {
    const auto text = base::to_text(event);
    EXPECT_TRUE(ids.insert(base::string_or(event, "id", "")).second) << text;
    EXPECT_EQ(base::string_or(event, "service", ""), "directory");
    EXPECT_EQ(base::string_or(event, "@version", ""), "1");
    EXPECT_EQ(base::string_or(event, "organization", ""), "5f0000000000000000000001");
    EXPECT_TRUE(base::bool_member(event, "success").has_value()) << text;
    EXPECT_THAT(base::string_or(event, "timestamp", ""),
                ::testing::MatchesRegex(R"(....-..-..T..:..:..\....Z)"));
    EXPECT_THAT(base::string_or(event.at("resource"), "type", ""), ::testing::AnyOf("systemuser", "system"))
        << text;
    EXPECT_THAT(base::string_or(event.at("resource"), "id", ""), Not(IsEmpty())) << text;
    EXPECT_THAT(base::string_or(event.at("initiated_by"), "type", ""), Not(IsEmpty())) << text;
  }
}

TEST_F(EventsContract, an_event_tells_admin_and_user_apart_DI22) {
  const auto id = enter("amy.lee");
  bench_.settle();
  bench_.activate(bench_.activation_token("amy.lee@example.test"), password);
  const auto events = bench_.events();
  const auto& admin = events.front().at("initiated_by");
  EXPECT_EQ(admin.at("type"), base::Json("admin"));
  EXPECT_EQ(admin.at("email"), base::Json("administrator@example.test"));
  EXPECT_THAT(base::string_or(admin, "id", ""), ::testing::SizeIs(24));
  EXPECT_EQ(events.back().at("initiated_by"),
            json(fmt::format(R"({{"type": "systemuser", "id": "{}", "username": "amy.lee"}})", id)));
}

// One event a change

// [rule DI40] [rule DI41]
TEST_F(EventsContract, entering_a_user_is_one_event_and_the_mail_another) {
  EXPECT_THAT(bench_.events_of([&] { enter("amy.lee"); }),
              ElementsAre("user_create", "user_activation_email"));
  EXPECT_THAT(bench_.events_of([&] { enter("bob", "STAGED"); }), ElementsAre("user_create"));
  EXPECT_THAT(bench_.events_of([&] { enter("cleo", "SUSPENDED"); }), ElementsAre("user_create"));
}

TEST_F(EventsContract, a_refused_change_writes_none_DI40) {
  const auto id = enter("amy.lee");
  EXPECT_THAT(bench_.events_of([&] {
    bench_.admin("POST", "/api/systemusers", R"({"username": "amy.lee", "email": "x@example.test"})");
    bench_.admin("PUT", "/api/systemusers/" + id, R"({"jobTitle": "x", "state": "STAGED"})");
    bench_.admin("PUT", "/api/systemusers/" + id, R"({"username": "a b"})");
    bench_.admin("DELETE", "/api/systemusers/nobody");
  }),
              IsEmpty());
}

// [rule DI40] [rule DI43]
TEST_F(EventsContract, a_put_writes_an_event_for_what_it_changes) {
  const auto id = enter("amy.lee");
  EXPECT_THAT(bench_.events_of([&] { put(id, R"({"jobTitle": "Clerk", "department": "Sales"})"); }),
              ElementsAre("user_update"));
  EXPECT_THAT(bench_.events_of([&] { put(id, R"({"jobTitle": "Clerk"})"); }), IsEmpty());
  EXPECT_THAT(bench_.events_of([&] { put(id, R"({"state": "SUSPENDED"})"); }), ElementsAre("user_suspended"));
  EXPECT_THAT(bench_.events_of([&] { put(id, R"({"state": "SUSPENDED"})"); }), IsEmpty());
  EXPECT_THAT(bench_.events_of([&] { put(id, R"({"state": "ACTIVATED", "jobTitle": "Lead"})"); }),
              ElementsAre("user_update", "user_unsuspended"));
  EXPECT_THAT(bench_.events_of([&] { bench_.admin("DELETE", "/api/systemusers/" + id); }),
              ElementsAre("user_delete"));
}

TEST_F(EventsContract, activation_by_the_admin_is_one_event_and_its_mail_another_DI41) {
  const auto id = enter("amy.lee", "STAGED");
  EXPECT_THAT(bench_.events_of([&] { post(id, "state/activate"); }),
              ElementsAre("user_activated", "user_activation_email"));
  EXPECT_THAT(bench_.events_of([&] { post(id, "state/activate"); }), ElementsAre("user_activation_email"));
}

TEST_F(EventsContract, the_first_password_is_told_from_a_change_DI42) {
  const auto id = bench_.provision("amy.lee");
  bench_.settle();
  const auto token = bench_.activation_token("amy.lee@example.test");
  EXPECT_THAT(bench_.events_of([&] { bench_.activate(token, password); }), ElementsAre("user_password_set"));
  const auto session = bench_.session_of("amy.lee");
  auto types = bench_.events_of([&] {
    bench_.portal("/password",
                  R"({"old_password": "correct horse battery", "new_password": "another horse battery"})",
                  session);
  });
  std::erase(types, "user_login_attempt");  // the old password is checked like a login's
  EXPECT_THAT(types, ElementsAre("user_password_change"));
  EXPECT_THAT(bench_.events_of([&] { post(id, "expire"); }), ElementsAre("user_password_expired"));
}

// [rule DI44]
TEST_F(EventsContract, a_lockout_is_one_event_after_the_last_of_its_attempts_DI43) {
  const auto id = bench_.onboard("amy.lee");
  auto types = bench_.events_of([&] {
    for (int i = 0; i < 9; ++i) bench_.log_in("amy.lee", "a wrong password");
  });
  EXPECT_EQ(std::ranges::count(types, "user_lockout"), 1);
  EXPECT_EQ(std::ranges::count(types, "user_login_attempt"), 9);
  EXPECT_THAT(types, SizeIs(10));
  for (const auto& event : bench_.events()) {
    if (base::string_or(event, "event_type", "") == "user_login_attempt")
      EXPECT_EQ(event.at("success"), base::Json(false));
  }
  EXPECT_THAT(bench_.events_of([&] { post(id, "unlock"); }), ElementsAre("user_unlocked"));
  EXPECT_THAT(bench_.events_of([&] { bench_.log_in("amy.lee", password); }),
              ElementsAre("user_login_attempt"));
  EXPECT_EQ(bench_.events().back().at("success"), base::Json(true));
}

// [rule DI49] [rule DI51]
TEST_F(EventsContract, devices_and_their_bindings_have_events) {
  const auto user = enter("amy.lee");
  std::string system;
  EXPECT_THAT(bench_.events_of([&] { system = register_device(); }), ElementsAre("system_create"));
  EXPECT_THAT(bench_.events_of([&] { associate("add", system, user); }), ElementsAre("association_change"));
  EXPECT_THAT(bench_.events_of([&] { associate("remove", system, user); }),
              ElementsAre("association_change"));
}

// [rule DI60]
TEST_F(EventsContract, a_suspension_tells_the_state_before_and_after) {
  const auto id = enter("amy.lee");
  put(id, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(bench_.events().back().at("changes"),
            json(R"([{"field": "state", "from": "ACTIVATED", "to": "SUSPENDED"}])"));
}

// [rule DI26] [rule DI44]
TEST_F(EventsContract, a_failed_login_says_why_in_the_log_alone) {
  bench_.onboard("amy.lee");
  EXPECT_EQ(bench_.log_in("amy.lee", "a wrong password").status, 401);
  EXPECT_EQ(bench_.events().back().at("error_message"), base::Json("the password is wrong"));
  enter("bob");
  const auto answer = bench_.log_in("bob", password);
  EXPECT_EQ(bench_.events().back().at("error_message"), base::Json("the user has no password"));
  EXPECT_THAT(answer.body, Not(HasSubstr("no password")));
  bench_.log_in("amy.lee", password);
  EXPECT_EQ(base::member(bench_.events().back(), "error_message"), nullptr);
}

// Secrets

// [rule DI24]
TEST_F(EventsContract, a_password_is_a_field_without_values) {
  bench_.onboard("amy.lee");
  EXPECT_EQ(bench_.events().back().at("changes"), json(R"([{"field": "password"}])"));
}

// [rule DI24]
TEST_F(EventsContract, no_event_holds_a_secret) {
  const auto id = bench_.onboard("amy.lee");
  associate("add", register_device(), id);
  const auto session = bench_.session_of("amy.lee");
  bench_.log_in("amy.lee", "a wrong password");
  bench_.portal("/password",
                R"({"old_password": "correct horse battery", "new_password": "another horse battery"})",
                session);
  const auto text = base::to_text(bench_.events());
  const auto& secrets = bench_.world().recorder().secrets();
  EXPECT_TRUE(secrets.contains(password) && secrets.contains("another horse battery") &&
              secrets.contains("a wrong password") && secrets.contains(session))
      << "the search needs to know what to look for";
  for (const auto& secret : secrets) EXPECT_THAT(text, Not(HasSubstr(secret)));
  EXPECT_THAT(text, Not(HasSubstr("argon2")));
}

}  // namespace events_contract_test
}  // namespace directory
