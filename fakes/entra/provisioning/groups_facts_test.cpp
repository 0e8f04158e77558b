// Groups, managers and on-demand runs: what is written after what, and what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace groups_facts_test {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr base::Duration cycle = minutes{40};

/// The article's mapping of users with the manager, and groups.
Settings with_references() {
  auto settings = quiet();
  settings.groups = default_group_mapping();
  settings.users.rows.push_back(direct(std::string(enterprise_user) + ":manager", "manager"));
  return settings;
}

class References : public ::testing::Test {
 protected:
  ObjectId group(std::string name, bool assigned = true) {
    const auto nickname = base::json_text(name);
    const auto id = bench_.tenant().create(
        ObjectKind::group,
        {{"displayName", base::json_text(name)}, {"mailEnabled", false}, {"mailNickname", nickname}, {"securityEnabled", true}});
    EXPECT_TRUE(id.has_value());
    if (assigned) bench_.assign(*id);
    return *id;
  }
  void join(const ObjectId& group, const ObjectId& member) { bench_.tenant().add_member(group, member).value(); }

  ProvisioningBench bench_{with_references()};
};

// [Entra provisioning-clients 2.3-06, 2.10-01]
TEST_F(References, follow_after_users_and_groups_which_are_created_empty) {
  const auto team = group("Team");
  const auto boss = bench_.add_user("boss");
  const auto amy = bench_.add_user("amy");
  join(team, amy);
  bench_.tenant().set_manager(amy, boss).value();
  bench_.start_job();
  bench_.run_for(minutes{5});
  auto calls = bench_.new_calls("POST PATCH");
  ASSERT_THAT(calls, SizeIs(5));
  EXPECT_THAT(std::vector(calls.begin(), calls.begin() + 3), ElementsAre("POST /Users", "POST /Users", "POST /Groups"));
  EXPECT_THAT(std::vector(calls.begin() + 3, calls.end()),
              ::testing::UnorderedElementsAre(StartsWith("PATCH /Users/"), StartsWith("PATCH /Groups/")));
  for (const auto& call : bench_.target().calls_of("POST")) {
    EXPECT_THAT(call.request.body, Not(HasSubstr("members")));
    EXPECT_THAT(call.request.body, Not(HasSubstr("manager")));
  }
}

// [Entra provisioning-clients 2.10-08] [Graph X9]
TEST_F(References, a_group_in_a_group_is_a_member_and_not_unfolded) {
  const auto outer = group("Outer");
  const auto inner = group("Inner");
  const auto amy = bench_.add_user("amy", false);
  join(outer, inner);
  join(inner, amy);
  bench_.start_job();
  bench_.run_for(minutes{5});
  std::vector<std::string> bodies;
  for (const auto& call : bench_.target().calls_of("PATCH")) bodies.push_back(call.request.body);
  std::string inner_id;
  for (const auto& [id, resource] : bench_.target().resources) {
    if (base::string_or(resource, "displayName", "") == "Inner") inner_id = id;
  }
  EXPECT_THAT(bodies, Contains(HasSubstr("\"value\":\"" + inner_id + "\"")).Times(1));
}

// [Entra provisioning-clients 2.10-09]
TEST_F(References, a_member_out_of_scope_is_left_out_until_a_restart) {
  const auto team = group("Team");
  const auto late = bench_.add_user("late");
  bench_.set_enabled(late, false);
  join(team, late);
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.set_enabled(late, true);
  bench_.run_for(cycle * 3);
  EXPECT_THAT(bench_.target().resources, SizeIs(2)) << "the member is there by now";
  EXPECT_THAT(bench_.target().calls_of("PATCH"), IsEmpty());
  bench_.service().restart();
  bench_.run_for(minutes{5});
  const auto patches = bench_.target().calls_of("PATCH");
  ASSERT_THAT(patches, SizeIs(1));
  EXPECT_THAT(patches[0].request.body, HasSubstr("members"));
}

// [Entra provisioning-clients 2.10-10]
TEST_F(References, a_manager_out_of_scope_stays_unset_until_a_restart) {
  const auto boss = bench_.add_user("boss", false);
  const auto amy = bench_.add_user("amy");
  bench_.tenant().set_manager(amy, boss).value();
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.assign(boss);
  bench_.run_for(cycle * 3);
  EXPECT_THAT(bench_.target().resources, SizeIs(2)) << "the manager is there by now";
  EXPECT_THAT(bench_.target().calls_of("PATCH"), IsEmpty());
  bench_.service().restart();
  bench_.run_for(minutes{5});
  const auto patches = bench_.target().calls_of("PATCH");
  ASSERT_THAT(patches, SizeIs(1));
  EXPECT_THAT(patches[0].request.body, HasSubstr("manager"));
}

// [Entra provisioning-clients 2.9-10]
TEST_F(References, a_group_that_leaves_the_scope_is_deleted) {
  const auto team = group("Team");
  bench_.start_job();
  bench_.run_for(minutes{5});
  ASSERT_THAT(bench_.target().resources, SizeIs(1));
  bench_.unassign(team);
  bench_.run_for(cycle);
  EXPECT_THAT(bench_.new_calls("DELETE PATCH"), ElementsAre("DELETE /Groups/id-1"));
}

// [Entra provisioning-clients 2.2-03]
TEST_F(References, with_groups_on_a_group_that_is_not_there_is_looked_for_too) {
  EXPECT_EQ(bench_.test_connection("7d2f"), std::nullopt);
  const auto calls = bench_.new_calls();
  ASSERT_THAT(calls, SizeIs(2));
  EXPECT_THAT(calls[0], StartsWith("GET /Users?"));
  EXPECT_THAT(calls[1], StartsWith("GET /Groups?"));
  EXPECT_THAT(calls[1], HasSubstr("displayName+eq+%227d2f%22"));
}

// Cycles
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 2.3-12, 2.11-01, 2.11-02]: nor are its schemas read, as those of an app of the gallery.
TEST_F(References, the_target_is_never_listed) {
  group("Team");
  for (const auto* name : {"amy", "bob", "cid"}) bench_.add_user(name);
  bench_.start_job();
  bench_.run_for(days{2});
  for (const auto& call : bench_.target().calls_of("GET")) {
    const auto line = call.line();
    const bool asks_for_one = line.find("filter=") != std::string::npos || line.find("/id-") != std::string::npos;
    EXPECT_TRUE(asks_for_one) << line;
    EXPECT_THAT(line, Not(HasSubstr("startIndex")));
    EXPECT_THAT(line, Not(HasSubstr("/Schemas")));
  }
}

// [Entra provisioning-clients 2.4-11]
TEST_F(References, who_is_known_is_read_by_id_before_a_change) {
  const auto amy = bench_.add_user("amy");
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.new_calls();
  bench_.retitle(amy, "Clerk");
  bench_.run_for(cycle);
  EXPECT_THAT(bench_.new_calls(), ElementsAre("GET /Users/id-1", "PATCH /Users/id-1"));
}

// [Entra provisioning-clients 2.13-03]
TEST_F(References, a_failure_says_how_often_and_until_when) {
  bench_.add_user("amy");
  bench_.target().refuse = [](const base::HttpRequest& request) {
    return request.method == "POST" ? std::optional(base::HttpResponse(400)) : std::nullopt;
  };
  bench_.start_job();
  bench_.run_for(minutes{5});
  ASSERT_THAT(bench_.service().log(), SizeIs(1));
  EXPECT_THAT(bench_.service().log()[0].reason,
              ::testing::ContainsRegex("This operation was retried [0-9]+ times. It will be retried again after this date: "
                                       "2026-01-05T14:[0-9][0-9]:[0-9][0-9]\\.[0-9]{7}Z"));
}

// [Entra provisioning-clients 2.5-02]
TEST_F(References, a_target_that_does_not_serve_the_matching_filter_gets_nobody) {
  bench_.add_user("amy");
  bench_.target().refuse = [](const base::HttpRequest& request) {
    return request.method == "GET" ? std::optional(base::HttpResponse(400)) : std::nullopt;
  };
  bench_.start_job();
  bench_.run_for(minutes{5});
  EXPECT_THAT(bench_.target().calls_of("POST"), IsEmpty());
  EXPECT_THAT(bench_.log(), ElementsAre(HasSubstr("failure")));
}

// [Entra provisioning-clients 2.13-10]
TEST_F(References, several_rows_in_place_of_one_are_an_error) {
  const auto amy = bench_.add_user("amy");
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.target().refuse = [](const base::HttpRequest& request) {
    if (request.method != "GET") return std::optional<base::HttpResponse>();
    return std::optional(base::HttpResponse(200, "application/scim+json", R"({"totalResults": 2, "Resources": [{"id": "id-1"}, {"id": "id-2"}]})"));
  };
  bench_.retitle(amy, "Clerk");
  bench_.run_for(cycle);
  EXPECT_THAT(bench_.log(), Contains(HasSubstr("SystemForCrossDomainIdentityManagementMultipleEntriesInResponse")));
}

// [Entra provisioning-clients 2.13-12]
TEST_F(References, two_objects_that_match_one_resource_are_duplicate_sources) {
  auto settings = with_references();
  settings.users.rows.front() = direct("userName", "department", 1);
  ProvisioningBench bench(std::move(settings));
  bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Sales"}}, true);
  bench.add_user("bob", {{"displayName", "Bob"}, {"department", "Sales"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("create success", HasSubstr("failure DuplicateSourceEntries")));
}

// [Entra provisioning-clients 2.20-06]
TEST_F(References, steps_have_the_names_of_the_log) {
  const auto amy = bench_.add_user("amy");
  bench_.add_user("bob", false);
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.retitle(amy, "Clerk");
  bench_.run_for(cycle);
  const auto seen = [&](std::string_view name) {
    for (const auto& record : bench_.service().log()) {
      for (const auto& step : steps_of(record)) {
        if (step.name == name) return true;
      }
    }
    return false;
  };
  for (const auto* name : {"EntryImport", "EntryExportAdd", "EntryExportUpdate"}) EXPECT_TRUE(seen(name)) << name;
  EXPECT_EQ(bench_.on_demand(amy), "update skipped RedundantExport");
  EXPECT_TRUE(seen("EntrySynchronizationSkip"));
}

// [Entra provisioning-clients 2.1-19]
TEST(VersionHeader, is_sent_only_as_seen_in_2019) {
  for (const bool then : {false, true}) {
    auto settings = quiet();
    if (then) settings.quirks.add(ClientQuirk::version_header);
    ProvisioningBench bench(std::move(settings));
    bench.add_user("amy");
    bench.start_job();
    bench.run_for(minutes{5});
    const auto found = bench.target().calls.at(0).request.headers.find("ADSCIMVersion");
    EXPECT_EQ(found.has_value(), then);
    if (then) EXPECT_EQ(*found, "5.0");
  }
}

// [Entra provisioning-clients 2.8-08]: no /scim of its own in paths, colons behind URNs, paths with filters, and the RFC's group.
TEST(SinceDecember2018, paths_and_schemas_are_those_of_the_rfc) {
  auto settings = with_references();
  settings.tenant_url = base::parse_uri("https://scim.example.test/directory/v2").value();
  ProvisioningBench bench(std::move(settings));
  const auto amy = bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Sales"}}, true);
  const auto team = bench.tenant().create(
      ObjectKind::group, {{"displayName", "Team"}, {"mailEnabled", false}, {"mailNickname", "team"}, {"securityEnabled", true}});
  bench.assign(*team);
  bench.start_job();
  bench.run_for(minutes{5});
  bench.update(amy, {{"department", "Tours"}});
  bench.tenant().update(amy, {{"userPrincipalName", "amy.lee@example.test"}}).value();
  bench.run_for(cycle);
  for (const auto& call : bench.target().calls) EXPECT_THAT(call.request.target, StartsWith("/directory/v2/"));
  const auto posts = bench.target().calls_of("POST");
  ASSERT_THAT(posts, SizeIs(2));
  EXPECT_THAT(posts[1].request.body, HasSubstr("urn:ietf:params:scim:schemas:core:2.0:Group"));
  const auto patches = bench.target().calls_of("PATCH");
  ASSERT_THAT(patches, SizeIs(1));
  EXPECT_THAT(patches[0].request.body, HasSubstr("enterprise:2.0:User:department"));
  EXPECT_THAT(patches[0].request.body, HasSubstr(R"(emails[type eq \"work\"].value)"));
}

// [Entra provisioning-clients 7.1-34, 2.19-26]
TEST(SwitchFault, a_new_title_takes_active_along) {
  for (const bool faulty : {false, true}) {
    auto settings = quiet();
    if (faulty) settings.quirks.add(ClientQuirk::switch_forgets_unchanged);
    ProvisioningBench bench(std::move(settings));
    const auto amy = bench.add_user("amy");
    bench.start_job();
    bench.run_for(minutes{5});
    bench.retitle(amy, "Clerk");
    bench.run_for(cycle);
    const auto patches = bench.target().calls_of("PATCH");
    ASSERT_THAT(patches, SizeIs(1));
    EXPECT_EQ(patches[0].request.body.find("active") != std::string::npos, faulty);
  }
}

// [Entra provisioning-clients 7.1-36]
TEST_F(References, a_title_that_is_emptied_stays_in_the_target) {
  const auto amy = bench_.add_user("amy", {{"displayName", "Amy"}, {"jobTitle", "Clerk"}}, true);
  bench_.start_job();
  bench_.run_for(minutes{5});
  bench_.update(amy, {{"jobTitle", nullptr}});
  bench_.run_for(cycle);
  EXPECT_EQ(bench_.target().resources.at("id-1").at("title"), base::Json("Clerk"));
  EXPECT_THAT(bench_.target().calls_of("PATCH"), IsEmpty());
}

// The gallery's suite, whose tests pass by rows of the log
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 3.2-01, 3.2-04]
TEST_F(References, the_gallerys_tests_of_users_pass) {
  const auto boss = bench_.add_user("boss");
  const auto other = bench_.add_user("other");
  const auto amy = bench_.add_user("amy");
  bench_.start_job();
  bench_.run_for(minutes{5});
  EXPECT_THAT(bench_.log(), ElementsAre("create success", "create success", "create success"));
  const auto logs_after = [&](const std::function<void()>& change) {
    const auto before = bench_.service().log().size();
    change();
    bench_.run_for(cycle);
    const auto all = bench_.log();
    return std::vector(all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
  };
  EXPECT_THAT(logs_after([&] { bench_.retitle(amy, "Clerk"); }), Contains("update success"));
  for (const auto& manager : {std::optional(boss), std::optional(other)})
    EXPECT_THAT(logs_after([&] { bench_.tenant().set_manager(amy, manager).value(); }), Contains("update success"));
  EXPECT_THAT(logs_after([&] { bench_.unassign(amy); }), Contains("disable success"));
  EXPECT_THAT(logs_after([&] { bench_.assign(amy); }), Contains("update success"));
  EXPECT_THAT(logs_after([&] { bench_.set_enabled(amy, false); }), Contains("disable success"));
  EXPECT_THAT(logs_after([&] { bench_.remove_for_good(amy); }), Contains("delete success"));
  EXPECT_EQ(bench_.on_demand(bench_.add_user("bob")), "create success");
}

// [Entra provisioning-clients 3.2-02, 3.2-04]
TEST_F(References, the_gallerys_tests_of_groups_pass) {
  const auto team = group("Team");
  const auto amy = bench_.add_user("amy");
  bench_.start_job();
  bench_.run_for(minutes{5});
  const auto logs_after = [&](const std::function<void()>& change) {
    const auto before = bench_.service().log().size();
    change();
    bench_.run_for(cycle);
    const auto all = bench_.log();
    return std::vector(all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
  };
  EXPECT_THAT(logs_after([&] { bench_.update(team, {{"displayName", "Vendors"}}); }), Contains("update success"));
  EXPECT_THAT(logs_after([&] { join(team, amy); }), Contains("update success"));
  EXPECT_EQ(bench_.target().resources.at("id-2").at("members"), json(R"([{"value": "id-1"}])"));
  EXPECT_THAT(logs_after([&] { bench_.tenant().remove_member(team, amy).value(); }), Contains("update success"));
  EXPECT_EQ(bench_.target().resources.at("id-2").at("members"), json("[]"));
  EXPECT_THAT(logs_after([&] { bench_.unassign(team); }), Contains("delete success"));
  const auto another = group("Another");
  EXPECT_EQ(bench_.on_demand(another), "create success");
}

// On demand
// -----------------------------------------------------------------------------------------------------------

// [Entra provisioning-clients 2.12-06, 2.16-01, 2.16-05]
TEST_F(References, on_demand_shows_its_stages_within_half_a_minute) {
  const auto amy = bench_.add_user("amy");
  const auto outcome = bench_.start_on_demand(amy);
  bench_.run_for(seconds{30});
  ASSERT_TRUE(outcome->has_value());
  std::vector<StepType> stages;
  const LogStep* scoping = nullptr;
  const auto steps = steps_of(**outcome);
  for (const auto& step : steps) {
    stages.push_back(step.type);
    if (step.type == StepType::scoping) scoping = &step;
    EXPECT_EQ(step.status, LogStatus::success) << step.name;
  }
  EXPECT_THAT(stages, ElementsAre(StepType::import, StepType::scoping, StepType::matching, StepType::exporting));
  ASSERT_NE(scoping, nullptr);
  std::vector<std::string> keys;
  for (const auto& [key, value] : scoping->details) keys.push_back(key);
  for (const auto* key : {"IsActive", "Assigned", "IsEffectivelyEntitledForProvisioning", "IsInProvisioningScopeDisplayName", "ScopeEvaluationResult"})
    EXPECT_THAT(keys, Contains(key));
}

// [Entra provisioning-clients 2.16-02]
TEST_F(References, on_demand_takes_five_calls_in_ten_seconds) {
  std::vector<ProvisioningBench::Outcome> outcomes;
  for (int i = 0; i < 6; ++i) outcomes.push_back(bench_.start_on_demand(bench_.add_user(fmt::format("user{}", i))));
  bench_.run_for(seconds{9});
  int refused = 0;
  for (const auto& outcome : outcomes) refused += *outcome && (*outcome)->code == "TooManyRequests" ? 1 : 0;
  EXPECT_EQ(refused, 1);
  bench_.run_for(seconds{2});
  EXPECT_EQ(bench_.on_demand(bench_.add_user("later")), "create success");
}

}  // namespace groups_facts_test
}  // namespace fakes::entra::provisioning
