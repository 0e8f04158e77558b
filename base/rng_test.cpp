// The golden values pin the generator for good: a change of them invalidates every recorded seed. They were
// checked against an independent implementation of splitmix64, xoshiro256++ and the digest.
#include "base/rng.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace base {
namespace rng_test {

using Words = std::vector<std::uint64_t>;

Words draw(Rng rng, std::size_t count) {
  Words words;
  for (std::size_t i = 0; i < count; ++i) words.push_back(rng.next());
  return words;
}

const Words golden_root{0xCFC5D07F6F03C29B, 0xBF424132963FE08D, 0x19A37D5757AAF520, 0xBF08119F05CD56D6};
const Words golden_network{0x260D8DEABE68082B, 0x5B3CF36B4776584F, 0xFA3A2561C9D7DBBB};
const Words golden_disk{0x36992F26CC5E6E54, 0xBC32776BCF6A5C27, 0xB974407E20612727};
const Words golden_network_7{0x32DDFE0C678F2ABD, 0x6979B0FB1DF7FCF1, 0xF1AC4EAADA3EB2FF};
const Words golden_network_loss{0x8D607ECDB07995F8, 0xE73227BC0FE8CE94, 0x41343D3C4FE8CD5C};

TEST(Rng, draws_the_golden_values_of_seed_1) {
  EXPECT_EQ(draw(Rng{1}, 4), golden_root);
}

TEST(Rng, forks_draw_the_golden_values_of_seed_1) {
  const Rng root{1};
  EXPECT_EQ(draw(root.fork("network"), 3), golden_network);
  EXPECT_EQ(draw(root.fork("disk"), 3), golden_disk);
  EXPECT_EQ(draw(root.fork("network", 7), 3), golden_network_7);
  EXPECT_EQ(draw(root.fork("network").fork("loss"), 3), golden_network_loss);
}

TEST(Rng, a_new_draw_in_one_stream_leaves_the_others_as_they_were) {
  Rng root{1};
  auto network = root.fork("network");
  network.below(1'000);  // the draws that somebody adds later, of every kind
  network.chance({.part = 1, .whole = 2});
  network.hex(8);
  EXPECT_EQ(draw(root, 4), golden_root);
  EXPECT_EQ(draw(root.fork("disk"), 3), golden_disk);
  EXPECT_EQ(draw(network.fork("loss"), 3), golden_network_loss);
  root.next();
  EXPECT_EQ(draw(root.fork("disk"), 3), golden_disk);
  EXPECT_NE(draw(network, 3), golden_network);
}

RC_GTEST_PROP(Rng, a_fork_does_not_depend_on_draws_of_its_parent,
              (std::uint64_t seed, const std::string& name)) {
  Rng parent{seed};
  const auto before = draw(parent.fork(name), 4);
  const auto before_indexed = draw(parent.fork(name, seed), 4);
  const auto draws = *rc::gen::inRange(1, 50);
  for (int i = 0; i < draws; ++i) parent.next();
  RC_ASSERT(draw(parent.fork(name), 4) == before);
  RC_ASSERT(draw(parent.fork(name, seed), 4) == before_indexed);
}

TEST(Rng, forks_differ_by_every_part_of_their_name) {
  const Rng root{1};
  const std::vector<Words> streams{
      draw(root, 2),
      draw(root.fork(""), 2),
      draw(root.fork("a"), 2),
      draw(root.fork("b"), 2),
      draw(root.fork("ab"), 2),
      draw(root.fork("a").fork("b"), 2),
      draw(root.fork("b").fork("a"), 2),
      draw(root.fork("a", 0), 2),
      draw(root.fork("a", 1), 2),
      draw(root.fork("a").fork("", 1), 2),
      draw(root.fork(std::string_view("a\0", 2)), 2),
      draw(Rng{2}.fork("a"), 2),
  };
  EXPECT_EQ(std::set<Words>(streams.begin(), streams.end()).size(), streams.size());
}

RC_GTEST_PROP(Rng, below_stays_below, (std::uint64_t seed)) {
  Rng rng{seed};
  const auto bound = *rc::gen::nonZero<std::uint64_t>();
  for (int i = 0; i < 20; ++i) RC_ASSERT(rng.below(bound) < bound);
}

TEST(Rng, below_one_is_always_zero) {
  Rng rng{1};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(rng.below(1), 0U);
}

TEST(Rng, below_is_roughly_uniform) {
  Rng rng{1};
  std::array<int, 10> counts{};
  for (int i = 0; i < 10'000; ++i) ++counts[rng.below(10)];
  for (const int count : counts) {
    EXPECT_GT(count, 850);
    EXPECT_LT(count, 1'150);
  }
}

TEST(Rng, below_rejects_what_would_favour_some_values) {
  // 2^64 / (3 * 2^62) is 4/3: a modulo or a multiplication without rejection would hit one third twice as
  // often.
  Rng rng{1};
  std::array<int, 3> thirds{};
  std::array<int, 3> residues{};
  for (int i = 0; i < 6'000; ++i) {
    const auto value = rng.below(3ULL << 62);
    ++thirds[value >> 62];
    ++residues[value % 3];
  }
  for (const int count : thirds) EXPECT_NEAR(count, 2'000, 150);
  for (const int count : residues) EXPECT_NEAR(count, 2'000, 150);
}

TEST(Rng, between_includes_both_ends) {
  Rng rng{1};
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(rng.between(Duration{-1}, Duration{2}).count());
  EXPECT_EQ(seen, (std::set<std::int64_t>{-1, 0, 1, 2}));
}

TEST(Rng, between_equal_ends_is_that_value) {
  Rng rng{1};
  EXPECT_EQ(rng.between(std::chrono::seconds{5}, std::chrono::seconds{5}), std::chrono::seconds{5});
}

TEST(Rng, between_takes_the_longest_span) {
  Rng rng{1};
  bool long_one = false;
  for (int i = 0; i < 100; ++i) {
    const auto drawn = rng.between(Duration::zero(), Duration::max());
    EXPECT_GE(drawn, Duration::zero());
    long_one = long_one || drawn > Duration::max() / 2;
  }
  EXPECT_TRUE(long_one);
}

RC_GTEST_PROP(Rng, between_stays_between, (std::uint64_t seed, std::int32_t one, std::int32_t other)) {
  Rng rng{seed};
  const Duration low{std::min(one, other)};
  const Duration high{std::max(one, other)};
  for (int i = 0; i < 20; ++i) {
    const auto drawn = rng.between(low, high);
    RC_ASSERT(drawn >= low);
    RC_ASSERT(drawn <= high);
  }
}

RC_GTEST_PROP(Rng, chance_0_never_and_chance_1_always_happens, (std::uint64_t seed)) {
  Rng rng{seed};
  const auto whole = *rc::gen::positive<std::uint32_t>();
  for (int i = 0; i < 20; ++i) {
    RC_ASSERT(!rng.chance({.part = 0, .whole = whole}));
    RC_ASSERT(rng.chance({.part = whole, .whole = whole}));
  }
}

TEST(Rng, chance_keeps_its_ratio) {
  Rng rng{1};
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) hits += rng.chance({.part = 1, .whole = 50}) ? 1 : 0;
  EXPECT_NEAR(hits, 200, 50);
}

TEST(Rng, shuffle_draws_the_golden_order_of_seed_1) {
  std::vector<int> items(8);
  std::iota(items.begin(), items.end(), 0);
  Rng rng{1};
  rng.shuffle(std::span(items));
  EXPECT_EQ(items, (std::vector<int>{4, 2, 1, 7, 3, 0, 5, 6}));
}

RC_GTEST_PROP(Rng, shuffle_is_a_permutation, (std::uint64_t seed, const std::vector<int>& items)) {
  auto shuffled = items;
  Rng rng{seed};
  rng.shuffle(std::span(shuffled));
  auto sorted = items;
  std::ranges::sort(sorted);
  std::ranges::sort(shuffled);
  RC_ASSERT(shuffled == sorted);
}

TEST(Rng, shuffle_reaches_every_order_about_equally_often) {
  Rng rng{1};
  std::map<std::vector<int>, int> orders;
  for (int i = 0; i < 6'000; ++i) {
    std::vector<int> items{1, 2, 3};
    rng.shuffle(std::span(items));
    ++orders[items];
  }
  EXPECT_EQ(orders.size(), 6U);
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, 1'000, 150);
}

TEST(Rng, pick_reaches_every_choice_and_gives_the_element_itself) {
  Rng rng{1};
  std::vector<int> choices{0, 0, 0};
  for (int i = 0; i < 300; ++i) ++rng.pick(std::span(choices));
  for (const int picks : choices) EXPECT_NEAR(picks, 100, 40);
  EXPECT_EQ(std::accumulate(choices.begin(), choices.end(), 0), 300);
}

TEST(Rng, fill_writes_words_in_little_endian_order) {
  std::array<unsigned char, 10> bytes{};
  Rng{1}.fill(bytes);
  EXPECT_EQ(bytes,
            (std::array<unsigned char, 10>{0x9B, 0xC2, 0x03, 0x6F, 0x7F, 0xD0, 0xC5, 0xCF, 0x8D, 0xE0}));
}

TEST(Rng, fill_leaves_what_follows_alone) {
  std::array<unsigned char, 8> bytes{};
  Rng{1}.fill(std::span(bytes).first(3));
  EXPECT_EQ(bytes, (std::array<unsigned char, 8>{0x9B, 0xC2, 0x03}));
}

TEST(Rng, hex_takes_the_high_byte_of_each_draw) {
  Rng rng{1};
  EXPECT_EQ(rng.hex(4), "cfbf19bf");
}

RC_GTEST_PROP(Rng, hex_has_two_lower_case_digits_a_byte, (std::uint64_t seed)) {
  Rng rng{seed};
  const auto count = *rc::gen::inRange<std::size_t>(0, 64);
  const auto text = rng.hex(count);
  RC_ASSERT(text.size() == 2 * count);
  RC_ASSERT(text.find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST(Rng, a_copy_goes_its_own_way) {
  Rng rng{1};
  Rng copy = rng;
  rng.next();
  EXPECT_EQ(copy.next(), golden_root[0]);
  EXPECT_EQ(rng.next(), golden_root[1]);
}

/// 1, 2, 3, … in the highest byte, from which hex() takes its digits.
class Counting final : public EntropySource {
 public:
  std::uint64_t next() override { return ++count_ << 56; }

 private:
  std::uint64_t count_ = 0;
};

TEST(Rng, draws_from_a_source_and_so_do_its_forks_and_copies) {
  Counting source;
  Rng rng{source};
  EXPECT_EQ(rng.hex(2), "0102");
  EXPECT_EQ(rng.fork("a").hex(1), "03");
  EXPECT_EQ(rng.fork("a", 1).fork("b").hex(1), "04");
  Rng copy = rng;
  EXPECT_EQ(copy.hex(1), "05");
  EXPECT_EQ(rng.hex(1), "06");
}

}  // namespace rng_test
}  // namespace base
