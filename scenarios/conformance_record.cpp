#include "scenarios/conformance_record.h"

#include <algorithm>
#include <array>

namespace scenarios {
namespace {

/// What needs a person first; the order in which verdicts outweigh each other.
constexpr std::array worst_first{Verdict::error,   Verdict::violates, Verdict::blocked, Verdict::deviates,
                                 Verdict::unclear, Verdict::refused,  Verdict::conforms, Verdict::not_applicable};

}  // namespace

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
  auto worst = worst_first.end() - 1;
  for (const auto& one : record.cases) {
    if (std::ranges::find(one.covers, clause) == one.covers.end()) continue;
    worst = std::min(worst, std::ranges::find(worst_first, one.verdict));
  }
  return *worst;
}

}  // namespace scenarios
