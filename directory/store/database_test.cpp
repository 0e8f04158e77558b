// The store's one promise: commit() says true only for what a power cut cannot take away. The disk is cut at
// every single operation in turn, and refuses every single operation in turn.
#include "directory/store/database.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "directory/store/doomed_disk_fixture.h"
#include "directory/store/store_fixture.h"

namespace directory {
namespace database_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int pairs = 12;

/// Commits pairs until one is refused; the number of those that were acknowledged.
int commit_pairs(Database& db) {
  for (int number = 1; number <= pairs; ++number) {
    if (!commit_pair(db, number)) return number - 1;
  }
  return pairs;
}

/// How many operations the workload needs, from the opening of a new store.
int operations_of_workload() {
  auto disk = make_disk();
  DoomedDisk counted(disk, DoomedDisk::never, DoomedDisk::Fate::io_error);
  const auto db = opened(counted);
  EXPECT_EQ(commit_pairs(*db), pairs);
  return counted.operations();
}

// Durability

TEST(Database, what_was_committed_survives_a_power_cut) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto disk = make_disk(seed);
    auto db = opened(disk);
    EXPECT_EQ(commit_pairs(*db), pairs);
    disk.cut_power();
    db.reset();
    EXPECT_EQ(pairs_in(*opened(disk)), up_to(pairs)) << "seed " << seed;
  }
}

TEST(Database, what_was_not_committed_does_not_survive_a_power_cut) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto disk = make_disk(seed);
    auto db = opened(disk);
    EXPECT_TRUE(commit_pair(*db, 1));
    db->begin();
    for (int number = 2; number < 100; ++number) insert_pair(*db, number);
    disk.cut_power();
    EXPECT_FALSE(db->commit()) << "seed " << seed;
    db.reset();
    EXPECT_EQ(pairs_in(*opened(disk)), up_to(1)) << "seed " << seed;
  }
}

TEST(Database, a_power_cut_at_any_disk_operation_loses_no_commit_and_tears_none) {
  const int operations = operations_of_workload();
  ASSERT_GT(operations, pairs);
  for (int doomed = 1; doomed <= operations; ++doomed) {
    auto disk = make_disk(static_cast<std::uint64_t>(doomed));
    int acknowledged = 0;
    {
      DoomedDisk cut(disk, doomed, DoomedDisk::Fate::power_cut);
      const auto db = Database::open(cut, base::Rng(7));
      if (db) acknowledged = commit_pairs(**db);
    }
    const auto there = pairs_in(*opened(disk));
    // The commit in flight may have become durable without having been acknowledged.
    const auto count = static_cast<int>(there.size());
    EXPECT_EQ(there, up_to(count)) << "cut at operation " << doomed;
    EXPECT_GE(count, acknowledged) << "cut at operation " << doomed;
    EXPECT_LE(count, acknowledged + 1) << "cut at operation " << doomed;
  }
}

TEST(Database, goes_on_after_one_power_cut_after_another) {
  auto disk = make_disk();
  std::vector<int> expected;
  for (int number = 1; number <= 60; ++number) {
    auto db = opened(disk);
    EXPECT_EQ(pairs_in(*db), expected);
    ASSERT_TRUE(commit_pair(*db, number));
    expected.push_back(number);
    disk.cut_power();
  }
}

// A write-ahead log is copied back into the database after a thousand pages.
TEST(Database, survives_a_power_cut_after_its_log_was_copied_back) {
  auto disk = make_disk();
  auto db = opened(disk);
  for (int number = 1; number <= 1'500; ++number) ASSERT_TRUE(commit_pair(*db, number));
  EXPECT_GT(disk.contents().at("directory.db").size(), 1'000'000U) << "nothing was copied back";
  disk.cut_power();
  db.reset();
  EXPECT_EQ(pairs_in(*opened(disk)), up_to(1'500));
}

TEST(Database, an_orderly_end_keeps_everything) {
  auto disk = make_disk();
  auto db = opened(disk);
  commit_pairs(*db);
  db.reset();
  EXPECT_EQ(pairs_in(*opened(disk)), up_to(pairs));
}

TEST(Database, a_commit_is_paid_for_with_a_sync) {
  auto disk = make_disk();
  const auto db = opened(disk);
  static_cast<void>(disk.take_cost());
  const auto before = disk.syncs();
  ASSERT_TRUE(commit_pair(*db, 1));
  EXPECT_GT(disk.syncs(), before);
  EXPECT_GT(disk.take_cost(), base::Duration::zero());
}

// Transactions

TEST(Database, what_is_rolled_back_never_was) {
  auto disk = make_disk();
  const auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  db->begin();
  insert_pair(*db, 2);
  db->run("DELETE FROM events WHERE at = 1");
  db->roll_back();
  EXPECT_EQ(pairs_in(*db), up_to(1));
  EXPECT_TRUE(commit_pair(*db, 2));
  EXPECT_EQ(pairs_in(*db), up_to(2));
}

TEST(Database, knows_how_many_rows_a_statement_changed) {
  auto disk = make_disk();
  const auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  ASSERT_TRUE(commit_pair(*db, 2));
  db->run("DELETE FROM events WHERE at = 2");
  EXPECT_EQ(db->changed_rows(), 2);
  db->run("DELETE FROM events WHERE at = 9");
  EXPECT_EQ(db->changed_rows(), 0);
}

TEST(Database, counts_what_is_written_to_a_table) {
  auto disk = make_disk();
  const auto db = opened(disk);
  const auto events = db->writes_to("events");
  const auto users = db->writes_to("users");
  db->begin();
  insert_pair(*db, 1);
  const auto written = db->writes_to("events");
  EXPECT_NE(written, events);
  EXPECT_EQ(db->writes_to("users"), users) << "another table";
  EXPECT_TRUE(db->exists("SELECT 1 FROM events"));
  ASSERT_TRUE(db->commit());
  EXPECT_EQ(db->writes_to("events"), written) << "a read and a commit write nothing";
  ASSERT_TRUE(commit_pair(*db, 2));
  EXPECT_NE(db->writes_to("events"), written) << "with the statement that was prepared before";
}

TEST(Database, what_is_undone_counts_as_written) {
  auto disk = make_disk();
  const auto db = opened(disk);
  db->begin();
  insert_pair(*db, 1);
  const auto before = db->writes_to("events");
  db->roll_back();
  const auto after = db->writes_to("events");
  EXPECT_NE(after, before);
  db->begin();
  db->run("SAVEPOINT part");
  insert_pair(*db, 1);
  const auto within = db->writes_to("events");
  db->run("ROLLBACK TO part");
  EXPECT_NE(db->writes_to("events"), within);
  ASSERT_TRUE(db->commit());
  const auto idle = db->writes_to("events");
  db->begin();
  EXPECT_FALSE(db->exists("SELECT 1 FROM events"));
  db->roll_back();
  EXPECT_EQ(db->writes_to("events"), idle) << "nothing was written";
}

TEST(Database, what_follows_a_reference_counts_as_written) {
  auto disk = make_disk();
  const auto db = opened(disk);
  const auto keys = db->writes_to("api_keys");
  db->run("DELETE FROM administrators WHERE id = ?1", "nobody");
  EXPECT_NE(db->writes_to("api_keys"), keys) << "keys go with their administrator";
}

// Values

TEST(Database, values_come_back_as_they_were_bound) {
  auto disk = make_disk();
  const auto db = opened(disk);
  db->run("CREATE TEMP TABLE everything (a, b, c, d, e, f, g, h)");
  const std::string bytes("\0quote ' \xC3\xA9 \xFF", 14);
  const base::Instant instant = *base::parse_rfc3339("2026-01-05T08:00:00.123456789Z");
  const std::optional<std::string> none;
  db->run("INSERT INTO everything VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", bytes, std::string_view{}, none,
          instant, std::numeric_limits<std::int64_t>::min(), true, false, std::optional<base::Instant>{});
  int rows = 0;
  db->query("SELECT * FROM everything", [&](Row row) {
    ++rows;
    EXPECT_EQ(row.text(0), bytes);
    EXPECT_EQ(row.optional_text(1), "");
    EXPECT_EQ(row.optional_text(2), std::nullopt);
    EXPECT_EQ(row.instant(3), instant);
    EXPECT_EQ(row.optional_instant(3), instant);
    EXPECT_EQ(row.integer(4), std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(row.boolean(5));
    EXPECT_FALSE(row.boolean(6));
    EXPECT_EQ(row.optional_instant(7), std::nullopt);
  });
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(db->failure(), "");
}

TEST(Database, a_statement_forgets_the_values_of_its_last_use) {
  auto disk = make_disk();
  const auto db = opened(disk);
  constexpr std::string_view sql = "SELECT ?1 IS NULL, ?2 IS NULL";
  const auto bound = [](Row row) { return fmt::format("{}{}", row.integer(0), row.integer(1)); };
  EXPECT_EQ(db->first(sql, bound, "x", "y"), "00");
  EXPECT_EQ(db->first(sql, bound, "x"), "01");
  EXPECT_EQ(db->first(sql, bound), "11");
}

// Failures

TEST(Database, the_first_failure_stays) {
  auto disk = make_disk();
  const auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  db->begin();
  insert_pair(*db, 2);
  db->run("INSERT INTO events (sequence, id, type, at, body) VALUES (1, 'again', 'left', 2, '')");  // sequences are unique
  const auto failure = db->failure();
  EXPECT_THAT(failure, HasSubstr("UNIQUE"));
  db->run("NONSENSE");
  EXPECT_FALSE(db->commit());
  EXPECT_FALSE(commit_pair(*db, 3));
  EXPECT_EQ(db->failure(), failure);
  EXPECT_FALSE(db->exists("SELECT 1")) << "a store that failed must not answer";
}

TEST(Database, a_query_in_progress_ends_with_the_failure) {
  auto disk = make_disk();
  const auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  int rows = 0;
  db->query("SELECT id FROM events", [&](Row) {
    ++rows;
    db->run("NONSENSE");
  });
  EXPECT_EQ(rows, 1);
  EXPECT_THAT(db->failure(), HasSubstr("NONSENSE"));
}

TEST(Database, what_failed_is_not_there_after_it_is_opened_again) {
  auto disk = make_disk();
  auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  db->begin();
  insert_pair(*db, 2);
  db->run("NONSENSE");
  EXPECT_FALSE(db->commit());
  db.reset();
  EXPECT_EQ(pairs_in(*opened(disk)), up_to(1));
}

TEST(Database, no_disk_error_at_any_operation_passes_for_a_commit) {
  const int operations = operations_of_workload();
  for (const auto fate : {DoomedDisk::Fate::io_error, DoomedDisk::Fate::full}) {
    for (int doomed = 1; doomed <= operations; ++doomed) {
      auto disk = make_disk();
      int acknowledged = 0;
      {
        DoomedDisk failing(disk, doomed, fate);
        const auto db = Database::open(failing, base::Rng(7));
        if (db) {
          acknowledged = commit_pairs(**db);
          EXPECT_TRUE(acknowledged == pairs || !(*db)->failure().empty());
          if (!(*db)->failure().empty()) EXPECT_FALSE(commit_pair(**db, 99));
        }
        disk.cut_power();
      }
      const auto there = pairs_in(*opened(disk));
      const auto count = static_cast<int>(there.size());
      EXPECT_EQ(there, up_to(count)) << "operation " << doomed;
      EXPECT_GE(count, acknowledged) << "operation " << doomed;
    }
  }
}

// Opening

TEST(Database, a_store_of_a_newer_version_is_left_alone) {
  auto disk = make_disk();
  const auto newer = static_cast<int>(migrations().size()) + 1;
  auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  db->run(fmt::format("PRAGMA user_version={}", newer));
  db.reset();
  const auto before = disk.contents();
  const auto again = Database::open(disk, base::Rng(8));
  ASSERT_FALSE(again.has_value());
  EXPECT_THAT(again.error().message, HasSubstr(fmt::format("version {}", newer)));
  EXPECT_EQ(disk.contents().at("directory.db"), before.at("directory.db"));
}

TEST(Database, a_file_that_is_no_database_is_an_error) {
  auto disk = make_disk();
  const std::string noise(8'192, '#');
  {
    auto file = disk.open("directory.db");
    ASSERT_EQ(file->write(0, std::as_bytes(std::span(noise))), base::DiskStatus::ok);
    ASSERT_EQ(file->sync(), base::DiskStatus::ok);
  }
  const auto db = Database::open(disk, base::Rng(7));
  ASSERT_FALSE(db.has_value());
  EXPECT_THAT(db.error().message, Not(IsEmpty()));
  EXPECT_EQ(disk.contents().at("directory.db"), noise);
}

TEST(Database, opening_twice_migrates_once) {
  auto disk = make_disk();
  opened(disk).reset();
  const auto before = disk.contents().at("directory.db");
  opened(disk).reset();
  EXPECT_EQ(disk.contents().at("directory.db"), before);
}

TEST(Database, two_stores_at_a_time_do_not_see_each_other) {
  auto disk = make_disk(1);
  auto other_disk = make_disk(2);
  const auto db = opened(disk);
  const auto other = opened(other_disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  ASSERT_TRUE(commit_pair(*other, 2));
  EXPECT_THAT(pairs_in(*db), ElementsAre(1));
  EXPECT_THAT(pairs_in(*other), ElementsAre(2));
}

TEST(Database, the_same_work_makes_the_same_file) {
  auto disk = make_disk(1);
  auto same = make_disk(1);
  for (auto* each : {&disk, &same}) {
    auto db = opened(*each);
    commit_pairs(*db);
  }
  EXPECT_EQ(disk.contents(), same.contents());
}

// Deletion

TEST(Database, what_was_deleted_is_in_no_file_once_it_is_closed) {
  auto disk = make_disk();
  auto db = opened(disk);
  const std::string mark = "sealed-for-the-laptop-of-amy";
  const auto is_on_disk = [&] {
    for (const auto& [name, bytes] : disk.contents()) {
      if (bytes.find(mark) != std::string::npos) return true;
    }
    return false;
  };
  for (int number = 1; number <= 40; ++number) {
    db->begin();
    db->run("INSERT INTO events (id, type, at, body) VALUES (?1, 'x', ?2, ?3)", std::to_string(number),
            number, fmt::format("{} {}", mark, std::string(static_cast<std::size_t>(number) * 100, 'x')));
    ASSERT_TRUE(db->commit());
  }
  EXPECT_TRUE(is_on_disk()) << "the test looks in the wrong place";
  db->begin();
  db->run("DELETE FROM events");
  ASSERT_TRUE(db->commit());
  db.reset();
  EXPECT_FALSE(is_on_disk());
}

}  // namespace database_test
}  // namespace directory
