// Users of the org: creation, profiles, look-ups. [Okta provisioning-clients 5.2]
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace users_facts_test {

using OktaUsers = OrgFixture;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;
using ::testing::StartsWith;

// [Okta provisioning-clients 5.2-01]
TEST_F(OktaUsers, a_creation_takes_profile_credentials_and_groups_and_activates_unless_told_not_to) {
  const auto group = org_.create_group({"Sales"}).value();
  auto wanted = person("amy@example.test");
  wanted.password = good_password();
  wanted.recovery = RecoveryQuestion{"Whose?", base::Secret("mine")};
  wanted.provider = {"FEDERATION", "FEDERATION"};
  wanted.groups = {group};
  const auto id = org_.create_user(wanted).value();
  const auto& user = *org_.find(id);
  EXPECT_EQ(user.credentials.recovery->question, "Whose?");
  EXPECT_EQ(user.credentials.provider.type, "FEDERATION");
  EXPECT_THAT(user.type_id, StartsWith("oty"));
  EXPECT_TRUE(org_.find(group)->has(id));
  EXPECT_TRUE(org_.find(org_.everyone())->has(id));
  EXPECT_EQ(user.status, UserStatus::active);
  wanted = person("bea@example.test");
  wanted.groups = {GroupId{"00gnobody"}};
  EXPECT_EQ(code_of(org_.create_user(wanted)), ErrorCode::not_found);
  EXPECT_EQ(org_.find_by_login("bea@example.test"), nullptr);
}

// [Okta provisioning-clients 5.2-02]
TEST_F(OktaUsers, where_the_policy_makes_passwords_optional_a_user_without_one_is_active) {
  OrgOptions options;
  options.passwords_optional = true;
  Org org(host_->clock(), base::Rng(2), options);
  const auto id = org.create_user(person("amy@example.test")).value();
  EXPECT_EQ(org.find(id)->status, UserStatus::active);
  EXPECT_EQ(org.authenticate("amy@example.test", base::Secret("")).result, SignInResult::wrong);
}

// [Okta provisioning-clients 5.2-03]
TEST_F(OktaUsers, a_password_to_be_changed_at_the_next_sign_in_is_expired_at_once) {
  auto wanted = person("amy@example.test");
  wanted.password = good_password();
  wanted.change_password_at_next_login = true;
  const auto id = org_.create_user(wanted).value();
  EXPECT_EQ(status(id), UserStatus::password_expired);
  EXPECT_TRUE(org_.find(id)->activated.has_value());
  EXPECT_THAT(new_events(), ElementsAre("user.lifecycle.create", "user.lifecycle.activate", "user.account.expire_password"));
  wanted = person("bea@example.test");
  wanted.change_password_at_next_login = true;
  EXPECT_EQ(code_of(org_.create_user(wanted)), ErrorCode::expired_without_password);
  wanted.password = good_password();
  wanted.activate = false;
  EXPECT_EQ(code_of(org_.create_user(wanted)), ErrorCode::expired_without_activation);
}

// [Okta provisioning-clients 5.2-04]
TEST_F(OktaUsers, an_activation_that_takes_a_while_shows_and_lets_nobody_change_the_user_meanwhile) {
  OrgOptions options;
  options.transition_time = std::chrono::seconds{10};
  Org org(host_->clock(), base::Rng(2), options);
  auto wanted = person("amy@example.test");
  wanted.password = good_password();
  const auto id = org.create_user(wanted).value();
  EXPECT_EQ(org.find(id)->status, UserStatus::staged);
  EXPECT_EQ(org.find(id)->transitioning_to, UserStatus::active);
  EXPECT_EQ(org.next_due(), world_.scheduler().now() + options.transition_time);
  EXPECT_EQ(code_of(org.update_user(id, {.profile = {{"title", "Lead"}}})), ErrorCode::still_in_transition);
  EXPECT_EQ(code_of(org.suspend(id)), ErrorCode::still_in_transition);
  pass(options.transition_time);
  org.settle();
  EXPECT_EQ(org.find(id)->status, UserStatus::active);
  EXPECT_FALSE(org.find(id)->transitioning_to.has_value());
  EXPECT_FALSE(org.next_due().has_value());
  EXPECT_TRUE(org.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  // [Okta provisioning-clients 5.3-03]
  ASSERT_TRUE(org.deactivate(id, {}, Org::Pace::asynchronous).has_value());
  EXPECT_EQ(org.find(id)->transitioning_to, UserStatus::deprovisioned);
  pass(options.transition_time);
  org.settle();
  EXPECT_EQ(org.find(id)->status, UserStatus::deprovisioned);
}

// [Okta provisioning-clients 5.2-05]
TEST_F(OktaUsers, a_user_has_six_times_each_moved_by_what_it_tells_of) {
  auto wanted = person("amy@example.test");
  wanted.activate = false;
  const auto id = org_.create_user(wanted).value();
  const auto& user = *org_.find(id);
  const auto start = user.created;
  EXPECT_FALSE(user.activated || user.status_changed || user.last_login || user.password_changed);
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.activate(id).has_value());
  EXPECT_EQ(user.activated, start + std::chrono::hours{1});
  EXPECT_EQ(user.status_changed, start + std::chrono::hours{1});
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.set_password(id, good_password()).has_value());
  EXPECT_EQ(user.password_changed, start + std::chrono::hours{2});
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.authenticate("amy@example.test", good_password()).ok());
  EXPECT_EQ(user.last_login, start + std::chrono::hours{3});
  EXPECT_EQ(user.last_updated, start + std::chrono::hours{2});
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}).has_value());
  EXPECT_EQ(user.last_updated, start + std::chrono::hours{4});
  EXPECT_EQ(user.created, start);
}

// [Okta provisioning-clients 5.2-08] [Okta provisioning-clients 5.1-06]
TEST_F(OktaUsers, a_login_is_an_address_and_taken_once_whatever_its_case_and_accents) {
  add("amelie@example.test");
  for (const auto* login : {"AMELIE@example.test", "amélie@example.test", "Ame\u0301lie@example.test"}) {
    const auto refused = org_.create_user(person(login));
    ASSERT_EQ(code_of(refused), ErrorCode::validation) << login;
    EXPECT_EQ(refused.error().subject, "login");
    EXPECT_THAT(refused.error().causes, ElementsAre("login: An object with this field already exists in the current organization"));
  }
  for (const auto* login : {"amy-lee", "@example.test", "amy@", "a@b@example.test", "amy lee@example.test"}) {
    EXPECT_EQ(code_of(org_.create_user(person(login))), ErrorCode::validation) << login;
  }
}

// [Okta provisioning-clients 5.2-08]
TEST_F(OktaUsers, logins_addresses_and_names_have_bounds_counted_in_characters) {
  const auto with = [&](const char* attribute, const std::string& value) {
    auto user = person("amy@example.test");
    user.profile[attribute] = value;
    user.activate = false;
    const auto id = org_.create_user(user);
    if (id) {
      EXPECT_TRUE(org_.remove(*id).has_value());
      EXPECT_TRUE(org_.remove(*id).has_value());
    } else {
      EXPECT_EQ(id.error(), (Refusal{ErrorCode::validation, attribute, id.error().causes}));
    }
    return id.has_value();
  };
  const auto address = [](std::size_t length) { return std::string(length - 4, 'a') + "@b.c"; };
  for (const auto* attribute : {"login", "email"}) {
    EXPECT_FALSE(with(attribute, "@b.c")) << attribute;
    EXPECT_TRUE(with(attribute, address(5))) << attribute;
    EXPECT_TRUE(with(attribute, address(100))) << attribute;
    EXPECT_FALSE(with(attribute, address(101))) << attribute;
  }
  for (const auto* attribute : {"firstName", "lastName"}) {
    EXPECT_FALSE(with(attribute, "")) << attribute;
    EXPECT_TRUE(with(attribute, "X")) << attribute;
    std::string fifty;
    for (int i = 0; i < 50; ++i) fifty += "é";
    EXPECT_TRUE(with(attribute, fifty)) << attribute;
    EXPECT_FALSE(with(attribute, fifty + "x")) << attribute;
  }
  EXPECT_EQ(org_.find(org_.create_user(person("bea@example.test")).value())->profile.at("locale"), "en_US");
}

// [Okta provisioning-clients 5.2-09]
TEST_F(OktaUsers, the_default_profile_has_thirty_one_attributes_and_others_are_refused) {
  const std::vector<std::string> known{
      "login", "email", "secondEmail", "firstName", "lastName", "middleName", "honorificPrefix", "honorificSuffix", "title", "displayName",
      "nickName", "profileUrl", "primaryPhone", "mobilePhone", "streetAddress", "city", "state", "zipCode", "countryCode", "postalAddress",
      "preferredLanguage", "locale", "timezone", "userType", "employeeNumber", "costCenter", "organization", "division", "department",
      "managerId", "manager"};
  ASSERT_THAT(known, SizeIs(31));
  auto wanted = person("amy@example.test");
  for (const auto& name : known) {
    if (!wanted.profile.contains(name)) wanted.profile[name] = "x";
  }
  const auto id = org_.create_user(wanted).value();
  EXPECT_THAT(org_.find(id)->profile, SizeIs(31));
  EXPECT_EQ(code_of(org_.update_user(id, {.profile = {{"shoeSize", "44"}}})), ErrorCode::validation);
  OrgOptions options;
  options.custom_attributes = {"shoeSize"};
  Org org(host_->clock(), base::Rng(2), options);
  wanted.profile["shoeSize"] = "44";
  EXPECT_TRUE(org.create_user(wanted).has_value());
}

// [Okta provisioning-clients 5.2-12]
TEST_F(OktaUsers, a_user_is_found_by_id_by_login_and_by_its_short_form_where_only_one_has_it) {
  const auto id = add("amy@example.test");
  add("amylou@example.test");
  EXPECT_EQ(org_.find_user(id.text())->id, id);
  EXPECT_EQ(org_.find_user("AMY@example.test")->id, id);
  EXPECT_EQ(org_.find_user("Amy")->id, id);
  EXPECT_EQ(org_.find_user("am"), nullptr);
  EXPECT_EQ(org_.find_user(""), nullptr);
  add("amy@other.test");
  EXPECT_EQ(org_.find_user("amy"), nullptr);
  EXPECT_EQ(org_.find_user("amy@example.test")->id, id);
}

// [Okta provisioning-clients 5.2-14] [Okta provisioning-clients 5.1-04]
TEST_F(OktaUsers, a_partial_update_changes_what_it_names_and_a_whole_one_clears_the_rest) {
  const auto id = add();
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}, {"city", "Bern"}}}).has_value());
  ASSERT_TRUE(org_.update_user(id, {.profile = {{"title", "Head"}, {"locale", std::nullopt}}}).has_value());
  const Profile after{{"login", "amy@example.test"}, {"email", "amy@example.test"}, {"firstName", "Amy"}, {"lastName", "Lee"}, {"title", "Head"}, {"city", "Bern"}};
  EXPECT_EQ(org_.find(id)->profile, after);
  UserUpdate whole{.profile = {{"login", "amy@example.test"}, {"email", "amy@example.test"}, {"firstName", "Amy"}, {"lastName", "Roe"}}, .whole_profile = true};
  ASSERT_TRUE(org_.update_user(id, whole).has_value());
  EXPECT_EQ(org_.find(id)->profile, (Profile{{"login", "amy@example.test"}, {"email", "amy@example.test"}, {"firstName", "Amy"}, {"lastName", "Roe"}}));
  EXPECT_TRUE(org_.authenticate("amy@example.test", good_password()).ok());  // credentials stay
  whole.profile.erase("lastName");
  EXPECT_EQ(code_of(org_.update_user(id, whole)), ErrorCode::validation);
}

// [Okta provisioning-clients 5.2-14]
TEST_F(OktaUsers, an_update_of_which_one_part_is_refused_changes_nothing) {
  const auto id = add();
  const auto before = org_.find(id)->profile;
  new_changes();
  new_events();
  EXPECT_EQ(code_of(org_.update_user(id, {.profile = {{"title", "Lead"}}, .password = base::Secret("weak")})), ErrorCode::password_policy);
  add("bea@example.test");
  new_changes();
  new_events();
  EXPECT_EQ(code_of(org_.update_user(id, {.profile = {{"title", "Lead"}, {"login", "bea@example.test"}}, .password = base::Secret("Another-password-2")})),
            ErrorCode::validation);
  EXPECT_EQ(org_.find(id)->profile, before);
  EXPECT_TRUE(new_changes().empty());
  EXPECT_TRUE(new_events().empty());
  EXPECT_TRUE(org_.authenticate("amy@example.test", good_password()).ok());
}

// [Okta provisioning-clients 5.1-10]
TEST_F(OktaUsers, ids_have_twenty_characters_and_begin_with_their_kind) {
  const auto user = add();
  const auto group = org_.create_group({"Sales"}).value();
  const auto app = add_app();
  EXPECT_THAT(user.text(), StartsWith("00u"));
  EXPECT_THAT(group.text(), StartsWith("00g"));
  EXPECT_THAT(app.text(), StartsWith("0oa"));
  EXPECT_THAT(org_.default_user_type(), StartsWith("oty"));
  for (const auto& id : {user.text(), group.text(), app.text(), org_.default_user_type()}) EXPECT_THAT(id, SizeIs(20));
}

// [Okta provisioning-clients 4.12-07]
TEST_F(OktaUsers, a_profile_whose_source_is_an_app_is_read_only_but_for_its_imports) {
  auto settings = ProvisioningSettings::all();
  settings.profile_source = true;
  const auto app = add_app(settings);
  const auto id = add();
  ASSERT_TRUE(org_.assign(app, id).has_value());
  EXPECT_EQ(code_of(org_.update_user(id, {.profile = {{"title", "Lead"}}})), ErrorCode::mastered_elsewhere);
  EXPECT_TRUE(org_.update_user(id, {.profile = {{"title", "Lead"}}}, Actor::system()).has_value());
  EXPECT_TRUE(org_.deactivate(id, Actor::system()).has_value());
}

}  // namespace users_facts_test
}  // namespace fakes::okta
