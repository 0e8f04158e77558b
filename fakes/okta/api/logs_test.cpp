// The system log through the API: what is in an event, and how the log is read.
#include "fakes/okta/api/api_fixture.h"

#include <algorithm>
#include <set>

namespace fakes::okta::api {
namespace logs_test {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;
using std::chrono::days;
using std::chrono::seconds;

class LogsApi : public ApiTest {
 protected:
  LogsApi() { service_.options().limits.on = false; }
  std::vector<std::string> types(const std::string& query = "?limit=1000") { return each(get("/logs" + query), "/eventType"); }
  /// Writes that many events of groups.
  void write(int count) {
    for (int i = 0; i < count; ++i) (void)org_.record(EventType::group_create, Actor::system(), {{"00g" + std::to_string(i), "UserGroup"}});
  }
};

// [Okta provisioning-clients 5.7-03]
TEST_F(LogsApi, an_event_tells_who_what_to_what_and_in_which_request) {
  const auto made = send("POST", "/users?activate=false", "{" + profile("amy") + "}", {{"User-Agent", "Sync/1.0"}, {"X-Forwarded-For", "192.0.2.7"}});
  const auto event = json(get("/logs?filter=" + base::percent_encode(R"(eventType eq "user.lifecycle.create" and target.id eq ")" + at(made, "/id") + "\""))).get_array().front();
  EXPECT_THAT(at(event, "/uuid"), SizeIs(36));
  EXPECT_EQ(at(event, "/published"), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(at(event, "/eventType"), "user.lifecycle.create");
  EXPECT_EQ(at(event, "/version"), "0");
  EXPECT_EQ(at(event, "/severity"), "INFO");
  EXPECT_EQ(at(event, "/actor/id"), admin_);
  EXPECT_EQ(at(event, "/actor/type"), "User");
  EXPECT_EQ(at(event, "/actor/alternateId"), "admin@example.test");
  EXPECT_EQ(at(event, "/actor/displayName"), "Ada Admin");
  EXPECT_EQ(at(event, "/client/userAgent/rawUserAgent"), "Sync/1.0");
  EXPECT_EQ(at(event, "/client/ipAddress"), "192.0.2.7");
  EXPECT_EQ(at(event, "/request/ipChain/0/ip"), "192.0.2.7");
  EXPECT_EQ(at(event, "/outcome/result"), "SUCCESS");
  EXPECT_EQ(at(event, "/target/0/id"), at(made, "/id"));
  EXPECT_EQ(at(event, "/target/0/type"), "User");
  EXPECT_EQ(at(event, "/target/0/alternateId"), "amy@example.test");
  EXPECT_EQ(at(event, "/transaction/type"), "WEB");
  EXPECT_EQ(at(event, "/transaction/id"), header(made, "X-Okta-Request-Id"));
  for (const auto* name : {"/legacyEventType", "/displayMessage", "/actor/detailEntry", "/device", "/outcome/reason", "/transaction/detail", "/debugContext/debugData",
                           "/authenticationContext", "/securityContext"})
    EXPECT_NE(at(event, name), "none") << name;
}

// [Okta provisioning-clients 5.7-03]
TEST_F(LogsApi, there_are_four_severities_and_seven_results) {
  std::set<std::string> severities;
  for (const auto severity : {Severity::debug, Severity::info, Severity::warn, Severity::error}) severities.emplace(name_of(severity));
  EXPECT_EQ(severities, (std::set<std::string>{"DEBUG", "INFO", "WARN", "ERROR"}));
  for (const auto result : {LogResult::success, LogResult::failure, LogResult::skipped, LogResult::allow, LogResult::deny, LogResult::challenge, LogResult::unknown})
    (void)org_.record(EventType::account_lock, Actor::system(), {}, {result, "because"});
  auto results = each(get("/logs?filter=" + base::percent_encode(R"(eventType eq "user.account.lock")")), "/outcome/result");
  EXPECT_THAT(results, ElementsAre("SUCCESS", "FAILURE", "SKIPPED", "ALLOW", "DENY", "CHALLENGE", "UNKNOWN"));
}

// [Okta provisioning-clients 5.7-01]
TEST_F(LogsApi, a_page_has_100_events_and_1000_at_most) {
  write(1'100);
  EXPECT_THAT(types(""), SizeIs(100));
  EXPECT_THAT(types("?limit=1000"), SizeIs(1'000));
  EXPECT_THAT(types("?limit=5000"), SizeIs(1'000));
  EXPECT_EQ(outcome(get("/logs?limit=x")), "400 E0000001");
}

// [Okta provisioning-clients 5.1-09, 5.7-01]
TEST_F(LogsApi, is_read_between_two_times_in_either_order) {
  const auto amy = made_user("amy");
  pass(seconds{10});
  for (const auto* operation : {"suspend", "unsuspend", "suspend"}) {
    (void)post("/users/" + amy + "/lifecycle/" + operation);
    pass(seconds{10});
  }
  const std::string span = "?since=2026-01-05T08:00:10.000Z&until=2026-01-05T08:00:40.000Z";
  EXPECT_THAT(types(span), ElementsAre("user.lifecycle.suspend", "user.lifecycle.unsuspend", "user.lifecycle.suspend"));
  EXPECT_THAT(types("?since=2026-01-05T08:00:10.000Z&until=2026-01-05T08:00:30.000Z"), SizeIs(2));
  for (const auto* order : {"ASCENDING", "DESCENDING"}) {
    std::vector<std::string> times;
    int pages = 0;
    for (auto place = "/logs" + span + "&limit=1&sortOrder=" + order; !place.empty() && pages < 9; ++pages) {
      const auto page = get(place);
      for (const auto& time : each(page, "/published")) times.push_back(time);
      place = link_of(page, "next");
    }
    EXPECT_EQ(pages, 3);
    if (std::string_view(order) == "DESCENDING") std::ranges::reverse(times);
    EXPECT_THAT(times, ElementsAre("2026-01-05T08:00:10.000Z", "2026-01-05T08:00:20.000Z", "2026-01-05T08:00:30.000Z"));
  }
  EXPECT_EQ(outcome(get("/logs?since=yesterday")), "400 E0000001");
  EXPECT_EQ(outcome(get("/logs?sortOrder=UP")), "400 E0000001");
}

// [Okta provisioning-clients 5.7-01]
TEST_F(LogsApi, takes_filters_and_words) {
  (void)made_user("amy");
  (void)made_user("bob");
  EXPECT_THAT(each(ask("/logs", "q", "bob@EXAMPLE.test activate"), "/eventType"), ElementsAre("user.lifecycle.activate"));
  EXPECT_THAT(each(ask("/logs", "q", "nobody"), "/eventType"), IsEmpty());
  EXPECT_THAT(each(ask("/logs", "filter", R"(eventType eq "user.lifecycle.create" and target.alternateId eq "amy@example.test")"), "/uuid"), SizeIs(1));
  EXPECT_THAT(each(ask("/logs", "filter", R"(eventType sw "user.lifecycle" and not (eventType eq "user.lifecycle.create"))"), "/eventType"), Each("user.lifecycle.activate"));
  EXPECT_EQ(outcome(ask("/logs", "filter", "eventType")), "400 E0000053");
}

// [Okta provisioning-clients 5.7-01]
TEST_F(LogsApi, is_kept_for_ninety_days) {
  (void)made_user("amy");
  pass(days{90});
  const auto all = "?limit=1000&since=2025-01-01T00:00:00.000Z";
  EXPECT_THAT(types(all), Contains("user.lifecycle.create"));
  pass(seconds{1});
  write(1);
  EXPECT_THAT(types(all), ElementsAre("group.lifecycle.create"));
}

// [Okta provisioning-clients 5.7-02]
TEST_F(LogsApi, polling_always_has_a_next_link_and_misses_nothing) {
  const auto start = get("/logs?since=2026-01-05T08:00:01.000Z&limit=2");
  EXPECT_EQ(start.body, "[]");
  auto place = link_of(start, "next");
  ASSERT_NE(place, "");
  pass(seconds{2});
  write(3);
  std::vector<std::string> seen;
  for (int i = 0; i < 3; ++i) {
    const auto page = get(place);
    for (const auto& id : each(page, "/target/0/id")) seen.push_back(id);
    place = link_of(page, "next");
    ASSERT_NE(place, "") << i;
  }
  EXPECT_THAT(seen, ElementsAre("00g0", "00g1", "00g2"));
  write(1);
  EXPECT_THAT(each(get(place), "/target/0/id"), ElementsAre("00g0"));
  EXPECT_EQ(link_of(get("/logs?since=2026-01-05T09:00:00.000Z&until=2026-01-05T10:00:00.000Z"), "next"), "");
  EXPECT_EQ(link_of(get("/logs?sortOrder=DESCENDING"), "next"), "");
}

// [Okta provisioning-clients 5.7-04]
TEST_F(LogsApi, has_a_users_life) {
  const auto amy = made_user("amy");
  for (const auto* operation : {"suspend", "unsuspend", "reset_password", "reactivate"}) EXPECT_EQ(post("/users/" + amy + "/lifecycle/" + operation).status, 200) << operation;
  (void)send("DELETE", "/users/" + amy);
  (void)send("DELETE", "/users/" + amy);
  EXPECT_THAT(types(), IsSupersetOf({"user.lifecycle.create", "user.lifecycle.activate", "user.lifecycle.suspend", "user.lifecycle.unsuspend", "user.lifecycle.reactivate",
                                     "user.lifecycle.deactivate", "user.lifecycle.delete.initiated", "user.lifecycle.delete.completed"}));
  EXPECT_TRUE(event_type_named("user.lifecycle.password_mass_expiry").has_value());
}

// [Okta provisioning-clients 5.7-05]
TEST_F(LogsApi, has_what_befalls_an_account) {
  const auto amy = made_user("amy");
  for (int i = 0; i < org_.options().password_policy.most_failures; ++i) (void)org_.authenticate("amy@example.test", base::Secret("wrong"));
  (void)post("/users/" + amy + "/lifecycle/unlock");
  (void)post("/users/" + amy, R"({"profile": {"title": "Boss"}})");
  (void)post("/users/" + amy, R"({"profile": {"email": "amy.doe@example.test"}})");
  (void)post("/users/" + amy, R"({"credentials": {"password": {"value": "Wallaby-0815"}}})");
  (void)post("/users/" + amy + "/lifecycle/expire_password?tempPassword=true");
  const auto bob = made_user("bob");
  (void)post("/users/" + bob + "/lifecycle/reset_password");
  EXPECT_THAT(types(), IsSupersetOf({"user.account.lock", "user.account.unlock_by_admin", "user.account.update_profile", "user.account.update_primary_email",
                                     "user.account.update_password", "user.account.expire_password", "user.account.reset_password"}));
  for (const auto* name : {"user.account.lock.limit", "user.account.unlock"}) EXPECT_TRUE(event_type_named(name).has_value()) << name;
}

// [Okta provisioning-clients 5.7-06]
TEST_F(LogsApi, has_sessions) {
  const auto amy = made_user("amy");
  const auto session = org_.open_session(UserId{amy})->id;
  EXPECT_EQ(outcome(send("DELETE", "/sessions/" + session.text())), "204");
  (void)org_.open_session(UserId{amy});
  (void)send("DELETE", "/users/" + amy + "/sessions");
  EXPECT_THAT(types(), IsSupersetOf({"user.session.start", "user.session.end", "user.session.clear"}));
  EXPECT_TRUE(event_type_named("user.session.expire").has_value());
}

// [Okta provisioning-clients 5.7-07]
TEST_F(LogsApi, has_groups_and_their_members) {
  const auto amy = made_user("amy");
  const auto group = made_group("Sales");
  (void)send("PUT", "/groups/" + group + "/users/" + amy);
  (void)send("DELETE", "/groups/" + group + "/users/" + amy);
  (void)send("DELETE", "/groups/" + group);
  auto seen = types();
  std::erase_if(seen, [](const std::string& type) { return !type.starts_with("group."); });
  EXPECT_THAT(seen, ElementsAre("group.lifecycle.create", "group.user_membership.add", "group.user_membership.remove", "group.lifecycle.delete"));
}

// [Okta provisioning-clients 5.7-08]
TEST_F(LogsApi, has_memberships_of_apps) {
  const auto app = made("/apps", R"({"name": "scim2headerauth", "label": "Directory"})");
  (void)post("/apps/" + app + "/connections/default?activate=true", R"({"profile": {"authScheme": "TOKEN", "token": "abc"}})");
  (void)send("PUT", "/apps/" + app + "/features/USER_PROVISIONING",
             R"({"create": {"lifecycleCreate": {"status": "ENABLED"}}, "update": {"lifecycleDeactivate": {"status": "ENABLED"}}})");
  const auto amy = made_user("amy");
  (void)post("/apps/" + app + "/users", R"({"id": ")" + amy + "\"}");
  (void)post("/apps/" + app + "/users/" + amy, R"({"credentials": {"userName": "amy"}})");
  (void)send("DELETE", "/apps/" + app + "/users/" + amy);
  EXPECT_THAT(types(), IsSupersetOf({"application.user_membership.add", "application.user_membership.provision", "application.user_membership.update",
                                     "application.user_membership.change_username", "application.user_membership.remove", "application.user_membership.deprovision"}));
  for (const auto* name : {"revoke", "change_password"}) EXPECT_TRUE(event_type_named(std::string("application.user_membership.") + name).has_value()) << name;
}

// [Okta provisioning-clients 5.7-09, 5.7-10, 5.7-11, 5.7-12]
TEST_F(LogsApi, knows_the_types_of_provisioning_group_push_and_import) {
  const auto below = [](std::string_view family) {
    std::set<std::string> out;
    for (const auto& info : event_types()) {
      if (info.name.starts_with(family)) out.emplace(info.name.substr(family.size()));
    }
    return out;
  };
  EXPECT_EQ(below("application.provision.user."),
            (std::set<std::string>{"push", "push_profile", "push_password", "push_okta_password", "sync", "activate", "deactivate", "reactivate", "deprovision", "import",
                                   "import_profile", "verify_exists", "delete", "delete.schedule", "remove_entitlements"}));
  EXPECT_EQ(below("application.provision.group_push."),
            (std::set<std::string>{"mapping.created", "pushed", "updated", "push_memberships", "removed", "delete_appgroup", "activate_mapping", "deactivate_mapping",
                                   "mapping.update.or.delete.failed", "mapping.update.or.delete.failed.with.error"}));
  EXPECT_EQ(below("application.provision.group_membership."), (std::set<std::string>{"add", "remove", "update"}));
  for (const auto& info : event_types()) {
    if (info.name.starts_with("application.provision.group_membership.")) EXPECT_GE(info.severity, Severity::warn) << info.name;
  }
  EXPECT_EQ(below("system.import."), (std::set<std::string>{"start", "complete", "user.create", "user.update", "user.delete", "user.match", "group.create", "group.delete",
                                                            "group.update", "roadblock"}));
}

}  // namespace logs_test
}  // namespace fakes::okta::api
