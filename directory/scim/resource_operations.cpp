#include "directory/scim/resource_operations.h"

#include "base/encoding.h"
#include "directory/scim/etags.h"
#include "directory/scim/misread_patch.h"
#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::JsonObject;

std::string meta_of(const JsonObject& resource, std::string_view name) {
  const auto* meta = base::member(resource, "meta");
  return meta != nullptr ? base::string_or(*meta, name, "") : "";
}

HttpResponse not_found(const Operation& operation) {
  operation.core.probes.reached(Probe::scim_resource_is_unknown);
  if (operation.core.has(Defect::unknown_resources_are_errors)) return scim_error(500, "the resource could not be read");
  return scim::not_found(base::to_lower(operation.type.schema().name()));
}

/// 201 or 200 with the resource as far as it was asked for. [RFC7644 3.9] [RFC7644 3.14]
HttpResponse resource_response(const Operation& operation, int status, const JsonObject& resource) {
  auto response = scim_response(status, project(resource, operation.type.schema(), operation.selection));
  response.headers.add("Location", meta_of(resource, "location"));
  response.headers.add("ETag", meta_of(resource, "version"));
  return response;
}

HttpResponse current_resource(const Operation& operation, int status, std::string_view id) {
  const auto resource = operation.type.find(id);
  return resource ? resource_response(operation, status, *resource) : not_found(operation);
}

/// One event a request. Assumed: no document says how the directory tells of what it leaves out; this type of
/// the public table is about attributes that an integration excludes. [rule R58] [rule DI50]
void tell_ignored(const Operation& operation, std::string_view id, const std::vector<std::string>& ignored) {
  operation.core.probes.sometimes(Probe::scim_attribute_is_left_out, !ignored.empty());
  if (!operation.policy.tells_ignored || ignored.empty()) return;
  std::vector<FieldChange> fields;
  for (const auto& path : ignored) fields.push_back({path, std::nullopt, std::nullopt});
  operation.core.events.write("integrationattribute_exclude", operation.core.now(), operation.actor,
                              operation.type.subject_of(id), fields);
}

/// An answer where the resource is not in the version that the client means to change. Without a precondition
/// nothing is looked at: the change itself finds out whether the resource is there.
std::optional<HttpResponse> refused_change(const Operation& operation, std::string_view id) {
  if (!has_precondition(operation.http)) return std::nullopt;
  const auto resource = operation.type.find(id);
  if (!resource) return not_found(operation);
  if (check_precondition(operation.http, meta_of(*resource, "version")) == Precondition::holds)
    return std::nullopt;
  operation.core.probes.reached(Probe::scim_version_is_another);
  auto refused = scim_error(412, "the resource has another version");
  refused.headers.add("ETag", meta_of(*resource, "version"));
  return refused;
}

}  // namespace

HttpResponse read_resource(const Operation& operation, std::string_view id) {
  const auto resource = operation.type.find(id);
  if (!resource) return not_found(operation);
  if (check_precondition(operation.http, meta_of(*resource, "version")) == Precondition::not_modified) {
    HttpResponse unchanged(304);
    unchanged.headers.add("ETag", meta_of(*resource, "version"));
    return unchanged;
  }
  return resource_response(operation, 200, *resource);
}

HttpResponse create_resource(const Operation& operation, const JsonObject& body) {
  auto canonical =
      canonical_resource(operation.type.completed(body), operation.type.schema(), operation.policy.bodies);
  if (!canonical) return scim_refusal(canonical.error());
  const auto id = operation.type.create(std::move(canonical->resource));
  if (!id) return id.error();
  tell_ignored(operation, *id, canonical->ignored);
  return current_resource(operation, 201, *id);
}

HttpResponse replace_resource(const Operation& operation, std::string_view id, const JsonObject& body) {
  if (auto refused = refused_change(operation, id)) return std::move(*refused);
  auto canonical =
      canonical_resource(operation.type.completed(body), operation.type.schema(), operation.policy.bodies);
  if (!canonical) return scim_refusal(canonical.error());
  const auto written = operation.type.update(id, std::move(canonical->resource));
  if (!written) return written.error();
  tell_ignored(operation, id, canonical->ignored);
  return current_resource(operation, 200, id);
}

HttpResponse patch_resource(const Operation& operation, std::string_view id, const JsonObject& body) {
  if (auto refused = refused_change(operation, id)) return std::move(*refused);
  auto resource = operation.type.find_for_change(id);
  if (!resource) return not_found(operation);
  const auto stale = operation.core.has(Defect::answers_are_stale) ? resource : std::nullopt;
  const auto misread = as_misread(operation.core, body);
  const auto edited = apply_patch(*resource, misread ? *misread : body, operation.type.schema(), operation.policy.patches);
  if (!edited) return scim_refusal(edited.error());
  const auto written = operation.type.update(id, std::move(*resource));
  if (!written) return written.error();
  tell_ignored(operation, id, edited->ignored);
  if (stale) return resource_response(operation, 200, *stale);
  return current_resource(operation, 200, id);
}

HttpResponse remove_resource(const Operation& operation, std::string_view id) {
  if (auto refused = refused_change(operation, id)) return std::move(*refused);
  const auto removed = operation.type.remove(id);
  return removed ? HttpResponse(204) : removed.error();
}

}  // namespace directory::scim
