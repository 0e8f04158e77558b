#include "reports/conformance_json.h"

#include <nlohmann/json.hpp>

#include "reports/conformance_view.h"
#include "reports/json_parts.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

Json measured_json(const scenarios::Measured& measured) {
  return Json{{"wall", duration_json(measured.wall)}};
}

Json clause_json(const scenarios::ClauseRecord& clause) {
  return Json{{"id", clause.id},     {"title", clause.title}, {"law", clause.law},
              {"why", clause.why},   {"level", clause.level}, {"source", clause.source},
              {"link", clause.link}, {"area", clause.area}};
}

Json difference_json(const scenarios::Difference& difference) {
  return Json{{"where", difference.where}, {"expected", difference.expected}, {"found", difference.found}};
}

Json check_json(const scenarios::CheckRecord& check) {
  return Json{{"line", check.line},          {"what", check.what},
              {"expected", check.expected},  {"differences", array_json(check.differences, difference_json)},
              {"says", check.says},          {"verdict", to_text(check.verdict)},
              {"exchanges", check.exchanges}};
}

Json case_json(const scenarios::CaseRecord& one) {
  const auto exchange = [](const scenarios::ExchangeRecord& record) {
    return exchange_object(shown_exchange(record));
  };
  return Json{{"id", one.id},
              {"title", one.title},
              {"covers", one.covers},
              {"level", to_text(one.level)},
              {"severity", to_text(one.severity)},
              {"why", one.why},
              {"fix", one.fix},
              {"tags", one.tags},
              {"verdict", to_text(one.verdict)},
              {"summary", one.summary},
              {"blocked_by", one.blocked_by},
              {"readings", one.readings},
              {"checks", array_json(one.checks, check_json)},
              {"exchanges", array_json(one.exchanges, exchange)},
              {"known", one.known},
              {"stale", one.stale},
              {"regressed", one.regressed},
              {"replay", one.replay},
              {"measured", measured_json(one.measured)}};
}

Json profile_json(const scenarios::ProfileRecord& profile) {
  return Json{{"name", profile.name},
              {"verdict", to_text(profile.verdict)},
              {"text", profile.text},
              {"because", profile.because}};
}

Json totals_json(const scenarios::ConformanceRecord& record) {
  Json totals{{"cases", record.cases.size()}};
  const auto counts = count_verdicts(record);
  for (const auto verdict : all_verdicts) totals[std::string(to_text(verdict))] = counts[rank(verdict)];
  return totals;
}

}  // namespace

std::string to_json(const scenarios::ConformanceRecord& record) {
  const Json json{{"report", "conformance"},
                  {"schema_version", "1"},
                  {"version", record.version},
                  {"suite", record.suite},
                  {"target", record.target},
                  {"product", record.product},
                  {"seed", record.seed},
                  {"started", base::to_rfc3339(record.started)},
                  {"exit_code", exit_code_of(record)},
                  {"totals", totals_json(record)},
                  {"problem", record.problem},
                  {"baseline", record.baseline},
                  {"profiles", array_json(record.profiles, profile_json)},
                  {"announced", record.announced},
                  {"requests", record.requests},
                  {"left_out", record.left_out},
                  {"left_behind", record.left_behind},
                  {"clauses", array_json(record.clauses, clause_json)},
                  {"cases", array_json(record.cases, case_json)},
                  {"replay", record.replay},
                  {"measured", measured_json(record.measured)}};
  return dump(json, 2) + "\n";
}

}  // namespace reports
