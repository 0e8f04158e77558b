#include "fakes/graph/deleted_items.h"

#include "fakes/graph/listing.h"
#include "fakes/graph/permissions.h"
#include "fakes/graph/users.h"

namespace fakes::graph {
namespace {

Reply list_deleted(const Call& call, ObjectKind kind) {
  return list(call, {kind, &call.context.reading.deleted(kind), {}, nullptr, std::string(set_of(kind))});
}

Outcome<const DirectoryObject*> item_of(const Call& call) {
  const auto& id = call.keys.front();
  const auto* item = call.context.reading.find_deleted(ObjectId{id});
  if (item == nullptr) return no_such_resource(id);
  return item;
}

bool may_restore(const Call& call, const DirectoryObject& item) {
  if (item.kind() == ObjectKind::group) return has_one(call.token, "Group.ReadWrite.All Directory.ReadWrite.All Directory.AccessAsUser.All");
  return has_one(call.token, "User.ReadWrite.All User.DeleteRestore.All Directory.AccessAsUser.All") && may_touch(call, item.id());
}

}  // namespace

Reply list_deleted_users(const Call& call) { return list_deleted(call, ObjectKind::user); }
Reply list_deleted_groups(const Call& call) { return list_deleted(call, ObjectKind::group); }

Reply list_deleted_items(const Call&) {
  return refuse(400, "Request_BadRequest", "The type of the deleted items is required: /directory/deletedItems/microsoft.graph.user.");
}

Reply read_deleted_item(const Call& call) {
  const auto item = item_of(call);
  if (!item) return std::unexpected(item.error());
  return one_answer(call, 200, **item, true);
}

Reply restore_deleted_item(const Call& call) {
  const auto item = item_of(call);
  if (!item) return std::unexpected(item.error());
  if (!may_restore(call, **item)) return insufficient_privileges();
  const auto sent = read_object(call.request, true);
  if (!sent) return std::unexpected(sent.error());
  const ObjectId id = (*item)->id();
  const base::Json body(*sent);
  // [Graph U45]
  const entra::RestoreOptions how{base::string_or(body, "newUserPrincipalName", ""), base::bool_member(body, "autoReconcileProxyConflict").value_or(false)};
  const auto done = call.context.tenant.restore(id, how, call.actor());
  if (!done) {
    // [Graph E12]
    if (done.error().refusal == entra::Refusal::taken)
      return bad_request("A conflicting object with one or more of the specified property values is present in the directory.");
    return std::unexpected(of_tenant(done.error(), *sent, call.quirks()));
  }
  return one_answer(call, 200, *call.context.tenant.find(id), true);
}

Reply remove_deleted_item(const Call& call) {
  const auto item = item_of(call);
  if (!item) return std::unexpected(item.error());
  if (!may_restore(call, **item)) return insufficient_privileges();
  // [Graph U48]
  if (call.context.has(Quirk::app_cannot_purge_users) && call.is_app() && (*item)->kind() == ObjectKind::user) return insufficient_privileges();
  const auto done = call.context.tenant.remove_for_good((*item)->id(), call.actor());
  if (!done) return std::unexpected(of_tenant(done.error(), {}, call.quirks()));
  return no_content();
}

}  // namespace fakes::graph
