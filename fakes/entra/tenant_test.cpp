// Rules of the tenant that none of its faces shows by itself: sequences, the feed of changes, indexes, what follows a
// deletion, assignments, passwords and the audit log.
#include "fakes/entra/tenant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "sim/host.h"

namespace fakes::entra {
namespace tenant_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

base::JsonObject object(const std::string& text) { return base::parse_json(text).value().get_object(); }
base::JsonObject user(const std::string& name, const std::string& more = "") {
  return object(R"({"accountEnabled": true, "displayName": ")" + name + R"(", "mailNickname": ")" + name + R"(", "userPrincipalName": ")" + name +
                R"(@example.test", "passwordProfile": {"password": "Wombat-4711!"})" + more + "}");
}
base::JsonObject group(const std::string& name, const std::string& more = "") {
  return object(R"({"displayName": ")" + name + R"(", "mailEnabled": false, "mailNickname": ")" + name + R"(", "securityEnabled": true)" + more + "}");
}

class TenantTest : public ::testing::Test {
 protected:
  TenantTest() { scheduler_.advance_to(base::Instant{std::chrono::seconds{1'767'600'000}}); }

  ObjectId made(const std::string& name, const std::string& more = "") {
    const auto id = tenant_.create(ObjectKind::user, user(name, more));
    EXPECT_TRUE(id.has_value()) << id.error().text;
    return id.value_or(ObjectId{});
  }
  ObjectId made_group(const std::string& name, const std::string& more = "") {
    const auto id = tenant_.create(ObjectKind::group, group(name, more));
    EXPECT_TRUE(id.has_value()) << id.error().text;
    return id.value_or(ObjectId{});
  }
  void pass(base::Duration span) { scheduler_.advance_to(scheduler_.now() + span); }
  std::vector<ObjectId> changed_after(std::uint64_t sequence) {
    std::vector<ObjectId> ids;
    for (auto at = tenant_.changes().after(sequence); at != tenant_.changes().end(); ++at) ids.push_back(at->second.id);
    return ids;
  }
  std::size_t with(const std::string& property, const std::string& value) {
    return std::as_const(tenant_).index(ObjectKind::user).equal_to(*find_property(ObjectKind::user, property), value).size();
  }
  std::vector<std::string> activities() {
    std::vector<std::string> out;
    for (const auto& record : tenant_.audits()) out.push_back(record.activity);
    return out;
  }

  base::Scheduler scheduler_;
  sim::HostClock clock_{scheduler_, {}};
  Tenant tenant_{clock_, base::Rng(1)};
};

// [Graph DL12]
TEST_F(TenantTest, each_object_stands_in_the_feed_once_at_its_last_change) {
  const auto amy = made("amy");
  const auto bob = made("bob");
  const auto before = tenant_.changes().last();
  ASSERT_TRUE(tenant_.update(amy, object(R"({"jobTitle": "Cook"})")));
  EXPECT_THAT(changed_after(0), ElementsAre(bob, amy));
  EXPECT_THAT(changed_after(before), ElementsAre(amy));
  EXPECT_GT(tenant_.find(amy)->changed, before);
  EXPECT_EQ(tenant_.find(amy)->find("jobTitle")->changed, tenant_.find(amy)->changed);
  EXPECT_LT(tenant_.find(amy)->find("displayName")->changed, tenant_.find(amy)->changed);
}

// [Graph G10]
TEST_F(TenantTest, an_update_without_a_difference_is_no_change) {
  const auto amy = made("amy", R"(, "jobTitle": "Cook")");
  const auto before = tenant_.changes().last();
  const auto audits = tenant_.audits().size();
  ASSERT_TRUE(tenant_.update(amy, object(R"({"jobTitle": "Cook", "city": null})")));
  EXPECT_EQ(tenant_.changes().last(), before);
  EXPECT_EQ(tenant_.audits().size(), audits);
}

// [Graph P6]
TEST_F(TenantTest, a_refusal_changes_nothing) {
  const auto amy = made("amy");
  made("bob");
  const auto before = tenant_.changes().last();
  const auto refused = tenant_.update(amy, object(R"({"jobTitle": "Cook", "userPrincipalName": "bob@example.test"})"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().refusal, Refusal::taken);
  EXPECT_EQ(refused.error().property, "userPrincipalName");
  EXPECT_EQ(tenant_.find(amy)->find("jobTitle"), nullptr);
  EXPECT_EQ(tenant_.changes().last(), before);
}

// [Graph Q20]
TEST_F(TenantTest, the_index_follows_every_change_and_holds_the_living) {
  const auto amy = made("Amy", R"(, "employeeId": "7")");
  EXPECT_EQ(with("displayName", "aMY"), 1U);
  EXPECT_EQ(tenant_.find_user_by_name("AMY@EXAMPLE.test")->id(), amy);
  ASSERT_TRUE(tenant_.update(amy, object(R"({"displayName": "Bea", "userPrincipalName": "bea@example.test", "employeeId": null})")));
  EXPECT_EQ(with("displayName", "amy"), 0U);
  EXPECT_EQ(with("displayName", "bea"), 1U);
  EXPECT_EQ(with("employeeId", "7"), 0U);
  EXPECT_EQ(tenant_.find_user_by_name("amy@example.test"), nullptr);
  EXPECT_EQ(std::as_const(tenant_).index(ObjectKind::user).beginning_with(*find_property(ObjectKind::user, "userPrincipalName"), "BE").size(), 1U);
  ASSERT_TRUE(tenant_.remove(amy));
  EXPECT_EQ(with("displayName", "bea"), 0U);
  ASSERT_TRUE(tenant_.restore(amy));
  EXPECT_EQ(with("displayName", "bea"), 1U);
  EXPECT_EQ(tenant_.find_user_by_name("bea@example.test")->id(), amy);
}

// [Graph U13] [Graph U14]
TEST_F(TenantTest, addresses_are_unique_among_users_and_keep_the_former_one) {
  const auto amy = made("amy", R"(, "mail": "a@example.test")");
  ASSERT_TRUE(tenant_.update(amy, object(R"({"mail": "amy@example.test"})")));
  EXPECT_EQ(base::to_text(tenant_.find(amy)->find("proxyAddresses")->json), R"(["SMTP:amy@example.test","smtp:a@example.test"])");
  const auto bob = made("bob");
  EXPECT_EQ(tenant_.update(bob, object(R"({"mail": "A@example.test"})")).error().refusal, Refusal::taken);
  ASSERT_TRUE(tenant_.remove(amy));
  EXPECT_TRUE(tenant_.update(bob, object(R"({"mail": "a@example.test"})")));
}

// [Graph U40] [Entra provisioning-clients 2.12-07]
TEST_F(TenantTest, a_purge_forgets_everything_about_an_object) {
  const auto amy = made("amy");
  const auto bob = made("bob");
  const auto team = made_group("team");
  auto& app = tenant_.applications().register_app("App");
  ASSERT_TRUE(tenant_.add_member(team, amy));
  ASSERT_TRUE(tenant_.add_owner(team, amy));
  ASSERT_TRUE(tenant_.set_manager(bob, amy));
  ASSERT_TRUE(tenant_.assign(app, amy));
  tenant_.grant_role(amy, "User Administrator");
  ASSERT_TRUE(tenant_.remove(amy));
  EXPECT_TRUE(tenant_.members_of(team).contains(amy)) << "a restored user is a member again";
  EXPECT_TRUE(app.is_assigned(amy));
  pass(soft_delete_retention - std::chrono::seconds{1});
  tenant_.purge();
  EXPECT_NE(tenant_.find_deleted(amy), nullptr);
  const auto before = tenant_.changes().last();
  pass(std::chrono::seconds{1});
  tenant_.purge();
  EXPECT_EQ(tenant_.find_deleted(amy), nullptr);
  EXPECT_FALSE(tenant_.members_of(team).contains(amy));
  EXPECT_FALSE(tenant_.owners_of(team).contains(amy));
  EXPECT_FALSE(tenant_.manager_of(bob).has_value());
  EXPECT_FALSE(app.is_assigned(amy));
  EXPECT_EQ(tenant_.password_of(amy), nullptr);
  EXPECT_THAT(tenant_.roles_of(amy), IsEmpty());
  EXPECT_GT(tenant_.members_of(team).departed.at(amy), before);
  EXPECT_THAT(changed_after(before), ::testing::Contains(team));
  EXPECT_THAT(changed_after(before), ::testing::Contains(amy));
}

// [Graph U40] [Graph U44]
TEST_F(TenantTest, who_is_restored_and_deleted_again_has_thirty_days_anew) {
  const auto amy = made("amy");
  ASSERT_TRUE(tenant_.remove(amy));
  pass(std::chrono::days{20});
  ASSERT_TRUE(tenant_.restore(amy));
  ASSERT_TRUE(tenant_.remove(amy));
  pass(std::chrono::days{20});
  tenant_.purge();
  EXPECT_NE(tenant_.find_deleted(amy), nullptr);
  pass(std::chrono::days{10});
  tenant_.purge();
  EXPECT_EQ(tenant_.find_deleted(amy), nullptr);
}

// [Graph U49] [Graph U45]
TEST_F(TenantTest, a_restoration_takes_another_name_where_its_own_is_taken) {
  const auto amy = made("amy");
  ASSERT_TRUE(tenant_.remove(amy));
  made("amy");
  EXPECT_EQ(tenant_.restore(amy).error().refusal, Refusal::taken);
  EXPECT_NE(tenant_.find_deleted(amy), nullptr);
  ASSERT_TRUE(tenant_.restore(amy, {.new_user_principal_name = "amy2@example.test"}));
  EXPECT_EQ(tenant_.find(amy)->text("userPrincipalName"), "amy2@example.test");
}

// [Graph GR12] [Graph GR8]
TEST_F(TenantTest, links_know_since_when_they_are_and_when_they_ended) {
  const auto team = made_group("team");
  const auto amy = made("amy");
  ASSERT_TRUE(tenant_.add_member(team, amy));
  const auto joined = tenant_.members_of(team).present.at(amy);
  EXPECT_EQ(joined, tenant_.find(team)->changed);
  EXPECT_THAT(tenant_.groups_of(amy), ElementsAre(team));
  EXPECT_EQ(tenant_.add_member(team, amy).error().refusal, Refusal::already_linked);
  ASSERT_TRUE(tenant_.remove_member(team, amy));
  EXPECT_GT(tenant_.members_of(team).departed.at(amy), joined);
  EXPECT_EQ(tenant_.remove_member(team, amy).error().refusal, Refusal::not_linked);
  EXPECT_THAT(tenant_.groups_of(amy), IsEmpty());
  ASSERT_TRUE(tenant_.add_member(team, amy));
  EXPECT_TRUE(tenant_.members_of(team).departed.empty());
  EXPECT_EQ(tenant_.add_member(amy, team).error().refusal, Refusal::not_found) << "users have no members";
}

// [Graph U2]
TEST_F(TenantTest, a_manager_is_set_once_and_counts_as_a_change_of_the_user) {
  const auto amy = made("amy");
  const auto bob = made("bob");
  ASSERT_TRUE(tenant_.set_manager(amy, bob));
  const auto changed = tenant_.manager_changed(amy);
  EXPECT_EQ(changed, tenant_.find(amy)->changed);
  ASSERT_TRUE(tenant_.set_manager(amy, bob));
  EXPECT_EQ(tenant_.manager_changed(amy), changed);
  ASSERT_TRUE(tenant_.set_manager(amy, std::nullopt));
  EXPECT_GT(tenant_.manager_changed(amy), changed);
  EXPECT_EQ(tenant_.set_manager(amy, ObjectId{"nobody"}).error().refusal, Refusal::not_found);
}

// [Entra provisioning-clients 2.19-03]
TEST_F(TenantTest, assignments_count_the_sequence_when_they_differ) {
  auto& app = tenant_.applications().register_app("App");
  const auto amy = made("amy");
  EXPECT_EQ(tenant_.assignment_changed(app, amy), 0U);
  ASSERT_TRUE(tenant_.assign(app, amy, "role"));
  const auto assigned = tenant_.assignment_changed(app, amy);
  EXPECT_EQ(assigned, tenant_.changes().last());
  ASSERT_TRUE(tenant_.assign(app, amy, "role"));
  EXPECT_EQ(tenant_.assignment_changed(app, amy), assigned);
  ASSERT_TRUE(tenant_.unassign(app, amy));
  EXPECT_GT(tenant_.assignment_changed(app, amy), assigned);
  EXPECT_FALSE(app.is_assigned(amy));
  EXPECT_EQ(tenant_.assign(app, ObjectId{"nobody"}).error().refusal, Refusal::not_found);
}

// [Graph U57] [Graph U29]
TEST_F(TenantTest, a_reset_password_says_when_and_revoking_moves_the_sessions_on) {
  const auto amy = made("amy");
  pass(std::chrono::hours{1});
  ASSERT_TRUE(tenant_.reset_password(amy, {base::Secret("Koala-4711!"), true}));
  EXPECT_EQ(tenant_.password_of(amy)->changed, clock_.now());
  EXPECT_TRUE(tenant_.password_of(amy)->force_change);
  EXPECT_EQ(tenant_.find(amy)->text("lastPasswordChangeDateTime"), "2026-01-05T09:00:00Z");
  EXPECT_EQ(tenant_.find(amy)->text("signInSessionsValidFromDateTime"), "2026-01-05T08:00:00Z");
  EXPECT_EQ(tenant_.reset_password(amy, {base::Secret("weak")}).error().refusal, Refusal::weak_password);
  ASSERT_TRUE(tenant_.revoke_sessions(amy));
  EXPECT_EQ(tenant_.find(amy)->text("signInSessionsValidFromDateTime"), "2026-01-05T09:00:00Z");
}

// [Graph O6] [Graph O10]
TEST_F(TenantTest, every_change_is_audited_with_who_made_it) {
  const Actor app{Actor::Kind::app, ObjectId{"sp"}, "Sync", "app-id"};
  const auto amy = *tenant_.create(ObjectKind::user, user("amy"), app);
  const auto team = made_group("team");
  ASSERT_TRUE(tenant_.update(amy, object(R"({"accountEnabled": false})")));
  ASSERT_TRUE(tenant_.update(amy, object(R"({"accountEnabled": true, "passwordProfile": {"password": "Koala-4711!"}})")));
  ASSERT_TRUE(tenant_.add_member(team, amy));
  ASSERT_TRUE(tenant_.remove_member(team, amy));
  ASSERT_TRUE(tenant_.remove(amy));
  ASSERT_TRUE(tenant_.restore(amy));
  ASSERT_TRUE(tenant_.remove(amy));
  ASSERT_TRUE(tenant_.remove_for_good(amy));
  EXPECT_THAT(activities(), ElementsAre("Add user", "Add group", "Disable account", "Enable account", "Reset user password", "Add member to group",
                                        "Remove member from group", "Delete user", "Restore user", "Delete user", "Hard delete user"));
  EXPECT_EQ(tenant_.audits().front().initiated_by.app_id, "app-id");
  EXPECT_EQ(tenant_.audits()[2].initiated_by.name, "admin");
  for (const auto& record : tenant_.audits()) {
    for (const auto& change : record.changes) EXPECT_EQ((change.before + change.after).find("4711"), std::string::npos) << "no password is written down";
  }
}

// [Graph U6]
TEST_F(TenantTest, the_same_seed_makes_the_same_tenant) {
  Tenant one(clock_, base::Rng(7));
  Tenant other(clock_, base::Rng(7));
  EXPECT_EQ(one.id(), other.id());
  EXPECT_EQ(*one.create(ObjectKind::user, user("amy")), *other.create(ObjectKind::user, user("amy")));
  EXPECT_EQ(one.audits().front().id, other.audits().front().id);
}

}  // namespace tenant_test
}  // namespace fakes::entra
