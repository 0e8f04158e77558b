#include "directory/admin_api/associations_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "directory/admin_api/graph_json.h"
#include "directory/admin_api/guarded.h"
#include "directory/admin_api/paging.h"
#include "directory/associations/association_changes.h"
#include "directory/cloud_sync/tenant_json.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// What an address may begin at.
constexpr std::array starts{GraphType::user, GraphType::user_group, GraphType::system,
                            GraphType::system_group, GraphType::policy, GraphType::office_365};

/// Whom a walk from `start` can arrive at, beside the groups that it is a member of (`memberof`).
std::vector<GraphType> destinations_of(GraphType start) {
  switch (start) {
    case GraphType::user:
    case GraphType::user_group:
      return partners_of(start);
    case GraphType::system:
    case GraphType::system_group:
      return {GraphType::user, GraphType::user_group, GraphType::policy};
    case GraphType::policy:
      return {GraphType::system, GraphType::system_group};
    case GraphType::office_365:
      return {GraphType::user, GraphType::user_group};
    default:
      return {};
  }
}

/// The object that an address under /api/v2 begins with.
GraphObject start_of(const RoutedRequest& request) {
  const auto type = parse_collection(request.target.segments().at(2));
  return {type.value_or(GraphType::user), request.wildcards.at(0)};
}

HttpResponse no_such(GraphType type) {
  return error_response(404, fmt::format("there is no such {}", type_name(type)));
}

/// The kinds that `targets` names, once or separated by commas; 400 without one or with one that `start` has
/// no associations with.
std::expected<std::vector<GraphType>, HttpResponse> targets_of(const RoutedRequest& request,
                                                               GraphType start) {
  const auto allowed = partners_of(start);
  std::vector<GraphType> targets;
  for (const auto& [name, value] : request.target.query) {
    if (name != "targets") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      const auto type = parse_graph_type(rest.substr(0, end));
      if (!type || std::ranges::find(allowed, *type) == allowed.end()) {
        return std::unexpected(error_response(
            400,
            fmt::format("'{}' is no target of a {}", rest.substr(0, end).substr(0, 64), type_name(start))));
      }
      if (std::ranges::find(targets, *type) == targets.end()) targets.push_back(*type);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  if (targets.empty()) return std::unexpected(error_response(400, "targets is required"));
  return targets;
}

/// How far a user's account or a group in a tenant is, and what it is there, if these two are the ends. [rule D63]
void add_sync_status(Core& core, const GraphObject& one, const GraphObject& other, JsonObject& result) {
  const auto& tenant = one.type == GraphType::office_365 ? one : other;
  const auto& connected = one.type == GraphType::office_365 ? other : one;
  if (tenant.type != GraphType::office_365) return;
  const auto add = [&](const auto& row) {
    if (!row) return;
    auto status = sync_status(*row);
    if (core.has(Defect::trouble_at_microsoft_is_not_shown)) status["code"] = "synced";
    const bool well = connected.type == GraphType::user && row->error_code.empty();
    if (well && core.has(Defect::good_connections_show_as_pending)) status["code"] = "pending";
    result["syncStatus"] = std::move(status);
    result["externalId"] = row->object_id;
  };
  const CloudDirectoryId directory{tenant.id};
  if (connected.type == GraphType::user) add(find_cloud_account(core.db(), directory, UserId{connected.id}));
  if (connected.type == GraphType::user_group) add(find_cloud_group(core.db(), directory, GroupId{connected.id}));
}

}  // namespace

void AssociationsApi::add_routes(Router& router) {
  for (const auto start : starts) {
    const bool of_devices = start == GraphType::system || start == GraphType::policy;
    const auto change = of_devices ? Permission::manage_devices : Permission::manage_groups;
    const auto object = fmt::format("/api/v2/{}/*", collection_name(start));
    const auto read = guarded(*core_, *this, Permission::read, &AssociationsApi::traverse);
    router.add("GET", object + "/associations",
               guarded(*core_, *this, Permission::read, &AssociationsApi::list_associations));
    router.add("POST", object + "/associations",
               guarded(*core_, *this, change, &AssociationsApi::change_associations));
    for (const auto destination : destinations_of(start)) {
      if (!keeps(destination)) continue;
      router.add("GET", fmt::format("{}/{}", object, collection_name(destination)), read);
    }
    if (start == GraphType::user || start == GraphType::system) router.add("GET", object + "/memberof", read);
    if (start == GraphType::user_group || start == GraphType::system_group) {
      router.add("GET", object + "/membership", read);
    }
  }
}

HttpResponse AssociationsApi::list_associations(const RoutedRequest& request, const Actor&) {
  const auto start = start_of(request);
  if (!find_name(core_->db(), start)) return no_such(start.type);
  const auto targets = targets_of(request, start.type);
  if (!targets) return targets.error();
  auto skip = page_parameter(request.target, "skip", 0, largest_skip);
  auto limit = page_parameter(request.target, "limit", default_page, largest_page);
  JsonArray results;
  for (const auto target : *targets) {
    // Pages run over all targets together; what an earlier target holds is skipped or taken first.
    const auto found = directory::list_associations(core_->db(), start, target, 0, skip + limit);
    for (const auto& association : found) {
      if (skip > 0) {
        --skip;
        continue;
      }
      if (limit == 0) break;
      --limit;
      const auto& other = association.from == start ? association.to : association.from;
      const bool carries = carries_attributes(association.from.type, association.to.type);
      results.push_back(
          to_json(PathStep{other, carries ? std::optional(association.attributes) : std::nullopt}));
    }
  }
  return json_response(200, results);
}

HttpResponse AssociationsApi::change_associations(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto start = start_of(request);
  const auto op = base::string_or(*body, "op", "");
  const auto type = parse_graph_type(base::string_or(*body, "type", ""));
  return core_->transact([&]() -> Decided {
    if (!find_name(core_->db(), start)) return no_such(start.type);
    if (op != "add" && op != "remove" && op != "update") {
      return error_response(400, "op is one of add, remove, update");
    }
    if (!type || !ordered_pair(start.type, *type)) {
      return error_response(
          400, fmt::format("type is a kind that a {} is associated with", type_name(start.type)));
    }
    const GraphObject other{*type, base::string_or(*body, "id", "")};
    if (!find_name(core_->db(), other)) return no_such(other.type);
    if (op == "remove") {
      if (!dissociate(*core_, start, other, actor))
        return error_response(404, "there is no such association");
      return HttpResponse(204);
    }
    const bool forward = ordered_pair(start.type, *type)->first == start.type;
    const auto before = find_association(core_->db(), forward ? start : other, forward ? other : start);
    if (op == "update" && !before) return error_response(404, "there is no such association");
    const auto attributes = read_attributes(*body, before ? before->attributes : AssociationAttributes{});
    if (!attributes) return attributes.error();
    if (auto done = associate(*core_, start, other, *attributes, actor); !done)
      return refusal_response(done.error());
    return HttpResponse(204);  // [rule D60]
  });
}

HttpResponse AssociationsApi::traverse(const RoutedRequest& request, const Actor&) {
  const auto start = start_of(request);
  if (!find_name(core_->db(), start)) return no_such(start.type);
  const auto last = request.target.segments().at(4);
  auto destination = parse_collection(last);
  if (last == "memberof")
    destination = start.type == GraphType::user ? GraphType::user_group : GraphType::system_group;
  if (last == "membership")
    destination = start.type == GraphType::user_group ? GraphType::user : GraphType::system;
  const auto skip = page_parameter(request.target, "skip", 0, largest_skip);
  const auto limit = page_parameter(request.target, "limit", default_page, largest_page);
  JsonArray results;
  for (const auto& reached : reach(core_->db(), start, destination.value_or(start.type), skip, limit)) {
    auto result = to_json(reached);
    add_sync_status(*core_, start, reached.object, result);
    results.push_back(std::move(result));
  }
  return json_response(200, results);
}

}  // namespace directory
