#include "directory/cloud_sync/sync_progress.h"

namespace directory {

bool SyncProgress::note_error(std::string_view code, std::string_view message) {
  const bool news = error_code != code || error_message != message;
  error_code = code;
  error_message = message;
  return news;
}

SyncProgress read_progress(Row row, int first) {
  return {.revision = row.integer(first),
          .synced = row.integer(first + 1),
          .attempts = static_cast<int>(row.integer(first + 2)),
          .next_attempt = row.instant(first + 3),
          .error_code = row.text(first + 4),
          .error_message = row.text(first + 5),
          .synced_at = row.optional_instant(first + 6)};
}

}  // namespace directory
