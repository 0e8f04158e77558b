#include "fakes/entra/provisioning/memory.h"

#include <utility>

namespace fakes::entra::provisioning {

std::map<ObjectId, Link> Memory::links() const {
  std::map<ObjectId, Link> linked;
  for (const auto& [id, known] : known_) {  // tidy-allow: unordered-iteration: into a sorted map
    if (known.link) linked.emplace(id, *known.link);
  }
  return linked;
}

Link& Memory::link(ObjectKind kind, const ObjectId& id, std::string anchor) {
  unlink(id);
  auto& [key, known] = *known_.try_emplace(id).first;
  auto& link = known.link.emplace(Link{.kind = kind, .anchor = std::move(anchor)});
  auto& owned = owners(kind);
  if (const auto [at, is_new] = owned.emplace(link.anchor, &key); !is_new) {
    // A target may give two objects one anchor. Erased, so that the text is the new owner's.
    owned.erase(at);
    owned.emplace(link.anchor, &key);
  }
  return link;
}

void Memory::unlink(const ObjectId& id) {
  auto* known = known_of(id);
  if (known == nullptr || !known->link) return;
  auto& owned = owners(known->link->kind);
  const auto at = owned.find(known->link->anchor);
  if (at != owned.end() && *at->second == id) owned.erase(at);
  known->link.reset();
}

void Memory::note_success(const ObjectId& id, std::optional<Evaluation> evaluation) {
  auto& known = known_[id];
  if (!std::exchange(known.healthy, true)) ++healthy_;
  if (!evaluation) known.references_done = 0;
  known.evaluation = evaluation;
}

void Memory::note_failure(const ObjectId& id, std::optional<bool> in_scope) {
  auto& known = known_[id];
  if (std::exchange(known.healthy, false)) --healthy_;
  if (!in_scope) return;
  if (!known.evaluation) known.evaluation = Evaluation{};
  known.evaluation->in_scope = *in_scope;
}

void Memory::forget_outcomes() {
  escrows.clear();
  for (auto& [id, known] : known_) known.healthy = false;  // tidy-allow: unordered-iteration: alike for each
  healthy_ = 0;
}

void Memory::forget_objects() {
  owners_of_users_.clear();
  owners_of_groups_.clear();
  for (auto& [id, known] : known_) {  // tidy-allow: unordered-iteration: alike for each
    known = {.link = std::nullopt, .evaluation = std::nullopt, .references_done = 0, .healthy = known.healthy};
  }
  staged.clear();
  unconfirmed.clear();
}

}  // namespace fakes::entra::provisioning
