#include "reports/conformance_html_case.h"

#include <algorithm>

#include "base/encoding.h"
#include "reports/html_parts.h"
#include "reports/json_layout.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::CheckRecord;
using scenarios::ConformanceRecord;
using scenarios::Difference;
using scenarios::ExchangeRecord;

constexpr std::size_t case_body_limit = 8'000;
constexpr std::size_t case_text_limit = 2'000;
constexpr std::size_t lines_of_exchanges = 40;
constexpr std::size_t exchanges_of_check = 5;

std::string case_line(std::string_view text) {
  return shortened(visible(text, Breaks::join), case_text_limit);
}

std::string block_of(std::string_view text) {
  return shortened(visible(laid_out_json(text), Breaks::keep), case_text_limit);
}

void add_command(Html& html, const std::string& id, std::string_view label, const std::string& command) {
  html.add("<h5>{}</h5>\n<div class=\"command\"><pre id=\"{}\" tabindex=\"0\">{}</pre>", label, id,
           visible(command, Breaks::join));
  html.add(R"(<button type="button" data-copy="{}" data-needs-script hidden aria-describedby="{}">)", id, id);
  html.add("Copy</button></div>\n");
}

/// A sentence in which `code` stands between backticks; an odd number of them is no such thing.
Html prose(std::string_view text) {
  const auto line = case_line(text);
  Html html;
  if (std::ranges::count(line, '`') % 2 != 0) return html.add("{}", line);
  std::string_view rest = line;
  for (bool code = false;; code = !code) {
    const auto end = rest.find('`');
    const auto part = rest.substr(0, end);
    if (code) {
      html.add("<code>{}</code>", part);
    } else {
      html.add("{}", part);
    }
    if (end == std::string_view::npos) return html;
    rest.remove_prefix(end + 1);
  }
}

/// Text in which the first occurrence of `part` stands out.
Html marked(std::string_view text, std::string_view part) {
  Html html;
  const auto at = part.empty() ? std::string_view::npos : text.find(part);
  if (at == std::string_view::npos) return html.add("{}", text);
  return html.add("{}<mark>{}</mark>{}", text.substr(0, at), part, text.substr(at + part.size()));
}

/// The member that a difference is about as the laid out body has it, `"active": "true"`; empty where the
/// difference is not in a body.
std::string member_in_body(const std::vector<Difference>& differences) {
  for (const auto& difference : differences) {
    if (!difference.where.starts_with("body ") || difference.found.empty()) continue;
    const auto name = difference.where.substr(difference.where.find_last_of(" .") + 1);
    return "\"" + name + "\": " + difference.found;
  }
  return "";
}

bool differs_in(const std::vector<Difference>& differences, std::string_view where) {
  return std::ranges::any_of(differences, [&](const auto& one) { return one.where == where; });
}

void add_headers(Html& html, const HeaderList& headers, const std::vector<Difference>& differences) {
  if (headers.empty()) return;
  html.add(R"(<pre class="headers">)");
  for (const auto& [name, value] : headers) {
    const auto shown = visible(value, Breaks::join);
    html.add("<b>{}:</b>{}{}\n", visible(name, Breaks::join), shown.empty() ? "" : " ",
             marked(shown, differs_in(differences, "header " + name) ? shown : ""));
  }
  html.add("</pre>");
}

void add_body(Html& html, const std::string& body, const std::vector<Difference>& differences) {
  if (body.empty()) {
    html.add(R"(<p class="quiet">No body.</p>)");
    return;
  }
  const auto text = visible(laid_out_json(body), Breaks::keep);
  html.add(R"(<pre class="body" tabindex="0">{}</pre>)",
           marked(shortened(text, case_body_limit), visible(member_in_body(differences), Breaks::keep)));
  const auto length = count_characters(text);
  if (length > case_body_limit) {
    html.add(R"(<p class="quiet">{} more characters are in report.json.</p>)", length - case_body_limit);
  }
}

Html exchange_line(const ExchangeRecord& exchange) {
  Html html;
  return html.add(R"(<span class="number">#{}</span> <code>{} {}</code> <span class="outcome">{}</span>)",
                  exchange.id, case_line(exchange.method), case_line(exchange.target),
                  case_line(outcome_text(exchange)));
}

void add_exchange(Html& html, const ExchangeRecord& raw, const std::vector<Difference>& differences,
                  bool open) {
  const auto exchange = shown_exchange(raw);
  html.add("<details class=\"exchange\"{}><summary>{}</summary>\n", open ? " open" : "",
           exchange_line(exchange));
  html.add("<div class=\"messages\"><div><h5>Request</h5><pre class=\"start-line\">{} {}</pre>",
           case_line(exchange.method), case_line(exchange.target));
  add_headers(html, exchange.request_headers, {});
  add_body(html, exchange.request_body, {});
  const auto outcome = case_line(outcome_text(exchange));
  html.add("</div><div><h5>Answer</h5><pre class=\"start-line\">{}</pre>",
           marked(outcome, differs_in(differences, "status") ? outcome : ""));
  add_headers(html, exchange.response_headers, differences);
  add_body(html, exchange.response_body, differences);
  html.add("</div></div></details>\n");
}

void add_check(Html& html, const ConformanceRecord& record, const CaseRecord& one, const CheckRecord& check,
               const std::string& id) {
  html.add("<div class=\"finding {}\">\n<p>{} <code>{}</code> <span class=\"quiet\">line {}</span></p>\n",
           css_class(check.verdict), badge(check.verdict), case_line(check.what), check.line);
  html.add("<p><b>Expected:</b> {}</p>\n", case_line(check.expected));
  if (!check.says.empty()) html.add("<p>{}</p>\n", case_line(check.says));
  for (const auto& difference : check.differences) {
    html.add("<p class=\"place\">{}</p>\n<dl class=\"contrast\"><div><dt>expected</dt><dd>{}</dd></div>",
             case_line(difference.where), block_of(difference.expected));
    html.add("<div class=\"found\"><dt>found</dt><dd>{}</dd></div></dl>\n", block_of(difference.found));
  }
  const auto evidence = evidence_of(one, check);
  const auto first = evidence.size() - std::min(evidence.size(), exchanges_of_check);
  if (first > 0) html.add("<p class=\"left-out\">{} earlier exchanges are in report.json.</p>\n", first);
  for (std::size_t i = first; i < evidence.size(); ++i) {
    const bool judged = i + 1 == evidence.size();
    add_exchange(html, *evidence[i], judged ? check.differences : std::vector<Difference>{}, judged);
  }
  if (!evidence.empty()) add_command(html, id, "Send it again", curl_command(record, *evidence.back()));
  html.add("</div>\n");
}

void add_clauses(Html& html, const ConformanceIndex& index, const CaseRecord& one) {
  const auto clauses = index.clauses_of(one);
  if (clauses.empty()) return;
  html.add("<ul class=\"laws\">\n");
  for (const auto* clause : clauses) {
    html.add("<li><span class=\"rule\">{}</span> {} ", case_line(clause->id), prose(clause->law));
    const bool link = clause->link.starts_with("https://") || clause->link.starts_with("http://");
    if (link) {
      html.add("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", clause->link, case_line(clause->source));
    } else {
      html.add("<span class=\"quiet\">{}</span>", case_line(clause->source));
    }
    html.add("</li>\n");
  }
  html.add("</ul>\n");
}

void add_history(Html& html, const ConformanceRecord& record, const CaseRecord& one,
                 const CaseHistory& history) {
  const auto past = history.find(one.id);
  if (past == history.end()) return;
  html.add("<h5>Earlier runs</h5>\n<ol class=\"past\">\n");
  const auto add = [&](base::Instant at, scenarios::Verdict verdict) {
    html.add("<li>{} <time datetime=\"{}\">{}</time></li>\n", badge(verdict), base::to_rfc3339(at),
             base::to_rfc3339(at).substr(0, std::string_view("2026-01-05").size()));
  };
  for (const auto& run : past->second) add(run.started, run.verdict);
  add(record.started, one.verdict);
  html.add("</ol>\n");
}

void add_exchange_lines(Html& html, const CaseRecord& one) {
  if (one.exchanges.empty()) return;
  html.add("<details class=\"part\"><summary><h5>{}</h5></summary>\n<ol class=\"headlines\">\n",
           counted(one.exchanges.size(), "exchange", "exchanges"));
  for (std::size_t i = 0; i < std::min(one.exchanges.size(), lines_of_exchanges); ++i) {
    html.add("<li>{}</li>\n", exchange_line(one.exchanges[i]));
  }
  html.add("</ol>\n");
  if (one.exchanges.size() > lines_of_exchanges)
    html.add("<p class=\"left-out\">The rest is in report.json.</p>\n");
  html.add("</details>\n");
}

void add_reasons(Html& html, const ConformanceIndex& index, const CaseRecord& one) {
  if (!one.summary.empty()) html.add("<p>{}</p>\n", case_line(one.summary));
  if (!one.known.empty()) {
    html.add("<p><b>{}:</b> {}</p>\n", one.stale ? "Expected, but did not happen" : "Known",
             case_line(one.known));
  }
  if (!one.blocked_by.empty()) html.add("<p>Blocked by {}.</p>\n", case_link(index, one.blocked_by));
  for (const auto& reading : one.readings) html.add("<p><b>Reading:</b> {}</p>\n", prose(reading));
}

}  // namespace

CaseHistory history_of(std::span<const ConformanceRecord> history) {
  CaseHistory out;
  for (const auto& record : history) {
    for (const auto& one : record.cases) out[one.id].push_back({record.started, one.verdict});
  }
  for (auto& [id, past] : out) std::ranges::stable_sort(past, {}, &PastVerdict::started);
  return out;
}

std::string case_element_id(std::string_view id) {
  return "case-" + base::percent_encode(id);
}

Html case_link(const ConformanceIndex& index, std::string_view id) {
  Html html;
  if (index.find_case(id) == nullptr) return html.add("<code>{}</code>", case_line(id));
  // A percent sign of the element's id is itself encoded in a link.
  return html.add("<a href=\"#{}\"><code>{}</code></a>", base::percent_encode(case_element_id(id)),
                  case_line(id));
}

Html case_section(const ConformanceRecord& record, const ConformanceIndex& index, const CaseRecord& one,
                  std::size_t number, CaseDetail detail, const CaseHistory& history) {
  Html html;
  html.add("<details class=\"case {}\" id=\"{}\" data-verdict=\"{}\" data-level=\"{}\" ",
           css_class(one.verdict), case_element_id(one.id), to_text(one.verdict), to_text(one.level));
  html.add("data-severity=\"{}\" data-area=\"{}\">\n<summary>{} <h4>{}</h4> ",
           to_text(one.severity), index.area_of(one), badge(one.verdict),
           case_line(one.title.empty() ? one.id : one.title));
  html.add("<code>{}</code> <span class=\"quiet\">{}, {}{}{}</span></summary>\n<div class=\"run-body\">\n",
           case_line(one.id), to_text(one.level), to_text(one.severity), one.regressed ? ", worse" : "",
           one.stale ? ", stale" : "");
  add_reasons(html, index, one);
  add_clauses(html, index, one);
  if (!one.why.empty()) html.add("<p><b>Why it matters:</b> {}</p>\n", prose(one.why));
  if (!one.fix.empty() && !holds(one.verdict)) html.add("<p><b>How to fix it:</b> {}</p>\n", prose(one.fix));
  if (detail == CaseDetail::full) {
    for (std::size_t i = 0; i < one.checks.size(); ++i) {
      if (holds(one.checks[i].verdict)) continue;
      add_check(html, record, one, one.checks[i], fmt::format("curl-{}-{}", number, i + 1));
    }
  } else if (is_finding(one)) {
    html.add("<p class=\"left-out\">What was expected and found is in report.json.</p>\n");
  }
  add_exchange_lines(html, one);
  if (!one.replay.empty()) add_command(html, fmt::format("judge-{}", number), "Judge it again", one.replay);
  add_history(html, record, one, history);
  html.add("</div>\n</details>\n");
  return html;
}

}  // namespace reports
