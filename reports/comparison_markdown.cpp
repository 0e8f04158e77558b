#include "reports/comparison_markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "reports/conformance_markdown.h"
#include "reports/conformance_view.h"
#include "reports/html_parts.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::CaseRecord;

constexpr std::size_t longest_comparison = 60'000;
constexpr std::size_t cell_text_limit = 300;
constexpr std::size_t cell_name_limit = 80;

std::string cell(std::string_view text, std::size_t limit = cell_text_limit) {
  return in_markdown(shortened(visible(text, Breaks::join), limit));
}

/// "✗ violates, known"
std::string verdict_cell(const CaseRecord* one) {
  if (one == nullptr) return verdict_text(one);
  return fmt::format("{} {}", sign(one->verdict), verdict_text(one));
}

std::string case_cell(const CaseRecord& one) {
  return fmt::format("{}<br><code>{}</code>", cell(one.title), cell(one.id));
}

/// Each verdict and each profile that any report has is a column.
void add_reports(std::string& out, std::span<const ComparedReport> reports,
                 const std::vector<std::string>& names) {
  std::array<bool, all_verdicts.size()> found{};
  std::vector<std::string> profiles;
  for (const auto& report : reports) {
    const auto counts = count_verdicts(report.record);
    for (std::size_t i = 0; i < counts.size(); ++i) found[i] = found[i] || counts[i] > 0;
    for (const auto& profile : report.record.profiles) {
      if (std::ranges::find(profiles, profile.name) == profiles.end()) profiles.push_back(profile.name);
    }
  }
  std::string head = "| Report |";
  std::string line = "| --- |";
  for (const auto verdict : all_verdicts) {
    if (!found[rank(verdict)]) continue;
    head += fmt::format(" {} {} |", sign(verdict), to_text(verdict));
    line += " ---: |";
  }
  for (const auto& profile : profiles) {
    head += fmt::format(" {} |", cell(profile, cell_name_limit));
    line += " --- |";
  }
  out += head + "\n" + line + "\n";
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto& record = reports[i].record;
    out += fmt::format("| **{}**<br><sub>Lockstep {}", cell(names[i], cell_name_limit),
                       cell(record_name(record), cell_name_limit));
    for (const auto& reservation : reservations(record)) out += "<br>" + cell(reservation);
    out += "</sub> |";
    const auto counts = count_verdicts(record);
    for (std::size_t verdict = 0; verdict < counts.size(); ++verdict) {
      if (found[verdict]) out += fmt::format(" {} |", counts[verdict]);
    }
    for (const auto& name : profiles) {
      const auto profile = std::ranges::find(record.profiles, name, &scenarios::ProfileRecord::name);
      out += profile == record.profiles.end()
                 ? " |"
                 : fmt::format(" {} {} |", sign(profile->verdict), cell(profile->text));
    }
    out += "\n";
  }
  out += "\n";
}

/// Rows as long as they fit; the rest is counted.
void add_rows(std::string& out, std::string_view head, const std::vector<std::string>& rows) {
  out += head;
  std::size_t shown = 0;
  while (shown < rows.size() && out.size() + rows[shown].size() <= longest_comparison) out += rows[shown++];
  out += "\n";
  if (shown < rows.size()) {
    out += fmt::format("{} not shown.\n\n", counted(rows.size() - shown, "more case is", "more cases are"));
  }
}

void add_changes(std::string& out, const std::vector<ChangeList>& lists) {
  for (const auto& [heading, changes] : lists) {
    std::vector<std::string> rows;
    for (const auto& change : changes) {
      const auto& one = change.described();
      rows.push_back(fmt::format("| {} | {} | {} | {} |\n", verdict_cell(change.before),
                                 verdict_cell(change.after), case_cell(one), cell(one.summary)));
    }
    // What is worse is for everyone's eyes.
    const bool folded = heading != "worse";
    const auto title = fmt::format("{} ({})", capitalised(heading), changes.size());
    out += folded ? "<details><summary>" + title + "</summary>\n\n" : "### " + title + "\n\n";
    add_rows(out, "| Before | After | Case | Found |\n| --- | --- | --- | --- |\n", rows);
    if (folded) out += "</details>\n\n";
  }
}

void add_differences(std::string& out, const std::vector<ComparedArea>& areas,
                     const std::vector<std::string>& names) {
  std::string head = "| Case |";
  std::string line = "| --- |";
  for (const auto& name : names) {
    head += fmt::format(" {} |", cell(name, cell_name_limit));
    line += " --- |";
  }
  std::vector<std::string> rows;
  for (const auto& area : areas) {
    for (const auto& one : area.cases) {
      if (!one.differs()) continue;
      auto row = fmt::format("| {} |", case_cell(*one.described));
      for (const auto* column : one.columns) row += fmt::format(" {} |", verdict_cell(column));
      rows.push_back(row + "\n");
    }
  }
  if (!rows.empty()) add_rows(out, "### Differences\n\n" + head + "\n" + line + "\n", rows);
}

}  // namespace

std::string comparison_markdown(std::span<const ComparedReport> reports) {
  const auto names = column_names(reports);
  std::string out = fmt::format("## {}\n\n", cell(comparison_headline(reports)));
  add_reports(out, reports, names);
  if (reports.size() == 2) {
    add_changes(out, changes_between(reports[0].record, reports[1].record));
  } else {
    add_differences(out, compared_areas(reports), names);
  }
  return out;
}

}  // namespace reports
