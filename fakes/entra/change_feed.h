// The order in which objects changed last. Each object stands in it once, at the sequence of its last change; a
// watermark or delta token is a sequence, and what comes after it is what its holder has not seen.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "fakes/entra/directory_object.h"

namespace fakes::entra {

class ChangeFeed {
 public:
  struct Entry {
    ObjectId id;
    ObjectKind kind = ObjectKind::user;
    bool gone = false;  ///< for good; deleted items are objects still
  };

  /// A sequence that no change has had; the first is 1.
  std::uint64_t next() { return ++last_; }
  [[nodiscard]] std::uint64_t last() const { return last_; }

  /// Moves the object from the place of its change `before` (0: none) to that of `now`.
  void move(const DirectoryObject& object, std::uint64_t before, std::uint64_t now) { put(object, before, now, false); }
  /// The same for one that is gone for good.
  void bury(const DirectoryObject& object, std::uint64_t before, std::uint64_t now) { put(object, before, now, true); }
  /// Called when something has changed: by one at most, who need not outlive it once an empty function is set.
  void on_change(std::function<void()> listener) { listener_ = std::move(listener); }
  /// Changes after a sequence: `after(watermark)` up to `end()`.
  [[nodiscard]] auto after(std::uint64_t sequence) const { return entries_.upper_bound(sequence); }
  [[nodiscard]] auto end() const { return entries_.end(); }

 private:
  void put(const DirectoryObject& object, std::uint64_t before, std::uint64_t now, bool gone) {
    entries_.erase(before);
    entries_[now] = Entry{object.id(), object.kind(), gone};
    if (listener_) listener_();
  }

  std::map<std::uint64_t, Entry> entries_;
  std::uint64_t last_ = 0;
  std::function<void()> listener_;
};

}  // namespace fakes::entra
