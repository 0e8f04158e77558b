#include "reports/comparison_html.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "reports/comparison_html_assets.h"
#include "reports/conformance_html_case.h"
#include "reports/conformance_view.h"
#include "reports/html.h"
#include "reports/html_assets.h"
#include "reports/html_page.h"
#include "reports/html_parts.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::Verdict;

constexpr std::size_t shown_text = 300;
constexpr std::size_t shown_name = 100;
constexpr std::string_view absent = "not asked";

std::string compared_line(std::string_view text, std::size_t limit = shown_text) {
  return shortened(visible(text, Breaks::join), limit);
}

/// What the page compares, as its parts show it.
struct View {
  std::span<const ComparedReport> reports;
  std::vector<std::string> names;
  std::vector<ComparedArea> areas;
  std::vector<ChangeList> changes;  ///< of two reports
};

Html report_name(const View& view, std::size_t place) {
  Html html;
  const auto name = compared_line(view.names[place], shown_name);
  const auto& page = view.reports[place].page;
  if (page.empty()) return html.add("{}", name);
  return html.add("<a href=\"{}\">{}</a>", page, name);
}

/// The verdict as a word, a link where the report's page can be had; what was known beside it.
Html verdict_cell(const ComparedReport& report, const CaseRecord* one) {
  Html html;
  if (one == nullptr) return html.add("<td class=\"quiet\">{}</td>", absent);
  html.add("<td class=\"{}\">", css_class(one->verdict));
  if (report.page.empty()) {
    html.add("{}", badge(one->verdict));
  } else {
    // A percent sign of the element's id is itself encoded in a link.
    html.add("<a href=\"{}#{}\">{}</a>", report.page, base::percent_encode(case_element_id(one->id)),
             badge(one->verdict));
  }
  return html.add("{}</td>", one->stale ? ", stale" : is_known(*one) ? ", known" : "");
}

void add_overview(Html& page, const View& view) {
  std::set<std::string> suites;
  for (const auto& report : view.reports) suites.insert(report.record.suite);
  page.add("<a class=\"skip\" href=\"#cases\">Skip to the cases</a>\n<header>\n");
  page.add("<p class=\"product\">{}", suites.size() == 1 ? "Suite " : "Suites ");
  std::string_view separator;
  for (const auto& suite : suites) {
    page.add("{}{}", separator, compared_line(suite, shown_name));
    separator = ", ";
  }
  page.add("</p>\n<h1>{}</h1>\n</header>\n<main>\n", compared_line(comparison_headline(view.reports)));
}

/// Names of all profiles that any report has, in their order.
std::vector<std::string> profiles_of(std::span<const ComparedReport> reports) {
  std::vector<std::string> names;
  for (const auto& report : reports) {
    for (const auto& profile : report.record.profiles) {
      if (std::ranges::find(names, profile.name) == names.end()) names.push_back(profile.name);
    }
  }
  return names;
}

void add_report_row(Html& page, const View& view, std::size_t place, const std::vector<Verdict>& verdicts,
                    const std::vector<std::string>& profiles) {
  const auto& record = view.reports[place].record;
  const auto started = base::to_rfc3339(record.started);
  constexpr std::string_view day_and_minute = "2026-01-05T08:00";
  page.add("<tr><th scope=\"row\">{}<small>Lockstep {}, <time datetime=\"{}\">{}</time></small>",
           report_name(view, place), compared_line(record.version, shown_name), started,
           started.substr(0, day_and_minute.size()));
  for (const auto& reservation : reservations(record)) page.add("<small>{}</small>", compared_line(reservation));
  page.add("</th>");
  for (const auto& name : profiles) {
    const auto found = std::ranges::find(record.profiles, name, &scenarios::ProfileRecord::name);
    if (found == record.profiles.end()) {
      page.add("<td class=\"profile quiet\">{}</td>", absent);
    } else {
      page.add("<td class=\"profile {}\"><span aria-hidden=\"true\">{}</span> {}</td>",
               css_class(found->verdict), sign(found->verdict), compared_line(found->text));
    }
  }
  const auto counts = count_verdicts(record);
  for (const auto verdict : verdicts) {
    const auto count = counts[rank(verdict)];
    if (count == 0) {
      page.add("<td class=\"number zero\">0</td>");
    } else {
      page.add("<td class=\"number {}\"><b>{}</b></td>", css_class(verdict), count);
    }
  }
  page.add("</tr>\n");
}

void add_reports(Html& page, const View& view) {
  std::vector<Verdict> verdicts;
  for (const auto verdict : all_verdicts) {
    const bool occurs = std::ranges::any_of(
        view.reports, [&](const auto& report) { return count_verdicts(report.record)[rank(verdict)] > 0; });
    if (occurs) verdicts.push_back(verdict);
  }
  const auto profiles = profiles_of(view.reports);
  page.add("<section aria-labelledby=\"reports\">\n<h2 id=\"reports\">Reports</h2>\n");
  page.add("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"reports\">");
  page.add("<table class=\"matrix reports\">\n<thead><tr><th scope=\"col\">Report</th>");
  for (const auto& name : profiles) page.add("<th scope=\"col\">{}</th>", compared_line(name, shown_name));
  for (const auto verdict : verdicts) {
    page.add("<th scope=\"col\" class=\"number\"><span aria-hidden=\"true\">{}</span> {}</th>", sign(verdict),
             to_text(verdict));
  }
  page.add("</tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < view.reports.size(); ++i) add_report_row(page, view, i, verdicts, profiles);
  page.add("</tbody>\n</table></div>\n</section>\n");
}

void add_change(Html& page, const Change& change) {
  const auto& one = change.described();
  page.add("<li>");
  if (change.after != nullptr) page.add("{} ", badge(change.after->verdict));
  if (change.before != nullptr)
    page.add("<span class=\"quiet\">was</span> {} ", badge(change.before->verdict));
  page.add("{} <a href=\"#{}\"><code>{}</code></a>", compared_line(one.title),
           base::percent_encode(case_element_id(one.id)), compared_line(one.id));
  if (is_known(one)) page.add(" <span class=\"quiet\">known</span>");
  if (!one.summary.empty()) page.add("<p>{}</p>", compared_line(one.summary));
  page.add("</li>\n");
}

void add_changes(Html& page, const View& view) {
  if (view.reports.size() != 2) return;
  page.add("<section class=\"changes\" aria-labelledby=\"changes\">\n<h2 id=\"changes\">What changed</h2>\n");
  if (view.changes.empty()) page.add("<p>No verdict has changed.</p>\n");
  for (const auto& [heading, changes] : view.changes) {
    // What is worse is for everyone's eyes.
    const bool folded = heading != "worse";
    if (folded) page.add("<details class=\"part\"><summary>");
    page.add("<h3>{} ({})</h3>", capitalised(heading), changes.size());
    if (folded) page.add("</summary>");
    page.add("\n<ul class=\"findings\">\n");
    for (const auto& change : changes) add_change(page, change);
    page.add("</ul>\n");
    if (folded) page.add("</details>\n");
  }
  page.add("</section>\n");
}

/// A drop-down list whose first choice leaves everything.
void add_choice(Html& page, std::string_view name, std::string_view label, std::string_view first,
                const std::vector<std::pair<std::string, std::string>>& values) {
  page.add("<span><label for=\"case-{}\">{}</label> <select id=\"case-{}\"><option value=\"\">{}</option>",
           name, label, name, first);
  for (const auto& [value, text] : values) page.add("<option value=\"{}\">{}</option>", value, compared_line(text));
  page.add("</select></span>\n");
}

void add_filter(Html& page, const View& view) {
  page.add(
      "<form class=\"filter\" data-needs-script hidden role=\"search\" aria-label=\"Filter the cases\">\n");
  page.add("<span><label for=\"case-text\">Search</label> <input id=\"case-text\" type=\"search\" ");
  page.add("autocomplete=\"off\"></span>\n");
  add_choice(page, "show", "Cases", "all", {{"differences", "only differences"}});
  std::vector<std::pair<std::string, std::string>> verdicts;
  for (const auto verdict : all_verdicts) verdicts.emplace_back(to_text(verdict), to_text(verdict));
  verdicts.emplace_back(absent, absent);
  add_choice(page, "verdict", "Verdict in any", "any", verdicts);
  std::vector<std::pair<std::string, std::string>> areas;
  for (const auto& area : view.areas) areas.emplace_back(area.name, area.name);
  add_choice(page, "area", "Area", "any", areas);
  page.add("<output id=\"case-count\" class=\"quiet\" aria-live=\"polite\"></output>\n");
  page.add("<button type=\"button\" data-clear hidden>Clear</button>\n</form>\n");
}

void add_row(Html& page, const View& view, const ComparedCase& entry) {
  const auto& one = *entry.described;
  const bool differs = entry.differs();
  std::string verdicts;
  for (const auto* column : entry.columns) {
    verdicts += verdicts.empty() ? "" : "|";
    verdicts += column != nullptr ? to_text(column->verdict) : absent;
  }
  page.add("<tr id=\"{}\"{} data-verdicts=\"{}\"><th scope=\"row\">{}", case_element_id(one.id),
           differs ? Html().add(" class=\"differs\"") : Html(), verdicts,
           compared_line(one.title.empty() ? one.id : one.title));
  page.add("<small><code>{}</code> {}, {}{}</small></th>", compared_line(one.id), to_text(one.level),
           to_text(one.severity), differs ? Html().add(", <b>differs</b>") : Html());
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    page.add("{}", verdict_cell(view.reports[i], entry.columns[i]));
  }
  page.add("</tr>\n");
}

void add_cases(Html& page, const View& view) {
  page.add("<section aria-labelledby=\"cases\">\n<h2 id=\"cases\">Cases</h2>\n");
  add_filter(page, view);
  page.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"cases\">");
  page.add("<table class=\"comparison\">\n<caption>What each case came to in each report</caption>\n");
  page.add("<thead><tr><th scope=\"col\">Case</th>");
  for (std::size_t i = 0; i < view.reports.size(); ++i)
    page.add("<th scope=\"col\">{}</th>", report_name(view, i));
  page.add("</tr></thead>\n");
  for (const auto& area : view.areas) {
    page.add("<tbody data-area=\"{}\">\n<tr><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n", area.name,
             view.reports.size() + 1, compared_line(area.name));
    for (const auto& entry : area.cases) add_row(page, view, entry);
    page.add("</tbody>\n");
  }
  page.add("</table></div>\n</section>\n");
}

}  // namespace

std::string comparison_html(std::span<const ComparedReport> reports) {
  View view{reports, column_names(reports), compared_areas(reports), {}};
  if (reports.size() == 2) view.changes = changes_between(reports[0].record, reports[1].record);
  const PageAssets assets{.styles = {style_sheet(), comparison_style()},
                          .scripts = {page_script(), comparison_script()}};
  Html page;
  begin_page(page, compared_line(comparison_headline(reports)), assets);
  add_overview(page, view);
  add_reports(page, view);
  add_changes(page, view);
  add_cases(page, view);
  page.add("</main>\n<footer><p>Made by Lockstep.</p></footer>\n");
  end_page(page, assets);
  return page.text();
}

}  // namespace reports
