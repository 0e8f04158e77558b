#include "fakes/graph/groups.h"

#include <algorithm>
#include <array>

#include "fakes/graph/listing.h"
#include "fakes/graph/members.h"
#include "fakes/graph/permissions.h"
#include "fakes/graph/users.h"

namespace fakes::graph {
namespace {

Outcome<const DirectoryObject*> group_of(const Call& call) { return find_object(call, ObjectKind::group, call.keys.front()); }

bool sets_properties(const base::JsonObject& sent) {
  return std::ranges::any_of(sent, [](const auto& entry) { return !std::string_view(entry.key().data(), entry.key().size()).contains("@odata."); });
}

}  // namespace

Reply list_groups(const Call& call) { return list(call, rows_of(call, ObjectKind::group)); }
Reply count_groups(const Call& call) { return count(call, rows_of(call, ObjectKind::group)); }

Reply create_group(const Call& call) {
  auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto members = bound_ids(*sent, "members@odata.bind");
  if (!members) return std::unexpected(members.error());
  const auto owners = bound_ids(*sent, "owners@odata.bind");
  if (!owners) return std::unexpected(owners.error());
  // [Graph GR6]
  if (members->size() + owners->size() > most_bound) return too_many_bound();
  for (const auto* ids : {&*members, &*owners}) {
    for (const auto& id : *ids) {
      if (const auto possible = check_reference(call, id); !possible) return std::unexpected(possible.error());
    }
  }
  auto& tenant = call.context.tenant;
  // [Graph GR2]
  if (base::member(*sent, "visibility") == nullptr) (*sent)["visibility"] = "Private";
  const auto id = tenant.create(ObjectKind::group, *sent, call.actor());
  if (!id) return std::unexpected(of_tenant(id.error(), *sent, call.quirks()));
  for (const auto& member : *members) (void)tenant.add_member(*id, member, call.actor());
  for (const auto& owner : *owners) (void)tenant.add_owner(*id, owner, call.actor());
  return one_answer(call, 201, *tenant.find(*id));
}

Reply read_group(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  return one_answer(call, 200, **group);
}

Reply update_group(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  const auto changes = read_object(call.request);
  if (!changes) return std::unexpected(changes.error());
  const auto members = bound_ids(*changes, "members@odata.bind");
  if (!members) return std::unexpected(members.error());
  if (members->size() > most_bound) return too_many_bound();
  if (const auto possible = check_members(call, (*group)->id(), *members); !possible) return std::unexpected(possible.error());
  auto& tenant = call.context.tenant;
  if (sets_properties(*changes)) {
    // Who may only write members sets nothing else.
    if (!has_one(call.token, "Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All")) return insufficient_privileges();
    const auto done = tenant.update((*group)->id(), *changes, call.actor());
    if (!done) return std::unexpected(of_tenant(done.error(), *changes, call.quirks()));
  }
  for (const auto& member : *members) {
    const auto done = tenant.add_member((*group)->id(), member, call.actor());
    if (!done) return std::unexpected(of_tenant(done.error(), *changes, call.quirks()));
  }
  return no_content();
}

Reply delete_group(const Call& call) {
  const auto group = group_of(call);
  if (!group) return std::unexpected(group.error());
  const auto done = call.context.tenant.remove((*group)->id(), call.actor());
  if (!done) return std::unexpected(of_tenant(done.error(), {}, call.quirks()));
  return no_content();
}

}  // namespace fakes::graph
