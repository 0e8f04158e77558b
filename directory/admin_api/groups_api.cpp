#include "directory/admin_api/groups_api.h"

#include <fmt/format.h>

#include "directory/admin_api/graph_json.h"
#include "directory/admin_api/group_json.h"
#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/groups/group_changes.h"
#include "directory/groups/group_store.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// The ids that the body names under either of two names; empty where it names none. [rule D53]
std::expected<std::optional<std::vector<std::string>>, HttpResponse> asked_ids(const JsonObject& body) {
  const auto* list = base::member(body, "user_ids");
  if (list == nullptr) list = base::member(body, "object_ids");
  if (list == nullptr) return std::nullopt;
  const auto malformed = [] {
    return std::unexpected(error_response(400, "user_ids or object_ids is a list of ids"));
  };
  if (!list->is_array()) return malformed();
  std::vector<std::string> ids;
  for (const auto& id : list->get_array()) {
    if (!id.is_string()) return malformed();
    ids.emplace_back(base::as_text(id.get_string()));
  }
  return ids;
}

JsonArray to_json(const std::vector<std::string>& ids) {
  JsonArray list;
  for (const auto& id : ids) list.emplace_back(id);
  return list;
}

/// `name:eq:value`. [rule D27]
std::expected<std::vector<Group>, HttpResponse> filtered_groups(Database& db, GraphType type,
                                                                std::string_view filter) {
  constexpr std::string_view by_name = "name:eq:";
  if (!filter.starts_with(by_name)) {
    return std::unexpected(error_response(400, "a filter looks like name:eq:Engineering"));
  }
  const auto name = filter.substr(by_name.size());
  auto found = find_group_by_name(db, type, name);
  if (!found || found->fields.name != name) return std::vector<Group>{};
  return std::vector{std::move(*found)};
}

}  // namespace

void GroupsApi::add_routes(Router& router) {
  const auto groups = fmt::format("/api/v2/{}", collection_name(type_));
  const auto one = groups + "/*";
  router.add("GET", groups, guarded(*core_, *this, Permission::read, &GroupsApi::list_groups));
  router.add("POST", groups, guarded(*core_, *this, Permission::manage_groups, &GroupsApi::create_group));
  router.add("GET", one, guarded(*core_, *this, Permission::read, &GroupsApi::read_group));
  router.add("PUT", one, guarded(*core_, *this, Permission::manage_groups, &GroupsApi::change_group));
  router.add("DELETE", one, guarded(*core_, *this, Permission::manage_groups, &GroupsApi::delete_group));
  router.add("GET", one + "/members", guarded(*core_, *this, Permission::read, &GroupsApi::list_members));
  router.add("POST", one + "/members",
             guarded(*core_, *this, Permission::manage_groups, &GroupsApi::change_members));
  router.add("GET", one + "/suggestions",
             guarded(*core_, *this, Permission::read, &GroupsApi::list_suggestions));
  router.add("POST", one + "/suggestions",
             guarded(*core_, *this, Permission::manage_groups, &GroupsApi::apply_suggestions));
}

HttpResponse GroupsApi::no_such_group() const {
  return error_response(404, fmt::format("there is no such {}", type_name(type_)));
}

std::optional<Group> GroupsApi::find(const RoutedRequest& request) const {
  return find_group(core_->db(), type_, GroupId{request.wildcards.at(0)});
}

HttpResponse GroupsApi::list_groups(const RoutedRequest& request, const Actor&) {
  std::vector<Group> groups;
  if (const auto filter = request.target.parameter("filter")) {
    auto found = filtered_groups(core_->db(), type_, *filter);
    if (!found) return found.error();
    groups = std::move(*found);
  } else {
    groups =
        directory::list_groups(core_->db(), type_, page_parameter(request.target, "skip", 0, largest_skip),
                               page_parameter(request.target, "limit", default_page, largest_page));
  }
  JsonArray results;
  for (const auto& group : groups) results.push_back(directory::to_json(core_->db(), group));
  return json_response(200, results);
}

HttpResponse GroupsApi::create_group(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  GroupFields fields;
  if (auto refused = apply_group_fields(fields, type_, *body)) return *std::move(refused);
  return core_->transact([&]() -> Decided {
    const auto group = directory::create_group(*core_, type_, std::move(fields), actor);
    if (!group) return refusal_response(group.error());
    return json_response(201, directory::to_json(core_->db(), *group));
  });
}

HttpResponse GroupsApi::read_group(const RoutedRequest& request, const Actor&) {
  const auto group = find(request);
  if (!group) return no_such_group();
  return json_response(200, directory::to_json(core_->db(), *group));
}

HttpResponse GroupsApi::change_group(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto group = find(request);
    if (!group) return no_such_group();
    auto fields = group->fields;
    if (auto refused = apply_group_fields(fields, type_, *body)) return *std::move(refused);
    const auto changed = directory::change_group(*core_, *group, std::move(fields), actor);
    if (!changed) return refusal_response(changed.error());
    return json_response(200, directory::to_json(core_->db(), *changed));
  });
}

HttpResponse GroupsApi::delete_group(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto group = find(request);
    if (!group) return no_such_group();
    remove_group(*core_, *group, actor);
    return HttpResponse(204);
  });
}

HttpResponse GroupsApi::list_members(const RoutedRequest& request, const Actor&) {
  const auto group = find(request);
  if (!group) return no_such_group();
  JsonArray results;
  for (auto& member : directory::list_members(
           core_->db(), group->id, page_parameter(request.target, "skip", 0, largest_skip),
           page_parameter(request.target, "limit", default_page, largest_page))) {
    results.push_back(directory::to_json(PathStep{{group->member_type(), std::move(member)}, std::nullopt}));
  }
  return json_response(200, results);
}

HttpResponse GroupsApi::change_members(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto op = base::string_or(*body, "op", "");
  const auto type = parse_graph_type(base::string_or(*body, "type", ""));
  const auto member = base::string_or(*body, "id", "");
  return core_->transact([&]() -> Decided {
    const auto group = find(request);
    if (!group) return no_such_group();
    // Members have no attributes here that an update could change.
    if (op != "add" && op != "remove") return error_response(400, "op is one of add, remove");
    if (type != group->member_type()) {
      return error_response(
          400, fmt::format("a member of a {} is a {}", type_name(type_), type_name(group->member_type())));
    }
    if (!find_name(core_->db(), {*type, member})) {
      return error_response(404, fmt::format("there is no such {}", type_name(*type)));
    }
    if (op == "remove" && !is_member(core_->db(), group->id, member))
      return error_response(404, "Not a member");
    const auto changed = op == "add" ? add_member(*core_, *group, member, actor)
                                     : remove_member(*core_, *group, member, actor);
    if (!changed) return refusal_response(changed.error());
    return HttpResponse(204);
  });
}

HttpResponse GroupsApi::list_suggestions(const RoutedRequest& request, const Actor&) {
  const auto group = find(request);
  if (!group) return no_such_group();
  const auto member_type = type_name(group->member_type());
  JsonArray results;
  for (const auto& suggestion : directory::list_suggestions(
           core_->db(), group->id, page_parameter(request.target, "skip", 0, largest_skip),
           page_parameter(request.target, "limit", default_page, largest_page))) {
    results.push_back(JsonObject{
        {"object", JsonObject{{"id", suggestion.member},
                              {"type", base::json_text(member_type)}}},
        {"op", suggestion.add ? "add" : "remove"}});
  }
  return json_response(200, results);
}

HttpResponse GroupsApi::apply_suggestions(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto ids = asked_ids(*body);
  if (!ids) return ids.error();
  return core_->transact([&]() -> Decided {
    const auto group = find(request);
    if (!group) return no_such_group();
    const auto applied = directory::apply_suggestions(*core_, *group, *ids, actor);
    return json_response(200, JsonObject{{"suggestions_found", to_json(applied.found)},
                                         {"suggestions_not_found", to_json(applied.not_found)}});
  });
}

}  // namespace directory
