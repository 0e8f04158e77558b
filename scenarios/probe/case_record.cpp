#include "scenarios/probe/case_record.h"

#include <set>
#include <string_view>

#include "scenarios/probe/clause_area.h"

namespace scenarios::probe {

std::vector<ClauseRecord> clauses_covered_by(const std::vector<CaseRecord>& cases, const Catalog& catalog) {
  std::set<std::string_view> covered;
  for (const auto& one : cases) covered.insert(one.covers.begin(), one.covers.end());
  std::vector<ClauseRecord> out;
  for (const auto& rule : catalog.rules()) {
    if (!covered.contains(rule.id)) continue;
    ClauseRecord clause;
    clause.id = rule.id;
    clause.title = rule.title;
    clause.law = rule.law;
    clause.why = rule.why;
    clause.level = rule.level ? std::string(level_text(*rule.level)) : std::string{};
    clause.source = rule.sources.empty() ? std::string{} : rule.sources.front();
    clause.link = rule.link;
    clause.area = area_of_clause(rule);
    out.push_back(std::move(clause));
  }
  return out;
}

}  // namespace scenarios::probe
