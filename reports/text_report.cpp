#include "reports/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/findings.h"
#include "reports/plain_text.h"
#include "reports/text_page.h"

namespace reports {
namespace {

using scenarios::ExchangeRecord;
using scenarios::RunRecord;
using scenarios::Verdict;

constexpr std::size_t script_columns = 48;
constexpr std::size_t body_characters = 300;
constexpr std::size_t findings_in_full = 20;

void add_exchange(TextPage& page, const RunRecord& run, const ExchangeRecord& exchange) {
  const auto who = fmt::format("#{}  {}  {} -> {}", exchange.id, since_start(run, exchange.sent),
                               visible(exchange.from, Breaks::join), visible(exchange.to, Breaks::join));
  page.line("      " + shortened(who, columns - 6));
  page.field(8, exchange.method.empty() ? "?" : shortened(visible(exchange.method, Breaks::join), 9),
             exchange.target + " -> " + outcome_text(exchange));
  if (!exchange.request_body.empty()) page.field(8, "request", exchange.request_body, body_characters);
  if (!exchange.response_body.empty()) page.field(8, "answer", exchange.response_body, body_characters);
}

void add_evidence(TextPage& page, const RunRecord& run, const Finding& finding) {
  const auto evidence = evidence_for(run, finding);
  if (evidence.exchanges.empty() && evidence.forgotten == 0) return;
  page.heading(4, "exchanges before it");
  if (evidence.forgotten != 0) {
    page.line("      " + counted(evidence.forgotten, "older one is", "older ones are") +
              " no longer in the record");
  }
  for (const auto* exchange : evidence.exchanges) add_exchange(page, run, *exchange);
}

void add_place(TextPage& page, const RunRecord& run, const Finding& finding) {
  const auto verdict = finding.verdict();
  const auto place = fmt::format(":{}: ", finding.line());
  const auto room = columns - 2 - place.size() - to_text(verdict).size();
  const auto script = shortened_front(visible(run.script, Breaks::join), room);
  page.line("  " + page.paint(script + place, bold) + page.paint(to_text(verdict), verdict));
}

void add_rules(TextPage& page, const std::vector<std::string>& rules, const RuleText& rule_text) {
  for (const auto& rule : rules) {
    const auto law = rule_text ? rule_text(rule) : std::string();
    page.field(4, "rule", law.empty() ? rule : rule + ": " + law);
  }
}

void add_finding(TextPage& page, const RunRecord& run, const Finding& finding, const RuleText& rule_text) {
  page.line("");
  add_place(page, run, finding);
  if (finding.judgement != nullptr) {
    const auto& judgement = *finding.judgement;
    page.field(4, "check", judgement.when.empty() ? judgement.what : judgement.what + ", " + judgement.when);
    add_rules(page, judgement.rules, rule_text);
    page.field(4, "expected", judgement.expected);
    page.field(4, "found", judgement.found);
  } else {
    page.field(4, "step", finding.step->what);
    add_rules(page, finding.step->rules, rule_text);
    page.field(4, "found", finding.step->outcome);
  }
  page.field(4, "at", fmt::format("{}, {}", since_start(run, finding.at()), base::to_rfc3339(finding.at())));
  add_evidence(page, run, finding);
}

/// What follows from another finding gets a line, not a page.
void add_in_brief(TextPage& page, const RunRecord& run, const Finding& finding) {
  page.line("");
  add_place(page, run, finding);
  page.field(4, "what", finding.what());
}

}  // namespace

std::string run_line(const RunRecord& run, bool colour, Seeds seeds) {
  const TextPage page(colour);
  const auto seed = seeds == Seeds::shown ? fmt::format(" seed {}", run.seed) : std::string();
  auto script = shortened_front(visible(run.script, Breaks::join), script_columns - seed.size()) + seed;
  script.append(script_columns - std::min(script_columns, count_characters(script)), ' ');
  const auto word = fmt::format("{:<14}", to_text(run.verdict));
  auto line = fmt::format("{}  {}  {:>12}  {:>11}  {}\n", page.paint(word, run.verdict), script,
                          brief(run.virtual_time), milliseconds_text(run.measured.wall),
                          page.paint(scenarios::fingerprint_text(run.fingerprint), dim));
  // What was not played says why at once; there is nothing else to say of it.
  if (run.verdict == Verdict::not_applicable) {
    line += fmt::format("                {}\n", shortened(visible(run.problem, Breaks::join), columns - 16));
  }
  // What was counted is what somebody has played it for.
  for (const auto& step : run.steps) {
    if (step.counts.empty()) continue;
    for (const auto& counts : wrapped(visible(step.counts, Breaks::join), columns - 16)) line += fmt::format("                {}\n", counts);
  }
  return line;
}

std::string failures(const RunRecord& run, const RuleText& rule_text, bool colour) {
  if (!needs_attention(run)) return "";
  TextPage page(colour);
  const auto tail = fmt::format("  (seed {}, {}, {})", run.seed, visible(run.arm, Breaks::join),
                                shortened(visible(run.target, Breaks::join), 30));
  const auto used = to_text(run.verdict).size() + 2 + count_characters(tail);
  const auto script = shortened_front(visible(run.script, Breaks::join), columns - used);
  page.line(page.paint(to_text(run.verdict), run.verdict) + "  " + page.paint(script, bold) + tail);
  if (!run.title.empty()) page.line("  " + shortened(visible(run.title, Breaks::join), columns - 2));
  if (!run.problem.empty()) {
    page.line("");
    page.field(2, "problem", run.problem);
  }
  std::size_t shown = 0;
  const auto findings = findings_of(run);
  for (const auto& finding : findings) {
    if (shown == findings_in_full) break;
    ++shown;
    if (finding.verdict() == Verdict::blocked) {
      add_in_brief(page, run, finding);
    } else {
      add_finding(page, run, finding, rule_text);
    }
  }
  if (findings.size() > shown) {
    page.line("");
    page.line(fmt::format("  {} more; the JSON and HTML reports show them", findings.size() - shown));
  }
  if (!run.pending.empty()) {
    page.line("");
    page.heading(2, "pending at the end");
    for (const auto& wait : run.pending) {
      auto lead = "    - ";
      for (const auto& part : wrapped(shortened(visible(wait, Breaks::join), text_characters), columns - 6)) {
        page.line(lead + part);
        lead = "      ";
      }
    }
  }
  if (!run.replay.empty()) {
    page.line("");
    page.heading(2, "replay");
    page.line("    " + visible(run.replay, Breaks::join));
  }
  return page.take();
}

std::string summary(const scenarios::Session& session, bool colour) {
  const TextPage page(colour);
  const auto totals = page.totals(counted(session.runs.size(), "run", "runs"), count_verdicts(session));
  return fmt::format("{}\nvirtual time {}, wall time {}\n", totals, brief(total_virtual_time(session)),
                     milliseconds_text(total_wall_time(session)));
}

}  // namespace reports
