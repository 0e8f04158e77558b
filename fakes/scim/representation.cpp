#include "fakes/scim/representation.h"

#include <fmt/format.h>

#include <deque>
#include <set>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"

namespace fakes::scim {
namespace {

std::string text_of(const Record& record, std::string_view name) {
  return base::string_or(record.attributes, name, "");
}

base::Json membership(const Record& group, bool direct, const base::Uri& base, const Quirks& quirks) {
  base::JsonObject entry{{"value", base::json_text(group.id)},
                         {"$ref", base::json_text(location_of(group, base))},
                         {"display", base::json_text(text_of(group, "displayName"))}};
  if (quirks.has(Quirk::memberships_lead_nowhere))
    entry["$ref"] = base::json_text(location_of(group, base) + "-gone");
  if (quirks.has(Quirk::memberships_without_id))
    entry["value"] = base::json_text(text_of(group, "displayName"));
  entry["type"] =
      base::json_text(direct || quirks.has(Quirk::memberships_all_direct) ? "direct" : "indirect");
  return entry;
}

/// The groups that list the user, then those that list such a group, each once. [RFC7643 4.1.2]
base::JsonArray memberships(const Record& user, const Store& store, const base::Uri& base,
                            const Quirks& quirks) {
  base::JsonArray entries;
  std::set<Store::Serial> seen;
  std::deque<std::pair<std::string, bool>> members{{user.id, true}};
  while (!members.empty()) {
    const auto [id, direct] = members.front();
    members.pop_front();
    for (const auto serial : store.groups_of(id)) {
      if (!seen.insert(serial).second) continue;
      const auto& group = *store.find(serial);
      if (direct || !quirks.has(Quirk::nested_memberships_missing))
        entries.push_back(membership(group, direct, base, quirks));
      members.emplace_back(group.id, false);
    }
  }
  return entries;
}

/// Members with their addresses and types; of the stored ones only `value` is kept. [RFC7643 4.2]
void describe_members(base::JsonArray& members, const Store& store, const base::Uri& base,
                      const Quirks& quirks) {
  for (auto& member : members) {
    const auto id = base::string_member(member, "value");
    const auto* record = id ? store.find(nullptr, *id) : nullptr;
    if (record == nullptr) continue;
    auto reference = location_of(*record, base);
    if (quirks.has(Quirk::references_lead_nowhere)) reference += "-gone";
    if (quirks.has(Quirk::references_are_ids)) reference = "id " + record->id;
    member.get_object()["$ref"] = base::json_text(reference);
    member.get_object()["type"] = base::json_text(record->type->name);
  }
}

/// [RFC7643 4.3]
void describe_manager(base::JsonObject& whole, const Store& store, const base::Uri& base) {
  auto* extension = whole.if_contains(base::json_key(enterprise_schema().id));
  auto* manager = extension != nullptr && extension->is_object()
                      ? extension->get_object().if_contains("manager")
                      : nullptr;
  const auto id = manager == nullptr ? std::nullopt : base::string_member(*manager, "value");
  const auto* record = id ? store.find(&user_type(), *id) : nullptr;
  if (record == nullptr) return;
  manager->get_object()["$ref"] = base::json_text(location_of(*record, base));
  const auto name = text_of(*record, "displayName");
  if (!name.empty() && !manager->get_object().contains("displayName"))
    manager->get_object()["displayName"] = base::json_text(name);
}

base::JsonObject meta_of(const Record& record, const base::Uri& base) {
  return {{"resourceType", base::json_text(record.called.empty() ? record.type->name : record.called)},
          {"created", base::json_text(base::to_rfc3339(record.created))},
          {"lastModified", base::json_text(base::to_rfc3339(record.modified))},
          {"location", base::json_text(location_of(record, base))}};
}

/// A digest of all that is shown: it moves with every change, also one of a group that shows in a user.
std::string digest_of(const base::JsonObject& whole, const Quirks& quirks) {
  if (quirks.has(Quirk::tag_never_changes)) return "W/\"1\"";
  const auto digest = base::to_hex(base::sha256(base::to_text(whole))).substr(0, 16);
  return quirks.has(Quirk::weak_tag_in_lower_case) ? fmt::format("w/\"{}\"", digest)
                                                   : fmt::format("W/\"{}\"", digest);
}

}  // namespace

base::JsonObject whole_resource(const Record& record, const Store& store, const base::Uri& base,
                                const Quirks& quirks) {
  base::JsonObject whole;
  whole["schemas"] = base::JsonArray{};
  whole["id"] = base::json_text(record.id);
  for (const auto& [name, value] : record.attributes) whole[name] = value;
  if (record.type == &user_type()) {
    auto groups = memberships(record, store, base, quirks);
    if (!groups.empty() && !quirks.has(Quirk::memberships_missing)) whole["groups"] = std::move(groups);
    describe_manager(whole, store, base);
  }
  if (auto* members = whole.if_contains("members"); members != nullptr && members->is_array()) {
    describe_members(members->get_array(), store, base, quirks);
  }
  whole["meta"] = meta_of(record, base);
  auto version = digest_of(whole, quirks);
  whole["meta"].get_object()["version"] = base::json_text(version);
  return whole;
}

base::JsonObject stored_part(const base::JsonObject& whole, const Store& store) {
  auto stored = whole;
  for (const auto* name : {"id", "meta", "groups"}) stored.stable_erase(name);
  if (auto* members = stored.if_contains("members"); members != nullptr && members->is_array()) {
    for (auto& member : members->get_array()) {
      if (const auto value = base::string_member(member, "value"))
        member = base::JsonObject{{"value", base::json_text(*value)}};
    }
  }
  auto* extension = stored.if_contains(base::json_key(enterprise_schema().id));
  auto* manager = extension != nullptr && extension->is_object()
                      ? extension->get_object().if_contains("manager")
                      : nullptr;
  const auto id = manager == nullptr ? std::nullopt : base::string_member(*manager, "value");
  const auto* record = id ? store.find(&user_type(), *id) : nullptr;
  if (record == nullptr) return stored;
  auto& members = manager->get_object();
  members.stable_erase("$ref");
  if (base::string_or(*manager, "displayName", "") == text_of(*record, "displayName"))
    members.stable_erase("displayName");
  return stored;
}

std::string location_of(const Record& record, const base::Uri& base) {
  return base.text() + record.type->endpoint + "/" + record.id;
}

std::string tag_of(const base::JsonObject& whole) {
  const auto* meta = base::member(whole, "meta");
  return meta == nullptr ? "" : base::string_or(*meta, "version", "");
}

}  // namespace fakes::scim
