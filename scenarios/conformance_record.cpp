#include "scenarios/conformance_record.h"

#include <algorithm>

namespace scenarios {
std::string_view to_text(Level level) {
  switch (level) {
    case Level::must:
      return "must";
    case Level::should:
      return "should";
    case Level::may:
      return "may";
  }
  return "";
}

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "critical";
    case Severity::high:
      return "high";
    case Severity::medium:
      return "medium";
    case Severity::low:
      return "low";
  }
  return "";
}

int weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::error:
      return 7;
    case Verdict::violates:
      return 6;
    case Verdict::blocked:
      return 5;
    case Verdict::deviates:
      return 4;
    case Verdict::unclear:
      return 3;
    case Verdict::refused:
      return 2;
    case Verdict::conforms:
      return 1;
    case Verdict::not_applicable:
      return 0;
  }
  return 0;
}

bool covers(const CaseRecord& record, std::string_view clause) {
  return std::ranges::find(record.covers, clause) != record.covers.end();
}

bool fails(const CaseRecord& record, bool only_regressions) {
  if (record.stale) return true;
  if (only_regressions) return record.regressed && record.known.empty();
  return record.verdict == Verdict::violates && record.known.empty();
}

int exit_code(const ConformanceRecord& record, bool only_regressions) {
  bool conclusive = false;
  bool failed = false;
  for (const auto& one : record.cases) {
    if (one.verdict == Verdict::error) return 70;
    if (fails(one, only_regressions)) failed = true;
    if (one.verdict != Verdict::blocked && one.verdict != Verdict::not_applicable && one.verdict != Verdict::unclear)
      conclusive = true;
  }
  if (failed) return 1;
  return conclusive ? 0 : 2;
}

Verdict verdict_of_clause(const ConformanceRecord& record, std::string_view clause) {
  auto worst = Verdict::not_applicable;
  for (const auto& one : record.cases) {
    if (covers(one, clause) && weight(one.verdict) > weight(worst)) worst = one.verdict;
  }
  return worst;
}

}  // namespace scenarios
