#include "directory/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "directory/store/checksums.h"

namespace directory {

std::string Row::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string{} : std::string(bytes, size);
}

std::optional<std::string> Row::optional_text(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<std::int64_t> Row::optional_integer(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

std::optional<base::Instant> Row::optional_instant(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return instant(column);
}

Database::Database(base::Disk& disk, base::Rng rng) : disk_(&disk), rng_(rng), vfs_(disk, rng_) {}

base::Result<std::unique_ptr<Database>> Database::open(base::Disk& disk, base::Rng rng,
                                                       std::span<const char* const> migrations) {
  // Nobody asks how much memory SQLite has, and counting it takes a lock for each allocation. Refused once it is initialised.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  // SQLite's generator is one for the process: seeded anew, a world does not depend on those before it.
  sqlite3_initialize();
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(rng.below(INT32_MAX) + 1), nullptr);
  if (disk.exists(log_file)) {
    const auto log = disk.open(log_file);
    if (log && is_damaged_log(*log)) return base::fail("the directory's write-ahead log is damaged");
  }
  std::unique_ptr<Database> database(new Database(disk, rng));
  if (auto opened = database->open_file(); !opened) return std::unexpected(opened.error());
  if (auto migrated = database->migrate(migrations); !migrated) return std::unexpected(migrated.error());
  return database;
}

Database::~Database() {
  while (auto* statement = handle_ == nullptr ? nullptr : sqlite3_next_stmt(handle_, nullptr)) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

base::Result<void> Database::open_file() {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(database_file, &handle_, flags, vfs_.name().c_str()) != SQLITE_OK) {
    return base::fail("the directory's database cannot be opened");
  }
  sqlite3_extended_result_codes(handle_, 1);
  int reserved = static_cast<int>(reserved_bytes);
  sqlite3_file_control(handle_, nullptr, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  // Exclusive before WAL: the log's index then lives in memory and no shared memory is asked of the disk.
  // secure_delete overwrites what is deleted, so that freed pages hold nothing. Nothing is written before its commit,
  // and so no frame of the log is written twice: its checksum always fits. A commit that has split a page goes over all that is cached, so
  // that a large cache costs more than it saves where the disk is as fast as memory; see keep_in_memory() for one that is not.
  for (const auto* pragma : {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                             "PRAGMA secure_delete=ON", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-2000",
                             "PRAGMA cache_spill=OFF"}) {
    query(pragma, [](Row) {});
  }
  sqlite3_wal_hook(handle_, after_commit, this);
  sqlite3_set_authorizer(handle_, while_preparing, this);
  if (!failure_.empty()) return base::fail(failure_);
  return {};
}

base::Result<void> Database::migrate(std::span<const char* const> migrations) {
  const auto version = first("PRAGMA user_version", [](Row row) { return row.integer(0); }).value_or(-1);
  const auto newest = static_cast<std::int64_t>(migrations.size());
  if (failure_.empty() && version > newest) {
    return base::fail(fmt::format("the database has version {}; this program knows versions up to {}", version, newest));
  }
  if (failure_.empty() && version < newest) {
    // References are checked once, at the end: a table may have to go before its successor takes its name.
    begin();
    for (const auto* migration : migrations.subspan(static_cast<std::size_t>(version))) {
      if (failure_.empty() && sqlite3_exec(handle_, migration, nullptr, nullptr, nullptr) != SQLITE_OK) latch("migration");
    }
    if (exists("PRAGMA foreign_key_check")) failure_ = "the migration left a row without the row that it refers to";
    run(fmt::format("PRAGMA user_version={}", newest));
    static_cast<void>(commit());
  }
  query("PRAGMA foreign_keys=ON", [](Row) {});
  if (!failure_.empty()) return base::fail(failure_);
  return {};
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
  if (!failure_.empty()) return nullptr;
  if (const auto found = statements_.find(sql); found != statements_.end()) return about_to_run(found->second);
  Prepared prepared;
  preparing_ = &prepared;
  const int status = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared.statement, nullptr);
  preparing_ = nullptr;
  if (status != SQLITE_OK) {
    latch(sql);
    return nullptr;
  }
  return about_to_run(statements_.emplace(sql, std::move(prepared)).first->second);
}

sqlite3_stmt* Database::about_to_run(const Prepared& prepared) {
  for (auto* count : prepared.writes) ++*count;
  wrote_ |= !prepared.writes.empty();
  if (prepared.undoes && wrote_) ++undone_;
  return prepared.statement;
}

/// SQLite asks whether a statement may do what it does; it may. Triggers and what follows references ask too.
int Database::while_preparing(void* self, int action, const char* first, const char* /*second*/, const char* /*schema*/, const char* /*trigger*/) {
  auto& database = *static_cast<Database*>(self);
  auto* prepared = database.preparing_;
  if (prepared == nullptr) return SQLITE_OK;
  switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE: {
      auto* count = &database.writes_[first];
      if (std::ranges::find(prepared->writes, count) == prepared->writes.end()) prepared->writes.push_back(count);
      break;
    }
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: prepared->undoes = std::string_view(first) == "ROLLBACK"; break;
    default: break;
  }
  return SQLITE_OK;
}

std::uint64_t Database::writes_to(std::string_view table) const {
  const auto found = writes_.find(table);
  return undone_ + (found == writes_.end() ? 0 : found->second);
}

void Database::bind(sqlite3_stmt* statement, int index, SqlNull) {
  if (statement != nullptr) sqlite3_bind_null(statement, index);
}

void Database::bind(sqlite3_stmt* statement, int index, std::string_view text) {
  if (statement == nullptr) return;
  sqlite3_bind_text(statement, index, text.data() == nullptr ? "" : text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void Database::bind(sqlite3_stmt* statement, int index, std::int64_t integer) {
  if (statement != nullptr) sqlite3_bind_int64(statement, index, integer);
}

bool Database::step(sqlite3_stmt* statement) {
  if (statement == nullptr || !failure_.empty()) return false;
  const int status = sqlite3_step(statement);
  if (status != SQLITE_ROW && status != SQLITE_DONE) latch(sqlite3_sql(statement));
  return status == SQLITE_ROW;
}

void Database::step_to_end(sqlite3_stmt* statement) {
  while (step(statement)) {
  }
  reset(statement);
}

void Database::reset(sqlite3_stmt* statement) {
  if (statement == nullptr) return;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

void Database::latch(std::string_view what) {
  if (!failure_.empty()) return;
  const bool damaged = sqlite3_extended_errcode(handle_) == SQLITE_IOERR_DATA;
  failure_ = fmt::format("{} ({})", damaged ? "a page is damaged" : sqlite3_errmsg(handle_), what.substr(0, 120));
}

std::int64_t Database::changed_rows() const { return sqlite3_changes64(handle_); }
std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_); }

void Database::keep_in_memory(int kibibytes) { query(fmt::format("PRAGMA cache_size={}", -kibibytes), [](Row) {}); }

void Database::begin() {
  wrote_ = false;
  run("BEGIN IMMEDIATE");
}

bool Database::commit() {
  run("COMMIT");
  if (!failure_.empty()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  return failure_.empty();
}

/// SQLite calls it behind each commit with the frames that the log has. What is copied back must have been synced.
int Database::after_commit(void* self, sqlite3* handle, const char* schema, int frames) {
  auto& database = *static_cast<Database*>(self);
  database.log_frames_ = frames;
  if (frames >= frames_a_round && !database.deferring_) {
    sqlite3_wal_checkpoint(handle, schema);
    database.log_frames_ = 0;
  }
  return SQLITE_OK;
}

bool Database::begin_commit(std::function<void()> done) {
  // A log that begins anew syncs its header before what follows, lest old frames were taken for new; one that is full is copied back.
  deferring_ = log_frames_ > 0 && log_frames_ < frames_a_round;
  vfs_.defer_log_sync(deferring_);
  const bool kept = commit();
  vfs_.defer_log_sync(false);
  deferring_ = false;
  if (!kept) return false;
  const bool begun = vfs_.begin_owed_sync([this, done = std::move(done)](bool synced) {
    if (!synced) latch_failed_sync();
    done();
  });
  if (!begun && vfs_.failed()) latch_failed_sync();
  return begun;
}

void Database::finish_sync() {
  vfs_.finish_owed_sync();
  if (vfs_.failed()) latch_failed_sync();
}

void Database::latch_failed_sync() {
  if (failure_.empty()) failure_ = "disk I/O error (sync of the log)";
}

void Database::roll_back() { run("ROLLBACK"); }

}  // namespace directory
