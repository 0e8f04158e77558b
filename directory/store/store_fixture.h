// A simulated disk and a store on it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "directory/store/database.h"
#include "sim/disk.h"

namespace directory {

inline sim::SimulatedDisk make_disk(std::uint64_t seed = 1) {
  return sim::SimulatedDisk(base::Rng(seed).fork("disk"), {});
}

inline std::unique_ptr<Database> opened(base::Disk& disk) {
  auto database = Database::open(disk, base::Rng(7));
  EXPECT_TRUE(database.has_value()) << database.error().message;
  return database ? std::move(*database) : nullptr;
}

/// Two rows that belong together.
inline void insert_pair(Database& db, int number) {
  for (const auto* half : {"left", "right"}) {
    db.run("INSERT INTO events (id, type, at, body) VALUES (?1, ?2, ?3, ?4)",
           fmt::format("{} {}", number, half), half, number, std::string(700, 'x'));
  }
}

inline bool commit_pair(Database& db, int number) {
  db.begin();
  insert_pair(db, number);
  return db.commit();
}

/// The numbers whose pairs are there; a pair without its other half fails the test.
inline std::vector<int> pairs_in(Database& db) {
  std::vector<int> numbers;
  db.query("SELECT at, count(*) FROM events GROUP BY at ORDER BY at", [&](Row row) {
    EXPECT_EQ(row.integer(1), 2) << "half of pair " << row.integer(0);
    numbers.push_back(static_cast<int>(row.integer(0)));
  });
  EXPECT_EQ(db.failure(), "");
  return numbers;
}

inline std::vector<int> up_to(int count) {
  std::vector<int> numbers;
  for (int number = 1; number <= count; ++number) numbers.push_back(number);
  return numbers;
}

}  // namespace directory
