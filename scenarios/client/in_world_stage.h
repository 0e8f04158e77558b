// A stage on the virtual clock: the product is a part of the world.
#pragma once

#include "scenarios/client/product.h"
#include "scenarios/client/stage.h"
#include "scenarios/engine/seeded_defects.h"
#include "scenarios/engine/store_template.h"

namespace scenarios::client {

struct InWorldOptions {
  std::uint64_t seed = 1;
  SeededDefects defects{};                ///< of the world's own parts, which may be the product
  const StoreTemplate* store = nullptr;   ///< what the directory's disk begins with; null: nothing
};

/// `options` are copied; the store outlives the stages.
[[nodiscard]] StageMaker stages_in_world(ProductMaker make, InWorldOptions options);

}  // namespace scenarios::client
