// SQLite's files on a Disk port. One registration a store: the process-wide list of SQLite holds it by name.
#pragma once

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

  struct State;

 private:
  std::string name_;
  std::unique_ptr<State> state_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace directory
