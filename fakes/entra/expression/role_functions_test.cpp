// Roles, and what the bodies of the documentation make of them.
#include "fakes/entra/expression/roles.h"

#include <gtest/gtest.h>

#include "fakes/entra/expression/expression_fixture.h"

namespace fakes::entra::expression {
namespace role_functions_test {

const Role admin{"06b07648-ecfe-589f-9d2f-6325724a46ee", "Admin", "Admin"};
const Role user{"06b07648-ecfe-599f-9d2f-6325724a46ee", "User", "User"};

Outcome outcome_of(std::string_view text, Texts roles) {
  SampleContext context({{"appRoleAssignments", std::move(roles)}});
  return evaluate(*parse(text), context).value();
}

base::Json json(std::string_view text) { return base::parse_json(text).value(); }

// [Entra provisioning-clients 2.7-14]
TEST(Role, is_a_json_object_in_a_text) {
  EXPECT_EQ(to_text(admin), R"({"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"Admin","displayName":"Admin"})");
  EXPECT_EQ(role_of(to_text(admin)), admin);
  EXPECT_EQ(role_of("Admin"), (Role{"", "Admin", ""}));
}

// [Entra provisioning-clients 2.19-03] [Entra provisioning-clients 2.7-13]
TEST(SingleAppRoleAssignment, is_the_value_of_one_role) {
  EXPECT_EQ(shown(outcome_of("SingleAppRoleAssignment([appRoleAssignments])", {to_text(admin)}).value), R"("Admin")");
  EXPECT_EQ(shown(outcome_of("SingleAppRoleAssignment([appRoleAssignments])", {to_text(user), to_text(admin)}).value), R"("User")");
  EXPECT_EQ(result("SingleAppRoleAssignment([appRoleAssignments])"), "null");
}

// [Entra provisioning-clients 2.19-03] [Entra provisioning-clients 2.7-14]
TEST(AppRoleAssignmentsComplex, adds_roles) {
  const auto outcome = outcome_of("AppRoleAssignmentsComplex([appRoleAssignments])", {to_text(admin), to_text(user)});
  EXPECT_EQ(outcome.roles, RoleChange::add);
  EXPECT_EQ(base::Json(created_roles(outcome)), json(R"([
    {"primary": false, "type": "WindowsAzureActiveDirectoryRole", "displayName": "Admin", "value": "Admin"},
    {"primary": false, "type": "WindowsAzureActiveDirectoryRole", "displayName": "User", "value": "User"}])"));
  EXPECT_EQ(base::Json(patched_roles(outcome)), json(R"([
    {"value": "{\"id\":\"06b07648-ecfe-589f-9d2f-6325724a46ee\",\"value\":\"Admin\",\"displayName\":\"Admin\"}"},
    {"value": "{\"id\":\"06b07648-ecfe-599f-9d2f-6325724a46ee\",\"value\":\"User\",\"displayName\":\"User\"}"}])"));
}

// [Entra provisioning-clients 2.19-03] [Entra provisioning-clients 2.7-15]
TEST(AssertiveAppRoleAssignmentsComplex, replaces_roles) {
  const auto outcome = outcome_of("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", {to_text(user)});
  EXPECT_EQ(outcome.roles, RoleChange::replace);
  const auto whole = json(R"([{"primary": false, "type": "WindowsAzureActiveDirectoryRole", "display": "User", "value": "User"}])");
  EXPECT_EQ(base::Json(created_roles(outcome)), whole);
  EXPECT_EQ(base::Json(patched_roles(outcome)), whole);
}

TEST(AppRoleAssignmentsComplex, of_nobody_is_no_role) {
  SampleContext context;
  const auto outcome = evaluate(*parse("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])"), context);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_TRUE(patched_roles(*outcome).empty());
}

}  // namespace role_functions_test
}  // namespace fakes::entra::expression
