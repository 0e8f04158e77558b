#include "fakes/okta/scim_client/group_bodies.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/okta/scim_client/user_bodies.h"

namespace fakes::okta::scim_client {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

JsonArray members_json(const Members& members) {
  JsonArray out;
  for (const auto& member : members) out.push_back(JsonObject{{"value", member.id}, {"display", member.login}});
  return out;
}

JsonObject patch(JsonArray operations) {
  return JsonObject{{"schemas", JsonArray{patch_schema}}, {"Operations", std::move(operations)}};
}

JsonObject rename_operation(std::string_view id, std::string_view name) {
  JsonObject value{{"id", base::json_text(id)}, {"displayName", base::json_text(name)}};
  return JsonObject{{"op", "replace"}, {"value", std::move(value)}};
}

bool has(const Members& members, const std::string& id) { return std::ranges::count(members, id, &Member::id) > 0; }

}  // namespace

MembersChange change_between(const Members& before, const Members& after) {
  MembersChange change;
  for (const auto& member : before) {
    if (!has(after, member.id)) change.removed.push_back(member.id);
  }
  for (const auto& member : after) {
    if (!has(before, member.id)) change.added.push_back(member);
  }
  return change;
}

std::vector<MembersChange> batches_of(const MembersChange& change, std::size_t most) {
  std::vector<MembersChange> batches;
  std::size_t room = 0;
  const auto batch = [&]() -> MembersChange& {
    if (room == 0) {
      batches.emplace_back();
      room = most;
    }
    --room;
    return batches.back();
  };
  for (const auto& id : change.removed) batch().removed.push_back(id);
  for (const auto& member : change.added) batch().added.push_back(member);
  return batches;
}

JsonObject create_group_body(std::string_view name, const Members& members) {
  return JsonObject{{"schemas", JsonArray{group_schema}}, {"displayName", base::json_text(name)}, {"members", members_json(members)}};
}

JsonObject rename_patch(std::string_view id, std::string_view name) { return patch(JsonArray{rename_operation(id, name)}); }

JsonObject members_patch(const MembersChange& change, std::optional<std::string_view> id, std::string_view name) {
  JsonArray operations;
  if (id) operations.push_back(rename_operation(*id, name));
  for (const auto& gone : change.removed) {
    operations.push_back(JsonObject{{"op", "remove"}, {"path", fmt::format(R"(members[value eq "{}"])", gone)}});
  }
  if (!change.added.empty()) {
    operations.push_back(JsonObject{{"op", "add"}, {"path", "members"}, {"value", members_json(change.added)}});
  }
  return patch(std::move(operations));
}

JsonObject members_replacement(const Members& members) {
  return patch(JsonArray{JsonObject{{"op", "replace"}, {"path", "members"}, {"value", members_json(members)}}});
}

JsonObject empty_members_without_path(std::string_view id, std::string_view name) {
  JsonObject value{{"members", JsonArray{}}, {"id", base::json_text(id)}, {"displayName", base::json_text(name)}};
  return patch(JsonArray{JsonObject{{"op", "replace"}, {"value", std::move(value)}}});
}

JsonObject group_replacement(std::string_view id, std::string_view name, const Members& members, const ClientQuirks& quirks) {
  JsonObject body{{"schemas", JsonArray{group_schema}}};
  if (quirks.has(ClientQuirk::group_put_with_id)) body["id"] = base::json_text(id);
  body["displayName"] = base::json_text(name);
  body["members"] = members_json(members);
  return body;
}

}  // namespace fakes::okta::scim_client
