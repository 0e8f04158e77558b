// Quarantine, the threshold of deletions, restarts and the scope: what the job does when an admin is needed, or acts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace quarantine_facts_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr base::Duration cycle = minutes{40};

void refuse_all(ProvisioningBench& bench, int status) {
  bench.target().refuse = [status](const base::HttpRequest&) { return std::optional(base::HttpResponse(status)); };
}

bool in_quarantine(ProvisioningBench& bench) { return bench.service().status().code == StatusCode::quarantine; }

QuarantineReason reason_of(ProvisioningBench& bench) {
  const auto& quarantine = bench.service().status().quarantine;
  EXPECT_TRUE(quarantine.has_value());
  return quarantine ? quarantine->reason : QuarantineReason::unknown;
}

// How many failures are too many
// -----------------------------------------------------------------------------------------------------------

std::optional<QuarantineReason> escrows(std::size_t failures, std::size_t references, std::size_t successes) {
  return escrow_reason({failures, references, successes}, {});
}

// [Entra provisioning-clients 2.14-02]
TEST(QuarantineRule, looks_at_nothing_below_5000_failures) {
  EXPECT_EQ(escrows(4'999, 0, 0), std::nullopt);
  EXPECT_NE(escrows(5'000, 0, 0), std::nullopt);
}

// [Entra provisioning-clients 2.14-03]
TEST(QuarantineRule, counts_more_than_40000_or_more_than_40_percent_without_references) {
  EXPECT_EQ(escrows(40'000, 0, 1'000'000), std::nullopt);
  EXPECT_NE(escrows(40'001, 0, 1'000'000), std::nullopt);
  EXPECT_EQ(escrows(8'000, 0, 12'000), std::nullopt) << "40 % is not more than 40 %";
  EXPECT_NE(escrows(8'001, 0, 12'000), std::nullopt);
  EXPECT_EQ(escrows(4'000, 50'000, 0), std::nullopt) << "references are left out";
}

// [Entra provisioning-clients 2.14-04]
TEST(QuarantineRule, has_a_ceiling_of_60000_with_references) {
  EXPECT_EQ(escrows(30'000, 30'000, 1'000'000), std::nullopt);
  EXPECT_NE(escrows(30'000, 30'001, 1'000'000), std::nullopt);
}

// [Entra provisioning-clients 2.14-05]
TEST(QuarantineRule, agrees_with_the_examples_of_the_documentation) {
  EXPECT_NE(escrows(45'000, 0, 1'000'000), std::nullopt);
  EXPECT_NE(escrows(30'000, 0, 5'000), std::nullopt);
  EXPECT_EQ(escrows(20'000, 0, 100'000), std::nullopt);
  EXPECT_NE(escrows(20'000, 41'000, 1'000'000), std::nullopt);
}

// [Entra provisioning-clients 2.14-11]
TEST(QuarantineRule, gives_its_reasons_by_eight_names) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 8; ++i) names.push_back(name_of(static_cast<QuarantineReason>(i)));
  EXPECT_THAT(names, ::testing::UnorderedElementsAre(
                         "EncounteredBaseEscrowThreshold", "EncounteredTotalEscrowThreshold", "EncounteredEscrowProportionThreshold",
                         "EncounteredQuarantineException", "QuarantinedOnDemand", "TooManyDeletes", "IngestionInterrupted", "Unknown"));
}

// [Entra provisioning-clients 2.14-12]
TEST(JobStatusNames, are_five) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 5; ++i) names.push_back(name_of(static_cast<StatusCode>(i)));
  EXPECT_THAT(names, ElementsAre("NotConfigured", "NotRun", "Active", "Paused", "Quarantine"));
}

// Into it, within it, and out of it
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 2.14-01, 2.1-17]
TEST(QuarantinedJob, a_token_that_is_refused_leads_there_at_once) {
  ProvisioningBench bench;
  bench.add_user("amy");
  refuse_all(bench, 401);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_TRUE(in_quarantine(bench));
  EXPECT_EQ(reason_of(bench), QuarantineReason::quarantine_exception);
}

// [Entra provisioning-clients 2.14-01, 2.2-05, 7.1-19]
TEST(QuarantinedJob, a_probe_that_is_answered_404_leads_there) {
  auto settings = quiet();
  settings.probes = 3;
  ProvisioningBench bench(std::move(settings));
  bench.target().refuse = [](const base::HttpRequest& request) {
    return request.method == "GET" ? std::optional(base::HttpResponse(404)) : std::nullopt;
  };
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_TRUE(in_quarantine(bench));
}

// [Entra provisioning-clients 2.14-06] [Graph X7]
TEST(QuarantinedJob, has_one_cycle_a_day) {
  ProvisioningBench bench;
  bench.add_user("amy");
  refuse_all(bench, 401);
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  const auto before = bench.service().cycles_completed();
  bench.run_for(hours{23});
  EXPECT_THAT(bench.new_calls(), IsEmpty());
  bench.run_for(days{5});
  EXPECT_EQ(bench.service().cycles_completed(), before + 5);
}

// [Entra provisioning-clients 2.14-07, 2.4-07] [Graph X7]
TEST(QuarantinedJob, ends_the_job_after_four_weeks) {
  ProvisioningBench bench;
  bench.add_user("amy");
  refuse_all(bench, 401);
  bench.start_job();
  bench.run_for(days{27});
  EXPECT_EQ(bench.service().status().schedule, Schedule::active);
  bench.run_for(days{4});
  EXPECT_EQ(bench.service().status().schedule, Schedule::disabled);
  bench.new_calls();
  bench.run_for(days{30});
  EXPECT_THAT(bench.new_calls(), IsEmpty());
}

// [Entra provisioning-clients 2.14-08]
TEST(QuarantinedJob, is_left_by_a_cycle_that_succeeds_and_a_restart_tries_one_now) {
  ProvisioningBench bench;
  bench.add_user("amy");
  refuse_all(bench, 401);
  bench.start_job();
  bench.run_for(hours{1});
  ASSERT_TRUE(in_quarantine(bench));
  bench.target().refuse = nullptr;
  bench.run_for(hours{2});
  EXPECT_TRUE(in_quarantine(bench)) << "until the day is over";
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_FALSE(in_quarantine(bench));
  EXPECT_THAT(bench.log(), Contains("create success"));

  ProvisioningBench other;
  other.add_user("amy");
  refuse_all(other, 401);
  other.start_job();
  other.run_for(hours{1});
  other.target().refuse = nullptr;
  other.run_for(days{1});
  EXPECT_FALSE(in_quarantine(other)) << "by itself, a day later";
}

/// A bench whose service may mail; what it mailed.
struct Mailed {
  static Settings settings() {
    auto out = quiet();
    out.notification_email = "admin@example.test";
    out.mail_relay = base::parse_uri("https://mail.example.test/mails").value();
    return out;
  }
  Mailed() : bench(settings()), relay(bench.target_host->clock()) {
    auto& host = bench.world().add_host("mail", "mail.example.test");
    host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(&relay); });
    host.start();
  }
  ProvisioningBench bench;
  ScimTarget relay;
};

// [Entra provisioning-clients 2.14-09]
TEST(QuarantinedJob, is_mailed_when_it_begins_and_when_its_reason_changes) {
  Mailed mailed;
  auto& bench = mailed.bench;
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  refuse_all(bench, 401);
  bench.retitle(amy, "Clerk");
  bench.run_for(days{3});
  ASSERT_THAT(mailed.relay.calls, SizeIs(1)) << "not each day anew";
  EXPECT_EQ(base::string_or(mailed.relay.calls[0].body(), "from", ""), "azure-noreply@microsoft.com");
  EXPECT_EQ(base::string_or(mailed.relay.calls[0].body(), "to", ""), "admin@example.test");
  bench.target().refuse = nullptr;
  bench.service().set_deletion_threshold(1);
  bench.unassign(amy);
  bench.run_for(days{1} + cycle);
  EXPECT_EQ(reason_of(bench), QuarantineReason::too_many_deletes);
  EXPECT_THAT(mailed.relay.calls, SizeIs(2));
}

// [Entra provisioning-clients 2.14-10]
TEST(QuarantinedJob, in_the_initial_cycle_escrows_are_pruned_first) {
  auto settings = quiet();
  settings.quarantine.evaluated_from = 2;
  ProvisioningBench bench(std::move(settings));
  for (const auto* name : {"amy", "bob", "cid"}) bench.add_user(name);
  bench.target().refuse = [](const base::HttpRequest& request) {
    return request.method == "POST" ? std::optional(base::HttpResponse(400)) : std::nullopt;
  };
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_TRUE(bench.service().status().escrows_pruned);
  EXPECT_FALSE(in_quarantine(bench));
}

// [Entra provisioning-clients 2.14-13]
TEST(JobJson, has_schedule_and_status) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  const base::Json job = bench.service().job_json();
  for (const auto* name : {"id", "templateId", "schedule", "status"}) EXPECT_NE(base::member(job, name), nullptr) << name;
  EXPECT_EQ(job.at("schedule").at("interval"), base::Json("PT40M"));
  for (const auto* name : {"expiration", "state"}) EXPECT_NE(base::member(job.at("schedule"), name), nullptr) << name;
  for (const auto* name : {"code", "progress", "countSuccessiveCompleteFailures", "escrowsPruned", "lastExecution", "lastSuccessfulExecution",
                           "lastSuccessfulExecutionWithExports", "steadyStateFirstAchievedTime", "steadyStateLastAchievedTime",
                           "synchronizedEntryCountByType", "troubleshootingUrl", "quarantine"})
    EXPECT_NE(base::member(job.at("status"), name), nullptr) << name;
  EXPECT_EQ(job.at("status").at("code"), base::Json("Active"));
}

// [Entra provisioning-clients 2.14-14]
TEST(JobJson, has_the_quarantine) {
  ProvisioningBench bench;
  bench.add_user("amy");
  refuse_all(bench, 401);
  bench.start_job();
  bench.run_for(minutes{5});
  const base::Json job = bench.service().job_json();
  const auto& quarantine = job.at("status").at("quarantine");
  for (const auto* name : {"currentBegan", "seriesBegan", "seriesCount", "nextAttempt", "reason", "error"})
    EXPECT_NE(base::member(quarantine, name), nullptr) << name;
  for (const auto* name : {"code", "message", "tenantActionable"}) EXPECT_NE(base::member(quarantine.at("error"), name), nullptr) << name;
  EXPECT_EQ(quarantine.at("reason"), base::Json("EncounteredQuarantineException"));
}

// [Entra provisioning-clients 2.14-16]
TEST(ResetScopes, are_seven_words_and_none_given_means_three) {
  EXPECT_EQ(parse_reset_scope(""), (ResetScope{Reset::quarantine_state, Reset::watermark, Reset::escrows}));
  EXPECT_EQ(parse_reset_scope("Watermark, Escrows, QuarantineState"), default_reset_scope());
  EXPECT_EQ(parse_reset_scope("None"), ResetScope{});
  for (const auto* word : {"ConnectorDataStore", "Escrows", "Watermark", "QuarantineState", "Full", "ForceDeletes"}) {
    const auto scope = parse_reset_scope(word);
    ASSERT_TRUE(scope) << word;
    EXPECT_THAT(*scope, SizeIs(1)) << word;
  }
  EXPECT_FALSE(parse_reset_scope("Everything"));
}

// Too many deletions
// -----------------------------------------------------------------------------------------------------------

class TooManyDeletions : public ::testing::Test {
 protected:
  TooManyDeletions() {
    for (const auto* name : {"amy", "bob", "cid"}) ids_.push_back(bench_.add_user(name));
    bench_.service().set_deletion_threshold(2);
    bench_.start_job();
    bench_.run_for(minutes{5});
    bench_.new_calls();
  }
  ProvisioningBench bench_;
  std::vector<ObjectId> ids_;
};

// [Entra provisioning-clients 2.15-01]
TEST_F(TooManyDeletions, fewer_than_the_limit_go_through) {
  bench_.unassign(ids_[0]);
  bench_.run_for(cycle);
  EXPECT_FALSE(in_quarantine(bench_));
  EXPECT_THAT(bench_.log(), Contains("disable success"));
}

// [Entra provisioning-clients 2.15-01, 2.15-02, 2.15-04]: disables and deletions count alike.
TEST_F(TooManyDeletions, at_the_limit_all_are_withheld_and_logged) {
  bench_.unassign(ids_[0]);
  bench_.remove_for_good(ids_[1]);
  bench_.run_for(cycle);
  EXPECT_TRUE(in_quarantine(bench_));
  EXPECT_EQ(reason_of(bench_), QuarantineReason::too_many_deletes);
  EXPECT_THAT(bench_.new_calls("PATCH DELETE"), IsEmpty());
  EXPECT_THAT(bench_.log(), Contains(StartsWith("stageddelete")).Times(2));
}

// [Entra provisioning-clients 2.15-03]
TEST_F(TooManyDeletions, an_admin_lets_them_through_or_mends_the_scope) {
  bench_.unassign(ids_[0]);
  bench_.unassign(ids_[1]);
  bench_.run_for(cycle);
  ASSERT_TRUE(in_quarantine(bench_));
  bench_.assign(ids_[1]);
  bench_.service().restart();
  bench_.run_for(minutes{5});
  EXPECT_FALSE(in_quarantine(bench_)) << "one is below the limit";
  EXPECT_THAT(bench_.new_calls("PATCH"), SizeIs(1));
  bench_.unassign(ids_[1]);
  bench_.unassign(ids_[2]);
  bench_.run_for(cycle);
  ASSERT_TRUE(in_quarantine(bench_));
  auto scope = default_reset_scope();
  scope.insert(Reset::force_deletes);
  bench_.service().restart(scope);
  bench_.run_for(minutes{5});
  EXPECT_FALSE(in_quarantine(bench_));
  EXPECT_THAT(bench_.new_calls("PATCH"), SizeIs(2));
}

// What an admin does
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 2.4-08, 2.3-01, 2.3-07]
TEST(Restart, evaluates_everybody_anew) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls(), IsEmpty()) << "the watermark is kept";
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users/id-1", "GET /Users/id-2")) << "and the links too";
  auto mapping = bench.service().settings().users;
  mapping.rows.push_back(constant("userType", "Employee"));
  bench.service().set_mapping(ObjectKind::user, std::move(mapping));
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls("PATCH"), SizeIs(2));
}

// [Entra provisioning-clients 2.4-10, 2.4-07]
TEST(Stop, lets_the_cycle_end_and_begins_no_other) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(std::chrono::milliseconds{1});
  bench.service().stop();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("create success", "create success"));
  bench.new_calls();
  bench.add_user("cid");
  bench.run_for(days{2});
  EXPECT_THAT(bench.new_calls(), IsEmpty());
  bench.service().start();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), SizeIs(3));
}

// [Entra provisioning-clients 2.14-17]
TEST(LinkRecords, are_removed_only_while_the_job_is_paused) {
  ProvisioningBench bench;
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  ASSERT_TRUE(bench.service().links().contains(amy));
  EXPECT_FALSE(bench.service().remove_link(amy));
  bench.service().stop();
  EXPECT_TRUE(bench.service().remove_link(amy));
  EXPECT_TRUE(bench.service().remove_link(amy)) << "again";
  EXPECT_FALSE(bench.service().links().contains(amy));
}

// [Entra provisioning-clients 2.17-05]
TEST(ScopingFilters, a_new_one_begins_anew_and_who_falls_out_is_disabled) {
  ProvisioningBench bench;
  bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Sales"}}, true);
  bench.add_user("bob", {{"displayName", "Bob"}, {"department", "Tours"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  auto mapping = bench.service().settings().users;
  mapping.filters = {{"sales", {{"department", ScopeOperator::equals, "Sales"}}}};
  bench.service().set_mapping(ObjectKind::user, std::move(mapping));
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls("GET"), SizeIs(2)) << "everybody is looked at, and at once";
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
  EXPECT_EQ(bench.target().resources.at("id-2").at("active"), base::Json(false));
}

// [Entra provisioning-clients 2.17-06]
TEST(ScopeSetting, from_all_to_assigned_takes_a_restart) {
  auto settings = quiet();
  settings.scope = Scope::all;
  ProvisioningBench bench(std::move(settings));
  bench.add_user("amy");
  bench.add_user("bob", false);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().resources, SizeIs(2)) << "all";
  bench.service().set_scope(Scope::assigned);
  bench.run_for(days{1});
  EXPECT_THAT(bench.log(), Not(Contains("disable success")));
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), Contains("disable success"));
}

// [Entra provisioning-clients 2.9-08]
TEST(SkipOutOfScopeDeletions, leaves_alone_who_leaves_the_scope_and_nobody_else) {
  auto settings = quiet();
  settings.skip_out_of_scope_deletions = true;
  ProvisioningBench bench(std::move(settings));
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  bench.unassign(amy);
  bench.set_enabled(bob, false);
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls("PATCH DELETE"), ElementsAre("PATCH /Users/id-2"));
}

// [Entra provisioning-clients 2.9-04]
TEST(NoActive, who_would_be_disabled_is_deleted) {
  auto settings = quiet();
  std::erase_if(settings.users.rows, [](const MappingRow& row) { return row.target.text == "active"; });
  ProvisioningBench bench(std::move(settings));
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  bench.unassign(amy);
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls(), Contains("DELETE /Users/id-1"));
}

}  // namespace quarantine_facts_test
}  // namespace fakes::entra::provisioning
