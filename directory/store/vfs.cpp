// Version 1 of SQLite's file interface: no shared memory, since the store opens its database with an exclusive
// lock, and no locks, since one process holds it. SQLite's own idea of time is fixed: the core stamps rows itself.
// Pages of the database are sealed as they are written, and pages from database and log are verified as they are read.
// After a first change that failed nothing is changed any more: what became of that one, only a fresh start can tell.
#include "directory/store/vfs.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "directory/store/checksums.h"

namespace directory {

using base::DiskStatus;

struct Vfs::State {
  base::Disk* disk;
  base::Rng* rng;
  bool failed = false;  ///< a change was refused or is in doubt
  bool defers = false;
  base::DiskFile* owed = nullptr;     ///< the log, where its sync is owed
  base::DiskFile* syncing = nullptr;  ///< the log, while the disk syncs it by itself
  Page scratch{};

  DiskStatus finish_sync() {
    auto* log = std::exchange(syncing, nullptr);
    return log == nullptr ? DiskStatus::ok : changed([&] { return log->sync(); });
  }

  /// What a change comes to; `change` is not called once one has failed.
  template <class Change>
  DiskStatus changed(Change change) {
    const auto status = failed ? DiskStatus::io_error : change();
    failed = failed || status != DiskStatus::ok;
    return status;
  }
};

namespace {

struct File {
  sqlite3_file base;
  base::DiskFile* file;
  Vfs::State* vfs;
  int kind;               ///< SQLITE_OPEN_MAIN_DB, SQLITE_OPEN_WAL, …
  char* delete_on_close;  ///< name of a temporary file, or null
};

File& as_file(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

int code(DiskStatus status, int on_error) {
  switch (status) {
    case DiskStatus::ok: return SQLITE_OK;
    case DiskStatus::short_read: return SQLITE_IOERR_SHORT_READ;
    case DiskStatus::full: return SQLITE_FULL;
    case DiskStatus::io_error:
    case DiskStatus::dead: return on_error;
  }
  return on_error;
}

/// Whether what was read at an offset is what was written there.
bool is_intact(File& file, std::uint64_t offset, std::span<const std::byte> bytes) {
  if (file.kind == SQLITE_OPEN_WAL) {
    constexpr std::uint64_t first_page = log_header_size + frame_header_size;
    // Opening a log, SQLite reads headers and whole frames and verifies them itself.
    if (bytes.size() != page_size || offset < first_page || (offset - first_page) % frame_size != 0) return true;
    return is_intact_frame(*file.file, (offset - first_page) / frame_size, bytes);
  }
  if (file.kind != SQLITE_OPEN_MAIN_DB) return true;
  // The database's header is looked at before its page is, perhaps while the log has a newer one.
  constexpr std::size_t database_header_size = 100;
  if (offset + bytes.size() <= database_header_size) return true;
  return bytes.size() == page_size && offset % page_size == 0 && is_intact_page(bytes, offset / page_size);
}

int file_close(sqlite3_file* file) {
  auto& self = as_file(file);
  delete self.file;
  self.file = nullptr;
  if (self.delete_on_close != nullptr) {
    static_cast<void>(self.vfs->changed([&] { return self.vfs->disk->remove(self.delete_on_close); }));
    sqlite3_free(self.delete_on_close);
  }
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset_in) {
  auto& self = as_file(file);
  const std::span bytes(static_cast<std::byte*>(into), static_cast<std::size_t>(size));
  const auto offset = static_cast<std::uint64_t>(offset_in);
  const auto status = self.file->read(offset, bytes);
  if (status == DiskStatus::ok && !is_intact(self, offset, bytes)) return SQLITE_IOERR_DATA;
  // A page is read from the database only after all of it was synced there.
  const bool cut_short = status == DiskStatus::short_read && bytes.size() == page_size && offset < self.file->size();
  if (cut_short && self.kind == SQLITE_OPEN_MAIN_DB) return SQLITE_IOERR_DATA;
  return code(status, SQLITE_IOERR_READ);
}

int file_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset_in) {
  auto& self = as_file(file);
  // A frame that stays behind one that does not would look like damage: what is older is synced first.
  if (self.kind == SQLITE_OPEN_WAL && self.vfs->finish_sync() != DiskStatus::ok) return SQLITE_IOERR_FSYNC;
  std::span bytes(static_cast<const std::byte*>(from), static_cast<std::size_t>(size));
  const auto offset = static_cast<std::uint64_t>(offset_in);
  if (self.kind == SQLITE_OPEN_MAIN_DB && bytes.size() == page_size) {
    std::ranges::copy(bytes, self.vfs->scratch.begin());
    seal_page(self.vfs->scratch, offset / page_size);
    bytes = self.vfs->scratch;
  }
  return code(self.vfs->changed([&] { return self.file->write(offset, bytes); }), SQLITE_IOERR_WRITE);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  auto& self = as_file(file);
  return code(self.vfs->changed([&] { return self.file->truncate(static_cast<std::uint64_t>(size)); }),
              SQLITE_IOERR_TRUNCATE);
}

int file_sync(sqlite3_file* file, int) {
  auto& self = as_file(file);
  if (self.vfs->defers && self.kind == SQLITE_OPEN_WAL) {
    self.vfs->owed = self.file;
    return self.vfs->failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
  }
  return code(self.vfs->changed([&] { return self.file->sync(); }), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(as_file(file).file->size());
  return SQLITE_OK;
}

int file_lock(sqlite3_file*, int) { return SQLITE_OK; }
int file_check_reserved_lock(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}
int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int file_sector_size(sqlite3_file*) { return static_cast<int>(base::sector_size); }
// A write damages nothing beside it, so that no commit need be padded to whole sectors.
int file_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

constexpr sqlite3_io_methods file_methods = [] {
  sqlite3_io_methods methods{};
  methods.iVersion = 1;
  methods.xClose = file_close;
  methods.xRead = file_read;
  methods.xWrite = file_write;
  methods.xTruncate = file_truncate;
  methods.xSync = file_sync;
  methods.xFileSize = file_size;
  methods.xLock = file_lock;
  methods.xUnlock = file_lock;
  methods.xCheckReservedLock = file_check_reserved_lock;
  methods.xFileControl = file_control;
  methods.xSectorSize = file_sector_size;
  methods.xDeviceCharacteristics = file_characteristics;
  return methods;
}();

}  // namespace

Vfs::Vfs(base::Disk& disk, base::Rng& rng)
    : state_(new State{&disk, &rng}), vfs_(std::make_unique<sqlite3_vfs>()) {
  // The name only has to differ between stores that are open at one time.
  name_ = fmt::format("lockstep-{}", fmt::ptr(state_.get()));
  auto& vfs = *vfs_;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(File);
  vfs.mxPathname = 256;
  vfs.zName = name_.c_str();
  vfs.pAppData = state_.get();
  vfs.xOpen = [](sqlite3_vfs* self, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    auto& state = *static_cast<State*>(self->pAppData);
    auto& opened = *::new (static_cast<void*>(file)) File{};
    const std::string chosen = name != nullptr ? name : "temporary-" + state.rng->hex(8);
    if (state.failed && !state.disk->exists(chosen)) return SQLITE_CANTOPEN;
    auto disk_file = state.disk->open(chosen);
    if (!disk_file) return SQLITE_CANTOPEN;
    opened.file = disk_file.release();
    opened.vfs = &state;
    opened.kind = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL);
    if ((flags & SQLITE_OPEN_DELETEONCLOSE) != 0) opened.delete_on_close = sqlite3_mprintf("%s", chosen.c_str());
    opened.base.pMethods = &file_methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  };
  vfs.xDelete = [](sqlite3_vfs* self, const char* name, int) {
    auto& state = *static_cast<State*>(self->pAppData);
    return code(state.changed([&] { return state.disk->remove(name); }), SQLITE_IOERR_DELETE);
  };
  vfs.xAccess = [](sqlite3_vfs* self, const char* name, int, int* result) {
    *result = static_cast<State*>(self->pAppData)->disk->exists(name) ? 1 : 0;
    return SQLITE_OK;
  };
  vfs.xFullPathname = [](sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  };
  vfs.xRandomness = [](sqlite3_vfs* self, int size, char* out) {
    static_cast<State*>(self->pAppData)
        ->rng->fill(std::span(reinterpret_cast<unsigned char*>(out), static_cast<std::size_t>(size)));
    return size;
  };
  vfs.xSleep = [](sqlite3_vfs*, int) { return SQLITE_OK; };
  vfs.xCurrentTime = [](sqlite3_vfs*, double* now) {
    *now = 2'440'587.5;  // the Unix epoch as a Julian day
    return SQLITE_OK;
  };
  vfs.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* now) {
    *now = 210'866'760'000'000;
    return SQLITE_OK;
  };
  vfs.xGetLastError = [](sqlite3_vfs*, int, char*) { return 0; };
  sqlite3_vfs_register(&vfs, 0);
}

void Vfs::defer_log_sync(bool on) { state_->defers = on; }

bool Vfs::begin_owed_sync(std::function<void(bool)> done) {
  auto& state = *state_;
  auto* log = std::exchange(state.owed, nullptr);
  if (log == nullptr || state.failed) return false;
  const bool begun = log->begin_sync([&state, done = std::move(done)](DiskStatus status) {
    state.syncing = nullptr;
    state.failed = state.failed || status != DiskStatus::ok;
    done(!state.failed);
  });
  if (begun) state.syncing = log;
  if (!begun) static_cast<void>(state.changed([&] { return log->sync(); }));
  return begun;
}

void Vfs::finish_owed_sync() { static_cast<void>(state_->finish_sync()); }

bool Vfs::failed() const { return state_->failed; }

Vfs::~Vfs() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace directory
