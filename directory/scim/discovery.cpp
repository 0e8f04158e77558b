#include "directory/scim/discovery.h"

#include <fmt/format.h>

#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

JsonObject supported(bool is) {
  return JsonObject{{"supported", is}};
}

JsonObject meta_of(std::string_view type, std::string location) {
  return JsonObject{{"resourceType", base::json_text(type)}, {"location", std::move(location)}};
}

JsonObject resource_type(const ResourceSchema& schema, std::string_view endpoint, std::string_view base_url) {
  JsonObject type{{"schemas", JsonArray{"urn:ietf:params:scim:schemas:core:2.0:ResourceType"}},
                  {"id", schema.name()},
                  {"name", schema.name()},
                  {"description", schema.core().description},
                  {"endpoint", fmt::format("/{}", endpoint)},
                  {"schema", schema.core().id}};
  JsonArray extensions;
  for (const auto& extension : schema.extensions()) {
    extensions.push_back(JsonObject{{"schema", extension.id}, {"required", false}});
  }
  if (!extensions.empty()) type["schemaExtensions"] = std::move(extensions);
  type["meta"] = meta_of("ResourceType", fmt::format("{}/ResourceTypes/{}", base_url, schema.name()));
  return type;
}

void add_schemas(JsonArray& all, const ResourceSchema& type, std::string_view base_url) {
  const auto add = [&](const Schema& schema) {
    auto json = to_json(schema);
    json["meta"] = meta_of("Schema", fmt::format("{}/Schemas/{}", base_url, schema.id));
    all.push_back(std::move(json));
  };
  add(type.core());
  for (const auto& extension : type.extensions()) add(extension);
}

}  // namespace

JsonObject service_provider_config(const Policy& policy, std::string_view base_url) {
  JsonObject scheme{{"type", "oauthbearertoken"},
                    {"name", "API key"},
                    {"description", "The integration's API key as a bearer token"},
                    {"primary", true}};
  return JsonObject{
      {"schemas", JsonArray{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"}},
      {"patch", supported(true)},
      {"bulk",
       JsonObject{
           {"supported", true}, {"maxOperations", most_bulk_operations}, {"maxPayloadSize", largest_body}}},
      {"filter", JsonObject{{"supported", true}, {"maxResults", largest_page}}},
      {"changePassword", supported(policy.passwords)},
      {"sort", supported(true)},
      {"etag", supported(true)},
      {"authenticationSchemes", JsonArray{std::move(scheme)}},
      {"meta", meta_of("ServiceProviderConfig", fmt::format("{}/ServiceProviderConfig", base_url))}};
}

JsonArray resource_types(const Policy& policy, std::string_view base_url) {
  JsonArray types{resource_type(*policy.users, "Users", base_url)};
  if (policy.groups != nullptr) types.push_back(resource_type(*policy.groups, "Groups", base_url));
  return types;
}

JsonArray schemas(const Policy& policy, std::string_view base_url) {
  JsonArray all;
  add_schemas(all, *policy.users, base_url);
  if (policy.groups != nullptr) add_schemas(all, *policy.groups, base_url);
  return all;
}

}  // namespace directory::scim
