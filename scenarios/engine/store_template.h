// The store of a directory that has never been used. Copied onto a disk it spares a world the migrations,
// which take a seventh of a short run; the run is the same with it and without.
#pragma once

#include "sim/disk.h"

namespace scenarios {

struct StoreTemplate {
  sim::DiskFiles files;
};

/// Migrates an empty store once; its owner hands it to every world that begins. Without files where that
/// fails.
[[nodiscard]] StoreTemplate make_store_template();

}  // namespace scenarios
