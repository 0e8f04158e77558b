// The settings as one row.
#pragma once

#include "directory/core/core.h"

namespace directory {

/// Reads the stored settings into the core; a new store is given the initial ones of the options. Runs inside
/// a transaction.
void load_settings(Core& core);

/// Stores settings inside a transaction; the core goes by them once the caller has committed and assigned
/// them.
void store_settings(Core& core, const OrganizationSettings& settings);

}  // namespace directory
