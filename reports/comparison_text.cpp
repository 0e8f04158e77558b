#include "reports/comparison_text.h"

#include <fmt/format.h>

#include <vector>

#include "reports/conformance_view.h"
#include "reports/plain_text.h"
#include "reports/text_page.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;

struct Changes {
  std::vector<std::string> worse;
  std::vector<std::string> better;
  std::vector<std::string> added;
  std::vector<std::string> gone;
};

/// By the order of reports: a verdict that needs a person sooner is the worse one.
void add_change(Changes& changes, const CaseRecord& before, const CaseRecord& after) {
  if (before.verdict == after.verdict) return;
  auto& list = rank(after.verdict) < rank(before.verdict) ? changes.worse : changes.better;
  list.push_back(fmt::format("{}: {}, was {}", after.id, to_text(after.verdict), to_text(before.verdict)));
}

Changes changes_between(const ConformanceRecord& before, const ConformanceRecord& after) {
  const ConformanceIndex earlier(before);
  const ConformanceIndex later(after);
  Changes changes;
  for (const auto& one : after.cases) {
    if (const auto* other = earlier.find_case(one.id)) {
      add_change(changes, *other, one);
    } else {
      changes.added.push_back(fmt::format("{}: {}", one.id, to_text(one.verdict)));
    }
  }
  for (const auto& one : before.cases) {
    if (later.find_case(one.id) == nullptr) {
      changes.gone.push_back(fmt::format("{}: was {}", one.id, to_text(one.verdict)));
    }
  }
  return changes;
}

void add_list(TextPage& page, std::string_view heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page.line(fmt::format("{} ({})", heading, lines.size()));
  for (const auto& line : lines) page.line("  " + shortened_front(visible(line, Breaks::join), columns - 2));
}

}  // namespace

std::string comparison_text(const ConformanceRecord& before, const ConformanceRecord& after) {
  TextPage page(false);
  const auto name = [](const ConformanceRecord& record) {
    return visible(product_name(record) + " (" + record_name(record) + ")", Breaks::join);
  };
  page.line(shortened("before  " + name(before), columns));
  page.line(shortened("after   " + name(after), columns));
  const auto changes = changes_between(before, after);
  if (changes.worse.empty() && changes.better.empty() && changes.added.empty() && changes.gone.empty()) {
    page.line("no verdict has changed");
  }
  add_list(page, "worse", changes.worse);
  add_list(page, "better", changes.better);
  add_list(page, "new", changes.added);
  add_list(page, "no longer there", changes.gone);
  return page.take();
}

}  // namespace reports
