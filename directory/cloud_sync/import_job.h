// A job that imports chosen accounts of a tenant as users: the job and what became of each account, as rows, so that a restart goes on
// where it was. Both are forgotten 48 hours after the end. [rule R78] [rule R83] [rule R84]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/insights/event.h"
#include "directory/users/user.h"

namespace directory {

using ImportJobId = base::Id<struct ImportJobTag>;

/// Of one job: as many as somebody can mean to choose.
inline constexpr std::size_t most_import_accounts = 10'000;
/// All that are kept, running or not.
inline constexpr std::int64_t most_import_jobs = 100;
/// Up to so many accounts the results are shown with the job; beyond, by the link in the mail. [rule R83] [rule R84]
inline constexpr std::int64_t most_shown_results = 100;
/// Assumed: how long the results can be read after the end; in that time unwanted users are to be removed. [rule R133]
inline constexpr base::Duration import_results_are_kept = std::chrono::hours{48};

struct ImportJob {
  ImportJobId id;
  CloudDirectoryId directory;
  std::string directory_name;  ///< also of an instance that is gone
  std::string admin_id;        ///< who started it
  std::string admin_email;
  base::Instant created{};
  int attempts = 0;            ///< in a row that brought no account further
  base::Instant next_attempt{};
  bool limit_reached = false;  ///< an account was left out for want of a licence [rule R80]
  std::optional<base::Instant> finished{};

  /// Whoever started it, as the cause of what it does.
  [[nodiscard]] Actor actor() const { return {Actor::Kind::admin, admin_id, admin_email}; }
};

enum class ImportStatus : std::uint8_t {
  pending,
  imported,
  refused  ///< for the reason in the message
};

/// `pending`, `imported`, `notImported`.
[[nodiscard]] std::string_view status_name(ImportStatus status);

/// One account of a job, in the order of the choice.
struct ImportEntry {
  std::int64_t number = 0;
  std::string object_id{};  ///< Microsoft's
  ImportStatus status = ImportStatus::pending;
  std::string upn{};        ///< empty until the account has been read, as is the username
  std::string username{};
  std::string message{};    ///< why it was not imported [rule R83]
  UserId user{};            ///< who came of it
};

struct ImportCounts {
  std::int64_t total = 0;
  std::int64_t imported = 0;
  std::int64_t refused = 0;
};

void insert_import(Database& db, const ImportJob& job, const std::vector<std::string>& object_ids);
[[nodiscard]] std::optional<ImportJob> find_import(Database& db, const ImportJobId& id);
/// Of one instance, also of one that is gone, the oldest first.
[[nodiscard]] std::vector<ImportJob> list_imports(Database& db, const CloudDirectoryId& directory);
[[nodiscard]] std::int64_t count_imports(Database& db);
/// The unfinished one that may go on first.
[[nodiscard]] std::optional<ImportJob> next_import(Database& db);
/// When it goes on, whether it met the limit, and when it ended.
void update_import(Database& db, const ImportJob& job);

/// In the order of the choice.
[[nodiscard]] std::vector<ImportEntry> pending_entries(Database& db, const ImportJobId& job, std::int64_t most);
[[nodiscard]] std::vector<ImportEntry> import_entries(Database& db, const ImportJobId& job, std::int64_t skip, std::int64_t most);
[[nodiscard]] ImportCounts import_counts(Database& db, const ImportJobId& job);
void update_entry(Database& db, const ImportJobId& job, const ImportEntry& entry);
/// None of those that still wait is imported any more.
void refuse_pending_entries(Database& db, const ImportJobId& job, std::string_view message);

/// When the next results are to be forgotten.
[[nodiscard]] std::optional<base::Instant> next_forgotten_import(Core& core);
/// Inside a transaction: forgets those whose time is over.
void forget_imports(Core& core);

}  // namespace directory
