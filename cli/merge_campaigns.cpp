#include "cli/merge_campaigns.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/fuzz_output.h"
#include "cli/places.h"
#include "reports/campaign_json.h"
#include "reports/joined_campaign.h"
#include "reports/plain_text.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

fs::path campaign_file(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? fs::path(path) / "campaign.json" : fs::path(path);
}

std::string text_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The first part that found it stands for all: that of its seed.
fs::path folder_of_finding(const std::vector<reports::CampaignPart>& parts, const scenarios::CampaignFinding& finding) {
  for (const auto& part : parts) {
    for (const auto& one : part.record.findings) {
      if (one.hash == finding.hash && one.seed == finding.seed) return campaign_file(part.source).parent_path();
    }
  }
  return {};
}

/// What lies beside its script; the script itself comes from the campaign.
bool copy_finding(const fs::path& from, const fs::path& to, const scenarios::CampaignFinding& finding) {
  const auto script = reports::script_path(finding);
  if (!write_file(to / script, finding.script)) return false;
  for (const auto* name : {"run.json", "trace.html"}) {
    const auto beside = fs::path(script).parent_path() / name;
    std::error_code error;
    if (!fs::exists(from / beside, error)) continue;
    fs::copy_file(from / beside, to / beside, fs::copy_options::overwrite_existing, error);
    if (!error) continue;
    fmt::print(stderr, "lockstep: {} cannot be written: {}\n", (to / beside).string(), error.message());
    return false;
  }
  return true;
}

}  // namespace

bool is_campaign(const std::string& path) {
  std::ifstream in(campaign_file(path), std::ios::binary);
  std::string head(64, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return reports::is_campaign(head);
}

int merge_campaigns(const MergeCommand& command) {
  if (command.last_wins) return complain(exit_usage, "--last-wins is for reports of conform; of campaigns no part judges another's seeds");
  std::vector<reports::CampaignPart> parts;
  for (const auto& path : command.paths) {
    std::error_code error;
    if (fs::equivalent(campaign_file(path).parent_path(), command.report, error))
      return complain(exit_usage, fmt::format("--out: {} is the folder of a part", command.report));
    auto record = reports::read_campaign(text_of_file(campaign_file(path)));
    if (!record) return complain(exit_usage, fmt::format("{}: {}", path, record.error().message));
    parts.push_back({std::move(*record), path});
  }
  const auto whole = reports::joined_campaign(parts);
  if (!whole) return complain(exit_usage, whole.error().message);
  for (const auto& finding : whole->findings) {
    if (!copy_finding(folder_of_finding(parts, finding), command.report, finding)) return exit_bench;
  }
  if (!write_campaign(command.report, *whole)) return exit_bench;
  print_findings(command.report, *whole);
  fmt::print("{}{} of {} broke a law, in {}\n", whole->findings.empty() ? "" : "\n", whole->failures,
             reports::counted(whole->worlds, "world", "worlds"), reports::counted(whole->findings.size(), "way", "ways"));
  const bool explored = print_probes(*whole, command.require_probes);
  fmt::print("report: {}\n", (fs::path(command.report) / "campaign.md").string());
  return explored && whole->findings.empty() ? exit_pass : exit_violation;
}

}  // namespace cli
