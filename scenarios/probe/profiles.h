// What a vendor wants to know first: is the product ready for Entra, for Okta, and does it hold to the RFCs?
#pragma once

#include <vector>

#include "scenarios/conformance_record.h"

namespace scenarios::probe {

/// A profile is decided by the suite of its name, RFC by `scim`; of the others `scim` can only tell what stands against them, by
/// the cases that bear their tag. Where cases were left out, what was not found may stand in those.
[[nodiscard]] std::vector<ProfileRecord> profiles_of(const ConformanceRecord& record);

}  // namespace scenarios::probe
