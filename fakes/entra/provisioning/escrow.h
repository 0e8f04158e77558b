// Objects that failed, and when each is tried again. [Entra provisioning-clients 2.13-01]
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra::provisioning {

enum class FailureKind : std::uint8_t { object, reference };

class Escrows {
 public:
  struct Entry {
    base::Instant began{};
    base::Instant next_attempt{};
    int attempts = 0;  ///< failures that count; those that the next cycle retries do not
  };

  /// Notes a failure: tried again 6, 12 and 24 hours later, then daily, and dropped after 28 days; transient ones in the next
  /// cycle. Gives the sentence of the log about it. [Entra provisioning-clients 2.13-02] [Entra provisioning-clients 2.13-03]
  std::string fail(const ObjectId& id, FailureKind kind, bool transient, base::Instant now);
  void succeed(const ObjectId& id, FailureKind kind) { of(kind).erase(id); }
  void clear() {
    objects_.clear();
    references_.clear();
  }

  /// Each once, in their order.
  [[nodiscard]] std::vector<ObjectId> due(base::Instant now) const;
  [[nodiscard]] bool contains(const ObjectId& id, FailureKind kind) const { return of(kind).contains(id); }
  [[nodiscard]] std::size_t size() const { return objects_.size() + references_.size(); }
  /// Of users and groups alone, or of references alone.
  [[nodiscard]] std::size_t count(FailureKind kind) const { return of(kind).size(); }

 private:
  using Entries = std::map<ObjectId, Entry>;
  [[nodiscard]] Entries& of(FailureKind kind) { return kind == FailureKind::object ? objects_ : references_; }
  [[nodiscard]] const Entries& of(FailureKind kind) const { return kind == FailureKind::object ? objects_ : references_; }

  Entries objects_;
  Entries references_;
};

}  // namespace fakes::entra::provisioning
