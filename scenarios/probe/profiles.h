// What a vendor wants to know first: is the product ready for Entra, for Okta, and does it hold to the RFCs?
#pragma once

#include <vector>

#include "scenarios/conformance_record.h"

namespace scenarios::probe {

/// A profile is decided by the cases of the suite of its name and those that bear its tag; RFC by all of the suite `scim`.
/// A profile that no case speaks of is left out.
[[nodiscard]] std::vector<ProfileRecord> profiles_of(const ConformanceRecord& record);

}  // namespace scenarios::probe
