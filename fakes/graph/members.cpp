#include "fakes/graph/members.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fakes/graph/listing.h"
#include "fakes/graph/permissions.h"

namespace fakes::graph {
namespace {

using Change = entra::Outcome<void> (entra::Tenant::*)(const ObjectId&, const ObjectId&, const entra::Actor&);

Outcome<const DirectoryObject*> group_of(const Call& call) { return find_object(call, ObjectKind::group, call.keys.front()); }

/// The user or group that the path is about.
Outcome<const DirectoryObject*> subject_of(const Call& call) {
  const bool is_group = call.request.path.front() == "groups";
  return find_object(call, is_group ? ObjectKind::group : ObjectKind::user, call.keys.front());
}

std::vector<ObjectId> present(const entra::Links& links) {
  std::vector<ObjectId> out;
  out.reserve(links.present.size());
  for (const auto& [id, since] : links.present) out.push_back(id);
  return out;
}

Reply list_related(const Call& call, const std::vector<ObjectId>& ids) {
  const auto rows = rows_of(call, ids);
  const bool hides = std::ranges::any_of(rows.some, [&](const DirectoryObject* object) { return !may_read(call, object->kind()); });
  if (!hides) return list(call, rows);
  // [Graph GR13]
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, rows.name));
  base::JsonArray value;
  for (const auto* object : rows.some) {
    static const auto defaults = read_selection(std::nullopt, std::nullopt, Shape::list);
    value.push_back(listed(*object, may_read(call, object->kind()) ? *defaults : Selection{}, true));
  }
  body["value"] = std::move(value);
  return json_answer(200, body);
}

/// Everything that is reached over `next`, the start left out; sorted.
template <class Next>
std::vector<ObjectId> reached(const ObjectId& start, const Next& next) {
  std::set<ObjectId> seen;
  std::vector<ObjectId> open{start};
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    for (const auto& other : next(id)) {
      if (other != start && seen.insert(other).second) open.push_back(other);
    }
  }
  return {seen.begin(), seen.end()};
}

Reply add_link(const Call& call, Change change) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto url = base::string_member(*sent, "@odata.id");
  const auto id = url ? referenced_id(*url) : std::nullopt;
  if (!id) return bad_request("Not a valid reference update.");
  if (const auto possible = check_reference(call, ObjectId{*id}); !possible) return std::unexpected(possible.error());
  const auto done = (call.context.tenant.*change)((*group)->id(), ObjectId{*id}, call.actor());
  if (!done) return std::unexpected(of_tenant(done.error(), *sent, call.quirks()));
  return no_content();
}

Reply remove_link(const Call& call, Change change) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  const auto done = (call.context.tenant.*change)((*group)->id(), ObjectId{call.keys[1]}, call.actor());
  if (!done) return std::unexpected(of_tenant(done.error(), {}, call.quirks()));
  return no_content();
}

std::vector<ObjectId> all_groups_of(const Call& call, const ObjectId& id) {
  return reached(id, [&](const ObjectId& one) { return call.context.reading.groups_of(one); });
}

Reply ids_answer(const Call& call, const std::vector<ObjectId>& ids) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, "Collection(Edm.String)"));
  base::JsonArray value;
  for (const auto& id : ids) value.push_back(base::json_text(id.text()));
  body["value"] = std::move(value);
  return json_answer(200, body);
}

}  // namespace

Outcome<std::vector<ObjectId>> bound_ids(const base::JsonObject& sent, std::string_view name) {
  std::vector<ObjectId> out;
  const auto* bound = base::member(sent, name);
  if (bound == nullptr) return out;
  if (!bound->is_array()) return bad_request("Not a valid reference update.");
  for (const auto& url : bound->get_array()) {
    const auto id = url.is_string() ? referenced_id(base::as_text(url.get_string())) : std::nullopt;
    if (!id) return bad_request("Not a valid reference update.");
    out.emplace_back(*id);
  }
  return out;
}

std::unexpected<GraphError> too_many_bound() {
  return bad_request(fmt::format("The request contains more relationships than the {} that are allowed at once.", most_bound));
}

Outcome<void> check_reference(const Call& call, const ObjectId& id) {
  if (call.context.reading.find(id) != nullptr) return {};
  if (call.context.tenant.find(id) != nullptr) return bad_request("Not a valid reference update.");
  return no_such_resource(id.text());
}

Outcome<void> check_members(const Call& call, const ObjectId& group, const std::vector<ObjectId>& members) {
  std::set<ObjectId> seen;
  for (const auto& member : members) {
    if (const auto possible = check_reference(call, member); !possible) return possible;
    if (call.context.tenant.members_of(group).contains(member) || !seen.insert(member).second)
      return bad_request("One or more added object references already exist for the following modified properties: 'members'.");
  }
  return {};
}

Reply list_members(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  return list_related(call, present(call.context.reading.members_of((*group)->id())));
}

Reply count_members(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  return count(call, rows_of(call, present(call.context.reading.members_of((*group)->id()))));
}

Reply list_transitive_members(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  return list_related(call, reached((*group)->id(), [&](const ObjectId& one) { return present(call.context.reading.members_of(one)); }));
}

Reply add_member(const Call& call) { return add_link(call, &entra::Tenant::add_member); }
Reply remove_member(const Call& call) { return remove_link(call, &entra::Tenant::remove_member); }
Reply add_owner(const Call& call) { return add_link(call, &entra::Tenant::add_owner); }
Reply remove_owner(const Call& call) { return remove_link(call, &entra::Tenant::remove_owner); }

Reply delete_member_object(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  const ObjectId id{call.keys[1]};
  if (!call.context.reading.members_of((*group)->id()).contains(id)) return no_such_resource(id.text());
  const auto* member = call.context.tenant.find(id);
  const bool is_user = member != nullptr && member->kind() == ObjectKind::user;
  const bool permitted = has_one(call.token, is_user ? "User.ReadWrite.All" : "Group.ReadWrite.All Directory.ReadWrite.All");
  if (!permitted || !may_touch(call, id)) return insufficient_privileges();
  const auto done = call.context.tenant.remove(id, call.actor());
  if (!done) return std::unexpected(of_tenant(done.error(), {}, call.quirks()));
  return no_content();
}

Reply list_owners(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  return list_related(call, present(call.context.reading.owners_of((*group)->id())));
}

Reply list_member_of(const Call& call) {
  const auto object = subject_of(call);
  if (!object) return std::unexpected(object.error());
  return list_related(call, call.context.reading.groups_of((*object)->id()));
}

Reply list_transitive_member_of(const Call& call) {
  const auto object = subject_of(call);
  if (!object) return std::unexpected(object.error());
  return list_related(call, all_groups_of(call, (*object)->id()));
}

Reply get_member_groups(const Call& call) {
  const auto object = subject_of(call);
  if (!object) return std::unexpected(object.error());
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const bool only_security = base::bool_member(*sent, "securityEnabledOnly").value_or(false);
  auto ids = all_groups_of(call, (*object)->id());
  std::erase_if(ids, [&](const ObjectId& id) {
    const auto* group = call.context.reading.find(id);
    return group == nullptr || (only_security && !group->flag("securityEnabled", false));
  });
  return ids_answer(call, ids);
}

Reply check_member_groups(const Call& call) {
  const auto object = subject_of(call);
  if (!object) return std::unexpected(object.error());
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto* asked = base::member(*sent, "groupIds");
  if (asked == nullptr || !asked->is_array() || asked->get_array().size() > most_bound) return bad_request("Invalid value specified for property 'groupIds'.");
  const auto all = all_groups_of(call, (*object)->id());
  std::vector<ObjectId> in;
  for (const auto& id : asked->get_array()) {
    if (id.is_string() && std::ranges::binary_search(all, ObjectId{std::string(base::as_text(id.get_string()))}))
      in.emplace_back(std::string(base::as_text(id.get_string())));
  }
  return ids_answer(call, in);
}

}  // namespace fakes::graph
