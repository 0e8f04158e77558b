#include "directory/admin_api/systems_api.h"

#include "directory/admin_api/guarded.h"
#include "directory/devices/desired_state.h"
#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

}  // namespace

void SystemsApi::add_routes(Router& router) {
  router.add("GET", "/api/systems", guarded(*core_, *this, Permission::read, &SystemsApi::list_systems));
  router.add("POST", "/api/v2/systems/*/associations", guarded(*core_, *this, Permission::manage_devices, &SystemsApi::change_system_associations));
  router.add("GET", "/api/v2/systems/*/users", guarded(*core_, *this, Permission::read, &SystemsApi::read_system_users));
}

HttpResponse SystemsApi::list_systems(const RoutedRequest&, const Actor&) {
  JsonArray results;
  for (const auto& system : directory::list_systems(core_->db())) {
    results.push_back(JsonObject{{"_id", system.id.text()},
                                 {"hostname", system.hostname},
                                 {"os", system.os},
                                 {"lastContact", base::to_rfc3339(system.last_contact)}});
  }
  const auto total = static_cast<std::int64_t>(results.size());
  return json_response(200, JsonObject{{"results", std::move(results)}, {"totalCount", total}});
}

HttpResponse SystemsApi::change_system_associations(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto op = base::string_or(*body, "op", "");
  if (base::string_or(*body, "type", "") != "user") return error_response(400, "a system is associated with a user");
  return core_->transact([&]() -> Decided {
    const auto system = find_system(core_->db(), SystemId{request.wildcards[0]});
    if (!system) return error_response(404, "there is no such system");
    const auto user = find_user(core_->db(), UserId{base::string_or(*body, "id", "")});
    if (!user) return error_response(404, "there is no such user");
    if (op == "remove") {
      if (!unbind_user(*core_, *user, *system, actor)) return error_response(404, "there is no such association");
      return HttpResponse(204);
    }
    if (op != "add" && op != "update") return error_response(400, "op is one of add, remove, update");
    Binding binding{system->id, user->id};
    const auto* attributes = base::member(*body, "attributes");
    const auto* sudo = attributes == nullptr ? nullptr : base::member(*attributes, "sudo");  // [rule V11]
    if (sudo != nullptr) binding.sudo = base::bool_member(*sudo, "enabled").value_or(false);
    bind_user(*core_, binding, actor, *user, *system);
    return HttpResponse(204);  // [rule D60]
  });
}

HttpResponse SystemsApi::read_system_users(const RoutedRequest& request, const Actor&) {
  JsonArray results;
  for (const auto& binding : bindings_of_system(core_->db(), SystemId{request.wildcards[0]})) {
    results.push_back(JsonObject{{"id", binding.user.text()}, {"type", "user"}});
  }
  return json_response(200, results);
}

}  // namespace directory
