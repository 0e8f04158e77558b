// Accounts in a Microsoft 365 tenant, kept as the rules say, over HTTP: which requests reach Graph, and what becomes of what it
// answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http_date.h"
#include "directory/server/cloud_sync_fixture.h"

namespace directory {
namespace cloud_sync_contract_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view password = "correct horse battery";

// Authorisation

TEST_F(CloudSyncContract, R136_an_admin_of_the_tenant_authorises_once) {
  const auto id = add_directory();
  const auto answer = authorize(id);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = body_of(answer);
  EXPECT_EQ(base::string_or(body, "tenant", ""), "tenant-1");
  const auto* status = base::member(body, "oAuthStatus");
  EXPECT_EQ(base::string_or(*status, "status", ""), "valid");
  EXPECT_EQ(base::string_or(*status, "authorizedBy", ""), "admin@example.test");
}

TEST_F(CloudSyncContract, the_state_of_an_authorisation_works_once_and_not_for_ever) {
  const auto id = add_directory();
  const auto begun = body_of(bench_.admin("POST", "/api/v2/office365s/" + id + "/authorize"));
  const auto location = *base::parse_uri(base::string_or(begun, "location", ""));
  const auto state = base::parse_target(location.target())->parameter("state").value_or("");
  const auto code = tenant_->authorize(location);
  const auto callback = fmt::format("/oauth/office365/callback?state={}&code={}", state, code);
  EXPECT_EQ(bench_.ask("GET", "/oauth/office365/callback?state=guessed&code=" + code).status, 400);
  bench_.run_for(minutes{11});
  EXPECT_EQ(bench_.ask("GET", callback).status, 400);
  EXPECT_EQ(authorize(id).status, 200);
}

TEST_F(CloudSyncContract, D73_an_authorisation_that_ends_stops_the_sync_until_an_admin_authorises_anew) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  tenant_->no_tokens = SmallTenant::answer(400, base::JsonObject{{"error", "invalid_grant"}, {"error_description", "AADSTS50057: The user account is disabled."}});
  connect(amy, id);
  settle();
  bench_.run_for(hours{2});
  EXPECT_EQ(tenant_->find("amy@example.test"), "") << "its admin is disabled";
  const auto body = body_of(bench_.admin("GET", "/api/v2/office365s/" + id));
  EXPECT_EQ(base::string_or(*base::member(body, "oAuthStatus"), "status", ""), "ended");
  EXPECT_THAT(base::string_or(*base::member(body, "oAuthStatus"), "error", ""), HasSubstr("AADSTS50057"));
  tenant_->no_tokens.reset();
  EXPECT_EQ(authorize(id, "another@example.test").status, 200);
  settle();
  EXPECT_NE(tenant_->find("amy@example.test"), "");
}

TEST_F(CloudSyncContract, sign_in_that_is_away_is_asked_again) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  tenant_->no_tokens = base::HttpResponse(503);
  connect(amy, id);
  bench_.run_for(minutes{5});
  tenant_->no_tokens.reset();
  bench_.run_for(minutes{11});
  EXPECT_NE(tenant_->find("amy@example.test"), "");
}

// Accounts

TEST_F(CloudSyncContract, R96_R145_who_is_not_there_is_created_within_a_minute) {
  const auto id = set_up();
  const auto amy = add_user("amy", R"(, "jobTitle": "Clerk", "department": "Sales")");
  connect(amy, id);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "displayName"), "Amy Lee");
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_EQ(status_of(amy, id), "synced");
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision"));
}

// [Entra provisioning-clients 1-17]
TEST_F(CloudSyncContract, R97_D70_who_is_there_is_taken_over_with_the_directorys_values) {
  const auto object = tenant_->add("amy@example.test", {{"jobTitle", "Boss"}, {"department", "Sales"}, {"officeLocation", "Rome"}});
  const auto id = set_up();
  const auto amy = add_user("amy", R"(, "jobTitle": "Clerk", "department": "Sales")");
  connect(amy, id);
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  EXPECT_EQ(tenant_->find("amy@example.test"), object);
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
  EXPECT_EQ(tenant_->value("amy@example.test", "officeLocation"), "Rome") << "nobody has another value for it";
  EXPECT_EQ(tenant_->passwords.count(object), 0U) << "the password stays until there is another";
  ASSERT_THAT(tenant_->calls_of("PATCH"), SizeIs(1));
  EXPECT_FALSE(tenant_->calls_of("PATCH")[0].body.as_object().contains("department")) << "it was so already";
  EXPECT_THAT(provision_events(), ElementsAre("user_update_provision"));
}

TEST_F(CloudSyncContract, R99_changes_go_to_the_object_whatever_it_is_called) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  const auto object = tenant_->find("amy@example.test");
  tenant_->accounts[object]["userPrincipalName"] = "renamed@example.test";
  change_user(amy, R"({"jobTitle": "Clerk"})");
  settle();
  EXPECT_EQ(base::string_or(tenant_->accounts[object], "jobTitle", ""), "Clerk");
  change_user(amy, R"({"jobTitle": ""})");
  settle();
  EXPECT_TRUE(tenant_->accounts[object]["jobTitle"].is_null());
}

TEST_F(CloudSyncContract, many_changes_become_one_write_and_none_of_them_none) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  const auto before = tenant_->calls.size();
  bench_.directory_host->crash();
  bench_.directory_host->start();
  settle();
  EXPECT_EQ(tenant_->calls.size(), before) << "nothing is left to do";
  change_user(amy, R"({"description": "not exported"})");
  settle();
  EXPECT_EQ(tenant_->calls.size(), before);
}

TEST_F(CloudSyncContract, R107_a_staged_user_has_a_disabled_account_until_activated) {
  const auto id = set_up();
  const auto amy = add_user("amy", R"(, "state": "STAGED")");
  connect(amy, id);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + amy + "/state/activate", "{}").status, 204);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

// Deactivation

TEST_F(CloudSyncContract, R101_a_suspended_users_account_is_disabled_and_enabled_on_return) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  change_user(amy, R"({"state": "SUSPENDED"})");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  change_user(amy, R"({"state": "ACTIVATED"})");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_THAT(tenant_->calls_of("DELETE"), IsEmpty());
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision", "user_deprovision", "user_update_provision"));
}

TEST_F(CloudSyncContract, R102_R104_the_account_is_disabled_with_the_last_way_to_it_and_not_before) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  const auto group = base::string_or(body_of(bench_.admin("POST", "/api/v2/usergroups", R"({"name": "Sales"})")), "id", "");
  ASSERT_EQ(bench_.admin("POST", "/api/v2/usergroups/" + group + "/members", fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", amy)).status, 204);
  connect(amy, id);
  connect(group, id, "add", "usergroups");
  settle();
  connect(amy, id, "remove");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true") << "the group still leads there";
  connect(group, id, "remove", "usergroups");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  // Whoever comes back has the same account.
  connect(amy, id);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_EQ(tenant_->accounts.size(), 1U);
}

TEST_F(CloudSyncContract, R103_a_deleted_users_account_is_disabled_and_stays) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  EXPECT_EQ(bench_.admin("DELETE", "/api/systemusers/" + amy).status, 200);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  EXPECT_THAT(tenant_->calls_of("DELETE"), IsEmpty());
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision", "user_deprovision"));
}

TEST_F(CloudSyncContract, R105_R106_expiry_and_lock_disable_only_where_the_instance_says_so) {
  const auto id = set_up();
  const auto amy = bench_.onboard("amy");
  connect(amy, id);
  settle();
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + amy + "/expire").status, 200);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  change(id, R"({"userPasswordExpirationAction": "suspend"})");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  change(id, R"({"userPasswordExpirationAction": "maintain", "userLockoutAction": "suspend"})");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  for (int i = 0; i < 6; ++i) bench_.log_in("amy", "wrong");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false");
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + amy + "/unlock").status, 200);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
}

TEST_F(CloudSyncContract, R76_D71_deactivating_the_instance_leaves_the_accounts_as_they_are) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/office365s/" + id).status, 204);
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "true");
  EXPECT_EQ(bench_.admin("GET", "/api/v2/office365s/" + id).status, 404);
  EXPECT_EQ(status_of(amy, id), "not connected");
}

TEST_F(CloudSyncContract, R74_two_instances_of_one_tenant_are_warned_of_and_bite) {
  const auto one = set_up("One");
  const auto other = add_directory("Other");
  const auto answer = authorize(other);
  EXPECT_THAT(answer.body, HasSubstr("'One' works on the same tenant"));
  const auto amy = add_user("amy");
  connect(amy, one);
  connect(amy, other);
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  connect(amy, other, "remove");
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "accountEnabled"), "false") << "though the first instance still has her";
}

// Names

TEST_F(CloudSyncContract, R93_R94_domains_decide_who_is_synced_and_under_which_name) {
  const auto id = set_up();
  add_domain(id, "elsewhere.test");
  const auto amy = add_user("amy");
  connect(amy, id);
  settle();
  EXPECT_THAT(tenant_->calls_of("GET"), IsEmpty());
  EXPECT_EQ(status_of(amy, id), "notSynchronised");
  const auto domain = add_domain(id, "tenant.test");
  change(id, fmt::format(R"({{"defaultDomain": {{"id": "{}"}}}})", domain));
  settle();
  EXPECT_NE(tenant_->find("amy@tenant.test"), "");
  EXPECT_EQ(status_of(amy, id), "synced");
}

TEST_F(CloudSyncContract, two_users_whose_names_become_one_do_not_share_an_account) {
  const auto id = set_up();
  const auto domain = add_domain(id, "tenant.test");
  change(id, fmt::format(R"({{"defaultDomain": {{"id": "{}"}}}})", domain));
  const auto amy = add_user("amy");
  const auto other = base::string_or(
      body_of(bench_.admin("POST", "/api/systemusers", R"({"username": "amy2", "email": "amy@another.test"})")), "_id", "");
  connect(amy, id);
  settle();
  connect(other, id);
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  EXPECT_EQ(status_of(amy, id), "synced");
  EXPECT_EQ(status_of(other, id), "accountTaken");
  EXPECT_THAT(provision_events(), Contains("user_create_provision failed").Times(1));
}

TEST_F(CloudSyncContract, managers_follow_as_soon_as_the_tenant_knows_them) {
  const auto id = set_up();
  const auto boss = add_user("boss");
  const auto amy = add_user("amy", with_manager(boss));
  connect(amy, id);
  settle();
  EXPECT_THAT(tenant_->managers, IsEmpty());
  connect(boss, id);
  settle();
  EXPECT_EQ(tenant_->managers[tenant_->find("amy@example.test")], tenant_->find("boss@example.test"));
}

// Passwords

TEST_F(CloudSyncContract, R98_R114_a_portal_login_brings_the_password_there_every_time) {
  const auto id = set_up();
  const auto amy = bench_.onboard("amy", password);
  connect(amy, id);
  settle();
  const auto object = tenant_->find("amy@example.test");
  EXPECT_NE(tenant_->passwords[object], password) << "nobody knows it";
  bench_.session_of("amy", password);
  settle();
  EXPECT_EQ(tenant_->passwords[object], password);
  bench_.session_of("amy", password);
  settle();
  EXPECT_THAT(provision_events(), Contains("user_password_update_provision").Times(2));
}

TEST_F(CloudSyncContract, R110_R144_a_first_password_that_an_admin_sets_is_there_from_the_start) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  change_user(amy, fmt::format(R"({{"password": "{}"}})", password));
  settle();
  EXPECT_EQ(tenant_->passwords[tenant_->find("amy@example.test")], password);
}

TEST_F(CloudSyncContract, R134_R135_without_takeover_only_changes_push_and_people_are_asked_for_one) {
  EXPECT_EQ(bench_.change_settings(R"({"passwordTakeover": false})").status, 200);
  const auto id = set_up();
  const auto amy = bench_.onboard("amy", password);
  const auto mails = bench_.mails_to("amy@example.test").size();
  connect(amy, id);
  settle();
  EXPECT_EQ(bench_.mails_to("amy@example.test").size(), mails + 1);
  EXPECT_EQ(base::string_or(bench_.mails_to("amy@example.test").back(), "kind", ""), "reset");
  bench_.session_of("amy", password);
  settle();
  const auto object = tenant_->find("amy@example.test");
  EXPECT_NE(tenant_->passwords[object], password);
  change_user(amy, R"({"password": "another horse battery"})");
  settle();
  EXPECT_EQ(tenant_->passwords[object], "another horse battery");
}

TEST_F(CloudSyncContract, a_password_survives_a_restart_and_is_sent_once) {
  const auto id = set_up();
  const auto amy = bench_.onboard("amy", password);
  connect(amy, id);
  settle();
  tenant_->before = [](const GraphCallSeen&) { return SmallTenant::throttled("3600"); };
  bench_.session_of("amy", password);
  settle();
  tenant_->before = nullptr;
  bench_.restart_directory();
  bench_.run_for(minutes{30});
  EXPECT_THAT(tenant_->passwords, Not(Contains(::testing::Pair(::testing::_, std::string(password)))));
  bench_.run_for(hours{1});
  EXPECT_EQ(tenant_->passwords[tenant_->find("amy@example.test")], password);
  const auto sent = tenant_->calls_of("PATCH").size();
  bench_.restart_directory();
  bench_.run_for(hours{2});
  EXPECT_EQ(tenant_->calls_of("PATCH").size(), sent);
}

// When Graph is slow, forgets, throttles or answers twice

TEST_F(CloudSyncContract, after_a_lost_answer_to_a_creation_it_looks_before_it_creates_again) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  tenant_->after = SmallTenant::once("POST", "/users", base::HttpResponse(504));
  connect(amy, id);
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(1));
  EXPECT_THAT(tenant_->calls_of("GET"), SizeIs(2));
  EXPECT_EQ(status_of(amy, id), "synced");
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision failed", "user_create_provision"));
}

TEST_F(CloudSyncContract, a_crash_between_creation_and_answer_creates_nobody_twice) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  tenant_->after = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method == "POST") bench_.directory_host->crash();
    return std::nullopt;
  };
  connect(amy, id);
  settle();
  tenant_->after = nullptr;
  ASSERT_EQ(tenant_->accounts.size(), 1U);
  bench_.directory_host->start();
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 1U);
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(1));
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision")) << "it was ours";
}

class DoneAllTheSame : public CloudSyncContract, public AnsweredInDoubt {
 protected:
  std::string manager_there() { return tenant_->managers[tenant_->find("amy@example.test")]; }
};

TEST_P(DoneAllTheSame, a_manager_who_is_changed_back_before_the_next_attempt_is_sent_again) {
  const auto id = set_up();
  const auto bo = connect(add_user("bo"), id);
  const auto cy = connect(add_user("cy"), id);
  const auto amy = connect(add_user("amy", with_manager(bo)), id);
  settle();
  ASSERT_EQ(manager_there(), tenant_->find("bo@example.test"));
  tenant_->after = SmallTenant::once("PUT", "/users/", answer());
  change_user(amy, fmt::format(R"({{"manager": "{}"}})", cy));
  bench_.run_for(seconds{2});
  ASSERT_EQ(manager_there(), tenant_->find("cy@example.test"));
  change_user(amy, fmt::format(R"({{"manager": "{}"}})", bo));
  settle();
  EXPECT_EQ(manager_there(), tenant_->find("bo@example.test"));
  tenant_->after = SmallTenant::once("DELETE", "/users/", answer());
  change_user(amy, R"({"manager": null})");
  bench_.run_for(seconds{2});
  ASSERT_EQ(manager_there(), "");
  change_user(amy, fmt::format(R"({{"manager": "{}"}})", bo));
  settle();
  EXPECT_EQ(manager_there(), tenant_->find("bo@example.test"));
}

TEST_P(DoneAllTheSame, a_manager_who_is_taken_away_is_not_missed) {
  const auto id = set_up();
  const auto bo = connect(add_user("bo"), id);
  const auto amy = connect(add_user("amy", with_manager(bo)), id);
  settle();
  tenant_->after = SmallTenant::once("DELETE", "/users/", answer());
  change_user(amy, R"({"manager": null})");
  settle();
  EXPECT_EQ(manager_there(), "");
  EXPECT_EQ(status_of(amy, id), "synced");
  EXPECT_THAT(tenant_->calls_of("DELETE"), SizeIs(2));
}

INSTANTIATE_TEST_SUITE_P(Answers, DoneAllTheSame, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "service_unavailable" : "gateway_timeout"; });

TEST_F(CloudSyncContract, a_manager_whom_somebody_else_has_taken_away_makes_no_account_gone) {
  const auto id = set_up();
  const auto bo = connect(add_user("bo"), id);
  const auto amy = connect(add_user("amy", with_manager(bo)), id);
  settle();
  tenant_->managers.clear();
  const auto looked_up = [this] {
    return std::ranges::count(tenant_->calls_of("GET"), "/users", &GraphCallSeen::path);
  };
  const auto before = looked_up();
  change_user(amy, R"({"manager": null})");
  bench_.run_for(minutes{30});
  EXPECT_EQ(status_of(amy, id), "synced");
  EXPECT_EQ(looked_up(), before) << "it is there as before";
}

class RetryAfter : public CloudSyncContract, public ::testing::WithParamInterface<std::pair<const char*, base::Duration>> {};

TEST_P(RetryAfter, nothing_is_sent_before_the_tenant_asked_for_it) {
  const auto id = set_up();
  const auto [text, wait] = GetParam();
  base::Instant asked{};
  tenant_->before = [&, value = std::string(text)](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (asked != base::Instant{}) return std::nullopt;
    asked = call.at;
    return SmallTenant::throttled(value == "date" ? base::to_http_date(call.at + seconds{40}) : value);
  };
  connect(add_user("amy"), id);
  connect(add_user("bo"), id);
  bench_.run_for(minutes{5});
  ASSERT_NE(asked, base::Instant{});
  for (const auto& call : tenant_->calls) {
    if (call.at > asked) EXPECT_GE(call.at, asked + wait);
  }
  EXPECT_EQ(tenant_->accounts.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Forms, RetryAfter,
                         ::testing::Values(std::pair{"30", base::Duration{seconds{30}}}, std::pair{"12.5", base::Duration{std::chrono::milliseconds{12'500}}},
                                           std::pair{"date", base::Duration{seconds{39}}}));

TEST_F(CloudSyncContract, GraphT12_without_a_retry_after_it_backs_off_further_each_time) {
  const auto id = set_up();
  std::vector<base::Instant> tries;
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    tries.push_back(call.at);
    return SmallTenant::throttled(std::nullopt);
  };
  connect(add_user("amy"), id);
  bench_.run_for(minutes{5});
  ASSERT_GE(tries.size(), 4U);
  for (std::size_t i = 2; i < tries.size(); ++i) EXPECT_GT(tries[i] - tries[i - 1], tries[i - 1] - tries[i - 2]);
}

// [Graph T10]
TEST_F(CloudSyncContract, who_is_refused_although_it_has_waited_waits_longer_than_asked) {
  const auto id = set_up();
  // Each write takes half a minute to drain, that which is refused as well, and the wait does not count the next one.
  base::Instant empty{};
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "POST") return std::nullopt;
    const auto full = call.at + seconds{30};
    empty = std::max(empty, call.at) + seconds{30};
    if (empty <= full) return std::nullopt;
    return SmallTenant::throttled(std::to_string((empty - full) / seconds{1}));
  };
  for (const auto* name : {"amy", "bo", "cy", "di"}) connect(add_user(name), id);
  bench_.run_for(minutes{30});
  EXPECT_EQ(tenant_->accounts.size(), 4U);
}

TEST_F(CloudSyncContract, GraphF8_a_token_that_is_refused_once_is_fetched_anew) {
  const auto id = set_up();
  tenant_->before = SmallTenant::once("GET", "/users", SmallTenant::error(401, "InvalidAuthenticationToken"));
  connect(add_user("amy"), id);
  settle();
  EXPECT_NE(tenant_->find("amy@example.test"), "");
}

TEST_F(CloudSyncContract, GraphF1_an_account_that_is_not_there_yet_is_tried_again_and_not_created_again) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  int missing = 3;
  tenant_->before = [&](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "PATCH" || missing-- <= 0) return std::nullopt;
    return SmallTenant::error(404, "Request_ResourceNotFound");
  };
  settle();
  change_user(amy, R"({"jobTitle": "Clerk"})");
  bench_.run_for(minutes{5});
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk");
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(1));
}

TEST_F(CloudSyncContract, D74_what_graph_refuses_is_shown_and_told_once) {
  const auto id = set_up();
  tenant_->before = [](const GraphCallSeen& call) -> std::optional<base::HttpResponse> {
    if (call.method != "POST") return std::nullopt;
    return SmallTenant::error(400, "Request_BadRequest", "The domain portion of the userPrincipalName property is invalid.");
  };
  const auto amy = add_user("amy");
  connect(amy, id);
  bench_.run_for(minutes{10});
  EXPECT_EQ(status_of(amy, id), "Request_BadRequest");
  EXPECT_THAT(provision_events(), ElementsAre("user_create_provision failed"));
  tenant_->before = nullptr;
  change_user(amy, R"({"jobTitle": "Clerk"})");
  settle();
  EXPECT_EQ(status_of(amy, id), "synced");
}

TEST_F(CloudSyncContract, many_accounts_go_in_batches_and_one_by_one_where_there_is_one) {
  const auto id = set_up();
  std::vector<std::string> users;
  for (int i = 0; i < 50; ++i) users.push_back(add_user(fmt::format("user{}", i)));
  const auto group = base::string_or(body_of(bench_.admin("POST", "/api/v2/usergroups", R"({"name": "Sales"})")), "id", "");
  for (const auto& user : users) {
    bench_.admin("POST", "/api/v2/usergroups/" + group + "/members", fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", user));
  }
  connect(group, id, "add", "usergroups");
  settle();
  EXPECT_EQ(tenant_->accounts.size(), 50U);
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(50));
  EXPECT_LE(tenant_->batches, 8);
  EXPECT_THAT(tenant_->calls_of("GET"), SizeIs(50));
}

TEST_F(CloudSyncContract, one_account_has_one_request_under_way) {
  const auto id = set_up();
  const auto amy = add_user("amy");
  connect(amy, id);
  for (int i = 0; i < 20; ++i) change_user(amy, fmt::format(R"({{"jobTitle": "Clerk {}"}})", i));
  settle();
  EXPECT_EQ(tenant_->value("amy@example.test", "jobTitle"), "Clerk 19");
  EXPECT_THAT(tenant_->calls_of("POST"), SizeIs(1));
  EXPECT_LT(tenant_->calls_of("PATCH").size(), 20U);
}

}  // namespace cloud_sync_contract_test
}  // namespace directory
