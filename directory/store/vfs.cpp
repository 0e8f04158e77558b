// Version 1 of SQLite's file interface: no shared memory, since the store opens its database with an exclusive
// lock, and no locks, since one process holds it. SQLite's own idea of time is fixed: the core stamps rows itself.
#include "directory/store/vfs.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>
#include <new>

namespace directory {

struct Vfs::State {
  base::Disk* disk;
  base::Rng* rng;
};

namespace {

using base::DiskStatus;

struct File {
  sqlite3_file base;
  base::DiskFile* file;
  base::Disk* disk;
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

int file_close(sqlite3_file* file) {
  auto& self = as_file(file);
  delete self.file;
  self.file = nullptr;
  if (self.delete_on_close != nullptr) {
    static_cast<void>(self.disk->remove(self.delete_on_close));
    sqlite3_free(self.delete_on_close);
  }
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  const std::span bytes(static_cast<std::byte*>(into), static_cast<std::size_t>(size));
  return code(as_file(file).file->read(static_cast<std::uint64_t>(offset), bytes), SQLITE_IOERR_READ);
}

int file_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  const std::span bytes(static_cast<const std::byte*>(from), static_cast<std::size_t>(size));
  return code(as_file(file).file->write(static_cast<std::uint64_t>(offset), bytes), SQLITE_IOERR_WRITE);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  return code(as_file(file).file->truncate(static_cast<std::uint64_t>(size)), SQLITE_IOERR_TRUNCATE);
}

int file_sync(sqlite3_file* file, int) { return code(as_file(file).file->sync(), SQLITE_IOERR_FSYNC); }

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
int file_sector_size(sqlite3_file*) { return 512; }
int file_characteristics(sqlite3_file*) { return 0; }

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
    : state_(std::make_unique<State>(&disk, &rng)), vfs_(std::make_unique<sqlite3_vfs>()) {
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
    auto disk_file = state.disk->open(chosen);
    if (!disk_file) return SQLITE_CANTOPEN;
    opened.file = disk_file.release();
    opened.disk = state.disk;
    if ((flags & SQLITE_OPEN_DELETEONCLOSE) != 0) opened.delete_on_close = sqlite3_mprintf("%s", chosen.c_str());
    opened.base.pMethods = &file_methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  };
  vfs.xDelete = [](sqlite3_vfs* self, const char* name, int) {
    return code(static_cast<State*>(self->pAppData)->disk->remove(name), SQLITE_IOERR_DELETE);
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

Vfs::~Vfs() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace directory
