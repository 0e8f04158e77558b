#include "reports/conformance_html.h"

#include <algorithm>

#include "reports/conformance_html_assets.h"
#include "reports/conformance_html_case.h"
#include "reports/conformance_view.h"
#include "reports/html_assets.h"
#include "reports/html_page.h"
#include "reports/html_parts.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::ConformanceRecord;
using scenarios::Level;
using scenarios::Severity;
using scenarios::Verdict;

constexpr std::size_t cases_in_full = 100;
constexpr std::size_t findings_on_top = 50;
constexpr std::size_t page_text_limit = 300;

std::string page_line(std::string_view text) {
  return shortened(visible(text, Breaks::join), page_text_limit);
}

Verdict worst_verdict(const ConformanceRecord& record) {
  if (record.cases.empty()) return Verdict::not_applicable;
  return std::ranges::min(record.cases, {}, [](const auto& one) { return rank(one.verdict); }).verdict;
}

void add_overview(Html& page, const ConformanceRecord& record) {
  page.add("<a class=\"skip\" href=\"#cases\">Skip to the cases</a>\n");
  page.add("<header class=\"{}\">\n<p class=\"product\">Lockstep {}, suite {}, target <code>{}</code>, ",
           css_class(worst_verdict(record)), record.version, page_line(record.suite), page_line(record.target));
  const auto started = base::to_rfc3339(record.started);
  page.add("<time datetime=\"{}\">{}</time></p>\n<h1>{}</h1>\n", started, started, page_line(headline(record)));
  page.add("<p class=\"bottom-line\">{}</p>\n", page_line(bottom_line(record)));
  if (!record.baseline.empty()) {
    page.add("<p class=\"quiet\">Compared with {}.</p>\n", page_line(record.baseline));
  }
  if (!record.problem.empty()) {
    page.add("<p class=\"problem\">It did not come to its end: {}</p>\n", page_line(record.problem));
  }
  page.add("<ul class=\"tallies\" aria-label=\"Cases by verdict\">\n");
  const auto counts = count_verdicts(record);
  for (const auto verdict : all_verdicts) {
    const auto count = counts[rank(verdict)];
    if (count == 0) continue;
    page.add("<li class=\"tally {}\"><b>{}</b> <span><span aria-hidden=\"true\">{}</span> {}</span></li>\n",
             css_class(verdict), count, sign(verdict), to_text(verdict));
  }
  page.add("<li class=\"tally total\"><b>{}</b> <span>requests</span></li>\n</ul>\n</header>\n<main>\n",
           record.requests);
}

void add_profiles(Html& page, const ConformanceRecord& record, const ConformanceIndex& index) {
  if (record.profiles.empty()) return;
  page.add(
      "<section aria-labelledby=\"profiles\">\n<h2 id=\"profiles\">Profiles</h2>\n<ul class=\"profiles\">\n");
  for (const auto& profile : record.profiles) {
    page.add("<li class=\"{}\"><h3>{}</h3>\n<p>{} {}</p>\n", css_class(profile.verdict),
             page_line(profile.name), badge(profile.verdict), page_line(profile.text));
    if (!profile.because.empty()) {
      page.add("<details><summary>What stands in the way</summary>\n<ul>\n");
      for (const auto& id : profile.because) page.add("<li>{}</li>\n", case_link(index, id));
      page.add("</ul></details>\n");
    }
    page.add("</li>\n");
  }
  page.add("</ul>\n</section>\n");
}

void add_findings(Html& page, const ConformanceRecord& record, const ConformanceIndex& index) {
  const auto causes = causes_of(record, index);
  if (causes.empty()) return;
  page.add(
      "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n<ol class=\"findings\">\n");
  for (std::size_t i = 0; i < std::min(causes.size(), findings_on_top); ++i) {
    const auto& cause = causes[i];
    page.add("<li>{} ", badge(cause.found != nullptr ? cause.found->verdict : Verdict::blocked));
    if (cause.found == nullptr) page.add("{}", case_link(index, cause.id));
    if (cause.found != nullptr) {
      const auto& one = *cause.found;
      page.add("<b>{}</b> {} <span class=\"quiet\">{}, {}{}{}</span>\n<p>{}</p>", page_line(one.title),
               case_link(index, cause.id),
               to_text(one.level), to_text(one.severity), is_known(one) ? ", known" : "",
               one.stale ? ", stale" : "", page_line(one.stale ? one.known : one.summary));
    }
    if (!cause.blocked.empty()) {
      page.add("<details><summary>{}</summary>\n<ul>\n",
               counted(cause.blocked.size(), "case cannot be judged because of it",
                       "cases cannot be judged because of it"));
      for (const auto* blocked : cause.blocked) page.add("<li>{}</li>\n", case_link(index, blocked->id));
      page.add("</ul></details>");
    }
    page.add("</li>\n");
  }
  page.add("</ol>\n");
  if (causes.size() > findings_on_top) {
    page.add("<p class=\"left-out\">{} more are among the cases below.</p>\n",
             causes.size() - findings_on_top);
  }
  page.add("</section>\n");
}

void add_matrix(Html& page, const ConformanceRecord& record, const std::vector<Area>& areas) {
  const auto totals = count_verdicts(record);
  page.add(
      "<section aria-labelledby=\"areas\">\n<h2 id=\"areas\">Areas</h2>\n<div class=\"wide\" "
      "tabindex=\"0\" ");
  page.add(
      "role=\"region\" aria-labelledby=\"areas\"><table class=\"matrix\">\n<thead><tr><th "
      "scope=\"col\">Area</th>");
  for (const auto verdict : all_verdicts) {
    if (totals[rank(verdict)] == 0) continue;
    page.add("<th scope=\"col\" class=\"number\"><span aria-hidden=\"true\">{}</span> {}</th>", sign(verdict),
             to_text(verdict));
  }
  page.add("</tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].cases.empty()) continue;
    page.add("<tr><th scope=\"row\"><a href=\"#area-{}\">{}</a></th>", i + 1, page_line(areas[i].name));
    for (const auto verdict : all_verdicts) {
      if (totals[rank(verdict)] == 0) continue;
      const auto count =
          std::ranges::count_if(areas[i].cases, [&](const auto* one) { return one->verdict == verdict; });
      if (count == 0) {
        page.add("<td class=\"number zero\">0</td>");
      } else {
        page.add("<td class=\"number {}\"><b>{}</b></td>", css_class(verdict), count);
      }
    }
    page.add("</tr>\n");
  }
  page.add("</tbody>\n</table></div>\n</section>\n");
}

/// A drop-down list whose first choice is everything.
void add_choice(Html& page, std::string_view name, std::string_view label,
                const std::vector<std::string>& values) {
  page.add("<span><label for=\"case-{}\">{}</label> <select id=\"case-{}\"><option value=\"\">any</option>",
           name, label, name);
  for (const auto& value : values) page.add("<option value=\"{}\">{}</option>", value, page_line(value));
  page.add("</select></span>\n");
}

void add_filter(Html& page, const std::vector<Area>& areas) {
  page.add(
      "<form class=\"filter\" data-needs-script hidden role=\"search\">\n<span><label "
      "for=\"case-text\">Search</label> ");
  page.add("<input id=\"case-text\" type=\"search\" autocomplete=\"off\"></span>\n");
  std::vector<std::string> verdicts;
  for (const auto verdict : all_verdicts) verdicts.emplace_back(to_text(verdict));
  add_choice(page, "verdict", "Verdict", verdicts);
  std::vector<std::string> levels;
  for (const auto level : {Level::must, Level::should, Level::may}) levels.emplace_back(to_text(level));
  add_choice(page, "level", "Level", levels);
  std::vector<std::string> severities;
  for (const auto one : {Severity::critical, Severity::high, Severity::medium, Severity::low}) {
    severities.emplace_back(to_text(one));
  }
  add_choice(page, "severity", "Severity", severities);
  std::vector<std::string> names;
  for (const auto& area : areas) {
    if (!area.cases.empty()) names.push_back(area.name);
  }
  add_choice(page, "area", "Area", names);
  page.add("<output id=\"case-count\" class=\"quiet\" aria-live=\"polite\"></output>\n");
  page.add("<button type=\"button\" data-clear hidden>Clear</button>\n</form>\n");
}

void add_cases(Html& page, const ConformanceRecord& record, const ConformanceIndex& index,
               const std::vector<Area>& areas, const CaseHistory& history) {
  page.add("<section aria-labelledby=\"cases\">\n<h2 id=\"cases\">Cases</h2>\n");
  add_filter(page, areas);
  std::size_t number = 0;
  std::size_t in_full = 0;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].cases.empty()) continue;
    page.add("<div class=\"area\">\n<h3 id=\"area-{}\">{}</h3>\n", i + 1, page_line(areas[i].name));
    for (const auto* one : areas[i].cases) {
      const bool full = !holds(one->verdict) && ++in_full <= cases_in_full;
      page.add("{}", case_section(record, index, *one, ++number, full ? CaseDetail::full : CaseDetail::brief,
                                  history));
    }
    page.add("</div>\n");
  }
  if (record.left_out > 0) {
    page.add("<p class=\"left-out\">{} not selected.</p>\n",
             counted(record.left_out, "case was", "cases were"));
  }
  page.add("</section>\n");
}

void add_list(Html& page, std::string_view id, std::string_view heading,
              const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page.add("<section aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n<ul>\n", id, id, heading);
  for (const auto& line : lines) page.add("<li><code>{}</code></li>\n", page_line(line));
  page.add("</ul>\n</section>\n");
}

}  // namespace

std::string to_html(const ConformanceRecord& record, std::span<const ConformanceRecord> history) {
  const ConformanceIndex index(record);
  const auto areas = areas_of(record, index);
  const PageAssets assets{.styles = {style_sheet(), conformance_style()},
                          .scripts = {page_script(), conformance_script()}};
  Html page;
  begin_page(page, page_line(headline(record)), assets);
  add_overview(page, record);
  add_profiles(page, record, index);
  add_findings(page, record, index);
  add_matrix(page, record, areas);
  add_cases(page, record, index, areas, history_of(history));
  add_list(page, "announced", "What the product says it offers", record.announced);
  add_list(page, "left-behind", "Could not be removed", record.left_behind);
  if (!record.replay.empty()) {
    page.add(
        "<section aria-labelledby=\"replay\">\n<h2 id=\"replay\">Judge it all again</h2>\n<div "
        "class=\"command\">");
    page.add("<pre id=\"judge-all\" tabindex=\"0\">{}</pre><button type=\"button\" data-copy=\"judge-all\" ",
             visible(record.replay, Breaks::join));
    page.add("data-needs-script hidden>Copy</button></div>\n</section>\n");
  }
  page.add("</main>\n<footer><p>Made by Lockstep {}.</p></footer>\n", record.version);
  end_page(page, assets);
  return page.text();
}

}  // namespace reports
