#include "scenarios/engine/store_template.h"

#include "directory/store/database.h"

namespace scenarios {

StoreTemplate make_store_template() {
  sim::SimulatedDisk disk(base::Rng(1), {});
  // Closed in good order before its files are taken.
  if (!directory::Database::open(disk, base::Rng(1))) return {};
  return {disk.contents()};
}

}  // namespace scenarios
