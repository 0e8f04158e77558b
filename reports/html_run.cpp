#include "reports/html_run.h"

#include "reports/html_diagram.h"
#include "reports/html_exchanges.h"
#include "reports/html_screens.h"
#include "reports/html_timeline.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::RunRecord;

void add_facts(Html& html, const RunRecord& run) {
  html.add("<dl class=\"facts\">\n");
  html.add("<div><dt>Script</dt><dd><code>{}</code></dd></div>\n", run.script);
  html.add("<div><dt>Seed</dt><dd>{}</dd></div>\n", run.seed);
  html.add("<div><dt>Target</dt><dd>{}, {}</dd></div>\n", run.target, run.arm);
  html.add("<div><dt>Started</dt><dd>{}</dd></div>\n", base::to_rfc3339(run.started));
  html.add("<div><dt>Virtual time</dt><dd>{}</dd></div>\n", brief(run.virtual_time));
  html.add("<div><dt>Wall time</dt><dd>{}</dd></div>\n", milliseconds_text(run.measured.wall));
  html.add("<div><dt>Events</dt><dd>{}</dd></div>\n", run.events);
  html.add("<div><dt>Fingerprint</dt><dd><code>{}</code></dd></div>\n",
           scenarios::fingerprint_text(run.fingerprint));
  if (!run.covers.empty()) html.add("<div><dt>Covers</dt><dd>{}</dd></div>\n", rule_links(run.covers));
  html.add("</dl>\n");
}

void add_evidence(Html& html, const RunView& view, const Finding& finding) {
  const auto evidence = evidence_for(*view.run, finding);
  if (evidence.exchanges.empty() && evidence.forgotten == 0) return;
  html.add("<h5>Exchanges before it</h5>\n");
  if (evidence.forgotten > 0) {
    html.add(R"(<p class="quiet">{} no longer in the record.</p>)",
             counted(evidence.forgotten, "older one is", "older ones are"));
  }
  html.add("<ol class=\"evidence\">\n");
  for (const auto* exchange : evidence.exchanges) {
    html.add(R"(<li>{} <span class="since">{}</span> {} → {} )", exchange_link(view, exchange->id),
             since_start(*view.run, exchange->sent), exchange->from, exchange->to);
    html.add("<code>{} {}</code> <b>{}</b></li>\n", exchange->method, exchange->target,
             outcome_text(*exchange));
  }
  html.add("</ol>\n");
}

void add_laws(Html& html, const std::vector<std::string>& rules, const RuleText& rule_text) {
  if (rules.empty()) return;
  html.add("<ul class=\"laws\">\n");
  for (const auto& rule : rules) {
    html.add("<li>{} {}</li>\n", rule_links({rule}), rule_text ? rule_text(rule) : std::string());
  }
  html.add("</ul>\n");
}

void add_finding(Html& html, const RunView& view, std::size_t number, const RuleText& rule_text) {
  const auto& finding = view.findings[number];
  const auto& run = *view.run;
  html.add(R"(<article class="finding {}" id="{}">)", css_class(finding.verdict()),
           element_id(view, "finding", number + 1));
  html.add("\n<h4>{} <span class=\"place\">{}:{}</span></h4>\n", badge(finding.verdict()), run.script,
           finding.line());
  const auto when = finding.judgement != nullptr ? finding.judgement->when : std::string();
  html.add("<p><code>{}</code> {}</p>\n", visible(finding.what(), Breaks::join), when);
  if (finding.judgement != nullptr) add_laws(html, finding.judgement->rules, rule_text);
  html.add("<dl class=\"contrast\">\n");
  if (finding.judgement != nullptr) {
    html.add("<div class=\"expected\"><dt>Expected</dt><dd>{}</dd></div>\n", finding.judgement->expected);
    html.add("<div class=\"found\"><dt>Found</dt><dd>{}</dd></div>\n", finding.judgement->found);
  } else {
    html.add("<div class=\"found\"><dt>Found</dt><dd>{}</dd></div>\n", finding.step->outcome);
  }
  html.add("</dl>\n<p class=\"quiet\">at {}</p>\n", time_label(run, finding.at()));
  if (finding.judgement != nullptr) html.add("{}", screen_seen(view, *finding.judgement));
  add_evidence(html, view, finding);
  html.add("</article>\n");
}

void add_replay(Html& html, const RunView& view) {
  if (view.run->replay.empty()) return;
  const auto id = element_id(view) + "-replay";
  html.add("<h3>Replay</h3>\n<div class=\"command\"><pre id=\"{}\" tabindex=\"0\">{}</pre>", id,
           visible(view.run->replay, Breaks::join));
  html.add(R"(<button type="button" data-copy="{}" data-needs-script hidden aria-describedby="{}">)", id, id);
  html.add("Copy</button></div>\n");
}

void add_pending(Html& html, const RunRecord& run) {
  if (run.pending.empty()) return;
  html.add("<h3>Pending at the end</h3>\n<ul class=\"pending\">\n");
  for (const auto& wait : run.pending) html.add("<li>{}</li>\n", wait);
  html.add("</ul>\n");
}

void add_judgements(Html& html, const RunView& view) {
  const auto& run = *view.run;
  if (run.judgements.empty()) return;
  std::size_t held = 0;
  for (const auto& judgement : run.judgements) held += holds(judgement.verdict) ? 1 : 0;
  html.add(
      R"(<details class="part" open><summary><h3>Judgements</h3> <span class="quiet">{} of {} hold</span>)",
      held, run.judgements.size());
  html.add("</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Judgements\"><table class=\"judgements\">\n<thead><tr>");
  for (const auto* heading : {"Verdict", "Rules", "Expectation", "Expected", "Found", "When"}) {
    html.add("<th scope=\"col\">{}</th>", heading);
  }
  html.add("</tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < run.judgements.size(); ++i) {
    const auto& judgement = run.judgements[i];
    html.add(R"(<tr id="{}" class="{}"><td>{}</td><td>{}</td>)", element_id(view, "judgement", i + 1),
             css_class(judgement.verdict), badge(judgement.verdict), rule_links(judgement.rules));
    html.add("<td>line {}: <code>{}</code> {}</td>", judgement.line, visible(judgement.what, Breaks::join),
             judgement.when);
    html.add("<td>{}</td><td>{}{}</td><td>{}</td></tr>\n", judgement.expected, judgement.found,
             screen_link(view, judgement), time_label(run, judgement.at));
  }
  html.add("</tbody></table></div></details>\n");
}

void add_findings(Html& html, const RunView& view, const RuleText& rule_text) {
  if (!view.run->problem.empty())
    html.add("<p class=\"problem\"><b>Problem:</b> {}</p>\n", view.run->problem);
  if (!view.findings.empty()) html.add("<h3>What did not hold</h3>\n");
  for (std::size_t i = 0; i < view.findings.size(); ++i) add_finding(html, view, i, rule_text);
  add_pending(html, *view.run);
  add_replay(html, view);
}

}  // namespace

Html run_section(const RunView& view, const RuleText& rule_text, bool open) {
  Html html;
  const auto& run = *view.run;
  html.add(R"(<details class="run" id="{}"{}><summary>{} <h2>{}</h2>)", element_id(view), open ? " open" : "",
           badge(run.verdict), run.title.empty() ? run.script : run.title);
  html.add(R"( <span class="quiet">{}, seed {}, {}</span></summary>)", run.script, run.seed,
           brief(run.virtual_time));
  html.add("\n<div class=\"run-body\">\n");
  if (!run.about.empty()) html.add("<p class=\"about\">{}</p>\n", run.about);
  add_facts(html, run);
  add_findings(html, view, rule_text);
  add_judgements(html, view);
  html.add("{}", screen_strip(view));
  if (view.detail == Detail::full) html.add("{}", space_time_diagram(view));
  html.add("{}{}", timeline(view), exchange_list(view));
  if (view.detail == Detail::brief && !run.exchanges.empty()) {
    html.add(
        "<p class=\"left-out\">The diagram, headers and bodies of this run are left out to keep the page "
        "small; ");
    html.add("a report of this run alone shows them.</p>\n");
  }
  html.add("</div></details>\n");
  return html;
}

}  // namespace reports
