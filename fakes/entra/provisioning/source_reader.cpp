#include "fakes/entra/provisioning/source_reader.h"

#include <algorithm>
#include <map>

namespace fakes::entra::provisioning {

std::optional<SourceObject> SourceReader::read(const ObjectId& id) const {
  const auto* object = tenant_->find(id);
  if (object == nullptr) object = tenant_->find_deleted(id);
  if (object == nullptr) return std::nullopt;
  SourceObject source{.object = *object};
  source.assigned = is_assigned(id);
  source.roles = roles_of(id);
  if (const auto before = memory_->evaluated.find(id); before != memory_->evaluated.end()) {
    source.seen = before->second.sequence;
    source.was_soft_deleted = before->second.soft_deleted;
  }
  const bool everybody = scope_.value_or(settings_->scope) == Scope::all || settings_->defects.contains(Defect::provisions_unassigned);
  const bool chosen = everybody || source.assigned;
  source.in_scope = chosen && passes(settings_->mapping(source.kind()).filters, source);
  return source;
}

bool SourceReader::is_assigned(const ObjectId& id) const {
  const auto* own = app();
  if (own == nullptr) return false;
  if (own->is_assigned(id)) return true;
  // Direct members only. [Graph X9]
  return std::ranges::any_of(tenant_->groups_of(id), [&](const ObjectId& group) { return own->is_assigned(group) && tenant_->find(group) != nullptr; });
}

std::vector<AppRole> SourceReader::roles_of(const ObjectId& id) const {
  std::vector<AppRole> roles;
  const auto* own = app();
  if (own == nullptr) return roles;
  const auto add = [&](const ObjectId& principal) {
    const auto assignment = own->assignments.find(principal);
    if (assignment == own->assignments.end()) return;
    const auto role = std::ranges::find(own->roles, assignment->second.role_id, &AppRole::id);
    if (role != own->roles.end()) roles.push_back(*role);
  };
  add(id);
  for (const auto& group : tenant_->groups_of(id)) add(group);
  return roles;
}

std::set<ObjectId> SourceReader::members_touched(const ObjectId& group, std::uint64_t watermark) const {
  std::set<ObjectId> touched;
  const auto* own = app();
  if (own == nullptr) return touched;
  const auto assigned = tenant_->assignment_changed(*own, group);
  if (!own->is_assigned(group) && assigned == 0) return touched;
  const auto* object = tenant_->find(group);
  const bool all = assigned > watermark || object == nullptr || object->created > watermark;
  const auto& members = tenant_->members_of(group);
  for (const auto& [id, since] : members.present) {
    if (all || since > watermark) touched.insert(id);
  }
  for (const auto& [id, since] : members.departed) {
    if (since > watermark) touched.insert(id);
  }
  return touched;
}

ChangedObjects SourceReader::changed_after(std::uint64_t watermark) const {
  std::map<ObjectId, std::uint64_t> latest;
  ChangedObjects changed;
  const auto note = [&](const ObjectId& id, std::uint64_t sequence) { latest[id] = std::max(latest[id], sequence); };
  const auto note_members = [&](const ObjectId& group, std::uint64_t sequence) {
    for (const auto& member : members_touched(group, watermark)) note(member, sequence);
  };
  const auto& feed = tenant_->changes();
  for (auto at = feed.after(watermark); at != feed.end(); ++at) {
    if (at->second.gone) {
      changed.gone.push_back(at->second.id);
      continue;
    }
    note(at->second.id, at->first);
    if (at->second.kind == ObjectKind::group) note_members(at->second.id, at->first);
  }
  if (const auto* own = app()) {
    for (const auto& [sequence, id] : tenant_->assignments_changed_after(*own, watermark)) {
      note(id, sequence);
      note_members(id, sequence);
    }
  }
  std::map<std::pair<std::uint64_t, ObjectId>, ObjectKind> ordered;
  for (const auto& [id, sequence] : latest) {
    const auto* object = tenant_->find(id);
    if (object == nullptr) object = tenant_->find_deleted(id);
    if (object != nullptr) ordered.emplace(std::pair{sequence, id}, object->kind());
  }
  for (const auto& [key, kind] : ordered) (kind == ObjectKind::user ? changed.users : changed.groups).push_back(key.second);
  return changed;
}

}  // namespace fakes::entra::provisioning
