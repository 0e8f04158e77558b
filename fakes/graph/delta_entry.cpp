#include "fakes/graph/delta_entry.h"

#include <algorithm>
#include <vector>

namespace fakes::graph {
namespace {

using entra::ObjectId;

/// One change of a membership.
struct LinkChange {
  const ObjectId* id = nullptr;
  bool removed = false;
};

std::vector<LinkChange> changes_of(const entra::Links& links, bool everything, std::uint64_t since) {
  std::vector<LinkChange> out;
  for (const auto& [id, sequence] : links.present) {
    if (everything || sequence > since) out.push_back({&id, false});
  }
  if (everything) return out;
  for (const auto& [id, sequence] : links.departed) {
    if (sequence > since) out.push_back({&id, true});
  }
  std::ranges::sort(out, {}, [](const LinkChange& change) -> const ObjectId& { return *change.id; });
  return out;
}

base::JsonObject link_json(const entra::Tenant& tenant, const LinkChange& change) {
  const auto* object = tenant.find(*change.id);
  if (object == nullptr) object = tenant.find_deleted(*change.id);
  base::JsonObject out;
  out["@odata.type"] = base::json_text(type_of(object == nullptr ? ObjectKind::user : object->kind()));
  out["id"] = base::json_text(change.id->text());
  if (change.removed) out["@removed"] = base::JsonObject{{"reason", "deleted"}};
  return out;
}

}  // namespace

std::optional<DeltaEntry> entry_of(const DirectoryObject& object, const Tracking& tracking, std::size_t told) {
  const bool everything = tracking.initial || object.created > tracking.since;
  DeltaEntry out;
  auto& json = out.json;
  json["id"] = base::json_text(object.id().text());
  bool changed = everything;
  auto value = object.values().begin();
  const auto end = object.values().end();
  std::vector<const DirectoryObject::Value*> tracked;
  for (const auto* property : tracking.selection.of(object.kind())) {
    while (value != end && value->property < property) ++value;
    // A property that never had a value is left out. [Graph DL8]
    if (value == end || value->property != property || property->name == "id") continue;
    changed = changed || value->changed > tracking.since;
    tracked.push_back(&*value);
  }
  for (const auto* one : tracked) {
    if (tracking.minimal && !everything && one->changed <= tracking.since) continue;
    json[base::json_key(one->property->name)] = one->json;
  }
  const bool is_group = object.kind() == ObjectKind::group;
  if (is_group && (tracking.selection.is_default || tracking.selection.names_one("members"))) {
    const auto links = changes_of(tracking.tenant.members_of(object.id()), everything, tracking.since);
    base::JsonArray members;
    for (std::size_t i = told; i < links.size() && members.size() < tracking.most_members; ++i) members.push_back(link_json(tracking.tenant, links[i]));
    const auto last = told + members.size();
    out.members_left = links.size() > last ? links.size() - last : 0;
    changed = changed || !links.empty();
    if (!members.empty()) json["members@delta"] = std::move(members);
  }
  if (!is_group && tracking.selection.names_one("manager")) {
    const auto manager = tracking.tenant.manager_of(object.id());
    const auto sequence = tracking.tenant.manager_changed(object.id());
    if ((everything && manager) || (!everything && sequence > tracking.since)) {
      changed = true;
      base::JsonArray shown;
      // Assumed: an empty list says that there is none any more.
      if (manager) shown.push_back(link_json(tracking.tenant, {&*manager, false}));
      json["manager@delta"] = std::move(shown);
    }
  }
  if (!changed) return std::nullopt;
  return out;
}

base::JsonObject removed_entry(const ObjectId& id, Removal reason) {
  base::JsonObject out;
  out["id"] = base::json_text(id.text());
  out["@removed"] = base::JsonObject{{"reason", reason == Removal::changed ? "changed" : "deleted"}};
  return out;
}

}  // namespace fakes::graph
