#include "fakes/entra/provisioning/source_reader.h"

#include <algorithm>
#include <utility>

namespace fakes::entra::provisioning {

std::optional<SourceObject> SourceReader::read(const ObjectId& id) const {
  const auto* object = tenant_->find(id);
  if (object == nullptr) object = tenant_->find_deleted(id);
  if (object == nullptr) return std::nullopt;
  SourceObject source{.object = *object};
  add_assignment(source);
  if (const auto* before = memory_->evaluation_of(id)) {
    source.seen = before->sequence;
    source.was_soft_deleted = before->soft_deleted;
  }
  const bool everybody = scope_.value_or(settings_->scope) == Scope::all || settings_->defects.contains(Defect::provisions_unassigned);
  const bool chosen = everybody || source.assigned;
  source.in_scope = chosen && passes(settings_->mapping(source.kind()).filters, source);
  return source;
}

void SourceReader::add_assignment(SourceObject& source) const {
  const auto* own = app();
  if (own == nullptr) return;
  const auto add = [&](const ObjectId& principal) {
    const auto assignment = own->assignments.find(principal);
    if (assignment == own->assignments.end()) return false;
    const auto role = std::ranges::find(own->roles, assignment->second.role_id, &AppRole::id);
    if (role != own->roles.end()) source.roles.push_back(*role);
    return true;
  };
  source.assigned = add(source.id());
  // Direct members only. [Graph X9]
  for (const auto& group : tenant_->groups_of(source.id())) {
    if (add(group) && tenant_->find(group) != nullptr) source.assigned = true;
  }
}

std::set<ObjectId> SourceReader::members_touched(const ObjectId& group, std::uint64_t watermark) const {
  std::set<ObjectId> touched;
  const auto* own = app();
  const auto& members = tenant_->members_of(group);
  if (own == nullptr || (members.present.empty() && members.departed.empty())) return touched;
  const auto assigned = tenant_->assignment_changed(*own, group);
  if (!own->is_assigned(group) && assigned == 0) return touched;
  const auto* object = tenant_->find(group);
  const bool all = assigned > watermark || object == nullptr || object->created > watermark;
  for (const auto& [id, since] : members.present) {
    if (all || since > watermark) touched.insert(id);
  }
  for (const auto& [id, since] : members.departed) {
    if (since > watermark) touched.insert(id);
  }
  return touched;
}

ChangedObjects SourceReader::changed_after(std::uint64_t watermark) const {
  std::vector<std::pair<ObjectId, std::uint64_t>> noted;
  ChangedObjects changed;
  const auto note = [&](const ObjectId& id, std::uint64_t sequence) { noted.emplace_back(id, sequence); };
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
  std::ranges::sort(noted);
  std::vector<std::pair<std::uint64_t, ObjectId>> ordered;
  for (std::size_t i = 0; i < noted.size(); ++i) {
    const bool is_latest = i + 1 == noted.size() || noted[i].first != noted[i + 1].first;
    if (is_latest) ordered.emplace_back(noted[i].second, std::move(noted[i].first));
  }
  std::ranges::sort(ordered);
  for (auto& [sequence, id] : ordered) {
    const auto* object = tenant_->find(id);
    if (object == nullptr) object = tenant_->find_deleted(id);
    if (object != nullptr) (object->kind() == ObjectKind::user ? changed.users : changed.groups).push_back(std::move(id));
  }
  return changed;
}

}  // namespace fakes::entra::provisioning
