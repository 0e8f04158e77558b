// The checker by itself: histories of a register that holds a number, written down by hand, and drawn ones that are compared with every
// order there is.
#include "properties/linearizability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "properties/models/sequence_check.h"

namespace properties {
namespace linearizability_test {

using Verdict = Linearization::Verdict;

/// What a client did to the register, and the answer where there is one. Times are milliseconds.
struct Step {
  enum class Kind { write, read, exchange };
  Kind kind{};
  int from = 0;
  int until = 0;      ///< 0: no answer came
  int value = 0;      ///< written, or read
  int expected = 0;   ///< of an exchange: what has to be there
  bool done = true;   ///< of an exchange: whether it was
};

base::Instant at(int milliseconds) { return base::Instant{std::chrono::milliseconds{milliseconds}}; }
Step write(int value, int from, int until) { return {.kind = Step::Kind::write, .from = from, .until = until, .value = value}; }
Step read(int value, int from, int until) { return {.kind = Step::Kind::read, .from = from, .until = until, .value = value}; }
Step exchange(int expected, int value, bool done, int from, int until) {
  return {.kind = Step::Kind::exchange, .from = from, .until = until, .value = value, .expected = expected, .done = done};
}

/// Begins with 0; its states are its values.
class Register final : public Sequential {
 public:
  explicit Register(const std::vector<Step>& steps) : steps_(&steps) {}

  std::vector<State> after(State state, std::size_t operation) override {
    const auto& step = (*steps_)[operation];
    const auto value = static_cast<State>(step.value);
    const bool fits = step.kind != Step::Kind::exchange || state == static_cast<State>(step.expected);
    switch (step.kind) {
      case Step::Kind::write: return {value};
      case Step::Kind::read: return step.until == 0 || state == value ? std::vector{state} : std::vector<State>{};
      case Step::Kind::exchange:
        if (step.until == 0) return {fits ? value : state};
        if (fits != step.done) return {};
        return {fits ? value : state};
    }
    return {};
  }

 private:
  const std::vector<Step>* steps_;
};

std::vector<Interval> intervals_of(const std::vector<Step>& steps) {
  std::vector<Interval> intervals;
  for (const auto& step : steps) intervals.push_back({at(step.from), step.until == 0 ? std::nullopt : std::optional(at(step.until))});
  return intervals;
}

Linearization judged(const std::vector<Step>& steps) {
  Register thing(steps);
  return find_order(intervals_of(steps), thing);
}
Verdict verdict(const std::vector<Step>& steps) { return judged(steps).verdict; }

TEST(Linearizability, one_after_the_other) {
  EXPECT_EQ(verdict({}), Verdict::ordered);
  EXPECT_EQ(verdict({read(0, 1, 2), write(1, 3, 4), read(1, 5, 6)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 3, 4), read(0, 5, 6)}), Verdict::impossible);
  EXPECT_EQ(verdict({write(1, 1, 2), write(2, 3, 4), read(1, 5, 6)}), Verdict::impossible);
}

TEST(Linearizability, what_overlaps_may_have_come_in_either_order) {
  EXPECT_EQ(verdict({write(1, 1, 10), read(0, 2, 3)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 1, 10), read(1, 2, 3)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 1, 10), write(2, 2, 9), read(1, 11, 12)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 1, 10), write(2, 2, 9), read(2, 11, 12)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 1, 10), write(2, 2, 9), read(0, 11, 12)}), Verdict::impossible);
  EXPECT_EQ(verdict({write(1, 1, 3), read(0, 3, 4)}), Verdict::ordered) << "what ends and begins at one instant overlaps";
}

TEST(Linearizability, nobody_sees_the_new_before_the_old) {
  EXPECT_EQ(verdict({write(1, 1, 20), read(1, 2, 3), read(0, 4, 5)}), Verdict::impossible);
  EXPECT_EQ(verdict({write(1, 1, 20), read(1, 2, 5), read(0, 4, 6)}), Verdict::ordered);
  EXPECT_EQ(verdict({write(1, 1, 9), write(2, 1, 9), read(1, 10, 11), read(2, 12, 13)}), Verdict::impossible);
}

TEST(Linearizability, of_two_who_have_read_the_same_one_may_write) {
  EXPECT_EQ(verdict({exchange(0, 1, true, 1, 5), exchange(0, 2, false, 2, 6), read(1, 7, 8)}), Verdict::ordered);
  EXPECT_EQ(verdict({exchange(0, 1, true, 1, 5), exchange(0, 2, true, 2, 6)}), Verdict::impossible);
  EXPECT_EQ(verdict({exchange(0, 1, false, 1, 5), exchange(0, 2, false, 2, 6)}), Verdict::impossible);
}

TEST(Linearizability, what_was_never_answered_happens_at_any_time_or_never) {
  const auto lost = write(1, 1, 0);
  EXPECT_EQ(verdict({lost, read(0, 2, 3)}), Verdict::ordered);
  EXPECT_EQ(verdict({lost, read(1, 2, 3)}), Verdict::ordered);
  EXPECT_EQ(verdict({lost, read(0, 2, 3), write(2, 4, 5), read(2, 6, 7), read(1, 8, 9)}), Verdict::ordered) << "late";
  EXPECT_EQ(verdict({lost, read(1, 2, 3), read(0, 4, 5)}), Verdict::impossible) << "and once it has happened it stays";
  EXPECT_EQ(verdict({lost, read(1, 2, 3), write(2, 4, 5), read(1, 6, 7)}), Verdict::impossible) << "once";
  EXPECT_EQ(verdict({read(1, 1, 2), write(1, 3, 0)}), Verdict::impossible) << "not before it began";
  EXPECT_EQ(verdict({exchange(0, 1, true, 1, 0), exchange(0, 2, true, 2, 3)}), Verdict::ordered);
}

TEST(Linearizability, the_order_that_is_found_is_one) {
  const auto found = judged({write(1, 1, 10), write(2, 2, 9), read(1, 11, 12), write(3, 5, 0)});
  EXPECT_EQ(found.order, (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_EQ(judged({write(1, 3, 4), read(0, 5, 6)}).order, (std::vector<std::size_t>{0})) << "nothing can follow the write";
}

TEST(Linearizability, a_search_that_is_too_long_is_given_up) {
  std::vector<Step> steps;
  for (int i = 1; i <= 14; ++i) steps.push_back(write(i, 1, 100));
  steps.push_back(read(99, 101, 102));
  Register thing(steps);
  EXPECT_EQ(find_order(intervals_of(steps), thing, 1'000).verdict, Verdict::too_large);
}

/// Every order of every set that holds all that was answered.
bool has_order(const std::vector<Step>& steps) {
  std::vector<std::size_t> order(steps.size());
  std::iota(order.begin(), order.end(), 0U);
  Register thing(steps);
  const auto count = static_cast<std::size_t>(std::ranges::count_if(steps, [](const Step& step) { return step.until != 0; }));
  do {
    for (auto size = count; size <= order.size(); ++size) {
      Sequential::State state = 0;
      std::size_t answered = 0;
      bool fits = true;
      for (std::size_t i = 0; i < size && fits; ++i) {
        const auto next = thing.after(state, order[i]);
        fits = !next.empty();
        if (fits) state = next.front();
        answered += steps[order[i]].until != 0 ? 1U : 0U;
        for (std::size_t later = i + 1; later < size; ++later) {
          const auto& other = steps[order[later]];
          if (other.until != 0 && other.until < steps[order[i]].from) fits = false;
        }
      }
      if (fits && answered == count) return true;
    }
  } while (std::ranges::next_permutation(order).found);
  return false;
}

TEST(Linearizability, agrees_with_every_order_there_is) {
  using models::below;
  int with_order = 0;
  const auto check = models::check_sequences("Linearizability", {.sequences = 2'000, .longest = 100}, [&](models::CommandCount& played) {
    std::vector<Step> steps;
    const int count = 1 + below(5);
    for (int i = 0; i < count; ++i) {
      Step step;
      step.kind = static_cast<Step::Kind>(below(3));
      step.from = 1 + below(8);
      step.until = models::once_in(4) ? 0 : step.from + 1 + below(6);
      step.value = below(3);
      step.expected = below(3);
      step.done = models::once_in(2);
      steps.push_back(step);
    }
    played.played = steps.size();
    const bool expected = has_order(steps);
    with_order += expected ? 1 : 0;
    RC_ASSERT((verdict(steps) == Verdict::ordered) == expected);
  });
  models::expect_kept(check);
  EXPECT_GT(with_order, check.played / 4);
  EXPECT_LT(with_order, check.played * 3 / 4);
}

}  // namespace linearizability_test
}  // namespace properties
