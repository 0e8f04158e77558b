// What an admin downloads from the portal: the synchronization schema, and users as CSV.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/entra/provisioning/default_mappings.h"
#include "fakes/entra/provisioning/schema_json.h"
#include "fakes/entra/provisioning/users_csv.h"

namespace fakes::entra::provisioning {
namespace downloads_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A rule with one mapping of users that has these rows, and more members at will.
std::string schema(std::string_view rows, std::string_view more = "") {
  return R"({"directories": [], "synchronizationRules": [{"name": "USER_OUTBOUND_USER", "sourceDirectoryName": "Azure Active Directory", "objectMappings": [
             {"sourceObjectName": "User", "targetObjectName": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", )" +
         std::string(more) + R"("attributeMappings": [)" + std::string(rows) + "]}]}]}";
}

constexpr std::string_view user_name = R"({"defaultValue": null, "flowType": "Always", "matchingPriority": 1,
    "source": {"expression": "[userPrincipalName]", "name": "userPrincipalName", "parameters": [], "type": "Attribute"}, "targetAttributeName": "userName"})";

TEST(Schema, rows_are_read_by_the_type_of_their_source) {
  const auto read = read_schema(schema(std::string(user_name) + R"json(,
    {"defaultValue": "", "flowType": "ObjectAddOnly", "matchingPriority": 0, "source": {"expression": "\"Member\"", "name": "Member", "type": "Constant"}, "targetAttributeName": "userType"},
    {"defaultValue": null, "flowType": "Always", "matchingPriority": 0, "source": {"expression": "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")", "name": "Switch", "type": "Function"}, "targetAttributeName": "active"},
    {"defaultValue": "True", "flowType": "Always", "matchingPriority": 0, "source": null, "targetAttributeName": "emails[type eq \"work\"].primary"})json"));
  ASSERT_TRUE(read.has_value()) << read.error();
  ASSERT_THAT(read->users.rows, SizeIs(4));
  EXPECT_EQ(read->users.rows[0], direct("userName", "userPrincipalName", 1));
  auto fixed = constant("userType", "Member");
  fixed.apply = Apply::on_creation;
  EXPECT_EQ(read->users.rows[1], fixed);
  EXPECT_EQ(read->users.rows[2], formula("active", soft_delete_switch));
  EXPECT_EQ(read->users.rows[3].source, MappingSource(Unmapped{}));
  EXPECT_EQ(read->users.rows[3].default_value, "True");
  EXPECT_FALSE(read->groups.enabled) << "the schema maps none";
  EXPECT_THAT(read->ignored, IsEmpty());
}

// [rule R34] [Entra provisioning-clients 2.17-02]
TEST(Schema, target_actions_and_scoping_filters_are_read) {
  const auto read = read_schema(schema(user_name, R"("enabled": false, "flowTypes": "Add, Delete",
    "scope": {"groups": [{"name": "Sales", "clauses": [{"operatorName": "NOT EQUALS", "sourceOperandName": "department", "targetOperand": {"values": ["Service"]}},
                                                         {"operatorName": "IS TRUE", "sourceOperandName": "accountEnabled", "targetOperand": {"values": []}}]}], "inputFilterGroups": [{}]}, )"));
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_FALSE(read->users.enabled);
  EXPECT_TRUE(read->users.create);
  EXPECT_FALSE(read->users.update);
  EXPECT_TRUE(read->users.remove);
  ASSERT_THAT(read->users.filters, SizeIs(1));
  EXPECT_THAT(read->users.filters[0].clauses, ElementsAre(ScopeClause{"department", ScopeOperator::not_equals, "Service"}, ScopeClause{"accountEnabled", ScopeOperator::is_true, ""}));
  EXPECT_THAT(read->ignored, ElementsAre(HasSubstr("inputFilterGroups")));
}

TEST(Schema, an_error_says_where_it_is) {
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"{", ""},
           {"{}", "synchronizationRules"},
           {R"({"synchronizationRules": []})", "none of them maps users"},
           {schema(R"({"source": null, "targetAttributeName": "emails["})"), "synchronizationRules[0].objectMappings[0].attributeMappings[0]: \"emails[\" is no target attribute"},
           {schema(R"json({"source": {"type": "Function", "expression": "Swich([a])"}, "targetAttributeName": "active"})json"), "attributeMappings[0].source"},
           {schema(R"({"source": {"type": "Riddle"}, "targetAttributeName": "active"})"), "Riddle"},
           {schema(user_name, R"("scope": {"groups": [{"clauses": [{"operatorName": "LIKE"}]}]}, )"), "clauses[0]: there is no operator \"LIKE\""},
           {schema(user_name, R"("scope": {"groups": [{"clauses": [{"operatorName": "EQUALS", "sourceOperandName": "manager"}]}]}, )"), "manager"}}) {
    const auto read = read_schema(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_THAT(read.error(), HasSubstr(why)) << text;
  }
}

// [Entra provisioning-clients 2.1-11] [Entra provisioning-clients 2.1-12]
TEST(Schema, what_the_service_cannot_address_is_refused) {
  for (const auto& [target, why] : std::vector<std::pair<std::string, std::string>>{
           {"entitlements", "\"entitlements\" is nothing that the service can address"},
           {R"(emails[type eq \"work\" and primary eq \"true\"].value)", "is nothing that the service can address"},
           {"USERNAME", "\"USERNAME\" is mapped already"}}) {
    const auto read = read_schema(schema(std::string(user_name) + R"(, {"source": {"type": "Attribute", "name": "mail"}, "targetAttributeName": ")" + target + R"("})"));
    ASSERT_FALSE(read.has_value()) << target;
    EXPECT_THAT(read.error(), HasSubstr(why)) << target;
  }
}

TEST(UsersCsv, the_download_of_the_admin_centre_is_read) {
  const auto read = read_users_csv(
      "\xEF\xBB\xBFuserPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation,telephoneNumber,mobile,createdDateTime\r\n"
      "amy.lee@example.test,\"Lee, Amy\",Lee,,Amy,58342554-38d6-4ec8-948c-50044d0a33fd,Member,\"Clerk \"\"A\"\"\",Sales,True,DE,+49 30 1,,1/5/2026 8:00:00 AM\r\n"
      "bob@example.test,,,,,,Member,,,False,,,,\r\n");
  ASSERT_TRUE(read.has_value()) << read.error();
  ASSERT_THAT(read->users, SizeIs(2));
  EXPECT_EQ(base::Json(read->users[0].properties),
            base::parse_json(R"({"userPrincipalName": "amy.lee@example.test", "displayName": "Lee, Amy", "surname": "Lee", "givenName": "Amy", "userType": "Member", "jobTitle": "Clerk \"A\"", "department": "Sales",
                                 "accountEnabled": true, "usageLocation": "DE", "businessPhones": ["+49 30 1"], "mailNickname": "amy.lee"})").value());
  EXPECT_EQ(read->users[1].line, 3U);
  EXPECT_EQ(read->users[1].properties.at("displayName"), base::Json("bob"));
  EXPECT_EQ(read->users[1].properties.at("accountEnabled"), base::Json(false));
  EXPECT_THAT(read->ignored, ElementsAre("objectId", "createdDateTime"));
}

TEST(UsersCsv, an_error_names_the_line) {
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{{"", "empty"},
                                                                                  {"displayName\nAmy\n", "userPrincipalName"},
                                                                                  {"userPrincipalName,displayName\na@b.c\n", "line 2: 1 fields stand under 2 columns"},
                                                                                  {"userPrincipalName,accountEnabled\na@b.c,maybe\n", "line 2: accountEnabled"},
                                                                                  {"userPrincipalName,displayName\n,Amy\n", "line 2: there is no userPrincipalName"},
                                                                                  {"userPrincipalName\n\"a@b.c\n", "not closed"},
                                                                                  {"userPrincipalName\na\"b\n", "within a field"},
                                                                                  {"userPrincipalName\n\"a\"b\n", "behind a quotation mark"}}) {
    const auto read = read_users_csv(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_THAT(read.error(), HasSubstr(why)) << text;
  }
}

// [RFC4180 2]
TEST(Csv, fields_may_hold_commas_quotation_marks_and_line_ends) {
  EXPECT_THAT(read_csv("a,\"b,\"\"c\"\"\nd\"\ne,\n").value(), ElementsAre(ElementsAre("a", "b,\"c\"\nd"), ElementsAre("e", "")));
  EXPECT_THAT(read_csv("a\r\n\r\nb").value(), ElementsAre(ElementsAre("a"), ElementsAre(""), ElementsAre("b")));
}

}  // namespace downloads_test
}  // namespace fakes::entra::provisioning
