// A record of the provisioning log as Graph shows it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fakes/entra/provisioning/provisioning_log.h"

namespace fakes::entra::provisioning {
namespace log_facts_test {

using ::testing::ElementsAre;

LogRecord refused_create() {
  LogRecord record;
  record.id = "r1";
  record.cycle_id = "c1";
  record.change_id = "h1";
  record.at = *base::parse_rfc3339("2026-01-05T08:00:00Z");
  record.took = std::chrono::milliseconds{1'250};
  record.object = ObjectId("o1");
  record.name = "Amy";
  record.user_principal_name = "amy@example.test";
  record.action = "create";
  record.status = LogStatus::failure;
  record.code = "Conflict";
  record.reason = "taken";
  record.failure = "taken";
  record.steps = {{.kind = DoneStep::Kind::write, .status = LogStatus::failure}};
  record.modified = {{"userName", "", "amy"}};
  return record;
}

base::Json shown() { return to_json(refused_create(), {"t1", "scim.1", "s1", "SCIM target"}); }

// [Entra provisioning-clients 2.20-02]
TEST(LogJson, has_ids_times_parties_steps_and_properties) {
  const auto record = shown();
  for (const auto* name : {"id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId", "provisioningAction", "durationInMilliseconds",
                           "initiatedBy", "servicePrincipal", "sourceSystem", "targetSystem", "sourceIdentity", "targetIdentity",
                           "provisioningSteps", "modifiedProperties", "provisioningStatusInfo"})
    EXPECT_NE(base::member(record, name), nullptr) << name;
  EXPECT_EQ(record.at("durationInMilliseconds"), base::Json(1'250));
  EXPECT_EQ(record.at("jobId"), base::Json("scim.1"));
}

// [Entra provisioning-clients 2.20-03]
TEST(LogJson, names_the_action) { EXPECT_EQ(shown().at("provisioningAction"), base::Json("create")); }

// [Entra provisioning-clients 2.20-04]
TEST(LogJson, tells_status_and_error) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 4; ++i) names.push_back(name_of(static_cast<LogStatus>(i)));
  EXPECT_THAT(names, ElementsAre("success", "failure", "skipped", "warning"));
  const auto info = shown().at("provisioningStatusInfo");
  EXPECT_EQ(info.at("status"), base::Json("failure"));
  for (const auto* name : {"errorCode", "reason", "additionalDetails", "errorCategory", "recommendedAction"})
    EXPECT_NE(base::member(info.at("errorInformation"), name), nullptr) << name;
  EXPECT_EQ(info.at("errorInformation").at("errorCode"), base::Json("Conflict"));
}

// [Entra provisioning-clients 2.20-05]
TEST(LogJson, a_step_has_its_type) {
  std::vector<std::string_view> types;
  for (int i = 0; i < 6; ++i) types.push_back(name_of(static_cast<StepType>(i)));
  EXPECT_THAT(types, ElementsAre("import", "scoping", "matching", "processing", "referenceResolution", "export"));
  const auto step = shown().at("provisioningSteps").at(0);
  for (const auto* name : {"name", "provisioningStepType", "status", "description", "details"}) EXPECT_NE(base::member(step, name), nullptr) << name;
  EXPECT_EQ(step.at("provisioningStepType"), base::Json("export"));
  EXPECT_EQ(step.at("name"), base::Json("EntryExportAdd"));
  EXPECT_EQ(step.at("details").at("ErrorCode"), base::Json("Conflict"));
}

// [Entra provisioning-clients 2.20-07]
TEST(LogJson, a_property_has_what_it_was_and_is) {
  const auto property = shown().at("modifiedProperties").at(0);
  EXPECT_EQ(property.at("displayName"), base::Json("userName"));
  EXPECT_EQ(property.at("oldValue"), base::Json(nullptr));
  EXPECT_EQ(property.at("newValue"), base::Json("amy"));
}

// [Entra provisioning-clients 2.20-08]
TEST(LogJson, the_service_itself_began_it) {
  EXPECT_EQ(shown().at("initiatedBy").at("initiatorType"), base::Json("system"));
  EXPECT_EQ(shown().at("initiatedBy").at("displayName"), base::Json("Azure AD Provisioning Service"));
}

}  // namespace log_facts_test
}  // namespace fakes::entra::provisioning
