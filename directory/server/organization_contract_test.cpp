// The organisation's settings over the API: their shape, what is refused, what a change does, and that it
// lasts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace organization_contract_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string organization = "5f0000000000000000000001";

class OrganizationContract : public ::testing::Test {
 protected:
  base::Json settings() {
    return body_of(bench_.admin("GET", "/api/organizations/" + organization)).at("settings");
  }
  base::Json policy() { return settings().at("passwordPolicy"); }
  void change(std::string_view what) {
    const auto answer = bench_.change_settings(what);
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  std::string state_of_new_user(std::string_view name) {
    const auto created =
        bench_.admin("POST", "/api/systemusers",
                     fmt::format(R"({{"username": "{0}", "email": "{0}@example.test"}})", name));
    return base::string_or(body_of(created), "state", "");
  }

  ServerBench bench_;
};

// [rule D5] [rule D110] [rule D111] [rule D40]
TEST_F(OrganizationContract, settings_have_the_published_names_and_defaults) {
  const auto answer = body_of(bench_.admin("GET", "/api/organizations/" + organization));
  EXPECT_EQ(answer.at("_id"), base::Json(organization));
  EXPECT_EQ(
      settings().at("newSystemUserStateDefaults"),
      json(R"({"manualEntry": "ACTIVATED", "csvImport": "ACTIVATED", "applicationImport": "ACTIVATED"})"));
  EXPECT_EQ(settings().at("systemUserDefaultRestrictedFields"), json("[]")) << "no external authority";
  EXPECT_EQ(settings().at("passwordCompliance"), base::Json("custom"));
  EXPECT_EQ(policy().at("minLength"), base::Json(12));
  for (const auto* name :
       {"needsLowercase", "needsUppercase", "needsNumeric", "needsSymbolic", "allowUsernameSubstring",
        "disallowCommonlyUsedPasswords", "disallowSequentialOrRepetitiveChars", "enableMinLength",
        "enableMaxHistory", "enablePasswordExpirationInDays", "enableMinChangePeriodInDays",
        "enableMaxLoginAttempts", "enableLockoutTimeInSeconds", "enableDaysBeforeExpirationToForceReset"}) {
    EXPECT_TRUE(base::bool_member(policy(), name).has_value()) << name;
  }
  for (const auto* name :
       {"maxHistory", "passwordExpirationInDays", "minChangePeriodInDays", "maxLoginAttempts",
        "lockoutTimeInSeconds", "resetLockoutCounterMinutes", "daysBeforeExpirationToForceReset"}) {
    EXPECT_TRUE(base::integer_member(policy(), name).has_value()) << name;
  }
  const auto list = body_of(bench_.admin("GET", "/api/organizations"));
  EXPECT_EQ(list.at("totalCount"), base::Json(1));
  EXPECT_EQ(list.at("results").at(0), answer);
}

TEST_F(OrganizationContract, there_is_one_organization_and_it_needs_settings) {
  EXPECT_EQ(bench_.admin("GET", "/api/organizations/5f0000000000000000000002").status, 404);
  EXPECT_EQ(bench_.admin("PUT", "/api/organizations/5f0000000000000000000002", R"({"settings": {}})").status,
            404);
  for (const auto* body : {"", "[]", "{}", R"({"settings": 5})"}) {
    EXPECT_EQ(bench_.admin("PUT", "/api/organizations/" + organization, body).status, 400) << body;
  }
}

// [rule D110]
TEST_F(OrganizationContract, a_change_touches_what_it_names_and_lasts) {
  change(R"({"contactName": "Ann", "passwordPolicy": {"enableMaxHistory": true, "maxHistory": 3}})");
  change(R"({"passwordPolicy": {"needsNumeric": true}, "unheardOf": 1})");
  bench_.restart_directory();
  EXPECT_EQ(settings().at("contactName"), base::Json("Ann"));
  EXPECT_EQ(policy().at("enableMaxHistory"), base::Json(true));
  EXPECT_EQ(policy().at("maxHistory"), base::Json(3));
  EXPECT_EQ(policy().at("needsNumeric"), base::Json(true));
  EXPECT_EQ(policy().at("minLength"), base::Json(12));
  bench_.settings().settings.contact_name = "Bob";
  bench_.restart_directory();
  EXPECT_EQ(settings().at("contactName"), base::Json("Ann")) << "options only give the first settings";
}

TEST_F(OrganizationContract, what_is_read_can_be_sent_back) {
  const auto before = settings();
  EXPECT_THAT(bench_.events_of([&] { change(base::to_text(before)); }), IsEmpty());
  EXPECT_EQ(settings(), before);
}

// [rule D110] [rule D111]: each limit from both sides.
TEST_F(OrganizationContract, numbers_have_limits) {
  struct Row {
    std::string_view name;
    int least, most;
  };
  for (const auto& row :
       {Row{"minLength", 8, 64}, Row{"maxHistory", 1, 24}, Row{"lockoutTimeInSeconds", 300, 5400},
        Row{"passwordExpirationInDays", 1, 3650}, Row{"maxLoginAttempts", 1, 1000},
        Row{"minChangePeriodInDays", 1, 3650}, Row{"resetLockoutCounterMinutes", 1, 1440},
        Row{"daysBeforeExpirationToForceReset", 1, 3650}}) {
    const auto status = [&](auto value) {
      return bench_.change_settings(fmt::format(R"({{"passwordPolicy": {{"{}": {}}}}})", row.name, value))
          .status;
    };
    EXPECT_EQ(status(row.least), 200) << row.name;
    EXPECT_EQ(status(row.most), 200) << row.name;
    EXPECT_EQ(status(row.least - 1), 400) << row.name;
    EXPECT_EQ(status(row.most + 1), 400) << row.name;
    for (const auto* nonsense : {"\"9\"", "null", "9.5", "[]"})
      EXPECT_EQ(status(nonsense), 400) << row.name << nonsense;
  }
}

// [rule D5] [rule D40]
TEST_F(OrganizationContract, values_that_mean_nothing_are_refused_and_nothing_is_kept) {
  const auto before = settings();
  for (const auto* wrong :
       {R"({"newSystemUserStateDefaults": {"manualEntry": "SUSPENDED"}})",
        R"({"newSystemUserStateDefaults": {"csvImport": "staged"}})", R"({"newSystemUserStateDefaults": []})",
        R"({"passwordPolicy": 5})", R"({"passwordPolicy": {"needsNumeric": "yes"}})", R"({"name": ""})",
        R"({"name": 5})", R"({"passwordCompliance": "pci3"})", R"({"activationMail": "sometimes"})",
        R"({"scimUserStateDefault": 5})", R"({"passwordTakeover": "no"})",
        R"({"systemUserDefaultRestrictedFields": [{"field": "password", "type": "active_directory"}]})",
        R"({"systemUserDefaultRestrictedFields": [{"field": "email", "type": "scim"}]})",
        R"({"contactName": "Ann", "passwordPolicy": {"minLength": 7}})"}) {
    EXPECT_EQ(bench_.change_settings(wrong).status, 400) << wrong;
  }
  EXPECT_EQ(settings(), before);
}

// [rule DI51]
TEST_F(OrganizationContract, a_change_is_one_event_that_names_the_fields) {
  EXPECT_THAT(bench_.events_of([&] { change(R"({"passwordPolicy": {"minLength": 14}, "name": "Acme"})"); }),
              ElementsAre("organization_update"));
  const auto event = bench_.events().back();
  EXPECT_EQ(event.at("changes"), json(R"([{"field": "name", "from": "Example", "to": "Acme"},
                     {"field": "passwordPolicy.minLength", "from": "12", "to": "14"}])"));
  EXPECT_EQ(event.at("resource").at("id"), base::Json(organization));
}

// [rule D4] [rule D5] [rule R4]
TEST_F(OrganizationContract, the_default_state_of_a_user_who_is_entered_by_hand_is_a_setting) {
  EXPECT_EQ(state_of_new_user("amy"), "ACTIVATED");
  change(R"({"newSystemUserStateDefaults": {"manualEntry": "STAGED"}})");
  EXPECT_EQ(state_of_new_user("bob"), "STAGED");
}

// [rule D5b] [rule D6] [rule R4]
TEST_F(OrganizationContract, users_of_SCIM_follow_the_reading_that_is_set) {
  const auto state = [&](std::string_view name) {
    return base::string_or(bench_.user(bench_.provision(name)), "state", "");
  };
  change(R"({"newSystemUserStateDefaults": {"manualEntry": "STAGED", "applicationImport": "ACTIVATED"}})");
  EXPECT_EQ(state("amy"), "STAGED");
  change(R"({"scimUserStateDefault": "applicationImport"})");
  EXPECT_EQ(state("bob"), "ACTIVATED");
  change(R"({"newSystemUserStateDefaults": {"manualEntry": "ACTIVATED", "applicationImport": "STAGED"}})");
  EXPECT_EQ(state("cleo"), "STAGED");
}

}  // namespace organization_contract_test
}  // namespace directory
