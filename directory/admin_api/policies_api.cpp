#include "directory/admin_api/policies_api.h"

#include <fmt/format.h>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/policies/policy_changes.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

enum class PolicyDetail { summary, with_values };

JsonObject to_json(const Policy& policy, PolicyDetail detail) {
  const auto with_values = detail == PolicyDetail::with_values;
  JsonObject out{{"id", policy.id.text()},
                 {"name", policy.name},
                 {"template", to_json(*policy.policy_template,
                                      with_values ? TemplateDetail::with_fields : TemplateDetail::summary)}};
  if (with_values) out["values"] = policy_values(*policy.policy_template, policy.value);
  return out;
}

HttpResponse no_such_policy() {
  return error_response(404, "there is no such policy");
}

/// The name that the body gives, which must be there and of a sane length.
std::expected<std::string, HttpResponse> read_name(const JsonObject& body) {
  auto name = base::string_or(body, "name", "");
  if (name.empty() || name.size() > longest_policy_name) {
    return std::unexpected(
        error_response(400, fmt::format("name is a text of at most {} bytes", longest_policy_name)));
  }
  return name;
}

/// The value that the body gives the template's field; null where it gives none.
std::expected<Json, HttpResponse> read_value(const PolicyTemplate& policy_template, const JsonObject& body) {
  const auto* values = base::member(body, "values");
  if (values == nullptr) return Json{};
  auto read = read_policy_values(policy_template, *values);
  if (!read) return std::unexpected(error_response(400, read.error()));
  return std::move(*read);
}

}  // namespace

void PoliciesApi::add_routes(Router& router) {
  const auto add = [&](std::string_view method, std::string_view path, Permission permission,
                       HttpResponse (PoliciesApi::*handler)(const RoutedRequest&, const Actor&)) {
    router.add(method, path, guarded(*core_, *this, permission, handler));
  };
  add("GET", "/api/v2/policytemplates", Permission::read, &PoliciesApi::list_templates);
  add("GET", "/api/v2/policytemplates/*", Permission::read, &PoliciesApi::read_template);
  add("GET", "/api/v2/policies", Permission::read, &PoliciesApi::list_policies);
  add("POST", "/api/v2/policies", Permission::manage_devices, &PoliciesApi::create_policy);
  add("GET", "/api/v2/policies/*", Permission::read, &PoliciesApi::read_policy);
  add("PUT", "/api/v2/policies/*", Permission::manage_devices, &PoliciesApi::change_policy);
  add("DELETE", "/api/v2/policies/*", Permission::manage_devices, &PoliciesApi::delete_policy);
}

HttpResponse PoliciesApi::list_templates(const RoutedRequest&, const Actor&) {
  JsonArray list;
  for (const auto& entry : policy_templates())
    list.push_back(directory::to_json(entry, TemplateDetail::summary));
  return json_response(200, std::move(list));
}

HttpResponse PoliciesApi::read_template(const RoutedRequest& request, const Actor&) {
  const auto* found = find_policy_template(request.wildcards[0]);
  if (found == nullptr) return error_response(404, "there is no such policy template");
  return json_response(200, directory::to_json(*found, TemplateDetail::with_fields));
}

HttpResponse PoliciesApi::list_policies(const RoutedRequest& request, const Actor&) {
  const auto skip = page_parameter(request.target, "skip", 0, INT64_MAX);
  const auto limit = page_parameter(request.target, "limit", default_page, largest_page);
  JsonArray list;
  for (const auto& policy : directory::list_policies(core_->db(), skip, limit)) {
    list.push_back(to_json(policy, PolicyDetail::summary));
  }
  return json_response(200, std::move(list));
}

HttpResponse PoliciesApi::read_policy(const RoutedRequest& request, const Actor&) {
  const auto policy = find_policy(core_->db(), PolicyId{request.wildcards[0]});
  if (!policy) return no_such_policy();
  return json_response(200, to_json(*policy, PolicyDetail::with_values));
}

HttpResponse PoliciesApi::create_policy(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  auto name = read_name(*body);
  if (!name) return name.error();
  const auto* chosen = base::member(*body, "template");
  const auto* policy_template =
      chosen == nullptr ? nullptr : find_policy_template(base::string_or(*chosen, "id", ""));
  if (policy_template == nullptr) return error_response(400, "template.id names no policy template");
  auto value = read_value(*policy_template, *body);
  if (!value) return value.error();
  return core_->transact([&]() -> Decided {
    if (count_policies(core_->db()) >= most_policies)
      return error_response(409, "there are too many policies");
    const auto policy =
        directory::create_policy(*core_, std::move(*name), *policy_template, std::move(*value), actor);
    return json_response(201, to_json(policy, PolicyDetail::with_values));
  });
}

HttpResponse PoliciesApi::change_policy(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  auto name = read_name(*body);
  if (!name) return name.error();
  return core_->transact([&]() -> Decided {
    const auto policy = find_policy(core_->db(), PolicyId{request.wildcards[0]});
    if (!policy) return no_such_policy();
    auto value = read_value(*policy->policy_template, *body);
    if (!value) return value.error();
    // A list that is left out leaves what is filled in.
    if (base::member(*body, "values") == nullptr) *value = policy->value;
    const auto changed =
        directory::change_policy(*core_, *policy, std::move(*name), std::move(*value), actor);
    return json_response(200, to_json(changed, PolicyDetail::with_values));
  });
}

HttpResponse PoliciesApi::delete_policy(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto policy = find_policy(core_->db(), PolicyId{request.wildcards[0]});
    if (!policy) return no_such_policy();
    remove_policy(*core_, *policy, actor);
    return HttpResponse(204);
  });
}

}  // namespace directory
