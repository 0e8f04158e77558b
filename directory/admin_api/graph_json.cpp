#include "directory/admin_api/graph_json.h"

#include "directory/server/responses.h"

namespace directory {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

/// Takes over the flag `name` of `object`; false where it is no boolean.
bool read_flag(const Json& object, std::string_view name, bool& into) {
  const auto* value = base::member(object, name);
  if (value == nullptr) return true;
  if (!value->is_bool()) return false;
  into = value->get_bool();
  return true;
}

}  // namespace

JsonObject to_json(const AssociationAttributes& attributes) {
  return {{"sudo",
           JsonObject{{"enabled", attributes.sudo}, {"withoutPassword", attributes.sudo_without_password}}},
          {"passwordSync", JsonObject{{"enabled", attributes.password_sync}}}};
}

std::expected<AssociationAttributes, base::HttpResponse> read_attributes(
    const JsonObject& body, const AssociationAttributes& before) {
  auto attributes = before;
  const auto* given = base::member(body, "attributes");
  if (given == nullptr || given->is_null()) return attributes;
  const auto malformed = [] {
    return std::unexpected(error_response(
        400, "attributes look like {\"sudo\": {\"enabled\": true, \"withoutPassword\": false}}"));
  };
  if (!given->is_object()) return malformed();
  if (const auto* sudo = base::member(*given, "sudo"); sudo != nullptr && !sudo->is_null()) {
    attributes.sudo = false;
    attributes.sudo_without_password = false;
    if (!sudo->is_object() || !read_flag(*sudo, "enabled", attributes.sudo) ||
        !read_flag(*sudo, "withoutPassword", attributes.sudo_without_password)) {
      return malformed();
    }
  }
  if (const auto* sync = base::member(*given, "passwordSync"); sync != nullptr && !sync->is_null()) {
    if (!sync->is_object() || !read_flag(*sync, "enabled", attributes.password_sync)) return malformed();
  }
  return attributes;
}

JsonObject to_json(const PathStep& step) {
  JsonObject out;
  if (step.attributes) {
    out["attributes"] = to_json(*step.attributes);
  } else {
    out["attributes"] = nullptr;
  }
  out["to"] = JsonObject{{"id", step.to.id}, {"type", base::json_text(type_name(step.to.type))}};
  return out;
}

JsonObject to_json(const Reached& reached) {
  JsonArray paths;
  for (const auto& path : reached.paths) {
    JsonArray steps;
    for (const auto& step : path) steps.push_back(to_json(step));
    paths.push_back(std::move(steps));
  }
  return {{"id", reached.object.id},
          {"type", base::json_text(type_name(reached.object.type))},
          {"compiledAttributes", to_json(reached.attributes)},
          {"paths", std::move(paths)}};
}

}  // namespace directory
