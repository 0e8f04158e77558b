// Seeded defects of the tenant's provisioning service and of its sign-in, both of which are under rules.
#pragma once

#include <span>

#include "base/defect_set.h"

namespace fakes::entra {

enum class Defect {
  cycle_creates_nobody,
  cycle_every_fifty_minutes,
  on_demand_leaves_extensions_out,
  disabled_job_goes_on,
  provisions_unassigned,
  creates_disabled,
  tells_nobody_of_quarantine,
  deletes_though_switched_off,
  pushes_groups_though_off,
  saved_mapping_is_ignored,
  no_connection_is_fine,
  restored_keeps_first_deletion,
  temporary_password_lets_in,
  departments_flow_back
};

using Defects = base::DefectSet<Defect>;
using DefectRow = base::DefectRow<Defect>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const DefectRow> defect_rows();

}  // namespace fakes::entra
