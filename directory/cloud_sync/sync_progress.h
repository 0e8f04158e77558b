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
/// Of an UPDATE that store_row runs: all but the revision, which is counted up by what changes here meanwhile. Columns of the table's
/// own begin with ?8, and ?1 is the row's id.
inline constexpr std::string_view progress_assignments =
    "synced = ?2, attempts = ?3, next_attempt = ?4, error_code = ?5, error_message = ?6, synced_at = ?7";
/// `own`: the values of the table's own columns, in the order of their numbers.
template <class... Own>
void store_row(Database& db, std::string_view update, std::int64_t id, const SyncProgress& progress, const Own&... own) {
  db.run(update, id, progress.synced, progress.attempts, progress.next_attempt, progress.error_code, progress.error_message, progress.synced_at,
         own...);
}

}  // namespace directory
