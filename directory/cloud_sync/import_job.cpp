#include "directory/cloud_sync/import_job.h"

#include <fmt/format.h>

namespace directory {
namespace {

constexpr std::string_view job_columns =
    "id, directory_id, directory_name, admin_id, admin_email, created, attempts, next_attempt, limit_reached, finished";
constexpr std::string_view entry_columns = "number, object_id, status, upn, username, message, user_id";

ImportJob read_job(Row row) {
  ImportJob job;
  job.id = ImportJobId{row.text(0)};
  job.directory = CloudDirectoryId{row.text(1)};
  job.directory_name = row.text(2);
  job.admin_id = row.text(3);
  job.admin_email = row.text(4);
  job.created = row.instant(5);
  job.attempts = static_cast<int>(row.integer(6));
  job.next_attempt = row.instant(7);
  job.limit_reached = row.boolean(8);
  job.finished = row.optional_instant(9);
  return job;
}

ImportStatus import_status_of(std::string_view name) {
  for (const auto status : {ImportStatus::imported, ImportStatus::refused}) {
    if (status_name(status) == name) return status;
  }
  return ImportStatus::pending;
}

ImportEntry read_entry(Row row) {
  ImportEntry entry;
  entry.number = row.integer(0);
  entry.object_id = row.text(1);
  entry.status = import_status_of(row.text(2));
  entry.upn = row.text(3);
  entry.username = row.text(4);
  entry.message = row.text(5);
  entry.user = UserId{row.text(6)};
  return entry;
}

}  // namespace

std::string_view status_name(ImportStatus status) {
  switch (status) {
    case ImportStatus::pending: return "pending";
    case ImportStatus::imported: return "imported";
    case ImportStatus::refused: return "notImported";
  }
  return "";
}

void insert_import(Database& db, const ImportJob& job, const std::vector<std::string>& object_ids) {
  db.run(
      "INSERT INTO cloud_imports (id, directory_id, directory_name, admin_id, admin_email, created, next_attempt) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      job.id.text(), job.directory.text(), job.directory_name, job.admin_id, job.admin_email, job.created, job.next_attempt);
  std::int64_t number = 0;
  for (const auto& object : object_ids) {
    db.run("INSERT INTO cloud_import_entries (job_id, number, object_id) VALUES (?1, ?2, ?3)", job.id.text(), ++number, object);
  }
}

std::optional<ImportJob> find_import(Database& db, const ImportJobId& id) {
  return db.first(fmt::format("SELECT {} FROM cloud_imports WHERE id = ?1", job_columns), read_job, id.text());
}

std::vector<ImportJob> list_imports(Database& db, const CloudDirectoryId& directory) {
  std::vector<ImportJob> jobs;
  db.query(
      fmt::format("SELECT {} FROM cloud_imports WHERE directory_id = ?1 ORDER BY created, id", job_columns),
      [&](Row row) { jobs.push_back(read_job(row)); }, directory.text());
  return jobs;
}

std::int64_t count_imports(Database& db) {
  return db.first("SELECT count(*) FROM cloud_imports", [](Row row) { return row.integer(0); }).value_or(0);
}

std::optional<ImportJob> next_import(Database& db) {
  return db.first(fmt::format("SELECT {} FROM cloud_imports WHERE finished IS NULL ORDER BY next_attempt, id LIMIT 1", job_columns), read_job);
}

void update_import(Database& db, const ImportJob& job) {
  db.run("UPDATE cloud_imports SET attempts = ?2, next_attempt = ?3, limit_reached = ?4, finished = ?5 WHERE id = ?1", job.id.text(),
         job.attempts, job.next_attempt, job.limit_reached, job.finished);
}

std::vector<ImportEntry> pending_entries(Database& db, const ImportJobId& job, std::int64_t most) {
  std::vector<ImportEntry> entries;
  db.query(
      fmt::format("SELECT {} FROM cloud_import_entries WHERE job_id = ?1 AND status = 'pending' ORDER BY number LIMIT ?2", entry_columns),
      [&](Row row) { entries.push_back(read_entry(row)); }, job.text(), most);
  return entries;
}

std::vector<ImportEntry> import_entries(Database& db, const ImportJobId& job, std::int64_t skip, std::int64_t most) {
  std::vector<ImportEntry> entries;
  db.query(
      fmt::format("SELECT {} FROM cloud_import_entries WHERE job_id = ?1 ORDER BY number LIMIT ?3 OFFSET ?2", entry_columns),
      [&](Row row) { entries.push_back(read_entry(row)); }, job.text(), skip, most);
  return entries;
}

ImportCounts import_counts(Database& db, const ImportJobId& job) {
  ImportCounts counts;
  db.query(
      "SELECT status, count(*) FROM cloud_import_entries WHERE job_id = ?1 GROUP BY status",
      [&](Row row) {
        const auto status = import_status_of(row.text(0));
        counts.total += row.integer(1);
        if (status == ImportStatus::imported) counts.imported = row.integer(1);
        if (status == ImportStatus::refused) counts.refused = row.integer(1);
      },
      job.text());
  return counts;
}

void update_entry(Database& db, const ImportJobId& job, const ImportEntry& entry) {
  db.run(
      "UPDATE cloud_import_entries SET status = ?3, upn = ?4, username = ?5, message = ?6, user_id = ?7 WHERE job_id = ?1 AND number = ?2",
      job.text(), entry.number, status_name(entry.status), entry.upn, entry.username, entry.message, entry.user.text());
}

void refuse_pending_entries(Database& db, const ImportJobId& job, std::string_view message) {
  db.run("UPDATE cloud_import_entries SET status = ?2, message = ?3 WHERE job_id = ?1 AND status = 'pending'", job.text(),
         status_name(ImportStatus::refused), message);
}

std::optional<base::Instant> next_forgotten_import(Core& core) {
  const auto first = core.db().earliest("SELECT min(finished) FROM cloud_imports WHERE finished IS NOT NULL");
  if (!first) return std::nullopt;
  return *first + import_results_are_kept;
}

void forget_imports(Core& core) {
  core.db().run("DELETE FROM cloud_imports WHERE finished <= ?1", core.now() - import_results_are_kept);
}

}  // namespace directory
