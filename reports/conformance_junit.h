// JUnit XML for the systems that show test results: a suite an area, a case a case.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/conformance_record.h"

namespace reports {

/// What counts against the product is a failure, a failure of the bench an error. What was known or is in the
/// baseline, does not apply or is blocked was skipped, with a reason. What deviates or is unclear passes and
/// says so in `system-out`.
[[nodiscard]] std::string to_junit(const scenarios::ConformanceRecord& record);

/// Text as it stands in XML 1.0, in content and in attributes alike, of any bytes. [XML 2.2]
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace reports
