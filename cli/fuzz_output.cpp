#include "cli/fuzz_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/places.h"
#include "cli/version.h"
#include "live/worker.h"
#include "properties/apart.h"
#include "properties/corpus.h"
#include "properties/law_book.h"
#include "reports/campaign_json.h"
#include "reports/campaign_matrix.h"
#include "reports/campaign_summary.h"
#include "reports/html_report.h"
#include "reports/json_report.h"
#include "reports/plain_text.h"
#include "scenarios/catalog.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/probe_logs.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using scenarios::CampaignFinding;
using scenarios::CampaignRecord;

std::vector<scenarios::CampaignLaw> laws_held() {
  std::vector<scenarios::CampaignLaw> out;
  const auto add = [&](std::string_view id) { out.push_back({std::string(id), std::string(properties::law_of(id))}); };
  for (const auto& invariant : properties::invariants()) add(invariant.id);
  for (const auto id : {properties::answers_after_healing, properties::plays_to_its_end, properties::process_lives, properties::worker_answers})
    add(id);
  return out;
}

/// The folders that there are.
std::vector<std::string> corpus_folders(const FuzzCommand& command) {
  std::vector<std::string> out;
  for (const auto& folder : {command.out + "/corpus", project_root() + "/scenarios/regressions"}) {
    std::error_code error;
    if (fs::is_directory(folder, error) && !fs::is_empty(folder, error)) out.push_back(folder);
  }
  return out;
}

scenarios::Session played(const CampaignRecord& record, const CampaignFinding& finding, const scenarios::SeededDefects& defects) {
  scenarios::Session session;
  session.version = version;
  const auto scenario = scenarios::decode_scenario(finding.script);
  if (!scenario) return session;
  scenarios::RunOptions options;
  options.script = reports::script_path(finding);
  options.replay = reports::replay_line(record, program_name(), options.script);
  options.cast.seed = scenario->replay.seed;
  options.cast.shuffle_ties = scenario->replay.shuffle;
  options.cast.defects = defects;
  options.cast.laws = &properties::law_book();
  session.runs.push_back(scenarios::run_scenario(*scenario, options));
  return session;
}

enum class Written { all, not_played, failed };

/// In a process of its own, which the script may end.
Written write_run(const std::string& folder, const CampaignRecord& record, const CampaignFinding& finding, const scenarios::SeededDefects& defects,
                  const reports::RuleText& laws) {
  const auto beside = fs::path(folder) / fs::path(reports::script_path(finding)).parent_path();
  live::Worker worker([&](std::string_view) {
    const auto session = played(record, finding, defects);
    const bool written = write_file(beside / "run.json", reports::to_json(session)) && write_file(beside / "trace.html", reports::to_html(session, laws));
    return std::string(written ? "written" : "failed");
  });
  const auto received = live::ask_and_wait(worker, "play");
  if (!received.answer) return Written::not_played;
  return *received.answer == "written" ? Written::all : Written::failed;
}

}  // namespace

CampaignRecord record_of(const FuzzCommand& command, const properties::Campaign& campaign) {
  CampaignRecord out;
  out.version = version;
  out.size = command.size;
  out.focus = command.focus;
  out.planted = command.planted;
  const auto first = command.seeds.first + command.shard - 1;
  if (campaign.next_seed > first) out.seeds.push_back({first, campaign.next_seed - command.shards, command.shards});
  out.worlds = campaign.tally.worlds;
  out.events = campaign.tally.events;
  out.virtual_time = campaign.tally.virtual_time;
  out.failures = campaign.tally.failures;
  out.laws = laws_held();
  out.findings = findings_of(campaign);
  const auto& hits = campaign.tally.explored.probes;
  const auto& all = scenarios::all_probes();
  for (std::size_t i = 0; i < all.size(); ++i)
    out.probes.push_back({all[i].id, std::string(name_of(all[i].kind)), all[i].is_rare(), i < hits.size() ? hits[i] : 0});
  out.matrix = campaign.tally.explored.cells;
  return out;
}

bool print_probes(const CampaignRecord& record, bool are_required) {
  const auto probes = reports::probes_of(record);
  fmt::print("probes hit {}/{}\n", probes.hit, probes.all);
  if (!are_required || probes.missed.empty()) return true;
  fmt::print(stderr, "lockstep: of the probes that are not rare these were not hit: {}\n", fmt::join(probes.missed, ", "));
  return false;
}

std::vector<CampaignFinding> findings_of(const properties::Campaign& campaign) {
  std::vector<CampaignFinding> out;
  for (const auto& finding : campaign.findings) {
    out.push_back({.law = finding.invariant,
                   .hash = finding.hash(),
                   .seed = finding.seed,
                   .worlds = finding.worlds,
                   .text = finding.text,
                   .script = finding.script,
                   .shrinking = finding.shrinking});
  }
  return out;
}

bool corpus_holds(const FuzzCommand& command, const scenarios::SeededDefects& defects, std::size_t jobs) {
  const auto folders = corpus_folders(command);
  std::vector<scenarios::LoadedScript> scripts;
  std::vector<std::string> unreadable;
  const auto paths = folders.empty() ? std::vector<std::string>{} : scenarios::find_scripts(folders).value_or(std::vector<std::string>{});
  for (const auto& path : paths) {
    auto script = scenarios::load_script(path);
    if (script) {
      scripts.push_back(std::move(*script));
    } else {
      unreadable.push_back(script.error().text);
    }
  }
  const auto verdicts = properties::play_corpus(scripts, defects, jobs);
  const auto conforming = std::ranges::count_if(verdicts, &properties::CorpusVerdict::conforms);
  if (!paths.empty()) fmt::print("corpus: {}, {} of them conforming\n", reports::counted(paths.size(), "script", "scripts"), conforming);
  for (const auto& problem : unreadable) fmt::print("  {}\n", problem);
  for (const auto& verdict : verdicts) {
    if (verdict.conforms) continue;
    fmt::print("  {}; replay it with\n  {} run {}{}\n", reports::visible(verdict.why, reports::Breaks::join), program_name(),
               reports::shell_word(shown_path(verdict.path)), command.planted.empty() ? "" : " --planted " + command.planted);
  }
  return unreadable.empty() && static_cast<std::size_t>(conforming) == verdicts.size();
}

bool write_corpus(const std::string& folder, const CampaignRecord& record, const scenarios::SeededDefects& defects) {
  const auto catalog = scenarios::Catalog::load();
  const reports::RuleText laws = [&](std::string_view id) {
    const auto* rule = catalog ? catalog->find(id) : nullptr;
    return rule == nullptr ? std::string{} : rule->law;
  };
  bool written = true;
  for (const auto& finding : record.findings) {
    written = write_file(folder + "/" + reports::script_path(finding), finding.script) && written;
    if (written) written = write_run(folder, record, finding, defects, laws) != Written::failed;
  }
  return written;
}

bool write_campaign(const std::string& folder, const CampaignRecord& record) {
  const auto path = fs::path(folder);
  bool written = write_file(path / "campaign.json", reports::to_json(record));
  written = written && write_file(path / "campaign.md", reports::to_markdown(record, program_name()));
  written = written && write_file(path / "matrix.md", reports::matrix_markdown(record));
  return written && write_file(path / "junit.xml", reports::to_junit(record, program_name()));
}

void print_findings(const std::string& folder, const CampaignRecord& record) {
  for (const auto& finding : record.findings) {
    fmt::print("\n{}: {}\n", finding.law, properties::law_of(finding.law));
    fmt::print("  seed {}: {}\n", finding.seed, reports::visible(finding.text, reports::Breaks::join));
    if (finding.worlds > 1) fmt::print("  and {} more worlds in the same way\n", finding.worlds - 1);
    fmt::print("  {} lines after {} smaller worlds; replay it with\n  {}\n", std::ranges::count(finding.script, '\n'), finding.shrinking,
               reports::replay_line(record, program_name(), shown_path(folder + "/" + reports::script_path(finding))));
  }
}

}  // namespace cli
