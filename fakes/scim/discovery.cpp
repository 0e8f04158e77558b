#include "fakes/scim/discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "fakes/scim/answer.h"
#include "fakes/scim/articles.h"
#include "fakes/scim/schema_description.h"

namespace fakes::scim {
namespace {

constexpr std::string_view config_schema = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
constexpr std::string_view type_schema = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

base::JsonObject supported(bool is_supported) {
  return {{"supported", is_supported}};
}

base::JsonObject meta(std::string_view type, const ProviderOptions& options, const std::string& place) {
  return {{"resourceType", base::json_text(type)},
          {"location", base::json_text(options.base.text() + place)}};
}

base::JsonArray authentication_schemes(const Quirks& quirks) {
  base::JsonObject scheme{{"type", "oauthbearertoken"},
                          {"name", "Bearer token"},
                          {"description", "A token in the Authorization field"},
                          {"primary", true}};
  if (quirks.has(Quirk::authentication_type_missing)) scheme.stable_erase("type");
  return {std::move(scheme)};
}

base::JsonObject pagination(const ProviderOptions& options, const Quirks& quirks) {
  base::JsonObject paging{
      {"cursor", true},
      {"index", true},
      {"defaultPaginationMethod", quirks.has(Quirk::default_paging_misnamed) ? "cursor" : "index"},
      {"defaultPageSize", options.default_page},
      {"maxPageSize", options.max_results},
      {"cursorTimeout", std::chrono::duration_cast<std::chrono::seconds>(options.cursor_life).count()}};
  if (quirks.has(Quirk::paging_flags_as_texts)) paging["index"] = "true";
  return paging;
}

base::JsonObject config(const ProviderOptions& options, const Quirks& quirks) {
  base::JsonObject body;
  body["schemas"] = base::JsonArray{
      base::json_text(quirks.has(Quirk::config_schema_misnamed) ? type_schema : config_schema)};
  body["documentationUri"] = "https://www.rfc-editor.org/rfc/rfc7644";
  body["patch"] = supported(!quirks.has(Quirk::patch_not_announced));
  auto& bulk = body["bulk"] = supported(!quirks.has(Quirk::bulk_not_announced));
  if (!quirks.has(Quirk::bulk_limits_missing)) {
    bulk.get_object()["maxOperations"] = options.bulk_operations;
    bulk.get_object()["maxPayloadSize"] = options.bulk_bytes;
  }
  auto& filter = body["filter"] = supported(!quirks.has(Quirk::filters_not_announced));
  if (!quirks.has(Quirk::max_results_missing)) filter.get_object()["maxResults"] = options.max_results;
  body["changePassword"] = supported(!quirks.has(Quirk::change_password_not_announced));
  if (!quirks.has(Quirk::sort_flag_missing))
    body["sort"] = supported(!quirks.has(Quirk::sort_not_announced) && !quirks.has(Quirk::sort_fails));
  body["etag"] = supported(!quirks.has(Quirk::etag_not_announced));
  body["pagination"] = pagination(options, quirks);
  if (!quirks.has(Quirk::authentication_schemes_missing))
    body["authenticationSchemes"] = authentication_schemes(quirks);
  body["meta"] = meta("ServiceProviderConfig", options, "/ServiceProviderConfig");
  return body;
}

base::JsonObject described(const ResourceType& type, const ProviderOptions& options, const Quirks& quirks) {
  base::JsonObject body;
  body["schemas"] = base::JsonArray{base::json_text(type_schema)};
  body["id"] = base::json_text(type.name);
  body["name"] = base::json_text(type.name);
  body["description"] = base::json_text(type.description);
  const bool placeless = quirks.has(Quirk::group_endpoint_missing) && &type == &group_type();
  if (!placeless) body["endpoint"] = base::json_text(type.endpoint);
  body["schema"] = base::json_text(type.core->id);
  base::JsonArray extensions;
  for (const auto* extension : type.extensions) {
    if (options.contract == Contract::articles && extension != &enterprise_schema()) continue;
    extensions.push_back(base::JsonObject{
        {"schema", base::json_text(extension->id)},
        {"required", extension == &badge_schema() && quirks.has(Quirk::extension_said_to_be_required)}});
  }
  if (quirks.has(Quirk::unknown_extension_named) && &type == &user_type()) {
    extensions.push_back(base::JsonObject{
        {"schema", "urn:example:params:scim:schemas:extension:legacy:2.0:User"}, {"required", false}});
  }
  if (!extensions.empty()) body["schemaExtensions"] = std::move(extensions);
  body["meta"] = meta("ResourceType", options, "/ResourceTypes/" + type.name);
  return body;
}

base::JsonArray resource_types(const ProviderOptions& options, const Quirks& quirks) {
  base::JsonArray list;
  for (const auto* type : served_types(options)) list.push_back(described(*type, options, quirks));
  if (quirks.has(Quirk::endpoint_leads_nowhere)) {
    const ResourceType device{"Device", "/Devices", "Computers", &group_schema()};
    list.push_back(described(device, options, quirks));
  }
  return list;
}

base::JsonArray schemas(const ProviderOptions& options, const Quirks& quirks) {
  base::JsonArray list;
  const bool articles = options.contract == Contract::articles;
  for (const auto* schema : {&user_schema(), &group_schema(), &enterprise_schema(), &badge_schema()}) {
    if (schema == &enterprise_schema() && quirks.has(Quirk::extension_schema_not_listed)) continue;
    if (schema == &group_schema() && quirks.has(Quirk::group_schema_not_listed)) continue;
    if (articles && (schema == &badge_schema() || (schema == &group_schema() && served_types(options).size() == 1))) continue;
    const bool limited = articles && schema != &group_schema();
    auto body = describe(limited ? limited_to_table(*schema) : *schema, quirks);
    body["meta"] = meta("Schema", options, "/Schemas/" + schema->id);
    list.push_back(std::move(body));
  }
  if (quirks.has(Quirk::message_schemas_listed)) {
    const Schema message{std::string(list_schema), "ListResponse", "A list", {}};
    list.push_back(describe(message, quirks));
  }
  return list;
}

base::HttpResponse whole_list(base::JsonArray resources, const Request& request, const Quirks& quirks) {
  const auto total = resources.size();
  const auto count = request.parameter("count");
  if (count == "1" && quirks.has(Quirk::discovery_is_paged))
    resources.resize(std::min<std::size_t>(total, 1));
  base::JsonObject body;
  if (!quirks.has(Quirk::list_schema_missing) && !quirks.has(Quirk::discovery_lists_without_schema))
    body["schemas"] = base::JsonArray{base::json_text(list_schema)};
  body["totalResults"] = total;
  body["itemsPerPage"] = resources.size();
  body["startIndex"] = 1;
  body["Resources"] = std::move(resources);
  return json_answer(200, body, quirks);
}

/// The one whose member of that name has the value; letter case does not matter in URNs and type names.
std::expected<base::HttpResponse, ScimError> one_of(const base::JsonArray& resources, std::string_view name,
                                                    std::string_view value, const Quirks& quirks) {
  for (const auto& resource : resources) {
    if (base::equals_ignoring_case(base::string_or(resource, name, ""), value))
      return json_answer(200, resource.get_object(), quirks);
  }
  if (quirks.has(Quirk::unknown_schema_is_empty)) return json_answer(200, {}, quirks);
  return std::unexpected(ScimError{404, "", fmt::format("there is no \"{}\"", value)});
}

}  // namespace

const std::vector<const ResourceType*>& served_types(const ProviderOptions& options) {
  static const std::vector<const ResourceType*> types{&user_type(), &group_type()};
  static const std::vector<const ResourceType*> users{&user_type()};
  // [rule R25]
  const bool no_groups = options.contract == Contract::articles && !options.quirks.has(Quirk::groups_served);
  return no_groups ? users : types;
}

bool is_discovery(const Request& request) {
  if (request.path.empty()) return false;
  const auto& first = request.path.front();
  return first == "ServiceProviderConfig" || first == "ResourceTypes" || first == "Schemas";
}

std::expected<base::HttpResponse, ScimError> describe_provider(const Request& request,
                                                               const ProviderOptions& options,
                                                               const Quirks& quirks) {
  if (request.method != "GET") {
    if (quirks.has(Quirk::discovery_can_be_written)) return json_answer(200, {}, quirks);
    return std::unexpected(ScimError{405, "", "this can only be read"});
  }
  if (request.parameter("filter") && !quirks.has(Quirk::discovery_filter_ignored)) {
    return std::unexpected(ScimError{403, "", "discovery takes no filter"});
  }
  const auto& place = request.path.front();
  const bool one = request.path.size() == 2;
  if (place == "ServiceProviderConfig" && !one && !quirks.has(Quirk::config_not_found))
    return json_answer(200, config(options, quirks), quirks);
  if (place == "ResourceTypes" && !quirks.has(Quirk::resource_types_not_found)) {
    const auto list = resource_types(options, quirks);
    if (!one) return whole_list(list, request, quirks);
    if (!quirks.has(Quirk::resource_type_not_found_by_name))
      return one_of(list, "name", request.path[1], quirks);
  }
  if (place == "Schemas" && !quirks.has(Quirk::schemas_not_found)) {
    const auto list = schemas(options, quirks);
    if (!one) return whole_list(list, request, quirks);
    if (!quirks.has(Quirk::urn_of_schema_not_found)) return one_of(list, "id", request.path[1], quirks);
  }
  return std::unexpected(ScimError{404, "", "there is nothing at this address"});
}

}  // namespace fakes::scim
