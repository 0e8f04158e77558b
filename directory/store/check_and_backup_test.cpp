// The operator's two questions to a store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/store/checksums.h"
#include "directory/store/store_fixture.h"

namespace directory {
namespace check_and_backup_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Check, a_sound_store_has_no_problems_and_works_on) {
  auto disk = make_disk();
  const auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  EXPECT_THAT(db->integrity_check(), IsEmpty());
  EXPECT_TRUE(commit_pair(*db, 2));
  EXPECT_THAT(db->integrity_check(), IsEmpty());
}

TEST(Check, a_row_that_refers_to_nothing_is_a_problem) {
  auto disk = make_disk();
  const auto db = opened(disk);
  db->query("PRAGMA foreign_keys=OFF", [](Row) {});
  db->run(
      "INSERT INTO mail_outbox (kind, user_id, recipient, next_attempt) VALUES ('activation', 'nobody', "
      "'a@b.c', 0)");
  ASSERT_EQ(db->failure(), "");
  EXPECT_THAT(db->integrity_check(), Contains(HasSubstr("mail_outbox refers to a row of users")));
}

TEST(Check, a_store_that_failed_has_its_failure_for_a_problem) {
  auto disk = make_disk();
  const auto db = opened(disk);
  db->run("NONSENSE");
  EXPECT_THAT(db->integrity_check(), Contains(HasSubstr("NONSENSE")));
}

TEST(Backup, is_a_store_with_everything_that_was_committed) {
  auto disk = make_disk(1);
  auto copy = make_disk(2);
  const auto db = opened(disk);
  for (int number = 1; number <= 30; ++number) ASSERT_TRUE(commit_pair(*db, number));
  const auto done = db->backup_to(copy);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  copy.cut_power(sim::PowerCut::loses_all);
  const auto restored = opened(copy);
  EXPECT_EQ(pairs_in(*restored), up_to(30));
  EXPECT_THAT(restored->integrity_check(), IsEmpty());
}

TEST(Backup, leaves_the_store_at_work) {
  auto disk = make_disk(1);
  auto copy = make_disk(2);
  auto db = opened(disk);
  ASSERT_TRUE(commit_pair(*db, 1));
  ASSERT_TRUE(db->backup_to(copy).has_value());
  ASSERT_TRUE(commit_pair(*db, 2));
  EXPECT_EQ(pairs_in(*db), up_to(2));
  disk.cut_power();
  db.reset();
  EXPECT_EQ(pairs_in(*opened(disk)), up_to(2));
  EXPECT_EQ(pairs_in(*opened(copy)), up_to(1));
}

TEST(Backup, overwrites_nothing) {
  auto disk = make_disk(1);
  const auto db = opened(disk);
  for (const auto* name : {database_file, log_file}) {
    auto copy = make_disk(2);
    copy.load({{name, "precious"}});
    const auto refused = db->backup_to(copy);
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().message, HasSubstr(name));
    EXPECT_EQ(copy.contents(), (sim::DiskFiles{{name, "precious"}}));
  }
}

TEST(Backup, of_a_damaged_store_is_refused_and_leaves_nothing) {
  auto disk = make_disk(1);
  auto copy = make_disk(2);
  opened(disk).reset();
  const auto db = opened(disk);
  ASSERT_TRUE(disk.damage(database_file, 5 * page_size + 77));
  const auto refused = db->backup_to(copy);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "page 6 of the database is damaged");
  EXPECT_THAT(copy.contents(), IsEmpty());
}

TEST(Backup, that_finds_no_room_or_is_not_synced_is_an_error) {
  auto disk = make_disk(1);
  const auto db = opened(disk);
  auto full = make_disk(2);
  full.faults().full = true;
  EXPECT_FALSE(db->backup_to(full).has_value());
  auto failing = make_disk(3);
  failing.faults().syncs_fail = true;
  EXPECT_FALSE(db->backup_to(failing).has_value());
  EXPECT_EQ(db->failure(), "") << "the store itself is well";
}

}  // namespace check_and_backup_test
}  // namespace directory
