// The provisioning service in trouble: a target that refuses, vanishes or forgets, two runs over one user at
// a time, and a host that crashes in the middle. What was due once must arrive in the end, and never twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace retry_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Refuses every request of a method.
void refuse(ProvisioningBench& bench, std::string method, int status) {
  bench.target().refuse = [method = std::move(method), status](const base::HttpRequest& request) {
    return request.method == method ? std::optional(base::HttpResponse(status)) : std::nullopt;
  };
}

void accept_all(ProvisioningBench& bench) {
  bench.target().refuse = nullptr;
}

constexpr base::Duration cycle = minutes{40};

// Escrow

// [Entra provisioning-clients 2.13-01] [Entra provisioning-clients 2.13-02] [Entra
// provisioning-clients 2.13-04]
TEST(Escrow, a_refused_user_is_tried_again_after_6_12_and_24_hours_until_day_28) {
  ProvisioningBench bench;
  refuse(bench, "POST", 400);
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(days{60});
  const auto attempts = bench.target().calls_of("POST");
  ASSERT_GT(attempts.size(), 20U);
  for (std::size_t i = 1; i < attempts.size(); ++i) {
    const auto gap = attempts[i].at - attempts[i - 1].at;
    const base::Duration due = i == 1 ? hours{6} : i == 2 ? hours{12} : hours{24};
    EXPECT_GE(gap, due) << "before attempt " << i + 1;
    EXPECT_LT(gap, due + cycle + seconds{1}) << "before attempt " << i + 1;
  }
  const auto span = attempts.back().at - attempts.front().at;
  EXPECT_LE(span, days{28} + cycle);
  EXPECT_GT(span, days{26});
  EXPECT_THAT(bench.log(), Each("create failure SystemForCrossDomainIdentityManagementBadRequest"));
}

TEST(Escrow, a_user_that_was_mended_at_the_source_is_tried_in_the_next_cycle) {
  ProvisioningBench bench;
  refuse(bench, "POST", 400);
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(hours{1});
  accept_all(bench);
  bench.retitle(id, "Clerk");
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().resources, SizeIs(1));
  const auto calls = bench.target().calls.size();
  bench.run_for(days{2});
  EXPECT_THAT(bench.target().calls, SizeIs(calls)) << "a success must end the escrow";
}

TEST(Escrow, one_users_failure_does_not_hold_up_the_others) {
  ProvisioningBench bench;
  bench.target().refuse = [](const base::HttpRequest& request) {
    return request.body.find("amy") != std::string::npos ? std::optional(base::HttpResponse(400))
                                                         : std::nullopt;
  };
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().resources, SizeIs(1));
  EXPECT_THAT(bench.log(), ElementsAre("create failure SystemForCrossDomainIdentityManagementBadRequest",
                                       "create success"));
}

// [Entra provisioning-clients 2.6-05] [Entra provisioning-clients 2.13-05] [Entra
// provisioning-clients 2.13-06] [Entra provisioning-clients 2.13-07] [Entra provisioning-clients 2.13-08]
TEST(Escrow, the_log_names_the_kind_of_failure) {
  for (const auto& [status, code] : std::vector<std::pair<int, std::string_view>>{
           {400, "SystemForCrossDomainIdentityManagementBadRequest"},
           {401, "InsufficientRights"},
           {403, "InsufficientRights"},
           {405, "InsufficientRights"},
           {409, "Conflict"},
           {422, "UnprocessableEntity"},
           {429, "TooManyRequests"},
           {500, "InternalServerError"},
           {503, "InternalServerError"}}) {
    ProvisioningBench bench;
    refuse(bench, "POST", status);
    bench.add_user("amy");
    bench.start_job();
    bench.run_for(minutes{5});
    EXPECT_THAT(bench.log(), ElementsAre(fmt::format("create failure {}", code)));
  }
}

// Transient failures

// [Entra provisioning-clients 2.13-05] [Entra provisioning-clients 2.13-06] [rule D120]
TEST(Transient, failures_are_mended_in_the_next_cycle) {
  for (const auto status : {429, 500, 502, 503, 504}) {
    ProvisioningBench bench;
    bench.add_user("amy");
    bench.start_job();
    refuse(bench, "POST", status);
    bench.run_for(cycle * 3 + minutes{5});
    EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(4)) << status;
    accept_all(bench);
    bench.run_for(cycle);
    EXPECT_THAT(bench.target().resources, SizeIs(1)) << status;
    EXPECT_EQ(bench.log().back(), "create success") << status;
  }
}

// [Entra provisioning-clients 2.13-06]
TEST(Transient, a_target_that_is_down_is_asked_again_in_the_next_cycle) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.target_host->crash();
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("other failure Timeout"));
  bench.target_host->start();
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().resources, SizeIs(1));
}

// The target has created the user, but the answer is lost: the look-up before the next attempt must find it.
TEST(Transient, a_creation_whose_answer_is_lost_is_not_repeated) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.method == "POST") bench.world().network().partition("entra", "target", true);
    return std::nullopt;
  };
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("create failure Timeout"));
  accept_all(bench);
  bench.world().network().partition("entra", "target", false);
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(1));
  EXPECT_THAT(bench.target().resources, SizeIs(1));
  EXPECT_THAT(bench.service().links(), SizeIs(1));
}

// [Entra provisioning-clients 2.13-06] [rule R24]: a leaver must not stay because of one bad minute.
TEST(Transient, a_deletion_that_failed_is_tried_again_in_the_next_cycle) {
  for (const auto status : {429, 500, 503}) {
    ProvisioningBench bench;
    const auto id = bench.add_user("amy");
    bench.start_job();
    bench.run_for(minutes{5});
    refuse(bench, "DELETE", status);
    bench.remove_for_good(id);
    bench.run_for(cycle * 2);
    EXPECT_THAT(bench.target().resources, SizeIs(1)) << status;
    accept_all(bench);
    bench.run_for(cycle);
    EXPECT_THAT(bench.target().resources, IsEmpty()) << status;
    const auto deletions = bench.target().calls_of("DELETE").size();
    bench.run_for(days{2});
    EXPECT_THAT(bench.target().calls_of("DELETE"), SizeIs(deletions)) << "and then no more";
  }
}

// [Entra provisioning-clients 2.13-02]
TEST(Escrow, a_deletion_that_was_refused_waits_in_escrow) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  refuse(bench, "DELETE", 400);
  bench.remove_for_good(id);
  bench.run_for(hours{5});
  EXPECT_THAT(bench.target().calls_of("DELETE"), SizeIs(1));
  bench.run_for(hours{3});
  EXPECT_THAT(bench.target().calls_of("DELETE"), SizeIs(2));
}

// A target that is not as it was

// [Entra provisioning-clients 2.13-11] [Entra provisioning-clients 2.4-09]
TEST(BrokenTarget, a_link_to_nobody_is_an_error_and_no_reason_to_create) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.target().resources.clear();
  bench.retitle(id, "Clerk");
  bench.run_for(days{2});
  EXPECT_THAT(bench.log(), Contains("update failure InvalidAnchor"));
  EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(1));
}

// [Entra provisioning-clients 2.3-09]
TEST(BrokenTarget, two_hits_are_an_error_and_no_choice) {
  ProvisioningBench bench;
  for (const auto* id : {"old-1", "old-2"})
    bench.target().resources[id] = json(fmt::format(R"({{"id": "{}", "userName": "amy"}})", id)).as_object();
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("other failure DuplicateTargetEntries"));
  EXPECT_THAT(bench.target().calls_of("POST PATCH"), IsEmpty());
}

// [Entra provisioning-clients 2.13-09] [Entra provisioning-clients 2.6-04]
TEST(BrokenTarget, answers_that_cannot_be_read_are_the_targets_fault) {
  for (const auto* body : {"<html>", "[]", "\"x\"", ""}) {
    for (const auto* method : {"GET", "POST"}) {
      ProvisioningBench bench;
      bench.target().refuse = [=](const base::HttpRequest& request) {
        const int status = request.method == "POST" ? 201 : 200;
        return request.method == method ? std::optional(base::HttpResponse(status, "text/html", body))
                                        : std::nullopt;
      };
      bench.add_user("amy");
      bench.start_job();
      bench.run_for(minutes{5});
      EXPECT_THAT(bench.log(), ElementsAre(::testing::EndsWith(
                                   "failure SystemForCrossDomainIdentityManagementServiceIncompatible")))
          << method << body;
      EXPECT_THAT(bench.service().links(), IsEmpty());
    }
  }
}

// [rule R24]
TEST(BrokenTarget, a_deletion_of_who_is_gone_already_is_done) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.target().resources.clear();
  bench.remove_for_good(id);
  bench.run_for(cycle);
  EXPECT_EQ(bench.log().back(), "delete success");
}

// Two runs over one user

TEST(TwoRuns, on_demand_during_a_cycle_creates_nobody_twice_R41) {
  for (int after = 0; after <= 400; after += 10) {
    ProvisioningBench bench(quiet(), static_cast<std::uint64_t>(after + 1));
    const auto id = bench.add_user("amy");
    bench.start_job();
    bench.run_for(milliseconds{after});
    const auto outcome = bench.start_on_demand(id);
    bench.run_for(minutes{5});
    EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(1)) << after;
    ASSERT_TRUE(outcome->has_value()) << after;
    EXPECT_EQ((*outcome)->code.empty() || (*outcome)->code == "RedundantExport", true) << (*outcome)->code;
  }
}

TEST(TwoRuns, a_cycle_during_on_demand_creates_nobody_twice_R41) {
  for (int before = 0; before <= 400; before += 10) {
    ProvisioningBench bench(quiet(), static_cast<std::uint64_t>(before + 1));
    const auto id = bench.add_user("amy");
    const auto outcome = bench.start_on_demand(id);
    bench.run_for(milliseconds{before});
    bench.start_job();
    bench.run_for(minutes{5});
    EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(1)) << before;
    ASSERT_TRUE(outcome->has_value());
    EXPECT_EQ(ProvisioningBench::text_of(**outcome), "create success") << before;
  }
}

// The run on demand may have begun before the change that the cycle is about.
TEST(TwoRuns, a_change_is_not_lost_to_a_run_that_began_before_it) {
  for (int after = 0; after <= 400; after += 10) {
    ProvisioningBench bench(quiet(), static_cast<std::uint64_t>(after + 1));
    const auto id = bench.add_user("amy");
    const auto outcome = bench.start_on_demand(id);
    bench.run_for(milliseconds{after});
    bench.retitle(id, "Clerk");
    bench.start_job();
    bench.run_for(hours{2});
    ASSERT_THAT(bench.target().resources, SizeIs(1)) << after;
    EXPECT_EQ(base::string_or(bench.target().resources.begin()->second, "title", "none"), "Clerk") << after;
  }
}

// [Entra provisioning-clients 2.4-06]: the watermark is that of the beginning.
TEST(TwoRuns, a_change_during_a_cycle_is_not_lost) {
  for (int after = 0; after <= 400; after += 10) {
    ProvisioningBench bench(quiet(), static_cast<std::uint64_t>(after + 1));
    bench.add_user("bob");
    const auto id = bench.add_user("amy");
    bench.start_job();
    bench.run_for(milliseconds{after});
    bench.retitle(id, "Clerk");
    bench.run_for(hours{2});
    int clerks = 0;
    for (const auto& [key, resource] : bench.target().resources)
      clerks += base::string_or(resource, "title", "") == "Clerk" ? 1 : 0;
    EXPECT_EQ(clerks, 1) << after;
    EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(2)) << after;
  }
}

// A crash in the middle

TEST(ServiceCrash, a_run_that_was_cut_off_is_made_up_for) {
  for (int after = 0; after <= 400; after += 10) {
    ProvisioningBench bench(quiet(), static_cast<std::uint64_t>(after + 1));
    const auto amy = bench.add_user("amy");
    bench.add_user("bob");
    bench.start_job();
    bench.run_for(milliseconds{after});
    bench.entra_host->crash();
    bench.run_for(minutes{5});
    bench.entra_host->start();
    bench.run_for(hours{2});
    EXPECT_THAT(bench.target().resources, SizeIs(2)) << "crash after " << after << " ms";
    EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(2)) << "crash after " << after << " ms";
    EXPECT_EQ(bench.on_demand(amy), "update skipped RedundantExport") << "crash after " << after << " ms";
  }
}

}  // namespace retry_test
}  // namespace fakes::entra::provisioning
