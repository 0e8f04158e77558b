// What a power cut may do to a file, and what it may not.
#include "sim/disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace sim {
namespace disk_test {

using base::DiskStatus;
using std::chrono::microseconds;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::Pair;

SimulatedDisk disk_of(std::uint64_t seed) {
  return SimulatedDisk(base::Rng{seed}, DiskProfile{});
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

DiskStatus write(base::DiskFile& file, std::uint64_t offset, std::string_view text) {
  return file.write(offset, bytes_of(text));
}

/// What a read of `size` bytes gives; the buffer is full of '#' before.
struct Read {
  DiskStatus status;
  std::string text;

  bool operator==(const Read&) const = default;
};

Read read(base::DiskFile& file, std::uint64_t offset, std::size_t size) {
  std::string text(size, '#');
  const auto status = file.read(offset, std::as_writable_bytes(std::span(text)));
  return {status, text};
}

std::string zeros(std::size_t count) {
  return std::string(count, '\0');
}

// Files
// ----------------------------------------------------------------------------------------------------

TEST(Disk, reads_what_was_written_also_before_it_is_synced) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  EXPECT_EQ(write(*file, 0, "hello world"), DiskStatus::ok);
  EXPECT_EQ(write(*file, 6, "there"), DiskStatus::ok);
  EXPECT_EQ(read(*file, 0, 11), (Read{DiskStatus::ok, "hello there"}));
  EXPECT_EQ(read(*file, 6, 3), (Read{DiskStatus::ok, "the"}));
  EXPECT_EQ(file->size(), 11U);
}

TEST(Disk, fills_a_short_read_with_zeros) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  write(*file, 0, "abc");
  EXPECT_EQ(read(*file, 1, 4), (Read{DiskStatus::short_read, "bc" + zeros(2)}));
  EXPECT_EQ(read(*file, 3, 2), (Read{DiskStatus::short_read, zeros(2)}));
  EXPECT_EQ(read(*file, 1'000, 2), (Read{DiskStatus::short_read, zeros(2)}));
  EXPECT_EQ(read(*file, 3, 0), (Read{DiskStatus::ok, ""}));
}

TEST(Disk, fills_the_gap_before_a_write_with_zeros) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  write(*file, 3, "x");
  EXPECT_EQ(read(*file, 0, 4), (Read{DiskStatus::ok, zeros(3) + "x"}));
}

TEST(Disk, an_empty_write_does_not_lengthen_a_file) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  EXPECT_EQ(write(*file, 100, ""), DiskStatus::ok);
  EXPECT_EQ(file->size(), 0U);
  file->sync();
  disk.cut_power();
  EXPECT_THAT(disk.contents(), ElementsAre(Pair("a", "")));
}

TEST(Disk, truncates_and_lengthens_with_zeros) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  write(*file, 0, "abcdef");
  EXPECT_EQ(file->truncate(2), DiskStatus::ok);
  EXPECT_EQ(file->truncate(4), DiskStatus::ok);
  EXPECT_EQ(read(*file, 0, 4), (Read{DiskStatus::ok, "ab" + zeros(2)}));
  EXPECT_EQ(file->size(), 4U);
}

TEST(Disk, handles_of_one_name_share_a_file) {
  auto disk = disk_of(1);
  const auto one = disk.open("a");
  const auto other = disk.open("a");
  write(*one, 0, "shared");
  EXPECT_EQ(read(*other, 0, 6).text, "shared");
  EXPECT_THAT(disk.contents(), ElementsAre(Pair("a", "shared")));
}

TEST(Disk, creating_and_removing_a_file_outlasts_a_power_cut) {
  auto disk = disk_of(1);
  const auto removed = disk.open("removed");
  write(*removed, 0, "x");
  removed->sync();
  EXPECT_TRUE(disk.exists("removed"));
  EXPECT_EQ(disk.remove("removed"), DiskStatus::ok);
  EXPECT_FALSE(disk.exists("removed"));
  static_cast<void>(disk.open("created"));
  disk.cut_power();
  EXPECT_THAT(disk.contents(), ElementsAre(Pair("created", "")));
}

TEST(Disk, a_file_that_is_created_again_is_empty) {
  auto disk = disk_of(1);
  write(*disk.open("a"), 0, "old");
  disk.remove("a");
  EXPECT_EQ(disk.open("a")->size(), 0U);
}

// Costs
// ----------------------------------------------------------------------------------------------------

TEST(Disk, every_sync_costs_until_the_cost_is_taken) {
  SimulatedDisk disk(base::Rng{1}, {.sync_cost = microseconds{300}});
  const auto one = disk.open("a");
  const auto other = disk.open("b");
  EXPECT_EQ(disk.take_cost(), base::Duration{0});
  write(*one, 0, "x");
  EXPECT_EQ(disk.take_cost(), base::Duration{0});
  one->sync();
  other->sync();
  one->sync();
  EXPECT_EQ(disk.syncs(), 3U);
  EXPECT_EQ(disk.take_cost(), microseconds{900});
  EXPECT_EQ(disk.take_cost(), base::Duration{0});
}

// Power cuts
// ----------------------------------------------------------------------------------------------------

TEST(Disk, synced_writes_survive_and_reads_see_them) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto disk = disk_of(seed);
    const auto file = disk.open("a");
    write(*file, 0, "first");
    write(*file, 5, "second");
    EXPECT_EQ(file->sync(), DiskStatus::ok);
    disk.cut_power();
    EXPECT_EQ(read(*disk.open("a"), 0, 11), (Read{DiskStatus::ok, "firstsecond"})) << "seed " << seed;
  }
}

TEST(Disk, files_opened_before_a_power_cut_refuse_everything) {
  auto disk = disk_of(1);
  const auto file = disk.open("a");
  write(*file, 0, "abc");
  file->sync();
  disk.take_cost();
  disk.cut_power();
  EXPECT_EQ(read(*file, 0, 3).status, DiskStatus::dead);
  EXPECT_EQ(write(*file, 0, "xyz"), DiskStatus::dead);
  EXPECT_EQ(file->truncate(0), DiskStatus::dead);
  EXPECT_EQ(file->sync(), DiskStatus::dead);
  EXPECT_EQ(disk.take_cost(), base::Duration{0});
  EXPECT_EQ(disk.syncs(), 1U);
  EXPECT_THAT(disk.contents(), ElementsAre(Pair("a", "abc")));
  const auto reopened = disk.open("a");
  EXPECT_EQ(write(*reopened, 0, "new"), DiskStatus::ok);
  EXPECT_EQ(file->sync(), DiskStatus::dead);
}

TEST(Disk, the_files_of_each_incarnation_die_with_it) {
  auto disk = disk_of(1);
  disk.cut_power();
  const auto file = disk.open("a");
  EXPECT_EQ(write(*file, 0, "abc"), DiskStatus::ok);
  disk.cut_power();
  EXPECT_EQ(write(*file, 0, "abc"), DiskStatus::dead);
}

/// The contents of file "a" over many seeds, each with how often a power cut left it.
template <class Change>
std::map<std::string, int> left_by_power_cuts(Change change) {
  std::map<std::string, int> left;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    auto disk = disk_of(seed);
    const auto file = disk.open("a");
    change(*file);
    disk.cut_power();
    ++left[disk.contents().at("a")];
  }
  return left;
}

constexpr std::size_t sectors = 4;

TEST(Disk, an_unsynced_write_is_lost_kept_or_torn_between_sectors) {
  const auto old = std::string(sectors * sector_size, 'o');
  const auto fresh = std::string(sectors * sector_size, 'n');
  const auto left = left_by_power_cuts([&](base::DiskFile& file) {
    write(file, 0, old);
    file.sync();
    write(file, 0, fresh);
  });
  std::set<std::string> torn;
  for (const auto& [content, count] : left) {
    ASSERT_EQ(content.size(), old.size());
    std::string by_sector;
    for (std::size_t sector = 0; sector < sectors; ++sector) {
      const auto bytes = content.substr(sector * sector_size, sector_size);
      EXPECT_EQ(bytes, std::string(sector_size, bytes.front())) << "a sector is written whole or not at all";
      by_sector += bytes.front();
    }
    torn.insert(by_sector);
  }
  EXPECT_EQ(torn.size(), 16U) << "the sectors of a write reach the disk in no order";
  EXPECT_GT(left.at(old), 80);
  EXPECT_GT(left.at(fresh), 80);
}

TEST(Disk, an_unsynced_write_shorter_than_a_sector_is_lost_or_kept) {
  const auto left = left_by_power_cuts([&](base::DiskFile& file) {
    write(file, 0, "old");
    file.sync();
    write(file, 0, "new");
  });
  EXPECT_THAT(left, ElementsAre(Pair("new", Gt(60)), Pair("old", Gt(60))));
}

TEST(Disk, a_torn_write_does_not_lengthen_the_file_by_what_it_lost) {
  const auto left = left_by_power_cuts([&](base::DiskFile& file) { write(file, 8, "tail"); });
  EXPECT_THAT(left, ElementsAre(Pair("", Gt(60)), Pair(zeros(8) + "tail", Gt(60))));
}

TEST(Disk, each_unsynced_write_meets_a_fate_of_its_own) {
  const auto left = left_by_power_cuts([&](base::DiskFile& file) {
    write(file, 0, "..");
    file.sync();
    write(file, 0, "a");
    write(file, 1, "b");
  });
  std::set<std::string> contents;
  for (const auto& [content, count] : left) contents.insert(content);
  EXPECT_THAT(contents, ElementsAre("..", ".b", "a.", "ab"));
}

TEST(Disk, an_unsynced_truncation_is_lost_or_kept) {
  const auto left = left_by_power_cuts([&](base::DiskFile& file) {
    write(file, 0, "abcdef");
    file.sync();
    file.truncate(2);
  });
  EXPECT_THAT(left, ElementsAre(Pair("ab", Gt(60)), Pair("abcdef", Gt(60))));
}

TEST(Disk, a_second_power_cut_takes_nothing_more) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto disk = disk_of(seed);
    write(*disk.open("a"), 0, std::string(3 * sector_size, 'x'));
    disk.cut_power();
    const auto once = disk.contents();
    disk.cut_power();
    EXPECT_EQ(disk.contents(), once) << "seed " << seed;
  }
}

TEST(Disk, equal_seeds_meet_equal_fates) {
  const auto after_cut = [](std::uint64_t seed) {
    auto disk = disk_of(seed);
    const auto file = disk.open("a");
    for (std::uint64_t i = 0; i < 64; ++i) write(*file, i, "x");
    disk.cut_power();
    return disk.contents();
  };
  EXPECT_EQ(after_cut(7), after_cut(7));
  EXPECT_NE(after_cut(7), after_cut(8));
}

// Any history of a file
// ----------------------------------------------------------------------------------------------------

/// A file as a naive model: its bytes, and which of them no unsynced change can touch.
struct Model {
  std::string bytes;
  std::vector<bool> safe;

  void change(std::uint64_t begin, std::uint64_t end) {
    for (auto at = begin; at < std::min<std::uint64_t>(end, safe.size()); ++at) safe[at] = false;
  }
  void write(std::uint64_t offset, std::string_view text) {
    const auto end = offset + text.size();
    if (bytes.size() < end) bytes.resize(end);
    std::ranges::copy(text, bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    change(offset, end);
  }
  void truncate(std::uint64_t size) {
    bytes.resize(size);
    change(size, safe.size());
  }
  void sync() { safe.assign(bytes.size(), true); }
};

enum class Step { write, truncate, sync };

/// Plays a random history on both.
void play(base::DiskFile& file, Model& model) {
  const auto steps = *rc::gen::inRange(1, 20);
  for (int i = 0; i < steps; ++i) {
    const auto step = *rc::gen::element(Step::write, Step::write, Step::write, Step::sync, Step::truncate);
    const auto offset = *rc::gen::inRange<std::uint64_t>(0, 3'000);
    const auto size = *rc::gen::inRange<std::size_t>(1, 2'000);
    switch (step) {
      case Step::write: {
        const std::string text(size, static_cast<char>('a' + i));
        RC_ASSERT(write(file, offset, text) == DiskStatus::ok);
        model.write(offset, text);
        break;
      }
      case Step::truncate:
        RC_ASSERT(file.truncate(offset) == DiskStatus::ok);
        model.truncate(offset);
        break;
      case Step::sync:
        RC_ASSERT(file.sync() == DiskStatus::ok);
        model.sync();
        break;
    }
  }
}

RC_GTEST_PROP(Disk, what_was_synced_and_not_touched_since_outlasts_a_power_cut, (std::uint64_t seed)) {
  auto disk = disk_of(seed);
  Model model;
  const auto file = disk.open("a");
  play(*file, model);
  RC_ASSERT(disk.contents().at("a") == model.bytes);
  disk.cut_power();
  const auto left = disk.contents().at("a");
  for (std::size_t at = 0; at < model.safe.size(); ++at) {
    if (!model.safe[at]) continue;
    RC_ASSERT(at < left.size());
    RC_ASSERT(left[at] == model.bytes[at]);
  }
}

RC_GTEST_PROP(Disk, a_synced_file_outlasts_a_power_cut_whole, (std::uint64_t seed)) {
  auto disk = disk_of(seed);
  Model model;
  const auto file = disk.open("a");
  play(*file, model);
  RC_ASSERT(file->sync() == DiskStatus::ok);
  disk.cut_power();
  RC_ASSERT(disk.contents().at("a") == model.bytes);
}

}  // namespace disk_test
}  // namespace sim
