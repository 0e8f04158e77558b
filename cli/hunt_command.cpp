// `fuzz --planted all`: whether the laws notice mistakes that are known to be there.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/rng.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/fuzz_options.h"
#include "cli/interrupt.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "properties/invariants/invariant.h"
#include "properties/planted_hunt.h"

namespace cli {
namespace {

using properties::Hunted;

constexpr std::uint64_t most_worlds = 2'000;
/// Of a hundred defects so many have to be found.
constexpr std::size_t wanted_percent = 95;

std::string row_of(const Hunted& hunted) {
  const auto& finding = hunted.finding;
  return finding ? fmt::format("| {} | {} | {} | {} | {} |", hunted.defect->name, hunted.worlds, finding->invariant, finding->lines(), hunted.defect->modelled_on)
                 : fmt::format("| {} | not in {} | | | {} |", hunted.defect->name, hunted.worlds, hunted.defect->modelled_on);
}

/// Laws that were broken first in no hunt.
std::vector<std::string_view> idle_laws(const std::vector<Hunted>& hunts) {
  std::set<std::string, std::less<>> seen;
  for (const auto& hunted : hunts) {
    if (hunted.finding) seen.insert(hunted.finding->invariant);
  }
  std::vector<std::string_view> idle;
  for (const auto& invariant : properties::invariants()) {
    if (!seen.contains(invariant.id)) idle.push_back(invariant.id);
  }
  return idle;
}

std::size_t found_in(const std::vector<Hunted>& hunts) {
  return static_cast<std::size_t>(std::ranges::count_if(hunts, [](const Hunted& hunted) { return hunted.finding.has_value(); }));
}

std::string markdown_of(const std::vector<Hunted>& hunts) {
  auto out = fmt::format("# Planted defects\n\n{} of {} were found.\n\n| Defect | Worlds | Law | Lines | Modelled on |\n|---|---|---|---|---|\n", found_in(hunts), hunts.size());
  for (const auto& hunted : hunts) out += row_of(hunted) + "\n";
  for (const auto& law : idle_laws(hunts)) out += fmt::format("\nNo defect breaks {} first.\n", law);
  return out;
}

std::string json_of(const std::vector<Hunted>& hunts) {
  base::JsonArray list;
  for (const auto& hunted : hunts) {
    base::JsonObject entry{{"defect", base::json_text(hunted.defect->name)}, {"worlds", hunted.worlds}, {"modelled_on", base::json_text(hunted.defect->modelled_on)}};
    if (hunted.finding) {
      entry["law"] = hunted.finding->invariant;
      entry["text"] = hunted.finding->text;
      entry["lines"] = hunted.finding->lines();
      entry["script"] = hunted.finding->script;
    }
    list.push_back(std::move(entry));
  }
  return base::to_text(base::Json(base::JsonObject{{"found", found_in(hunts)}, {"planted", hunts.size()}, {"defects", std::move(list)}}));
}

/// All of them, or so many that the first seed draws.
std::vector<const scenarios::SeededDefect*> chosen_defects(const FuzzCommand& command) {
  auto all = properties::planted_defects();
  if (command.sample == 0 || command.sample >= all.size()) return all;
  base::Rng rng(command.seeds.first);
  std::vector<const scenarios::SeededDefect*> chosen;
  while (chosen.size() < command.sample) {
    const auto at = rng.below(all.size());
    chosen.push_back(all[at]);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

}  // namespace

int hunt_planted(const FuzzCommand& command) {
  const auto size = size_named(command.size);
  if (!size) return exit_usage;
  const auto chosen = chosen_defects(command);
  const Progress progress;
  properties::HuntOptions options;
  options.first_seed = command.seeds.first;
  options.most_worlds = std::min(most_worlds, command.seeds.last - command.seeds.first + 1);
  options.choice = {.size = *size, .focus = command.focus};
  options.jobs = jobs_of(command);
  options.shrink_budget = command.shrinking;
  options.keep_going = [] { return !interrupted(); };
  std::vector<Hunted> hunts;
  for (const auto* defect : chosen) {
    if (interrupted()) break;
    options.progress = [&](const properties::Tally& tally) {
      progress.show(hunts.size() + 1, chosen.size(), fmt::format("{}: {} worlds", defect->name, tally.worlds));
    };
    hunts.push_back(properties::hunt(*defect, options));
    progress.clear();
    fmt::print("{}\n", row_of(hunts.back()));
    std::fflush(stdout);
  }
  const auto found = found_in(hunts);
  fmt::print("\n{} of {} planted defects found\n", found, hunts.size());
  const bool whole = chosen.size() == properties::planted_defects().size();
  for (const auto& law : whole ? idle_laws(hunts) : std::vector<std::string_view>{}) fmt::print("no defect breaks {} first\n", law);
  const bool kept = write_file(command.out + "/planted.md", markdown_of(hunts)) && write_file(command.out + "/planted.json", json_of(hunts));
  if (!kept) return exit_unavailable;
  if (interrupted()) return exit_interrupted;
  return found * 100 >= hunts.size() * wanted_percent ? exit_pass : exit_violation;
}

}  // namespace cli
