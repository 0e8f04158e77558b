#include "fakes/okta/api/group_json.h"

#include <fmt/format.h>

#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;
using base::JsonArray;
using base::JsonObject;

std::string_view type_of(GroupType type) {
  if (type == GroupType::okta_group) return "OKTA_GROUP";
  return type == GroupType::app_group ? "APP_GROUP" : "BUILT_IN";
}

std::string_view status_of(RuleStatus status) {
  if (status == RuleStatus::active) return "ACTIVE";
  return status == RuleStatus::inactive ? "INACTIVE" : "INVALID";
}

template <class Ids>
JsonArray ids_of(const Ids& ids) {
  JsonArray out;
  for (const auto& id : ids) out.push_back(json_text(id.text()));
  return out;
}

}  // namespace

JsonObject group_json(const Group& group, const Request& request) {
  const auto self = fmt::format("{}/api/v1/groups/{}", request.origin, group.id.text());
  JsonObject profile;
  profile["name"] = json_text(group.profile.name);
  profile["description"] = group.profile.description.empty() ? base::Json(nullptr) : json_text(group.profile.description);
  JsonObject links;
  const auto logo = [&](std::string_view size) {
    JsonObject link;
    link["name"] = json_text(size);
    link["href"] = json_text(fmt::format("{}/assets/img/logos/groups/okta-{}.png", request.origin, size));
    link["type"] = "image/png";
    return link;
  };
  links["logo"] = JsonArray{logo("medium"), logo("large")};
  links["users"] = JsonObject{{"href", json_text(self + "/users")}};
  links["apps"] = JsonObject{{"href", json_text(self + "/apps")}};
  if (!group.source.empty()) links["source"] = JsonObject{{"href", json_text(fmt::format("{}/api/v1/apps/{}", request.origin, group.source.text()))}};
  JsonObject out;
  out["id"] = json_text(group.id.text());
  out["created"] = time_json(group.created);
  out["lastUpdated"] = time_json(group.last_updated);
  out["lastMembershipUpdated"] = time_json(group.last_membership_updated);
  out["objectClass"] = JsonArray{"okta:user_group"};
  out["type"] = json_text(type_of(group.type));
  out["profile"] = std::move(profile);
  out["_links"] = std::move(links);
  return out;
}

JsonObject rule_json(const GroupRule& rule) {
  JsonObject expression;
  expression["value"] = json_text(rule.expression);
  expression["type"] = "urn:okta:expression:1.0";
  JsonObject conditions;
  conditions["people"] = JsonObject{{"users", JsonObject{{"exclude", ids_of(rule.excluded)}}}, {"groups", JsonObject{{"exclude", JsonArray{}}}}};
  conditions["expression"] = std::move(expression);
  JsonObject out;
  out["type"] = "group_rule";
  out["id"] = json_text(rule.id.text());
  out["status"] = json_text(status_of(rule.status));
  out["name"] = json_text(rule.name);
  out["created"] = time_json(rule.created);
  out["lastUpdated"] = time_json(rule.last_updated);
  out["conditions"] = std::move(conditions);
  out["actions"] = JsonObject{{"assignUserToGroups", JsonObject{{"groupIds", ids_of(rule.groups)}}}};
  return out;
}

}  // namespace fakes::okta::api
