// The database's schema as a list of migrations, and the names of its files.
#pragma once

#include <span>

namespace directory {

inline constexpr const char* database_file = "directory.db";
/// SQLite's write-ahead log; gone after an orderly end.
inline constexpr const char* log_file = "directory.db-wal";

/// The n-th brings a database from version n to n + 1. They hold no statements about transactions.
[[nodiscard]] std::span<const char* const> migrations();

}  // namespace directory
