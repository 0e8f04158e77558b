// What the service keeps between cycles: which resource of the target is which object, and what was last done to each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fakes/entra/directory_object.h"
#include "fakes/entra/provisioning/escrow.h"

namespace fakes::entra::provisioning {

/// One object with its resource in the target.
struct Link {
  ObjectKind kind = ObjectKind::user;
  std::string anchor;     ///< the resource's id [Entra provisioning-clients 2.3-04]
  bool disabled = false;  ///< what was sent last
  /// Anchors of members that were sent, by object. The target's own list is never read.
  /// [Entra provisioning-clients 2.5-07]
  std::map<ObjectId, std::string> members{};
};

class Memory {
 public:
  /// An evaluation that is over.
  struct Evaluation {
    std::uint64_t sequence = 0;
    bool soft_deleted = false;
    bool in_scope = false;
  };

  [[nodiscard]] Link* find(const ObjectId& id) {
    auto* known = known_of(id);
    return known != nullptr && known->link ? &*known->link : nullptr;
  }
  [[nodiscard]] std::map<ObjectId, Link> links() const;
  [[nodiscard]] std::size_t count(ObjectKind kind) const { return owners(kind).size(); }
  /// Whose resource this is; null where it is nobody's.
  [[nodiscard]] const ObjectId* owner_of(ObjectKind kind, std::string_view anchor) const {
    const auto found = owners(kind).find(anchor);
    return found == owners(kind).end() ? nullptr : found->second;
  }
  Link& link(ObjectKind kind, const ObjectId& id, std::string anchor);
  void unlink(const ObjectId& id);

  /// The last one; null where there was none.
  [[nodiscard]] const Evaluation* evaluation_of(const ObjectId& id) const {
    const auto* known = known_of(id);
    return known != nullptr && known->evaluation ? &*known->evaluation : nullptr;
  }
  /// `evaluation`: none for one who is gone, of whom nothing needs to be known any more.
  void note_success(const ObjectId& id, std::optional<Evaluation> evaluation);
  /// The scope counts even of what failed: it decides on what is told of the end.
  void note_failure(const ObjectId& id, std::optional<bool> in_scope);
  /// Objects whose last evaluation was no failure, those that are gone among them.
  [[nodiscard]] std::size_t healthy() const { return healthy_; }

  /// The sequence of the tenant up to which references of the object were exported; 0: never.
  [[nodiscard]] std::uint64_t references_done(const ObjectId& id) const {
    const auto* known = known_of(id);
    return known == nullptr ? 0 : known->references_done;
  }
  void note_references_done(const ObjectId& id, std::uint64_t sequence) { known_[id].references_done = sequence; }

  /// Who failed and who did not.
  void forget_outcomes();
  /// Everything else.
  void forget_objects();

  Escrows escrows;
  std::set<ObjectId> staged;       ///< deletions that were withheld [Entra provisioning-clients 2.15-04]
  std::set<ObjectId> unconfirmed;  ///< users whose manager the target did not show [Entra provisioning-clients 2.7-12]

 private:
  struct Known {
    std::optional<Link> link{};
    std::optional<Evaluation> evaluation{};
    std::uint64_t references_done = 0;
    bool healthy = false;
  };
  /// By anchor; texts and ids are those of the links, which stay where they are.
  using Owners = std::unordered_map<std::string_view, const ObjectId*>;

  [[nodiscard]] const Known* known_of(const ObjectId& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Known* known_of(const ObjectId& id) {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Owners& owners(ObjectKind kind) { return kind == ObjectKind::user ? owners_of_users_ : owners_of_groups_; }
  [[nodiscard]] const Owners& owners(ObjectKind kind) const { return kind == ObjectKind::user ? owners_of_users_ : owners_of_groups_; }

  std::unordered_map<ObjectId, Known> known_;
  std::size_t healthy_ = 0;
  Owners owners_of_users_;
  Owners owners_of_groups_;
};

}  // namespace fakes::entra::provisioning
