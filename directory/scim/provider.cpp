#include "directory/scim/provider.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "directory/admins/api_keys.h"
#include "directory/scim/bulk.h"
#include "directory/scim/discovery.h"
#include "directory/scim/group_type.h"
#include "directory/scim/list.h"
#include "directory/scim/responses.h"
#include "directory/scim/user_type.h"

namespace directory::scim {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

/// The resource types that a policy offers, made for one request.
class Types {
 public:
  Types(Core& core, const Policy& policy, const Integration& integration, const std::string& base_url)
      : users_(core, policy, integration, base_url),
        groups_(core, policy, integration, base_url),
        has_groups_(policy.groups != nullptr) {}

  [[nodiscard]] ResourceType* find(std::string_view endpoint) {
    if (endpoint == users_.endpoint()) return &users_;
    return has_groups_ && endpoint == groups_.endpoint() ? &groups_ : nullptr;
  }
  [[nodiscard]] std::vector<ResourceType*> all() {
    std::vector<ResourceType*> types{&users_};
    if (has_groups_) types.push_back(&groups_);
    return types;
  }

 private:
  UserType users_;
  GroupType groups_;
  bool has_groups_;
};

/// Assumed: no article says what the provider answers where group provisioning was left on; a refusal that no
/// retry can mend, so that the client shows it to an admin. [Entra provisioning-clients 1-02] [Entra
/// provisioning-clients 2.13-07]
HttpResponse no_groups() {
  return scim_error(403, "this integration does not take groups; switch its group mapping off");
}

HttpResponse unauthorized() {
  auto refused = scim_error(401, "a valid bearer token is required");
  refused.headers.add("WWW-Authenticate", R"(Bearer realm="scim")");  // [RFC7644 2]
  return refused;
}

/// One of a list by the member that names it, or all of them as a ListResponse. [RFC7644 4]
HttpResponse described(const RoutedRequest& request, JsonArray all, std::string_view name,
                       std::string_view what) {
  if (request.target.parameter("filter")) return scim_error(403, "a description cannot be filtered");
  if (request.wildcards.empty()) {
    const auto total = static_cast<std::int64_t>(all.size());
    return list_response(total, 1, std::move(all));
  }
  for (const auto& each : all) {
    if (base::string_or(each, name, "") == request.wildcards[0]) return scim_response(200, each);
  }
  return not_found(what);
}

}  // namespace

void Provider::add_routes(Router& router) {
  router.shape_errors("/scim/",
                      [](int status, std::string_view message) { return scim_error(status, message); });
  add_resource_routes(router, "Users", Scope::users);
  add_resource_routes(router, "Groups", Scope::groups);
  router.add("GET", "/scim/v2", guarded(&Provider::list));
  router.add("POST", "/scim/v2/.search", guarded(&Provider::search));
  router.add("POST", "/scim/v2/Bulk", guarded(&Provider::bulk));
  router.add("GET", "/scim/v2/ServiceProviderConfig", guarded(&Provider::describe_provider));
  for (const auto* path : {"/scim/v2/Schemas", "/scim/v2/Schemas/*"}) {
    router.add("GET", path, guarded(&Provider::describe_schemas));
  }
  for (const auto* path : {"/scim/v2/ResourceTypes", "/scim/v2/ResourceTypes/*"}) {
    router.add("GET", path, guarded(&Provider::describe_resource_types));
  }
  for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    router.add(method, "/scim/v2/Me", guarded(&Provider::refuse_me));
  }
}

void Provider::add_resource_routes(Router& router, std::string_view endpoint, Scope scope) {
  const auto all = fmt::format("/scim/v2/{}", endpoint);
  const auto one = all + "/*";
  router.add("GET", all, guarded(&Provider::list, scope));
  router.add("POST", all, guarded(&Provider::create, scope));
  router.add("POST", all + "/.search", guarded(&Provider::search, scope));
  router.add("GET", one, guarded(&Provider::read, scope));
  router.add("PUT", one, guarded(&Provider::replace, scope));
  router.add("PATCH", one, guarded(&Provider::patch, scope));
  router.add("DELETE", one, guarded(&Provider::remove, scope));
}

Router::Handler Provider::guarded(Handler handler, Scope scope) {
  return [this, handler, scope](const RoutedRequest& request) {
    const auto* integration = keys_.authorize(request.http);
    std::optional<Integration> any;
    if (integration == nullptr && request.http.headers.find("Authorization") && core_->has(Defect::any_token_is_good)) {
      auto all = list_integrations(core_->db());
      // Whom more is open to, so that a client that looks around is let in to the end.
      const auto open = std::ranges::find_if(all, [&](const Integration& each) { return policy_of(each.kind, core_->options, core_->defects()).groups != nullptr; });
      integration = &any.emplace(std::move(open == all.end() ? all.front() : *open));
    }
    if (core_->probes.sometimes(Probe::scim_key_is_refused, integration == nullptr)) return unauthorized();
    const auto policy = policy_of(integration->kind, core_->options, core_->defects());
    if (scope == Scope::groups && policy.groups == nullptr) return no_groups();
    return (this->*handler)({request, *integration, policy, base_url(core_->options, request.http)}, scope);
  };
}

HttpResponse Provider::list(const Call& call, Scope scope) {
  const auto query = read_list_query(call.request.target);
  return query ? listed(call, scope, *query) : query.error();
}

HttpResponse Provider::search(const Call& call, Scope scope) {
  const auto body = read_body(call.request.http);
  if (!body) return body.error();
  const auto query = read_search_request(*body);
  return query ? listed(call, scope, *query) : query.error();
}

HttpResponse Provider::listed(const Call& call, Scope scope, const ListQuery& query) {
  Types types(*core_, call.policy, call.integration, call.base_url);
  auto asked = types.all();
  if (scope != Scope::all) asked = {types.find(scope == Scope::users ? "Users" : "Groups")};
  return list_resources(asked, query, core_->options.largest_scim_scan);
}

HttpResponse Provider::with_operation(const Call& call, Scope scope, const OperationBody& body) {
  Types types(*core_, call.policy, call.integration, call.base_url);
  auto* type = types.find(scope == Scope::users ? "Users" : "Groups");
  const auto actor = actor_of(call.integration);
  return body({*core_, call.policy, actor, *type, call.request.http, read_selection(call.request.target)});
}

HttpResponse Provider::change(const Call& call, Scope scope, const OperationBody& body) {
  return core_->transact([&]() -> Decided { return with_operation(call, scope, body); });
}

HttpResponse Provider::read(const Call& call, Scope scope) {
  return with_operation(call, scope, [&](const Operation& operation) {
    return read_resource(operation, call.request.wildcards[0]);
  });
}

HttpResponse Provider::create(const Call& call, Scope scope) {
  const auto body = read_body(call.request.http);
  if (!body) return body.error();
  return change(call, scope, [&](const Operation& operation) { return create_resource(operation, *body); });
}

HttpResponse Provider::replace(const Call& call, Scope scope) {
  const auto body = read_body(call.request.http);
  if (!body) return body.error();
  return change(call, scope, [&](const Operation& operation) {
    return replace_resource(operation, call.request.wildcards[0], *body);
  });
}

HttpResponse Provider::patch(const Call& call, Scope scope) {
  const auto body = read_body(call.request.http);
  if (!body) return body.error();
  return change(call, scope, [&](const Operation& operation) {
    return patch_resource(operation, call.request.wildcards[0], *body);
  });
}

HttpResponse Provider::remove(const Call& call, Scope scope) {
  return change(call, scope, [&](const Operation& operation) {
    return remove_resource(operation, call.request.wildcards[0]);
  });
}

HttpResponse Provider::bulk(const Call& call, Scope) {
  const auto body = read_body(call.request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    return perform_bulk(*core_, *body, call.base_url,
                        [&](const base::HttpRequest& request, const JsonObject& data) {
                          return perform(call, request, data);
                        });
  });
}

HttpResponse Provider::perform(const Call& call, const base::HttpRequest& request, const JsonObject& body) {
  Types types(*core_, call.policy, call.integration, call.base_url);
  const auto segments = base::Target{request.target, {}}.segments();
  if (segments.empty() || segments.size() > 2) return scim_error(404, "there is nothing at that path");
  auto* type = types.find(segments[0]);
  if (type == nullptr)
    return segments[0] == "Groups" ? no_groups() : scim_error(404, "there is nothing at that path");
  const auto actor = actor_of(call.integration);
  const Operation operation{*core_, call.policy, actor, *type, request, {}};
  const bool names_one = segments.size() == 2;
  if (request.method == "POST" && !names_one) return create_resource(operation, body);
  if (request.method == "PUT" && names_one) return replace_resource(operation, segments[1], body);
  if (request.method == "PATCH" && names_one) return patch_resource(operation, segments[1], body);
  if (request.method == "DELETE" && names_one) return remove_resource(operation, segments[1]);
  return scim_error(405, fmt::format("{} is not allowed there", request.method));
}

HttpResponse Provider::describe_provider(const Call& call, Scope) {
  if (call.request.target.parameter("filter")) return scim_error(403, "a description cannot be filtered");
  return scim_response(200, service_provider_config(call.policy, call.base_url));
}

HttpResponse Provider::describe_schemas(const Call& call, Scope) {
  return described(call.request, schemas(call.policy, call.base_url), "id", "schema");
}

HttpResponse Provider::describe_resource_types(const Call& call, Scope) {
  return described(call.request, resource_types(call.policy, call.base_url), "name",
                   "resource type");
}

/// A token stands for an integration, which is no user. [RFC7644 3.11]
HttpResponse Provider::refuse_me(const Call&, Scope) {
  return scim_error(501, "the token belongs to no user");
}

}  // namespace directory::scim
