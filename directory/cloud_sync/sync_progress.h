// How far the work on one row of the synchronisation has come: the columns that accounts and groups share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "directory/store/database.h"

namespace directory {

struct SyncProgress {
  std::int64_t revision = 1;
  std::int64_t synced = 0;        ///< the revision that everything was done for
  int attempts = 0;               ///< failures in a row
  base::Instant next_attempt{};
  std::string error_code{};       ///< empty: nothing is wrong
  std::string error_message{};
  std::optional<base::Instant> synced_at{};

  /// Takes what is wrong; whether that is news.
  bool note_error(std::string_view code, std::string_view message);
};

/// As read_progress reads them.
inline constexpr std::string_view progress_columns = "revision, synced, attempts, next_attempt, error_code, error_message, synced_at";
/// `first`: the number of the first of those columns in the row.
[[nodiscard]] SyncProgress read_progress(Row row, int first);
/// All but the revision, which is counted up by what changes here meanwhile.
void store_progress(Database& db, std::string_view table, std::int64_t id, const SyncProgress& progress);

}  // namespace directory
