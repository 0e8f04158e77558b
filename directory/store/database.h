// SQLite with its errors latched: after the first failure every statement is a no-op, and commit() says false,
// so that code between begin and commit needs no error handling and its result is thrown away as a whole.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/result.h"
#include "base/rng.h"
#include "directory/store/schema.h"
#include "directory/store/vfs.h"

struct sqlite3;
struct sqlite3_stmt;

namespace directory {

/// A value bound to a parameter or read from a column.
struct SqlNull {};
using SqlText = std::string_view;

/// Looks texts up that are not std::string.
struct TextHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): the containers' word
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// One row, valid until the next step of its query.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
  [[nodiscard]] base::Instant instant(int column) const { return base::Instant{base::Duration{integer(column)}}; }
  [[nodiscard]] std::optional<base::Instant> optional_instant(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// Frames of the log after which it is copied back and begun anew: what changes often is copied once for many commits.
inline constexpr int frames_a_round = 2'000;

class Database {
 public:
  /// Opens or creates `directory.db` on the disk and brings it to the newest version, all the way or not at all. An
  /// error names what SQLite refused, a damaged log, or a database of a newer version.
  static base::Result<std::unique_ptr<Database>> open(base::Disk& disk, base::Rng rng,
                                                      std::span<const char* const> migrations = directory::migrations());
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs a statement without rows; parameters are numbered ?1, ?2, ….
  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    auto* statement = prepare(sql);
    int index = 0;
    (bind(statement, ++index, values), ...);
    step_to_end(statement);
  }

  /// Calls `each(Row)` for every row.
  template <class Each, class... Values>
  void query(std::string_view sql, Each each, const Values&... values) {
    auto* statement = prepare(sql);
    int index = 0;
    (bind(statement, ++index, values), ...);
    while (step(statement)) each(Row{statement});
    reset(statement);
  }

  /// The first row as `convert(Row)`, if there is one.
  template <class Convert, class... Values>
  auto first(std::string_view sql, Convert convert, const Values&... values)
      -> std::optional<decltype(convert(std::declval<Row>()))> {
    std::optional<decltype(convert(std::declval<Row>()))> found;
    query(sql, [&](Row row) { if (!found) found = convert(row); }, values...);
    return found;
  }

  /// The one instant that a statement without parameters gives; empty where it is null.
  [[nodiscard]] std::optional<base::Instant> earliest(std::string_view sql) {
    return first(sql, [](Row row) { return row.optional_instant(0); }).value_or(std::nullopt);
  }

  template <class... Values>
  [[nodiscard]] bool exists(std::string_view sql, const Values&... values) {
    return first(sql, [](Row) { return true; }, values...).has_value();
  }

  /// Another number once a row of the table was written, or such a write undone, and perhaps now and then without either: what was read of
  /// the table before still holds while it is the same.
  [[nodiscard]] std::uint64_t writes_to(std::string_view table) const;

  [[nodiscard]] std::int64_t changed_rows() const;
  [[nodiscard]] std::int64_t last_row_id() const;

  /// How much of the store is kept in memory, in KiB.
  void keep_in_memory(int kibibytes);

  void begin();
  /// False when anything since begin() failed; nothing of it is kept then. True means synced to the disk.
  [[nodiscard]] bool commit();
  void roll_back();
  /// As commit(), but where it can be the sync is left to the disk, and other transactions may go on meanwhile. True: `done` is called once
  /// the sync is over. False: it is over already. failure() then says whether all that was committed so far is synced.
  [[nodiscard]] bool begin_commit(std::function<void()> done);
  /// Returns once no sync that the disk was left to do is under way; its `done` is called all the same, later.
  void finish_sync();

  /// Reads every page and row; what is wrong with them, and nothing when all is well. Not inside a transaction.
  [[nodiscard]] std::vector<std::string> integrity_check();
  /// Copies everything that was committed to `directory.db` on another disk, which must have none; the copy is synced
  /// and every page of it was verified. Not inside a transaction.
  [[nodiscard]] base::Result<void> backup_to(base::Disk& target);

  /// What failed first; empty while all is well. A store that failed stays failed.
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  /// A statement, and what SQLite said of it when it was prepared.
  struct Prepared {
    sqlite3_stmt* statement = nullptr;
    std::vector<std::uint64_t*> writes{};  ///< the counts of the tables it writes to
    bool undoes = false;                   ///< a rollback, to a savepoint too
  };

  Database(base::Disk& disk, base::Rng rng);
  [[nodiscard]] sqlite3_stmt* prepare(std::string_view sql);
  [[nodiscard]] sqlite3_stmt* about_to_run(const Prepared& prepared);
  static int while_preparing(void* self, int action, const char* first, const char* second, const char* schema, const char* trigger);
  void bind(sqlite3_stmt* statement, int index, SqlNull);
  void bind(sqlite3_stmt* statement, int index, std::string_view text);
  void bind(sqlite3_stmt* statement, int index, const std::string& text) { bind(statement, index, std::string_view(text)); }
  void bind(sqlite3_stmt* statement, int index, const char* text) { bind(statement, index, std::string_view(text)); }
  void bind(sqlite3_stmt* statement, int index, std::int64_t integer);
  void bind(sqlite3_stmt* statement, int index, int integer) { bind(statement, index, std::int64_t{integer}); }
  void bind(sqlite3_stmt* statement, int index, bool boolean) { bind(statement, index, std::int64_t{boolean ? 1 : 0}); }
  void bind(sqlite3_stmt* statement, int index, base::Instant instant) {
    bind(statement, index, std::int64_t{instant.time_since_epoch().count()});
  }
  template <class T>
  void bind(sqlite3_stmt* statement, int index, const std::optional<T>& value) {
    if (value) {
      bind(statement, index, *value);
    } else {
      bind(statement, index, SqlNull{});
    }
  }
  bool step(sqlite3_stmt* statement);
  void step_to_end(sqlite3_stmt* statement);
  void reset(sqlite3_stmt* statement);
  void latch(std::string_view what);
  void latch_failed_sync();
  static int after_commit(void* self, sqlite3* handle, const char* schema, int frames);
  base::Result<void> open_file();
  base::Result<void> migrate(std::span<const char* const> migrations);

  base::Disk* disk_;
  base::Rng rng_;
  Vfs vfs_;
  sqlite3* handle_ = nullptr;
  // Neither is ever walked over.
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements_;
  std::unordered_map<std::string, std::uint64_t, TextHash, std::equal_to<>> writes_;  ///< by table
  Prepared* preparing_ = nullptr;
  bool wrote_ = false;         ///< since begin()
  std::uint64_t undone_ = 0;   ///< rollbacks that may have undone writes
  std::string failure_;
  int log_frames_ = 0;     ///< 0: unknown, or the next commit begins the log anew
  bool deferring_ = false;  ///< a commit whose sync is left to the disk is under way
};

}  // namespace directory
