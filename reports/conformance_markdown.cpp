#include "reports/conformance_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/conformance_view.h"
#include "reports/html_parts.h"
#include "reports/json_layout.h"
#include "reports/plain_text.h"
#include "reports/shown_exchange.h"

namespace reports {
namespace {

using scenarios::ConformanceRecord;

constexpr std::size_t longest_markdown = 60'000;
constexpr std::size_t rows_of_table = 50;
constexpr std::size_t markdown_body_limit = 2'000;
constexpr std::size_t markdown_text_limit = 300;

std::string cell(std::string_view text) {
  return in_markdown(shortened(visible(text, Breaks::join), markdown_text_limit));
}

std::string code(std::string_view text) {
  return "<code>" + cell(text) + "</code>";
}

void add_head(std::string& out, const ConformanceRecord& record) {
  out += fmt::format("## {}\n\n{}\n\n", in_markdown(headline(record)), in_markdown(bottom_line(record)));
  out += fmt::format("<sub>Lockstep {}, suite {}, target {}, {}", cell(record.version), cell(record.suite),
                     code(record.target), base::to_rfc3339(record.started));
  if (!record.baseline.empty()) out += ", compared with " + cell(record.baseline);
  out += "</sub>\n\n";
}

void add_counts(std::string& out, const ConformanceRecord& record) {
  const auto counts = count_verdicts(record);
  std::string names = "|";
  std::string lines = "|";
  std::string numbers = "|";
  for (const auto verdict : all_verdicts) {
    const auto count = counts[rank(verdict)];
    if (count == 0) continue;
    names += fmt::format(" {} {} |", sign(verdict), to_text(verdict));
    lines += " ---: |";
    numbers += fmt::format(" {} |", count);
  }
  if (names.size() > 1) out += names + "\n" + lines + "\n" + numbers + "\n\n";
}

void add_profiles(std::string& out, const ConformanceRecord& record) {
  for (const auto& profile : record.profiles) {
    out += fmt::format("- {} **{}**: {}\n", sign(profile.verdict), cell(profile.name), cell(profile.text));
  }
  if (!record.profiles.empty()) out += "\n";
}

void add_table(std::string& out, const std::vector<Cause>& causes) {
  std::string rows;
  std::size_t left = 0;
  std::size_t shown = 0;
  for (const auto& cause : causes) {
    if (cause.found != nullptr && is_known(*cause.found)) continue;
    if (shown == rows_of_table) {
      ++left;
      continue;
    }
    ++shown;
    const auto blocks = cause.blocked.empty() ? "" : fmt::format(", blocks {}", cause.blocked.size());
    if (cause.found == nullptr) {
      rows += fmt::format("| {} blocked | | {}{} | |\n", sign(scenarios::Verdict::blocked), code(cause.id),
                          blocks);
      continue;
    }
    const auto& one = *cause.found;
    rows += fmt::format("| {} {}{} | {}, {} | {}<br>{}{} | {} |\n", sign(one.verdict),
                        one.stale ? "stale" : to_text(one.verdict), one.regressed ? " (worse)" : "",
                        to_text(one.level), to_text(one.severity), cell(one.title), code(one.id), blocks,
                        cell(one.stale ? one.known : one.summary));
  }
  if (rows.empty()) return;
  out += "### Findings\n\n| Verdict | Level | Case | Found |\n| --- | --- | --- | --- |\n" + rows + "\n";
  if (left > 0)
    out += fmt::format("{} in the HTML report.\n\n", counted(left, "more finding is", "more findings are"));
}

/// A difference as a patch has it.
std::string contrast(const scenarios::Difference& difference) {
  std::string out;
  const auto add = [&](std::string_view lead, const std::string& text) {
    const auto lines = shortened(visible(laid_out_json(text), Breaks::keep), markdown_body_limit);
    for (std::size_t at = 0; at <= lines.size();) {
      const auto end = std::min(lines.find('\n', at), lines.size());
      out += std::string(lead) + lines.substr(at, end - at) + "\n";
      at = end + 1;
    }
  };
  add("- ", difference.expected);
  add("+ ", difference.found);
  return code_block("diff", out);
}

std::string exchange_text(const scenarios::ExchangeRecord& raw) {
  const auto exchange = shown_exchange(raw);
  auto out = visible(exchange.method, Breaks::join) + " " + visible(exchange.target, Breaks::join) + "\n";
  const auto add_body = [&](const std::string& body) {
    if (!body.empty()) out += shortened(visible(laid_out_json(body), Breaks::keep), markdown_body_limit) + "\n";
  };
  add_body(exchange.request_body);
  out += "\n" + visible(outcome_text(exchange), Breaks::join) + "\n";
  add_body(exchange.response_body);
  return out;
}

std::string finding_text(const ConformanceRecord& record, const ConformanceIndex& index, const Cause& cause) {
  const auto& one = *cause.found;
  auto out = fmt::format("<details><summary>{} {}: {}</summary>\n\n", sign(one.verdict), to_text(one.verdict),
                         cell(one.title));
  for (const auto* clause : index.clauses_of(one)) {
    out += fmt::format("- **{}** ({}): {}\n", cell(clause->id), cell(clause->source), cell(clause->law));
  }
  out += "\n";
  for (const auto& check : one.checks) {
    if (holds(check.verdict)) continue;
    out += code(check.what) + (check.says.empty() ? "" : " " + cell(check.says)) + "\n\n";
    for (const auto& difference : check.differences) {
      out += code(difference.where) + ": expected (-) and found (+)\n\n" + contrast(difference);
    }
    const auto evidence = evidence_of(one, check);
    if (evidence.empty()) continue;
    out += code_block("http", exchange_text(*evidence.back()));
    out += code_block("sh", visible(curl_command(record, *evidence.back()), Breaks::join));
  }
  for (const auto& reading : one.readings) out += "- Reading: " + cell(reading) + "\n";
  if (!one.why.empty()) out += "\nWhat it costs: " + cell(one.why) + "\n";
  if (!one.fix.empty()) out += "\nHow to fix it: " + cell(one.fix) + "\n";
  if (!one.replay.empty()) out += "\n" + code_block("sh", visible(one.replay, Breaks::join));
  if (!cause.blocked.empty()) {
    out += "Cannot be judged because of it:";
    std::string_view separator = " ";
    for (const auto* blocked : cause.blocked) {
      out += std::string(separator) + code(blocked->id);
      separator = ", ";
    }
    out += "\n";
  }
  return out + "\n</details>\n\n";
}

void add_list(std::string& out, std::string_view heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out += fmt::format("### {}\n\n", heading);
  for (std::size_t i = 0; i < std::min(lines.size(), rows_of_table); ++i) out += "- " + lines[i] + "\n";
  if (lines.size() > rows_of_table) out += fmt::format("- and {} more\n", lines.size() - rows_of_table);
  out += "\n";
}

void add_rest(std::string& out, const ConformanceRecord& record, const std::vector<Cause>& causes) {
  std::vector<std::string> known;
  for (const auto& cause : causes) {
    if (cause.found == nullptr || !is_known(*cause.found)) continue;
    known.push_back(fmt::format("{} {}: {}", to_text(cause.found->verdict), code(cause.found->id),
                                cell(cause.found->known)));
  }
  add_list(out, "Known deviations", known);
  std::vector<std::string> left;
  for (const auto& path : record.left_behind) left.push_back(code(path));
  add_list(out, "Could not be removed", left);
  if (record.left_out > 0) {
    out += fmt::format("{} not selected.\n\n", counted(record.left_out, "case was", "cases were"));
  }
  if (!record.replay.empty()) out += code_block("sh", visible(record.replay, Breaks::join));
}

}  // namespace

std::string in_markdown(std::string_view text) {
  static constexpr std::string_view harmless = " ,;()/=-'%";
  std::string out;
  for (const char c : visible(text, Breaks::join)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || byte >= 0x80 || harmless.find(c) != std::string_view::npos) {
      out += c;
    } else if (c == '@' || c == '#') {
      // Mentions and references are found after entities are read; a comment keeps the parts of one apart.
      out += fmt::format("&#{};<!-- -->", static_cast<int>(byte));
    } else {
      out += fmt::format("&#{};", static_cast<int>(byte));
    }
  }
  return out;
}

std::string code_block(std::string_view language, std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const std::string_view end = text.ends_with('\n') ? "" : "\n";
  return fmt::format("{}{}\n{}{}{}\n\n", fence, language, text, end, fence);
}

std::string to_markdown(const ConformanceRecord& record) {
  const ConformanceIndex index(record);
  const auto causes = causes_of(record, index);
  std::string out;
  add_head(out, record);
  add_counts(out, record);
  add_profiles(out, record);
  add_table(out, causes);
  std::string rest;
  add_rest(rest, record, causes);
  std::size_t left = 0;
  for (const auto& cause : causes) {
    if (cause.found == nullptr || is_known(*cause.found)) continue;
    const auto text = finding_text(record, index, cause);
    if (left > 0 || out.size() + text.size() + rest.size() > longest_markdown) {
      ++left;
    } else {
      out += text;
    }
  }
  if (left > 0) {
    out += fmt::format("Details of {} in the HTML report.\n\n",
                       counted(left, "more finding are", "more findings are"));
  }
  return out + rest;
}

}  // namespace reports
