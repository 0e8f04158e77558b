// What an operator asks of a store: whether it is sound, and a copy of it.
#include <fmt/format.h>
#include <sqlite3.h>

#include "directory/store/checksums.h"
#include "directory/store/database.h"

namespace directory {
namespace {

/// Copies a database whose log has been copied back into it; the number of a page that is damaged is an
/// error.
base::Result<void> copy_pages(base::DiskFile& from, base::DiskFile& to) {
  const auto pages = from.size() / page_size;
  Page page{};
  for (std::uint64_t number = 0; number < pages; ++number) {
    if (from.read(number * page_size, page) != base::DiskStatus::ok)
      return base::fail("the database cannot be read");
    if (!is_intact_page(page, number))
      return base::fail(fmt::format("page {} of the database is damaged", number + 1));
    if (to.write(number * page_size, page) != base::DiskStatus::ok)
      return base::fail("the copy cannot be written");
  }
  if (to.sync() != base::DiskStatus::ok) return base::fail("the copy cannot be synced");
  return {};
}

}  // namespace

std::vector<std::string> Database::integrity_check() {
  std::vector<std::string> problems;
  sqlite3_db_release_memory(handle_);  // what is cached is not what is on the disk
  query("PRAGMA integrity_check", [&](Row row) {
    if (auto finding = row.text(0); finding != "ok") problems.push_back(std::move(finding));
  });
  query("PRAGMA foreign_key_check", [&](Row row) {
    problems.push_back(fmt::format("row {} of {} refers to a row of {} that is not there", row.text(1),
                                   row.text(0), row.text(2)));
  });
  if (!failure_.empty()) problems.push_back(failure_);
  return problems;
}

base::Result<void> Database::backup_to(base::Disk& target) {
  for (const auto* name : {database_file, log_file}) {
    if (target.exists(name)) return base::fail(fmt::format("there is a {} already", name));
  }
  log_frames_ = 0;
  const auto blocked = first("PRAGMA wal_checkpoint(TRUNCATE)", [](Row row) { return row.boolean(0); });
  if (!failure_.empty()) return base::fail(failure_);
  if (blocked.value_or(true)) return base::fail("the log cannot be copied back while a statement is running");
  const auto from = disk_->open(database_file);
  const auto to = target.open(database_file);
  if (!from || !to) return base::fail("the copy cannot be opened");
  auto copied = copy_pages(*from, *to);
  if (!copied) static_cast<void>(target.remove(database_file));
  return copied;
}

}  // namespace directory
