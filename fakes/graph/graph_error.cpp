#include "fakes/graph/graph_error.h"

#include <fmt/format.h>

#include "base/instant.h"

namespace fakes::graph {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::json_text;
using entra::Refusal;

constexpr std::string_view invalid_values = "One or more properties contains invalid values.";

/// A malformed user principal name is told apart by what is wrong with it. [Graph E15] [Graph E16]
std::string text_of_invalid(const entra::TenantError& error, const JsonObject& sent) {
  if (error.property != "userPrincipalName") return error.text;
  const auto* name = base::member(sent, "userPrincipalName");
  const bool has_at = name != nullptr && name->is_string() && base::as_text(name->get_string()).contains('@');
  return has_at ? "Property userPrincipalName is invalid." : std::string(invalid_values);
}

GraphError taken(const entra::TenantError& error, const Quirks& quirks) {
  const bool name_or_anchor = error.property == "userPrincipalName" || error.property == "onPremisesImmutableId";
  // [Graph E13]
  if (name_or_anchor && quirks.has(Quirk::duplicate_is_500))
    return {500, "Request_BadRequest", "The given key was not present in the dictionary."};
  GraphError out{400, "Request_BadRequest", error.text};
  out.details.push_back({"ObjectConflict", quirks.has(Quirk::conflict_without_message) ? std::string() : error.text, error.property});
  if (quirks.has(Quirk::conflict_names_objects)) out.details.push_back({"ConflictingObjects", {}, error.property});
  return out;
}

}  // namespace

std::unexpected<GraphError> no_such_resource(std::string_view id) {
  return refuse(404, "Request_ResourceNotFound",
                fmt::format("Resource '{}' does not exist or one of its queried reference-property objects are not present.", id));
}

std::unexpected<GraphError> wrong_method() {
  return refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
}

std::unexpected<GraphError> insufficient_privileges() {
  return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

std::unexpected<GraphError> unsupported_query(std::string message) {
  return refuse(400, "Request_UnsupportedQuery", std::move(message));
}

GraphError of_tenant(const entra::TenantError& error, const JsonObject& sent, const Quirks& quirks) {
  switch (error.refusal) {
    case Refusal::not_found:
    case Refusal::not_linked: return {404, "Request_ResourceNotFound", error.text};
    case Refusal::taken: return taken(error, quirks);
    case Refusal::foreign_domain:
      return {400, "Request_BadRequest", error.text, {{"InvalidValue", error.text, error.property}}};
    case Refusal::wrong_type: return {400, "Request_BadRequest", std::string(invalid_values)};
    case Refusal::invalid: return {400, "Request_BadRequest", text_of_invalid(error, sent)};
    case Refusal::too_long:
      if (error.property == "userPrincipalName") return {400, "Request_BadRequest", text_of_invalid(error, sent)};
      return {400, "Request_BadRequest", std::string(invalid_values)};
    default: return {400, "Request_BadRequest", error.text};
  }
}

JsonObject error_body(const GraphError& error, const RequestIds& ids, base::Instant now) {
  auto date = base::to_rfc3339(now);
  date.erase(date.find('.'));
  JsonObject inner;
  if (error.repeats_status) {
    inner["code"] = json_text(std::to_string(error.status));
    inner["status"] = json_text(std::to_string(error.status));
    inner["message"] = "Please retry after";
  }
  inner["date"] = json_text(date);
  inner["request-id"] = json_text(ids.request);
  inner["client-request-id"] = json_text(ids.client);
  JsonObject body;
  body["code"] = json_text(error.code);
  body["message"] = json_text(error.message);
  if (!error.details.empty()) {
    JsonArray details;
    for (const auto& detail : error.details) {
      JsonObject one;
      one["code"] = json_text(detail.code);
      if (!detail.message.empty()) one["message"] = json_text(detail.message);
      if (!detail.target.empty()) one["target"] = json_text(detail.target);
      details.push_back(std::move(one));
    }
    body["details"] = std::move(details);
  }
  body["innerError"] = std::move(inner);
  JsonObject out;
  out["error"] = std::move(body);
  return out;
}

}  // namespace fakes::graph
