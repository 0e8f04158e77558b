// The mapping of a new app, row by row as it is documented, and what an ordinary row does on creation alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/provisioning/create_body.h"
#include "fakes/entra/provisioning/default_mappings.h"
#include "fakes/entra/provisioning/job.h"

namespace fakes::entra::provisioning {
namespace mapping_facts_test {

using ::testing::ElementsAre;
using ::testing::Eq;

/// What the row for a target is made of: an attribute's name, or an expression; empty where there is no such row.
std::string source_of(const ObjectMapping& mapping, std::string_view target) {
  for (const auto& row : mapping.rows) {
    if (row.target.text != target) continue;
    if (const auto* direct = std::get_if<Direct>(&row.source)) return direct->attribute;
    if (const auto* formula = std::get_if<Formula>(&row.source)) return formula->text;
  }
  return {};
}

std::string of_user(std::string_view target) { return source_of(default_user_mapping(), target); }
std::string of_enterprise(std::string_view attribute) {
  return of_user("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:" + std::string(attribute));
}

std::vector<std::string> matching_targets(const ObjectMapping& mapping) {
  std::vector<std::string> out;
  for (const auto* row : matching_rows(mapping)) out.push_back(row->target.text);
  return out;
}

// [Entra provisioning-clients 2.18-01, 2.9-02]
TEST(DefaultMapping, active_is_a_switch_of_texts) {
  EXPECT_EQ(of_user("active"), R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))");
}

// [Entra provisioning-clients 2.18-02, 2.5-04]
TEST(DefaultMapping, user_name_is_the_user_principal_name_and_matches_first) {
  EXPECT_EQ(of_user("userName"), "userPrincipalName");
  EXPECT_THAT(matching_targets(default_user_mapping()), ElementsAre("userName"));
}

// [Entra provisioning-clients 2.18-03, 2.18-04, 2.18-05, 2.18-06]
TEST(DefaultMapping, names_title_and_mail) {
  EXPECT_EQ(of_user("displayName"), "displayName");
  EXPECT_EQ(of_user("title"), "jobTitle");
  EXPECT_EQ(of_user(R"(emails[type eq "work"].value)"), "mail");
  EXPECT_EQ(of_user("name.givenName"), "givenName");
  EXPECT_EQ(of_user("name.familyName"), "surname");
}

// [Entra provisioning-clients 2.18-07, 2.18-08, 2.18-09, 2.18-11]
TEST(DefaultMapping, addresses_and_numbers_with_the_capitals_of_the_documents) {
  EXPECT_EQ(of_user(R"(addresses[type eq "work"].streetAddress)"), "streetAddress");
  EXPECT_EQ(of_user(R"(addresses[type eq "work"].postalCode)"), "postalCode");
  EXPECT_EQ(of_user(R"(addresses[type eq "other"].Formatted)"), "physicalDeliveryOfficeName");
  EXPECT_EQ(of_user(R"(phoneNumbers[type eq "work"].value)"), "telephoneNumber");
  EXPECT_EQ(of_user(R"(phoneNumbers[type eq "mobile"].value)"), "mobile");
  EXPECT_EQ(of_user(R"(phoneNumbers[type eq "fax"].value)"), "facsimileTelephoneNumber");
  EXPECT_EQ(of_user(R"(emails[type eq "other"].Value)"), "proxyAddresses");
}

// [Entra provisioning-clients 2.18-10, 2.5-06]
TEST(DefaultMapping, external_id_is_the_nickname_as_older_documents_have_it_and_the_object_id_in_newer_templates) {
  EXPECT_EQ(of_user("externalId"), "mailNickname");
  EXPECT_EQ(source_of(article_mapping(), "externalId"), "objectId");
}

// [Entra provisioning-clients 2.18-12]
TEST(DefaultMapping, three_attributes_of_the_enterprise_schema) {
  for (const auto* name : {"department", "manager"}) EXPECT_EQ(of_enterprise(name), name);
  EXPECT_EQ(of_enterprise("employeeNumber"), "employeeId");
}

// [Entra provisioning-clients 2.18-13]
TEST(DefaultMapping, has_the_rows_that_others_report_too_and_some_22_in_all) {
  EXPECT_EQ(of_user("name.formatted"), R"(Join(" ", [givenName], [surname]))");
  EXPECT_EQ(of_user(R"(addresses[type eq "work"].locality)"), "city");
  EXPECT_EQ(of_user(R"(addresses[type eq "work"].region)"), "state");
  EXPECT_EQ(of_user(R"(addresses[type eq "work"].country)"), "country");
  EXPECT_EQ(of_user("preferredLanguage"), "preferredLanguage");
  EXPECT_NEAR(static_cast<double>(default_user_mapping().rows.size()), 22, 1);
}

// [Entra provisioning-clients 2.18-14, 2.5-04]
TEST(DefaultMapping, of_groups_is_on_and_matches_by_name) {
  const auto groups = default_group_mapping();
  EXPECT_TRUE(groups.enabled);
  EXPECT_EQ(source_of(groups, "displayName"), "displayName");
  EXPECT_EQ(source_of(groups, "externalId"), "objectId");
  EXPECT_EQ(source_of(groups, "members"), "members");
  EXPECT_THAT(matching_targets(groups), ElementsAre("displayName"));
  EXPECT_EQ(new_app_settings().users, default_user_mapping());
}

// [Entra provisioning-clients 2.5-01]
TEST(Matching, goes_by_precedence) {
  ObjectMapping mapping;
  mapping.rows = {direct("externalId", "objectId", 2), direct("title", "jobTitle"), direct("userName", "mailNickname", 1)};
  EXPECT_THAT(matching_targets(mapping), ElementsAre("userName", "externalId"));
}

std::vector<std::string> values_of(const ObjectMapping& mapping, const SourceObject& source, Occasion occasion) {
  const auto values = mapped_values(mapping, source, occasion, {});
  EXPECT_TRUE(values.has_value());
  std::vector<std::string> out;
  if (!values) return out;
  for (const auto& one : *values) {
    if (!one.value.is_null()) out.push_back(one.row->target.text + "=" + std::string(base::as_text(one.value.as_string())));
  }
  return out;
}

// [Entra provisioning-clients 2.6-08, 2.18-15]
TEST(Rows, on_creation_and_defaults_count_there_alone) {
  ObjectMapping mapping;
  mapping.rows = {direct("title", "jobTitle"), constant("userType", "Employee"), direct("nickName", "department")};
  mapping.rows[1].apply = Apply::on_creation;
  mapping.rows[2].default_value = "none";
  SourceObject source{DirectoryObject(ObjectKind::user, ObjectId("1"))};
  EXPECT_THAT(values_of(mapping, source, Occasion::creation), ElementsAre("userType=Employee", "nickName=none"));
  EXPECT_THAT(values_of(mapping, source, Occasion::update), ElementsAre());
}

// [Entra provisioning-clients 2.9-04]
TEST(Rows, without_active_nobody_can_be_disabled) {
  EXPECT_TRUE(can_disable(default_user_mapping()));
  EXPECT_FALSE(can_disable(default_group_mapping()));
}

}  // namespace mapping_facts_test
}  // namespace fakes::entra::provisioning
