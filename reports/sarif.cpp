#include "reports/sarif.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/encoding.h"
#include "reports/conformance_view.h"
#include "reports/json_parts.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;

bool is_web_address(const std::string& link) {
  return link.starts_with("https://") || link.starts_with("http://");
}

Json rule_json(const scenarios::ClauseRecord& clause) {
  Json rule{{"id", clause.id},
            {"shortDescription", Json{{"text", clause.title}}},
            {"fullDescription", Json{{"text", clause.law}}}};
  if (is_web_address(clause.link)) rule["helpUri"] = clause.link;
  rule["properties"] = Json{{"level", clause.level}, {"source", clause.source}, {"area", clause.area}};
  return rule;
}

std::string_view level_of(const CaseRecord& one) {
  if (one.verdict == Verdict::violates || one.verdict == Verdict::error) return "error";
  return one.verdict == Verdict::unclear ? "note" : "warning";
}

std::string message_of(const ConformanceRecord& record, const CaseRecord& one) {
  auto text = one.title + ": " + (one.stale ? "a known deviation did not happen: " + one.known : one.summary);
  for (const auto& reading : one.readings) text += "\nReading: " + reading;
  if (!one.fix.empty() && !holds(one.verdict)) text += "\nFix: " + one.fix;
  for (const auto& check : one.checks) {
    const auto evidence = evidence_of(one, check);
    if (holds(check.verdict) || evidence.empty()) continue;
    text += "\n" + curl_command(record, *evidence.back());
    break;
  }
  return visible(text, Breaks::keep);
}

/// Whether the suite is one whose products are clients: their cases have a folder of their own.
bool is_of_client(std::string_view case_id) {
  const auto suite = case_id.substr(0, case_id.find('/'));
  return suite == "graph-client" || suite == "oidc-rp" || suite == "scim-client";
}

/// A relative reference, whatever is in the id.
std::string script_of(const CaseRecord& one) {
  std::string out = is_of_client(one.id) ? "scenarios/client_conformance" : "scenarios/conformance";
  for (std::size_t at = 0; at <= one.id.size();) {
    const auto end = std::min(one.id.find('/', at), one.id.size());
    out += "/" + base::percent_encode(std::string_view(one.id).substr(at, end - at));
    at = end + 1;
  }
  return out + ".yaml";
}

int line_of(const CaseRecord& one) {
  for (const auto& check : one.checks) {
    if (!holds(check.verdict) && check.line > 0) return check.line;
  }
  return 1;
}

Json result_json(const ConformanceRecord& record, const ConformanceIndex& index, const Cause& cause) {
  const auto& one = *cause.found;
  const auto clauses = index.clauses_of(one);
  Json result;
  if (!clauses.empty()) result["ruleId"] = clauses.front()->id;
  result["level"] = level_of(one);
  result["message"] = Json{{"text", message_of(record, one)}};
  result["locations"] =
      Json::array({Json{{"physicalLocation", Json{{"artifactLocation", Json{{"uri", script_of(one)}}},
                                                  {"region", Json{{"startLine", line_of(one)}}}}}}});
  result["partialFingerprints"] = Json{{"case/v1", one.id}};
  if (is_known(one)) {
    result["suppressions"] = Json::array({Json{{"kind", "external"}, {"justification", one.known}}});
  }
  if (!record.baseline.empty()) result["baselineState"] = one.regressed ? "new" : "unchanged";
  result["properties"] = Json{{"verdict", to_text(one.verdict)},
                              {"severity", to_text(one.severity)},
                              {"clauses", one.covers},
                              {"blocks", cause.blocked.size()},
                              {"tags", one.tags}};
  return result;
}

}  // namespace

std::string to_sarif(const ConformanceRecord& record) {
  const ConformanceIndex index(record);
  Json results = Json::array();
  for (const auto& cause : causes_of(record, index)) {
    if (cause.found != nullptr && cause.found->verdict != Verdict::blocked) {
      results.push_back(result_json(record, index, cause));
    }
  }
  Json rules = Json::array();
  std::set<std::string_view> ids;
  for (const auto& clause : record.clauses) {
    if (ids.insert(clause.id).second) rules.push_back(rule_json(clause));
  }
  const Json driver{{"name", "Lockstep"}, {"version", record.version}, {"rules", std::move(rules)}};
  const Json run{{"tool", Json{{"driver", driver}}}, {"results", std::move(results)}};
  const Json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({run})}};
  return dump(sarif, 2) + "\n";
}

}  // namespace reports
