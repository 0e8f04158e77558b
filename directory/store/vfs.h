// SQLite's files on a Disk port. One registration a store: the process-wide list of SQLite holds it by name.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/disk.h"
#include "base/rng.h"

struct sqlite3_vfs;  // NOLINT(readability-identifier-naming): SQLite's

namespace directory {

class Vfs {
 public:
  /// `disk` and `rng` outlive this object and every database opened through it.
  Vfs(base::Disk& disk, base::Rng& rng);
  ~Vfs();
  Vfs(const Vfs&) = delete;
  Vfs& operator=(const Vfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  /// While it is on, the log is not synced when SQLite asks for it, and that sync is owed.
  void defer_log_sync(bool on);
  /// Begins the sync that is owed, if one is; where the disk does not sync by itself it is done at once. True: `done` will be told whether
  /// the log is synced. False: there is nothing to wait for.
  [[nodiscard]] bool begin_owed_sync(std::function<void(bool synced)> done);
  /// Where the disk still syncs the log by itself: returns once it is synced, or has failed.
  void finish_owed_sync();
  /// Whether a change was refused or is in doubt.
  [[nodiscard]] bool failed() const;

  struct State;

 private:
  std::string name_;
  std::unique_ptr<State> state_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace directory
