// Groups of the org, their members, and the rules that make members. [Okta provisioning-clients 5.4]
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/org/org_fixture.h"
#include "fakes/okta/org/rule_expression.h"

namespace fakes::okta {
namespace groups_facts_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class OktaGroups : public OrgFixture {
 protected:
  GroupId add_group(const std::string& name = "Sales") { return org_.create_group({name, "Those who sell"}).value(); }
  bool has(const GroupId& group, const UserId& user) { return org_.find(group)->has(user); }
  void set_department(const UserId& id, const std::string& department) {
    ASSERT_TRUE(org_.update_user(id, {.profile = {{"department", department}}}).has_value());
  }
};

// [Okta provisioning-clients 5.4-01] [Okta provisioning-clients 5.7-07]
TEST_F(OktaGroups, a_group_is_created_changed_and_deleted) {
  const auto id = add_group();
  EXPECT_EQ(org_.find(id)->type, GroupType::okta_group);
  EXPECT_EQ(org_.find(id)->profile, (GroupProfile{"Sales", "Those who sell"}));
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.update_group(id, {"Field sales"}).has_value());
  EXPECT_EQ(org_.find(id)->profile, (GroupProfile{"Field sales", ""}));
  EXPECT_EQ(org_.find(id)->last_updated - org_.find(id)->created, std::chrono::hours{1});
  EXPECT_EQ(org_.find(id)->last_membership_updated, org_.find(id)->created);  // [Okta provisioning-clients 5.4-02]
  ASSERT_TRUE(org_.remove_group(id).has_value());
  EXPECT_EQ(org_.find(id), nullptr);
  EXPECT_EQ(code_of(org_.remove_group(id)), ErrorCode::not_found);
  EXPECT_THAT(new_events(), ElementsAre("group.lifecycle.create", "group.lifecycle.delete"));
  EXPECT_THAT(new_changes(), ElementsAre(Change::group_created, Change::group_updated, Change::group_deleted));
}

// [Okta provisioning-clients 5.4-02]
TEST_F(OktaGroups, names_have_one_to_255_characters_and_descriptions_1024_at_most) {
  const auto repeated = [](const char* character, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += character;
    return text;
  };
  EXPECT_EQ(code_of(org_.create_group({""})), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.create_group({repeated("é", 255)})), std::nullopt);
  EXPECT_EQ(code_of(org_.create_group({repeated("é", 256)})), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.create_group({"A", repeated("é", 1024)})), std::nullopt);
  EXPECT_EQ(code_of(org_.create_group({"B", repeated("é", 1025)})), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.create_group({"A"})), ErrorCode::validation);  // taken
}

// [Okta provisioning-clients 5.4-03] [Okta provisioning-clients 5.7-07]
TEST_F(OktaGroups, members_come_and_go_one_by_one_and_twice_is_as_good_as_once) {
  const auto group = add_group();
  const auto user = add();
  new_changes();
  new_events();
  pass(std::chrono::hours{1});
  ASSERT_TRUE(org_.add_member(group, user).has_value());
  ASSERT_TRUE(org_.add_member(group, user).has_value());
  EXPECT_TRUE(has(group, user));
  EXPECT_EQ(org_.find(group)->last_membership_updated - org_.find(group)->last_updated, std::chrono::hours{1});
  EXPECT_THAT(org_.groups_of(user), UnorderedElementsAre(group, org_.everyone()));
  ASSERT_TRUE(org_.remove_member(group, user).has_value());
  ASSERT_TRUE(org_.remove_member(group, user).has_value());
  EXPECT_FALSE(has(group, user));
  EXPECT_THAT(new_changes(), ElementsAre(Change::member_added, Change::member_removed));
  EXPECT_THAT(new_events(), ElementsAre("group.user_membership.add", "group.user_membership.remove"));
  EXPECT_EQ(code_of(org_.add_member(group, UserId{"00unobody"})), ErrorCode::not_found);
  EXPECT_EQ(code_of(org_.add_member(GroupId{"00gnothing"}, user)), ErrorCode::not_found);
}

// [Okta provisioning-clients 5.4-02] [Okta provisioning-clients 5.4-03]
TEST_F(OktaGroups, only_groups_of_the_orgs_own_can_be_changed_and_an_apps_by_its_imports) {
  const auto user = add();
  EXPECT_EQ(org_.find(org_.everyone())->type, GroupType::built_in);
  EXPECT_EQ(code_of(org_.add_member(org_.everyone(), user)), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.remove_member(org_.everyone(), user)), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.remove_group(org_.everyone())), ErrorCode::validation);
  const auto imported = org_.import_group(add_app(), {"Sales"}).value();
  EXPECT_EQ(org_.find(imported)->type, GroupType::app_group);
  EXPECT_EQ(code_of(org_.add_member(imported, user)), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.update_group(imported, {"Else"})), ErrorCode::validation);
  EXPECT_TRUE(org_.add_member(imported, user, Actor::system()).has_value());
  EXPECT_TRUE(has(imported, user));
}

// [Okta provisioning-clients 4.12-06]
TEST_F(OktaGroups, a_rule_puts_users_in_and_takes_out_whom_it_alone_put_there) {
  const auto group = add_group();
  const auto amy = add();
  const auto bea = add("bea@example.test");
  set_department(amy, "Sales");
  ASSERT_TRUE(org_.add_member(group, bea).has_value());
  const auto rule = org_.create_rule({"Sellers", "user.department == \"Sales\"", {group}}).value();
  EXPECT_FALSE(has(group, amy));  // not active yet
  ASSERT_TRUE(org_.activate_rule(rule).has_value());
  EXPECT_TRUE(has(group, amy));
  set_department(bea, "Sales");
  set_department(bea, "Finance");
  EXPECT_TRUE(has(group, bea));  // by hand
  set_department(amy, "Finance");
  EXPECT_FALSE(has(group, amy));
  auto cid = person("cid@example.test");
  cid.profile["department"] = "Sales";
  EXPECT_TRUE(has(group, org_.create_user(cid).value()));
}

// [Okta provisioning-clients 4.12-06]
TEST_F(OktaGroups, a_rule_is_changed_while_it_rests_and_what_it_did_stays_or_goes_with_it) {
  const auto group = add_group();
  const auto amy = add();
  set_department(amy, "Sales");
  const Org::NewRule sellers{"Sellers", "user.department == \"Sales\"", {group}};
  const auto rule = org_.create_rule(sellers).value();
  ASSERT_TRUE(org_.activate_rule(rule).has_value());
  EXPECT_EQ(code_of(org_.update_rule(rule, sellers)), ErrorCode::validation);
  EXPECT_EQ(code_of(org_.create_rule(sellers)), ErrorCode::validation);  // its name is taken
  ASSERT_TRUE(org_.deactivate_rule(rule).has_value());
  EXPECT_TRUE(has(group, amy));
  EXPECT_TRUE(org_.update_rule(rule, {"Sellers", "user.department == \"Finance\"", {group}}).has_value());
  ASSERT_TRUE(org_.remove_rule(rule, false).has_value());
  EXPECT_TRUE(has(group, amy));
  const auto again = org_.create_rule(sellers).value();
  ASSERT_TRUE(org_.activate_rule(again).has_value());
  ASSERT_TRUE(org_.remove_rule(again, true).has_value());
  EXPECT_TRUE(has(group, amy));  // she stayed as if by hand
  ASSERT_TRUE(org_.remove_member(group, amy).has_value());
  const auto third = org_.create_rule(sellers).value();
  ASSERT_TRUE(org_.activate_rule(third).has_value());
  ASSERT_TRUE(org_.remove_rule(third, true).has_value());
  EXPECT_FALSE(has(group, amy));
  EXPECT_EQ(org_.find(third), nullptr);
}

// [Okta provisioning-clients 4.12-06]
TEST_F(OktaGroups, whom_an_admin_removes_a_rule_leaves_alone_and_a_rule_without_its_group_is_invalid) {
  const auto group = add_group();
  const auto amy = add();
  set_department(amy, "Sales");
  const auto rule = org_.create_rule({"Sellers", "user.department == \"Sales\"", {group}}).value();
  ASSERT_TRUE(org_.activate_rule(rule).has_value());
  ASSERT_TRUE(org_.remove_member(group, amy).has_value());
  set_department(amy, "Finance");
  set_department(amy, "Sales");
  EXPECT_FALSE(has(group, amy));
  ASSERT_TRUE(org_.remove_group(group).has_value());
  EXPECT_EQ(org_.find(rule)->status, RuleStatus::invalid);
  EXPECT_EQ(code_of(org_.activate_rule(rule)), ErrorCode::validation);
  set_department(amy, "Sales of old");  // nothing to put her into
}

struct Case {
  const char* expression;
  bool holds;
};

// The language is Assumed, see rule_expression.h.
TEST_F(OktaGroups, expressions_compare_attributes_and_join_comparisons) {
  const Profile profile{{"department", "Sales"}, {"city", "Bern"}, {"title", "Head of \"it\""}};
  for (const auto& [expression, holds_expected] : {
           Case{R"(user.department == "Sales")", true},
           Case{R"(user.department=='Sales')", true},
           Case{R"(user.department != "Sales")", false},
           Case{R"(user.department == "sales")", false},
           Case{R"(user.division == null)", true},
           Case{R"(user.division == "Sales")", false},
           Case{R"(user.department == "Sales" and user.city == "Basel")", false},
           Case{R"(user.department == "Sales" && user.city == "Bern")", true},
           Case{R"(user.city == "Basel" OR user.city == "Bern")", true},
           Case{R"(user.city == "Bern" || user.city == "Basel" AND user.department == "Law")", true},
           Case{R"((user.city == "Bern" or user.city == "Basel") and user.department == "Law")", false},
           Case{R"(!(user.city == "Basel"))", true},
           Case{R"(NOT user.city == "Bern")", false},
           Case{R"(String.startsWith(user.department, "Sa"))", true},
           Case{R"(String.stringContains(user.title, 'of "it"'))", true},
           Case{R"(String.stringContains(user.division, "x"))", false},
       }) {
    EXPECT_TRUE(check_expression(expression, {}).has_value()) << expression;
    EXPECT_EQ(holds(expression, profile), holds_expected) << expression;
  }
  const std::string deep(200, '(');
  for (const auto* expression : {"", "user.department", "user.department ==", "user.shoeSize == \"44\"", "user.city == \"Bern", "(user.city == null",
                                 "user.city == null)", "user.city == null user.city == null", "String.startsWith(user.city)", deep.c_str()}) {
    const auto refused = check_expression(expression, {});
    ASSERT_FALSE(refused.has_value()) << expression;
    EXPECT_EQ(refused.error().subject, "expression");
    EXPECT_FALSE(holds(expression, profile)) << expression;
  }
  EXPECT_TRUE(check_expression("user.shoeSize == \"44\"", {"shoeSize"}).has_value());
}

}  // namespace groups_facts_test
}  // namespace fakes::okta
