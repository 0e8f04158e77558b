// Applications, assignments and push mappings. [Okta provisioning-clients 5.5] [Okta provisioning-clients 4.8] [Okta provisioning-clients 4.9]
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace apps_facts_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OktaApps : public OrgFixture {
 protected:
  const AppUser* assignment(const AppId& app, const UserId& user) { return org_.find(app)->assignment_of(user); }
  ChangeEntry last_change() { return org_.changes().after(org_.changes().last() - 1).front(); }
};

// [Okta provisioning-clients 5.5-01]
TEST_F(OktaApps, an_assignment_keeps_scope_user_name_profile_and_its_times) {
  const auto app = add_app();
  const auto id = add();
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.assign(app, id, {.user_name = "amy", .profile = {{"badge", "7"}}}).has_value());
  const auto& made = *assignment(app, id);
  EXPECT_EQ(made.scope, AssignmentScope::user);
  EXPECT_EQ(made.user_name, "amy");
  EXPECT_EQ(made.profile, (Profile{{"badge", "7"}}));
  EXPECT_EQ(made.created, world_.scheduler().now());
  EXPECT_EQ(made.status_changed, made.created);
  EXPECT_TRUE(made.external_id.empty());
  EXPECT_FALSE(made.last_sync.has_value());
  const auto other = add("bea@example.test");
  ASSERT_TRUE(org_.assign(app, other).has_value());
  EXPECT_EQ(assignment(app, other)->user_name, "bea@example.test");
  EXPECT_EQ(code_of(org_.assign(AppId{"0oanone"}, id)), ErrorCode::not_found);
  EXPECT_EQ(code_of(org_.assign(app, UserId{"00unobody"})), ErrorCode::not_found);
}

// [Okta provisioning-clients 5.5-02] [Okta provisioning-clients 4.9-05] [Okta provisioning-clients 4.9-06] [Okta provisioning-clients 4.3-13]
TEST_F(OktaApps, an_assignment_is_staged_until_its_push_has_succeeded) {
  const auto app = add_app();
  const auto id = add();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  const auto state = [&] {
    const auto& now = *org_.find(app, id);
    return std::string(name_of(now.status)) + " " + std::string(name_of(now.sync_state)) + " " + now.external_id;
  };
  EXPECT_EQ(state(), "STAGED OUT_OF_SYNC ");
  org_.sync_started(app, id);
  EXPECT_EQ(state(), "STAGED SYNCING ");
  org_.sync_failed(app, id);
  EXPECT_EQ(state(), "STAGED ERROR ");
  ASSERT_TRUE(org_.retry_assignment(app, id).has_value());  // [Okta provisioning-clients 4.9-04]
  EXPECT_EQ(last_change().what, Change::app_user_retried);
  EXPECT_EQ(code_of(org_.retry_assignment(app, id)), ErrorCode::validation);
  EXPECT_EQ(state(), "STAGED OUT_OF_SYNC ");
  org_.sync_succeeded(app, id, "their-7");
  EXPECT_EQ(state(), "PROVISIONED SYNCHRONIZED their-7");
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  EXPECT_EQ(state(), "PROVISIONED OUT_OF_SYNC their-7");
  org_.sync_failed(app, id);
  EXPECT_EQ(state(), "PROVISIONED ERROR their-7");
  org_.sync_succeeded(app, id, "their-7");
  ASSERT_TRUE(org_.unassign(app, id).has_value());
  EXPECT_EQ(state(), "DEPROVISIONED DISABLED their-7");
  EXPECT_EQ(last_change().external_id, "their-7");
  EXPECT_EQ(assignment(app, id), nullptr);
  org_.sync_succeeded(app, id, "late");  // of no effect
  EXPECT_EQ(state(), "DEPROVISIONED DISABLED their-7");
  ASSERT_TRUE(org_.assign(app, id).has_value());  // anew [Okta provisioning-clients 4.5-09]
  EXPECT_EQ(state(), "STAGED OUT_OF_SYNC ");
}

// [Okta provisioning-clients 5.5-02] [Okta provisioning-clients 4.9-06] [Okta provisioning-clients 4.12-01]
TEST_F(OktaApps, an_app_without_provisioning_has_active_users_that_are_not_synchronised) {
  const auto app = org_.create_app({.label = "Wiki"}).value();
  const auto off = org_.create_app({.label = "Directory", .can_provision = true, .provisioning = ProvisioningSettings::all()}).value();
  const auto id = add();
  for (const auto& each : {app, off}) {
    ASSERT_TRUE(org_.assign(each, id).has_value());
    EXPECT_EQ(assignment(each, id)->status, AppUserStatus::active);
    EXPECT_EQ(assignment(each, id)->sync_state, SyncState::disabled);
  }
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  EXPECT_EQ(assignment(off, id)->sync_state, SyncState::disabled);
  EXPECT_FALSE(org_.find(off)->provisions());
}

// [Okta provisioning-clients 5.5-03]
TEST_F(OktaApps, refuses_another_value_of_what_is_mapped_a_second_assignment_and_who_is_inactive) {
  const auto app = add_app();
  const auto id = add();
  const auto refused = org_.assign(app, id, {.profile = {{"givenName", "Ann"}}});
  EXPECT_EQ(code_of(refused), ErrorCode::mapped_attribute);
  EXPECT_EQ(refused.error().subject, "givenName");
  EXPECT_EQ(code_of(org_.assign(app, id, {.profile = {{"email", "else@example.test"}}})), ErrorCode::mapped_attribute);
  EXPECT_EQ(assignment(app, id), nullptr);
  ASSERT_TRUE(org_.assign(app, id, {.profile = {{"givenName", "Amy"}, {"familyName", "Lee"}, {"email", "amy@example.test"}}}).has_value());
  EXPECT_EQ(code_of(org_.assign(app, id)), ErrorCode::already_assigned);
  EXPECT_EQ(code_of(org_.update_assignment(app, id, {.profile = {{"title", "Lead"}}})), ErrorCode::mapped_attribute);
  const auto gone = add("bea@example.test");
  ASSERT_TRUE(org_.deactivate(gone).has_value());
  EXPECT_EQ(code_of(org_.assign(app, gone)), ErrorCode::inactive_user);
}

// [Okta provisioning-clients 5.5-04] [Okta provisioning-clients 5.7-08]
TEST_F(OktaApps, an_unassignment_is_told_and_a_second_one_finds_nobody) {
  const auto app = add_app();
  const auto id = add();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  new_events();
  ASSERT_TRUE(org_.unassign(app, id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("application.user_membership.remove", "application.user_membership.deprovision"));
  EXPECT_EQ(code_of(org_.unassign(app, id)), ErrorCode::not_found);
  auto settings = ProvisioningSettings::all();
  settings.deactivate = false;
  ASSERT_TRUE(org_.set_provisioning(app, settings).has_value());
  ASSERT_TRUE(org_.assign(app, id).has_value());
  new_events();
  ASSERT_TRUE(org_.unassign(app, id).has_value());
  EXPECT_THAT(new_events(), ElementsAre("application.user_membership.remove"));
}

// [Okta provisioning-clients 5.5-05] [Okta provisioning-clients 5.5-02] [Okta provisioning-clients 4.5-03]
TEST_F(OktaApps, a_groups_assignment_is_its_members_and_a_users_own_outlives_it) {
  const auto app = add_app();
  const auto group = org_.create_group({"Sales"}).value();
  const auto amy = add();
  const auto bea = add("bea@example.test");
  ASSERT_TRUE(org_.add_member(group, amy).has_value());
  ASSERT_TRUE(org_.assign_group(app, group).has_value());
  EXPECT_EQ(assignment(app, amy)->scope, AssignmentScope::group);
  EXPECT_EQ(assignment(app, bea), nullptr);
  ASSERT_TRUE(org_.add_member(group, bea).has_value());
  EXPECT_EQ(assignment(app, bea)->scope, AssignmentScope::group);
  EXPECT_EQ(code_of(org_.unassign(app, bea)), ErrorCode::validation);
  ASSERT_TRUE(org_.assign(app, bea).has_value());
  EXPECT_EQ(assignment(app, bea)->scope, AssignmentScope::user);
  EXPECT_EQ(code_of(org_.assign(app, bea)), ErrorCode::already_assigned);
  ASSERT_TRUE(org_.unassign_group(app, group).has_value());
  EXPECT_EQ(assignment(app, amy), nullptr);
  EXPECT_NE(assignment(app, bea), nullptr);
  EXPECT_EQ(code_of(org_.unassign_group(app, group)), ErrorCode::not_found);
  ASSERT_TRUE(org_.assign_group(app, group).has_value());
  ASSERT_TRUE(org_.unassign(app, bea).has_value());
  EXPECT_EQ(assignment(app, bea)->scope, AssignmentScope::group);
  ASSERT_TRUE(org_.remove_member(group, bea).has_value());
  EXPECT_EQ(assignment(app, bea), nullptr);
  ASSERT_TRUE(org_.remove_group(group).has_value());
  EXPECT_EQ(assignment(app, amy), nullptr);
  EXPECT_THAT(org_.find(app)->groups, IsEmpty());
}

// [Okta provisioning-clients 4.5-08] [Okta provisioning-clients 5.3-03]
TEST_F(OktaApps, who_returns_has_the_assignments_of_groups_and_not_their_own) {
  const auto own = add_app();
  const auto by_group = org_.create_app({.label = "Wiki"}).value();
  const auto group = org_.create_group({"Sales"}).value();
  const auto id = add();
  ASSERT_TRUE(org_.assign_group(by_group, group).has_value());
  ASSERT_TRUE(org_.add_member(group, id).has_value());
  ASSERT_TRUE(org_.assign(own, id, {.profile = {{"badge", "7"}}}).has_value());
  ASSERT_TRUE(org_.deactivate(id).has_value());
  EXPECT_EQ(assignment(own, id), nullptr);
  EXPECT_EQ(assignment(by_group, id), nullptr);
  EXPECT_THAT(org_.find(own, id)->profile, IsEmpty());  // what the app knew is destroyed
  EXPECT_TRUE(org_.find(group)->has(id));
  ASSERT_TRUE(org_.activate(id).has_value());
  EXPECT_EQ(assignment(own, id), nullptr);
  ASSERT_NE(assignment(by_group, id), nullptr);
  EXPECT_EQ(assignment(by_group, id)->scope, AssignmentScope::group);
}

// [Okta provisioning-clients 5.5-06]
TEST_F(OktaApps, a_connection_is_set_switched_on_and_off) {
  const auto app = org_.create_app({.label = "Directory", .can_provision = true}).value();
  EXPECT_EQ(org_.find(app)->connection.auth_scheme, ProvisioningConnection::AuthScheme::unknown);
  ASSERT_TRUE(org_.set_connection(app, {.auth_scheme = ProvisioningConnection::AuthScheme::token, .enabled = true, .base_url = "https://x.test"}).has_value());
  EXPECT_TRUE(org_.find(app)->provisions());
  ASSERT_TRUE(org_.set_app_status(app, AppStatus::inactive).has_value());
  EXPECT_FALSE(org_.find(app)->provisions());
  EXPECT_EQ(code_of(org_.set_connection(org_.create_app({.label = "Wiki"}).value(), {})), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.assign(app, add())), ErrorCode::validation);
}

// [Okta provisioning-clients 5.5-07] [Okta provisioning-clients 4.6-01]
TEST_F(OktaApps, every_switch_of_provisioning_is_off_until_it_is_set) {
  const auto app = org_.create_app({.label = "Directory", .can_provision = true}).value();
  const auto& settings = org_.find(app)->provisioning;
  EXPECT_FALSE(settings.create || settings.update || settings.deactivate || settings.password);
  EXPECT_EQ(settings.seed, PasswordSeed::random);
  EXPECT_EQ(settings.change, PasswordChange::keep_existing);
  ASSERT_TRUE(org_.set_connection(app, {.enabled = true}).has_value());
  const auto id = add();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  org_.sync_succeeded(app, id, "their-7");
  const auto in_sync = [&] { return assignment(app, id)->sync_state == SyncState::synchronized; };
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  ASSERT_TRUE(org_.set_password(id, base::Secret("Another-password-2")).has_value());
  EXPECT_TRUE(in_sync());  // nothing is to be sent
  ASSERT_TRUE(org_.set_provisioning(app, {.password = true}).has_value());
  ASSERT_TRUE(org_.set_password(id, base::Secret("A-third-password-3")).has_value());
  EXPECT_TRUE(in_sync());  // changes are kept from it
  ASSERT_TRUE(org_.set_provisioning(app, {.password = true, .change = PasswordChange::change}).has_value());
  ASSERT_TRUE(org_.set_password(id, base::Secret("A-fourth-password-4")).has_value());
  EXPECT_FALSE(in_sync());
}

// [Okta provisioning-clients 5.7-08]
TEST_F(OktaApps, the_name_in_an_app_follows_the_login_unless_it_was_given) {
  const auto app = add_app();
  const auto amy = add();
  const auto bea = add("bea@example.test");
  ASSERT_TRUE(org_.assign(app, amy).has_value());
  ASSERT_TRUE(org_.assign(app, bea, {.user_name = "bea"}).has_value());
  new_events();
  ASSERT_TRUE(org_.update_user(amy, {.profile = {{"login", "amy.lee@example.test"}}}).has_value());
  ASSERT_TRUE(org_.update_user(bea, {.profile = {{"login", "bea.lee@example.test"}}}).has_value());
  EXPECT_EQ(assignment(app, amy)->user_name, "amy.lee@example.test");
  EXPECT_EQ(assignment(app, bea)->user_name, "bea");
  EXPECT_THAT(new_events(), ElementsAre("user.account.update_profile", "application.user_membership.change_username", "user.account.update_profile"));
  ASSERT_TRUE(org_.update_assignment(app, bea, {.user_name = "bee"}).has_value());
  EXPECT_THAT(new_events(), ElementsAre("application.user_membership.update", "application.user_membership.change_username"));
  EXPECT_EQ(last_change().what, Change::app_user_updated);
}

// [Okta provisioning-clients 5.8-03]
TEST_F(OktaApps, a_client_of_openid_connect_has_an_id_and_a_secret_and_redirects) {
  NewApp wiki{.label = "Wiki", .oidc = OidcClient{.redirect_uris = {"https://wiki.test/callback"}}};
  const auto id = org_.create_app(wiki).value();
  const auto& client = *org_.find(id)->oidc;
  EXPECT_EQ(client.client_id, id.text());
  EXPECT_FALSE(client.client_secret.empty());
  EXPECT_EQ(org_.find_client(client.client_id)->id, id);
  EXPECT_EQ(org_.find_client("nobody"), nullptr);
  wiki.oidc->redirect_uris.clear();
  EXPECT_EQ(code_of(org_.create_app(wiki)), ErrorCode::validation);
  wiki.oidc->redirect_uris = {"https://wiki.test/callback"};
  wiki.oidc->auth_method = "none";
  EXPECT_TRUE(org_.find(org_.create_app(wiki).value())->oidc->client_secret.empty());
  wiki.oidc->client_id = client.client_id;
  EXPECT_EQ(code_of(org_.create_app(wiki)), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.remove_app(id)), ErrorCode::validation);  // active
  ASSERT_TRUE(org_.set_app_status(id, AppStatus::inactive).has_value());
  ASSERT_TRUE(org_.remove_app(org_.find(id)->id).has_value());
  EXPECT_EQ(org_.find(id), nullptr);
}

// [Okta provisioning-clients 4.8-13] [Okta provisioning-clients 4.8-14] [Okta provisioning-clients 4.8-15] [Okta provisioning-clients 5.7-10]
TEST_F(OktaApps, a_group_is_pushed_paused_resumed_pushed_now_and_unlinked) {
  const auto app = add_app();
  const auto group = org_.create_group({"Sales"}).value();
  new_events();
  new_changes();
  const auto pushed = org_.push_group(app, group).value();
  const auto mapping = [&] { return org_.find(app)->push_mappings.at(pushed); };
  EXPECT_EQ(mapping().status, MappingStatus::active);
  EXPECT_FALSE(mapping().linked);
  EXPECT_EQ(code_of(org_.push_group(app, group)), ErrorCode::validation);
  org_.mapping_pushed(app, pushed, "their-3");
  EXPECT_EQ(mapping().external_id, "their-3");
  ASSERT_TRUE(org_.deactivate_mapping(app, pushed).has_value());
  EXPECT_EQ(code_of(org_.push_now(app, pushed)), ErrorCode::validation);
  ASSERT_TRUE(org_.activate_mapping(app, pushed).has_value());
  ASSERT_TRUE(org_.push_now(app, pushed).has_value());
  org_.mapping_failed(app, pushed, "400 no such member");  // [Okta provisioning-clients 4.8-16]
  EXPECT_EQ(mapping().status, MappingStatus::error);
  EXPECT_EQ(mapping().error, "400 no such member");
  org_.mapping_pushed(app, pushed, "their-3");
  EXPECT_EQ(mapping().status, MappingStatus::active);
  ASSERT_TRUE(org_.unlink(app, pushed, UnlinkAction::leave).has_value());
  EXPECT_EQ(last_change().external_id, "their-3");
  EXPECT_EQ(code_of(org_.unlink(app, pushed, UnlinkAction::leave)), ErrorCode::not_found);
  const auto linked = org_.link_group(app, group, "their-9").value();
  EXPECT_TRUE(org_.find(app)->push_mappings.at(linked).linked);
  EXPECT_TRUE(org_.find(app)->push_mappings.at(linked).rename);
  ASSERT_TRUE(org_.unlink(app, org_.find(app)->push_mappings.begin()->first, UnlinkAction::remove).has_value());
  EXPECT_EQ(last_change().external_id, "their-9");
  EXPECT_THAT(new_changes(), ElementsAre(Change::mapping_created, Change::mapping_deactivated, Change::mapping_activated, Change::mapping_pushed_now,
                                         Change::mapping_left, Change::mapping_created, Change::mapping_removed));
  const std::string family = "application.provision.group_push.";
  EXPECT_THAT(new_events(), ElementsAre(family + "mapping.created", family + "deactivate_mapping", family + "activate_mapping", family + "removed",
                                        family + "mapping.created", family + "removed"));
  auto settings = ProvisioningSettings::all();
  settings.rename_app_groups = false;
  ASSERT_TRUE(org_.set_provisioning(app, settings).has_value());
  EXPECT_FALSE(org_.find(app)->push_mappings.at(org_.link_group(app, group, "their-9").value()).rename);
  ASSERT_TRUE(org_.remove_group(group).has_value());
  EXPECT_THAT(org_.find(app)->push_mappings, IsEmpty());
}

}  // namespace apps_facts_test
}  // namespace fakes::okta
