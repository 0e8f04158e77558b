#include "reports/campaign_summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/duration_text.h"
#include "reports/campaign_json.h"
#include "reports/conformance_junit.h"
#include "reports/conformance_markdown.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::CampaignFinding;
using scenarios::CampaignRecord;
using scenarios::SeedRun;

constexpr std::size_t scripts_shown = 20;
constexpr std::size_t finding_text_limit = 300;

std::string seeds_text(const std::vector<SeedRun>& seeds) {
  std::vector<std::string> texts;
  for (const auto& run : seeds) {
    texts.push_back(run.first == run.last ? std::to_string(run.first) : fmt::format("{}..{}", run.first, run.last));
    if (run.step > 1) texts.back() += fmt::format(" by {}", run.step);
  }
  return texts.empty() ? "none" : fmt::format("{}", fmt::join(texts, ", "));
}

std::string finding_line(std::string_view text) {
  return shortened(visible(text, Breaks::join), finding_text_limit);
}

std::string law_text(const CampaignRecord& record, std::string_view id) {
  const auto found = std::ranges::find(record.laws, id, &scenarios::CampaignLaw::id);
  return found == record.laws.end() ? "" : found->law;
}

void add_campaign_finding(std::string& out, const CampaignRecord& record, const CampaignFinding& finding, const std::string& program, bool with_script) {
  out += fmt::format("\n### {}: {}\n\n{}\n\n", finding.law, in_markdown(law_text(record, finding.law)), in_markdown(finding_line(finding.text)));
  out += fmt::format("Seed {}, {}; {} after {} smaller worlds.\n\n    {}\n", finding.seed, counted(finding.worlds, "world", "worlds"),
                     counted(static_cast<std::size_t>(std::ranges::count(finding.script, '\n')), "line", "lines"), finding.shrinking,
                     replay_line(record, program, script_path(finding)));
  if (with_script) out += fmt::format("\n```yaml\n{}```\n", visible(finding.script, Breaks::keep));
}

/// What nothing has come to, first what is to be come to by a few hundred worlds.
void add_probes(std::string& out, const CampaignRecord& record) {
  if (record.probes.empty()) return;
  const auto summed = probes_of(record);
  out += fmt::format("\n{} of {} probes were hit.\n", summed.hit, summed.all);
  for (const auto& [heading, missed] : {std::pair{"Not hit", &summed.missed}, {"Not hit, and rare", &summed.rare_missed}}) {
    if (!missed->empty()) out += fmt::format("\n{}: `{}`.\n", heading, fmt::join(*missed, "`, `"));
  }
}

}  // namespace

ProbesHit probes_of(const CampaignRecord& record) {
  ProbesHit out;
  for (const auto& probe : record.probes) {
    if (!probe.is_to_be_hit()) continue;
    ++out.all;
    if (probe.is_missed()) {
      (probe.rare ? out.rare_missed : out.missed).push_back(probe.id);
    } else {
      ++out.hit;
    }
  }
  return out;
}

std::string replay_line(const CampaignRecord& record, const std::string& program, const std::string& script) {
  auto line = fmt::format("{} run {}", program, shell_word(script));
  if (!record.planted.empty()) line += " --planted " + record.planted;
  if (!record.target.empty()) line += fmt::format(" --target {} --config {}", shell_word(record.target), shell_word(record.config));
  return line;
}

std::string to_markdown(const CampaignRecord& record, const std::string& program) {
  auto out = fmt::format("## Campaign: {} of {} broke a law, in {}\n\n", record.failures, counted(record.worlds, "world", "worlds"),
                         counted(record.findings.size(), "way", "ways"));
  out += fmt::format("| seeds | size | focus | planted | events | virtual time |\n| --- | --- | --- | --- | ---: | ---: |\n");
  out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", seeds_text(record.seeds), record.size, record.focus.empty() ? "all" : record.focus,
                     record.planted.empty() ? "nothing" : record.planted, record.events, brief(record.virtual_time));
  out += "\n| law | | findings |\n| --- | --- | ---: |\n";
  for (const auto& law : record.laws) {
    out += fmt::format("| {} | {} | {} |\n", law.id, in_markdown(law.law), std::ranges::count(record.findings, law.id, &CampaignFinding::law));
  }
  add_probes(out, record);
  std::size_t shown = 0;
  for (const auto& finding : record.findings) add_campaign_finding(out, record, finding, program, shown++ < scripts_shown);
  return out;
}

std::string to_junit(const CampaignRecord& record, const std::string& program) {
  std::string cases;
  std::size_t count = 0;
  for (const auto& law : record.laws) {
    const bool is_broken = std::ranges::find(record.findings, law.id, &CampaignFinding::law) != record.findings.end();
    if (is_broken) continue;
    ++count;
    cases += fmt::format("    <testcase name=\"{}\" classname=\"fuzz.{}\"/>\n", xml_text(law.law), xml_text(law.id));
  }
  for (const auto& finding : record.findings) {
    ++count;
    cases += fmt::format("    <testcase name=\"{}\" classname=\"fuzz.{}\">\n      <failure type=\"violates\" message=\"{}\">{}\n{}\n{}</failure>\n    </testcase>\n",
                         finding.hash, xml_text(finding.law), xml_text(finding_line(finding.text)), xml_text(law_text(record, finding.law)),
                         xml_text(replay_line(record, program, script_path(finding))), xml_text(visible(finding.script, Breaks::keep)));
  }
  const auto totals = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\"", count, record.findings.size());
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fuzz\" {0}>\n  <testsuite name=\"laws\" {0}>\n{1}  </testsuite>\n</testsuites>\n",
                     totals, cases);
}

}  // namespace reports
