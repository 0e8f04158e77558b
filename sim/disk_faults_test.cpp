// A disk that is full, that fails to sync, that forgets, and whose power fails in the middle of a call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sim/disk.h"

namespace sim {
namespace disk_faults_test {

using base::DiskStatus;
using ::testing::ElementsAre;
using ::testing::Pair;

SimulatedDisk make_disk() {
  return SimulatedDisk(base::Rng{1}, DiskProfile{});
}

DiskStatus write(base::DiskFile& file, std::uint64_t offset, std::string_view text) {
  return file.write(offset, std::as_bytes(std::span(text)));
}

std::string content_of(const SimulatedDisk& disk) {
  return disk.contents().at("a");
}

// Full
// ----------------------------------------------------------------------------------------------------

TEST(DiskFaults, a_full_disk_takes_only_what_needs_no_room) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, "abcdef");
  disk.faults().full = true;
  EXPECT_EQ(write(*file, 6, "g"), DiskStatus::full);
  EXPECT_EQ(write(*file, 5, "FG"), DiskStatus::full);
  EXPECT_EQ(file->truncate(7), DiskStatus::full);
  EXPECT_EQ(disk.open("new"), nullptr);
  EXPECT_FALSE(disk.exists("new"));
  EXPECT_EQ(write(*file, 0, "ABC"), DiskStatus::ok);
  EXPECT_EQ(file->truncate(5), DiskStatus::ok);
  EXPECT_EQ(file->sync(), DiskStatus::ok);
  EXPECT_NE(disk.open("a"), nullptr);
  EXPECT_EQ(content_of(disk), "ABCde");
  disk.faults().full = false;
  EXPECT_EQ(write(*file, 5, "FG"), DiskStatus::ok);
}

// Failing syncs
// ----------------------------------------------------------------------------------------------------

TEST(DiskFaults, what_a_sync_failed_to_write_is_read_until_the_power_fails_and_then_gone) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, "old");
  file->sync();
  write(*file, 0, "new");
  disk.faults().syncs_fail = true;
  EXPECT_EQ(file->sync(), DiskStatus::io_error);
  disk.faults().syncs_fail = false;
  EXPECT_EQ(file->sync(), DiskStatus::ok) << "the next one knows nothing of it";
  EXPECT_EQ(content_of(disk), "new");
  disk.cut_power(PowerCut::keeps_all);
  EXPECT_EQ(content_of(disk), "old");
}

TEST(DiskFaults, what_is_written_after_a_failed_sync_can_be_synced) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, "......");
  file->sync();
  write(*file, 0, "lost");
  disk.faults().syncs_fail = true;
  file->sync();
  disk.faults().syncs_fail = false;
  write(*file, 3, "new");
  file->sync();
  write(*file, 0, "x");
  disk.cut_power(PowerCut::loses_all);
  EXPECT_EQ(content_of(disk), "...new");
}

TEST(DiskFaults, a_failed_sync_does_not_count_and_costs_its_time) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  disk.faults().syncs_fail = true;
  file->sync();
  EXPECT_EQ(disk.syncs(), 0U);
  EXPECT_EQ(disk.take_cost(), DiskProfile{}.sync_cost);
}

// Damage
// ----------------------------------------------------------------------------------------------------

TEST(DiskFaults, damage_turns_over_one_bit_and_outlasts_a_power_cut) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, "aaa");
  file->sync();
  EXPECT_TRUE(disk.damage("a", 1, 1));
  EXPECT_EQ(content_of(disk), "aca");
  disk.cut_power();
  EXPECT_EQ(content_of(disk), "aca");
  EXPECT_FALSE(disk.damage("a", 3));
  EXPECT_FALSE(disk.damage("b", 0));
}

// Power
// ----------------------------------------------------------------------------------------------------

/// Four sectors of which the first was synced; the others are two writes.
SimulatedDisk with_unsynced_writes() {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, std::string(sector_size, '1'));
  file->sync();
  write(*file, sector_size, std::string(sector_size, '2'));
  write(*file, 2 * sector_size, std::string(2 * sector_size, '3'));
  return disk;
}

TEST(DiskFaults, each_kind_of_power_cut_leaves_what_it_says) {
  const auto disk = with_unsynced_writes();
  const auto one = std::string(sector_size, '1');
  const auto all = content_of(disk);
  EXPECT_THAT(disk.left_by(PowerCut::loses_all, base::Rng(1)), ElementsAre(Pair("a", one)));
  EXPECT_THAT(disk.left_by(PowerCut::keeps_all, base::Rng(1)), ElementsAre(Pair("a", all)));
  bool fewer = false;
  bool reordered = false;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto torn = disk.left_by(PowerCut::tears_last, base::Rng(seed)).at("a");
    EXPECT_EQ(torn.substr(0, 2 * sector_size), all.substr(0, 2 * sector_size));
    EXPECT_NE(torn, all) << "a torn write lacks something";
    fewer = fewer || torn.size() == 2 * sector_size;
    const auto drawn = disk.left_by(PowerCut::draws, base::Rng(seed)).at("a");
    EXPECT_EQ(drawn.substr(0, sector_size), one) << "what was synced stays";
    reordered = reordered || (drawn.size() == all.size() && drawn[sector_size] == '\0');
  }
  EXPECT_TRUE(fewer);
  EXPECT_TRUE(reordered) << "a later write may be kept without the earlier";
}

TEST(DiskFaults, to_look_at_what_a_power_cut_would_leave_changes_nothing) {
  const auto disk = with_unsynced_writes();
  const auto before = disk.contents();
  static_cast<void>(disk.left_by(PowerCut::loses_all, base::Rng(1)));
  EXPECT_EQ(disk.contents(), before);
}

TEST(DiskFaults, power_that_fails_inside_a_change_stays_away_until_it_is_restored) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  int died = 0;
  disk.power_down_inside(3, [&] { ++died; });
  EXPECT_EQ(write(*file, 0, "abc"), DiskStatus::ok);
  EXPECT_EQ(file->sync(), DiskStatus::ok);
  EXPECT_EQ(died, 0);
  EXPECT_EQ(write(*file, 3, "def"), DiskStatus::dead);
  EXPECT_EQ(died, 1);
  EXPECT_EQ(disk.open("b"), nullptr);
  EXPECT_EQ(disk.remove("a"), DiskStatus::dead);
  EXPECT_EQ(file->sync(), DiskStatus::dead);
  EXPECT_EQ(content_of(disk).substr(0, 3), "abc");
  disk.power_up();
  EXPECT_EQ(file->sync(), DiskStatus::dead) << "a file of the time before";
  EXPECT_EQ(write(*disk.open("a"), 0, "xyz"), DiskStatus::ok);
  EXPECT_EQ(died, 1);
}

TEST(DiskFaults, a_sync_in_which_the_power_fails_may_have_reached_nothing) {
  auto disk = make_disk();
  const auto file = disk.open("a");
  write(*file, 0, "abc");
  disk.power_down_inside(1);
  EXPECT_EQ(file->sync(), DiskStatus::dead);
  EXPECT_EQ(disk.syncs(), 0U);
}

TEST(DiskFaults, a_disk_that_was_loaded_has_these_files_for_good) {
  auto disk = with_unsynced_writes();
  const auto old = disk.open("a");
  disk.load({{"b", "bytes"}});
  EXPECT_EQ(write(*old, 0, "x"), DiskStatus::dead);
  disk.cut_power(PowerCut::loses_all);
  EXPECT_THAT(disk.contents(), ElementsAre(Pair("b", "bytes")));
}

}  // namespace disk_faults_test
}  // namespace sim
