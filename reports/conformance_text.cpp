#include "reports/conformance_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/conformance_view.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"
#include "reports/text_page.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::CheckRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;

constexpr std::size_t verdict_columns = 14;
constexpr std::size_t id_columns = 58;
constexpr std::size_t findings_in_full = 40;
constexpr std::size_t differences_in_full = 6;
constexpr std::size_t blocked_in_full = 8;
constexpr std::size_t paths_in_full = 20;
constexpr std::size_t body_characters = 300;

std::string padded(std::string text, std::size_t width) {
  text.append(width - std::min(width, count_characters(text)), ' ');
  return text;
}

std::string level_and_severity(const CaseRecord& one) {
  return fmt::format("{}, {}", to_text(one.level), to_text(one.severity));
}

/// Words behind the id that say how the verdict stands to what was expected of it.
std::string marks(const CaseRecord& one) {
  std::string out;
  if (one.regressed) out += ", worse than before";
  if (one.stale) out += ", no longer as the configuration expects";
  if (is_known(one)) out += ", known";
  return out;
}

void add_clauses(TextPage& page, const ConformanceIndex& index, const CaseRecord& one) {
  for (const auto& id : one.covers) {
    const auto* clause = index.find_clause(id);
    if (clause == nullptr) {
      page.field(4, "clause", id);
    } else {
      page.field(4, "clause", fmt::format("{} ({}): {}", clause->id, clause->source, clause->law));
    }
  }
}

void add_check(TextPage& page, const CheckRecord& check) {
  page.field(4, "step", check.line > 0 ? fmt::format("{} (line {})", check.what, check.line) : check.what);
  if (!check.says.empty()) page.field(4, "says", check.says);
  if (check.differences.empty() && !check.expected.empty()) page.field(4, "expected", check.expected);
  std::size_t shown = 0;
  for (const auto& difference : check.differences) {
    if (shown == differences_in_full) break;
    ++shown;
    page.field(4, "where", difference.where);
    page.field(6, "expected", difference.expected);
    page.field(6, "found", difference.found);
  }
  if (check.differences.size() > shown) {
    page.field(4, "where",
               fmt::format("and {} more; the other reports show them", check.differences.size() - shown));
  }
}

void add_exchanges(TextPage& page, const ConformanceRecord& record, const CaseRecord& one,
                   const CheckRecord& check) {
  const auto evidence = evidence_of(one, check);
  for (const auto* raw : evidence) {
    const auto exchange = shown_exchange(*raw);
    page.field(4, "exchange",
               fmt::format("{} {} -> {}", exchange.method, exchange.target, outcome_text(exchange)));
    if (!exchange.request_body.empty()) page.field(6, "request", exchange.request_body, body_characters);
    if (!exchange.response_body.empty()) page.field(6, "answer", exchange.response_body, body_characters);
  }
  if (evidence.empty()) return;
  page.heading(4, "send it again");
  page.line("      " + visible(curl_command(record, *evidence.back()), Breaks::join));
}

void add_judgement(TextPage& page, const ConformanceRecord& record, const CaseRecord& one) {
  std::size_t told = 0;
  for (const auto& check : one.checks) {
    if (holds(check.verdict)) continue;
    add_check(page, check);
    add_exchanges(page, record, one, check);
    ++told;
  }
  if (told == 0 && !one.summary.empty()) page.field(4, "found", one.summary);
  for (std::size_t i = 0; i < one.readings.size(); ++i) {
    page.field(4, fmt::format("reading {}", i + 1), one.readings[i]);
  }
}

void add_blocked(TextPage& page, const Cause& cause) {
  if (cause.blocked.empty()) return;
  std::string ids;
  for (std::size_t i = 0; i < std::min(cause.blocked.size(), blocked_in_full); ++i) {
    ids += (ids.empty() ? "" : ", ") + cause.blocked[i]->id;
  }
  if (cause.blocked.size() > blocked_in_full)
    ids += fmt::format(" and {} more", cause.blocked.size() - blocked_in_full);
  page.field(4, "blocks", fmt::format("{}: {}", counted(cause.blocked.size(), "case", "cases"), ids));
}

void add_cause(TextPage& page, const ConformanceRecord& record, const ConformanceIndex& index,
               const Cause& cause) {
  page.line("");
  if (cause.found == nullptr) {
    page.line(page.paint(to_text(Verdict::blocked), Verdict::blocked) + "  by " +
              shortened(visible(cause.id, Breaks::join), columns - 13));
    add_blocked(page, cause);
    return;
  }
  const auto& one = *cause.found;
  const auto tail = "  (" + level_and_severity(one) + marks(one) + ")";
  const auto room = columns - to_text(one.verdict).size() - 2 - std::min(tail.size(), columns / 2);
  page.line(page.paint(to_text(one.verdict), one.verdict) + "  " +
            page.paint(shortened_front(visible(one.id, Breaks::join), room), bold) + tail);
  page.line("  " + shortened(visible(one.title, Breaks::join), columns - 2));
  if (one.stale) page.field(4, "expects", "a finding: " + one.known);
  add_clauses(page, index, one);
  add_judgement(page, record, one);
  if (!holds(one.verdict)) {
    if (!one.why.empty()) page.field(4, "costs", one.why);
    if (!one.fix.empty()) page.field(4, "fix", one.fix);
  }
  add_blocked(page, cause);
  if (!one.replay.empty()) {
    page.heading(4, "judge it again");
    page.line("      " + visible(one.replay, Breaks::join));
  }
}

void add_known(TextPage& page, const std::vector<Cause>& causes) {
  bool first = true;
  for (const auto& cause : causes) {
    if (cause.found == nullptr || !is_known(*cause.found)) continue;
    if (std::exchange(first, false)) {
      page.line("");
      page.line("known deviations");
    }
    page.field(2, to_text(cause.found->verdict), cause.found->id + ": " + cause.found->known);
  }
}

void add_paths(TextPage& page, std::string_view heading, const std::vector<std::string>& paths) {
  if (paths.empty()) return;
  page.line(heading);
  for (std::size_t i = 0; i < std::min(paths.size(), paths_in_full); ++i) {
    page.line("  " + shortened(visible(paths[i], Breaks::join), columns - 2));
  }
  if (paths.size() > paths_in_full) page.line(fmt::format("  and {} more", paths.size() - paths_in_full));
}

void add_wrapped(TextPage& page, std::string_view text, std::string_view code) {
  for (const auto& part : wrapped(shortened(visible(text, Breaks::join), text_characters), columns)) {
    page.line(code.empty() ? part : page.paint(part, code));
  }
}

}  // namespace

std::string case_line(const CaseRecord& one, bool colour) {
  TextPage page(colour);
  const auto word = padded(std::string(to_text(one.verdict)), verdict_columns);
  const auto id = padded(shortened_front(visible(one.id, Breaks::join), id_columns), id_columns);
  page.line(fmt::format("{}  {}  {:<6}  {:<8}  {:>11}", page.paint(word, one.verdict), id, to_text(one.level),
                        to_text(one.severity), milliseconds_text(one.measured.wall)));
  // Of what holds there is nothing else to say; that something does not apply is no news to the product's
  // makers.
  if (holds(one.verdict) && !one.stale) return page.take();
  const auto why = one.stale || is_known(one) ? "known: " + one.known : one.summary;
  if (!why.empty()) {
    page.line(std::string(verdict_columns + 2, ' ') +
              shortened(visible(why, Breaks::join), columns - verdict_columns - 2));
  }
  return page.take();
}

std::string conformance_findings(const ConformanceRecord& record, bool colour) {
  TextPage page(colour);
  const ConformanceIndex index(record);
  const auto causes = causes_of(record, index);
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const auto& cause : causes) {
    if (cause.found != nullptr && is_known(*cause.found)) continue;
    if (shown == findings_in_full) {
      ++left;
      continue;
    }
    ++shown;
    add_cause(page, record, index, cause);
  }
  if (left > 0) {
    page.line("");
    page.line(
        fmt::format("{} more; the JSON and HTML reports show them", counted(left, "finding", "findings")));
  }
  add_known(page, causes);
  return page.take();
}

std::string conformance_summary(const ConformanceRecord& record, bool colour) {
  TextPage page(colour);
  add_wrapped(page, headline(record), bold);
  add_wrapped(page, bottom_line(record), "");
  page.line(page.totals(counted(record.cases.size(), "case", "cases"), count_verdicts(record)));
  for (const auto& profile : record.profiles) {
    const auto name = padded(shortened(visible(profile.name, Breaks::join), 12), 12);
    page.line(page.paint(name, profile.verdict) + "  " +
              shortened(visible(profile.text, Breaks::join), columns - 14));
  }
  if (!record.baseline.empty()) add_wrapped(page, "compared with " + record.baseline, "");
  if (record.left_out > 0) page.line(counted(record.left_out, "case was", "cases were") + " not selected");
  add_paths(page, "could not be removed, and stays in the product:", record.left_behind);
  page.line(fmt::format("{}, {}", counted(record.requests, "request", "requests"),
                        milliseconds_text(record.measured.wall)));
  return page.take();
}

}  // namespace reports
