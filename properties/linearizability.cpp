#include "properties/linearizability.h"

#include <algorithm>
#include <set>

namespace properties {
namespace {

class OrderSearch {
 public:
  OrderSearch(const std::vector<Interval>& operations, Sequential& thing, std::uint64_t most)
      : operations_(&operations), thing_(&thing), most_(most), done_(operations.size(), false), by_end_(operations.size()) {
    // Whatever ended first is tried first, and what never ended last: most histories then need no way back.
    for (std::size_t i = 0; i < by_end_.size(); ++i) by_end_[i] = i;
    std::ranges::stable_sort(by_end_, {}, [&](std::size_t i) { return end_of(i); });
  }

  Linearization run() {
    if (go_straight_on()) return std::move(found_);
    const bool found = go_on(0);
    if (!found) found_.verdict = found_.tried > most_ ? Linearization::Verdict::too_large : Linearization::Verdict::impossible;
    return std::move(found_);
  }

 private:
  [[nodiscard]] base::Instant end_of(std::size_t i) const { return (*operations_)[i].returned.value_or(base::Instant::max()); }

  /// In the order in which they ended, as far as that goes, without a way back: enough for most histories.
  bool go_straight_on() {
    Sequential::State state = 0;
    std::size_t first = 0;
    std::vector<bool> done(done_.size(), false);
    while (first < by_end_.size() && (*operations_)[by_end_[first]].returned) {
      bool moved = false;
      for (auto place = first; place < by_end_.size() && !moved; ++place) {
        const auto i = by_end_[place];
        if (done[i] || (*operations_)[i].invoked > end_of(by_end_[first])) continue;
        const auto next = thing_->after(state, i);
        if (next.empty()) continue;
        state = next.front();
        done[i] = true;
        found_.order.push_back(i);
        moved = true;
      }
      if (!moved) {
        found_.order.clear();
        return false;
      }
      while (first < by_end_.size() && done[by_end_[first]]) ++first;
    }
    return true;
  }

  /// Whatever is not done can be next if nothing else that is not done had ended before it began.
  bool go_on(Sequential::State state) {
    auto first_end = base::Instant::max();
    bool all_answered = true;
    for (const auto i : by_end_) {
      if (done_[i]) continue;
      first_end = end_of(i);
      all_answered = !(*operations_)[i].returned;
      break;
    }
    if (all_answered) {
      found_.order = order_;
      return true;
    }
    if (order_.size() > found_.order.size()) found_.order = order_;
    if (!seen_.emplace(done_, state).second || ++found_.tried > most_) return false;
    for (const auto i : by_end_) {
      if (done_[i] || (*operations_)[i].invoked > first_end) continue;
      for (const auto next : thing_->after(state, i)) {
        done_[i] = true;
        order_.push_back(i);
        if (go_on(next)) return true;
        order_.pop_back();
        done_[i] = false;
      }
    }
    return false;
  }

  const std::vector<Interval>* operations_;
  Sequential* thing_;
  std::uint64_t most_;
  std::vector<bool> done_;
  std::vector<std::size_t> by_end_;
  std::vector<std::size_t> order_;
  std::set<std::pair<std::vector<bool>, Sequential::State>> seen_;
  Linearization found_;
};

}  // namespace

Linearization find_order(const std::vector<Interval>& operations, Sequential& thing, std::uint64_t most) {
  return OrderSearch(operations, thing, most).run();
}

}  // namespace properties
