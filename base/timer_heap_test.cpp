// The heap against a sorted set: with its hole at the root it must be indistinguishable from one. Orders are
// unique, as the scheduler makes them, but come neither in sequence nor apart from instants that tie.
#include "base/timer_heap.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

namespace base {
namespace timer_heap_test {

using Key = std::pair<std::int64_t, std::uint64_t>;

TimerEntry timer(std::int64_t at, std::uint64_t order) {
  return {.at = Instant{Duration{at}},
          .order = order,
          .ticket = {.index = static_cast<std::uint32_t>(order), .generation = 9}};
}

Key key_of(const TimerEntry& entry) {
  return {entry.at.time_since_epoch().count(), entry.order};
}

std::vector<Key> drained(TimerHeap& heap) {
  std::vector<Key> keys;
  for (; !heap.empty(); heap.pop()) keys.push_back(key_of(heap.top()));
  return keys;
}

TEST(TimerHeap, is_empty_at_first) {
  const TimerHeap heap;
  EXPECT_TRUE(heap.empty());
  EXPECT_EQ(heap.size(), 0U);
}

TEST(TimerHeap, orders_by_instant_and_then_by_order) {
  TimerHeap heap;
  for (const auto& entry : {timer(2, 1), timer(1, 4), timer(2, 0), timer(-1, 9), timer(1, 3)})
    heap.push(entry);
  EXPECT_EQ(drained(heap), (std::vector<Key>{{-1, 9}, {1, 3}, {1, 4}, {2, 0}, {2, 1}}));
}

TEST(TimerHeap, gives_the_ticket_back) {
  TimerHeap heap;
  heap.push(timer(2, 7));
  heap.push(timer(1, 5));
  EXPECT_EQ(heap.top().ticket.index, 5U);
  EXPECT_EQ(heap.top().ticket.generation, 9U);
  heap.pop();
  EXPECT_EQ(heap.top().ticket.index, 7U);
}

TEST(TimerHeap, is_empty_when_only_the_hole_is_left) {
  TimerHeap heap;
  heap.push(timer(1, 1));
  heap.pop();
  EXPECT_TRUE(heap.empty());
  EXPECT_EQ(heap.size(), 0U);
  heap.push(timer(5, 2));
  EXPECT_EQ(heap.size(), 1U);
  EXPECT_EQ(key_of(heap.top()), (Key{5, 2}));
}

TEST(TimerHeap, looking_at_the_top_twice_takes_nothing_away) {
  TimerHeap heap;
  for (std::uint64_t i = 0; i < 5; ++i) heap.push(timer(0, i));
  heap.pop();
  EXPECT_EQ(heap.top().order, 1U);
  EXPECT_EQ(heap.top().order, 1U);
  EXPECT_EQ(heap.size(), 4U);
}

TEST(TimerHeap, pops_twice_without_a_look) {
  TimerHeap heap;
  for (std::uint64_t i = 0; i < 5; ++i) heap.push(timer(0, i));
  heap.pop();
  heap.pop();
  EXPECT_EQ(heap.size(), 3U);
  EXPECT_EQ(heap.top().order, 2U);
}

TEST(TimerHeap, sorts_every_permutation_also_when_each_push_fills_a_hole) {
  std::array<std::int64_t, 7> ats{};
  std::iota(ats.begin(), ats.end(), 0);
  do {
    TimerHeap plain;
    TimerHeap with_hole;
    for (const auto at : ats) {
      plain.push(timer(at, 0));
      with_hole.push(timer(-1, 0));
      with_hole.pop();
      with_hole.push(timer(at, 0));
    }
    for (std::int64_t at = 0; at < 7; ++at) {
      ASSERT_EQ(plain.top().at, Instant{Duration{at}});
      ASSERT_EQ(with_hole.top().at, Instant{Duration{at}});
      plain.pop();
      with_hole.pop();
    }
    ASSERT_TRUE(plain.empty() && with_hole.empty());
  } while (std::ranges::next_permutation(ats).found);
}

TEST(TimerHeap, retain_keeps_what_it_is_told_to) {
  TimerHeap heap;
  for (std::uint64_t i = 0; i < 10; ++i) heap.push(timer(static_cast<std::int64_t>(10 - i), i));
  heap.retain([](const TimerEntry& entry) { return entry.order % 3 == 0; });
  EXPECT_EQ(drained(heap), (std::vector<Key>{{1, 9}, {4, 6}, {7, 3}, {10, 0}}));
}

TEST(TimerHeap, retain_does_not_offer_what_was_popped) {
  TimerHeap heap;
  heap.push(timer(1, 1));
  heap.push(timer(2, 2));
  heap.pop();
  std::vector<Key> offered;
  heap.retain([&](const TimerEntry& entry) {
    offered.push_back(key_of(entry));
    return true;
  });
  EXPECT_EQ(offered, (std::vector<Key>{{2, 2}}));
  heap.retain([](const TimerEntry&) { return false; });
  EXPECT_TRUE(heap.empty());
}

RC_GTEST_PROP(TimerHeap, behaves_like_a_sorted_set, ()) {
  enum class Step { push, push_again, pop, top, retain };
  const auto step = rc::gen::weightedElement<Step>(
      {{4, Step::push}, {3, Step::push_again}, {6, Step::pop}, {2, Step::top}, {1, Step::retain}});
  // Few instants, so that many tie.
  const auto steps =
      *rc::gen::container<std::vector<std::pair<Step, int>>>(rc::gen::pair(step, rc::gen::inRange(0, 8)));
  TimerHeap heap;
  std::set<Key> model;
  std::uint64_t order = 0;
  for (const auto& [action, at] : steps) {
    if (action == Step::push || action == Step::push_again) {
      ++order;
      // Descending and ascending orders: shuffled ties do not come in sequence.
      const auto unique = action == Step::push ? order : 1'000'000 - order;
      heap.push(timer(at, unique));
      model.emplace(at, unique);
    } else if (action == Step::retain) {
      heap.retain([&](const TimerEntry& entry) { return key_of(entry).first != at; });
      std::erase_if(model, [&](const Key& key) { return key.first == at; });
    } else if (!model.empty()) {
      if (action == Step::top) {
        RC_ASSERT(key_of(heap.top()) == *model.begin());
      } else {
        heap.pop();
        model.erase(model.begin());
      }
    }
    RC_ASSERT(heap.size() == model.size());
    RC_ASSERT(heap.empty() == model.empty());
  }
  RC_ASSERT(drained(heap) == std::vector<Key>(model.begin(), model.end()));
}

}  // namespace timer_heap_test
}  // namespace base
