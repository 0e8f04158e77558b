// A conformance record made by hand, for the golden files: every verdict, hostile text, chains of blocked
// cases, known and stale deviations, and enough that holds to look like a real one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/comparison.h"
#include "scenarios/conformance_record.h"

namespace reports {

/// A credential that the headers of the sample hold as if redaction had been forgotten. No report may show
/// it.
inline constexpr std::string_view forgotten_token = "eyJhbGciOiJub25lIn0.c2VjcmV0";

[[nodiscard]] scenarios::ConformanceRecord sample_conformance();

/// Records of the same product from weeks before, oldest first.
[[nodiscard]] std::vector<scenarios::ConformanceRecord> earlier_conformance();

/// The record of another product, which meets what the first one violates and lacks a case that it has.
[[nodiscard]] scenarios::ConformanceRecord other_conformance();

/// Three reports to compare: of one product weeks ago and now, and of the other one, whose source is hostile too.
[[nodiscard]] std::vector<ComparedReport> compared_conformance();

/// A case of which nothing else is told.
[[nodiscard]] scenarios::CaseRecord case_of(std::string id, scenarios::Verdict verdict, std::string blocked_by = "");

/// `cases` of which every tenth violates, with four exchanges each.
[[nodiscard]] scenarios::ConformanceRecord large_conformance(std::size_t cases);

}  // namespace reports
