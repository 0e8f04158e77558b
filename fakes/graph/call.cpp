#include "fakes/graph/call.h"

#include "base/encoding.h"

namespace fakes::graph {

entra::Actor Call::actor() const {
  if (is_app()) return {entra::Actor::Kind::app, token.subject, token.app_name, token.app_id};
  const auto* user = context.tenant.find(token.subject);
  return {entra::Actor::Kind::user, token.subject, user == nullptr ? std::string() : std::string(user->text("userPrincipalName")), token.app_id};
}

Outcome<const DirectoryObject*> find_object(const Call& call, ObjectKind kind, const std::string& key) {
  const auto& reading = call.context.reading;
  const auto* object = reading.find(kind, ObjectId{key});
  if (object == nullptr) object = reading.find(kind, ObjectId{base::to_lower(key)});
  if (object == nullptr && kind == ObjectKind::user) object = reading.find_user_by_name(key);
  if (object != nullptr) return object;
  // [Graph E27]
  const auto* unseen = call.context.tenant.find(ObjectId{key});
  if (unseen != nullptr && call.context.has(Quirk::delta_ahead_of_writes))
    return refuse(404, "Directory_ObjectNotFound", "Unable to read the company information from the directory.");
  return no_such_resource(key);
}

}  // namespace fakes::graph
