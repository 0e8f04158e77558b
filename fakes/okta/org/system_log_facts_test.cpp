// The system log: what is written of which operation, by whom, and how long it is kept. [Okta provisioning-clients 5.7]
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace system_log_facts_test {

using OktaSystemLog = OrgFixture;
using ::testing::ElementsAre;
using ::testing::SizeIs;

void expect_types(const std::string& prefix, const std::vector<std::string>& names) {
  for (const auto& name : names) EXPECT_TRUE(event_type_named(prefix + name).has_value()) << prefix << name;
  std::size_t with_prefix = 0;
  for (const auto& info : event_types()) with_prefix += info.name.starts_with(prefix) ? 1 : 0;
  EXPECT_EQ(with_prefix, names.size()) << prefix;
}

// [Okta provisioning-clients 5.7-01]
TEST_F(OktaSystemLog, keeps_ninety_days_and_gives_what_lies_between_two_times) {
  const auto start = world_.scheduler().now();
  const auto id = add();
  pass(std::chrono::days{1});
  ASSERT_TRUE(org_.suspend(id).has_value());
  pass(std::chrono::days{1});
  ASSERT_TRUE(org_.unsuspend(id).has_value());
  const auto count = [&](base::Duration since, base::Duration until) { return std::ranges::distance(org_.log().between(start + since, start + until)); };
  const std::chrono::days day{1};
  EXPECT_EQ(count(base::Duration{0}, day), 2);
  EXPECT_EQ(count(day, day), 0);
  EXPECT_EQ(count(day, 2 * day), 1);  // its end is not in it
  EXPECT_EQ(count(day, 3 * day), 2);
  EXPECT_EQ(count(3 * day, base::Duration{0}), 0);
  pass(std::chrono::days{88});
  ASSERT_TRUE(org_.suspend(id).has_value());
  EXPECT_THAT(org_.log().events(), SizeIs(5));  // of ninety days ago, to the instant
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.unsuspend(id).has_value());
  EXPECT_THAT(org_.log().events(), SizeIs(4));
  EXPECT_EQ(org_.log().written(), 6U);
}

// [Okta provisioning-clients 5.7-03]
TEST_F(OktaSystemLog, an_event_tells_who_from_where_to_whom_in_which_transaction_and_how_it_ended) {
  Actor admin{.id = "00uadmin", .alternate_id = "root@example.test", .display_name = "Root"};
  admin.ip_address = "203.0.113.7";
  admin.user_agent = "curl";
  admin.transaction_id = "request-1";
  auto wanted = person("amy@example.test");
  wanted.password = good_password();
  const auto id = org_.create_user(wanted, admin).value();
  const auto& created = org_.log().events().front();
  EXPECT_EQ(created.type, EventType::user_create);
  EXPECT_EQ(created.actor.alternate_id, "root@example.test");
  EXPECT_EQ(created.actor.ip_address, "203.0.113.7");
  EXPECT_EQ(created.published, world_.scheduler().now());
  EXPECT_EQ(created.severity, Severity::info);
  EXPECT_EQ(name_of(created.outcome.result), "SUCCESS");
  EXPECT_THAT(created.uuid, SizeIs(36));
  ASSERT_THAT(created.targets, SizeIs(1));
  EXPECT_EQ(created.targets[0].id, id.text());
  EXPECT_EQ(created.targets[0].type, "User");
  EXPECT_EQ(created.targets[0].alternate_id, "amy@example.test");
  EXPECT_EQ(created.targets[0].display_name, "Amy Lee");
  for (const auto& event : org_.log().events()) EXPECT_EQ(event.transaction_id, "request-1");
  ASSERT_TRUE(org_.suspend(id).has_value());
  EXPECT_NE(org_.log().events().back().transaction_id, "request-1");
  org_.authenticate("amy@example.test", base::Secret("wrong"));
  const auto& failed = org_.log().events().back();
  EXPECT_EQ(name_of(failed.outcome.result), "FAILURE");
  EXPECT_EQ(failed.severity, Severity::warn);
  EXPECT_EQ(failed.actor.id, id.text());
  std::set<std::string> uuids;
  for (const auto& event : org_.log().events()) uuids.insert(event.uuid);
  EXPECT_EQ(uuids.size(), org_.log().events().size());
  const std::set<std::string_view> results{name_of(LogResult::success), name_of(LogResult::failure), name_of(LogResult::skipped), name_of(LogResult::allow),
                                           name_of(LogResult::deny),    name_of(LogResult::challenge), name_of(LogResult::unknown)};
  EXPECT_THAT(results, SizeIs(7));
}

// [Okta provisioning-clients 5.7-04]
TEST_F(OktaSystemLog, a_users_life_is_written_down) {
  expect_types("user.lifecycle.", {"create", "activate", "reactivate", "deactivate", "suspend", "unsuspend", "delete.initiated", "delete.completed", "password_mass_expiry"});
  const auto id = org_.create_user(person("amy@example.test")).value();
  ASSERT_TRUE(org_.reactivate(id).has_value());
  ASSERT_TRUE(org_.set_password(id, good_password()).has_value());
  new_events();
  ASSERT_TRUE(org_.suspend(id).has_value());
  ASSERT_TRUE(org_.unsuspend(id).has_value());
  ASSERT_TRUE(org_.remove(id).has_value());
  ASSERT_TRUE(org_.activate(id).has_value());
  ASSERT_TRUE(org_.deactivate(id).has_value());
  ASSERT_TRUE(org_.remove(id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.lifecycle.suspend", "user.lifecycle.unsuspend", "user.lifecycle.deactivate", "user.lifecycle.activate",
                                        "user.lifecycle.deactivate", "user.lifecycle.delete.initiated", "user.lifecycle.delete.completed"));
  const auto active = add("bea@example.test");
  const auto provisioned = org_.create_user(person("cid@example.test")).value();
  new_events();
  org_.expire_all_passwords();
  EXPECT_THAT(new_events(), ElementsAre("user.lifecycle.password_mass_expiry"));
  EXPECT_EQ(status(active), UserStatus::password_expired);
  EXPECT_EQ(status(provisioned), UserStatus::provisioned);
}

// [Okta provisioning-clients 5.7-05]
TEST_F(OktaSystemLog, what_happens_to_an_account_is_written_down) {
  expect_types("user.account.", {"lock", "lock.limit", "unlock", "unlock_by_admin", "update_password", "reset_password", "expire_password", "update_profile", "update_primary_email"});
  const auto id = add();
  new_events();
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"email", "a@example.test"}}}).has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.account.update_profile", "user.account.update_primary_email"));
  ASSERT_TRUE(org_.change_password(id, good_password(), base::Secret("Another-password-2")).has_value());
  ASSERT_TRUE(org_.reset_password(id, {}).has_value());
  ASSERT_TRUE(org_.choose_password(org_.mailed_link(id)->token, good_password()).has_value());
  ASSERT_TRUE(org_.expire_password(id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.account.update_password", "user.account.reset_password", "user.account.update_password", "user.account.expire_password"));
  ASSERT_TRUE(org_.set_password(id, good_password()).has_value());
  new_events();
  for (int i = 0; i < 9; ++i) org_.authenticate("amy@example.test", base::Secret("wrong"));
  new_events();
  org_.authenticate("amy@example.test", base::Secret("wrong"));
  EXPECT_THAT(new_events(), ElementsAre("!user.account.lock", "!user.session.start"));
}

// [Okta provisioning-clients 5.7-06]
TEST_F(OktaSystemLog, sign_ins_that_fail_are_starts_of_sessions_that_failed) {
  expect_types("user.session.", {"start", "end", "clear", "expire"});
  add();
  new_events();
  org_.authenticate("nobody@example.test", good_password());
  org_.authenticate("amy@example.test", base::Secret("wrong"));
  EXPECT_TRUE(org_.authenticate("amy@example.test", good_password()).ok());
  EXPECT_THAT(new_events(), ElementsAre("!user.session.start", "!user.session.start"));
  EXPECT_EQ(org_.log().events().back().outcome.reason, "INVALID_CREDENTIALS");
}

// [Okta provisioning-clients 5.7-07, 5.7-08]
TEST_F(OktaSystemLog, groups_and_assignments_have_their_types) {
  expect_types("group.lifecycle.", {"create", "delete"});
  expect_types("group.user_membership.", {"add", "remove"});
  expect_types("application.user_membership.", {"add", "remove", "update", "provision", "deprovision", "revoke", "change_username", "change_password"});
  const auto app = add_app();
  const auto id = add();
  new_events();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("application.user_membership.add", "application.user_membership.provision"));
  std::vector<std::string> kinds;
  for (const auto& target : org_.log().events().back().targets) kinds.push_back(target.type);
  EXPECT_THAT(kinds, ElementsAre("AppUser", "AppInstance", "User"));
}

// [Okta provisioning-clients 5.7-09, 5.7-10, 5.7-11, 5.7-12, 5.6-07]
TEST_F(OktaSystemLog, provisioning_pushes_imports_and_limits_have_their_types) {
  expect_types("application.provision.user.", {"push", "push_profile", "push_password", "push_okta_password", "sync", "activate", "deactivate", "reactivate",
                                               "deprovision", "import", "import_profile", "verify_exists", "delete", "delete.schedule", "remove_entitlements"});
  expect_types("application.provision.group_push.", {"mapping.created", "pushed", "updated", "push_memberships", "removed", "delete_appgroup", "activate_mapping",
                                                     "deactivate_mapping", "mapping.update.or.delete.failed", "mapping.update.or.delete.failed.with.error"});
  expect_types("application.provision.group_membership.", {"add", "remove", "update"});
  expect_types("system.import.", {"start", "complete", "user.create", "user.update", "user.delete", "user.match", "group.create", "group.delete", "group.update", "roadblock"});
  expect_types("system.org.rate_limit.", {"warning", "burst", "violation"});
  expect_types("core.concurrency.org.limit.", {"violation"});
  EXPECT_FALSE(event_type_named("user.lifecycle").has_value());
  for (const auto& info : event_types()) EXPECT_EQ(event_type_named(info.name), info.type);
}

// A clock that is set back must not break the order that `between` relies on.
TEST(OktaSystemLogAlone, stays_in_order_when_the_clock_is_set_back) {
  SystemLog log(base::Rng(1));
  const base::Instant noon{std::chrono::hours{12}};
  log.write(noon, EventType::user_create, {}, {});
  log.write(noon - std::chrono::hours{1}, EventType::user_activate, {}, {});
  EXPECT_EQ(log.events().back().published, noon);
  EXPECT_EQ(std::ranges::distance(log.between(noon, noon + std::chrono::seconds{1})), 2);
}

}  // namespace system_log_facts_test
}  // namespace fakes::okta
