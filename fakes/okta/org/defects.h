// Seeded defects of the org's SCIM client and of its sign-in, both of which are under rules.
#pragma once

#include <span>

#include "base/defect_set.h"

namespace fakes::okta {

enum class Defect {
  creates_with_another_password,
  password_changes_stay,
  updates_stay,
  lockouts_are_told,
  suspensions_are_told,
  deletions_stay,
  expired_password_lets_in
};

using Defects = base::DefectSet<Defect>;
using DefectRow = base::DefectRow<Defect>;

/// In the order of the enumeration.
[[nodiscard]] std::span<const DefectRow> defect_rows();

}  // namespace fakes::okta
