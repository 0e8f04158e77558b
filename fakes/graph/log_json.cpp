#include "fakes/graph/log_json.h"

namespace fakes::graph {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using base::json_text;

/// Seven digits of a second.
Json precise_time(base::Instant at) {
  auto text = base::to_rfc3339(at);
  text.pop_back();
  return json_text(text + "0000Z");
}

Json whole_time(base::Instant at) {
  auto text = base::to_rfc3339(at);
  text.erase(text.find('.'));
  return json_text(text + "Z");
}

Json or_null(const std::string& text) { return text.empty() ? Json() : json_text(text); }

JsonObject initiator(const entra::Actor& actor) {
  JsonObject out;
  if (actor.kind == entra::Actor::Kind::user) {
    out["user"] = JsonObject{{"id", or_null(actor.id.text())}, {"displayName", nullptr}, {"userPrincipalName", json_text(actor.name)}, {"ipAddress", nullptr}};
    out["app"] = nullptr;
  } else {
    out["user"] = nullptr;
    out["app"] = JsonObject{{"appId", or_null(actor.app_id)},
                            {"displayName", json_text(actor.name)},
                            {"servicePrincipalId", or_null(actor.id.text())},
                            {"servicePrincipalName", nullptr}};
  }
  return out;
}

}  // namespace

JsonObject log_json(const entra::AuditRecord& record, const entra::Tenant& tenant) {
  const bool is_group = record.target_kind == entra::ObjectKind::group;
  JsonArray changes;
  for (const auto& change : record.changes) {
    changes.push_back(JsonObject{{"displayName", json_text(change.property)}, {"oldValue", or_null(change.before)}, {"newValue", or_null(change.after)}});
  }
  JsonObject target;
  target["id"] = json_text(record.target.text());
  target["displayName"] = or_null(record.target_name);
  target["type"] = is_group ? "Group" : "User";
  target["userPrincipalName"] = or_null(record.target_upn);
  const auto* group = is_group ? tenant.find(record.target) : nullptr;
  target["groupType"] = !is_group ? Json() : Json(group != nullptr && group->flag("mailEnabled", false) ? "unifiedGroups" : "azureAD");
  target["modifiedProperties"] = std::move(changes);
  JsonObject out;
  out["id"] = json_text(record.id);
  out["category"] = json_text(record.category);
  out["correlationId"] = json_text(record.correlation_id);
  out["result"] = "success";
  out["resultReason"] = "";
  out["activityDisplayName"] = json_text(record.activity);
  out["activityDateTime"] = precise_time(record.at);
  out["loggedByService"] = "Core Directory";
  out["initiatedBy"] = initiator(record.initiated_by);
  out["targetResources"] = JsonArray{std::move(target)};
  out["additionalDetails"] = JsonArray{};
  return out;
}

JsonObject log_json(const entra::SignInRecord& record, const entra::Tenant&) {
  JsonObject out;
  out["id"] = json_text(record.id);
  out["createdDateTime"] = whole_time(record.at);
  out["userDisplayName"] = json_text(record.user_display_name);
  out["userPrincipalName"] = json_text(record.user_principal_name);
  out["userId"] = json_text(record.user.text());
  out["appId"] = json_text(record.app_id);
  out["appDisplayName"] = json_text(record.app_display_name);
  out["ipAddress"] = json_text(record.ip_address);
  out["clientAppUsed"] = json_text(record.client_app_used);
  out["correlationId"] = json_text(record.correlation_id);
  out["conditionalAccessStatus"] = json_text(record.conditional_access_status);
  out["isInteractive"] = record.interactive;
  out["riskDetail"] = "none";
  out["riskLevelAggregated"] = "none";
  out["riskLevelDuringSignIn"] = "none";
  out["riskState"] = "none";
  out["riskEventTypes"] = JsonArray{};
  out["resourceDisplayName"] = json_text(record.resource_display_name);
  out["resourceId"] = json_text(record.resource_id);
  out["status"] = JsonObject{{"errorCode", record.error_code}, {"failureReason", json_text(record.failure_reason)}, {"additionalDetails", or_null(record.additional_details)}};
  const auto& device = record.device;
  out["deviceDetail"] = JsonObject{{"deviceId", json_text(device.id)},
                                   {"displayName", json_text(device.display_name)},
                                   {"operatingSystem", json_text(device.operating_system)},
                                   {"browser", json_text(device.browser)},
                                   {"isCompliant", device.compliant},
                                   {"isManaged", device.managed},
                                   {"trustType", json_text(device.trust_type)}};
  out["location"] = JsonObject{{"city", ""}, {"state", ""}, {"countryOrRegion", ""}, {"geoCoordinates", JsonObject{}}};
  return out;
}

}  // namespace fakes::graph
