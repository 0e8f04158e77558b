// What the provisioning service sends, in which order and when, against a target that works. Trouble is in
// provisioning_retry_test.cpp.
#include "fakes/entra/provisioning/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace service_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// A resource of the target that was there before.
void add_resource(ScimTarget& target, std::string_view id, std::string_view username) {
  target.resources[std::string(id)] =
      json(fmt::format(R"({{"id": "{}", "userName": "{}", "active": true, "displayName": "as it was"}})", id,
                       username))
          .as_object();
}

// The initial cycle

// [Entra provisioning-clients 2.3-03] [Entra provisioning-clients 2.3-04] [Entra provisioning-clients 2.3-08]
// [rule R24]
TEST(InitialCycle, looks_each_user_up_and_creates_whom_it_does_not_find) {
  ProvisioningBench bench;
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?filter=userName+eq+%22amy%22", "POST /Users",
                                             "GET /Users?filter=userName+eq+%22bob%22", "POST /Users"));
  EXPECT_THAT(bench.target().resources, SizeIs(2));
  EXPECT_THAT(bench.log(), ElementsAre("create success", "create success"));
}

// [Entra provisioning-clients 2.3-05] [Entra provisioning-clients 2.3-08]
TEST(InitialCycle, takes_over_whom_it_finds_and_sends_the_differences) {
  ProvisioningBench bench;
  add_resource(bench.target(), "old-7", "AMY");
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls(),
              ElementsAre("GET /Users?filter=userName+eq+%22amy%22", "PATCH /Users/old-7"));
  EXPECT_THAT(bench.target().resources, SizeIs(1));
  EXPECT_EQ(bench.target().resources.at("old-7").at("displayName"), base::Json("Display of amy"));
  EXPECT_EQ(bench.service().links().at(id).anchor, "old-7");
  EXPECT_THAT(bench.log(), ElementsAre("update success"));
}

// [Entra provisioning-clients 2.1-20] [Entra provisioning-clients 2.1-03]
TEST(InitialCycle, a_lookup_has_plus_signs_for_spaces_and_escapes_in_the_value) {
  auto config = quiet();
  config.users.rows = {direct("userName", "displayName", 1)};
  ProvisioningBench bench(config);
  bench.add_user("x", {{"displayName", "a@b.c d+e&f=g#h"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  const auto target = bench.target().calls.front().request.target;
  EXPECT_THAT(target, StartsWith("/scim/v2/Users?filter=userName+eq+"));
  EXPECT_THAT(target, ::testing::HasSubstr("a%40b.c%20d%2Be%26f%3Dg%23h"));
  EXPECT_EQ(base::parse_target(target)->parameter("filter"), R"(userName eq "a@b.c d+e&f=g#h")");
}

// [Entra provisioning-clients 2.3-11] [Entra provisioning-clients 2.20-09] [Entra
// provisioning-clients 2.3-02] [rule R38]
TEST(InitialCycle, whoever_is_disabled_deleted_or_not_assigned_is_not_even_looked_up_D44) {
  ProvisioningBench bench;
  const auto disabled = bench.add_user("disabled");
  const auto deleted = bench.add_user("deleted");
  bench.add_user("unassigned", false);
  bench.set_enabled(disabled, false);
  bench.remove(deleted);
  bench.start_job();
  bench.run_for(hours{3});
  EXPECT_THAT(bench.new_calls(), IsEmpty());
  EXPECT_THAT(bench.log(), SizeIs(3));
  EXPECT_THAT(bench.log(), Each("other skipped NotEffectivelyEntitled"));
}

// [rule D44]: and appears as soon as that has changed.
TEST(InitialCycle, who_is_enabled_later_is_created_then) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.set_enabled(id, false);
  bench.start_job();
  bench.run_for(minutes{5});
  bench.set_enabled(id, true);
  bench.run_for(minutes{40});
  EXPECT_THAT(bench.target().resources, SizeIs(1));
}

// [Entra provisioning-clients 2.1-01] [Entra provisioning-clients 2.1-07] [Entra provisioning-clients 2.1-16]
// [Entra provisioning-clients 2.1-18]
TEST(InitialCycle, requests_carry_the_token_and_no_user_agent_R31) {
  ProvisioningBench bench;
  add_resource(bench.target(), "old-7", "amy");
  bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.remove(bob);
  bench.run_for(days{31});
  EXPECT_THAT(bench.target().calls_of("GET"), Not(IsEmpty()));
  EXPECT_THAT(bench.target().calls_of("POST"), SizeIs(1));
  EXPECT_THAT(bench.target().calls_of("PATCH"), SizeIs(2));
  EXPECT_THAT(bench.target().calls_of("DELETE"), SizeIs(1));
  EXPECT_THAT(bench.target().calls_of("PUT"), IsEmpty());
  for (const auto& call : bench.target().calls) {
    EXPECT_EQ(call.request.headers.find("Authorization"), "Bearer secret-token");
    EXPECT_EQ(call.request.headers.find("User-Agent"), std::nullopt);
    if (!call.request.body.empty())
      EXPECT_EQ(call.request.headers.find("Content-Type"), "application/scim+json");
  }
}

// [Entra provisioning-clients 2.1-16]
TEST(InitialCycle, where_the_secret_token_is_blank_entra_sends_one_of_its_own_anew_with_each_request) {
  ProvisioningBench bench;
  bench.service().set_token(base::Secret());
  bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  std::vector<std::optional<std::string_view>> sent;
  for (const auto& call : bench.target().calls) sent.push_back(call.request.headers.find("Authorization"));
  EXPECT_THAT(sent, ElementsAre("Bearer token-of-entra-1", "Bearer token-of-entra-2"));
}

// Cycles

// [Entra provisioning-clients 2.4-01] [Entra provisioning-clients 2.12-01]
TEST(Cycles, begin_every_40_minutes_R40) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  const auto start = bench.now();
  bench.start_job();
  for (int cycle = 1; cycle <= 5; ++cycle) {
    bench.run_for(minutes{20});
    bench.retitle(id, fmt::format("title {}", cycle));
    bench.run_for(minutes{20});
  }
  bench.run_for(minutes{1});
  const auto patches = bench.target().calls_of("PATCH");
  ASSERT_THAT(patches, SizeIs(5));
  for (std::size_t i = 0; i < patches.size(); ++i) {
    const auto due = start + minutes{40} * (i + 1);
    EXPECT_GE(patches[i].at, due);
    EXPECT_LT(patches[i].at, due + seconds{2});
  }
  EXPECT_EQ(bench.service().cycles_completed(), 6U);
}

// [Entra provisioning-clients 2.4-02]
TEST(Cycles, an_incremental_cycle_reads_only_what_has_changed) {
  ProvisioningBench bench;
  bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  bench.run_for(hours{4});
  EXPECT_THAT(bench.new_calls(), IsEmpty()) << "nothing has changed";
  bench.retitle(bob, "Clerk");
  bench.run_for(hours{4});
  EXPECT_THAT(bench.new_calls(),
              ElementsAre("GET /Users/id-2", "PATCH /Users/id-2"));  // [Entra provisioning-clients 2.4-11]
}

// [Entra provisioning-clients 2.3-10] [Entra provisioning-clients 2.20-10]
TEST(Cycles, where_both_sides_agree_nothing_is_sent) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.retitle(id, "Clerk");
  bench.retitle(id, "");
  bench.run_for(hours{1});
  EXPECT_THAT(bench.target().calls_of("PATCH"), IsEmpty());
  EXPECT_EQ(bench.log().back(), "update skipped RedundantExport");
}

// [Entra provisioning-clients 2.4-12] [rule R43]
TEST(Cycles, what_was_changed_in_the_target_is_not_seen_until_the_source_changes) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.target().resources.at("id-1")["displayName"] = "changed here";
  bench.run_for(days{1});
  EXPECT_EQ(bench.target().resources.at("id-1").at("displayName"), base::Json("changed here"));
  bench.retitle(id, "Clerk");
  bench.run_for(hours{1});
  EXPECT_EQ(bench.target().resources.at("id-1").at("displayName"), base::Json("Display of amy"));
}

TEST(Cycles, the_interval_is_the_configured_one) {
  auto config = quiet();
  config.interval = minutes{10};
  ProvisioningBench bench(config);
  bench.start_job();
  bench.run_for(minutes{31});
  EXPECT_EQ(bench.service().cycles_completed(), 4U);
}

// Disabling, deleting, coming back

/// One user who has been created.
class Leaver : public ::testing::Test {
 protected:
  explicit Leaver(Settings config = quiet()) : bench_(std::move(config)), id_(bench_.add_user("amy")) {
    bench_.start_job();
    bench_.run_for(minutes{5});
    EXPECT_THAT(bench_.target().resources, SizeIs(1));
    bench_.new_calls();
  }

  base::Json active() { return bench_.target().resources.at("id-1").at("active"); }

  ProvisioningBench bench_;
  ObjectId id_;
};

// [Entra provisioning-clients 2.4-03] [Entra provisioning-clients 2.4-04] [Entra provisioning-clients 2.9-01]
TEST_F(Leaver, each_way_out_disables_and_each_way_back_enables_R49) {
  const std::vector<std::pair<std::function<void()>, std::function<void()>>> ways{
      {[&] { bench_.set_enabled(id_, false); },
       [&] { bench_.set_enabled(id_, true); }},
      {[&] { bench_.unassign(id_); }, [&] { bench_.assign(id_); }},
      {[&] { bench_.remove(id_); },
       [&] { bench_.restore(id_); }},  // [Entra provisioning-clients 2.9-09]
  };
  for (const auto& [out, back] : ways) {
    out();
    bench_.run_for(minutes{40});
    EXPECT_EQ(active(), base::Json(false));
    EXPECT_EQ(bench_.log().back(), "disable success");
    back();
    bench_.run_for(minutes{40});
    EXPECT_EQ(active(), base::Json(true));
    EXPECT_EQ(bench_.log().back(), "update success");
  }
  EXPECT_THAT(bench_.target().calls_of("POST DELETE"), SizeIs(1)) << "only the first creation";
}

// [Entra provisioning-clients 2.4-05] [Entra provisioning-clients 2.9-05] [Entra
// provisioning-clients 2.12-07] [rule RT3]
TEST_F(Leaver, thirty_days_after_the_soft_delete_comes_one_DELETE_R24) {
  bench_.remove(id_);
  const auto deleted = bench_.now();
  bench_.run_for(days{30} - minutes{1});
  EXPECT_THAT(bench_.new_calls("PATCH DELETE"), ElementsAre("PATCH /Users/id-1"));
  bench_.run_for(minutes{41});
  ASSERT_THAT(bench_.new_calls("PATCH DELETE"), ElementsAre("DELETE /Users/id-1"));
  EXPECT_GE(bench_.target().calls.back().at - deleted, days{30});
  EXPECT_EQ(bench_.log().back(), "delete success");
  EXPECT_THAT(bench_.service().links(), IsEmpty());
  bench_.run_for(days{60});
  EXPECT_THAT(bench_.new_calls(), IsEmpty());
}

TEST_F(Leaver, a_hard_delete_by_hand_is_sent_in_the_next_cycle_R24) {
  bench_.remove_for_good(id_);
  bench_.run_for(minutes{40});
  EXPECT_THAT(bench_.new_calls(), ElementsAre("DELETE /Users/id-1"));
}

// [Entra provisioning-clients 2.9-06]
TEST_F(Leaver, unassigned_first_and_deleted_later_gets_no_DELETE) {
  bench_.unassign(id_);
  bench_.run_for(minutes{40});
  EXPECT_THAT(bench_.new_calls("PATCH DELETE"), ElementsAre("PATCH /Users/id-1"));
  bench_.remove(id_);
  bench_.run_for(days{40});
  EXPECT_THAT(bench_.new_calls("DELETE"), IsEmpty());
  EXPECT_EQ(active(), base::Json(false));
}

TEST_F(Leaver, restored_within_thirty_days_is_not_deleted) {
  bench_.remove(id_);
  bench_.run_for(days{29});
  bench_.restore(id_);
  bench_.run_for(days{40});
  EXPECT_THAT(bench_.new_calls("DELETE"), IsEmpty());
  EXPECT_EQ(active(), base::Json(true));
}

// Target object actions

Settings without(bool ObjectMapping::*action) {
  auto config = quiet();
  config.users.*action = false;
  return config;
}

// [Entra provisioning-clients 2.9-07]
TEST(TargetActions, without_create_nobody_is_created_R34) {
  ProvisioningBench bench(without(&ObjectMapping::create));
  add_resource(bench.target(), "old-7", "bob");
  bench.add_user("amy");
  bench.add_user("bob");
  bench.start_job();
  bench.run_for(hours{3});
  EXPECT_THAT(bench.target().calls_of("POST"), IsEmpty());
  EXPECT_THAT(bench.target().calls_of("PATCH"), SizeIs(1)) << "updating is still on";
  EXPECT_THAT(bench.log(), Contains("create skipped NotPermitted"));
}

class NoUpdate : public Leaver {
 protected:
  NoUpdate() : Leaver(without(&ObjectMapping::update)) {}
};

TEST_F(NoUpdate, without_update_nothing_is_patched_R34) {
  bench_.retitle(id_, "Clerk");
  bench_.run_for(hours{1});
  EXPECT_THAT(bench_.new_calls("PATCH PUT"), IsEmpty());
  EXPECT_EQ(bench_.log().back(), "update skipped NotPermitted");
}

class NoDelete : public Leaver {
 protected:
  NoDelete() : Leaver(without(&ObjectMapping::remove)) {}
};

TEST_F(NoDelete, without_delete_the_disabled_user_stays_R34) {
  bench_.remove(id_);
  bench_.run_for(days{60});
  EXPECT_THAT(bench_.new_calls("PATCH DELETE"), ElementsAre("PATCH /Users/id-1"));
  EXPECT_EQ(active(), base::Json(false));
}

// Provision on demand

TEST(OnDemand, pushes_one_user_at_once_R41) {
  ProvisioningBench bench;
  bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  const auto outcome = bench.start_on_demand(bob);
  bench.run_for(seconds{30});  // [Entra provisioning-clients 2.12-06]
  ASSERT_TRUE(outcome->has_value());
  EXPECT_EQ(ProvisioningBench::text_of(**outcome), "create success");
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?filter=userName+eq+%22bob%22", "POST /Users"));
}

// [Entra provisioning-clients 2.3-10]
TEST(OnDemand, tells_that_there_was_nothing_to_do_R41) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  EXPECT_EQ(bench.on_demand(id), "create success");
  EXPECT_EQ(bench.on_demand(id), "update skipped RedundantExport");
  EXPECT_EQ(bench.on_demand(ObjectId{"nobody"}), "other failure ImportSkipped");
}

// [Entra provisioning-clients 2.16-03]
TEST(OnDemand, disables_a_user_who_was_unassigned) {
  ProvisioningBench bench;
  const auto id = bench.add_user("amy");
  bench.on_demand(id);
  bench.unassign(id);
  EXPECT_EQ(bench.on_demand(id), "disable success");
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
}

// [Entra provisioning-clients 2.8-01] [Entra provisioning-clients 2.16-06]
TEST(OnDemand, does_not_heed_the_compatibility_flag) {
  auto config = quiet();
  config.dialect = PatchDialect::compliant;
  ProvisioningBench bench(config);
  const auto id = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.retitle(id, "by the cycle");
  bench.run_for(minutes{40});
  bench.retitle(id, "on demand");
  EXPECT_EQ(bench.on_demand(id), "update success");
  const auto patches = bench.target().calls_of("PATCH");
  ASSERT_THAT(patches, SizeIs(2));
  EXPECT_EQ(patches[0].body().at("Operations"),
            json(R"([{"op": "add", "path": "title", "value": "by the cycle"}])"));
  EXPECT_EQ(patches[1].body().at("Operations"),
            json(R"([{"op": "Replace", "path": "title", "value": "on demand"}])"));
}

// Test Connection

// [Entra provisioning-clients 2.2-01] [Entra provisioning-clients 2.2-02] [rule R32]
TEST(TestConnection, asks_for_somebody_who_cannot_be_there) {
  ProvisioningBench bench;
  EXPECT_EQ(bench.test_connection("9a7b6f3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b"), std::nullopt);
  EXPECT_THAT(bench.new_calls(),
              ElementsAre("GET /Users?filter=userName+eq+%229a7b6f3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b%22"));
}

// [Entra provisioning-clients 2.1-04] [Entra provisioning-clients 2.2-05]
TEST(TestConnection, fails_for_every_other_answer_than_an_empty_list_R32) {
  ProvisioningBench bench;
  for (const auto& wrong :
       {base::HttpResponse(401), base::HttpResponse(403), base::HttpResponse(404), base::HttpResponse(500),
        base::HttpResponse(204), base::HttpResponse(200, "text/html", "<html>"),
        base::HttpResponse(200, "application/scim+json", "{}"),
        base::HttpResponse(200, "application/scim+json",
                           R"({"totalResults": 1, "Resources": [{"id": "7"}]})")}) {
    bench.target().refuse = [wrong](const base::HttpRequest&) { return std::optional(wrong); };
    EXPECT_NE(bench.test_connection("random"), std::nullopt) << wrong.status << wrong.body;
  }
  bench.target_host->crash();
  EXPECT_NE(bench.test_connection("random"), std::nullopt) << "unreachable";
}

// [Entra provisioning-clients 2.8-01]: the flag belongs to Entra, not to the requests.
TEST(TestConnection, the_flag_of_the_tenant_url_is_not_sent_D43) {
  auto config = quiet();
  config.tenant_url = base::parse_uri("https://scim.example.test/scim/v2/?aadOptscim062020").value();
  ProvisioningBench bench(config);
  EXPECT_EQ(bench.test_connection("random"), std::nullopt);
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?filter=userName+eq+%22random%22"));
}

}  // namespace service_test
}  // namespace fakes::entra::provisioning
