#include "reports/conformance_junit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/duration_text.h"
#include "reports/conformance_view.h"
#include "reports/html_escape.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;

constexpr std::size_t junit_text_limit = 20'000;

enum class Outcome { passed, failed, errored, skipped };

Outcome outcome_of(const ConformanceRecord& record, const CaseRecord& one) {
  if (one.verdict == Verdict::error) return Outcome::errored;
  if (scenarios::fails(one, !record.baseline.empty())) return Outcome::failed;
  const bool passes = one.verdict == Verdict::conforms || one.verdict == Verdict::refused ||
                      one.verdict == Verdict::unclear ||
                      (one.verdict == Verdict::deviates && one.known.empty());
  return passes ? Outcome::passed : Outcome::skipped;
}

/// Seconds with milliseconds, as the format has it.
std::string seconds(base::Duration duration) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  return fmt::format("{}.{:03}", milliseconds / 1'000, milliseconds % 1'000);
}

std::string one_line(std::string_view text) {
  return xml_text(shortened(visible(text, Breaks::join), 300));
}

void add_text(std::string& out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  out += fmt::format("{}: {}\n", label, shortened(visible(text, Breaks::keep), junit_text_limit));
}

void add_checks(std::string& out, const ConformanceRecord& record, const CaseRecord& one) {
  for (const auto& check : one.checks) {
    if (holds(check.verdict)) continue;
    add_text(out, "step", check.what);
    add_text(out, "says", check.says);
    for (const auto& difference : check.differences) {
      add_text(out, "where", difference.where);
      add_text(out, "expected", difference.expected);
      add_text(out, "found", difference.found);
    }
    const auto evidence = evidence_of(one, check);
    if (!evidence.empty()) add_text(out, "send it again", curl_command(record, *evidence.back()));
  }
}

std::string report_text(const ConformanceRecord& record, const ConformanceIndex& index,
                        const CaseRecord& one) {
  std::string out;
  for (const auto* clause : index.clauses_of(one)) {
    add_text(out, "clause", fmt::format("{} ({}): {}", clause->id, clause->source, clause->law));
  }
  add_text(out, "found", one.summary);
  add_checks(out, record, one);
  for (const auto& reading : one.readings) add_text(out, "reading", reading);
  add_text(out, "costs", one.why);
  add_text(out, "fix", one.fix);
  add_text(out, "judge it again", one.replay);
  return out;
}

std::string skip_reason(const CaseRecord& one) {
  if (!one.known.empty()) return "known: " + one.known;
  if (one.verdict == Verdict::violates) return "violates, as in the baseline: " + one.summary;
  if (one.verdict == Verdict::blocked) return "blocked by " + one.blocked_by;
  return fmt::format("{}: {}", to_text(one.verdict), one.summary);
}

std::string dotted(std::string id) {
  std::ranges::replace(id, '/', '.');
  return id;
}

void add_junit_case(std::string& out, const ConformanceRecord& record, const ConformanceIndex& index,
              const CaseRecord& one) {
  out += fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"{}\">\n", one_line(one.title),
                     one_line(dotted(one.id)), seconds(one.measured.wall));
  switch (outcome_of(record, one)) {
    case Outcome::failed: {
      const auto message = one.stale ? "a known deviation did not happen: " + one.known : one.summary;
      out += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                         one.stale ? "stale" : to_text(one.verdict), one_line(message),
                         xml_text(report_text(record, index, one)));
      break;
    }
    case Outcome::errored:
      out += fmt::format("      <error type=\"error\" message=\"{}\">{}</error>\n", one_line(one.summary),
                         xml_text(report_text(record, index, one)));
      break;
    case Outcome::skipped:
      out += fmt::format("      <skipped message=\"{}\"/>\n", one_line(skip_reason(one)));
      break;
    case Outcome::passed:
      if (!holds(one.verdict)) {
        out += fmt::format("      <system-out>{}\n{}</system-out>\n", to_text(one.verdict),
                           xml_text(report_text(record, index, one)));
      }
      break;
  }
  out += "    </testcase>\n";
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  base::Duration wall{0};

  void add(Outcome outcome, base::Duration took) {
    ++tests;
    failures += outcome == Outcome::failed ? 1 : 0;
    errors += outcome == Outcome::errored ? 1 : 0;
    skipped += outcome == Outcome::skipped ? 1 : 0;
    wall += took;
  }
  [[nodiscard]] std::string text() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"", tests,
                       failures, errors, skipped, seconds(wall));
  }
};

}  // namespace

std::string xml_text(std::string_view text) {
  auto out = escape(text);
  // XML has no U+FFFE and U+FFFF. Their first two bytes begin no other character that ends in BE or BF.
  for (auto at = out.find("\xEF\xBF"); at != std::string::npos; at = out.find("\xEF\xBF", at + 3)) {
    if (out[at + 2] == '\xBE' || out[at + 2] == '\xBF') out[at + 2] = '\xBD';
  }
  return out;
}

std::string to_junit(const ConformanceRecord& record) {
  const ConformanceIndex index(record);
  Counts all;
  std::string suites;
  for (const auto& area : areas_of(record, index)) {
    if (area.cases.empty()) continue;
    Counts counts;
    std::string cases;
    for (const auto* one : area.cases) {
      counts.add(outcome_of(record, *one), one->measured.wall);
      all.add(outcome_of(record, *one), one->measured.wall);
      add_junit_case(cases, record, index, *one);
    }
    suites += fmt::format("  <testsuite name=\"{}\" {} timestamp=\"{}\">\n{}  </testsuite>\n",
                          one_line(area.name), counts.text(), base::to_rfc3339(record.started), cases);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n{}</testsuites>\n",
      one_line(record.suite + ": " + product_name(record)), all.text(), suites);
}

}  // namespace reports
