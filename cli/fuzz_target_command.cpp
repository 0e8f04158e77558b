// `fuzz --target URL`: random sessions with a SCIM service provider outside.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/fuzz_options.h"
#include "cli/fuzz_output.h"
#include "cli/interrupt.h"
#include "cli/outside_target.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "cli/version.h"
#include "cli/wall_clock.h"
#include "properties/scim_acts.h"
#include "properties/target_campaign.h"
#include "reports/campaign_json.h"
#include "reports/campaign_summary.h"
#include "reports/plain_text.h"
#include "scenarios/engine/runner.h"

namespace cli {
namespace {

/// For JUnit: a case for each kind of act.
scenarios::CampaignRecord record_of_sessions(const FuzzCommand& command, const properties::Campaign& campaign) {
  scenarios::CampaignRecord record;
  record.version = version;
  record.target = command.target;
  record.config = command.config;
  record.worlds = campaign.tally.worlds;
  record.events = campaign.tally.events;
  record.failures = campaign.tally.failures;
  for (const auto kind : properties::scim_act_kinds()) {
    record.laws.push_back({fmt::format("scim-{}", kind), fmt::format("Answers to {} are those of the model.", kind)});
  }
  record.laws.push_back({"scim-answers", "The provider answers."});
  record.findings = findings_of(campaign);
  return record;
}

}  // namespace

int fuzz_target(FuzzCommand command) {
  std::optional<TargetConfig> config;
  if (!read_outside_config(command.config, command.target, config)) return exit_usage;
  if (command.target == "core" || !config) return complain(exit_usage, "--target is the SCIM base URL of a provider outside; without it the directory of the bench is played");
  const auto target = prepare_outside_target(command.target, command.config, *config);
  if (!target) return exit_usage;

  const Stopwatch stopwatch;
  properties::TargetCampaignOptions options;
  options.first_seed = command.seeds.first;
  options.last_seed = command.seeds.last;
  options.shrink_budget = std::min<std::uint64_t>(command.shrinking, 300);
  options.failures_before_end = most_failures(command);
  options.keep_going = [&] { return !interrupted() && (!command.time || stopwatch.elapsed() < *command.time); };
  const Progress progress;
  options.progress = [&](const properties::Tally& tally) {
    progress.show(fmt::format("{} sessions, {} failed", tally.worlds, tally.failures));
  };
  options.play = [&](const scenarios::Scenario& scenario, std::uint64_t seed) {
    scenarios::RunOptions run;
    run.target = command.target;
    run.cast.seed = seed;
    run.cast.external = &target->external;
    run.keep_exchanges = false;
    run.prepare = [&] { return reset_target(*target); };
    return scenarios::run_scenario(scenario, run);
  };
  const auto campaign = properties::explore_target(options);
  progress.clear();

  const auto record = record_of_sessions(command, campaign);
  bool written = true;
  for (const auto& finding : record.findings) {
    const auto script = command.out + "/" + reports::script_path(finding);
    written = write_file(script, finding.script) && written;
    fmt::print("{}: {}\n  {} lines after {} smaller sessions{}; replay it with\n  {}\n\n", finding.law,
               reports::visible(finding.text, reports::Breaks::join), std::ranges::count(finding.script, '\n'), finding.shrinking,
               finding.worlds > 1 ? fmt::format(", and {} more sessions in the same way", finding.worlds - 1) : "",
               reports::replay_line(record, program_name(), shown_path(script)));
  }
  fmt::print("{} of {} sessions were answered otherwise than the model, in {} ways; next seed {}\n", campaign.tally.failures, campaign.tally.worlds,
             campaign.findings.size(), campaign.next_seed);
  written = write_file(command.out + "/junit.xml", reports::to_junit(record, program_name())) && written;
  if (!written) return exit_unavailable;
  if (interrupted()) return exit_interrupted;
  return campaign.findings.empty() ? exit_pass : exit_violation;
}

}  // namespace cli
