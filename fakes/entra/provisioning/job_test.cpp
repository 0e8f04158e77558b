// The job: its states, restarts, quarantine, probes, withheld deletions, runs on demand, and the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace job_test {

using base::JsonObject;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr base::Duration cycle = minutes{40};

void refuse_all(ProvisioningBench& bench, int status) {
  bench.target().refuse = [status](const base::HttpRequest&) { return std::optional(base::HttpResponse(status)); };
}
void accept_all(ProvisioningBench& bench) { bench.target().refuse = nullptr; }

StatusCode code(ProvisioningBench& bench) { return bench.service().status().code; }

std::optional<QuarantineReason> reason(ProvisioningBench& bench) {
  const auto& quarantine = bench.service().status().quarantine;
  return quarantine ? std::optional(quarantine->reason) : std::nullopt;
}

// [Entra provisioning-clients 2.14-02] [Entra provisioning-clients 2.14-03] [Entra provisioning-clients 2.14-04] [Entra provisioning-clients 2.14-05]
TEST(EscrowThresholds, decide_as_the_worked_examples_do) {
  const QuarantineThresholds thresholds;
  EXPECT_EQ(escrow_reason({45'000, 0, 1'000'000}, thresholds), QuarantineReason::base_escrow_threshold);
  EXPECT_EQ(escrow_reason({30'000, 0, 5'000}, thresholds), QuarantineReason::escrow_proportion_threshold);
  EXPECT_EQ(escrow_reason({20'000, 0, 100'000}, thresholds), std::nullopt);
  EXPECT_EQ(escrow_reason({11'000, 50'000, 1'000'000}, thresholds), QuarantineReason::total_escrow_threshold);
  EXPECT_EQ(escrow_reason({4'999, 0, 0}, thresholds), std::nullopt) << "too few to be looked at";
  EXPECT_EQ(escrow_reason({5'000, 0, 0}, thresholds), QuarantineReason::escrow_proportion_threshold);
  EXPECT_EQ(escrow_reason({5'000, 0, 7'500}, thresholds), std::nullopt) << "40 % is not more than 40 %";
  EXPECT_EQ(escrow_reason({0, 55'000, 0}, thresholds), std::nullopt) << "references count in the total alone";
  EXPECT_EQ(escrow_reason({40'000, 0, 1'000'000}, thresholds), std::nullopt);
  EXPECT_EQ(escrow_reason({10'000, 50'000, 1'000'000}, thresholds), std::nullopt) << "60 000 is the ceiling";
}

// [Entra provisioning-clients 2.14-10] [Entra provisioning-clients 2.14-11]
TEST(Quarantine, too_many_failures_are_dropped_once_and_then_quarantine_the_job) {
  auto settings = quiet();
  settings.quarantine.evaluated_from = 2;
  ProvisioningBench bench(settings);
  bench.target().refuse = [](const base::HttpRequest& request) { return request.method == "POST" ? std::optional(base::HttpResponse(400)) : std::nullopt; };
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_TRUE(bench.service().status().escrows_pruned);
  EXPECT_EQ(code(bench), StatusCode::active);
  bench.add_user("cy");
  bench.add_user("di");
  bench.run_for(cycle);
  EXPECT_EQ(reason(bench), QuarantineReason::escrow_proportion_threshold);
  EXPECT_EQ(code(bench), StatusCode::quarantine);
}

// [Entra provisioning-clients 2.14-01] [Entra provisioning-clients 2.14-06] [Entra provisioning-clients 2.14-08] [Entra provisioning-clients 2.14-12] [Graph X7]
TEST(Quarantine, refused_credentials_slow_the_job_down_to_a_cycle_a_day_until_one_succeeds) {
  ProvisioningBench bench;
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_EQ(code(bench), StatusCode::active);
  refuse_all(bench, 401);
  bench.add_user("amy");
  bench.run_for(cycle);
  EXPECT_EQ(code(bench), StatusCode::quarantine);
  EXPECT_EQ(reason(bench), QuarantineReason::quarantine_exception);
  const auto completed = bench.service().cycles_completed();
  bench.run_for(days{3});
  EXPECT_EQ(bench.service().cycles_completed(), completed + 3);
  EXPECT_EQ(bench.service().status().quarantine->series_count, 4);
  accept_all(bench);
  bench.run_for(days{1});
  EXPECT_EQ(code(bench), StatusCode::active);
  EXPECT_THAT(bench.target().resources, SizeIs(1));
  const auto again = bench.service().cycles_completed();
  bench.run_for(hours{4});
  EXPECT_EQ(bench.service().cycles_completed(), again + 6) << "every 40 minutes again";
}

// [Entra provisioning-clients 2.14-07] [Entra provisioning-clients 2.4-07]
TEST(Quarantine, of_more_than_four_weeks_disables_the_job) {
  ProvisioningBench bench;
  refuse_all(bench, 401);
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(days{28});
  EXPECT_EQ(bench.service().status().schedule, Schedule::active);
  bench.run_for(days{2});
  EXPECT_EQ(bench.service().status().schedule, Schedule::disabled);
  accept_all(bench);
  bench.run_for(days{10});
  EXPECT_THAT(bench.target().resources, IsEmpty());
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().resources, SizeIs(1));
}

// [Entra provisioning-clients 2.14-09]
TEST(Quarantine, is_told_by_one_mail_for_each_reason) {
  auto settings = quiet();
  settings.notification_email = "ops@example.test";
  settings.mail_relay = base::parse_uri("https://scim.example.test/scim/v2/messages").value();
  settings.deletion_threshold = 1;
  ProvisioningBench bench(settings);
  std::vector<std::string> mails;
  bool refused = false;
  bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.target.ends_with("/messages")) {
      mails.push_back(request.body);
      return base::HttpResponse(202);
    }
    return refused ? std::optional(base::HttpResponse(401)) : std::nullopt;
  };
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  refused = true;
  bench.retitle(amy, "Clerk");
  bench.run_for(days{5});
  EXPECT_THAT(mails, ElementsAre(HasSubstr("EncounteredQuarantineException")));
  EXPECT_THAT(mails.front(), HasSubstr("azure-noreply@microsoft.com"));
  refused = false;
  bench.unassign(amy);
  bench.run_for(days{5});
  EXPECT_THAT(mails, ElementsAre(HasSubstr("EncounteredQuarantineException"), HasSubstr("TooManyDeletes")));
}

// Probes

// [Entra provisioning-clients 2.2-04] [Entra provisioning-clients 7.1-19] [Graph X3] [Graph F38]
TEST(Probes, begin_each_cycle_and_are_up_to_three) {
  auto settings = quiet();
  settings.probes = 3;
  ProvisioningBench bench(settings);
  bench.start_job();
  bench.run_for(minutes{5});
  const auto calls = bench.new_calls();
  EXPECT_THAT(calls, SizeIs(3));
  EXPECT_THAT(calls, Each(HasSubstr("/Users?filter=userName+eq+%22")));
  EXPECT_NE(calls[0], calls[1]);
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls(), SizeIs(3));
}

// [Entra provisioning-clients 2.2-05] [Entra provisioning-clients 2.1-04]
TEST(Probes, answered_with_404_quarantine_the_job_though_runs_on_demand_go_on) {
  auto settings = quiet();
  settings.probes = 1;
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  bench.target().refuse = [](const base::HttpRequest& request) {
    return request.target.find("-") != std::string::npos && request.method == "GET" && request.target.find("filter") != std::string::npos ? std::optional(base::HttpResponse(404)) : std::nullopt;
  };
  bench.start_job();
  bench.run_for(minutes{5});
  ASSERT_EQ(reason(bench), QuarantineReason::quarantine_exception);
  EXPECT_THAT(bench.service().status().quarantine->error.message, HasSubstr("404"));
  EXPECT_THAT(bench.target().resources, IsEmpty());
  accept_all(bench);
  EXPECT_EQ(bench.on_demand(amy), "create success");
  EXPECT_EQ(code(bench), StatusCode::quarantine);
}

// What an admin does

// [Entra provisioning-clients 2.4-10]
TEST(Job, that_is_stopped_finishes_the_cycle_that_runs) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(milliseconds{50});
  bench.service().stop();
  EXPECT_EQ(code(bench), StatusCode::paused);
  bench.run_for(hours{5});
  EXPECT_THAT(bench.target().resources, SizeIs(2));
  EXPECT_EQ(bench.service().cycles_completed(), 1U);
  bench.service().start();
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.service().cycles_completed(), 2U);
}

// [Entra provisioning-clients 2.4-08] [Entra provisioning-clients 2.4-09] [Entra provisioning-clients 2.4-12]
TEST(Job, that_is_restarted_evaluates_everybody_and_keeps_the_links) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.target().resources.at("id-1")["displayName"] = "changed here";
  bench.new_calls();
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
}

// [Entra provisioning-clients 2.14-16] [Entra provisioning-clients 2.13-11] [Entra provisioning-clients 7.1-21]
TEST(Job, a_full_restart_forgets_links_and_creates_anew) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.target().resources.clear();
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.log().back(), "update failure InvalidAnchor");
  bench.service().restart({Reset::full});
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.log().back(), "create success");
}

// [Entra provisioning-clients 2.14-15] [Entra provisioning-clients 2.14-16]
TEST(Job, a_reset_scope_is_read_from_its_text) {
  EXPECT_EQ(parse_reset_scope("Watermark, Escrows, QuarantineState"), default_reset_scope());
  EXPECT_EQ(parse_reset_scope(""), default_reset_scope());
  EXPECT_EQ(parse_reset_scope("None"), ResetScope{});
  EXPECT_EQ(parse_reset_scope("ForceDeletes,ConnectorDataStore"), (ResetScope{Reset::force_deletes, Reset::connector_data_store}));
  EXPECT_EQ(parse_reset_scope("full"), ResetScope{Reset::full});
  EXPECT_FALSE(parse_reset_scope("Everything").has_value());
}

// [Entra provisioning-clients 2.13-02]
TEST(Job, a_restart_that_forgets_escrows_tries_again_at_once) {
  ProvisioningBench bench;
  bench.target().refuse = [](const base::HttpRequest& request) { return request.method == "POST" ? std::optional(base::HttpResponse(400)) : std::nullopt; };
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(hours{1});
  accept_all(bench);
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().resources, SizeIs(1));
}

// [Entra provisioning-clients 2.14-17]
TEST(Job, a_link_can_be_deleted_while_the_job_is_paused) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_FALSE(bench.service().remove_link(amy));
  bench.service().stop();
  EXPECT_TRUE(bench.service().remove_link(amy));
  EXPECT_TRUE(bench.service().remove_link(amy)) << "and again";
  EXPECT_THAT(bench.service().links(), IsEmpty());
}

// [Entra provisioning-clients 2.14-12] [Entra provisioning-clients 2.14-13] [Entra provisioning-clients 2.14-14] [Entra provisioning-clients 2.15-05] [Entra provisioning-clients 2.8-07]
TEST(Job, is_shown_as_graph_shows_it) {
  auto settings = quiet();
  settings.deletion_threshold = 500;
  ProvisioningBench bench(settings);
  EXPECT_EQ(bench.service().job_json().at("status").at("code"), base::Json("NotRun"));
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  auto job = bench.service().job_json();
  EXPECT_TRUE(base::string_or(job, "id", "").starts_with("scim."));
  EXPECT_EQ(job.at("schedule"), json(R"({"expiration": null, "interval": "PT40M", "state": "Active"})"));
  EXPECT_EQ(job.at("synchronizationJobSettings"), json(R"([{"name": "QuarantineTooManyDeletesThreshold", "value": "500"}])"));
  EXPECT_EQ(job.at("status").at("code"), base::Json("Active"));
  EXPECT_EQ(job.at("status").at("quarantine"), base::Json(nullptr));
  EXPECT_EQ(job.at("status").at("synchronizedEntryCountByType"), json(R"([{"key": "User", "value": 1}])"));
  EXPECT_EQ(job.at("status").at("lastSuccessfulExecutionWithExports").at("countExported"), base::Json(1));
  EXPECT_FALSE(job.at("status").at("steadyStateFirstAchievedTime").is_null());
  refuse_all(bench, 401);
  bench.add_user("bob");
  bench.run_for(cycle);
  job = bench.service().job_json();
  EXPECT_EQ(job.at("schedule").at("interval"), base::Json("P1D"));
  EXPECT_EQ(job.at("status").at("countSuccessiveCompleteFailures"), base::Json(1));
  const auto& quarantine = job.at("status").at("quarantine");
  EXPECT_EQ(quarantine.at("reason"), base::Json("EncounteredQuarantineException"));
  EXPECT_EQ(quarantine.at("seriesBegan"), quarantine.at("currentBegan"));
  EXPECT_EQ(quarantine.at("error").at("tenantActionable"), base::Json(true));
}

// Deletions that are withheld

// [Entra provisioning-clients 2.15-01] [Entra provisioning-clients 2.15-02] [Entra provisioning-clients 2.15-03] [Entra provisioning-clients 2.15-04]
TEST(WithheldDeletions, are_carried_out_when_an_admin_forces_them) {
  auto settings = quiet();
  settings.deletion_threshold = 2;
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.unassign(amy);
  bench.remove_for_good(bob);
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().calls_of("PATCH DELETE"), IsEmpty());
  EXPECT_EQ(reason(bench), QuarantineReason::too_many_deletes);
  EXPECT_THAT(bench.log(), Contains("stageddelete skipped StagedDelete").Times(2));
  bench.service().restart({Reset::force_deletes});
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
  EXPECT_THAT(bench.target().calls_of("DELETE"), SizeIs(1));
  EXPECT_EQ(code(bench), StatusCode::active);
}

// [Entra provisioning-clients 2.15-03]
TEST(WithheldDeletions, come_to_nothing_where_the_scope_is_mended) {
  auto settings = quiet();
  settings.deletion_threshold = 2;
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.unassign(amy);
  bench.unassign(bob);
  bench.run_for(cycle);
  bench.assign(amy);
  bench.assign(bob);
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().calls_of("PATCH DELETE"), IsEmpty());
  EXPECT_EQ(code(bench), StatusCode::active);
}

// [Entra provisioning-clients 2.15-01]
TEST(WithheldDeletions, fewer_than_the_threshold_are_none) {
  auto settings = quiet();
  settings.deletion_threshold = 2;
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.unassign(amy);
  bench.run_for(cycle);
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
}

// On demand

// [Entra provisioning-clients 2.16-02]
TEST(OnDemandLimits, five_calls_in_ten_seconds_are_taken) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  std::vector<ProvisioningBench::Outcome> outcomes;
  for (int i = 0; i < 6; ++i) outcomes.push_back(bench.start_on_demand(amy));
  bench.run_for(minutes{1});
  int refused = 0;
  for (const auto& outcome : outcomes) refused += (*outcome)->code == "TooManyRequests" ? 1 : 0;
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(bench.on_demand(amy), "update skipped RedundantExport");
}

// [Entra provisioning-clients 2.16-03]
TEST(OnDemandLimits, who_is_disabled_or_deleted_in_entra_is_not_disabled) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  bench.on_demand(amy);
  bench.set_enabled(amy, false);
  EXPECT_EQ(bench.on_demand(amy), "other skipped NotEffectivelyEntitled");
  bench.set_enabled(amy, true);
  bench.remove(amy);
  EXPECT_EQ(bench.on_demand(amy), "other skipped NotEffectivelyEntitled");
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
}

// [Entra provisioning-clients 2.16-01] [Entra provisioning-clients 2.16-05] [Entra provisioning-clients 2.20-09] [Graph X10]
TEST(OnDemandResult, tells_of_five_stages_and_of_the_scope) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob", false);
  const auto created = bench.start_on_demand(amy);
  const auto left_out = bench.start_on_demand(bob);
  bench.run_for(minutes{1});
  for (const auto& stage : on_demand_stages(**created)) EXPECT_EQ(stage.status, LogStatus::success) << stage.name;
  const auto stages = on_demand_stages(**left_out);
  ASSERT_THAT(stages, SizeIs(5));
  EXPECT_EQ(stages[2].status, LogStatus::skipped);
  EXPECT_EQ(stages[3].status, LogStatus::skipped);
  const auto& details = (*left_out)->steps[1].details;
  EXPECT_THAT(details, Contains(std::pair<std::string, std::string>("IsActive", "True")));
  EXPECT_THAT(details, Contains(std::pair<std::string, std::string>("Assigned", "False")));
  EXPECT_THAT(details, Contains(std::pair<std::string, std::string>("IsEffectivelyEntitledForProvisioning", "False")));
  EXPECT_THAT(details, Contains(::testing::Key("IsInProvisioningScopeDisplayName")));
  EXPECT_THAT(details, Contains(::testing::Key("ScopeEvaluationResult")));
}

// [Entra provisioning-clients 2.16-04]
TEST(OnDemandResult, is_json_within_texts) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  bench.on_demand(amy);
  const auto again = bench.start_on_demand(amy);
  bench.run_for(minutes{1});
  const auto answer = on_demand_json(**again);
  const auto key = json(base::as_text(answer.at("key").as_string()));
  const auto value = json(base::as_text(answer.at("value").as_string()));
  EXPECT_EQ(key.at("subjects").at(0).at("objectId"), base::Json(amy.text()));
  EXPECT_EQ(key.at("subjects").at(0).at("objectTypeName"), base::Json("User"));
  EXPECT_EQ(value.at("result"), base::Json("Skipped"));
  EXPECT_EQ(value.at("errorCode"), base::Json("RedundantExport"));
  EXPECT_EQ(value.at("provisioningSteps").at(0).at("name"), base::Json("EntryImport"));
}

// The log

// [Entra provisioning-clients 2.20-02] [Entra provisioning-clients 2.20-04] [Entra provisioning-clients 2.20-05] [Entra provisioning-clients 2.20-06]
// [Entra provisioning-clients 2.20-07] [Entra provisioning-clients 2.20-08]
TEST(ProvisioningLog, a_record_is_shown_as_graph_shows_it) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.update(amy, {{"displayName", "Amy L."}});
  bench.run_for(cycle);
  const auto shown = to_json(bench.service().log().back(), bench.service().parties());
  EXPECT_EQ(shown.at("provisioningAction"), base::Json("update"));
  EXPECT_EQ(shown.at("provisioningStatusInfo"), json(R"({"status": "success", "errorInformation": null})"));
  EXPECT_EQ(shown.at("sourceIdentity").at("id"), base::Json(amy.text()));
  EXPECT_EQ(shown.at("sourceIdentity").at("details").at("userPrincipalName"), base::Json("amy@example.test"));
  EXPECT_EQ(shown.at("targetIdentity").at("id"), base::Json("id-1"));
  EXPECT_EQ(shown.at("initiatedBy"), json(R"({"id": "", "displayName": "Azure AD Provisioning Service", "initiatorType": "system"})"));
  EXPECT_EQ(shown.at("modifiedProperties"), json(R"([{"displayName": "displayName", "oldValue": "Display of amy", "newValue": "Amy L."}])"));
  EXPECT_EQ(shown.at("provisioningSteps").as_array().back().at("name"), base::Json("EntryExportUpdate"));
  EXPECT_EQ(shown.at("provisioningSteps").as_array().back().at("provisioningStepType"), base::Json("export"));
  for (const auto* member : {"id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId", "durationInMilliseconds", "servicePrincipal", "sourceSystem", "targetSystem"})
    EXPECT_FALSE(shown.at(member).is_null()) << member;
  EXPECT_GT(shown.at("durationInMilliseconds").as_int64(), 0);
}

// [Entra provisioning-clients 2.13-03] [Entra provisioning-clients 2.13-04]
TEST(ProvisioningLog, a_failure_quotes_the_target_and_says_when_it_is_tried_again) {
  ProvisioningBench bench;
  bench.target().refuse = [](const base::HttpRequest& request) {
    return request.method == "POST" ? std::optional(base::HttpResponse(400, "application/scim+json", R"({"detail": "no such town"})")) : std::nullopt;
  };
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  const auto& record = bench.service().log().back();
  EXPECT_EQ(record.steps.back().name, "EntryExportAdd");
  EXPECT_THAT(record.reason, HasSubstr("Web Response: {\"detail\": \"no such town\"}"));
  EXPECT_THAT(record.reason, HasSubstr("This operation was retried 0 times. It will be retried again after this date: 2026-01-05T14:00:"));
  EXPECT_THAT(record.reason, ::testing::MatchesRegex(".*date: 2026-01-05T14:00:[0-9][0-9][.][0-9][0-9][0-9][0-9][0-9][0-9][0-9]Z"));
  bench.run_for(hours{7});
  EXPECT_THAT(bench.service().log().back().reason, HasSubstr("retried 1 times"));
}

// [Entra provisioning-clients 2.20-01]
TEST(ProvisioningLog, is_kept_for_thirty_days_or_seven) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(days{10});
  bench.add_user("bob");
  bench.run_for(hours{1});
  const auto& log = bench.service().log();
  EXPECT_THAT(retained(log, bench.now(), days{30}), SizeIs(2));
  EXPECT_THAT(retained(log, bench.now(), days{7}), SizeIs(1));
}

// [Entra provisioning-clients 2.19-21]
TEST(ProvisioningLog, what_is_redacted_is_sent_and_not_logged) {
  auto settings = quiet();
  settings.users.rows.push_back(formula("nickName", "Redact([department])"));
  ProvisioningBench bench(settings);
  bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Secret Service"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().calls_of("POST").back().request.body, HasSubstr(R"("nickName":"Secret Service")"));
  for (const auto& property : bench.service().log().back().modified) {
    if (property.display_name == "nickName") EXPECT_EQ(property.new_value, "[Redact]");
  }
}

// [Entra provisioning-clients 2.1-14]
TEST(ProvisioningRate, requests_are_spaced_by_the_limit) {
  auto settings = quiet();
  settings.requests_per_second = 2;
  ProvisioningBench bench(settings);
  for (int i = 0; i < 5; ++i) bench.add_user(fmt::format("user{}", i));
  bench.start_job();
  bench.run_for(minutes{5});
  const auto& calls = bench.target().calls;
  ASSERT_THAT(calls, SizeIs(10));
  EXPECT_GE(calls.back().at - calls.front().at, milliseconds{4'400});
}

}  // namespace job_test
}  // namespace fakes::entra::provisioning
