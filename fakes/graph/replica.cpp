#include "fakes/graph/replica.h"

namespace fakes::graph {

Replica::Replica(const entra::Tenant& tenant, base::Rng rng, Lag lag) : tenant_(&tenant), rng_(rng), lag_(lag) {
  for (auto at = tenant.changes().after(0); at != tenant.changes().end(); ++at) take(snapshot(at->first, at->second));
  noted_ = tenant.changes().last();
}

void Replica::catch_up() {
  for (auto at = tenant_->changes().after(noted_); at != tenant_->changes().end(); ++at) {
    auto noted = snapshot(at->first, at->second);
    const auto made = noted.object ? noted.object->changed_at : tenant_->now();
    const auto due = made + rng_.between(lag_.shortest, lag_.longest);
    pending_sequences_.insert(noted.sequence);
    pending_.emplace(due, std::move(noted));
  }
  noted_ = tenant_->changes().last();
  while (!pending_.empty() && pending_.begin()->first <= tenant_->now()) {
    auto due = std::move(pending_.begin()->second);
    pending_.erase(pending_.begin());
    pending_sequences_.erase(pending_sequences_.find(due.sequence));
    take(std::move(due));
  }
}

std::uint64_t Replica::horizon() const { return pending_sequences_.empty() ? noted_ : *pending_sequences_.begin() - 1; }

std::vector<ObjectId> Replica::groups_of(const ObjectId& member) const {
  const auto found = member_of_.find(member);
  if (found == member_of_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::optional<ObjectId> Replica::manager_of(const ObjectId& user) const {
  const auto found = managers_.find(user);
  return found == managers_.end() ? std::nullopt : std::optional(found->second);
}

const entra::Links& Replica::links_of(const LinksByGroup& links, const ObjectId& group) {
  static const entra::Links none;
  const auto found = links.find(group);
  return found == links.end() ? none : found->second;
}

Replica::Snapshot Replica::snapshot(std::uint64_t sequence, const entra::ChangeFeed::Entry& change) const {
  Snapshot out{sequence, change.kind, change.id};
  if (change.gone) return out;
  const auto* object = tenant_->find(change.id);
  if (object == nullptr) object = tenant_->find_deleted(change.id);
  if (object == nullptr) return out;
  out.object = *object;
  if (change.kind == ObjectKind::group) {
    out.members = tenant_->members_of(change.id);
    out.owners = tenant_->owners_of(change.id);
  } else {
    out.manager = tenant_->manager_of(change.id);
  }
  return out;
}

void Replica::take(Snapshot snapshot) {
  auto& last = taken_[snapshot.id];
  // A later change was faster.
  if (last > snapshot.sequence) return;
  last = snapshot.sequence;
  const auto& id = snapshot.id;
  auto& own = shelf(snapshot.kind);
  if (const auto held = own.living.find(id); held != own.living.end()) {
    own.index.remove(held->second);
    own.living.erase(held);
  }
  own.deleted.erase(id);
  if (snapshot.kind == ObjectKind::group) {
    for (const auto& [member, since] : members_[id].present) member_of_[member].erase(id);
    for (const auto& [member, since] : snapshot.members.present) member_of_[member].insert(id);
    members_[id] = std::move(snapshot.members);
    owners_[id] = std::move(snapshot.owners);
  }
  managers_.erase(id);
  if (!snapshot.object) return;
  if (snapshot.manager) managers_.emplace(id, *snapshot.manager);
  const bool is_deleted = snapshot.object->deleted.has_value();
  auto& objects = is_deleted ? own.deleted : own.living;
  const auto& object = objects.insert_or_assign(id, *std::move(snapshot.object)).first->second;
  if (!is_deleted) own.index.add(object);
}

}  // namespace fakes::graph
