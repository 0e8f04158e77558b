#include "reports/html_report.h"

#include <algorithm>
#include <tuple>

#include "reports/html_assets.h"
#include "reports/html_page.h"
#include "reports/html_parts.h"
#include "reports/html_run.h"
#include "reports/plain_text.h"
#include "reports/screen_picture.h"

namespace reports {
namespace {

using scenarios::Session;
using scenarios::Verdict;

constexpr std::size_t first_runs_in_full = 20;
constexpr std::size_t failed_runs_in_full = 100;
constexpr std::size_t findings_on_top = 20;
constexpr std::size_t runs_open_at_first = 5;

std::vector<RunView> views_of(const Session& session) {
  std::vector<RunView> views;
  std::size_t failed = 0;
  for (std::size_t i = 0; i < session.runs.size(); ++i) {
    const auto& run = session.runs[i];
    const bool counts_as_failed = needs_attention(run) && ++failed <= failed_runs_in_full;
    const bool in_full = i < first_runs_in_full || counts_as_failed;
    views.push_back(view_of(run, i + 1, in_full ? Detail::full : Detail::brief));
  }
  return views;
}

std::string headline(const Session& session) {
  const auto counts = count_verdicts(session);
  const auto runs = counted(session.runs.size(), "run", "runs");
  const auto errors = counts[rank(Verdict::error)];
  const auto violations = counts[rank(Verdict::violates)];
  if (session.runs.empty()) return "Nothing was run";
  if (errors > 0) return fmt::format("The bench failed in {} of {}", errors, runs);
  if (violations > 0) {
    return fmt::format("{} of {} {} a rule", violations, runs, violations == 1 ? "violates" : "violate");
  }
  if (exit_code(session) == 2) return fmt::format("Inconclusive: none of {} could be judged", runs);
  if (counts[rank(Verdict::conforms)] == session.runs.size()) {
    return session.runs.size() == 1 ? "The run conforms" : fmt::format("All {} conform", runs);
  }
  return fmt::format("No violation in {}", runs);
}

Verdict worst_verdict(const Session& session) {
  if (session.runs.empty()) return Verdict::not_applicable;
  return std::ranges::min(session.runs, {}, [](const auto& run) { return rank(run.verdict); }).verdict;
}

void add_overview(Html& page, const Session& session) {
  page.add("<a class=\"skip\" href=\"#scenarios\">Skip to the scenarios</a>\n");
  page.add("<header class=\"{}\">\n<p class=\"product\">Lockstep {}</p>\n<h1>{}</h1>\n",
           css_class(worst_verdict(session)), session.version, headline(session));
  page.add("<ul class=\"tallies\" aria-label=\"Runs by verdict\">\n");
  const auto counts = count_verdicts(session);
  for (const auto verdict : all_verdicts) {
    const auto count = counts[rank(verdict)];
    if (count == 0) continue;
    page.add("<li class=\"tally {}\"><b>{}</b> <span><span aria-hidden=\"true\">{}</span> {}</span></li>\n",
             css_class(verdict), count, sign(verdict), to_text(verdict));
  }
  page.add("<li class=\"tally total\"><b>{}</b> <span>virtual time</span></li>\n",
           brief(total_virtual_time(session)));
  page.add("<li class=\"tally total\"><b>{}</b> <span>wall time</span></li>\n</ul>\n</header>\n<main>\n",
           milliseconds_text(total_wall_time(session)));
}

void add_findings_on_top(Html& page, const std::vector<RunView>& views) {
  std::size_t total = 0;
  Html items;
  for (const auto& view : views) {
    for (std::size_t i = 0; i < view.findings.size(); ++i) {
      if (++total > findings_on_top) continue;
      const auto& finding = view.findings[i];
      const auto found = finding.judgement != nullptr ? finding.judgement->found : finding.step->outcome;
      items.add(R"(<li>{} <a href="#{}">{}:{}</a> <span class="quiet">seed {}</span> <code>{}</code>)",
                badge(finding.verdict()), element_id(view, "finding", i + 1), view.run->script,
                finding.line(), view.run->seed, shortened(visible(finding.what(), Breaks::join), 160));
      items.add("<p>found: {}</p></li>\n", shortened(visible(found, Breaks::join), 200));
    }
  }
  if (total == 0) return;
  page.add("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">What did not hold</h2>\n");
  page.add("<ol class=\"findings\">\n{}</ol>\n", items);
  if (total > findings_on_top) {
    page.add("<p class=\"left-out\">{} more stand at their runs.</p>\n", total - findings_on_top);
  }
  page.add("</section>\n");
}

void add_filter(Html& page, const Session& session) {
  page.add(
      "<form class=\"filter\" data-needs-script hidden role=\"search\" aria-label=\"Filter the "
      "scenarios\">\n");
  page.add("<label>Text <input type=\"search\" id=\"filter-text\" autocomplete=\"off\"></label>\n");
  page.add("<label>Verdict <select id=\"filter-verdict\"><option value=\"\">all</option>");
  const auto counts = count_verdicts(session);
  for (const auto verdict : all_verdicts) {
    if (counts[rank(verdict)] == 0) continue;
    page.add("<option value=\"{}\">{}</option>", css_class(verdict), to_text(verdict));
  }
  page.add("</select></label>\n<output id=\"filter-count\" class=\"quiet\"></output>\n");
  page.add("<button type=\"button\" data-clear hidden>Clear</button>\n</form>\n");
}

void add_table(Html& page, const Session& session, const std::vector<RunView>& views) {
  page.add("<section aria-labelledby=\"scenarios\">\n<h2 id=\"scenarios\">Scenarios</h2>\n");
  if (session.runs.size() > 1) add_filter(page, session);
  page.add("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Scenarios\"><table class=\"runs\">\n<thead><tr><th scope=\"col\">Verdict</th>");
  page.add("<th scope=\"col\">Scenario</th><th scope=\"col\" class=\"number\">Seed</th>");
  page.add(
      "<th scope=\"col\" class=\"number\">Virtual time</th><th scope=\"col\" class=\"number\">Events</th>");
  page.add("<th scope=\"col\">Fingerprint</th></tr></thead>\n<tbody>\n");
  for (const auto& view : views) {
    const auto& run = *view.run;
    page.add(R"(<tr class="{}" data-verdict="{}"><td>{}</td>)", css_class(run.verdict),
             css_class(run.verdict), badge(run.verdict));
    page.add(R"(<td><a href="#{}">{}</a><br><code class="quiet">{}</code></td><td class="number">{}</td>)",
             element_id(view), run.title.empty() ? run.script : run.title, run.script, run.seed);
    page.add(R"(<td class="number">{}</td><td class="number">{}</td><td><code>{}</code></td></tr>)",
             brief(run.virtual_time), run.events, scenarios::fingerprint_text(run.fingerprint));
    page.add("\n");
  }
  page.add("</tbody></table></div>\n</section>\n");
}

void add_runs(Html& page, const std::vector<RunView>& views, const RuleText& rule_text) {
  page.add("<section aria-label=\"Runs in detail\">\n");
  std::size_t opened = 0;
  for (const bool attention : {true, false}) {
    for (const auto& view : views) {
      if (needs_attention(*view.run) != attention) continue;
      const bool open = views.size() == 1 || (attention && opened < runs_open_at_first);
      opened += open ? 1 : 0;
      page.add("{}", run_section(view, rule_text, open));
    }
  }
  page.add("</section>\n");
}

/// `R2` before `R10`: digits compare as numbers, so shorter ones first.
bool comes_before(const std::string& left, const std::string& right) {
  const auto split = [](const std::string& id) {
    const auto digits = std::min(id.find_last_not_of("0123456789") + 1, id.size());
    return std::tuple(id.substr(0, digits), id.size() - digits, id.substr(digits));
  };
  return split(left) < split(right);
}

void add_rules(Html& page, const Session& session, const RuleText& rule_text) {
  std::vector<std::string> rules;
  for (const auto& run : session.runs) {
    rules.insert(rules.end(), run.covers.begin(), run.covers.end());
    for (const auto& judgement : run.judgements) {
      rules.insert(rules.end(), judgement.rules.begin(), judgement.rules.end());
    }
    for (const auto& step : run.steps) rules.insert(rules.end(), step.rules.begin(), step.rules.end());
  }
  std::ranges::sort(rules, comes_before);
  const auto repeated = std::ranges::unique(rules);
  rules.erase(repeated.begin(), repeated.end());
  if (rules.empty()) return;
  page.add("<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">Rules</h2>\n<dl class=\"rules\">\n");
  for (const auto& rule : rules) {
    const auto law = rule_text ? rule_text(rule) : std::string();
    page.add("<div id=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", rule_element_id(rule), rule,
             law.empty() ? std::string("not in the catalogue") : law);
  }
  page.add("</dl>\n</section>\n");
}

}  // namespace

std::string to_html(const Session& session, const RuleText& rule_text) {
  Html page;
  const auto views = views_of(session);
  const PageAssets assets{.styles = {style_sheet(), screen_style()}, .scripts = {page_script()}};
  begin_page(page, headline(session), assets);
  add_overview(page, session);
  add_findings_on_top(page, views);
  add_table(page, session, views);
  add_runs(page, views, rule_text);
  add_rules(page, session, rule_text);
  page.add("</main>\n<footer><p>Made by Lockstep {}. ", session.version);
  page.add(
      "Equal fingerprints mean equal runs, byte for byte; wall times are measured and "
      "differ.</p></footer>\n");
  end_page(page, assets);
  return page.text();
}

}  // namespace reports
