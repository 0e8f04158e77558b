#include "fakes/okta/scim_client/answers.h"

#include <fmt/format.h>

#include <algorithm>

namespace fakes::okta::scim_client {
namespace {

constexpr std::string_view error_schema = "urn:ietf:params:scim:api:messages:2.0:Error";

std::optional<base::JsonObject> object_of(const std::string& body) {
  auto json = base::parse_json(body);
  if (!json || !json->is_object()) return std::nullopt;
  return std::move(json->get_object());
}

/// Empty where the member is missing; an error where it is no whole number.
std::expected<std::optional<std::int64_t>, Failure> integer_in(const base::JsonObject& list, std::string_view name, int status) {
  const auto* value = base::member_ignoring_case(list, name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (value->is_uint64()) return static_cast<std::int64_t>(value->get_uint64());
  return std::unexpected(Failure{status, fmt::format("{} is no integer", name)});
}

std::vector<base::JsonObject> resources_in(const base::JsonObject& list) {
  std::vector<base::JsonObject> out;
  const auto* resources = base::member_ignoring_case(list, "Resources");
  if (resources == nullptr || !resources->is_array()) return out;
  for (const auto& resource : resources->get_array()) {
    if (resource.is_object()) out.push_back(resource.get_object());
  }
  return out;
}

}  // namespace

std::string text_in(const base::JsonObject& resource, std::string_view name) {
  const auto* value = base::member_ignoring_case(resource, name);
  return value != nullptr && value->is_string() ? std::string(base::as_text(value->get_string())) : std::string{};
}

std::optional<Failure> failure_of(const base::HttpResult& result) {
  if (!result) return Failure{0, result.error().message};
  if (result->ok()) return std::nullopt;
  const auto body = object_of(result->body);
  const auto detail = body ? text_in(*body, "detail") : std::string{};
  return Failure{result->status, detail.empty() ? fmt::format("{} {}", result->status, base::reason_phrase(result->status)) : detail};
}

bool says_not_found(const base::HttpResult& result) {
  if (!result || result->status != 404) return false;
  const auto body = object_of(result->body);
  const auto* schemas = body ? base::member_ignoring_case(*body, "schemas") : nullptr;
  return schemas != nullptr && schemas->is_array() && std::ranges::count(schemas->get_array(), base::json_text(error_schema)) > 0;
}

Answered<Page> page_of(const base::HttpResult& result) {
  if (auto failure = failure_of(result)) return std::unexpected(*std::move(failure));
  const auto list = object_of(result->body);
  if (!list) return std::unexpected(Failure{result->status, "the answer is no list"});
  const auto total = integer_in(*list, "totalResults", result->status);
  if (!total) return std::unexpected(total.error());
  if (!*total) return std::unexpected(Failure{result->status, "the answer has no totalResults"});
  const auto start = integer_in(*list, "startIndex", result->status);
  if (!start) return std::unexpected(start.error());
  const auto items = integer_in(*list, "itemsPerPage", result->status);
  if (!items) return std::unexpected(items.error());
  return Page{**total, *items, resources_in(*list)};
}

Answered<std::optional<base::JsonObject>> hit_of(const base::HttpResult& result, const ClientQuirks& quirks) {
  const bool nobody = result && result->status == 404 && (says_not_found(result) || !quirks.has(ClientQuirk::bare_404_is_failure));
  if (nobody) return std::nullopt;
  if (auto failure = failure_of(result)) return std::unexpected(*std::move(failure));
  const auto list = object_of(result->body);
  if (!list) return std::unexpected(Failure{result->status, "the answer is no list"});
  auto found = resources_in(*list);
  if (found.empty()) return std::nullopt;
  // Assumed: whom of several is meant nobody knows.
  if (found.size() > 1 && !quirks.has(ClientQuirk::first_of_several_hits))
    return std::unexpected(Failure{result->status, fmt::format("the look-up finds {} resources", found.size())});
  if (text_in(found.front(), "id").empty()) return std::unexpected(Failure{result->status, "what was found has no id"});
  return std::move(found.front());
}

Answered<base::JsonObject> resource_of(const base::HttpResult& result) {
  if (auto failure = failure_of(result)) return std::unexpected(*std::move(failure));
  auto resource = object_of(result->body);
  if (!resource) return std::unexpected(Failure{result->status, "the answer is no resource"});
  return *std::move(resource);
}

Answered<std::string> created_id(const base::HttpResult& result, std::string_view empty) {
  if (auto failure = failure_of(result)) return std::unexpected(*std::move(failure));
  const auto resource = object_of(result->body);
  auto id = resource ? text_in(*resource, "id") : std::string{};
  if (id.empty()) return std::unexpected(Failure{result->status, std::string(empty)});
  return id;
}

}  // namespace fakes::okta::scim_client
