// What the service keeps between cycles: which resource of the target is which object, and what was last done to each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

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
    const auto found = links_.find(id);
    return found == links_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const std::unordered_map<ObjectId, Link>& links() const { return links_; }
  [[nodiscard]] std::size_t count(ObjectKind kind) const { return owners(kind).size(); }
  /// Whose resource this is; null where it is nobody's.
  [[nodiscard]] const ObjectId* owner_of(ObjectKind kind, const std::string& anchor) const {
    const auto found = owners(kind).find(anchor);
    return found == owners(kind).end() ? nullptr : &found->second;
  }
  Link& link(ObjectKind kind, const ObjectId& id, std::string anchor) {
    unlink(id);
    owners(kind).insert_or_assign(anchor, id);
    return links_.insert_or_assign(id, Link{kind, std::move(anchor), false, {}}).first->second;
  }
  void unlink(const ObjectId& id) {
    const auto held = links_.find(id);
    if (held == links_.end()) return;
    owners(held->second.kind).erase(held->second.anchor);
    links_.erase(held);
  }
  void unlink_all() {
    links_.clear();
    owners_of_users_.clear();
    owners_of_groups_.clear();
  }

  std::unordered_map<ObjectId, Evaluation> evaluated;
  Escrows escrows;
  std::set<ObjectId> staged;            ///< deletions that were withheld [Entra provisioning-clients 2.15-04]
  std::set<ObjectId> unconfirmed;       ///< users whose manager the target did not show [Entra provisioning-clients 2.7-12]
  std::unordered_set<ObjectId> healthy;  ///< whose last evaluation was no failure

 private:
  std::unordered_map<ObjectId, Link> links_;
  using Owners = std::unordered_map<std::string, ObjectId>;  ///< by anchor
  [[nodiscard]] Owners& owners(ObjectKind kind) { return kind == ObjectKind::user ? owners_of_users_ : owners_of_groups_; }
  [[nodiscard]] const Owners& owners(ObjectKind kind) const { return kind == ObjectKind::user ? owners_of_users_ : owners_of_groups_; }

  Owners owners_of_users_;
  Owners owners_of_groups_;
};

}  // namespace fakes::entra::provisioning
