#include "directory/scim/responses.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/forwarded_origin.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view media_type = "application/scim+json";

bool is_json(std::string_view content_type) {
  auto type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return base::equals_ignoring_case(type, media_type) || base::equals_ignoring_case(type, "application/json");
}

}  // namespace

HttpResponse scim_response(int status, const Json& body) {
  return {status, media_type, base::to_text(body)};
}

HttpResponse scim_error(int status, std::string_view detail, std::string_view scim_type) {
  JsonObject body{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:Error"}},
                  {"status", std::to_string(status)}};
  if (!scim_type.empty()) body["scimType"] = base::json_text(scim_type);
  body["detail"] = base::json_text(detail);
  return scim_response(status, body);
}

HttpResponse scim_refusal(const Refusal& refusal) {
  switch (refusal.kind) {
    case Refusal::Kind::invalid:
      return scim_error(400, refusal.message, "invalidValue");
    case Refusal::Kind::conflict:
      return scim_error(409, refusal.message, "uniqueness");
    case Refusal::Kind::forbidden:
      return scim_error(403, refusal.message);
  }
  return scim_error(400, refusal.message);
}

HttpResponse scim_refusal(const ScimError& error) {
  return scim_error(400, error.detail, error.scim_type);
}

HttpResponse not_found(std::string_view what) {
  return scim_error(404, fmt::format("there is no such {}", what));
}

HttpResponse list_response(std::int64_t total, std::int64_t start_index, JsonArray resources) {
  const auto items = static_cast<std::int64_t>(resources.size());
  return scim_response(
      200, JsonObject{{"schemas", JsonArray{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}},
                      {"totalResults", total},
                      {"startIndex", start_index},
                      {"itemsPerPage", items},
                      {"Resources", std::move(resources)}});
}

std::expected<JsonObject, HttpResponse> read_body(const base::HttpRequest& request) {
  const auto type = request.headers.find("Content-Type");
  if (type && !type->empty() && !is_json(*type)) {
    return std::unexpected(scim_error(415, "a body is application/scim+json or application/json"));
  }
  if (request.body.size() > largest_body) {
    return std::unexpected(scim_error(413, fmt::format("a body has at most {} bytes", largest_body)));
  }
  auto json = base::parse_json(request.body);
  if (!json) return std::unexpected(scim_error(400, json.error().message, "invalidSyntax"));
  if (!json->is_object())
    return std::unexpected(scim_error(400, "the body is not a JSON object", "invalidSyntax"));
  return std::move(json->get_object());
}

bool names_schema(const JsonObject& message, std::string_view urn) {
  const auto* schemas = base::member_ignoring_case(message, "schemas");
  if (schemas == nullptr || !schemas->is_array()) return false;
  return std::ranges::any_of(schemas->get_array(), [&](const Json& each) {
    return each.is_string() && base::equals_ignoring_case(base::as_text(each.get_string()), urn);
  });
}

std::string base_url(const Options& options, const base::HttpRequest& request) {
  const auto origin = options.locations_follow_requests ? base::forwarded_origin(request) : std::nullopt;
  return (origin ? *origin + "/" : options.public_url.text()) + "scim/v2";
}

}  // namespace directory::scim
