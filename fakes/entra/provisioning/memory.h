// What the service keeps between cycles: which resource of the target is which object, and what was last done to each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

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
  [[nodiscard]] const std::map<ObjectId, Link>& links() const { return links_; }
  /// Whose resource this is; null where it is nobody's.
  [[nodiscard]] const ObjectId* owner_of(ObjectKind kind, const std::string& anchor) const {
    const auto found = owners_.find({kind, anchor});
    return found == owners_.end() ? nullptr : &found->second;
  }
  Link& link(ObjectKind kind, const ObjectId& id, std::string anchor) {
    unlink(id);
    owners_.insert_or_assign({kind, anchor}, id);
    return links_.insert_or_assign(id, Link{kind, std::move(anchor), false, {}}).first->second;
  }
  void unlink(const ObjectId& id) {
    if (const auto* held = find(id)) owners_.erase({held->kind, held->anchor});
    links_.erase(id);
  }
  void unlink_all() {
    links_.clear();
    owners_.clear();
  }

  std::map<ObjectId, Evaluation> evaluated;
  Escrows escrows;
  std::set<ObjectId> staged;       ///< deletions that were withheld [Entra provisioning-clients 2.15-04]
  std::set<ObjectId> unconfirmed;  ///< users whose manager the target did not show [Entra provisioning-clients 2.7-12]
  std::set<ObjectId> healthy;      ///< whose last evaluation was no failure

 private:
  std::map<ObjectId, Link> links_;
  std::map<std::pair<ObjectKind, std::string>, ObjectId> owners_;
};

}  // namespace fakes::entra::provisioning
