// The pending timers, ordered by (instant, order). A binary heap whose root may be a hole: a timer that fires
// is mostly replaced by the next one of the same task, and filling the hole costs one walk instead of two.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/work.h"

namespace base {

struct TimerEntry {
  Instant at{};
  std::uint64_t order = 0;
  Ticket ticket;

  friend bool operator<(const TimerEntry& left, const TimerEntry& right) {
    return left.at != right.at ? left.at < right.at : left.order < right.order;
  }
};

class TimerHeap {
 public:
  [[nodiscard]] bool empty() const { return entries_.size() == (hole_ ? 1U : 0U); }
  [[nodiscard]] std::size_t size() const { return entries_.size() - (hole_ ? 1U : 0U); }

  void push(const TimerEntry& entry) {
    if (hole_) {
      hole_ = false;
      sift_down(entry);
      return;
    }
    entries_.push_back(entry);
    std::size_t at = entries_.size() - 1;
    while (at > 0) {
      const std::size_t parent = (at - 1) / 2;
      if (!(entry < entries_[parent])) break;
      entries_[at] = entries_[parent];
      at = parent;
    }
    entries_[at] = entry;
  }

  /// The earliest entry; the heap must not be empty.
  [[nodiscard]] const TimerEntry& top() {
    if (hole_) close_hole();
    return entries_.front();
  }

  void pop() {
    if (hole_) close_hole();
    hole_ = true;
  }

  /// Keeps the entries for which `keep` says true.
  template <class Keep>
  void retain(Keep keep) {
    if (hole_) close_hole();
    std::vector<TimerEntry> kept;
    for (const auto& entry : entries_) {
      if (keep(entry)) kept.push_back(entry);
    }
    entries_.clear();
    for (const auto& entry : kept) push(entry);
  }

 private:
  void close_hole() {
    hole_ = false;
    const auto last = entries_.back();
    entries_.pop_back();
    if (!entries_.empty()) sift_down(last);
  }

  void sift_down(const TimerEntry& entry) {
    const std::size_t size = entries_.size();
    std::size_t at = 0;
    for (;;) {
      std::size_t child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && entries_[child + 1] < entries_[child]) ++child;
      if (!(entries_[child] < entry)) break;
      entries_[at] = entries_[child];
      at = child;
    }
    entries_[at] = entry;
  }

  std::vector<TimerEntry> entries_;
  bool hole_ = false;
};

}  // namespace base
