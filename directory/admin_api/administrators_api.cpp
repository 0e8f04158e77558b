#include "directory/admin_api/administrators_api.h"

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/list_query.h"
#include "directory/admins/administrator_changes.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// What an id in the path may say for whoever asks.
constexpr std::string_view oneself = "getSelf";

JsonObject to_json(Core& core, const Administrator& administrator) {
  const auto role = role_name(administrator.role);
  return {{"_id", administrator.id.text()},
          {"email", administrator.email},
          {"firstname", administrator.firstname},
          {"lastname", administrator.lastname},
          {"roleName", base::json_text(role)},
          {"suspended", administrator.suspended},
          {"enableMultiFactor", false},  // there is no portal for administrators to log in to
          {"totpEnrolled", false},
          {"apiKeySet", has_admin_key(core, administrator.id)},
          {"organization", core.options.organization},
          {"created", base::to_rfc3339(administrator.created)}};
}

/// Takes over the members that the body has.
std::optional<Refusal> apply(Administrator& administrator, const JsonObject& body) {
  const auto invalid = [](std::string_view field, std::string message) {
    return Refusal{Refusal::Kind::invalid, std::string(field), std::move(message)};
  };
  for (const auto& [name, member] : {std::pair{"email", &Administrator::email},
                                     {"firstname", &Administrator::firstname},
                                     {"lastname", &Administrator::lastname}}) {
    const auto* value = base::member(body, name);
    if (value == nullptr) continue;
    if (!value->is_string()) return invalid(name, std::string(name) + " must be a string");
    administrator.*member = std::string(base::as_text(value->get_string()));
  }
  if (const auto* value = base::member(body, "roleName")) {
    const auto role = value->is_string() ? parse_role(base::as_text(value->get_string())) : std::nullopt;
    if (!role) return invalid("roleName", "there is no such role");
    administrator.role = *role;
  }
  if (const auto* value = base::member(body, "suspended")) {
    if (!value->is_bool()) return invalid("suspended", "suspended must be a boolean");
    administrator.suspended = value->get_bool();
  }
  return std::nullopt;
}

std::optional<Administrator> named(Core& core, const std::string& id, const Actor& actor) {
  return find_administrator(core.db(), AdministratorId{id == oneself ? actor.id : id});
}

}  // namespace

void AdministratorsApi::add_routes(Router& router) {
  const auto route = guarded_routes(router, *core_, *this);
  route("GET", "/api/users", Permission::read, &AdministratorsApi::list_administrators);
  route("POST", "/api/users", Permission::manage_admins, &AdministratorsApi::create_administrator);
  route("GET", "/api/users/*", Permission::read, &AdministratorsApi::read_administrator);
  route("PUT", "/api/users/*", Permission::manage_admins, &AdministratorsApi::change_administrator);
  route("DELETE", "/api/users/*", Permission::manage_admins, &AdministratorsApi::delete_administrator);
  // Assumed: the vendor's portal has a button for it and no published address. Everybody may press their own.
  route("POST", "/api/users/*/apikey", Permission::read, &AdministratorsApi::renew_key);
}

HttpResponse AdministratorsApi::list_administrators(const RoutedRequest& request, const Actor&) {
  const auto query = read_list_query(request.target);
  if (!query) return query.error();
  // There are few of them: each list is made from all.
  std::vector<JsonObject> everybody;
  for (const auto& administrator : directory::list_administrators(core_->db())) {
    everybody.push_back(to_json(*core_, administrator));
  }
  return json_response(200, run_list_query(*query, std::move(everybody)));
}

HttpResponse AdministratorsApi::read_administrator(const RoutedRequest& request, const Actor& actor) {
  const auto administrator = named(*core_, request.wildcards[0], actor);
  if (!administrator) return error_response(404, "there is no such administrator");
  return json_response(200, to_json(*core_, *administrator));
}

HttpResponse AdministratorsApi::create_administrator(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  if (base::member(*body, "roleName") == nullptr) return error_response(400, "roleName is required");
  Administrator fresh;
  if (const auto refusal = apply(fresh, *body)) return refusal_response(*refusal);
  return core_->transact([&]() -> Decided {
    const auto administrator = directory::create_administrator(*core_, std::move(fresh), actor);
    if (!administrator) return refusal_response(administrator.error());
    return json_response(200, to_json(*core_, *administrator));
  });
}

HttpResponse AdministratorsApi::change_administrator(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto before = named(*core_, request.wildcards[0], actor);
    if (!before) return error_response(404, "there is no such administrator");
    auto after = *before;
    if (const auto refusal = apply(after, *body)) return refusal_response(*refusal);
    const auto changed = directory::change_administrator(*core_, *before, std::move(after), actor);
    if (!changed) return refusal_response(changed.error());
    return json_response(200, to_json(*core_, *changed));
  });
}

HttpResponse AdministratorsApi::delete_administrator(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto administrator = named(*core_, request.wildcards[0], actor);
    if (!administrator) return error_response(404, "there is no such administrator");
    auto body = to_json(*core_, *administrator);
    const auto removed = remove_administrator(*core_, *administrator, actor);
    if (!removed) return refusal_response(removed.error());
    return json_response(200, std::move(body));
  });
}

HttpResponse AdministratorsApi::renew_key(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto self = find_administrator(core_->db(), AdministratorId{actor.id});
    const auto administrator = named(*core_, request.wildcards[0], actor);
    const bool own = administrator && administrator->id.text() == actor.id;
    if (!own && !(self && allows(self->role, Permission::manage_admins))) {
      return error_response(403, "only your own key can be renewed");
    }
    if (!administrator) return error_response(404, "there is no such administrator");
    const auto key = issue_admin_key(*core_, administrator->id);
    // Assumed: the published table has no event of its own for this; like a password, the key has no values.
    core_->events.write("admin_update", core_->now(), actor, subject_of(*administrator),
                        {{"apiKey", std::nullopt, std::nullopt}});
    return json_response(200, JsonObject{{"apiKey", key.reveal()}});
  });
}

}  // namespace directory
