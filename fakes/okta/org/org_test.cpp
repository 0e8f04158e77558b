// Users of the org: what a creation makes, and what of their changes stands in the feed.
#include "fakes/okta/org/org.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace org_test {

using OktaOrg = OrgFixture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.6-04]
TEST_F(OktaOrg, what_concerns_an_assigned_user_stands_in_the_feed) {
  const auto id = add();
  const auto app = add_app();
  new_changes();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  EXPECT_THAT(new_changes(), ElementsAre(Change::app_user_assigned));
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());  // changes nothing
  ASSERT_TRUE(org_.set_password(id, base::Secret("Another-password-2")).has_value());
  ASSERT_TRUE(org_.unassign(app, id).has_value());
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_updated, Change::password_set, Change::app_user_unassigned));
}

// [Okta provisioning-clients 4.5-08] [Okta provisioning-clients 5.3-12]
TEST_F(OktaOrg, deactivation_takes_the_assignment_and_activation_does_not_bring_it_back) {
  const auto id = add();
  const auto app = add_app();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  new_changes();
  ASSERT_TRUE(org_.deactivate(id).has_value());
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_deactivated, Change::app_user_unassigned));
  EXPECT_EQ(code_of(org_.assign(app, id)), ErrorCode::inactive_user);  // [Okta provisioning-clients 5.5-03]
  ASSERT_TRUE(org_.activate(id).has_value());
  EXPECT_EQ(status(id), UserStatus::provisioned);
  EXPECT_EQ(org_.find(app)->assignment_of(id), nullptr);
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_activated));
}

// [Okta provisioning-clients 5.3-08] [Okta provisioning-clients 4.5-05]
TEST_F(OktaOrg, a_first_delete_deactivates_and_a_second_removes_in_silence) {
  const auto id = add();
  const auto app = add_app();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  new_changes();
  ASSERT_TRUE(org_.remove(id).has_value());
  EXPECT_EQ(status(id), UserStatus::deprovisioned);
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_deactivated, Change::app_user_unassigned));
  ASSERT_TRUE(org_.remove(id).has_value());
  EXPECT_EQ(org_.find(id), nullptr);
  EXPECT_EQ(org_.find(app, id), nullptr);
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_deleted));
}

// [Okta provisioning-clients 4.5-04] [Okta provisioning-clients 5.3-04]
TEST_F(OktaOrg, a_suspension_leaves_groups_and_apps_as_they_are) {
  const auto id = add();
  const auto app = add_app();
  const auto group = org_.create_group({"Sales"}).value();
  ASSERT_TRUE(org_.add_member(group, id).has_value());
  ASSERT_TRUE(org_.assign(app, id).has_value());
  new_changes();
  ASSERT_TRUE(org_.suspend(id).has_value());
  EXPECT_TRUE(org_.find(group)->has(id));
  EXPECT_NE(org_.find(app)->assignment_of(id), nullptr);
  ASSERT_TRUE(org_.unsuspend(id).has_value());
  EXPECT_EQ(status(id), UserStatus::active);
  EXPECT_THAT(new_changes(), ElementsAre(Change::user_suspended, Change::user_unsuspended));
}

// [Okta provisioning-clients 5.2-02] [Okta provisioning-clients 5.3-13] [rule R63]
TEST_F(OktaOrg, a_new_user_with_a_password_is_active_without_one_provisioned_and_not_activated_staged) {
  EXPECT_EQ(status(add()), UserStatus::active);
  auto without = person("bea@example.test");
  EXPECT_EQ(status(org_.create_user(without).value()), UserStatus::provisioned);
  auto staged = person("cid@example.test");
  staged.password = good_password();
  staged.activate = false;
  EXPECT_EQ(status(org_.create_user(staged).value()), UserStatus::staged);
  auto staged_without = person("dov@example.test");
  staged_without.activate = false;
  EXPECT_EQ(status(org_.create_user(staged_without).value()), UserStatus::staged);
}

}  // namespace org_test
}  // namespace fakes::okta
