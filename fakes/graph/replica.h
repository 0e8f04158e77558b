// A copy of the tenant that takes over each change some time after it was made. What reads it sees an object as it was
// before, or not at all. [Graph C1] [Graph C5]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/rng.h"
#include "fakes/graph/options.h"
#include "fakes/graph/reading.h"

namespace fakes::graph {

class Replica final : public Reading {
 public:
  /// `tenant` outlives it. What the tenant holds by now is there at once.
  Replica(const entra::Tenant& tenant, base::Rng rng, Lag lag);

  /// Notes what changed in the tenant and takes over what is due. Called after each change, so that each is noted by itself.
  void catch_up();

  [[nodiscard]] const Objects& living(ObjectKind kind) const override { return shelf(kind).living; }
  [[nodiscard]] const Objects& deleted(ObjectKind kind) const override { return shelf(kind).deleted; }
  [[nodiscard]] const entra::PropertyIndex& index(ObjectKind kind) const override { return shelf(kind).index; }
  [[nodiscard]] const entra::Links& members_of(const ObjectId& group) const override { return links_of(members_, group); }
  [[nodiscard]] const entra::Links& owners_of(const ObjectId& group) const override { return links_of(owners_, group); }
  [[nodiscard]] std::vector<ObjectId> groups_of(const ObjectId& member) const override;
  [[nodiscard]] std::optional<ObjectId> manager_of(const ObjectId& user) const override;
  [[nodiscard]] std::uint64_t horizon() const override;

 private:
  struct Shelf {
    Objects living{};
    Objects deleted{};
    entra::PropertyIndex index{};
  };
  /// An object as it was after a change; without one it was gone.
  struct Snapshot {
    std::uint64_t sequence = 0;
    ObjectKind kind = ObjectKind::user;
    ObjectId id{};
    std::optional<DirectoryObject> object{};
    entra::Links members{};
    entra::Links owners{};
    std::optional<ObjectId> manager{};
  };
  using LinksByGroup = std::map<ObjectId, entra::Links>;

  [[nodiscard]] Shelf& shelf(ObjectKind kind) { return kind == ObjectKind::user ? users_ : groups_; }
  [[nodiscard]] const Shelf& shelf(ObjectKind kind) const { return kind == ObjectKind::user ? users_ : groups_; }
  static const entra::Links& links_of(const LinksByGroup& links, const ObjectId& group);
  [[nodiscard]] Snapshot snapshot(std::uint64_t sequence, const entra::ChangeFeed::Entry& change) const;
  void take(Snapshot snapshot);

  const entra::Tenant* tenant_;
  base::Rng rng_;
  Lag lag_;
  Shelf users_{};
  Shelf groups_{};
  LinksByGroup members_{};
  LinksByGroup owners_{};
  std::map<ObjectId, std::set<ObjectId>> member_of_{};
  std::map<ObjectId, ObjectId> managers_{};
  std::map<ObjectId, std::uint64_t> taken_{};  ///< sequence of what was taken over last
  std::multimap<base::Instant, Snapshot> pending_{};
  std::multiset<std::uint64_t> pending_sequences_{};
  std::uint64_t noted_ = 0;
};

}  // namespace fakes::graph
