// The lifecycle of a user in the org, and which changes make a push.
#include "fakes/okta/org.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/world.h"

namespace fakes::okta {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OktaOrg : public ::testing::Test {
 protected:
  OktaOrg() : org_(world_.scheduler(), base::Rng(1)) {}

  UserId add(std::optional<base::Secret> password = base::Secret("their-own-password"), bool activate = true) {
    const auto id = org_.create_user({"amy@example.test", "amy@example.test", "Amy", "Lee"}, std::move(password), activate);
    EXPECT_TRUE(id.has_value());
    return id.value_or(UserId{});
  }
  UserId add_assigned() {
    auto id = add();
    EXPECT_TRUE(org_.assign(id).has_value());
    pushes();
    return id;
  }
  UserStatus status(const UserId& id) { return org_.find(id)->status; }
  std::vector<Push::Kind> pushes() {
    std::vector<Push::Kind> kinds;
    while (const auto push = org_.next_push()) {
      kinds.push_back(push->kind);
      org_.push_done();
    }
    return kinds;
  }

  base::DirectCarriage carriage_;
  sim::World world_{{}, carriage_};
  Org org_;
};

// [Okta provisioning-clients 5.2-02] [rule R63]
TEST_F(OktaOrg, a_new_user_with_a_password_is_active_and_without_one_provisioned) {
  EXPECT_EQ(status(add()), UserStatus::active);
  const auto without = org_.create_user({"b@example.test", "b@example.test", "B", "B"}, std::nullopt, true);
  EXPECT_EQ(status(*without), UserStatus::provisioned);
  const auto staged = org_.create_user({"c@example.test", "c@example.test", "C", "C"}, base::Secret("x"), false);
  EXPECT_EQ(status(*staged), UserStatus::staged);
}

// [Okta provisioning-clients 5.2-08] [Okta provisioning-clients 5.1-06]
TEST_F(OktaOrg, a_login_is_an_address_and_taken_once_in_any_letter_case) {
  add();
  EXPECT_FALSE(org_.create_user({"AMY@example.test", "x@example.test", "A", "L"}, std::nullopt, true).has_value());
  for (const auto* login : {"amy", "@example.test", "amy@", ""}) {
    EXPECT_FALSE(org_.create_user({login, "x@example.test", "A", "L"}, std::nullopt, true).has_value()) << login;
  }
}

// [Okta provisioning-clients 4.5-03] [Okta provisioning-clients 4.6-04]
TEST_F(OktaOrg, what_concerns_an_assigned_user_is_pushed) {
  const auto id = add();
  EXPECT_THAT(pushes(), IsEmpty());
  ASSERT_TRUE(org_.assign(id).has_value());
  EXPECT_THAT(pushes(), ElementsAre(Push::Kind::create));
  auto profile = org_.find(id)->profile;
  profile.title = "Lead";
  ASSERT_TRUE(org_.update_user(id, profile).has_value());
  ASSERT_TRUE(org_.update_user(id, profile).has_value());  // changes nothing
  ASSERT_TRUE(org_.set_password(id, base::Secret("another")).has_value());
  ASSERT_TRUE(org_.unassign(id).has_value());
  EXPECT_THAT(pushes(), ElementsAre(Push::Kind::update, Push::Kind::password, Push::Kind::deactivate));
  profile.title = "Head";
  ASSERT_TRUE(org_.update_user(id, profile).has_value());
  EXPECT_THAT(pushes(), IsEmpty());
}

// [Okta provisioning-clients 4.5-08] [Okta provisioning-clients 5.3-12]
TEST_F(OktaOrg, deactivation_takes_the_assignment_and_activation_does_not_bring_it_back) {
  const auto id = add_assigned();
  ASSERT_TRUE(org_.deactivate(id).has_value());
  EXPECT_THAT(pushes(), ElementsAre(Push::Kind::deactivate));
  EXPECT_FALSE(org_.deactivate(id).has_value());
  EXPECT_FALSE(org_.assign(id).has_value());
  ASSERT_TRUE(org_.activate(id).has_value());
  EXPECT_EQ(status(id), UserStatus::provisioned);
  EXPECT_FALSE(org_.find(id)->assigned);
  EXPECT_THAT(pushes(), IsEmpty());
}

// [Okta provisioning-clients 5.3-08] [Okta provisioning-clients 4.5-05]
TEST_F(OktaOrg, a_first_delete_deactivates_and_a_second_removes_in_silence) {
  const auto id = add_assigned();
  ASSERT_TRUE(org_.remove(id).has_value());
  EXPECT_EQ(status(id), UserStatus::deprovisioned);
  EXPECT_THAT(pushes(), ElementsAre(Push::Kind::deactivate));
  ASSERT_TRUE(org_.remove(id).has_value());
  EXPECT_EQ(org_.find(id), nullptr);
  EXPECT_THAT(pushes(), IsEmpty());
}

// [Okta provisioning-clients 4.5-04] [Okta provisioning-clients 5.3-04]
TEST_F(OktaOrg, a_suspension_is_told_to_nobody) {
  const auto id = add_assigned();
  ASSERT_TRUE(org_.suspend(id).has_value());
  EXPECT_EQ(status(id), UserStatus::suspended);
  EXPECT_FALSE(org_.suspend(id).has_value());
  ASSERT_TRUE(org_.unsuspend(id).has_value());
  EXPECT_THAT(pushes(), IsEmpty());
}

}  // namespace
}  // namespace fakes::okta
