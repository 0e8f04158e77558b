#include "reports/comparison_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "reports/conformance_view.h"
#include "reports/plain_text.h"
#include "reports/text_page.h"

namespace reports {
namespace {

using scenarios::ConformanceRecord;

constexpr std::size_t indent = 8;

void add_report(TextPage& page, std::string_view label, const std::string& name,
                const ConformanceRecord& record) {
  const auto line = [&](std::string_view lead, const std::string& text) {
    const auto parts = wrapped(shortened(visible(text, Breaks::join), text_characters), columns - indent);
    for (const auto& part : parts) page.line(fmt::format("{:{}}{}", std::exchange(lead, ""), indent, part));
  };
  line(label, fmt::format("{} ({})", name, record_name(record)));
  std::string counts;
  for (const auto verdict : all_verdicts) {
    const auto count = count_verdicts(record)[rank(verdict)];
    if (count > 0) counts += fmt::format("{}{} {}", counts.empty() ? ": " : ", ", count, to_text(verdict));
  }
  line("", counted(record.cases.size(), "case", "cases") + counts);
  for (const auto& profile : record.profiles) line("", profile.name + ": " + profile.text);
  for (const auto& reservation : reservations(record)) line("", reservation);
}

void add_changes(TextPage& page, const ConformanceRecord& before, const ConformanceRecord& after) {
  const auto lists = changes_between(before, after);
  if (lists.empty()) page.line("no verdict has changed");
  for (const auto& list : lists) {
    page.line(fmt::format("{} ({})", list.heading, list.changes.size()));
    for (const auto& change : list.changes) {
      const auto line = change.described().id + ": " + change_text(change);
      page.line("  " + shortened_front(visible(line, Breaks::join), columns - 2));
    }
  }
}

/// "violates: 1, 3; conforms: 2", worst first.
std::string verdicts_of(const ComparedCase& one) {
  std::map<std::size_t, std::pair<std::string_view, std::string>> by_rank;
  for (std::size_t i = 0; i < one.columns.size(); ++i) {
    const auto* column = one.columns[i];
    auto& [word, numbers] = by_rank[column != nullptr ? rank(column->verdict) : all_verdicts.size()];
    word = column != nullptr ? to_text(column->verdict) : "not asked";
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", i + 1);
  }
  std::string out;
  for (const auto& [place, entry] : by_rank) {
    out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", entry.first, entry.second);
  }
  return out;
}

void add_differences(TextPage& page, const std::vector<ComparedArea>& areas) {
  page.line(fmt::format("differences ({} of {})", count_differences(areas),
                        counted(count_cases(areas), "case", "cases")));
  for (const auto& area : areas) {
    for (const auto& one : area.cases) {
      if (!one.differs()) continue;
      page.line("  " + shortened_front(visible(one.described->id, Breaks::join), columns - 2));
      for (const auto& line : wrapped(verdicts_of(one), columns - indent))
        page.line(std::string(indent, ' ') + line);
    }
  }
}

}  // namespace

std::string comparison_text(std::span<const ComparedReport> reports) {
  TextPage page(false);
  const auto names = column_names(reports);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto label =
        reports.size() == 2 ? std::string(i == 0 ? "before" : "after") : fmt::format("{}", i + 1);
    add_report(page, label, names[i], reports[i].record);
  }
  if (reports.size() == 2) {
    add_changes(page, reports[0].record, reports[1].record);
  } else {
    add_differences(page, compared_areas(reports));
  }
  return page.take();
}

}  // namespace reports
