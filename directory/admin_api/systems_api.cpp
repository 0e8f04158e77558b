#include "directory/admin_api/systems_api.h"

#include <fmt/format.h>

#include "directory/admin_api/guarded.h"
#include "directory/admin_api/list_query.h"
#include "directory/devices/commands.h"
#include "directory/devices/desired_state.h"
#include "directory/devices/recovery_key.h"
#include "directory/devices/system_record.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// Takes over what the body names; the rest of a system is its agent's to report.
std::optional<std::string> apply_settings(SystemSettings& settings, const JsonObject& body) {
  if (const auto* name = base::member(body, "displayName")) {
    if (!name->is_string() || name->get_string().size() > longest_fact)
      return "displayName must be a short string";
    settings.display_name = base::as_text(name->get_string());
  }
  for (const auto& [name, member] :
       {std::pair{"allowMultiFactorAuthentication", &SystemSettings::allow_multi_factor_authentication},
        std::pair{"allowPublicKeyAuthentication", &SystemSettings::allow_public_key_authentication},
        std::pair{"allowSshPasswordAuthentication", &SystemSettings::allow_ssh_password_authentication},
        std::pair{"allowSshRootLogin", &SystemSettings::allow_ssh_root_login}}) {
    const auto* value = base::member(body, name);
    if (value == nullptr) continue;
    if (!value->is_bool()) return fmt::format("{} must be true or false", name);
    settings.*member = value->get_bool();
  }
  return std::nullopt;
}

/// The host name that every match has; empty: none is known. A list compares whole numbers by their value, and so a name that may be one
/// does not do.
std::string only_hostname(const ListQuery& query) {
  if (query.combine != ListQuery::Combine::all) return {};
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (const auto& condition : query.conditions) {
    const bool by_name = condition.op == ListCondition::Op::equal && condition.field == "hostname";
    if (by_name && !condition.value.empty() && is_letter(condition.value.front())) return condition.value;
  }
  return {};
}

}  // namespace

void SystemsApi::add_routes(Router& router) {
  const auto add = [&](std::string_view method, std::string_view path, Permission permission,
                       HttpResponse (SystemsApi::*handler)(const RoutedRequest&, const Actor&)) {
    router.add(method, path, guarded(*core_, *this, permission, handler));
  };
  add("GET", "/api/systems", Permission::read, &SystemsApi::list_systems);
  add("POST", "/api/search/systems", Permission::read, &SystemsApi::search_systems);
  add("GET", "/api/systems/*", Permission::read, &SystemsApi::read_system);
  add("PUT", "/api/systems/*", Permission::manage_devices, &SystemsApi::change_system);
  add("DELETE", "/api/systems/*", Permission::manage_devices, &SystemsApi::delete_system);
  add("GET", "/api/v2/systems/*/fdekey", Permission::manage_devices, &SystemsApi::read_recovery_key);
  add("POST", "/api/systems/*/command/builtin/*", Permission::manage_devices, &SystemsApi::command_system);
}

std::vector<JsonObject> SystemsApi::candidates(const ListQuery& query) {
  const auto hostname = only_hostname(query);
  std::vector<JsonObject> documents;
  for (const auto& record : hostname.empty() ? list_system_records(core_->db(), 0, -1) : system_records_of(core_->db(), hostname)) {
    documents.push_back(to_json(*core_, record));
  }
  return documents;
}

HttpResponse SystemsApi::list_systems(const RoutedRequest& request, const Actor&) {
  const auto query = read_list_query(request.target);
  if (!query) return query.error();
  if (!query->is_plain()) return json_response(200, run_list_query(*query, candidates(*query)));
  JsonArray results;
  for (const auto& record : list_system_records(core_->db(), query->skip, query->limit)) {
    results.push_back(select_fields(*query, to_json(*core_, record)));
  }
  return json_response(
      200, JsonObject{{"results", std::move(results)}, {"totalCount", count_systems(core_->db())}});
}

HttpResponse SystemsApi::search_systems(const RoutedRequest& request, const Actor&) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  const auto query = read_search(*body);
  if (!query) return query.error();
  return json_response(200, run_list_query(*query, candidates(*query)));
}

HttpResponse SystemsApi::read_system(const RoutedRequest& request, const Actor&) {
  const auto query = read_list_query(request.target);
  if (!query) return query.error();
  const auto record = find_system_record(core_->db(), SystemId{request.wildcards[0]});
  if (!record) return error_response(404, "there is no such system");
  return json_response(200, select_fields(*query, to_json(*core_, *record)));
}

HttpResponse SystemsApi::change_system(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto record = find_system_record(core_->db(), SystemId{request.wildcards[0]});
    if (!record) return error_response(404, "there is no such system");
    auto settings = record->settings;
    if (const auto error = apply_settings(settings, *body)) return error_response(400, *error);
    const auto changed = change_settings(*core_, *record, std::move(settings), actor);
    return json_response(200, to_json(*core_, changed));
  });
}

HttpResponse SystemsApi::delete_system(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto record = find_system_record(core_->db(), SystemId{request.wildcards[0]});
    if (!record) return error_response(404, "there is no such system");
    auto shown = to_json(*core_, *record);
    remove_system(*core_, record->system, actor);
    return json_response(200, std::move(shown));
  });
}

HttpResponse SystemsApi::command_system(const RoutedRequest& request, const Actor&) {
  const auto kind = parse_command(request.wildcards[1]);
  if (!kind) return error_response(404, "a built-in command is one of lock, restart, shutdown, erase");
  return core_->transact([&]() -> Decided {
    const auto system = find_system(core_->db(), SystemId{request.wildcards[0]});
    if (!system) return error_response(404, "there is no such system");
    if (!queue_command(*core_, system->id, *kind))
      return error_response(409, "too many commands wait for this system");
    return HttpResponse(201);  // [rule D124]
  });
}

HttpResponse SystemsApi::read_recovery_key(const RoutedRequest& request, const Actor&) {
  const auto key = find_recovery_key(*core_, SystemId{request.wildcards[0]});
  if (!key) return error_response(404, "no recovery key of such a system is kept");
  return json_response(200, JsonObject{{"key", key->reveal()}});
}

}  // namespace directory
