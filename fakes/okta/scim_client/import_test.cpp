// What an import reads, and what comes of it in the org.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace import_test {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void put(OktaBench& bench, const std::string& id, bool active = true) {
  bench.target().resources[id] = json(fmt::format(R"({{"id": "{}", "userName": "{}@example.test", "active": {}, "name": {{"givenName": "G{}", "familyName": "F"}},
      "emails": [{{"value": "{}@example.test", "primary": true}}]}})", id, id, active, id, id)).as_object();
}

/// Pages of a target that has so many users, each page made by `page`.
void answer_pages(OktaBench& bench, std::function<std::string(std::int64_t start)> page) {
  bench.target().refuse = [page = std::move(page)](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    const auto at = request.target.find("/Users?startIndex=");
    if (at == std::string::npos) return std::nullopt;
    const auto start = std::stoll(request.target.substr(at + std::string_view("/Users?startIndex=").size()));
    return base::HttpResponse(200, "application/scim+json", page(start));
  };
}
std::string users_from(std::int64_t start, std::int64_t count) {
  std::string out;
  for (auto i = start; i < start + count; ++i) out += fmt::format(R"({}{{"id": "u{}", "userName": "u{}@example.test"}})", i == start ? "" : ",", i, i);
  return out;
}

// [Okta provisioning-clients 4.7-01] [Okta provisioning-clients 4.12-05]
TEST(OktaImport, reads_pages_of_a_hundred_until_the_total_is_covered) {
  OktaBench bench;
  answer_pages(bench, [](std::int64_t start) {
    return fmt::format(R"({{"totalResults": 250, "startIndex": {}, "itemsPerPage": {}, "Resources": [{}]}})", start, start == 201 ? 50 : 100, users_from(start, start == 201 ? 50 : 100));
  });
  const auto& result = bench.import();
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=100", "GET /Users?startIndex=101&count=100", "GET /Users?startIndex=201&count=100",
                                             "GET /Groups?startIndex=1&count=100"));
  EXPECT_EQ(result.users, (ImportCounts{250, 250, 0, 0, 0}));
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(bench.client().waiting_imports(), SizeIs(250));
  EXPECT_TRUE(bench.logged(EventType::import_start));
  EXPECT_TRUE(bench.logged(EventType::import_complete));
}

// [Okta provisioning-clients 4.7-05] [Okta provisioning-clients 7.2-14]
TEST(OktaImport, sees_the_first_hundred_of_a_server_that_caps_its_total) {
  OktaBench bench;
  answer_pages(bench, [](std::int64_t start) { return fmt::format(R"({{"totalResults": 100, "Resources": [{}]}})", users_from(start, 100)); });
  EXPECT_EQ(bench.import().users.scanned, 100);
  EXPECT_THAT(bench.new_calls(), SizeIs(2));
}

// [Okta provisioning-clients 4.7-02]
TEST(OktaImport, fails_where_a_number_is_none_and_changes_nothing) {
  OktaBench bench;
  const auto amy = bench.add_pushed_amy();
  answer_pages(bench, [](std::int64_t) { return std::string(R"({"totalResults": "0", "Resources": []})"); });
  EXPECT_EQ(bench.import().problem, "totalResults is no integer");
  EXPECT_EQ(bench.app_user(amy).status, AppUserStatus::provisioned);
}

// [Okta provisioning-clients 4.7-04] [Okta provisioning-clients 7.2-13]
TEST(OktaImport, notes_a_page_that_counts_what_was_asked_for) {
  OktaBench bench;
  answer_pages(bench, [](std::int64_t start) { return fmt::format(R"({{"totalResults": 3, "itemsPerPage": 100, "Resources": [{}]}})", users_from(start, 3)); });
  const auto& result = bench.import();
  EXPECT_EQ(result.problem, std::nullopt);
  EXPECT_THAT(result.findings, ElementsAre("itemsPerPage is 100 where 3 came"));
}

// [Okta provisioning-clients 4.7-06] [Okta provisioning-clients 4.12-05]
TEST(OktaImport, leaves_out_who_is_inactive) {
  OktaBench bench;
  for (int i = 0; i < 8; ++i) put(bench, fmt::format("u{}", i), i != 3);
  const auto& result = bench.import();
  EXPECT_EQ(result.users.scanned, 7);
  EXPECT_THAT(bench.client().waiting_imports(), SizeIs(7));
  EXPECT_FALSE(bench.client().confirm_import("u3").has_value());
}

// [Okta provisioning-clients 4.7-09] [Okta provisioning-clients 4.12-05]
TEST(OktaImport, counts_against_the_last_one) {
  OktaBench bench;
  for (const auto* id : {"a", "b", "c"}) put(bench, id);
  bench.target().resources["g"] = json(R"({"id": "g", "displayName": "Group"})").as_object();
  EXPECT_EQ(bench.import().users, (ImportCounts{3, 3, 0, 0, 0}));
  EXPECT_EQ(bench.client().imports().back().groups, (ImportCounts{1, 1, 0, 0, 0}));
  bench.target().resources["a"]["title"] = "Clerk";
  bench.target().resources.erase("b");
  put(bench, "d");
  const auto& result = bench.import();
  EXPECT_EQ(summary_of(result), "Users: 3 scanned, 1 new, 1 updated, 1 unchanged, 1 removed. Groups: 1 scanned, 0 new, 0 updated, 1 unchanged, 0 removed.");
  Stage without;
  without.settings.import_groups = false;
  OktaBench other(without);
  other.import();
  EXPECT_THAT(other.new_calls(), ElementsAre("GET /Users?startIndex=1&count=100"));
}

// [Okta provisioning-clients 4.7-07]
TEST(OktaImport, comes_by_hand_or_every_hour_day_or_week) {
  for (const auto& [schedule, count] : {std::pair(ImportSchedule::manual, 0), std::pair(ImportSchedule::hourly, 335), std::pair(ImportSchedule::daily, 13), std::pair(ImportSchedule::weekly, 1)}) {
    Stage stage;
    stage.settings.import_schedule = schedule;
    stage.settings.import_groups = false;
    OktaBench bench(stage);
    bench.run_for(std::chrono::days{14} - minutes{1});
    // Each begins an interval after the one before has ended, so some of them fall out of the fortnight.
    EXPECT_NEAR(static_cast<double>(bench.client().imports().size()), count, 1) << count;
  }
}

/// Ten pushed users, and so many of them gone from the app.
class Gone {
 public:
  explicit Gone(std::size_t gone, Stage stage = {}) : bench(with_placeholders(std::move(stage))) {
    for (int i = 0; i < 10; ++i) {
      users.push_back(bench.add_user(fmt::format("u{}", i)));
      bench.assign(users.back());
    }
    bench.run_for(minutes{1});
    for (std::size_t i = 0; i < gone; ++i) bench.target().resources.erase(fmt::format("id-{}", i + 1));
    bench.new_calls();
  }
  [[nodiscard]] std::int64_t assigned() {
    return std::ranges::count_if(users, [&](const UserId& user) { return bench.org().find(bench.app)->assignment_of(user) != nullptr; });
  }

  OktaBench bench;
  std::vector<UserId> users;
};

// [Okta provisioning-clients 4.7-08]
TEST(OktaImport, takes_assignments_away_up_to_a_fifth_and_more_not_at_all) {
  Gone fifth(2);
  EXPECT_FALSE(fifth.bench.import().held_back);
  EXPECT_EQ(fifth.assigned(), 8);
  // The accounts are gone: nobody is asked to deactivate them.
  EXPECT_THAT(fifth.bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=100", "GET /Groups?startIndex=1&count=100"));
  Gone more(3);
  EXPECT_TRUE(more.bench.import().held_back);
  EXPECT_EQ(more.assigned(), 10);
  EXPECT_TRUE(more.bench.logged(EventType::import_roadblock));
  EXPECT_TRUE(more.bench.import().held_back);  // and again, as long as they are gone
}

// [Okta provisioning-clients 4.7-08]
TEST(OktaImport, the_safeguard_of_the_app_counts_it_alone) {
  Stage stage;
  stage.settings.safeguard = {.of_app = 20, .of_org = 100};
  Gone gone(3, stage);
  EXPECT_TRUE(gone.bench.import().held_back);
  EXPECT_EQ(gone.assigned(), 10);
}

// [Okta provisioning-clients 4.7-09]
TEST(OktaImport, whom_okta_has_pushed_is_not_new_to_it) {
  Gone gone(0);
  EXPECT_EQ(gone.bench.import().users, (ImportCounts{10, 0, 0, 10, 0}));
  EXPECT_THAT(gone.bench.client().waiting_imports(), IsEmpty());
}

// [Okta provisioning-clients 4.7-08]
TEST(OktaImport, the_safeguard_of_the_org_counts_all_apps) {
  Stage stage;
  stage.settings.safeguard = {.of_app = 100, .of_org = 20};
  Gone alone(3, stage);
  EXPECT_TRUE(alone.bench.import().held_back);
  Gone among(3, stage);
  const auto other = among.bench.add_app("Other", {});
  for (const auto& user : among.users) ASSERT_TRUE(among.bench.org().assign(other, user));
  EXPECT_FALSE(among.bench.import().held_back);  // three of twenty
  EXPECT_EQ(among.assigned(), 7);
}

// [Okta provisioning-clients 4.7-03] [Okta provisioning-clients 7.2-19]
TEST(OktaImport, an_order_that_changes_between_pages_hides_users_and_trips_the_safeguard) {
  OktaBench bench(with_placeholders());
  for (int i = 1; i <= 150; ++i) bench.assign(bench.add_user(fmt::format("u{}", i)));
  bench.run_for(minutes{5});
  answer_pages(bench, [](std::int64_t start) {
    std::string resources;
    // The second page is the end of a list in the other direction: it repeats the beginning of the first.
    for (int i = 0; i < (start == 1 ? 100 : 50); ++i) resources += fmt::format(R"({}{{"id": "id-{}"}})", i == 0 ? "" : ",", start == 1 ? i + 1 : 50 - i);
    return fmt::format(R"({{"totalResults": 150, "Resources": [{}]}})", resources);
  });
  const auto& result = bench.import();
  EXPECT_THAT(result.findings, SizeIs(50));
  EXPECT_TRUE(result.held_back);
}

// [Okta provisioning-clients 4.12-05]
TEST(OktaImport, makes_a_user_of_an_account_once_an_admin_confirms_it_and_sends_nothing) {
  OktaBench bench(with_placeholders());
  put(bench, "amy");
  put(bench, "ben");
  const auto ben = bench.add_user("ben");
  bench.import();
  ASSERT_THAT(bench.client().waiting_imports(), SizeIs(2));
  EXPECT_EQ(bench.client().waiting_imports().back().match, ben);
  bench.new_calls();
  const auto amy = bench.client().confirm_import("amy");
  ASSERT_TRUE(amy.has_value());
  EXPECT_EQ(bench.client().confirm_import("ben"), ben);
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  EXPECT_EQ(value_or_empty(bench.org().find(*amy)->profile, "firstName"), "Gamy");
  EXPECT_EQ(bench.app_user(*amy).external_id, "amy");
  EXPECT_EQ(bench.app_user(ben).status, AppUserStatus::provisioned);
  EXPECT_THAT(bench.client().waiting_imports(), IsEmpty());
  EXPECT_EQ(bench.import().users, (ImportCounts{2, 0, 0, 2, 0}));
  // From then on they are as all others.
  bench.new_calls();
  bench.update(ben, {{"title", "Clerk"}});
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /Users/ben", "PUT /Users/ben"));
  EXPECT_EQ(base::member(bench.last_body(), "displayName"), nullptr);  // which the account never had, and which is not what changed
}

Stage sourced() {
  auto stage = with_placeholders();
  stage.provisioning.profile_source = true;
  return stage;
}

// [Okta provisioning-clients 4.12-07]
TEST(OktaProfileSource, the_app_says_what_a_profile_holds_and_an_admin_does_not) {
  OktaBench bench(sourced());
  put(bench, "amy");
  bench.import();
  const auto amy = bench.client().confirm_import("amy").value();
  bench.target().resources["amy"]["name"].as_object()["familyName"] = "Ode";
  bench.run_for(minutes{1});
  bench.new_calls();
  bench.import();
  EXPECT_EQ(value_or_empty(bench.org().find(amy)->profile, "lastName"), "Ode");
  EXPECT_THAT(bench.new_calls(), SizeIs(2));  // the import alone: what came from the app does not go back
  const auto refused = bench.org().update_user(amy, {.profile = {{"title", "Clerk"}}});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::mastered_elsewhere);
}

// [Okta provisioning-clients 4.12-07] [Okta provisioning-clients 4.7-06]
TEST(OktaProfileSource, who_is_inactive_there_is_deactivated_by_the_next_import) {
  for (const bool source : {true, false}) {
    auto stage = sourced();
    stage.provisioning.profile_source = source;
    OktaBench bench(stage);
    put(bench, "amy");
    bench.import();
    const auto amy = bench.client().confirm_import("amy").value();
    bench.run_for(minutes{1});
    put(bench, "amy", false);
    EXPECT_NE(bench.org().find(amy)->status, UserStatus::deprovisioned);
    bench.new_calls();
    bench.import();
    EXPECT_EQ(bench.org().find(amy)->status == UserStatus::deprovisioned, source);
    EXPECT_THAT(bench.calls_after(), SizeIs(2));  // the import, and no deactivation of who is inactive
  }
}

}  // namespace import_test
}  // namespace fakes::okta::scim_client
