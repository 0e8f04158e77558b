#include "fakes/graph/users.h"

#include <fmt/format.h>

#include "fakes/graph/expansion.h"
#include "fakes/graph/listing.h"
#include "fakes/graph/permissions.h"

namespace fakes::graph {
namespace {

Outcome<const DirectoryObject*> user_of(const Call& call) { return find_object(call, ObjectKind::user, call.keys.front()); }

std::unexpected<GraphError> refused(const Call& call, const entra::TenantError& error, const base::JsonObject& sent = {}) {
  return std::unexpected(of_tenant(error, sent, call.quirks()));
}

/// `0e1b…/$entity` of the set, with the selection.
std::string entity_context(const DirectoryObject& object, const Selection& selection, bool with_type) {
  return fmt::format("{}{}/$entity", with_type ? std::string_view("directoryObjects") : set_of(object.kind()), selection.context_suffix());
}

}  // namespace

Reply one_answer(const Call& call, int status, const DirectoryObject& object, bool with_type) {
  const auto selection = read_selection(call.request.option("select"), object.kind(), Shape::one);
  if (!selection) return std::unexpected(selection.error());
  const auto expansion = read_expansion(call.request, object.kind());
  if (!expansion) return std::unexpected(expansion.error());
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, entity_context(object, *selection, with_type)));
  if (with_type) body["@odata.type"] = base::json_text(type_of(object.kind()));
  if (with_type) body["id"] = base::json_text(object.id().text());
  add_properties(body, object, *selection);
  if (*expansion) add_expansion(body, call, object, **expansion);
  return json_answer(status, body);
}

Reply list_users(const Call& call) { return list(call, rows_of(call, ObjectKind::user)); }
Reply count_users(const Call& call) { return count(call, rows_of(call, ObjectKind::user)); }

Reply create_user(const Call& call) {
  auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto id = call.context.tenant.create(ObjectKind::user, *sent, call.actor());
  if (!id) return refused(call, id.error(), *sent);
  return one_answer(call, 201, *call.context.tenant.find(*id));
}

Reply read_user(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  return one_answer(call, 200, **user);
}

Reply update_user(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  const auto changes = read_object(call.request);
  if (!changes) return std::unexpected(changes.error());
  if (!may_update(call, **user, *changes)) return insufficient_privileges();
  const auto done = call.context.tenant.update((*user)->id(), *changes, call.actor());
  if (!done) return refused(call, done.error(), *changes);
  return no_content();
}

Reply delete_user(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  if (!may_touch(call, (*user)->id())) return insufficient_privileges();
  const auto done = call.context.tenant.remove((*user)->id(), call.actor());
  if (!done) return refused(call, done.error());
  return no_content();
}

Reply revoke_sessions(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  const auto done = call.context.tenant.revoke_sessions((*user)->id(), call.actor());
  if (!done) return refused(call, done.error());
  return call.context.has(Quirk::revocation_answers_204) ? no_content() : true_answer(call.request);
}

Reply change_password(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  // [Graph U30]
  if (call.is_app() || (*user)->id() != call.token.subject) return insufficient_privileges();
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto current = base::string_member(*sent, "currentPassword");
  const auto wanted = base::string_member(*sent, "newPassword");
  if (!current || !wanted) return bad_request("A value is required for property 'currentPassword' and 'newPassword'.");
  const auto* held = call.context.tenant.password_of((*user)->id());
  if (held == nullptr || !(held->password == base::Secret(*current))) return bad_request("The specified password does not match the current password.");
  // [Graph U21]
  if (*current == *wanted) return bad_request("The specified password was used recently. Please provide a different password.");
  const auto done = call.context.tenant.change_password((*user)->id(), base::Secret(*current), base::Secret(*wanted));
  if (!done) return refused(call, done.error(), *sent);
  return no_content();
}

Reply read_manager(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  const auto manager = call.context.reading.manager_of((*user)->id());
  const auto* object = manager ? call.context.reading.find(*manager) : nullptr;
  if (object == nullptr) return no_such_resource("manager");
  return one_answer(call, 200, *object, true);
}

Reply set_manager(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto url = base::string_member(*sent, "@odata.id");
  const auto id = url ? referenced_id(*url) : std::nullopt;
  if (!id) return bad_request("Not a valid reference update.");
  const auto done = call.context.tenant.set_manager((*user)->id(), ObjectId{*id}, call.actor());
  if (!done) return refused(call, done.error(), *sent);
  return no_content();
}

Reply remove_manager(const Call& call) {
  const auto user = user_of(call);
  if (!user) return std::unexpected(user.error());
  if (!call.context.tenant.manager_of((*user)->id())) return no_such_resource("manager");
  const auto done = call.context.tenant.set_manager((*user)->id(), std::nullopt, call.actor());
  if (!done) return refused(call, done.error());
  return no_content();
}

Reply list_direct_reports(const Call& call) {
  const auto manager = user_of(call);
  if (!manager) return std::unexpected(manager.error());
  std::vector<ObjectId> reports;
  for (const auto& [id, user] : call.context.reading.living(ObjectKind::user)) {
    if (call.context.reading.manager_of(id) == (*manager)->id()) reports.push_back(id);
  }
  return list(call, rows_of(call, reports));
}

}  // namespace fakes::graph
