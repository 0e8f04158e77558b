#include "directory/cloud_sync/group_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace directory {
namespace group_plan_test {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* service = "https://graph.microsoft.com/v1.0";

CloudGroup unknown_group() {
  CloudGroup group;
  group.group = GroupId{"0123456789abcdef01234567"};
  group.directory = CloudDirectoryId{"fedcba9876543210fedcba98"};
  return group;
}

CloudGroup known_group() {
  auto group = unknown_group();
  group.object_id = "g";
  group.name_there = "Sales";
  group.members_known = true;
  return group;
}

WantedGroup with_members(std::size_t count) {
  WantedGroup wanted{"Sales", "marker"};
  for (std::size_t i = 0; i < count; ++i) wanted.missing.push_back({"user-" + std::to_string(i)});
  return wanted;
}

std::vector<std::string> bound_by(const PlannedGroupStep& step) {
  std::vector<std::string> out;
  for (const auto& url : base::member(step.call.body, "members@odata.bind")->as_array()) out.emplace_back(base::as_text(url.as_string()));
  return out;
}

TEST(GroupPlan, looks_for_the_name_before_it_creates) {
  auto group = unknown_group();
  auto step = next_group_step(group, with_members(1), service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->step, GroupStep::look_up);
  EXPECT_THAT(step->call.path, HasSubstr("displayName%20eq%20%27Sales%27"));
  group.sought = "Sales";
  step = next_group_step(group, with_members(1), service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->step, GroupStep::create);
  group.sought = "Its former name";
  EXPECT_EQ(next_group_step(group, with_members(1), service)->step, GroupStep::look_up);
}

TEST(GroupPlan, names_with_quotes_are_spelt_as_odata_does) {
  auto wanted = with_members(1);
  wanted.name = "People's choice";
  EXPECT_THAT(next_group_step(unknown_group(), wanted, service)->call.path, HasSubstr("%27People%27%27s%20choice%27"));
}

TEST(GroupPlan, D76_R122_a_group_without_users_waits_or_not) {
  auto group = unknown_group();
  group.sought = "Sales";
  auto wanted = with_members(0);
  EXPECT_FALSE(next_group_step(group, wanted, service));
  wanted.waits_for_member = false;
  ASSERT_TRUE(next_group_step(group, wanted, service));
  EXPECT_EQ(next_group_step(group, wanted, service)->step, GroupStep::create);
}

TEST(GroupPlan, after_a_creation_without_an_answer_it_looks_for_its_own) {
  auto group = unknown_group();
  group.sought = "Sales";
  group.create_sent = base::Instant{};
  const auto step = next_group_step(group, with_members(1), service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->step, GroupStep::look_for_own);
  EXPECT_THAT(step->call.path, HasSubstr("mailNickname%20eq%20%27marker%27"));
}

TEST(GroupPlan, GraphGR2_GraphGR6_what_it_creates_is_a_security_group_with_twenty_members_at_most) {
  auto group = unknown_group();
  group.sought = "Sales";
  const auto step = next_group_step(group, with_members(21), service);
  ASSERT_TRUE(step);
  const auto& body = step->call.body;
  EXPECT_EQ(base::bool_member(body, "securityEnabled"), true);
  EXPECT_EQ(base::bool_member(body, "mailEnabled"), false);
  EXPECT_THAT(base::member(body, "groupTypes")->as_array(), SizeIs(0));
  EXPECT_THAT(bound_by(*step), SizeIs(20));
  EXPECT_EQ(bound_by(*step).front(), "https://graph.microsoft.com/v1.0/directoryObjects/user-0");
  EXPECT_TRUE(step->more);
}

TEST(GroupPlan, after_a_refused_creation_the_members_come_later) {
  auto group = unknown_group();
  group.sought = "Sales";
  group.attempts = 1;
  EXPECT_FALSE(next_group_step(group, with_members(3), service)->call.body.contains("members@odata.bind"));
}

TEST(GroupPlan, GraphGR7_GraphGR8_members_are_added_together_and_those_that_failed_alone) {
  auto wanted = with_members(3);
  EXPECT_EQ(next_group_step(known_group(), wanted, service)->call.method, "PATCH");
  EXPECT_THAT(bound_by(*next_group_step(known_group(), wanted, service)), SizeIs(3));
  for (auto& member : wanted.missing) member.attempts = 1;
  const auto alone = next_group_step(known_group(), wanted, service);
  EXPECT_EQ(alone->call.method, "POST");
  EXPECT_EQ(alone->call.path, "/groups/g/members/$ref");
  EXPECT_THAT(alone->members, SizeIs(1));
}

TEST(GroupPlan, GraphGR10_a_member_is_taken_out_by_reference_and_before_others_come) {
  auto wanted = with_members(3);
  wanted.surplus = CloudMember{"user-9"};
  const auto step = next_group_step(known_group(), wanted, service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->call.method, "DELETE");
  EXPECT_EQ(step->call.path, "/groups/g/members/user-9/$ref");
}

TEST(GroupPlan, a_name_that_nobody_can_say_is_written_again) {
  auto group = known_group();
  group.name_there = "Sellers";
  auto step = next_group_step(group, with_members(0), service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->step, GroupStep::rename);
  EXPECT_EQ(step->name, "Sellers");
  group.name_there.clear();
  step = next_group_step(group, with_members(0), service);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->step, GroupStep::rename);
  EXPECT_EQ(step->name, "");
}

TEST(GroupPlan, nothing_is_left_of_a_group_that_is_as_it_ought_to_be) { EXPECT_FALSE(next_group_step(known_group(), with_members(0), service)); }

TEST(GroupPlan, GraphGR3_the_nickname_fits) {
  const auto nickname = group_nickname(unknown_group());
  EXPECT_LE(nickname.size(), 64U);
  EXPECT_EQ(nickname.find_first_of("@()\\[]\";:.<>, "), std::string::npos);
}

TEST(GroupPlan, R124_only_plain_security_groups_count) {
  const auto group = [](base::JsonArray types, bool mail, bool security) {
    return base::JsonObject{{"groupTypes", std::move(types)}, {"mailEnabled", mail}, {"securityEnabled", security}};
  };
  EXPECT_TRUE(is_plain_security_group(group({}, false, true)));
  EXPECT_FALSE(is_plain_security_group(group({"Unified"}, true, false))) << "a Microsoft 365 group";
  EXPECT_FALSE(is_plain_security_group(group({"Unified"}, true, true))) << "one that grants access as well";
  EXPECT_FALSE(is_plain_security_group(group({}, true, true))) << "a mail-enabled security group";
  EXPECT_FALSE(is_plain_security_group(group({}, true, false))) << "a distribution list";
  EXPECT_FALSE(is_plain_security_group(group({"DynamicMembership"}, false, true))) << "its members follow from a rule";
}

TEST(GroupPlan, a_link_to_elsewhere_is_not_followed) {
  EXPECT_EQ(page_path("https://graph.microsoft.com/v1.0/groups/g/members?$skiptoken=x", service), "/groups/g/members?$skiptoken=x");
  EXPECT_EQ(page_path("https://elsewhere.test/v1.0/groups/g/members", service), "");
  EXPECT_EQ(page_path("https://graph.microsoft.com/v1.0.elsewhere.test/x", service), "");
  EXPECT_EQ(page_path("", service), "");
}

}  // namespace group_plan_test
}  // namespace directory
