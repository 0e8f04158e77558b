#include "fakes/entra/provisioning/target.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/entra/provisioning/provisioning_log.h"

namespace fakes::entra::provisioning {
namespace {

constexpr base::Duration request_timeout = std::chrono::seconds{30};
constexpr std::string_view incompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible";

std::string_view collection(ObjectKind kind) { return kind == ObjectKind::user ? "/Users" : "/Groups"; }

/// Groups are read without their members. [Entra provisioning-clients 2.5-07]
std::string resource_path(ObjectKind kind, std::string_view id) { return fmt::format("{}/{}", collection(kind), base::percent_encode(id)); }

std::string read_path(ObjectKind kind, std::string_view id) {
  return resource_path(kind, id) + (kind == ObjectKind::group ? "?excludedAttributes=members" : "");
}

std::string query_path(ObjectKind kind, std::string_view filter) {
  return fmt::format("{}?{}filter={}", collection(kind), kind == ObjectKind::group ? "excludedAttributes=members&" : "", filter);
}

std::string encoded(std::string_view text) {
  std::string out;
  for (auto rest = text;;) {
    const auto blank = std::min(rest.find(' '), rest.size());
    out += base::percent_encode(rest.substr(0, blank));
    if (blank == rest.size()) return out;
    out += '+';
    rest.remove_prefix(blank + 1);
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// `Web Response` is how the log quotes the target. [Entra provisioning-clients 2.13-04]
TargetFailure failure_of(const base::HttpResult& result) {
  if (!result) return {"Timeout", result.error().message, std::nullopt};
  TargetFailure failure{std::string(error_code(result->status)), fmt::format("StatusCode: {} Web Response: {}", result->status, result->body), std::nullopt};
  if (result->status == 401) failure.endpoint = QuarantineError{"InvalidCredentials", "The credentials are not accepted by the target."};
  return failure;
}

/// A query is always to be answered with a list. [Entra provisioning-clients 2.1-04]
TargetFailure query_failure(const base::HttpResult& result) {
  auto failure = failure_of(result);
  if (result && result->status == 404) {
    failure.code = incompatible;
    failure.endpoint = QuarantineError{std::string(incompatible), "A 404 was returned where 200 was expected."};
  }
  return failure;
}

TargetFailure unusable(std::string reason) { return {std::string(incompatible), std::move(reason), std::nullopt}; }

Answered<std::vector<base::Json>> resources_of(const std::string& body) {
  const auto list = base::parse_json(body);
  const auto total = list ? base::integer_member(*list, "totalResults") : std::nullopt;
  if (!total || *total < 0) return std::unexpected(unusable("the answer is no list"));
  std::vector<base::Json> found;
  const auto* resources = base::member(*list, "Resources");
  if (resources != nullptr && resources->is_array()) found.assign(resources->get_array().begin(), resources->get_array().end());
  if (static_cast<std::size_t>(*total) > found.size() && *total > 1) found.resize(static_cast<std::size_t>(std::min<std::int64_t>(*total, 2)));
  return found;
}

Answered<base::Json> resource_of(const std::string& body) {
  auto resource = base::parse_json(body);
  if (!resource || !resource->is_object()) return std::unexpected(unusable("the answer is no resource"));
  // By id there is one, whatever the answer's form.
  const auto* resources = base::member(*resource, "Resources");
  if (resources != nullptr && resources->is_array() && resources->get_array().size() > 1) {
    return std::unexpected(TargetFailure{"SystemForCrossDomainIdentityManagementMultipleEntriesInResponse", "the answer holds several resources", std::nullopt});
  }
  return *std::move(resource);
}

}  // namespace

base::Task<Answered<std::vector<base::Json>>> Target::find(ObjectKind kind, std::string filter) {
  const auto path = query_path(kind, filter);
  const auto result = co_await call("GET", path, std::nullopt);
  if (!result || result->status != 200) co_return std::unexpected(query_failure(result));
  auto found = resources_of(result->body);
  if (found && std::ranges::any_of(*found, [&](const base::Json& each) { return found->size() == 1 && base::string_or(each, "id", "").empty(); }))
    co_return std::unexpected(unusable("a resource has no id"));
  co_return found;
}

base::Task<Answered<base::Json>> Target::read(ObjectKind kind, std::string id) {
  const auto path = read_path(kind, id);
  const auto result = co_await call("GET", path, std::nullopt);
  if (!result || result->status != 200) co_return std::unexpected(failure_of(result));
  auto resource = resource_of(result->body);
  if (resource && kind == ObjectKind::group) {
    // What was excluded came nevertheless. [Entra provisioning-clients 7.1-22]
    const auto* members = base::member(*resource, "members");
    if (members != nullptr && members->is_array() && members->get_array().size() > settings_->members_tolerated) {
      co_return std::unexpected(TargetFailure{"SystemForCrossDomainIdentityManagementMultipleEntriesInResponse", "the answer holds members that were excluded", std::nullopt});
    }
  }
  co_return resource;
}

base::Task<Answered<base::Json>> Target::create(ObjectKind kind, base::JsonObject body) {
  const std::string path(collection(kind));
  const auto result = co_await call("POST", path, std::move(body));
  if (!result || (result->status != 201 && result->status != 200)) {
    auto failure = failure_of(result);
    if (result && result->status == 404) failure.code = incompatible;
    co_return std::unexpected(std::move(failure));
  }
  auto resource = resource_of(result->body);
  if (resource && base::string_or(*resource, "id", "").empty()) co_return std::unexpected(unusable("the created resource has no id"));
  co_return resource;
}

base::Task<Answered<std::optional<base::Json>>> Target::patch(ObjectKind kind, std::string id, base::JsonObject body) {
  const auto path = resource_path(kind, id);
  const auto result = co_await call("PATCH", path, std::move(body));
  if (!result || !result->ok()) co_return std::unexpected(failure_of(result));
  auto resource = base::parse_json(result->body);
  if (!resource || !resource->is_object()) co_return std::optional<base::Json>();
  co_return std::optional<base::Json>(*std::move(resource));
}

base::Task<Answered<void>> Target::remove(ObjectKind kind, std::string id) {
  const auto path = resource_path(kind, id);
  const auto result = co_await call("DELETE", path, std::nullopt);
  if (!result || (!result->ok() && result->status != 404)) co_return std::unexpected(failure_of(result));
  co_return Answered<void>();
}

base::Task<std::optional<TargetFailure>> Target::probe(ObjectKind kind, std::string random_value) {
  const auto rows = matching_rows(settings_->mapping(kind));
  const auto attribute = rows.empty() ? std::string("id") : rows.front()->target.text;
  auto filter = equals_filter(attribute, random_value);
  const auto found = co_await find(kind, std::move(filter));
  if (!found) co_return found.error();
  if (!found->empty()) co_return unusable("the answer is no empty list");
  co_return std::nullopt;
}

base::Task<bool> Target::holds_reference(ObjectKind kind, std::string id, std::string attribute, std::string value) {
  const auto filter = equals_filter("id", id) + "+and+" + equals_filter(attribute, value);
  const auto path = fmt::format("{}?filter={}&attributes=id", collection(kind), filter);
  const auto result = co_await call("GET", path, std::nullopt);
  if (!result || result->status != 200) co_return false;
  const auto found = resources_of(result->body);
  co_return found && !found->empty();
}

std::string Target::equals_filter(std::string_view path, std::string_view value) const {
  const auto written = base::percent_encode(escaped(value));
  if (settings_->quirks.has(ClientQuirk::filter_unquoted)) return fmt::format("{}+eq+{}", encoded(path), written);
  return fmt::format("{}+eq+%22{}%22", encoded(path), written);
}

std::string Target::url_of(ObjectKind kind) const {
  auto uri = settings_->tenant_url;
  uri.query.reset();
  while (uri.path.ends_with('/')) uri.path.pop_back();
  return uri.text() + std::string(collection(kind));
}

base::Task<base::HttpResult> Target::call(std::string method, std::string path, std::optional<base::JsonObject> body) {
  if (settings_->requests_per_second > 0) {
    const auto turn = std::max(next_turn_, clock_->now());
    next_turn_ = turn + base::Duration(std::chrono::seconds{1}) / settings_->requests_per_second;
    if (turn > clock_->now()) co_await clock_->sleep_until(turn);
  }
  // No User-Agent: the real service sends none either. [Entra provisioning-clients 2.1-18]
  auto uri = settings_->tenant_url;
  uri.query.reset();
  while (uri.path.ends_with('/')) uri.path.pop_back();
  base::HttpRequest request(std::move(method), uri);
  request.target = uri.path + path;
  // [Entra provisioning-clients 2.1-16]
  const auto token = settings_->token.reveal().empty() ? service_tokens_->service_token() : settings_->token;
  request.headers.add("Authorization", "Bearer " + token.reveal());
  request.headers.add("Accept", "application/scim+json");
  if (settings_->quirks.has(ClientQuirk::version_header)) request.headers.add("ADSCIMVersion", "5.0");
  if (body) {
    request.headers.add("Content-Type", "application/scim+json");
    request.body = base::to_text(*body);
  }
  auto result = co_await transport_->send(std::move(request), request_timeout);
  co_return result;
}

}  // namespace fakes::entra::provisioning
