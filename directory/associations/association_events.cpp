#include "directory/associations/association_events.h"

namespace directory {
namespace {

std::string op_name(AssociationOp op) {
  switch (op) {
    case AssociationOp::add:
      return "add";
    case AssociationOp::remove:
      return "remove";
    case AssociationOp::update:
      return "update";
  }
  return "";
}

void write(Core& core, std::string type, AssociationOp op, const GraphObject& from, const GraphObject& to,
           const Actor& actor) {
  const auto end = [&](const GraphObject& object) {
    return AssociationEnd{std::string(type_name(object.type)), object.id,
                          find_name(core.db(), object).value_or("")};
  };
  Event event{std::move(type), actor, subject_of(core, from)};
  event.association = AssociationChange{op_name(op), end(from), end(to)};
  core.events.write(core.now(), event);
}

}  // namespace

EventSubject subject_of(Core& core, const GraphObject& object) {
  const auto type = object.type == GraphType::user ? "systemuser" : type_name(object.type);
  return {std::string(type), object.id, find_name(core.db(), object).value_or("")};
}

void write_association_change(Core& core, AssociationOp op, const GraphObject& from, const GraphObject& to,
                              const Actor& actor) {
  write(core, "association_change", op, from, to, actor);
}

void write_sudo_change(Core& core, const GraphObject& from, const GraphObject& to, bool before, bool after,
                       const Actor& actor) {
  if (before == after) return;
  const bool of_group = from.type == GraphType::user_group;
  const auto* granted = of_group ? "user_group_admin_grant" : "user_admin_granted";
  const auto* revoked = of_group ? "user_group_admin_revoke" : "user_admin_revoked";
  write(core, after ? granted : revoked, after ? AssociationOp::add : AssociationOp::remove, from, to, actor);
}

}  // namespace directory
