// What a record says of cases and of the rules that they cover, whichever kind of product they judge.
#pragma once

#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/conformance_record.h"

namespace scenarios::probe {

/// Of a case that has not been played yet: a Probe, or a case of a product that is a client.
template <class Case>
[[nodiscard]] CaseRecord case_record_of(const Case& one) {
  CaseRecord out;
  out.id = one.id;
  out.title = one.title;
  out.covers = one.covers;
  out.level = one.level;
  out.severity = one.severity;
  out.why = one.why;
  out.fix = one.fix;
  out.tags = one.tags;
  return out;
}

/// The rules that the cases cover, in the catalogue's order.
[[nodiscard]] std::vector<ClauseRecord> clauses_covered_by(const std::vector<CaseRecord>& cases, const Catalog& catalog);

}  // namespace scenarios::probe
