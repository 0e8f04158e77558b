// Scoping filters: every operator, what null does, and what the portal would not save.
#include "fakes/entra/provisioning/scoping_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fakes::entra::provisioning {
namespace scoping_filter_test {

using enum ScopeOperator;

void set(SourceObject& user, std::string_view property, base::Json value) {
  user.object.set(*find_property(ObjectKind::user, property), std::move(value), 1);
}

SourceObject amy() {
  SourceObject user{.object = DirectoryObject(ObjectKind::user, ObjectId{"amy"})};
  set(user, "department", "Sales");
  set(user, "userPrincipalName", "amy.lee@domain.example");
  set(user, "employeeId", "1500000");
  set(user, "accountEnabled", true);
  set(user, "onPremisesExtensionAttributes", base::JsonObject{{"extensionAttribute1", "6"}});
  return user;
}

bool check(std::string_view attribute, ScopeOperator scope_operator, std::string_view value = "") {
  return holds({std::string(attribute), scope_operator, std::string(value)}, amy());
}

// [Entra provisioning-clients 2.17-02]
TEST(ScopingFilter, texts_are_compared_with_letter_case) {
  EXPECT_TRUE(check("department", equals, "Sales"));
  EXPECT_FALSE(check("department", equals, "sales"));
  EXPECT_TRUE(check("department", not_equals, "sales"));
  EXPECT_FALSE(check("department", not_equals, "Sales"));
  EXPECT_TRUE(check("department", includes, "ale"));
  EXPECT_FALSE(check("department", includes, "ALE"));
  EXPECT_TRUE(check("userPrincipalName", ends_with, "@domain.example"));
  EXPECT_FALSE(check("userPrincipalName", ends_with, "@DOMAIN.example"));
}

// [Entra provisioning-clients 2.17-02]
TEST(ScopingFilter, booleans_and_presence) {
  EXPECT_TRUE(check("accountEnabled", is_true));
  EXPECT_FALSE(check("accountEnabled", is_false));
  EXPECT_FALSE(check("department", is_true));
  EXPECT_TRUE(check("department", is_not_null));
  EXPECT_FALSE(check("department", is_null));
  EXPECT_TRUE(check("jobTitle", is_null));
  EXPECT_FALSE(check("jobTitle", is_not_null));
}

// [Entra provisioning-clients 2.17-02]: the documentation's own patterns.
TEST(ScopingFilter, a_regular_expression_matches_all_of_the_value) {
  EXPECT_TRUE(check("userPrincipalName", regex_match, R"(.*\@domain.example)"));
  EXPECT_FALSE(check("userPrincipalName", not_regex_match, R"(.*\@domain.example)"));
  EXPECT_TRUE(check("employeeId", regex_match, "(1[0-9][0-9][0-9][0-9][0-9][0-9])"));
  EXPECT_FALSE(check("employeeId", regex_match, "([1-9][0-9])")) << "any number from 10 to 99";
  EXPECT_TRUE(check("employeeId", not_regex_match, "([1-9][0-9])"));
}

// [Entra provisioning-clients 2.17-02]
TEST(ScopingFilter, integers_are_compared_and_tested_bit_by_bit) {
  EXPECT_TRUE(check("employeeId", greater_than, "1499999"));
  EXPECT_FALSE(check("employeeId", greater_than, "1500000"));
  EXPECT_TRUE(check("employeeId", greater_or_equal, "1500000"));
  EXPECT_FALSE(check("employeeId", greater_or_equal, "1500001"));
  EXPECT_TRUE(check("extensionAttribute1", bits_set, "2")) << "6 has the bit of 2";
  EXPECT_FALSE(check("extensionAttribute1", bits_set, "1"));
  EXPECT_TRUE(check("extensionAttribute1", bits_not_set, "1"));
  EXPECT_FALSE(check("department", greater_than, "1")) << "no integer";
}

// [Entra provisioning-clients 2.17-03]
TEST(ScopingFilter, an_attribute_without_a_value_fulfils_only_is_null) {
  for (int i = 0; i <= static_cast<int>(bits_not_set); ++i) {
    const auto scope_operator = static_cast<ScopeOperator>(i);
    for (const auto* attribute : {"jobTitle", "noSuchAttribute"})
      EXPECT_EQ(check(attribute, scope_operator, "1"), scope_operator == is_null) << name_of(scope_operator);
  }
}

// [Entra provisioning-clients 2.17-01]
TEST(ScopingFilter, clauses_are_joined_by_and_filters_by_or) {
  const ScopeClause sales{"department", equals, "Sales"};
  const ScopeClause service{"department", equals, "Service"};
  const ScopeClause enabled{"accountEnabled", is_true};
  const auto passes_all = [](std::vector<ScopingFilter> filters) { return passes(filters, amy()); };
  EXPECT_TRUE(passes_all({}));
  EXPECT_TRUE(passes_all({{"", {sales, enabled}}}));
  EXPECT_FALSE(passes_all({{"", {sales, service}}}));
  EXPECT_TRUE(passes_all({{"", {service}}, {"", {sales}}}));
  EXPECT_FALSE(passes_all({{"", {service}}, {"", {sales, service}}}));
}

// [Entra provisioning-clients 2.17-04]
TEST(ScopingFilter, some_attributes_and_values_are_not_supported) {
  for (const auto* attribute : {"isMemberOf", "IsMemberOf", "members", "appRoleAssignments", "userType", "manager", "proxyAddresses", "businessPhones", "createdDateTime"})
    EXPECT_FALSE(check_clause(ObjectKind::user, {attribute, is_not_null}).has_value()) << attribute;
  EXPECT_FALSE(check_clause(ObjectKind::group, {"members", is_not_null}).has_value());
  EXPECT_FALSE(check_clause(ObjectKind::user, {"employeeId", greater_than, "many"}).has_value());
  EXPECT_FALSE(check_clause(ObjectKind::user, {"employeeId", regex_match, "(["}).has_value());
  EXPECT_TRUE(check_clause(ObjectKind::user, {"department", equals, "Sales"}).has_value());
  EXPECT_TRUE(check_clause(ObjectKind::user, {"employeeId", greater_than, "7"}).has_value());
}

// [Entra provisioning-clients 2.17-02]
TEST(ScopingFilter, operators_are_known_as_the_portal_spells_them) {
  for (int i = 0; i <= static_cast<int>(bits_not_set); ++i)
    EXPECT_EQ(scope_operator_named(name_of(static_cast<ScopeOperator>(i))), static_cast<ScopeOperator>(i));
  EXPECT_EQ(scope_operator_named("NotEquals"), not_equals);
  EXPECT_EQ(scope_operator_named("LIKE"), std::nullopt);
}

// [Entra provisioning-clients 2.18-16]
TEST(SourceObject, a_guest_is_mapped_by_the_address_it_was_invited_by) {
  auto guest = amy();
  set(guest, "userPrincipalName", "amy_lee_partner.example#EXT#@tenant.onmicrosoft.test");
  EXPECT_EQ(attribute_of(guest, "userPrincipalName"), expression::Value("amy_lee@partner.example"));
  EXPECT_EQ(attribute_of(guest, "originalUserPrincipalName"), expression::Value("amy_lee_partner.example#EXT#@tenant.onmicrosoft.test"));
}

// [Entra provisioning-clients 2.18-08] [Entra provisioning-clients 2.18-09]
TEST(SourceObject, the_portals_names_of_attributes_are_known) {
  auto user = amy();
  set(user, "businessPhones", base::JsonArray{"+49 30 1"});
  set(user, "mobilePhone", "+49 170 1");
  set(user, "faxNumber", "+49 30 2");
  set(user, "officeLocation", "Building 4");
  for (const auto& [name, value] : std::vector<std::pair<std::string_view, std::string>>{
           {"telephoneNumber", "+49 30 1"}, {"mobile", "+49 170 1"}, {"facsimileTelephoneNumber", "+49 30 2"}, {"physicalDeliveryOfficeName", "Building 4"}, {"objectId", "amy"}, {"DEPARTMENT", "Sales"}})
    EXPECT_EQ(attribute_of(user, name), expression::Value(value)) << name;
  EXPECT_EQ(attribute_of(user, "noSuchAttribute"), expression::Value());
}

}  // namespace scoping_filter_test
}  // namespace fakes::entra::provisioning
