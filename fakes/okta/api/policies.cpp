#include "fakes/okta/api/policies.h"

#include <fmt/format.h>

#include <algorithm>

namespace fakes::okta::api {
namespace {

using base::json_text;
using base::JsonObject;

/// The org's one policy has no id of its own there.
std::string policy_id(const Call& call) { return "00p" + call.org().default_user_type().substr(3); }

JsonObject policy_json(const Call& call) {
  const auto& policy = call.org().options().password_policy;
  JsonObject complexity;
  complexity["minLength"] = policy.least_length;
  complexity["minLowerCase"] = policy.lower ? 1 : 0;
  complexity["minUpperCase"] = policy.upper ? 1 : 0;
  complexity["minNumber"] = policy.digit ? 1 : 0;
  complexity["minSymbol"] = policy.symbol ? 1 : 0;
  complexity["excludeUsername"] = policy.exclude_login_parts;
  JsonObject age;
  age["maxAgeDays"] = std::chrono::duration_cast<std::chrono::days>(policy.max_age).count();
  JsonObject lockout;
  lockout["maxAttempts"] = policy.most_failures;
  lockout["autoUnlockMinutes"] = std::chrono::duration_cast<std::chrono::minutes>(policy.unlock_after).count();
  JsonObject password;
  password["complexity"] = std::move(complexity);
  password["age"] = std::move(age);
  password["lockout"] = std::move(lockout);
  JsonObject out;
  out["id"] = json_text(policy_id(call));
  out["type"] = "PASSWORD";
  out["name"] = "Default Policy";
  out["status"] = "ACTIVE";
  out["priority"] = 1;
  out["system"] = true;
  out["settings"] = JsonObject{{"password", std::move(password)}};
  return out;
}

JsonObject type_json(const Call& call) {
  JsonObject out;
  out["id"] = json_text(call.org().default_user_type());
  out["name"] = "user";
  out["displayName"] = "User";
  out["default"] = true;
  out["_links"] = JsonObject{{"schema", JsonObject{{"href", json_text(call.request.origin + "/api/v1/meta/schemas/user/default")}}}};
  return out;
}

struct Length {
  std::string_view attribute;
  int least;
  int most;
};
// [Okta provisioning-clients 5.2-08]
constexpr Length lengths[] = {{"login", 5, 100}, {"email", 5, 100}, {"firstName", 1, 50}, {"lastName", 1, 50}};

JsonObject attribute_json(std::string_view attribute) {
  JsonObject out;
  out["title"] = json_text(attribute);
  out["type"] = "string";
  const auto* found = std::ranges::find(lengths, attribute, &Length::attribute);
  if (found == std::end(lengths)) return out;
  out["required"] = true;
  out["minLength"] = found->least;
  out["maxLength"] = found->most;
  return out;
}

}  // namespace

Reply list_policies(const Call& call) {
  const auto type = call.request.parameter("type");
  if (!type) return invalid("type", "The field cannot be left blank");
  if (*type != "PASSWORD") return refuse(ErrorCode::unsupported_operation, {}, {fmt::format("no policy of type {} is modelled", *type)});
  return json_answer(base::JsonArray{policy_json(call)});
}

Reply read_policy(const Call& call) {
  if (call.keys.front() != policy_id(call)) return no_such("Policy", call.keys.front());
  return json_answer(policy_json(call));
}

Reply list_user_types(const Call& call) { return json_answer(base::JsonArray{type_json(call)}); }

Reply read_user_type(const Call& call) {
  if (call.keys.front() != call.org().default_user_type() && call.keys.front() != "default") return no_such("UserType", call.keys.front());
  return json_answer(type_json(call));
}

Reply read_user_schema(const Call& call) {
  JsonObject base_attributes;
  for (const auto attribute : default_attributes()) base_attributes[base::json_key(attribute)] = attribute_json(attribute);
  JsonObject custom;
  for (const auto& attribute : call.org().options().custom_attributes) custom[attribute] = attribute_json(attribute);
  JsonObject definitions;
  definitions["base"] = JsonObject{{"id", "#base"}, {"type", "object"}, {"properties", std::move(base_attributes)}};
  definitions["custom"] = JsonObject{{"id", "#custom"}, {"type", "object"}, {"properties", std::move(custom)}};
  JsonObject out;
  out["id"] = json_text(call.request.origin + "/meta/schemas/user/default");
  out["name"] = "user";
  out["title"] = "User";
  out["type"] = "object";
  out["definitions"] = std::move(definitions);
  return json_answer(out);
}

}  // namespace fakes::okta::api
