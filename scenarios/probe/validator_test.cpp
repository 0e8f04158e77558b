// Microsoft's public SCIM validator, request by request, against the core: as it expects through the integration that has no
// policy, and through the one for Entra with refusals, each of which a rule of the articles asks for.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "scenarios/probe/session.h"

namespace scenarios::probe {
namespace validator_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Why an answer of Entra's integration is another than the validator expects.
enum class Refusal {
  none,
  r25,  ///< groups are not imported
  r26,  ///< nor is the manager
  r44,  ///< an e-mail address is no username
  r58   ///< what is not in the table of attributes is not kept; the manager is not in it either
};

struct Expected {
  std::string_view id;  ///< below validator/
  Refusal address;      ///< where userNames are addresses, as the validator makes them up
  Refusal username;     ///< where its placeholders make usernames that the directory takes
};

constexpr std::array<Expected, 31> through_entra{{
    {"users/v01_new", Refusal::r44, Refusal::r58},
    {"users/v02_duplicate", Refusal::r44, Refusal::none},
    {"users/v03_found", Refusal::r44, Refusal::none},
    {"users/v04_nobody", Refusal::none, Refusal::none},
    {"users/v05_other_case", Refusal::r44, Refusal::none},
    {"users/v06_replaced_by_path", Refusal::r44, Refusal::r58},
    {"users/v07_user_name", Refusal::r44, Refusal::none},
    {"users/v08_disabled", Refusal::r44, Refusal::none},
    {"users/v09_manager_added", Refusal::r44, Refusal::r26},
    {"users/v10_manager_replaced", Refusal::r44, Refusal::r26},
    {"users/v11_manager_removed", Refusal::r44, Refusal::none},
    {"users/v12_deleted", Refusal::r44, Refusal::none},
    {"groups/v13_read_without_members", Refusal::r25, Refusal::r25},
    {"groups/v14_found_without_members", Refusal::r25, Refusal::r25},
    {"groups/v15_found", Refusal::r25, Refusal::r25},
    {"groups/v16_no_group", Refusal::r25, Refusal::r25},
    {"groups/v17_other_case", Refusal::r25, Refusal::r25},
    {"groups/v18_created", Refusal::r25, Refusal::r25},
    {"groups/v19_duplicate", Refusal::r25, Refusal::r25},
    {"groups/v20_external_id", Refusal::r25, Refusal::r25},
    {"groups/v21_display_name", Refusal::r25, Refusal::r25},
    {"groups/v22_member_added", Refusal::r25, Refusal::r25},
    {"groups/v23_member_removed", Refusal::r25, Refusal::r25},
    {"groups/v24_deleted", Refusal::r25, Refusal::r25},
    {"previews/p1_several_attributes", Refusal::r44, Refusal::none},
    {"previews/p2_one_attribute_twice", Refusal::r44, Refusal::none},
    {"previews/p3_nobody_deleted", Refusal::none, Refusal::none},
    {"previews/p4_deleted_twice", Refusal::r44, Refusal::none},
    {"previews/p5_member_added_and_removed", Refusal::r25, Refusal::r25},
    {"previews/p6_no_group_deleted", Refusal::r25, Refusal::r25},
    {"previews/p7_group_deleted_twice", Refusal::r25, Refusal::r25},
}};

/// What the articles say is carried over, as the cases write it. [rule R44] [rule R45] [rule R46] [rule R47] [rule R48]
/// [rule R49] [rule R51] [rule R52] [rule R53] [rule R54] [rule R55] [rule R56] [rule R57]
constexpr std::array<std::string_view, 17> carried_over{
    "totalResults", "userName", "active", "displayName", "title", "name.givenName", "name.familyName", "emails",
    "emails[0].type", "emails[0].value", "emails[0].primary", "locale", "userType",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization"};

const Suite& validator() {
  static const auto suite = *load_suite(std::string(LOCKSTEP_SOURCE_DIR) + "/scenarios/conformance", "validator");
  return suite;
}

std::map<std::string, CaseRecord> played(Integration integration, bool user_name_is_mail) {
  SessionOptions options;
  options.target.name = options.target.text = "core";
  options.run_mark = "t";
  options.data.user_name_is_mail = user_name_is_mail;
  const auto judged = judge_core(validator(), *Catalog::load(), options, integration);
  EXPECT_THAT(judged.record.left_behind, IsEmpty());
  std::map<std::string, CaseRecord> out;
  for (const auto& one : judged.record.cases) out.emplace(one.id, one);
  return out;
}

const Probe& probe_of(std::string_view id) { return *std::ranges::find(validator().cases, id, &Probe::id); }

/// The paths that the case's last step looks at and that the articles do not carry over, as differences name them.
std::set<std::string> paths_outside_the_table(std::string_view id) {
  std::set<std::string> out;
  for (const auto& [path, check] : probe_of(id).steps.back().judged->readings.front().pattern.body) {
    constexpr std::string_view first = "Resources[0].";
    const auto plain = path.starts_with(first) ? std::string_view(path).substr(first.size()) : std::string_view(path);
    if (std::ranges::find(carried_over, plain) != carried_over.end()) continue;
    if (path.find("[*]") != std::string::npos) continue;  // there is nothing for it to look at
    auto where = fmt::format("body {}", path);
    if (const auto urn = where.find(":User:"); urn != std::string::npos) where[urn + 5] = '.';
    out.insert(std::move(where));
  }
  return out;
}

void expect_nothing_is_kept_outside_the_table(const CaseRecord& record) {
  std::set<std::string> missing;
  for (const auto& difference : record.checks.back().differences) {
    EXPECT_EQ(difference.found, "nothing") << record.id << ": " << difference.where;
    missing.insert(difference.where);
  }
  EXPECT_EQ(missing, paths_outside_the_table(record.id)) << record.id;
}

int status_of_last(const CaseRecord& record) { return record.exchanges.empty() ? 0 : record.exchanges.back().status; }

void expect_refusal(const CaseRecord& record, Refusal refusal) {
  if (refusal == Refusal::none) {
    EXPECT_EQ(record.verdict, Verdict::conforms) << record.id << ": " << record.summary;
    return;
  }
  EXPECT_NE(record.verdict, Verdict::conforms) << record.id;
  ASSERT_FALSE(record.checks.empty()) << record.id << ": " << record.summary;
  const auto& check = record.checks.back();
  const auto status = status_of_last(record);
  if (refusal == Refusal::r25) {
    EXPECT_THAT(check.what, ::testing::HasSubstr("/Groups")) << record.id;
    EXPECT_THAT(status, ::testing::AnyOf(403, 404, 501)) << record.id;
  } else if (refusal == Refusal::r44) {
    EXPECT_EQ(check.what, "POST /Users") << record.id;
    EXPECT_EQ(status, 400) << record.id;
    EXPECT_THAT(record.exchanges.back().response_body, ::testing::HasSubstr("invalidValue")) << record.id;
  } else {
    EXPECT_EQ(status, 200) << record.id << ": the rest is done";
    expect_nothing_is_kept_outside_the_table(record);
  }
}

// [Entra provisioning-clients 3.1-03]
TEST(Validator, holds_24_required_tests_and_seven_previews) {
  std::multiset<std::string> numbers;
  for (const auto& one : validator().cases) numbers.insert(one.title.substr(0, one.title.find(':')));
  std::multiset<std::string> expected;
  for (int number = 1; number <= 24; ++number) expected.insert(fmt::format("V{:02}", number));
  for (int number = 1; number <= 7; ++number) expected.insert(fmt::format("P{}", number));
  EXPECT_EQ(numbers, expected);
}

// [Entra provisioning-clients 3.1-04]
TEST(Validator, names_its_charset_and_writes_operations_small_and_active_as_a_boolean) {
  for (const auto& one : validator().cases) {
    for (const auto& step : one.steps) {
      const auto& send = std::get<Send>(step.action);
      EXPECT_THAT(send.headers, ElementsAre(std::pair("Content-Type", "application/scim+json; charset=utf-8"))) << one.id;
      if (!send.body.is_object()) continue;
      if (send.body.contains("active")) EXPECT_TRUE(send.body["active"].is_boolean()) << one.id;
      if (!send.body.contains("Operations")) continue;
      for (const auto& operation : send.body["Operations"]) {
        EXPECT_THAT(operation["op"].get<std::string>(), ::testing::AnyOf("add", "replace", "remove")) << one.id;
        if (operation.value("path", "") == "active") EXPECT_TRUE(operation["value"].is_boolean()) << one.id;
      }
    }
  }
}

// [Entra provisioning-clients 3.1-05]
TEST(Validator, makes_up_a_user_with_all_that_the_schemas_have) {
  const auto& body = std::get<Send>(probe_of("validator/users/v01_new").steps.front().action).body;
  for (const auto* name : {"userName", "active", "displayName", "title", "emails", "preferredLanguage", "name", "addresses",
                           "phoneNumbers", "roles", "userType", "nickName", "locale", "timezone", "profileUrl", "schemas"})
    EXPECT_TRUE(body.contains(name)) << name;
  EXPECT_EQ(body["name"].size(), 6U);
  EXPECT_EQ(body["phoneNumbers"].size(), 3U);
  EXPECT_EQ(body["schemas"].size(), 2U);
  EXPECT_EQ(body["roles"][0]["primary"], "True") << "a text";
  EXPECT_EQ(body["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"].size(), 6U);
}

// [Entra provisioning-clients 3.1-06] [Entra provisioning-clients 3.1-07] [Entra provisioning-clients 3.1-08]
// [Entra provisioning-clients 3.1-09] [Entra provisioning-clients 3.1-10] [Entra provisioning-clients 3.1-11]
// [Entra provisioning-clients 3.1-12] [Entra provisioning-clients 3.1-13] [Entra provisioning-clients 3.1-14]
// [Entra provisioning-clients 3.1-15] [Entra provisioning-clients 3.1-16] [Entra provisioning-clients 3.1-17]
// [Entra provisioning-clients 3.1-18] [Entra provisioning-clients 3.1-19] [Entra provisioning-clients 3.1-20]
TEST(Validator, finds_what_it_expects_through_the_integration_without_a_policy) {
  for (const auto mail : {true, false}) {
    const auto records = played(Integration::generic, mail);
    EXPECT_EQ(records.size(), through_entra.size());
    for (const auto& [id, record] : records)
      EXPECT_EQ(record.verdict, Verdict::conforms) << id << ": " << record.summary;
  }
}

// [rule R25] [rule R44] [Entra provisioning-clients 3.1-06] [Entra provisioning-clients 3.1-17]
TEST(Validator, is_refused_addresses_and_groups_through_the_integration_for_entra) {
  const auto records = played(Integration::entra, true);
  for (const auto& expected : through_entra) expect_refusal(records.at(fmt::format("validator/{}", expected.id)), expected.address);
}

// [rule R25] [rule R26] [rule R58] [Entra provisioning-clients 3.1-01] [Entra provisioning-clients 3.1-11]
// [Entra provisioning-clients 3.1-14]
TEST(Validator, with_usernames_is_refused_groups_the_manager_and_what_is_not_in_the_table) {
  const auto records = played(Integration::entra, false);
  for (const auto& expected : through_entra) expect_refusal(records.at(fmt::format("validator/{}", expected.id)), expected.username);
}

}  // namespace validator_test
}  // namespace scenarios::probe
