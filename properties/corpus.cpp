#include "properties/corpus.h"

#include <algorithm>
#include <optional>

#include "properties/crew.h"
#include "properties/law_book.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/store_template.h"

namespace properties {
namespace {

constexpr std::string_view conforming = "conforms";

/// In a worker: what a run came to, in one line.
std::string verdict_line(const scenarios::Scenario& scenario, const scenarios::SeededDefects& defects, const scenarios::StoreTemplate& store) {
  scenarios::RunOptions options;
  options.cast.seed = scenario.replay.seed;
  options.cast.shuffle_ties = scenario.replay.shuffle;
  options.cast.defects = defects;
  options.cast.laws = &law_book();
  options.cast.store = &store;
  options.keep_exchanges = false;
  const auto record = scenarios::run_scenario(scenario, options);
  auto line = std::string(to_text(record.verdict));
  if (!record.problem.empty()) line += ": " + record.problem;
  std::ranges::replace(line, '\n', ' ');
  return line;
}

}  // namespace

std::vector<CorpusVerdict> play_corpus(const std::vector<scenarios::LoadedScript>& scripts, const scenarios::SeededDefects& defects,
                                       std::size_t jobs) {
  std::vector<CorpusVerdict> out;
  for (const auto& script : scripts) out.push_back({script.path});
  if (scripts.empty()) return out;
  const auto store = scenarios::make_store_template();
  Crew crew(std::min(jobs, scripts.size()),
            [&](std::string_view index) { return verdict_line(scripts[std::stoull(std::string(index))].scenario, defects, store); });
  std::size_t next = 0;
  crew.work([&] { return next < scripts.size() ? std::optional(std::to_string(next++)) : std::nullopt; },
            [&](const Crew::Told& told) {
              auto& verdict = out[std::stoull(told.task)];
              verdict.conforms = told.answer == conforming;
              if (!verdict.conforms) verdict.why = told.answer ? *told.answer : "the process that played it was " + told.death;
            });
  return out;
}

}  // namespace properties
