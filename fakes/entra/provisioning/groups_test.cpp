// Groups, their members, managers, and who is in scope, against a target that works.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/service_fixture.h"

namespace fakes::entra::provisioning {
namespace groups_test {

using base::JsonObject;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr base::Duration cycle = minutes{40};

Settings with_groups() {
  auto settings = quiet();
  settings.groups = default_group_mapping();
  return settings;
}

class Groups : public ::testing::Test {
 protected:
  explicit Groups(Settings settings = with_groups()) : bench(std::move(settings)) {}

  ObjectId add_group(std::string_view name, bool assigned = true) {
    const auto id = bench.tenant().create(ObjectKind::group, {{"displayName", base::json_text(name)}, {"mailEnabled", false}, {"mailNickname", "g"}, {"securityEnabled", true}}).value();
    if (assigned) bench.assign(id);
    return id;
  }
  void join(const ObjectId& group, const ObjectId& member) { bench.tenant().add_member(group, member).value(); }
  void leave(const ObjectId& group, const ObjectId& member) { bench.tenant().remove_member(group, member).value(); }
  void start() {
    bench.start_job();
    bench.run_for(minutes{5});
  }
  std::vector<std::string> after_cycle(std::string_view methods = "POST PATCH DELETE") {
    bench.run_for(cycle);
    return bench.new_calls(methods);
  }
  /// Ids of the members that the target holds.
  std::vector<std::string> members(const std::string& group) {
    std::vector<std::string> ids;
    const auto* held = base::member(bench.target().resources.at(group), "members");
    if (held == nullptr || !held->is_array()) return ids;
    for (const auto& element : held->get_array()) ids.push_back(base::string_or(element, "value", ""));
    return ids;
  }

  ProvisioningBench bench;
};

// [Entra provisioning-clients 2.3-01] [Entra provisioning-clients 2.3-06] [Entra provisioning-clients 2.10-01] [Entra provisioning-clients 2.10-08]
TEST_F(Groups, come_after_users_are_created_empty_and_filled_by_patches) {
  const auto inner = add_group("Inner");
  const auto outer = add_group("Outer");
  const auto amy = bench.add_user("amy");
  join(inner, amy);
  join(outer, inner);
  start();
  EXPECT_THAT(bench.new_calls("POST PATCH"), ElementsAre("POST /Users", "POST /Groups", "POST /Groups", "PATCH /Groups/id-2", "PATCH /Groups/id-3"));
  EXPECT_THAT(members("id-2"), ElementsAre("id-1"));
  EXPECT_THAT(members("id-3"), ElementsAre("id-2")) << "a nested group is a member; its own are not expanded";
}

// [Entra provisioning-clients 2.10-03] [Entra provisioning-clients 2.10-04] [Entra provisioning-clients 2.4-02]
TEST_F(Groups, members_who_come_and_go_are_one_patch_each) {
  const auto group = add_group("Sales");
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  join(group, amy);
  start();
  bench.new_calls();
  join(group, bob);
  EXPECT_THAT(after_cycle(), ElementsAre("PATCH /Groups/id-3"));
  EXPECT_THAT(members("id-3"), ElementsAre("id-1", "id-2"));
  leave(group, amy);
  EXPECT_THAT(after_cycle(), ElementsAre("PATCH /Groups/id-3"));
  EXPECT_THAT(members("id-3"), ElementsAre("id-2"));
  EXPECT_THAT(after_cycle("GET POST PATCH DELETE"), IsEmpty()) << "nothing has changed";
}

// [Entra provisioning-clients 2.10-09] [Entra provisioning-clients 2.4-09]
TEST_F(Groups, a_member_out_of_scope_is_skipped_until_a_restart) {
  const auto group = add_group("Sales", false);
  const auto amy = bench.add_user("amy");
  const auto nested = add_group("Nested", false);
  bench.assign(group);
  join(group, amy);
  join(group, nested);
  start();
  EXPECT_THAT(members("id-2"), ElementsAre("id-1"));
  bench.assign(nested);
  bench.update(group, {{"displayName", "Sales and Service"}});
  bench.run_for(cycle);
  EXPECT_THAT(members("id-2"), ElementsAre("id-1")) << "the membership did not change";
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_THAT(members("id-2"), ElementsAre("id-1", "id-3"));
}

// [Entra provisioning-clients 2.9-10] [Entra provisioning-clients 2.9-04]
TEST_F(Groups, that_leave_the_scope_or_are_deleted_are_deleted_in_the_target) {
  const auto sales = add_group("Sales");
  const auto support = add_group("Support");
  start();
  bench.new_calls();
  bench.unassign(sales);
  EXPECT_THAT(after_cycle(), ElementsAre("DELETE /Groups/id-1"));
  bench.remove(support);
  EXPECT_THAT(after_cycle(), ElementsAre("DELETE /Groups/id-2"));
  bench.run_for(days{40});
  EXPECT_THAT(bench.new_calls("DELETE"), IsEmpty());
}

// [Entra provisioning-clients 2.3-05] [Entra provisioning-clients 2.5-04]
TEST_F(Groups, are_matched_by_their_name) {
  bench.target().resources["old-1"] = JsonObject{{"id", "old-1"}, {"displayName", "SALES"}};
  const auto group = add_group("Sales");
  start();
  EXPECT_THAT(bench.new_calls("POST"), IsEmpty());
  EXPECT_EQ(bench.service().links().at(group).anchor, "old-1");
}

// [Graph X9] [Entra provisioning-clients 2.3-02]
TEST_F(Groups, an_assigned_group_brings_its_direct_members_into_scope) {
  const auto group = add_group("Sales");
  const auto nested = add_group("Nested", false);
  const auto amy = bench.add_user("amy", false);
  const auto bob = bench.add_user("bob", false);
  join(group, amy);
  join(nested, bob);
  join(group, nested);
  start();
  EXPECT_THAT(bench.service().links(), Contains(::testing::Key(amy)));
  EXPECT_THAT(bench.service().links(), ::testing::Not(Contains(::testing::Key(bob)))) << "nested";
  leave(group, amy);
  bench.run_for(cycle);
  EXPECT_THAT(bench.log(), Contains("disable success"));
  join(group, amy);
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().calls_of("PATCH").back().request.body, HasSubstr("members"));
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
  bench.unassign(group);
  bench.run_for(cycle);
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
}

// [rule R25]: switched off, no request is about groups.
TEST_F(Groups, that_are_not_mapped_are_left_alone) {
  auto mapping = default_group_mapping();
  mapping.enabled = false;
  bench.service().set_mapping(ObjectKind::group, mapping);
  const auto group = add_group("Sales");
  const auto amy = bench.add_user("amy");
  join(group, amy);
  start();
  bench.remove(group);
  bench.run_for(days{31});
  for (const auto& call : bench.target().calls) EXPECT_THAT(call.line(), ::testing::Not(HasSubstr("/Groups")));
}

// Managers

class Managers : public Groups {
 protected:
  Managers() : Groups(mapped()) {}
  static Settings mapped() {
    auto settings = quiet();
    settings.users.rows.push_back(direct("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "manager"));
    return settings;
  }
};

// [Entra provisioning-clients 2.3-06] [Entra provisioning-clients 2.3-08]
TEST_F(Managers, are_written_after_all_users) {
  const auto amy = bench.add_user("amy");
  const auto boss = bench.add_user("boss");
  bench.tenant().set_manager(amy, boss).value();
  start();
  EXPECT_THAT(bench.new_calls("POST PATCH"), ElementsAre("POST /Users", "POST /Users", StartsWith("PATCH /Users/")));
}

// [Entra provisioning-clients 2.10-10]
TEST_F(Managers, who_are_out_of_scope_at_first_stay_unset_until_a_restart) {
  const auto amy = bench.add_user("amy");
  const auto boss = bench.add_user("boss", false);
  bench.tenant().set_manager(amy, boss).value();
  start();
  bench.assign(boss);
  bench.retitle(amy, "Clerk");
  bench.run_for(cycle);
  const auto has_manager = [&] { return bench.target().calls_of("PATCH").back().request.body.find("manager") != std::string::npos; };
  EXPECT_FALSE(has_manager());
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_TRUE(has_manager());
}

// [Entra provisioning-clients 2.7-12] [Entra provisioning-clients 7.1-13]
TEST_F(Managers, that_the_target_does_not_show_are_sent_in_every_cycle) {
  const auto amy = bench.add_user("amy");
  const auto boss = bench.add_user("boss");
  bench.tenant().set_manager(amy, boss).value();
  bench.target().refuse = [&](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    if (request.method != "PATCH" || request.body.find("manager") == std::string::npos) return std::nullopt;
    return base::HttpResponse(200, "application/scim+json", R"({"id": "id-1", "userName": "amy"})");
  };
  start();
  bench.run_for(cycle * 3);
  EXPECT_THAT(bench.target().calls_of("PATCH"), SizeIs(4));
}

// Scope

// [Entra provisioning-clients 2.17-06] [rule R38]
TEST(ProvisioningScope, all_users_are_provisioned_and_another_scope_counts_from_a_restart) {
  auto settings = quiet();
  settings.scope = Scope::all;
  ProvisioningBench bench(settings);
  bench.add_user("amy", false);
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.target().resources, SizeIs(2));
  bench.service().set_scope(Scope::assigned);
  bench.retitle(bob, "Clerk");
  bench.run_for(hours{3});
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
  bench.service().restart();
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(false));
  EXPECT_EQ(bench.target().resources.at("id-2").at("active"), base::Json(true));
}

// [Entra provisioning-clients 2.9-01] [Entra provisioning-clients 2.17-05] [Entra provisioning-clients 2.4-08]
TEST(ProvisioningScope, saving_a_filter_begins_an_initial_cycle_which_disables_who_falls_out) {
  ProvisioningBench bench;
  bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Sales"}}, true);
  bench.add_user("bob", {{"displayName", "Bob"}, {"department", "Support"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  auto mapping = article_mapping();
  mapping.filters = {{"Sales", {{"department", ScopeOperator::equals, "Sales"}}}};
  bench.service().set_mapping(ObjectKind::user, mapping);
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
  EXPECT_EQ(bench.target().resources.at("id-2").at("active"), base::Json(false));
}

// [Entra provisioning-clients 2.9-08]
TEST(ProvisioningScope, who_leaves_it_can_be_left_alone_but_not_who_is_disabled) {
  auto settings = quiet();
  settings.skip_out_of_scope_deletions = true;
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  const auto bob = bench.add_user("bob");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.unassign(amy);
  bench.set_enabled(bob, false);
  bench.run_for(cycle);
  EXPECT_EQ(bench.target().resources.at("id-1").at("active"), base::Json(true));
  EXPECT_EQ(bench.target().resources.at("id-2").at("active"), base::Json(false));
}

// [Entra provisioning-clients 2.9-04]
TEST(ProvisioningScope, without_active_among_the_targets_leaving_it_deletes) {
  auto settings = quiet();
  std::erase_if(settings.users.rows, [](const MappingRow& row) { return row.target.text == "active"; });
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy");
  bench.start_job();
  bench.run_for(minutes{5});
  bench.new_calls();
  bench.set_enabled(amy, false);
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls("PATCH DELETE"), ElementsAre("DELETE /Users/id-1"));
  bench.set_enabled(amy, true);
  bench.run_for(cycle);
  EXPECT_THAT(bench.new_calls("POST PATCH DELETE"), ElementsAre("POST /Users"));
}

// Matching

// [Entra provisioning-clients 2.5-01] [Entra provisioning-clients 2.5-02]
TEST(ProvisioningMatch, attributes_are_tried_by_precedence_until_one_hits) {
  auto settings = quiet();
  settings.users.rows = {direct("userName", "userPrincipalName", 2), direct("externalId", "employeeId", 1), direct("displayName", "displayName")};
  ProvisioningBench bench(settings);
  bench.target().resources["old-1"] = JsonObject{{"id", "old-1"}, {"userName", "x"}, {"externalId", "7"}};
  bench.target().resources["old-2"] = JsonObject{{"id", "old-2"}, {"userName", "bob@example.test"}};
  bench.add_user("amy", {{"displayName", "Amy"}, {"employeeId", "7"}}, true);
  bench.add_user("bob", {{"displayName", "Bob"}, {"employeeId", "8"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.new_calls("GET"), ElementsAre(HasSubstr("externalId+eq+%227%22"), HasSubstr("externalId+eq+%228%22"), HasSubstr("userName+eq+%22bob")));
  EXPECT_THAT(bench.target().resources, SizeIs(2)) << "both were found";
}

// [Entra provisioning-clients 2.13-12]
TEST(ProvisioningMatch, two_objects_cannot_have_one_resource) {
  auto settings = quiet();
  settings.users.rows = {direct("userName", "userPrincipalName"), direct("externalId", "employeeId", 1)};
  ProvisioningBench bench(settings);
  bench.add_user("amy", {{"displayName", "Amy"}, {"employeeId", "7"}}, true);
  bench.add_user("bob", {{"displayName", "Bob"}, {"employeeId", "7"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.log(), ElementsAre("create success", "other failure DuplicateSourceEntries"));
}

// Values

// [Entra provisioning-clients 2.6-08] [Entra provisioning-clients 2.18-15]
TEST(ProvisioningValues, defaults_and_rows_for_creation_count_on_creation_only) {
  auto settings = quiet();
  auto title = direct("title", "jobTitle");
  title.default_value = "none";
  auto nickname = direct("nickName", "department");
  nickname.apply = Apply::on_creation;
  settings.users.rows = {direct("userName", "mailNickname", 1), title, nickname, constant("userType", "Member")};
  ProvisioningBench bench(settings);
  const auto amy = bench.add_user("amy", {{"displayName", "Amy"}, {"department", "Sales"}}, true);
  bench.start_job();
  bench.run_for(minutes{5});
  const auto created = bench.target().calls_of("POST").front().body();
  EXPECT_EQ(created.at("title"), base::Json("none"));
  EXPECT_EQ(created.at("nickName"), base::Json("Sales"));
  EXPECT_EQ(created.at("userType"), base::Json("Member"));
  bench.update(amy, {{"department", "Support"}});
  bench.target().resources.at("id-1").erase("title");
  bench.run_for(cycle);
  EXPECT_THAT(bench.target().calls_of("PATCH"), IsEmpty());
}

// [Entra provisioning-clients 2.19-26] [Entra provisioning-clients 7.1-34]
TEST(ProvisioningValues, the_fault_of_switch_takes_active_away_where_another_attribute_changes) {
  for (const bool faulty : {false, true}) {
    auto settings = quiet();
    if (faulty) settings.quirks = {ClientQuirk::switch_forgets_unchanged};
    ProvisioningBench bench(settings);
    const auto amy = bench.add_user("amy");
    bench.start_job();
    bench.run_for(minutes{5});
    bench.retitle(amy, "Clerk");
    bench.run_for(cycle);
    const auto body = bench.target().calls_of("PATCH").back().request.body;
    EXPECT_EQ(body.find(R"("path":"active","value":null)") != std::string::npos, faulty) << body;
    EXPECT_THAT(body, HasSubstr("Clerk"));
  }
}

}  // namespace groups_test
}  // namespace fakes::entra::provisioning
