// Links from one object to others: members and owners of a group. What was taken away stays known with the sequence of
// its end, since delta queries tell it.
#pragma once

#include <cstdint>
#include <map>

#include "fakes/entra/directory_object.h"

namespace fakes::entra {

struct Links {
  std::map<ObjectId, std::uint64_t> present;   ///< with the sequence since when
  std::map<ObjectId, std::uint64_t> departed;  ///< with the sequence of the end

  [[nodiscard]] bool contains(const ObjectId& id) const { return present.contains(id); }
  /// False where it is there already.
  bool add(const ObjectId& id, std::uint64_t sequence) {
    departed.erase(id);
    return present.emplace(id, sequence).second;
  }
  /// False where it is not there.
  bool remove(const ObjectId& id, std::uint64_t sequence) {
    if (present.erase(id) == 0) return false;
    departed[id] = sequence;
    return true;
  }
};

}  // namespace fakes::entra
