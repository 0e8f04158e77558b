// `fuzz`: random worlds against the laws.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/fuzz_options.h"
#include "cli/fuzz_output.h"
#include "cli/interrupt.h"
#include "cli/planted.h"
#include "cli/progress.h"
#include "cli/wall_clock.h"
#include "properties/campaign.h"
#include "properties/exploration.h"

namespace cli {
namespace {

double seconds_of(base::Duration span) {
  return std::chrono::duration<double>(span).count();
}

constexpr double seconds_a_year = 365.25 * 24 * 3'600;

/// `1,234 worlds, 81 worlds/s, 512,000 events/s, 0.3 virtual years/s`.
std::string speed(const properties::Tally& tally, base::Duration wall) {
  const auto seconds = std::max(seconds_of(wall), 0.001);
  return fmt::format("{} worlds, {:.0f} worlds/s, {:.0f} events/s, {:.3f} virtual years/s", tally.worlds, static_cast<double>(tally.worlds) / seconds,
                     static_cast<double>(tally.events) / seconds, seconds_of(tally.virtual_time) / seconds_a_year / seconds);
}

}  // namespace

std::uint64_t jobs_of(const FuzzCommand& command) {
  return command.jobs > 0 ? command.jobs : static_cast<std::uint64_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
}

std::uint64_t most_failures(const FuzzCommand& command) { return command.failures > 0 ? command.failures : UINT64_MAX; }

std::optional<properties::WorldSize> size_named(const std::string& name) {
  if (name == "small") return properties::WorldSize::small;
  if (name == "default") return properties::WorldSize::standard;
  if (name == "large") return properties::WorldSize::large;
  return std::nullopt;
}

int fuzz(const FuzzCommand& command) {
  if (!command.target.empty() || !command.config.empty()) return fuzz_target(command);
  if (command.planted == "all") return hunt_planted(command);
  properties::CampaignOptions options;
  const auto size = size_named(command.size);
  const auto defects = planted(command.planted);
  if (!size || !defects) return exit_usage;
  options.choice = {.size = *size, .focus = command.focus};
  options.defects = *defects;
  options.first_seed = command.seeds.first + command.shard - 1;
  options.last_seed = command.seeds.last;
  options.stride = command.shards;
  options.shrink_budget = command.shrinking;
  options.failures_before_end = most_failures(command);
  options.jobs = jobs_of(command);

  const bool holds = corpus_holds(command, *defects, options.jobs);
  const Stopwatch stopwatch;
  options.keep_going = [&] { return !interrupted() && (!command.time || stopwatch.elapsed() < *command.time); };
  const Progress progress;
  options.progress = [&](const properties::Tally& tally) {
    const auto probes = properties::probes_hit(tally.explored);
    progress.show(fmt::format("{}, {} failed, probes hit {}/{}", speed(tally, stopwatch.elapsed()), tally.failures, probes.hit, probes.all));
  };
  const auto campaign = properties::explore(options);
  const auto wall = stopwatch.elapsed();
  progress.clear();

  const auto record = record_of(command, campaign);
  const bool kept = write_corpus(command.out, record, *defects) && write_campaign(command.out, record);
  print_findings(command.out, record);
  fmt::print("{}{}\n", campaign.findings.empty() ? "" : "\n", speed(campaign.tally, wall));
  fmt::print("{} of {} worlds broke a law, in {} ways; next seed {}\n", campaign.tally.failures, campaign.tally.worlds, campaign.findings.size(),
             campaign.next_seed);
  const bool explored = print_probes(record, command.require_probes);
  if (!kept) return exit_unavailable;
  if (interrupted()) return exit_interrupted;
  return holds && explored && campaign.findings.empty() ? exit_pass : exit_violation;
}

}  // namespace cli
