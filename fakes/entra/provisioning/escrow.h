// Objects that failed, and when each is tried again. [Entra provisioning-clients 2.13-01]
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
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
  void succeed(const ObjectId& id, FailureKind kind) { entries_.erase({id, kind}); }
  void clear() { entries_.clear(); }

  /// Each once.
  [[nodiscard]] std::vector<ObjectId> due(base::Instant now) const;
  [[nodiscard]] bool contains(const ObjectId& id, FailureKind kind) const { return entries_.contains({id, kind}); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Of users and groups alone, or of references alone.
  [[nodiscard]] std::size_t count(FailureKind kind) const;

 private:
  std::map<std::pair<ObjectId, FailureKind>, Entry> entries_;
};

}  // namespace fakes::entra::provisioning
