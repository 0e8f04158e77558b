// Which user an account becomes.
#include "directory/cloud_sync/user_import.h"

#include <gtest/gtest.h>

namespace directory {
namespace user_import_test {

base::Json account_of(std::string_view text) { return base::parse_json(text).value(); }

constexpr std::string_view amy = R"({"id": "1", "accountEnabled": true, "userPrincipalName": "amy.lee@example.test", "mailNickname": "alee",
  "displayName": "Amy Lee", "givenName": "Amy", "surname": "Lee", "department": "Sales", "jobTitle": "Clerk", "officeLocation": "Rome"})";

TEST(UserImport, R82_the_username_is_the_alias) {
  EXPECT_EQ(attributes_of_account(account_of(amy), {}).username, "alee");
}

TEST(UserImport, R82_without_an_alias_it_is_the_local_part_of_the_address) {
  for (const auto* alias : {"", R"(, "mailNickname": null)", R"(, "mailNickname": "")"}) {
    const auto account = account_of(std::string(R"({"userPrincipalName": "amy.lee@example.test")") + alias + "}");
    EXPECT_EQ(attributes_of_account(account, {}).username, "amy.lee") << alias;
  }
}

TEST(UserImport, D68_the_user_principal_name_becomes_the_address) {
  EXPECT_EQ(attributes_of_account(account_of(amy), {}).email, "amy.lee@example.test");
}

TEST(UserImport, R81_only_what_is_selected_for_import_is_taken_or_even_asked_for) {
  AttributeChoices choices;
  for (const auto& attribute : cloud_attributes) choices[std::string(attribute.name)] = {.exported = true, .imported = false};
  choices["jobTitle"].imported = true;
  UserAttributes wanted;
  wanted.username = "alee";
  wanted.email = "amy.lee@example.test";
  wanted.job_title = "Clerk";
  EXPECT_EQ(attributes_of_account(account_of(amy), choices), wanted);
  EXPECT_EQ(imported_selection(choices), "id,accountEnabled,userPrincipalName,mailNickname,jobTitle");
}

TEST(UserImport, R81_by_default_all_that_can_be_imported_is) {
  const auto attributes = attributes_of_account(account_of(amy), {});
  EXPECT_EQ(attributes.displayname, "Amy Lee");
  EXPECT_EQ(attributes.firstname, "Amy");
  EXPECT_EQ(attributes.lastname, "Lee");
  EXPECT_EQ(attributes.department, "Sales");
  EXPECT_EQ(attributes.job_title, "Clerk");
  EXPECT_EQ(attributes.location, "Rome");
}

}  // namespace user_import_test
}  // namespace directory
