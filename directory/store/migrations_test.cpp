// A store is brought to the newest version whole or not at all. The lists of migrations are the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "directory/store/migrations/sparse_indexes.h"
#include "directory/store/schema.h"
#include "directory/store/store_fixture.h"

namespace directory {
namespace migrations_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Migrations = std::vector<const char*>;

constexpr const char* people = "CREATE TABLE people (name TEXT PRIMARY KEY)";
constexpr const char* pets =
    "CREATE TABLE pets (name TEXT PRIMARY KEY, owner TEXT NOT NULL REFERENCES people(name) ON DELETE "
    "CASCADE);"
    "INSERT INTO pets SELECT 'cat of ' || name, name FROM people";
/// As a table gets a column that cannot be added: a successor takes its place while others refer to it.
constexpr const char* people_with_ages =
    "CREATE TABLE successor (name TEXT PRIMARY KEY, age INTEGER NOT NULL);"
    "INSERT INTO successor SELECT name, 30 FROM people;"
    "DROP TABLE people;"
    "ALTER TABLE successor RENAME TO people";

base::Result<std::unique_ptr<Database>> open_with(base::Disk& disk, const Migrations& migrations) {
  return Database::open(disk, base::Rng(7), migrations);
}

std::vector<std::string> texts(Database& db, std::string_view sql) {
  std::vector<std::string> out;
  db.query(sql, [&](Row row) { out.push_back(row.text(0)); });
  return out;
}

std::int64_t version_of(Database& db) {
  return db.first("PRAGMA user_version", [](Row row) { return row.integer(0); }).value_or(-1);
}

/// A store of version 1 with two people.
sim::SimulatedDisk with_people(std::uint64_t seed = 1) {
  auto disk = make_disk(seed);
  auto db = open_with(disk, {people});
  EXPECT_TRUE(db.has_value());
  (*db)->run("INSERT INTO people VALUES ('amy'), ('bob')");
  db->reset();
  return disk;
}

TEST(Migrations, a_new_store_goes_through_all_of_them) {
  auto disk = make_disk();
  const auto db = open_with(disk, {people, pets});
  ASSERT_TRUE(db.has_value());
  EXPECT_EQ(version_of(**db), 2);
  EXPECT_THAT(texts(**db, "SELECT name FROM pets"), ElementsAre());
}

TEST(Migrations, an_older_store_goes_through_those_it_lacks_and_keeps_its_rows) {
  auto disk = with_people();
  const auto db = open_with(disk, {people, pets, people_with_ages});
  ASSERT_TRUE(db.has_value()) << db.error().message;
  EXPECT_EQ(version_of(**db), 3);
  EXPECT_THAT(texts(**db, "SELECT name || age FROM people"), ElementsAre("amy30", "bob30"));
  EXPECT_THAT(texts(**db, "SELECT name FROM pets"), ElementsAre("cat of amy", "cat of bob"));
}

TEST(Migrations, references_hold_again_afterwards) {
  auto disk = with_people();
  const auto db = open_with(disk, {people, pets, people_with_ages});
  ASSERT_TRUE(db.has_value());
  (*db)->run("DELETE FROM people WHERE name = 'amy'");
  EXPECT_THAT(texts(**db, "SELECT name FROM pets"), ElementsAre("cat of bob"));
  (*db)->run("INSERT INTO pets VALUES ('stray', 'nobody')");
  EXPECT_THAT((*db)->failure(), HasSubstr("FOREIGN KEY"));
}

TEST(Migrations, one_that_fails_leaves_the_old_version) {
  for (const auto* bad :
       {"CREATE TABLE people (again TEXT)", "NONSENSE", "INSERT INTO pets VALUES ('cat of amy', 'amy')"}) {
    auto disk = with_people();
    const auto failed = open_with(disk, {people, pets, bad});
    ASSERT_FALSE(failed.has_value()) << bad;
    EXPECT_THAT(failed.error().message, HasSubstr("migration")) << bad;
    const auto db = open_with(disk, {people});
    ASSERT_TRUE(db.has_value()) << db.error().message;
    EXPECT_EQ(version_of(**db), 1);
    EXPECT_THAT(texts(**db, "SELECT name FROM people"), ElementsAre("amy", "bob"));
    EXPECT_FALSE((*db)->exists("SELECT 1 FROM sqlite_schema WHERE name = 'pets'"))
        << "half of the way is no version";
  }
}

TEST(Migrations, one_that_leaves_a_row_without_what_it_refers_to_fails) {
  auto disk = with_people();
  const auto failed = open_with(disk, {people, pets, "INSERT INTO pets VALUES ('stray', 'nobody')"});
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().message, HasSubstr("refers to"));
  EXPECT_TRUE(open_with(disk, {people}).has_value());
}

/// Every schema object of a kind, by name; what SQLite makes by itself has none.
std::vector<std::string> objects(Database& db, const std::string& kind) {
  return texts(db, "SELECT name FROM sqlite_schema WHERE type = '" + kind + "' AND name NOT LIKE 'sqlite_%' ORDER BY name");
}

TEST(Migrations, a_table_that_is_made_anew_keeps_rows_references_triggers_and_indexes) {
  const auto same = [](const char* migration) { return std::string_view(migration) == sparse_indexes_migration; };
  const auto number = static_cast<std::size_t>(std::ranges::find_if(migrations(), same) - migrations().begin());
  ASSERT_LT(number, migrations().size());
  const auto before = migrations().first(number);
  const auto all = migrations().first(number + 1);
  auto disk = make_disk();
  std::vector<std::string> triggers;
  std::vector<std::string> indexes;
  {
    const auto db = Database::open(disk, base::Rng(7), before);
    ASSERT_TRUE(db.has_value());
    const auto add = [&](const std::string& id, const std::string& more_columns, const std::string& more) {
      (*db)->run("INSERT INTO users (id, username, username_key, email, email_key, state, creation_source, password_authority, password_never_expires, "
                 "ignores_device_failures, created, modified" + more_columns + ") VALUES ('" + id + "', '" + id + "', '" + id + "', '" + id + "@x', '" + id +
                 "@x', 'ACTIVATED', 'admin', 'None', 0, 0, 1, 1" + more + ")");
    };
    add("amy", ", alternate_email, alternate_email_key", ", 'A@y', 'a@y'");
    add("bob", ", manager", ", 'amy'");
    (*db)->run("INSERT INTO scim_users (user_id, document) VALUES ('amy', '{}')");
    (*db)->run("INSERT INTO associations (from_type, from_id, to_type, to_id) VALUES ('user', 'amy', 'system', 's1')");
    (*db)->run("INSERT INTO events (id, type, at, body) VALUES ('e1', 'user_create', 5, '{}')");
    triggers = objects(**db, "trigger");
    indexes = objects(**db, "index");
    ASSERT_TRUE((*db)->failure().empty()) << (*db)->failure();
  }
  const auto db = Database::open(disk, base::Rng(7), all);
  ASSERT_TRUE(db.has_value()) << db.error().message;
  EXPECT_THAT(texts(**db, "SELECT id || coalesce(manager, '') || coalesce(alternate_email, '') FROM users ORDER BY id"), ElementsAre("amyA@y", "bobamy"));
  EXPECT_THAT(texts(**db, "SELECT id FROM events"), ElementsAre("e1"));
  EXPECT_EQ(objects(**db, "trigger"), triggers);
  const auto now = objects(**db, "index");
  for (const auto& index : indexes) EXPECT_THAT(now, ::testing::Contains(index));
  (*db)->run("DELETE FROM users WHERE id = 'amy'");
  EXPECT_THAT(texts(**db, "SELECT coalesce(manager, 'nobody') FROM users"), ElementsAre("nobody"));
  EXPECT_THAT(texts(**db, "SELECT user_id FROM scim_users"), ElementsAre());
  EXPECT_THAT(texts(**db, "SELECT from_id FROM associations"), ElementsAre());
  ASSERT_TRUE((*db)->failure().empty()) << (*db)->failure();
}

TEST(Migrations, what_must_be_there_once_still_must) {
  for (const auto* column : {"employee_identifier_key", "system_username", "alternate_email_key"}) {
    auto disk = make_disk();
    const auto db = Database::open(disk, base::Rng(7), migrations());
    ASSERT_TRUE(db.has_value());
    const auto add = [&](const std::string& id, const std::string& value) {
      (*db)->run("INSERT INTO users (id, username, username_key, email, email_key, state, creation_source, password_authority, password_never_expires, "
                 "ignores_device_failures, created, modified, " + std::string(column) + ") VALUES ('" + id + "', '" + id + "', '" + id + "', '" + id + "', '" + id +
                 "', 'ACTIVATED', 'admin', 'None', 0, 0, 1, 1, " + value + ")");
    };
    add("amy", "NULL");
    add("bob", "NULL");
    add("cyd", "'one'");
    EXPECT_TRUE((*db)->failure().empty()) << (*db)->failure();
    add("dee", "'one'");
    EXPECT_THAT((*db)->failure(), HasSubstr("UNIQUE")) << column;
  }
}

TEST(Migrations, a_newer_store_is_refused) {
  auto disk = make_disk();
  ASSERT_TRUE(open_with(disk, {people, pets}).has_value());
  const auto before = disk.contents();
  const auto refused = open_with(disk, {people});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "the database has version 2; this program knows versions up to 1");
  EXPECT_EQ(disk.contents().at(database_file), before.at(database_file));
}

TEST(Migrations, a_power_cut_at_any_change_of_the_disk_leaves_the_old_version_or_the_new) {
  int old_versions = 0;
  int new_versions = 0;
  bool to_the_end = false;
  for (std::uint64_t change = 1; !to_the_end; ++change) {
    auto disk = with_people(change);
    disk.power_down_inside(change);
    to_the_end = open_with(disk, {people, pets, people_with_ages}).has_value();
    disk.cut_power();
    const auto as_it_was = open_with(disk, {people});
    if (as_it_was) {
      ++old_versions;
      EXPECT_THAT(texts(**as_it_was, "SELECT name FROM people"), ElementsAre("amy", "bob"));
      EXPECT_FALSE(to_the_end);
    } else {
      ++new_versions;
      const auto done = open_with(disk, {people, pets, people_with_ages});
      ASSERT_TRUE(done.has_value()) << done.error().message;
      EXPECT_THAT(texts(**done, "SELECT name FROM pets"), ElementsAre("cat of amy", "cat of bob"));
    }
  }
  EXPECT_GT(old_versions, 5);
  EXPECT_GT(new_versions, 0);
}

}  // namespace migrations_test
}  // namespace directory
