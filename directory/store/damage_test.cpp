// Storage that gives back other bytes than were written. What is read is the truth or a failure; of a log
// that is damaged where it had been synced, nothing is taken to be its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/store/checksums.h"
#include "directory/store/store_fixture.h"

namespace directory {
namespace damage_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int pairs = 40;

/// Forty pairs, closed in good order: everything is in the database.
sim::SimulatedDisk with_pairs() {
  auto disk = make_disk();
  auto db = opened(disk);
  for (int number = 1; number <= pairs; ++number) EXPECT_TRUE(commit_pair(*db, number));
  db.reset();
  return disk;
}

/// The same after a power cut: everything is in the log.
sim::SimulatedDisk with_pairs_in_log() {
  auto disk = make_disk();
  auto db = opened(disk);
  for (int number = 1; number <= pairs; ++number) EXPECT_TRUE(commit_pair(*db, number));
  disk.power_down(sim::PowerCut::loses_all);
  db.reset();
  disk.power_up();
  return disk;
}

sim::SimulatedDisk copy_of(const sim::DiskFiles& files) {
  auto disk = make_disk();
  disk.load(files);
  return disk;
}

/// What a store finds when it reads all there is: true where that is the truth, false where it fails.
bool tells_the_truth(Database& db) {
  std::vector<int> numbers;
  db.query("SELECT at FROM events WHERE type = 'left' AND length(body) = 700 ORDER BY at",
           [&](Row row) { numbers.push_back(static_cast<int>(row.integer(0))); });
  if (!db.failure().empty()) return false;
  EXPECT_EQ(numbers, up_to(pairs));
  return true;
}

std::size_t pages_of(const sim::DiskFiles& files) {
  return files.at(database_file).size() / page_size;
}

TEST(Damage, of_any_page_is_found_wherever_in_the_page_it_is) {
  const auto files = with_pairs().contents();
  int refused = 0;
  int failed = 0;
  for (std::size_t page = 0; page < pages_of(files); ++page) {
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{17}, std::size_t{101}, page_size / 2, page_size - 9, page_size - 1}) {
      auto disk = copy_of(files);
      ASSERT_TRUE(disk.damage(database_file, page * page_size + at, static_cast<int>(page % 8)));
      const auto db = Database::open(disk, base::Rng(7));
      if (!db) {
        ++refused;
        continue;
      }
      failed += tells_the_truth(**db) ? 0 : 1;
      EXPECT_THAT((*db)->integrity_check(), Not(IsEmpty())) << "page " << page << " at " << at;
    }
  }
  EXPECT_GT(refused, 0) << "no damage was where the store looks first";
  EXPECT_GT(failed, 20) << "no damage was where the rows are";
}

TEST(Damage, a_page_at_the_place_of_another_or_never_written_is_found) {
  const auto files = with_pairs().contents();
  const auto last = (pages_of(files) - 1) * page_size;
  for (const auto& impostor :
       {files.at(database_file).substr(last - page_size, page_size), std::string(page_size, '\0')}) {
    auto changed = files;
    changed.at(database_file).replace(last, page_size, impostor);
    auto disk = copy_of(changed);
    EXPECT_THAT(opened(disk)->integrity_check(), Not(IsEmpty()));
  }
}

TEST(Damage, a_database_that_has_lost_its_end_is_found) {
  auto files = with_pairs().contents();
  for (const std::size_t lost : {std::size_t{1}, page_size, 3 * page_size + 5}) {
    auto changed = files;
    changed.at(database_file).resize(changed.at(database_file).size() - lost);
    auto disk = copy_of(changed);
    const auto db = Database::open(disk, base::Rng(7));
    if (db) EXPECT_THAT((*db)->integrity_check(), Not(IsEmpty())) << lost;
  }
}

TEST(Damage, a_store_that_met_it_says_so_and_stays_failed) {
  const auto files = with_pairs().contents();
  auto disk = copy_of(files);
  const auto db = opened(disk);
  for (std::size_t page = 1; page < pages_of(files); ++page)
    disk.damage(database_file, page * page_size + 500);
  EXPECT_FALSE(tells_the_truth(*db));
  EXPECT_THAT(db->failure(), HasSubstr("damaged"));
  EXPECT_FALSE(commit_pair(*db, 99));
  EXPECT_FALSE(db->exists("SELECT 1"));
}

// Whole pages are kept in memory; a check reads them anew.
TEST(Damage, of_a_log_that_is_open_is_found_when_its_frames_are_read) {
  auto disk = make_disk();
  const auto db = opened(disk);
  for (int number = 1; number <= pairs; ++number) ASSERT_TRUE(commit_pair(*db, number));
  ASSERT_THAT(db->integrity_check(), IsEmpty());
  const auto size = disk.contents().at(log_file).size();
  // The newest frame is that of a page which some row needs.
  ASSERT_TRUE(disk.damage(log_file, size - 100));
  EXPECT_THAT(db->integrity_check(), Not(IsEmpty()));
  EXPECT_THAT(db->failure(), HasSubstr("damaged"));
}

TEST(Damage, of_a_log_before_its_last_commit_is_no_end_of_the_log) {
  auto whole = with_pairs_in_log();
  const auto files = whole.contents();
  const auto frames = (files.at(log_file).size() - log_header_size) / frame_size;
  ASSERT_GT(frames, 100U);
  // A pair takes at most eight frames; what is damaged in the last of them may be taken for unfinished.
  for (std::size_t frame = 0; frame + 16 < frames; ++frame) {
    for (const std::size_t at :
         {std::size_t{1}, std::size_t{9}, std::size_t{18}, frame_header_size + 1'000}) {
      auto disk = copy_of(files);
      ASSERT_TRUE(disk.damage(log_file, log_header_size + frame * frame_size + at, 3));
      const auto db = Database::open(disk, base::Rng(7));
      ASSERT_FALSE(db.has_value()) << "frame " << frame << " at " << at;
      EXPECT_THAT(db.error().message, HasSubstr("log is damaged"));
    }
  }
}

TEST(Damage, of_a_logs_header_does_not_pass_for_an_empty_log) {
  const auto files = with_pairs_in_log().contents();
  for (std::size_t at = 0; at < log_header_size; ++at) {
    auto disk = copy_of(files);
    ASSERT_TRUE(disk.damage(log_file, at, 5));
    EXPECT_FALSE(Database::open(disk, base::Rng(7)).has_value()) << "byte " << at;
  }
}

TEST(Damage, of_a_log_is_left_as_it_is_found) {
  auto disk = with_pairs_in_log();
  disk.damage(log_file, log_header_size + 2'000);
  const auto before = disk.contents();
  ASSERT_FALSE(Database::open(disk, base::Rng(7)).has_value());
  EXPECT_EQ(disk.contents(), before);
}

// A log is begun anew once it was copied back; behind its new frames stand those of before.
TEST(Damage, is_not_seen_in_what_an_earlier_round_of_the_log_left) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto disk = make_disk(seed);
    auto db = opened(disk);
    int number = 0;
    const auto log = disk.open(log_file);
    ASSERT_TRUE(log);
    while (log->size() < frames_a_round * frame_size) ASSERT_TRUE(commit_pair(*db, ++number));
    const auto longest = log->size();
    for (int more = 0; more < 20; ++more) ASSERT_TRUE(commit_pair(*db, ++number));
    ASSERT_LE(log->size(), longest + frame_size * 10) << "the log was not begun anew";
    db->begin();
    insert_pair(*db, number + 1);
    disk.power_down_inside(3);
    EXPECT_FALSE(db->commit());
    db.reset();
    disk.power_up();
    EXPECT_EQ(pairs_in(*opened(disk)), up_to(number)) << "seed " << seed;
  }
}

}  // namespace damage_test
}  // namespace directory
