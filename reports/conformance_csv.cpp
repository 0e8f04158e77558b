#include "reports/conformance_csv.h"

#include <algorithm>
#include <array>
#include <span>

#include "reports/conformance_view.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;

constexpr std::size_t csv_text_limit = 20'000;

/// What begins a formula: the four signs, the same signs in full width, and the white space before which
/// spreadsheets look further.
constexpr std::array<std::string_view, 8> openings{
    "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

bool is_formula(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (text.front() == '\t' || text.front() == '\r' || text.front() == '\n') return true;
  return std::ranges::any_of(
      openings, [&](std::string_view opening) { return text.substr(first).starts_with(opening); });
}

void add_line(std::string& out, std::span<const std::string> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) out += (i > 0 ? "," : "") + csv_field(fields[i]);
  out += "\r\n";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : " ") + text;
  return out;
}

/// The first thing that differs, and the exchange behind it.
struct Proof {
  scenarios::Difference difference;
  std::string curl;
};

Proof proof_of(const ConformanceRecord& record, const CaseRecord& one) {
  for (const auto& check : one.checks) {
    if (holds(check.verdict)) continue;
    Proof proof;
    if (!check.differences.empty()) proof.difference = check.differences.front();
    const auto evidence = evidence_of(one, check);
    if (!evidence.empty()) proof.curl = curl_command(record, *evidence.back());
    return proof;
  }
  return {};
}

void add_case(std::string& out, const ConformanceRecord& record, const ConformanceIndex& index,
              const CaseRecord& one) {
  const auto proof = proof_of(record, one);
  const auto yes = [](bool value) { return std::string(value ? "yes" : ""); };
  const std::array fields{std::string(to_text(one.verdict)),
                          one.id,
                          one.title,
                          std::string(to_text(one.level)),
                          std::string(to_text(one.severity)),
                          index.area_of(one),
                          joined(one.covers),
                          one.summary,
                          proof.difference.where,
                          proof.difference.expected,
                          proof.difference.found,
                          one.known,
                          yes(one.stale),
                          yes(one.regressed),
                          one.blocked_by,
                          one.why,
                          one.fix,
                          proof.curl,
                          one.replay};
  add_line(out, fields);
}

}  // namespace

std::string csv_field(std::string_view text) {
  std::string out = is_formula(text) ? "\"'" : "\"";
  for (const char c : shortened(visible(text, Breaks::keep), csv_text_limit)) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string to_csv(const ConformanceRecord& record) {
  static const std::array<std::string, 19> names{"verdict",       "case",    "title",   "level", "severity",
                                                 "area",          "clauses", "summary", "where", "expected",
                                                 "found",         "known",   "stale",   "worse", "blocked by",
                                                 "what it costs", "fix",     "curl",    "repeat"};
  const ConformanceIndex index(record);
  std::string out;
  add_line(out, names);
  for (const auto& cause : causes_of(record, index)) {
    if (cause.found != nullptr) add_case(out, record, index, *cause.found);
    for (const auto* one : cause.blocked) add_case(out, record, index, *one);
  }
  return out;
}

}  // namespace reports
